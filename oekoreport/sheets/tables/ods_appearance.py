"""What a person sees of a sheet of an ODS workbook besides its values: hidden parts, merged cells, comments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from oekoreport.sheets.tables.book import MAX_CELLS, Appearance, Area

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLES = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
STYLE = f"{STYLES}style"
CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
UNSEEN = ("collapse", "filter")


class Styles:
    """The names of styles that tell something: of text struck through, and of sheets that are not shown."""

    def __init__(self) -> None:
        self.struck: set[str] = set()
        self.hidden: set[str] = set()

    def note(self, style: Any) -> None:
        """Remember a style if it is one of these."""
        name = str(style.get(f"{STYLES}name", ""))
        text, table = style.find(f"{STYLES}text-properties"), style.find(f"{STYLES}table-properties")
        if text is not None and text.get(f"{STYLES}text-line-through-style", "none") != "none":
            self.struck.add(name)
        if table is not None and table.get(f"{TABLE}display") == "false":
            self.hidden.add(name)


def repeat(element: Any, name: str) -> int:
    """Return how many rows or columns an element stands for."""
    text = str(element.get(f"{TABLE}{name}", "1"))
    return int(text) if text.isdecimal() and 0 < len(text) < 20 else 1  # noqa: PLR2004 - more digits than any count has


def appearance_of(table: Any, styles: Styles) -> Appearance:
    """Return what is to be seen of a sheet."""
    rows = [(row, number) for number, row in _numbered(table, "row")]
    cells = [(number, column, cell) for row, number in rows for column, cell in _cells(row)]
    return Appearance(
        str(table.get(f"{TABLE}style-name", "")) in styles.hidden,
        frozenset(
            each for row, number in rows if _is_unseen(row) and any(map(len, row)) for each in _span(number, row, "row")
        ),
        frozenset(
            index - 1
            for number, each in _numbered(table, "column")
            if _is_unseen(each)
            for index in _span(number, each, "column")
        ),
        frozenset((row, column) for row, column, cell in cells if cell.get(f"{TABLE}style-name") in styles.struck),
        frozenset((row, column) for row, column, cell in cells if cell.find(f"{OFFICE}annotation") is not None),
        tuple(filter(None, (_area(row, column, cell) for row, column, cell in cells))),
    )


def _numbered(table: Any, kind: str) -> Iterator[tuple[int, Any]]:
    number = 1
    for element in table.iter(f"{TABLE}table-{kind}"):
        yield number, element
        number += repeat(element, f"number-{kind}s-repeated")


def _span(number: int, element: Any, kind: str) -> range:
    return range(number, number + min(repeat(element, f"number-{kind}s-repeated"), MAX_CELLS))


def _is_unseen(element: Any) -> bool:
    return element.get(f"{TABLE}visibility") in UNSEEN


def _cells(row: Any) -> Iterator[tuple[int, Any]]:
    """Yield the cells that hold something, with their columns."""
    column = 0
    for cell in row.iterchildren(*CELLS):
        if len(cell):
            yield column, cell
        column += repeat(cell, "number-columns-repeated")


def _area(row: int, column: int, cell: Any) -> Area | None:
    rows, columns = repeat(cell, "number-rows-spanned"), repeat(cell, "number-columns-spanned")
    return Area(row, column, row + rows - 1, column + columns - 1) if rows * columns > 1 else None
