"""What a table is once it is read: sheets of cells, with true row and column numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from oekoreport.places import Place, column_letters

MAX_CELLS = 5_000_000
"""The largest extent (rows × columns) of a sheet that is read: 100,000 receipts fill some three million cells."""

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

MARKS = frozenset({CellError, Uncalculated})
"""The types that a cell holds instead of a value."""

Cell = str | Decimal | date | datetime | bool | CellError | Uncalculated | None
"""A cell's value. None is an empty cell; a date with a time other than midnight stays a datetime."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: ``rows[0]`` is row 1, ``rows[0][0]`` is A1. Rows may differ in length.

    ``name`` is empty for a CSV file, which has no sheets; ``typed`` tells whether cells have types, or all are text.
    """

    name: str
    rows: list[list[Cell]]
    typed: bool = True

    def has_marks(self) -> bool:
        """Tell whether any cell is an error or was never calculated; a look through all, to spare one at each."""
        return any(not MARKS.isdisjoint(map(type, row)) for row in self.rows)

    def without_blanks(self) -> Sheet:
        """Return the sheet with cells that hold nothing but spaces as empty ones, as people mean them."""
        rows = [_without_blanks(row) if _has_blank(row) else row for row in self.rows]
        return replace(self, rows=rows)

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


def duration_text(value: timedelta) -> str:
    """Return a duration in hours, minutes and seconds where there are any: 26:30."""
    minutes, seconds = divmod(abs(round(value.total_seconds())), 60)
    text = f"{'-' if value < timedelta() else ''}{minutes // 60:02}:{minutes % 60:02}"
    return f"{text}:{seconds:02}" if seconds else text


def text_of(cell: Cell) -> str:
    """Return a cell as text with single spaces: for heads, keys and titles."""
    if cell is None or isinstance(cell, CellError | Uncalculated):
        return ""
    if isinstance(cell, Decimal):
        return f"{cell:f}" if cell != cell.to_integral_value() else f"{cell.to_integral_value():f}"
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}"
    if isinstance(cell, bool):
        return "ja" if cell else "nein"
    return " ".join(str(cell).split())
