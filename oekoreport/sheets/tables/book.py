"""What a table is once it is read: sheets of cells, with true row and column numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from oekoreport.places import Place, column_letters

MAX_CELLS = 5_000_000
"""The largest extent (rows × columns) of a sheet that is read: 100,000 receipts fill some three million cells."""

MAX_FILLED = 3_000_000
"""So many cells of a file may hold something; each takes 150 bytes. 100,000 receipts fill two million."""

MAX_SPECIAL = 1_000_000
"""So many cells of a sheet may need a look of their own, for a failed formula, a format, a line through their text."""

MAX_MERGED = 100_000
"""So many merged cells a sheet may have."""

ERROR_TEXTS = frozenset(
    {
        *("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!"),
        *("#NV", "#ZAHL!", "#BEZUG!", "#WERT!", "#ÜBERLAUF!", "#KALK!"),
    }
)
"""What failed formulas show, in English and in German."""


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell whose formula failed; ``text`` is what it shows (``#DIV/0!``)."""

    text: str


@dataclass(frozen=True, slots=True)
class Uncalculated:
    """A cell with a formula that no program has ever calculated: it has no value, not even an empty one."""


UNCALCULATED = Uncalculated()


@dataclass(frozen=True, slots=True)
class Disguised:
    """A cell whose format shows another number than it holds, without a word of it: 14.8 for 14,800, or nothing."""

    number: Decimal
    shown: str


@dataclass(frozen=True, slots=True)
class PartOfDay:
    """A cell that holds a day and shows a part of it: “Mai 24” is what Excel makes of a typed “Mai 2024”."""

    day: date


class ShownText(str):
    """The text that a cell with a number format shows of its number: „27,6 MWh“, „80 %“. It is German for certain."""

    __slots__ = ()


MARKS = frozenset({CellError, Uncalculated, Disguised, PartOfDay})
"""The types of what stands in a cell instead of a value."""

Cell = str | Decimal | date | datetime | bool | CellError | Uncalculated | Disguised | PartOfDay | None
"""A cell's value. None is an empty cell; a date with a time other than midnight stays a datetime."""


class Area(NamedTuple):
    """A rectangle of cells: rows from 1, columns from 0, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def size(self) -> int:
        """How many cells it has."""
        return max(0, self.bottom + 1 - self.top) * max(0, self.right + 1 - self.left)

    def within(self, rows: int, columns: int) -> Area:
        """Return what lies in a sheet of so many rows and columns."""
        return self._replace(bottom=min(self.bottom, rows), right=min(self.right, columns - 1))


@dataclass(frozen=True, slots=True)
class Appearance:
    """What a person sees of a sheet besides its values, or does not see of them; cells are row and column.

    Attributes:
        hidden: the sheet itself is not shown.
        hidden_rows: the rows that are not shown, by a filter or by hand.
        hidden_columns: the columns that are not shown.
        struck: the cells whose text is struck through.
        commented: the cells that have a comment.
        merged: the cells that are merged into one.
        covered: the cells that held a value under a merged one, where nobody sees it.
    """

    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    struck: frozenset[tuple[int, int]] = frozenset()
    commented: frozenset[tuple[int, int]] = frozenset()
    merged: tuple[Area, ...] = ()
    covered: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: ``rows[0]`` is row 1, ``rows[0][0]`` is A1. Rows may differ in length.

    ``name`` is empty for a CSV file, which has no sheets; ``typed`` tells whether cells have types, or all are text.
    """

    name: str
    rows: list[list[Cell]]
    typed: bool = True
    appearance: Appearance = Appearance()

    def has_marks(self) -> bool:
        """Tell whether any cell is an error or was never calculated; a look through all, to spare one at each."""
        return any(not MARKS.isdisjoint(map(type, row)) for row in self.rows)

    def without_blanks(self) -> Sheet:
        """Return the sheet with cells that hold nothing but spaces as empty ones, as people mean them."""
        rows = [_without_blanks(row) if _has_blank(row) else row for row in self.rows]
        return replace(self, rows=rows)

    def without_covered(self) -> Sheet:
        """Return the sheet without the values under merged cells, which nobody sees; the appearance keeps where."""
        covered = frozenset(place for area in self.appearance.merged for place in self._below(area))
        if not covered:
            return self
        rows = list(map(list, self.rows))
        for row, column in covered:
            rows[row - 1][column] = None
        return replace(self, rows=rows, appearance=replace(self.appearance, covered=covered))

    def _below(self, area: Area) -> Iterator[tuple[int, int]]:
        """Yield the cells of a merged one, but for the first, that hold a value."""
        top = max(area.top, 1)
        for row, cells in enumerate(self.rows[top - 1 : area.bottom], top):
            for column, cell in enumerate(cells[area.left : area.right + 1], area.left):
                if cell is not None and (row, column) != area[:2] and str(cell or "").strip():
                    yield row, column

    def cell(self, row: int, column: int) -> Cell:
        """Return the cell of a row (from 1) and a column (from 0); outside of the sheet all are empty."""
        if not 0 < row <= len(self.rows):
            return None
        cells = self.rows[row - 1]
        return cells[column] if 0 <= column < len(cells) else None


def _has_blank(row: list[Cell]) -> bool:
    return True in [cell.isspace() for cell in row if type(cell) is str]


def _without_blanks(row: list[Cell]) -> list[Cell]:
    return [None if type(cell) is str and cell.isspace() else cell for cell in row]


@dataclass(frozen=True, slots=True)
class Book:
    """A file's sheets in order, and its custom properties (what our own templates mark themselves with).

    ``judged`` is False where errors and formulas never calculated cannot be told from empty cells (old binary formats).
    """

    file: str
    sheets: tuple[Sheet, ...]
    properties: Mapping[str, str] = field(default_factory=dict)
    judged: bool = True

    def place(self, sheet: Sheet, row: int = 0, column: int | None = None) -> Place:
        """Return the place of a cell, a row (from 1) or the sheet."""
        return Place(self.file, sheet.name, "" if column is None else column_letters(column), row)


def moment(value: datetime) -> date | datetime:
    """Return a day and time as a cell holds it: at midnight it is a day."""
    return value.date() if value.time() == time() else value


def text_cell(text: str) -> Cell:
    """Return a text as a cell: nothing if it is empty; what a failed formula shows is an error, even if typed."""
    return CellError(text.strip()) if text.strip() in ERROR_TEXTS else text or None


def duration_text(value: timedelta) -> str:
    """Return a duration in hours, minutes and seconds where there are any: 26:30."""
    minutes, seconds = divmod(abs(round(value.total_seconds())), 60)
    text = f"{'-' if value < timedelta() else ''}{minutes // 60:02}:{minutes % 60:02}"
    return f"{text}:{seconds:02}" if seconds else text


def text_of(cell: Cell) -> str:
    """Return a cell as text with single spaces: for heads, keys and titles."""
    if cell is None or isinstance(cell, CellError | Uncalculated | Disguised):
        return ""
    if isinstance(cell, Decimal):
        return f"{cell:f}" if cell != cell.to_integral_value() else f"{cell.to_integral_value():f}"
    if isinstance(cell, PartOfDay):
        cell = cell.day
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}"
    if isinstance(cell, bool):
        return "ja" if cell else "nein"
    return " ".join(str(cell).split())
