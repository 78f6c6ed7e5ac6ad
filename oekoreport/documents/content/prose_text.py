"""Markdown as tokens, with the pictures that stand in it as data: ``![alt](data:image/png;base64,… "80 mm")``."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as BinasciiError
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from oekoreport.documents.content.picture import NoPicture, Picture, upright, within

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

DATA = re.compile(
    r"(!\[(?:[^\]\\]|\\.)*\])"
    r"\(<?data:image/(?:png|jpeg);base64,([A-Za-z0-9+/\s]+={0,2})>?(\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s*\)"
)
WIDTH = re.compile(r"(\d+)(?:[.,](\d+))? ?mm")
PICTURE = "picture:{number}"
WIDEST, HIGHEST = 160, 110
"""The maximum size of a picture in millimetres: the width of the text, and less than a page's height."""

INDENT, GUTTER, NARROWEST = 7, 6, 3
"""In millimetres: the indent of a list level, the margins of a table cell, the least width of a picture in one."""

DAMAGED = "picture:damaged"
"""The placeholder of a picture that cannot be shown."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text as tokens of Markdown; HTML in it is text.

    Attributes:
        tokens: its blocks.
        pictures: the content of its pictures, by what stands for it in a token.
    """

    tokens: list[Token]
    pictures: Mapping[str, bytes]

    def picture(self, token: Token, room: float) -> Picture | None:
        """Return a token's picture; None if only its alternative text is left.

        Its width is that in its title, or its own; ``room`` is the maximum in millimetres.
        """
        content = self.pictures.get(str(token.attrGet("src")))
        if content is None:
            return None
        said = WIDTH.fullmatch(str(token.attrGet("title") or ""))
        return within(content, words(token), room, HIGHEST, float(f"{said[1]}.{said[2] or 0}") if said else None)


def parsed(text: str) -> Parsed:
    """Return a text taken apart. Its pictures go first: a parser of Markdown reads megabytes letter by letter.

    A damaged picture, or a file that is not one, leaves only its alternative text.
    """
    pictures: dict[str, bytes] = {}

    def apart(found: re.Match[str]) -> str:
        name = PICTURE.format(number=len(pictures) + 1)
        try:
            pictures[name] = upright(b64decode(found[2]))
        except (BinasciiError, NoPicture):
            return f"{found[1]}({DAMAGED})"
        return f"{found[1]}({name}{found[3] or ''})"

    return Parsed(_parser().parse(DATA.sub(apart, text)), pictures)


def room_in(columns: int = 1, depth: int = 0) -> float:
    """Return a picture's maximum width in millimetres, in a table of ``columns`` or in lists nested ``depth`` deep."""
    if columns > 1:
        return max(WIDEST / columns - GUTTER, NARROWEST)
    return max(WIDEST - INDENT * depth, WIDEST / 2)


def words(picture: Token) -> str:
    """Return a picture's alternative text."""
    return "".join(child.content for child in picture.children or ())


def without_pictures(text: str) -> str:
    """Return a text with the words of its pictures alone, to be shown in a line."""
    return DATA.sub(r"\1", text)


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).disable("html_inline").disable("html_block").enable("table")
