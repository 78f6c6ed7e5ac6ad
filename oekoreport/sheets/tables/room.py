"""How much the cells of one file may hold in all: who sends more has made it for that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from oekoreport.language import catalogue
from oekoreport.places import Place, column_letters
from oekoreport.sheets.tables.book import MAX_FILLED, Cell
from oekoreport.sheets.tables.errors import TextTooLong, TooMuch

_ = catalogue("oekoreport")

MAX_TEXT = 1_000_000
"""So many bytes a text may have; the 32,767 characters of a cell of Excel take a tenth of that at worst."""

MOST_TEXT = 200_000_000
"""So many bytes of text all cells may show: a text that many share is held once for each."""


def too_much_text(place: Place, limit: int = MOST_TEXT) -> TooMuch:
    """Return the error that the cells of a file show more text than is read."""
    return TooMuch(place, _("The cells hold more than {megabytes} MB of text.", megabytes=limit // 1_000_000))


def too_many_filled(place: Place, limit: int = MAX_FILLED) -> TooMuch:
    """Return the error that a file has more filled cells than are read."""
    return TooMuch(place, _("The file has more than {limit} filled cells.", limit=limit))


@dataclass(slots=True)
class Room:
    """What the sheets of a file may still hold: filled cells, and bytes of text in them."""

    cells: int = MAX_FILLED
    text: int = MOST_TEXT

    def fill(self, place: Place, cells: int) -> None:
        """Take the room of filled cells.

        Raises:
            TooMuch: there is none left.
        """
        self.cells -= cells
        if self.cells < 0:
            raise too_many_filled(place)

    def write(self, place: Place, text: int) -> None:
        """Take the room of bytes of text.

        Raises:
            TooMuch: there is none left.
        """
        self.text -= text
        if self.text < 0:
            raise too_much_text(place)

    def take(self, place: Place, cells: Sequence[Cell], times: int = 1) -> None:
        """Take the room of a row that stands so many times.

        Raises:
            TextTooLong, TooMuch: a text is longer than any, or there is no room left.
        """
        self.fill(place, times * (len(cells) - cells.count(None)))
        lengths = [len(cell) if isinstance(cell, str) else 0 for cell in cells]
        longest = max(lengths, default=0)
        at = place._replace(column=column_letters(lengths.index(longest))) if longest else place
        if longest > MAX_TEXT:
            raise TextTooLong(at, MAX_TEXT)
        self.write(at, times * sum(lengths))
