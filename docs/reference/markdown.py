"""What the pages share: their two languages, and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from oekoreport.language import Locale

GERMAN, ENGLISH = Locale("de"), Locale("en")


def table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Return the lines of a table; a bar within a cell does not end it."""
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"
