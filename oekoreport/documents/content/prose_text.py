"""Markdown as tokens, with the pictures that stand in it as data: ``![alt](data:image/png;base64,… "80 mm")``."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as BinasciiError
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from oekoreport.documents.content.picture import NoPicture, Picture, upright, within

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

DATA = re.compile(
    r"(!\[(?:(?!!\[)[^\]\\]|\\.)*+\])"
    r"\(<?(?i:data:image/(?:png|jpe?g);base64,)([A-Za-z0-9+/]++(?:\s++[A-Za-z0-9+/]++)*+(?:\s*+={1,2})?)>?"
    r"(\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s*\)"
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

    return Parsed(tokens(DATA.sub(apart, text)), pictures)


def tokens(text: str) -> list[Token]:
    """Return the tokens of a text whose pictures were taken out."""
    found = _parser().parse(text)
    for token in found:
        token.children = _unnested(token.children) if token.children else token.children
    return found


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


DEEPEST = 12
"""How many blocks may lie in each other: quotes twelve deep, lists six. Typst gives up at about twenty."""

MOST_MARKS = 1000
"""How many marks of emphasis, and how many brackets, a paragraph may have: the time to pair them grows with their
square."""

MOST_PICTURES = 2
"""How many pictures may stand in the words of each other."""

ENDED = ["paragraph", "reference", "blockquote"]
"""The blocks that a list ends where it begins, as the parser has it; a quote ends a list too, and no list another."""


@cache
def _parser() -> MarkdownIt:
    """Return a parser; what is nested deeper, or marked more often, than people do is printed as it was typed."""
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import blockquote, list_block
    from markdown_it.rules_inline import emphasis, image, link

    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 100})  # at which it would drop the rest
    parser.disable("html_inline").disable("html_block").enable("table")
    for name, rule, ended in (("blockquote", blockquote, [*ENDED, "list"]), ("list", list_block, ENDED)):
        shallow = _unless(rule, lambda state: state.level >= DEEPEST)
        parser.block.ruler.at(name, shallow, {"alt": ended})
    parser.inline.ruler.at("emphasis", _unless(emphasis.tokenize, lambda state: len(state.delimiters) >= MOST_MARKS))
    parser.inline.ruler.at("link", _unless(link, lambda state: _brackets(state.src) > MOST_MARKS))
    parser.inline.ruler.at("image", _unless(_counted(image), _is_in_pictures))
    return parser


def _is_in_pictures(state: Any) -> bool:
    return state.env.get(PICTURES, 0) >= MOST_PICTURES or _brackets(state.src) > MOST_MARKS


def _counted(image: Callable[..., bool]) -> Callable[..., bool]:
    """Return the rule of pictures, which reads the words of one as text of its own, counting how deep it is in them."""

    def found(state: Any, *given: Any) -> bool:
        depth = state.env.get(PICTURES, 0)
        state.env[PICTURES] = depth + 1
        try:
            return image(state, *given)
        finally:
            state.env[PICTURES] = depth

    return found


PICTURES = "pictures around"
"""The name of that count in what the parser hands from one rule to the next."""


@lru_cache(maxsize=4)
def _brackets(text: str) -> int:
    return text.count("[")


def _unless(rule: Callable[..., bool], full: Callable[[Any], bool]) -> Callable[..., bool]:
    """Return a rule of the parser that finds nothing where there is too much already."""

    def found(state: Any, *given: Any) -> bool:
        return not full(state) and rule(state, *given)

    return found


def _unnested(tokens: Sequence[Token]) -> list[Token]:
    """Return what stands in a line, without the marks that make bold what is bold and italic what is italic."""
    depth = Counter[str]()
    kept = []
    for token in tokens:
        kind, _mark, end = token.type.rpartition("_")
        if kind in ("em", "strong"):
            depth[kind] += token.nesting
            if depth[kind] != (1 if end == "open" else 0):
                continue
        kept.append(token)
    return kept
