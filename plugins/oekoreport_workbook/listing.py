"""Lists: a head, rows, and totals that are live formulas where a formula says what the figure says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from oekoreport import UNKNOWN, Figure, Message, catalogue, column_letters
from oekoreport_workbook.sheet import BLANK, WIDEST, Sheet, exact

_ = catalogue("oekoreport_workbook")

BOLD = 115
"""How wide bold words are, in per cent of others."""

DUST = Decimal("1e-9")
"""What sums of exact values may differ by after a division."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: its head, how it looks (``text``, ``number``, ``mark``, ``aside``), its numbers' format.

    ``width`` is the least, ``most`` what texts may widen it to, in characters.
    """

    title: Message | str
    look: str = "text"
    number: str = ""
    width: int = 0
    most: int = WIDEST


class Live(NamedTuple):
    """A cell with a formula that restates a figure; ``{row}`` in it is the number of its own row."""

    formula: str
    figure: Figure


class Block(NamedTuple):
    """Where a list stands: the rows of its head, its first and its last entry, counted from 0."""

    head: int
    first: int
    last: int


def listing(
    sheet: Sheet,
    columns: Sequence[Column],
    rows: Sequence[Sequence[object]],
    *,
    totals: Sequence[object] = (),
    table: str = "",
) -> Block:
    """Write a list at the sheet's cursor and move the cursor below it.

    Args:
        sheet: where to.
        columns: the columns, with unlike heads.
        rows: the cells; Live for formulas.
        totals: a cell for each column: a figure is written as a sum of the column where it is one.
        table: name of the Excel table that the list becomes, with filters; no table if empty.
    """
    sheet.demand_room(len(rows))
    head = sheet.row
    rows = rows or [[_("no entries"), *[BLANK] * (len(columns) - 1)]]
    block = Block(head, head + 1, head + len(rows))
    _write_head(sheet, columns, block, filtered=bool(table))
    for row, cells in enumerate(rows, block.first):
        for column, cell in enumerate(cells):
            _write_cell(sheet, row, column, cell, columns[column])
    sheet.row = block.last + 1
    if table:
        _make_table(sheet, columns, rows, block, table, totals)
    if totals:
        _write_totals(sheet, columns, rows, block, totals, filtered=bool(table))
        sheet.row += 1
    sheet.row += 1
    return block


def keep_head(sheet: Sheet, block: Block, columns: int) -> None:
    """Keep a list's head and first columns in sight, and print its head on every page: a sheet can do so for one."""
    sheet.freeze(block.first, columns)
    sheet.repeat(block.head, block.head)


def _write_head(sheet: Sheet, columns: Sequence[Column], block: Block, *, filtered: bool) -> None:
    """Write the heads; below those of a table there is room for the filters' buttons."""
    for index, column in enumerate(columns):
        sheet.cap(index, column.most)
        sheet.put(block.head, index, column.title, _head_look(column), wide=False)
        words = sheet.locale.show(column.title).split()
        sheet.widen(index, max(column.width, *(-(-len(word) * BOLD // 100) for word in words), 2))
    sheet.heighten(block.head, 1 if filtered else 0)


def _head_look(column: Column) -> str:
    return {"number": "head_number", "mark": "head_mark"}.get(column.look, "head")


def _total_look(column: Column) -> str:
    return {"number": "total_number", "mark": "total_mark"}.get(column.look, "total")


def _write_cell(sheet: Sheet, row: int, index: int, cell: object, column: Column) -> None:
    if isinstance(cell, Live):
        sheet.formula(row, index, cell.formula.replace("{row}", str(row + 1)), cell.figure, column.look, column.number)
    else:
        sheet.put(row, index, cell, column.look, column.number, wide=column.look != "aside")


def _write_totals(  # noqa: PLR0913 - what a list is made of
    sheet: Sheet,
    columns: Sequence[Column],
    rows: Sequence[Sequence[object]],
    block: Block,
    totals: Sequence[object],
    *,
    filtered: bool,
) -> None:
    row = block.last + 1
    for index, cell in enumerate(totals):
        column = columns[index]
        look = _total_look(column)
        if isinstance(cell, Live):
            sheet.formula(row, index, cell.formula.replace("{row}", str(row + 1)), cell.figure, look, column.number)
        elif isinstance(cell, Figure) and restates([cells[index] for cells in rows], cell):
            sheet.formula(row, index, sum_formula(block, index, filtered=filtered), cell, look, column.number)
        else:
            sheet.put(row, index, cell, look, column.number)


def sum_formula(block: Block, index: int, *, filtered: bool = False) -> str:
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
    if cell is None or cell == UNKNOWN:
        return None
    if isinstance(cell, Decimal):
        return cell if exact(cell) else None
    return Decimal(0)


def _make_table(  # noqa: PLR0913 - what a table is made of
    sheet: Sheet,
    columns: Sequence[Column],
    rows: Sequence[Sequence[object]],
    block: Block,
    name: str,
    totals: Sequence[object],
) -> None:
    """Lay an Excel table over the list; the library writes totals of its own, which ours then replace."""
    specifications: list[dict[str, Any]] = []
    for index, column in enumerate(columns):
        style = sheet.book.style(_head_look(column))
        specification: dict[str, Any] = {"header": sheet.locale.show(column.title), "header_format": style}
        if totals:
            specification |= _total_of(sheet, totals[index], [cells[index] for cells in rows], block, index)
        specifications.append(specification)
    options = {"name": name, "style": None, "total_row": bool(totals), "description": sheet.name}
    sheet.add_table(block.head, block.last + bool(totals), specifications, options)


def _total_of(sheet: Sheet, total: object, cells: Sequence[object], block: Block, index: int) -> dict[str, Any]:
    """Return what a table's definition says of a total: its formula, or its text."""
    if isinstance(total, Figure) and restates(cells, total):
        return {"total_function": sum_formula(block, index, filtered=True)[1:]}
    return {"total_string": sheet.locale.show(total)} if isinstance(total, Message) else {}
