"""Rows that are no entries but sums of others: told by their label, by a name in it, or by their numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from itertools import pairwise

from oekoreport.kit.likeness import party
from oekoreport.kit.tables import Cell

ALONE = re.compile(r"(summe|gesamt|insgesamt|total|totals|sum)\s*:?")
BEFORE = re.compile(
    r"([\u03c3\u2211]|(übertrag|zwischensumme|teilsumme|gesamtsumme|gesamtergebnis|endsumme|subtotal|davon)\b).*",
    re.DOTALL,
)
BESIDE = re.compile(
    r"(?:summe|gesamt|insgesamt|total|sum)\b[\s:]+(?P<behind>.+)"
    r"|(?P<before>.+)\s(?:summe|gesamt|insgesamt|ergebnis|total)\s*:?",
    re.DOTALL,
)
"""Labels that may be the titles of entries as well: “Summe Falke”, “Falke Ergebnis”, but “Total Deutschland GmbH”."""

INITIALS = frozenset("\u03c3\u03a3\u2211sSgGiItTüÜzZeEdD ")
ENDINGS = ("umme", "esamt", "rgebnis", "otal", ":")
"""How a label may begin, or end: cheaper to ask of each cell than the expressions."""

FEW = 2
"""A sum is one of so many rows at least: a row that says the same as the one above is no sum of it."""

LONGEST = 1_000
"""In a longer table no sums without a label are sought: it comes out of a program, which labels them."""


class Total(Enum):
    """How sure it is that a row is a total."""

    CERTAIN = "certain"
    LIKELY = "likely"


def is_total(text: str) -> bool:
    """Tell whether a label is that of a total and of nothing else: Summe, Σ Falke, Übertrag, davon umgesetzt."""
    label = text.strip().casefold()
    return ALONE.fullmatch(label) is not None or BEFORE.fullmatch(label) is not None


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table below its heads.

    Attributes:
        rows: the cells of the rows that hold anything.
        labels: the columns that a total's label may stand in.
        key: the column of keys, if any; who gives a row a key means an entry.
        words: the columns that hold no numbers.
        numbers: the columns that do.
        read: returns the number of a cell of a column; None where it has none.
    """

    rows: Sequence[list[Cell]]
    labels: Collection[int]
    key: int | None
    words: Collection[int]
    numbers: Collection[int]
    read: Callable[[Cell, int], Decimal | None]

    def totals(self) -> Mapping[int, Total]:
        """Return the rows that are totals, or may be, by their index."""
        found: dict[int, Total] = {}
        for index, column in sorted(self._labelled()):
            if index not in found and (total := self._judged(index, column, found)):
                found[index] = total
        if len(self.rows) <= LONGEST:
            found |= dict.fromkeys(self._unlabelled(found), Total.LIKELY)
        return found

    def _labelled(self) -> Iterator[tuple[int, int]]:
        """Yield index and column of each cell that may be the label of a total."""
        for column in self.labels:
            for index, row in enumerate(self.rows):
                cell = row[column] if column < len(row) else None
                if type(cell) is str and (cell[:1] in INITIALS or cell.endswith(ENDINGS)):
                    yield index, column

    def _judged(self, index: int, column: int, found: Mapping[int, Total]) -> Total | None:
        label = str(self.rows[index][column]).strip().casefold()
        if is_total(label):
            return Total.CERTAIN
        match = BESIDE.fullmatch(label)
        if match is None:
            return None
        start = max((other + 1 for other in found), default=0)
        if self._is_sum(index, start, found) or self._names_one_above(match["behind"] or match["before"], index):
            return Total.CERTAIN
        return Total.LIKELY if self._lacks_something(index, start) else None

    def _names_one_above(self, text: str, index: int) -> bool:
        """Tell whether a text begins a name in the rows above: “Falke” that of Falke GmbH."""
        name = party(text)
        return any(
            party(cell).startswith(name)
            for row in self.rows[:index]
            for column in self.labels
            if column < len(row) and type(cell := row[column]) is str
        )

    def _lacks_something(self, index: int, start: int) -> bool:
        """Tell whether a row says nothing in a column in which all entries above say something."""
        return any(
            self._is_blank(index, column) and not any(self._is_blank(row, column) for row in range(start, index))
            for column in self.words
        )

    def _unlabelled(self, found: Mapping[int, Total]) -> Iterator[int]:
        """Yield the rows that lack something and whose numbers are the sums of the entries above."""
        for before, after in pairwise([-1, *sorted(found), len(self.rows)]):
            start = before + 1
            blank = {self._first_blank(column, start, after) for column in self.words} - {after}
            blank = {index for index in blank if self.key is None or self._is_blank(index, self.key)}
            yield from (index for index in sorted(blank) if self._is_sum(index, start, found))
            if start in blank and self._is_sum(start, 0, found):  # the sum of all, below the last of the parts
                yield start

    def _first_blank(self, column: int, start: int, end: int) -> int:
        return next((index for index in range(start, end) if self._is_blank(index, column)), end)

    def _is_blank(self, index: int, column: int) -> bool:
        row = self.rows[index]
        return column >= len(row) or row[column] is None

    def _is_sum(self, index: int, start: int, found: Mapping[int, Total]) -> bool:
        """Tell whether all numbers of a row are the sums of the entries from ``start`` on, and one is not 0."""
        entries = [self.rows[other] for other in range(start, index) if other not in found]
        filled = [column for column in self.numbers if not self._is_blank(index, column)]
        own = [self.read(self.rows[index][column], column) for column in filled]
        if len(entries) < FEW or not any(own):
            return False
        return all(
            number == sum((self.read(row[column], column) or 0 for row in entries if column < len(row)), Decimal())
            for number, column in zip(own, filled, strict=True)
        )
