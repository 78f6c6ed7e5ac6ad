"""What the cells of a sheet were taken for, counted by rows and columns once the sheet is read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from oekoreport import Cells, Finding, Message, Role, catalogue
from oekoreport.kit.forms import PREFILLED_SHEET, Shape
from oekoreport.kit.tables import Book, Cell, Sheet, is_called, is_label, text_of
from oekoreport_tables.attendance import workshop_columns
from oekoreport_tables.rows import SheetReading

_ = catalogue("oekoreport_tables")

EXPLANATION = 2
"""The column of a form's explanations; in those before it stand titles and entries."""


def whole_sheet(book: Book, sheet: Sheet, role: Role, reason: Message | None = None) -> Iterator[Cells]:
    """Yield the cells of a sheet that holds no data, or is not read."""
    yield from _stretch(book, sheet, 0, role, _filled(sheet.rows), reason)


def guide_cells(book: Book, sheet: Sheet) -> Iterator[Cells]:
    """Yield the cells of a sheet of explanations, of choices, or of what was filled in before."""
    yield from whole_sheet(book, sheet, Role.LABEL if is_called(sheet.name, PREFILLED_SHEET) else Role.NOTE)


def covered_cells(book: Book, sheet: Sheet) -> Iterator[Cells]:
    """Yield the cells of a sheet whose values lie under merged ones."""
    if covered := sheet.appearance.covered:
        place = book.place(sheet, *min(covered))
        yield Cells(place, Role.LEFT_OUT, len(covered), _("The values lie under merged cells, where nobody sees them."))


def table_cells(reading: SheetReading, findings: Iterable[Finding]) -> Iterator[Cells]:
    """Yield the cells of a table that has been read; ``findings`` on its heads say why columns are left out."""
    book, sheet, head = reading.book, reading.sheet, reading.match.row
    below = {number: row for number, row in enumerate(sheet.rows[head:], head + 1) if number not in reading.skipped}
    reasons = {finding.place.column: finding.message for finding in findings if finding.place}
    yield from _stretch(book, sheet, 1, Role.TITLE, _filled(sheet.rows[: head - 1]))
    yield from _stretch(book, sheet, head, Role.HEAD, _filled([sheet.rows[head - 1]]))
    data = _filled(below.values())
    for index in _unread(reading):
        count = sum(len(row) > index and row[index] is not None for row in below.values())
        place = book.place(sheet, head, index)
        if count:
            reason = reasons.get(place.column)
            label = reason is None or is_label(text_of(sheet.cell(head, index)))
            yield Cells(place, Role.LABEL if label else Role.LEFT_OUT, count, None if label else reason)
        data -= count
    yield from _stretch(book, sheet, head + 1, Role.FIELD, data)
    for number, (role, reason) in reading.skipped.items():
        yield from _stretch(book, sheet, number, role, _filled([sheet.rows[number - 1]]), reason)


def form_cells(book: Book, sheet: Sheet, known: Collection[int], findings: Iterable[Finding]) -> Iterator[Cells]:
    """Yield the cells of a form whose titles were recognised in the ``known`` rows."""
    reasons = {finding.place.row: finding.message for finding in findings if finding.place}
    first = min(known, default=len(sheet.rows) + 1)
    inside = [sheet.rows[number - 1] for number in known]
    yield from _stretch(book, sheet, 1, Role.TITLE, _filled(sheet.rows[: first - 1]))
    yield from _stretch(book, sheet, first, Role.HEAD, _filled(row[:1] for row in inside))
    yield from _stretch(book, sheet, first, Role.FIELD, _filled(row[1:EXPLANATION] for row in inside))
    yield from _stretch(book, sheet, first, Role.NOTE, _filled(row[EXPLANATION:] for row in inside))
    for number, row in enumerate(sheet.rows[first:], first + 1):
        if number not in known:
            reason = reasons.get(number)
            yield from _stretch(book, sheet, number, Role.LEFT_OUT if reason else Role.NOTE, _filled([row]), reason)


def _unread(reading: SheetReading) -> Iterator[int]:
    """Yield the columns that are not read; those of a matrix that name no field are workshops."""
    headings = reading.headings
    width = max(map(len, reading.sheet.rows), default=0)
    read = {*headings.columns}
    if reading.match.layout.shape is Shape.MATRIX and headings.is_matrix:
        read |= workshop_columns(headings).keys()
    yield from (index for index in range(width) if index not in read)


def _filled(rows: Iterable[list[Cell]]) -> int:
    """Return how many cells of some rows hold something."""
    return sum([len([True for cell in row if cell is not None]) for row in rows])  # twice as fast as row.count


def _stretch(  # noqa: PLR0913 - a stretch is these parts
    book: Book, sheet: Sheet, row: int, role: Role, count: int, reason: Message | None = None
) -> Iterator[Cells]:
    if count:
        yield Cells(book.place(sheet, row), role, count, reason)
