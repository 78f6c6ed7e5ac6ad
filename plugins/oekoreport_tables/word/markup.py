"""Markdown that says what a stretch of text says: signs that Markdown would take for its own are escaped.

Emphasis is written so that Markdown cannot misread it: no mark stands beside a blank on its inner side, and a letter on
its outer side becomes a numeric reference (``&#97;``), since a mark between letters and punctuation would be text.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from string import punctuation
from typing import NamedTuple
from urllib.parse import quote

from oekoreport.kit.pictures import Picture

SPECIAL = re.compile(r"[\\`*_\[\]<>|#~]|&(?=#?\w+;)|^[-+=:]")
NUMBERED = re.compile(r"\d{1,9}(?=[.)](?:\s|$))")
"""What begins a line like an item of a numbered list."""

ADDRESSES = ("http://", "https://", "mailto:", "ftp://", "tel:")
"""Links that a reader of the report can follow; others (files of the author's own computer) are printed as text."""

BREAK = "\\\n"
CELL_BREAK = "&#10;"
"""A line break inside of a table's cell, which in Markdown is a part of one line."""


EDGES = re.compile(r"\A\s+|\s*\n\s*|\s+\Z")
REFERENCED = re.compile(r"[0-9A-Za-z\u00a0-\ufdcf\ufdf0-\ufffd\U00010000-\U0010fffd]")
"""Characters that Markdown takes a numeric reference for, without ASCII's blanks and punctuation."""

BLANKS = re.compile(r"\s+")

PLAIN_IN_ADDRESS = "".join(set(punctuation) - set("<>\\|`"))
"""Punctuation that stays unchanged in the address of a link; the rest is percent-encoded (``%7C``)."""


OBJECT = "\ufffc"
"""The character that marks a picture within a text."""


class Piece(NamedTuple):
    """A stretch of text of one look, or a picture; ``link`` is the address that it leads to.

    A picture is ``OBJECT``, with its Markdown in ``picture``.
    """

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    picture: str = ""


NOTHING = Piece("")


def markdown(pieces: Iterable[Piece], line_break: str = BREAK) -> str:
    """Return the Markdown of a paragraph; blanks at the ends of its lines are left out."""
    glyphs = [piece._replace(text=sign) for piece in _printed(pieces) for sign in piece.text]
    glyphs = _settled(_without_edges(glyphs))
    lines = "".join(glyph.text for glyph in glyphs).split("\n")
    signs = [sign for line in lines for sign in (*escaped(line), line_break)]
    return "".join(_written(glyphs, [glyph.picture or sign for glyph, sign in zip(glyphs, signs[:-1], strict=True)]))


def plain(pieces: Iterable[Piece]) -> str:
    """Return the text of a paragraph with single spaces, without its pictures."""
    return " ".join("".join(piece.text for piece in pieces if not piece.picture).split())


def escaped(text: str) -> list[str]:
    """Return the characters of a line, each as Markdown prints it."""
    number = NUMBERED.match(text)
    special = {found.start() for found in SPECIAL.finditer(text)} | ({number.end()} if number else set())
    return [f"\\{sign}" if position in special else sign for position, sign in enumerate(text)]


def literal(text: str) -> str:
    """Return a line as Markdown prints it."""
    return "".join(escaped(text))


def picture_markdown(picture: Picture) -> str:
    """Return a picture that lies in the text itself; one without a width has its own."""
    title = f' "{picture.width:.1f} mm"' if picture.width > 0 else ""
    data = b64encode(picture.content).decode("ascii")
    return f"![{literal(' '.join(picture.alt.split()))}](data:{picture.media_type};base64,{data}{title})"


def _printed(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the pieces; an address that cannot be a link, or says the same as its text, is no link any more."""
    for link, group in groupby(pieces, key=lambda piece: piece.link):
        linked = list(group)
        text = plain(linked)
        followed = link.startswith(ADDRESSES)
        if followed and link.removeprefix("mailto:").rstrip("/") != text.rstrip("/"):
            yield from linked
            continue
        yield from (piece._replace(link="") for piece in linked)
        if link and text and not followed:
            yield Piece(f" ({link})")


def _without_edges(glyphs: Sequence[Piece]) -> list[Piece]:
    """Return the characters without blanks at the ends of lines and empty lines at the ends of all."""
    kept = list(glyphs)
    text = "".join(glyph.text for glyph in glyphs)
    for found in reversed([*EDGES.finditer(text)]):
        edge = found[0] if found.start() > 0 and found.end() < len(text) else ""
        kept[found.start() : found.end()] = [Piece("\n")] * edge.count("\n")
    return kept


def _settled(glyphs: Sequence[Piece]) -> list[Piece]:
    """Return the characters; a blank has the look that its neighbours share, so that no mark has one on its inside."""
    settled = list(glyphs)
    for start, end in (found.span() for found in BLANKS.finditer("".join(glyph.text for glyph in glyphs))):
        before, after = glyphs[start - 1], glyphs[end]
        look: tuple[bool, bool, str] = (False, False, "")
        if before.link == after.link:
            italic = before.italic and after.italic and before.bold == after.bold
            look = (before.bold and after.bold, italic, before.link)
        settled[start:end] = [Piece(glyph.text, *look) for glyph in glyphs[start:end]]
    return settled


def _written(glyphs: Sequence[Piece], signs: list[str]) -> Iterator[str]:
    """Yield characters with the marks between those of different looks."""
    before = NOTHING
    for position, glyph in enumerate((*glyphs, NOTHING)):
        closing, opening = _marks(before, glyph)
        if closing and not opening and position < len(signs):
            signs[position] = _apart(signs[position])
        if position:
            yield _apart(signs[position - 1]) if opening and not closing else signs[position - 1]
        yield closing + opening
        before = glyph


def _marks(before: Piece, after: Piece) -> tuple[str, str]:
    """Return the marks that close between two characters, and those that open; bold stands around italic."""
    one_link = before.link == after.link
    bold_stays = before.bold and after.bold and one_link
    italic_stays = before.italic and after.italic and before.bold == after.bold and one_link
    closing = "_" * (before.italic and not italic_stays) + "**" * (before.bold and not bold_stays)
    opening = "**" * (after.bold and not bold_stays) + "_" * (after.italic and not italic_stays)
    if before.link and not one_link:
        closing += f"](<{quote(before.link, safe=PLAIN_IN_ADDRESS).replace('&', '&amp;')}>)"
    return closing, f"[{opening}" if after.link and not one_link else opening


def _apart(sign: str) -> str:
    """Return a character so that Markdown sees punctuation where a mark stands beside it."""
    if sign == "!":
        return "\\!"  # before a link it would make a picture of it
    return f"&#{ord(sign)};" if len(sign) == 1 and REFERENCED.match(sign) else sign
