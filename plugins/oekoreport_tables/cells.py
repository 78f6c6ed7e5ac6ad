"""Cells of number fields, and cells that hold no value because of their formula or format."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Sequence
from decimal import Decimal

from oekoreport import UNREADABLE, Amount, Attribute, Finding, Message, Place, Severity, catalogue
from oekoreport.kit.forms import Layout, ResourceColumn
from oekoreport.kit.spelling import BadValue, Numbers
from oekoreport.kit.tables import (
    Cell,
    CellError,
    Disguised,
    Heading,
    PartOfDay,
    Recognized,
    Sheet,
    Uncalculated,
    heading,
    text_of,
)

_ = catalogue("oekoreport_tables")

LETTERS = re.compile(r"[^\W\d_]|³|€")
VALUE = 1
"""The column of a form's values."""

NUMBERS = (Decimal, int, Amount)
"""The types of fields that numbers are read into."""


def is_number(attribute: Attribute | None) -> bool:
    """Tell whether a field takes numbers."""
    return attribute is not None and attribute.type in NUMBERS


def holds_numbers(column: Heading) -> bool:
    """Tell whether a column holds numbers."""
    return isinstance(column, ResourceColumn) or is_number(column.attribute)


def takes_numbers(layout: Layout, title: str) -> bool:
    """Tell whether a heading names a column of numbers."""
    head = heading(layout, title) if title else None
    return head is not None and holds_numbers(head.column)


def numbers_of(matches: Iterable[tuple[Sheet, Recognized]]) -> Numbers:
    """Return what the numbers of a file that are texts prove of their spelling; columns by sheet and index."""
    texts: dict[Hashable, list[str]] = {}
    for sheet, match in matches:
        if match.row:
            for index, head in enumerate(map(text_of, sheet.rows[match.row - 1])):
                if takes_numbers(match.layout, head):
                    texts.setdefault((sheet.name, index), []).extend(_typed(sheet.rows[match.row :], index))
        else:
            rows = [row for row in sheet.rows if row and takes_numbers(match.layout, text_of(row[0]))]
            texts[sheet.name, VALUE] = _typed(rows, VALUE)
    return Numbers.of(texts)


def _typed(rows: Sequence[Sequence[Cell]], index: int) -> list[str]:
    """Return the texts of a column that were typed; what a number's format shows is German and proves nothing."""
    return [cell for row in rows if len(row) > index and type(cell := row[index]) is str]


def spelled_number(
    numbers: Numbers, cell: str, column: Hashable, place: Place, subject: tuple[str, str]
) -> tuple[object, Finding | None]:
    """Return a number's text as its file spells it; UNREADABLE and the finding where it could be two."""
    try:
        return numbers.read(cell, column), None
    except BadValue as error:
        finding = Finding(error.code, Severity.ERROR, error.message, place, subject, found=cell, hint=error.hint)
        return UNREADABLE, finding


def mark_finding(cell: Cell, place: Place, subject: tuple[str, str]) -> Finding | None:
    """Return the finding for a cell that has no value, or shows another one; None for any other cell."""
    told = _told(cell)
    if told is None:
        return None
    code, message, hint, found = told
    return Finding(code, Severity.ERROR, message, place, subject, found=found, hint=hint)


def _told(cell: Cell) -> tuple[str, Message, Message, str | None] | None:
    """Return code, message, way out and what was found."""
    match cell:
        case CellError():
            message = _("This cell holds an error instead of a value: {text}", text=cell.text)
            hint = _("Correct the formula if there is one, or write the value.")
            return "DATA-CELL-ERROR", message, hint, cell.text
        case Uncalculated():
            message = _("The formula in this cell was never calculated.")
            hint = _("Open the file in Excel or LibreOffice and save it, or write the value.")
            return "DATA-UNCALCULATED", message, hint, None
        case Disguised():
            hint = _("Format the cell as a plain number and correct the number if need be.")
            return "DATA-NUMBER-FORMAT", _shown(cell), hint, cell.shown
        case PartOfDay():
            message = _("The cell holds {day}, but shows only a part of it.", day=cell.day)
            hint = _("Format the cell with day, month and year (14.03.2024), and correct the day if need be.")
            return "DATA-NUMBER-FORMAT", message, hint, None
    return None


def _shown(cell: Disguised) -> Message:
    if not cell.shown:
        return _("The cell holds {number}, but its number format does not show it.", number=cell.number)
    return _("The cell holds {number}, but its number format shows “{shown}”.", number=cell.number, shown=cell.shown)


def with_unit(value: object, unit: str) -> object:
    """Return a value in the unit of its column's head, unless it has one of its own (“1.200 MWh”); money in euro."""
    if not unit:
        return value
    if isinstance(value, Decimal):
        amount = Amount(value, unit)
        return amount.base() if amount.dimension == "money" else amount
    if isinstance(value, str) and not LETTERS.search(value):
        return f"{value.strip()} {unit}"
    return value
