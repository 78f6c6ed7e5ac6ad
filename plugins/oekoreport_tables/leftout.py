"""Columns that are not read: why, and what to write instead. Numbers that are left out are an open question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

from oekoreport import Finding, Message, Place, Severity, catalogue, numbers_left_out
from oekoreport.kit.forms import ResourceColumn, resource_title
from oekoreport.kit.spelling import BadValue, read_number
from oekoreport.kit.tables import Book, Cell, Disguised, Head, Heading, Recognized, Sheet, is_gas, is_label, unit_of

_ = catalogue("oekoreport_tables")

EXTRA = "DATA-EXTRA-COLUMN"
NUMBER = re.compile(r"[+-]?\s?(?!0\d)\d[\d.,\s]*[^\d\W]*[€%³²]?(/\w+)?")
"""A number with or without a unit; 0999 111 and 2024-0815 are none."""

DIGITS = re.compile(r"[+-]?[\d.,]*\d")
DAY = re.compile(r"\d{1,2}\.\s?\d{1,2}\.(\s?\d{2,4})?")


@dataclass(frozen=True, slots=True)
class HeadRow:
    """The row of heads of a sheet: its texts, and what each of them says by column, if anything."""

    book: Book
    sheet: Sheet
    match: Recognized
    texts: list[str]
    heads: Mapping[int, Head]

    def place(self, index: int) -> Place:
        """Return the place of a column's head."""
        return self.book.place(self.sheet, self.match.row, index)

    def text(self, index: int) -> str:
        """Return a column's head; empty where it has none."""
        return self.texts[index] if index < len(self.texts) else ""

    def cells(self, index: int) -> Iterator[Cell]:
        """Yield the filled cells of a column below its head."""
        return (row[index] for row in self.sheet.rows[self.match.row :] if len(row) > index and row[index] is not None)

    def filled(self) -> list[int]:
        """Return the columns that have an entry below the heads, in order."""
        width = max((len(row) for row in self.sheet.rows), default=0)
        return [index for index in range(width) if next(self.cells(index), None) is not None]


def left_out(row: HeadRow, index: int) -> Finding:
    """Return what is told of a column that is not read: a note, or an open question where numbers go missing."""
    text, head = row.text(index), row.heads.get(index)
    if is_label(text) or not (are_numbers(row.cells(index)) or (head and unit_of(head) is None)):
        return Finding(EXTRA, Severity.NOTE, _note(text), row.place(index), found=text or None)
    return numbers_left_out(row.place(index), text, list(numbers_in(row.cells(index))), *_reason(row, text, head))


def are_numbers(cells: Iterable[Cell]) -> bool:
    """Tell whether most of some cells are numbers, with or without a unit."""
    numbers = [_is_number(cell) for cell in cells]
    return 2 * sum(numbers) > len(numbers)


def numbers_in(cells: Iterable[Cell]) -> Iterator[Decimal]:
    """Yield the numbers in some cells, units left aside."""
    for cell in cells:
        if isinstance(cell, Decimal):
            yield cell
        elif isinstance(cell, Disguised):
            yield cell.number
        elif isinstance(cell, str) and (match := DIGITS.match(cell)):
            with suppress(BadValue):
                yield read_number(match[0]) or Decimal()


def _is_number(cell: Cell) -> bool:
    if not isinstance(cell, str):
        return isinstance(cell, Decimal | Disguised)
    text = cell.strip()
    return NUMBER.fullmatch(text) is not None and DAY.fullmatch(text) is None


def _note(text: str) -> Message:
    if not text:
        return _("The column has entries but no heading; it is not read.")
    if is_label(text):
        return _("The column “{head}” holds no data of the round; it is not read.", head=text)
    return _("The column “{head}” is unknown and is not read.", head=text)


def _reason(row: HeadRow, text: str, head: Head | None) -> tuple[Message, Message]:
    """Return why numbers are not read, and what to write instead."""
    if head is None:
        return _unknown(text)
    expected = _expected(head.column, row.match.layout.kind)
    write = _("If these are its values, convert them where necessary and write “{expected}”.", expected=expected)
    if unit_of(head) is not None:
        message = _(
            "The numbers in column “{head}” are not read: another column is “{expected}”.", head=text, expected=expected
        )
        return message, _("Delete one of the two columns.")
    if not head.remarks:
        return _("The numbers in column “{head}” are not read: they have no unit.", head=text), write
    return _(
        "The column “{head}” is not read: what stands behind its title does not fit “{expected}”.",
        head=text,
        expected=expected,
    ), write


def _unknown(text: str) -> tuple[Message, Message]:
    if is_gas(text):
        return _(
            "The numbers in column “{head}” are not read: it does not say which calorific value they refer to.",
            head=text,
        ), _(
            "Write “{net}” or “{gross}”, as the gas bill says.", net="Erdgas (Hi) [kWh/a]", gross="Erdgas (Hs) [kWh/a]"
        )
    if not text:
        message = _("The column has numbers but no heading; it is not read.")
    else:
        message = _("The numbers in column “{head}” are not read: the heading is unknown.", head=text)
    return message, _("Use a heading of the form.")


def _expected(column: Heading, kind: str) -> Message:
    """Return the heading that a column has in our forms."""
    if isinstance(column, ResourceColumn):
        return resource_title(column, yearly=kind == "measure")
    unit = column.attribute.unit if column.attribute else ""
    return Message("{title} ({unit})", title=column.title, unit=unit) if unit else column.title
