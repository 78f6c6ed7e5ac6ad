"""A form: titles in the first column, values in the second."""

from __future__ import annotations

from collections.abc import Iterator

from oekoreport import (
    UNREADABLE,
    Cells,
    Finding,
    Origin,
    Record,
    Severity,
    catalogue,
    column_letters,
    numbers_left_out,
    stand_in,
)
from oekoreport.kit.forms import KEY, SINGLE, Column, Layout
from oekoreport.kit.spelling import Numbers
from oekoreport.kit.tables import Book, Cell, Sheet, heading, is_label, text_of, unit_of
from oekoreport_tables.balance import form_cells
from oekoreport_tables.cells import VALUE, mark_finding, spelled_number, takes_numbers, with_unit
from oekoreport_tables.leftout import EXTRA, are_numbers, numbers_in

_ = catalogue("oekoreport_tables")


def read_form(book: Book, sheet: Sheet, layout: Layout, numbers: Numbers) -> Iterator[Record | Finding | Cells]:
    """Yield the one record of a form; each of its fields has a place of its own."""
    titles = [text_of(sheet.cell(number, 0)) for number in range(1, len(sheet.rows) + 1)]
    heads = [heading(layout, title) if title else None for title in titles]
    own = {head.column for head in heads if head and not head.stand_in}
    rows: dict[str, tuple[int, str]] = {}
    findings: list[Finding] = []
    for number, (title, head) in enumerate(zip(titles, heads, strict=True), 1):
        column = head.column if head and not (head.stand_in and head.column in own) else None
        unit = unit_of(head) if head else ""
        if isinstance(column, Column) and column.field not in rows and unit is not None:
            rows[column.field] = (number, unit if unit != "EUR" else "")
        elif title and rows and sheet.cell(number, VALUE) is not None:
            findings.append(_extra(book, sheet, number, title, twice=column is not None and unit is not None))
    yield from findings
    yield from form_cells(book, sheet, sorted(number for number, _unit in rows.values()), findings)
    yield from _record(book, sheet, layout, rows, numbers)


def _record(
    book: Book, sheet: Sheet, layout: Layout, rows: dict[str, tuple[int, str]], numbers: Numbers
) -> Iterator[Record | Finding]:
    kind = layout.kind
    key = text_of(sheet.cell(rows.pop(KEY, (0, ""))[0], VALUE))
    key = kind if kind in SINGLE else key
    letters = {name: column_letters(VALUE) for name in rows}
    values: dict[str, object] = {}
    places: dict[str, Origin] = {}
    for name, (number, unit) in rows.items():
        cell: Cell = sheet.cell(number, VALUE)
        places[name] = Origin(book.file, sheet.name, number, letters)
        if finding := mark_finding(cell, book.place(sheet, number, VALUE), (kind, key)):
            yield finding
            values[name] = UNREADABLE
        elif type(cell) is str and takes_numbers(layout, text_of(sheet.cell(number, 0))):
            place = book.place(sheet, number, VALUE)
            value, finding = spelled_number(numbers, cell, (sheet.name, VALUE), place, (kind, key))
            yield from (finding,) if finding else ()
            values[name] = with_unit(value, unit)
        elif cell is not None:
            values[name] = with_unit(cell, unit)
    if values or kind == "project":  # what is missing of a project has a place, even where nothing is filled in
        key = key or stand_in(f"{book.file}!{sheet.name}")
        yield Record(kind, key, values, Origin(book.file, sheet.name, others=places))


def _extra(book: Book, sheet: Sheet, number: int, title: str, *, twice: bool) -> Finding:
    place = book.place(sheet, number, 0)
    if twice:
        message = _("The row “{title}” occurs twice; only the first is read.", title=title)
        return Finding("DATA-TWO-COLUMNS", Severity.ERROR, message, place, found=title)
    message = _("The row “{title}” is unknown and is not read.", title=title)
    cells = [sheet.cell(number, VALUE)]
    if not are_numbers(cells) or is_label(title):
        return Finding(EXTRA, Severity.NOTE, message, place, found=title)
    way_out = _("Use a title of the form, with its unit.")
    return numbers_left_out(place, title, list(numbers_in(cells)), message, way_out)
