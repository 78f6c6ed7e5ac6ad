"""What a person sees of a sheet and a reader of values does not: told once a sheet, with the rows or cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from oekoreport import Finding, Message, Severity, catalogue, column_letters
from oekoreport.kit.tables import Book, Recognized, Sheet

_ = catalogue("oekoreport_tables")

NAMED = 10
"""So many cells or stretches of rows are named; of more it is said that there are more."""


def remarks(book: Book, sheet: Sheet, match: Recognized) -> Iterator[Finding]:
    """Yield what a person sees of a sheet that is read: hidden parts, strokes, comments, merged cells."""
    seen = sheet.appearance
    if seen.hidden:
        told = _("The sheet is hidden; its entries are read and count.")
        yield _remark(book, sheet, told, _("Unhide the sheet, or delete it."), question=True)
    if rows := {row for row in seen.hidden_rows if row > match.row and _is_filled(sheet, row)}:
        told = _("Rows that a filter or a person has hidden are read and count: {rows}.", rows=stretches(rows))
        yield _remark(book, sheet, told, _("Show the rows, or delete them."), question=True)
    if rows := {row for row, column in seen.struck if row > match.row and sheet.cell(row, column) is not None}:
        told = _(
            "Entries that are struck through are read and count; they are in the rows {rows}.", rows=stretches(rows)
        )
        yield _remark(book, sheet, told, _("Delete what no longer holds, or remove the strikethrough."), question=True)
    if cells := {cell for cell in seen.covered if match.row < cell[0] <= len(sheet.rows)}:
        told = _("Values under merged cells, which nobody sees, are not read: {cells}.", cells=_named(cells))
        yield _remark(book, sheet, told, _("Unmerge the cells, and delete or keep these values."), question=True)
    yield from _notices(book, sheet, match)


def _notices(book: Book, sheet: Sheet, match: Recognized) -> Iterator[Finding]:
    """Yield what a person should know of, and what leaves no number in doubt."""
    seen = sheet.appearance
    heads = sheet.rows[match.row - 1] if match.row else []
    if columns := [index for index in sorted(seen.hidden_columns) if index < len(heads) and heads[index] is not None]:
        told = _("Hidden columns are read as well: {columns}.", columns=", ".join(map(column_letters, columns)))
        yield _remark(book, sheet, told, _("Show the columns, or delete them."), Severity.WARNING)
    merged = [area for area in seen.merged if area.bottom > area.top > match.row and sheet.cell(area.top, area.left)]
    if merged:
        cells = _named((area.top, area.left) for area in merged)
        told = _(
            "Only the topmost of merged cells has a value; the rows below are read as empty: {cells}.", cells=cells
        )
        yield _remark(book, sheet, told, _("Unmerge the cells and repeat the value in each row."), Severity.WARNING)
    if noted := {cell for cell in seen.commented if match.row < cell[0] <= len(sheet.rows)}:
        told = _("Comments on cells are not read: {cells}.", cells=_named(noted))
        yield _remark(book, sheet, told, None, Severity.NOTE)


def _remark(  # noqa: PLR0913 - a finding is these parts
    book: Book,
    sheet: Sheet,
    message: Message,
    hint: Message | None,
    severity: Severity = Severity.ERROR,
    *,
    question: bool = False,
) -> Finding:
    return Finding("DATA-APPEARANCE", severity, message, book.place(sheet), hint=hint, question=question)


def _is_filled(sheet: Sheet, row: int) -> bool:
    return row <= len(sheet.rows) and any(cell is not None for cell in sheet.rows[row - 1])


def stretches(rows: Iterable[int]) -> str:
    """Return rows as a person names them: 5–7, 12."""
    pairs = enumerate(sorted(rows))
    runs = [[row for _index, row in run] for _start, run in groupby(pairs, lambda pair: pair[1] - pair[0])]
    return _some([f"{run[0]}–{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs])


def _named(cells: Iterable[tuple[int, int]]) -> str:
    return _some([f"{column_letters(column)}{row}" for row, column in sorted(cells)])


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:NAMED]) + (" …" if len(names) > NAMED else "")
