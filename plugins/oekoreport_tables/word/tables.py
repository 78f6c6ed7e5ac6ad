"""Tables of a Word document in Markdown: the first row is the heading; a merged cell's text is in its first cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from oekoreport.kit.package import Element, local_name
from oekoreport_tables.word.xml import child, inside, number

WIDEST = 63
"""Word's most columns; what claims more is damaged."""


def rows_of(table: Element) -> Iterator[list[Element | None]]:
    """Yield the cells of each row by columns, None where a cell reaches over from the left or a row begins later."""
    for row in _below(table, "tr"):
        if child(row, "trPr", "del") is not None:
            continue
        cells: list[Element | None] = [None] * min(number(child(row, "trPr", "gridBefore")) or 0, WIDEST)
        for cell in _below(row, "tc"):
            span = number(child(cell, "tcPr", "gridSpan")) or 1
            cells += [cell, *[None] * (min(span, WIDEST) - 1)]
        yield cells


def only_cell(table: Element) -> Element | None:
    """Return the cell of a table that has no other: a box around text; None for any other table."""
    cells = [cell for row in _below(table, "tr") for cell in _below(row, "tc")]
    return cells[0] if len(cells) == 1 else None


def table_markdown(rows: Sequence[Sequence[str]]) -> str:
    """Return rows of cells, each one line of Markdown, as a table; rows are filled up to the longest."""
    width = max(map(len, rows))
    lines = [f"| {' | '.join([*row, *[''] * (width - len(row))])} |" for row in rows]
    return "\n".join([lines[0], f"|{' --- |' * width}", *lines[1:]])


def paragraphs_in(cell: Element) -> Iterator[Element]:
    """Yield the paragraphs of a cell, those of tables inside of it too; a text box is part of its paragraph."""
    for paragraph in inside(cell, "p"):
        if all(local_name(each) != "txbxContent" for each in paragraph.iterancestors()):
            yield paragraph


def _below(element: Element, name: str) -> Iterator[Element]:
    for each in element:
        if local_name(each) == name:
            yield each
        elif local_name(each) not in {"", "del", "moveFrom"}:  # a control may stand around rows and cells
            yield from _below(each, name)
