"""A form: titles in the first column, values in the second."""

from __future__ import annotations

from collections.abc import Iterator

from oekoreport import UNREADABLE, Cells, Finding, Origin, Record, Severity, catalogue, column_letters, stand_in
from oekoreport.kit.forms import KEY, SINGLE, Column, Layout
from oekoreport.kit.tables import Book, Cell, Sheet, heading, text_of
from oekoreport_tables.balance import form_cells
from oekoreport_tables.cells import mark_finding

_ = catalogue("oekoreport_tables")

VALUE = 1


def read_form(book: Book, sheet: Sheet, layout: Layout) -> Iterator[Record | Finding | Cells]:
    """Yield the one record of a form; each of its fields has a place of its own."""
    rows: dict[str, int] = {}
    findings: list[Finding] = []
    for number in range(1, len(sheet.rows) + 1):
        title = text_of(sheet.cell(number, 0))
        column = heading(layout, title) if title else None
        if isinstance(column, Column) and column.field not in rows:
            rows[column.field] = number
        elif title and rows and sheet.cell(number, VALUE) is not None:
            findings.append(_extra(book, sheet, number, title, twice=column is not None))
    yield from findings
    yield from form_cells(book, sheet, sorted(rows.values()), findings)
    yield from _record(book, sheet, layout.kind, rows)


def _record(book: Book, sheet: Sheet, kind: str, rows: dict[str, int]) -> Iterator[Record | Finding]:
    key = text_of(sheet.cell(rows.pop(KEY, 0), VALUE))
    key = kind if kind in SINGLE else key
    letters = {name: column_letters(VALUE) for name in rows}
    values: dict[str, object] = {}
    places: dict[str, Origin] = {}
    for name, number in rows.items():
        cell: Cell = sheet.cell(number, VALUE)
        places[name] = Origin(book.file, sheet.name, number, letters)
        if finding := mark_finding(cell, book.place(sheet, number, VALUE), (kind, key)):
            yield finding
            values[name] = UNREADABLE
        elif cell is not None:
            values[name] = cell
    if values or kind == "project":  # what is missing of a project has a place, even where nothing is filled in
        key = key or stand_in(f"{book.file}!{sheet.name}")
        yield Record(kind, key, values, Origin(book.file, sheet.name, others=places))


def _extra(book: Book, sheet: Sheet, number: int, title: str, *, twice: bool) -> Finding:
    return Finding(
        "DATA-TWO-COLUMNS" if twice else "DATA-EXTRA-COLUMN",
        Severity.ERROR if twice else Severity.NOTE,
        _("The row “{title}” occurs twice; only the first is read.", title=title)
        if twice
        else _("The row “{title}” is unknown and is not read.", title=title),
        book.place(sheet, number, 0),
        found=title,
    )
