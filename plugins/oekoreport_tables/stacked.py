"""Tables in one sheet: one below another is read with heads of its own, one beside another is asked about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from oekoreport import Finding, Severity, catalogue
from oekoreport.kit.tables import Book, Cell, Recognized, Sheet, recognize
from oekoreport_tables.headings import Headings
from oekoreport_tables.sheets import is_own, recognized

_ = catalogue("oekoreport_tables")

FEWEST = 3
"""A row with fewer texts is no row of heads."""

DIGIT = re.compile(r"\d")


def tables_in(book: Book, sheet: Sheet) -> Iterator[tuple[Sheet, list[Recognized]]]:
    """Yield the tables of a sheet from the top, each as a sheet without the others, with what it can be."""
    found = recognized(book, sheet)
    if len(found) != 1 or not found[0].row:
        yield sheet, found
        return
    below = list(_heads_below(sheet, found[0].row, own=is_own(book)))
    starts = [1, *(_with_title(sheet, matches[0].row) for matches in below), len(sheet.rows) + 1]
    for matches, (first, following) in zip([found, *below], pairwise(starts), strict=True):
        rows: list[list[Cell]] = [[] for _row in range(first - 1)]
        yield (replace(sheet, rows=rows + sheet.rows[first - 1 : following - 1]) if below else sheet), matches


def second_table(book: Book, sheet: Sheet, row: int) -> Finding:
    """Return what is told of a table below another one."""
    return Finding(
        "DATA-SECOND-TABLE",
        Severity.WARNING,
        _("Another table begins here, below the first one; it is read with its own headings."),
        book.place(sheet, row),
        hint=_("Move it to a sheet of its own, with the name that the sheet has in the form."),
    )


def table_beside(book: Book, sheet: Sheet, row: int, headings: Headings) -> Finding | None:
    """Return the question that heads on the right of a table's own ask, where they are those of another table."""
    last = max(headings.columns, default=0)
    beside = {index: text for index, text in headings.others.items() if index > last}
    if not any(match.is_placed for match in recognize(Sheet("", [[*beside.values()]]), "", own=False)):
        return None
    return Finding(
        "DATA-SECOND-TABLE",
        Severity.ERROR,
        _("Another table begins here, beside the first one; it is not read."),
        book.place(sheet, row, min(beside)),
        hint=_("Move it to a sheet of its own, with the name that the sheet has in the form."),
        question=True,
    )


def _heads_below(sheet: Sheet, head: int, *, own: bool) -> Iterator[list[Recognized]]:
    for number in _texts_only(sheet, head):
        if found := recognize(Sheet("", [sheet.rows[number - 1]]), "", own=own):
            yield [replace(match, row=number) for match in found]


def _texts_only(sheet: Sheet, head: int) -> Iterator[int]:
    """Yield the rows below the heads that hold texts alone, and none where entries have a number or a day."""
    rows = sheet.rows[head:]
    telling = next((index for row in rows[:1] for index, cell in enumerate(row) if _is_data(cell)), None)
    for number, row in enumerate(rows, head + 1):
        if telling is not None and telling < len(row) and _is_data(row[telling]):
            continue
        filled = [cell for cell in row if cell is not None]
        if len(filled) >= FEWEST and all(type(cell) is str for cell in filled):
            yield number


def _is_data(cell: Cell) -> bool:
    return cell is not None and (type(cell) is not str or DIGIT.search(cell) is not None)


def _with_title(sheet: Sheet, head: int) -> int:
    """Return the first row that belongs to heads: a title in a row of its own stands above them."""
    above = [cell for cell in sheet.rows[head - 2] if cell is not None]
    return head - 1 if len(above) == 1 and type(above[0]) is str else head
