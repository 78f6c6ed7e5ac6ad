"""How much the text of one file may hold: many times what a person writes, and no more than is printed in seconds.

A reader adds up what it meets, so that a text beyond is refused by its file and place instead of stopping whoever
prints it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from oekoreport.characters import PILED
from oekoreport.documents.content.prose_text import tokens, without_pictures
from oekoreport.errors import SourceError
from oekoreport.language import Message, catalogue
from oekoreport.places import Place

if TYPE_CHECKING:
    from markdown_it.token import Token

_ = catalogue("oekoreport")


class Bound(NamedTuple):
    """The most of something, and what is said of more."""

    most: int
    told: Message


CHARACTERS = Bound(500_000, _("The text has more than {limit} characters; so much is not printed."))
"""In a file, pictures left out: 170 pages."""

LENGTH = Bound(100_000, _("A paragraph has more than {limit} characters; so much is not printed."))
BLOCKS = Bound(20_000, _("The text has more than {limit} paragraphs, items and cells; so many are not printed."))
"""In a file: what is a paragraph, an item or a cell of its own."""

COLUMNS = Bound(100, _("A table has more than {limit} columns; so many are not printed."))
PIECES = Bound(40_000, _("The text changes its look or breaks its lines more than {limit} times; it is not printed."))
"""In a file: stretches of one look, line breaks, and lines of code."""

BRACKETS = Bound(5_000, _("The text has more than {limit} opening square brackets; so many are not looked through."))
ACCENTS = Bound(100, _("More than {limit} accents are on one letter; they are not printed."))


class TextTooLarge(SourceError):
    """A text holds more of something than is printed."""

    def __init__(self, bound: Bound, place: Place) -> None:
        super().__init__(
            Message(bound.told.msgid, bound.told.domain, limit=bound.most),
            place=place,
            hint=_("Take out what was pasted into it. Long lists and large tables are annexes of their own."),
        )


class Extent:
    """Adds up what the text of one file holds."""

    def __init__(self) -> None:
        self._held = Counter[Bound]()

    def add(self, bound: Bound, number: int, place: Place) -> None:
        """Add so many of something.

        Raises:
            TextTooLarge: the file has more than its bound.
        """
        self._held[bound] += number
        _refuse(bound, self._held[bound], place)

    def paragraph(self, text: str, place: Place) -> None:
        """Add a paragraph, a heading or a cell by its text.

        Raises:
            TextTooLarge: it has more than its bounds, or the file.
        """
        _refuse(LENGTH, len(text), place)
        if PILED.search(text):
            raise TextTooLarge(ACCENTS, place)
        self.add(CHARACTERS, len(text), place)
        self.add(BLOCKS, 1, place)

    def links(self, addresses: Iterable[str], place: Place) -> None:
        """Add the addresses of a paragraph's links, which are printed too.

        Raises:
            TextTooLarge: they are longer than a paragraph may be, or make the file too long.
        """
        length = sum(map(len, addresses))
        _refuse(LENGTH, length, place)
        self.add(CHARACTERS, length, place)

    def row(self, cells: int, place: Place) -> None:
        """Add a row of a table by the number of its cells.

        Raises:
            TextTooLarge: it has more than its bound, or the file.
        """
        _refuse(COLUMNS, cells, place)
        self.add(BLOCKS, cells, place)


def refuse_too_large(text: str, place: Callable[[int], Place]) -> None:
    """Raise what a text in Markdown has too much of.

    Args:
        text: that of a whole file.
        place: returns the place of a line, counted from 1.

    Raises:
        TextTooLarge: with the first line that goes over a bound.
    """
    bare = without_pictures(text)
    extent = Extent()
    for number, line in enumerate(bare.split("\n"), 1):
        _refuse(LENGTH, len(line), place(number))
        extent.add(CHARACTERS, len(line), place(number))
        extent.add(BRACKETS, line.count("["), place(number))
    _measure(tokens(bare), place)


def _measure(written: Iterable[Token], place: Callable[[int], Place]) -> None:
    """Raise what the blocks of a text have too much of; a link that is referred to often counts each time."""
    extent = Extent()
    line, cells = 1, 0
    for token in written:
        line = token.map[0] + 1 if token.map else line
        cells = 0 if token.type == "tr_open" else cells + (token.type == "th_open")
        _refuse(COLUMNS, cells, place(line))
        if token.type == "inline":
            children = token.children or ()
            extent.paragraph(token.content, place(line))
            extent.links((str(each.attrGet("href") or "") for each in children), place(line))
            extent.add(PIECES, len(children), place(line))
        else:
            extent.add(BLOCKS, token.nesting >= 0, place(line))
            extent.add(PIECES, token.content.count("\n"), place(line))


def _refuse(bound: Bound, number: int, place: Place) -> None:
    if number > bound.most:
        raise TextTooLarge(bound, place)
