"""Lists: a head, rows, and totals that are live formulas where a formula says what the figure says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, NamedTuple, TypeVar

from oekoreport import UNKNOWN, WITHHELD, Figure, Message, OekoreportError, Report, catalogue, column_letters
from oekoreport.kit.sheets import BLANK, MOST_ROWS, WIDEST, Live, Worksheet, exact

_ = catalogue("oekoreport_workbook")

BOLD = 115
"""How wide bold words are, in per cent of others."""

RESERVED = 7
"""Over how many columns a sentence on what is unknown runs: the width of the tables that such sentences stand below."""

DUST = Decimal("1e-9")
"""What sums of exact values may differ by after a division."""


class TooManyRows(OekoreportError):
    """A list that is longer than a sheet."""

    def __init__(self, sheet: str, count: int) -> None:
        super().__init__(
            _(
                "Sheet “{sheet}”: {count} entries do not fit; a sheet has {most} rows.",
                sheet=sheet,
                count=count,
                most=MOST_ROWS,
            ),
            hint=_("Divide the round into several projects, or build only the other documents: -e NAME."),
        )


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """A column of a list.

    Attributes:
        title: its head, unlike the others of the list.
        cell: gives the cell of an entry; Live for formulas.
        look: how its cells look: ``text``, ``number``, ``mark`` or ``aside``.
        number: the format of its numbers.
        width: how wide it is at least, in characters.
        most: how wide texts may make it, in characters.
        total: the cell below; a figure is written as a sum of the column where it is one.
    """

    title: Message | str
    cell: Callable[[T], object]
    look: str = "text"
    number: str = ""
    width: int = 0
    most: int = WIDEST
    total: object = BLANK


class Block(NamedTuple):
    """Where a list stands: the rows of its head, its first and its last entry, counted from 0."""

    head: int
    first: int
    last: int


def listing(sheet: Worksheet, columns: Sequence[Column[T]], entries: Sequence[T], *, table: str = "") -> Block:
    """Write a list at the sheet's cursor and move the cursor below it.

    Args:
        sheet: where to.
        columns: the columns; there is a row of totals where one of them has a total.
        entries: what the rows are of.
        table: name of the Excel table that the list becomes, with filters; no table if empty.

    Raises:
        TooManyRows: the entries do not fit below the cursor, with head and total.
    """
    if sheet.row + len(entries) + 2 > MOST_ROWS:  # writing them all takes long
        raise TooManyRows(sheet.name, len(entries))
    rows = [[column.cell(entry) for column in columns] for entry in entries]
    rows = rows or [[_("no entries"), *[BLANK] * (len(columns) - 1)]]
    block = Block(sheet.row, sheet.row + 1, sheet.row + len(rows))
    _write_head(sheet, columns, block, filtered=bool(table))
    for row, cells in enumerate(rows, block.first):
        for index, (cell, column) in enumerate(zip(cells, columns, strict=True)):
            sheet.put(row, index, cell, column.look, column.number, wide=column.look != "aside")
    totals = _totals(columns, rows, block, filtered=bool(table))
    if table:
        _make_table(sheet, columns, block, totals, table)
    for index, total in enumerate(totals):
        sheet.put(block.last + 1, index, total, _look("total", columns[index]), columns[index].number)
    sheet.row = block.last + 2 + bool(totals)
    return block


def section(sheet: Worksheet, title: Message) -> None:
    """Write the heading of a part at the sheet's cursor, with a rule over the sheet's width."""
    sheet.put(sheet.row, 0, title, "section", wide=False)
    sheet.stretch(sheet.row, "section_rest")
    sheet.row += 1


def reserved(sheet: Worksheet, report: Report, names: Iterable[str]) -> None:
    """Write at the sheet's cursor what is unknown or assumed behind the figures that stand above it, if anything is."""
    for sentence in report.reservations(names):
        sheet.across(sheet.row, range(RESERVED), sentence, "reservation")
        sheet.row += 1


def keep_head(sheet: Worksheet, block: Block, columns: int) -> None:
    """Keep a list's head and first columns in sight, and print its head on every page: a sheet can do so for one."""
    sheet.freeze(block.first, columns)
    sheet.repeat(block.head, block.head)


def _write_head(sheet: Worksheet, columns: Sequence[Column[T]], block: Block, *, filtered: bool) -> None:
    """Write the heads; below those of a table there is room for the filters' buttons."""
    for index, column in enumerate(columns):
        sheet.widths.cap(index, column.most)
        sheet.put(block.head, index, column.title, _look("head", column), wide=False)
        words = sheet.locale.show(column.title).split()
        sheet.widths.widen(index, max(column.width, *(-(-len(word) * BOLD // 100) for word in words), 2))
    sheet.heights.leave(block.head, 1 if filtered else 0)


def _look(part: str, column: Column[T]) -> str:
    """Return how a column's head or total looks, which stands as its cells do."""
    return f"{part}_{column.look}" if column.look in ("number", "mark") else part


def _totals(
    columns: Sequence[Column[T]], rows: Sequence[Sequence[object]], block: Block, *, filtered: bool
) -> list[object]:
    """Return the cells of the row of totals, with a formula where it says what the figure says; none for none."""
    if all(column.total == BLANK for column in columns):
        return []
    return [
        Live(sum_formula(block, index, filtered=filtered), total)
        if isinstance(total, Figure) and restates([cells[index] for cells in rows], total)
        else total
        for index, total in enumerate(column.total for column in columns)
    ]


def sum_formula(block: Block, index: int, *, filtered: bool) -> str:
    """Return the formula that sums a column of a block; in a table it follows the filter."""
    letters = column_letters(index)
    cells = f"{letters}{block.first + 1}:{letters}{block.last + 1}"
    return f"=SUBTOTAL(109,{cells})" if filtered else f"=SUM({cells})"


def restates(cells: Sequence[object], total: Figure) -> bool:
    """Tell whether summing the cells gives the figure: then a formula may stand for it, else the figure stands alone.

    Shares are no sums, not even where there is one alone.
    """
    amounts = [amount(cell) for cell in cells]
    if total.value is None or total.unit == "%" or any(value is None for value in amounts):
        return False
    return abs(sum((value for value in amounts if value is not None), Decimal(0)) - total.value) <= DUST


def amount(cell: object) -> Decimal | None:
    """Return what a cell adds to a sum: nothing where it is blank; None where it is unknown or has to be text."""
    if isinstance(cell, Live):
        cell = cell.figure
    if isinstance(cell, Figure):
        return cell.value if cell.rounded is not None and exact(cell.rounded) else None
    if cell is None or cell in (UNKNOWN, WITHHELD):
        return None
    if isinstance(cell, Decimal):
        return cell if exact(cell) else None
    return Decimal(0)


def _make_table(
    sheet: Worksheet, columns: Sequence[Column[T]], block: Block, totals: Sequence[object], name: str
) -> None:
    """Lay an Excel table over the list; the library writes totals of its own, which ours then replace."""
    parts = []
    for index, column in enumerate(columns):
        total = totals[index] if totals else BLANK
        part = {"header": sheet.locale.show(column.title), "header_format": _look("head", column)}
        if isinstance(total, Live):
            part["total_function"] = total.formula[1:]
        elif isinstance(total, Message):
            part["total_string"] = sheet.locale.show(total)
        parts.append(part)
    sheet.table((block.head, block.last + bool(totals)), name, parts, total=bool(totals))
