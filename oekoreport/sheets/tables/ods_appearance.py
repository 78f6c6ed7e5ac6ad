"""What a person sees of a sheet of an ODS workbook besides its values: hidden parts, merged cells, comments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from oekoreport.places import Place
from oekoreport.sheets.tables.appearance import demand_apart
from oekoreport.sheets.tables.book import MAX_SPECIAL, Appearance, Area
from oekoreport.sheets.tables.errors import too_many_special

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


class Seen:
    """What is to be seen of a sheet, noted while its rows are read."""

    def __init__(self, styles: Styles, place: Place) -> None:
        self._styles, self._place = styles, place
        self._unseen: list[tuple[int, int]] = []
        self._columns = 0
        self._rows: set[int] = set()
        self._struck: set[tuple[int, int]] = set()
        self._commented: set[tuple[int, int]] = set()
        self._merged: list[Area] = []

    def note_column(self, element: Any) -> None:
        """Note whether a column, or as many as the element stands for, are shown."""
        begun = self._columns
        self._columns += repeat(element, "number-columns-repeated")
        if _is_unseen(element):
            self._unseen.append((begun, self._columns))

    def note_row(self, row: Any, numbers: range) -> None:
        """Note what is to be seen of a row that holds something, and that has these numbers.

        Raises:
            TooMuch: it is more than any sheet has.
        """
        number = numbers[0]
        if _is_unseen(row):
            self._rows.update(numbers)
        for column, cell in _cells(row):
            if cell.get(f"{TABLE}style-name") in self._styles.struck:
                self._struck.add((number, column))
            if cell.find(f"{OFFICE}annotation") is not None:
                self._commented.add((number, column))
            if area := _area(number, column, cell):
                self._merged.append(area)
        if len(self._struck) + len(self._commented) > MAX_SPECIAL:
            raise too_many_special(self._place)

    def appearance(self, table: Any, rows: int, columns: int) -> Appearance:
        """Return what was noted of a sheet that has so many rows and columns.

        Raises:
            SourceError: as ``demand_apart``.
        """
        demand_apart(self._merged, rows, columns, self._place)
        unseen = {(first, min(end, columns)) for first, end in self._unseen}
        return Appearance(
            str(table.get(f"{TABLE}style-name", "")) in self._styles.hidden,
            frozenset(self._rows),
            frozenset(index for first, end in unseen for index in range(first, end)),
            frozenset(self._struck),
            frozenset(self._commented),
            tuple(self._merged),
        )


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
