"""The widths of a sheet's columns, in digits: as they are set, or as wide as what the columns hold."""

from __future__ import annotations

from decimal import Decimal
from math import inf

NARROWEST = 5
WIDEST = 30
"""What texts widen a column to, in characters; a wider one breaks into lines unless the column's cap allows more."""

PADDING = 2
GAP = 3
"""The width of an empty column between others."""


class Widths(dict[int, float]):
    """The width of each column by its index so far. Lookups are those of a dictionary: every cell with a text asks."""

    def __init__(self) -> None:
        super().__init__()
        self._held: dict[int, float] = {}
        self._caps: dict[int, int] = {}
        self._ranges: dict[tuple[int, str], tuple[Decimal, Decimal]] = {}

    def __missing__(self, column: int) -> float:
        return GAP

    @property
    def columns(self) -> range:
        """The columns that hold something, and those between them."""
        return range(max(self, default=-1) + 1)

    def of(self, columns: range) -> float:
        """Return how wide columns are together."""
        return sum(self[column] for column in columns)

    def fix(self, column: int, width: float) -> None:
        """Set the width of a column, whatever it holds."""
        self[column], self._held[column] = width, inf

    def cap(self, column: int, characters: int) -> None:
        """Let texts widen a column up to so many characters."""
        self._caps[column] = max(self._caps.get(column, 0), characters)

    def widen(self, column: int, characters: int) -> None:
        """Make a column at least so many characters wide."""
        if characters > self._held.get(column, -1):
            self._held[column] = characters
            self[column] = max(characters + PADDING, NARROWEST)

    def take(self, column: int, text: str) -> None:
        """Widen a column for the longest line of a text."""
        held = self._held.get(column, 0)
        if held < len(text) and held < (most := self._caps.get(column, WIDEST)):
            self.widen(column, min(max(map(len, text.splitlines()), default=0), most))

    def exceeds(self, column: int, number: str, value: Decimal) -> bool:
        """Tell whether a number lies beyond those of its format in a column: one between them is no wider than they."""
        low, high = self._ranges.get((column, number), (value, value))
        if low <= value <= high and (column, number) in self._ranges:
            return False
        self._ranges[column, number] = min(low, value), max(high, value)
        return True
