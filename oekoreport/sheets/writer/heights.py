"""The heights of a sheet's rows, in points: as they are set, or by the lines that their texts break into.

Not every program sets the height of a row by itself when it opens a file.
"""

from __future__ import annotations

from collections.abc import Iterator

from oekoreport.sheets.writer.looks import Looks
from oekoreport.sheets.writer.widths import Widths


class Heights:
    """The heights of rows by their index, known at the end, when columns are as wide as they get."""

    def __init__(self, looks: Looks) -> None:
        self._looks = looks
        self._set: dict[int, float] = {}
        self._room: dict[int, int] = {}
        self._texts: dict[int, list[tuple[range, str, str]]] = {}

    def __setitem__(self, row: int, points: float) -> None:
        self._set[row] = points

    def leave(self, row: int, lines: int) -> None:
        """Leave room for so many lines beside those of a row's texts."""
        self._room[row] = lines

    def take(self, row: int, columns: range, text: str, look: str) -> None:
        """Take a text into account that may break in the width of columns."""
        self._texts.setdefault(row, []).append((columns, text, look))

    def take_across(self, row: int, columns: range, text: str, look: str) -> None:
        """Measure a text in merged columns, instead of their other texts."""
        self._texts[row] = [(columns, text, look)]

    def each(self, widths: Widths) -> Iterator[tuple[int, float]]:
        """Yield the rows that are higher than a line of their font, with their heights."""
        yield from self._set.items()
        for row in self._texts.keys() | self._room.keys():
            lines = self._room.get(row, 0) + self._lines(row, widths)
            if lines > 1 and row not in self._set:
                yield row, min(self._looks.line * lines + self._looks.air, self._looks.tallest)

    def _lines(self, row: int, widths: Widths) -> int:
        counts = (
            line_count(text, self._looks.letters_in(look, widths.of(columns)))
            for columns, text, look in self._texts.get(row, ())
            if columns[-1] in widths.columns  # of other columns no width is known: programs show their own
        )
        return max(counts, default=1)


def line_count(text: str, letters: int) -> int:
    """Return how many lines a text takes in a cell that is so many letters wide."""
    return sum(_broken(line, letters) for line in text.split("\n"))


def _broken(line: str, letters: int) -> int:
    """Return the lines of a paragraph: it breaks at spaces, after hyphens of words, and long words anywhere."""
    lines, start = 1, 0
    while len(line) - start > letters:
        space = line.rfind(" ", start + 1, start + letters + 1)
        hyphen = line.rfind("-", start + 1, start + letters)
        if not (line[hyphen - 1].isalpha() and line[hyphen + 1].isalpha()):  # a number or a day stays whole
            hyphen = -1
        end = max(space, hyphen) + 1
        start = end or start + letters
        lines += 1
    return lines
