"""The XML of tables, read piece by piece: of a sheet no more than a row is in memory as a tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise

from oekoreport.language import catalogue
from oekoreport.package import MOST_MARKS, SAFE, Element
from oekoreport.places import Place
from oekoreport.sheets.tables.errors import TooMuch

_ = catalogue("oekoreport")


def elements_of(content: bytes, *tags: str, begun: bool = False) -> Iterator[tuple[str, Element]]:
    """Yield the elements of these names as they end, and as they begin if asked, each with ``start`` or ``end``.

    Whoever is done with one discards it.

    Raises:
        SyntaxError: it is not well-formed.
    """
    from lxml import etree

    return iter(etree.iterparse(BytesIO(content), events=("start", "end") if begun else ("end",), tag=tags, **SAFE))


def discard(element: Element) -> None:
    """Let go of an element that has been read, and of its siblings before it."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def demand_small_pieces(content: bytes, end: bytes, place: Place) -> None:
    """Refuse XML that is discarded at certain end tags (``</row>``) if too much stands between two of them.

    Raises:
        TooMuch: a tree of it would eat the memory.
    """
    if content.count(b"<") + content.count(b"=") <= MOST_MARKS:
        return
    ends = [0, *(match.end() for match in re.finditer(re.escape(end), content)), len(content)]
    if any(content.count(b"<", *piece) + content.count(b"=", *piece) > MOST_MARKS for piece in pairwise(ends)):
        raise TooMuch(place, _("A row of the table has more than {limit} elements.", limit=MOST_MARKS))
