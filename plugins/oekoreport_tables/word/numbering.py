"""Lists of a Word document: which paragraphs are items, how deep, and with which number."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple

from oekoreport.kit.package import Element, local_name
from oekoreport_tables.word.styles import Styles
from oekoreport_tables.word.xml import attribute, child, inside, number

DEEPER = re.compile(r"list (?:bullet|number) ([2-5])")
"""Word's own styles for the deeper levels of a list, each a list of its own."""

DEEPEST = 8

LEVEL = re.compile("%([1-9])")
PLAIN = re.compile(r"(?:%[1-9])?[.)]?")
"""How a level is numbered: “%1.” counts as Markdown does, “%1.%2” does not."""

ROMAN = {
    1000: "m",
    900: "cm",
    500: "d",
    400: "cd",
    100: "c",
    90: "xc",
    50: "l",
    40: "xl",
    10: "x",
    9: "ix",
    5: "v",
    4: "iv",
    1: "i",
}


def _roman(number_: int) -> str:
    text = ""
    for value, sign in ROMAN.items():
        times, number_ = divmod(number_, value)
        text += sign * times
    return text


def _letters(number_: int) -> str:
    """Return a to z, then aa, bb …, as Word counts."""
    times, letter = divmod(max(number_, 1) - 1, 26)
    return chr(ord("a") + letter) * (times + 1)


FORMATS: dict[str, Callable[[int], str]] = {
    "lowerLetter": _letters,
    "upperLetter": lambda number_: _letters(number_).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number_: _roman(number_).upper(),
    "decimalZero": lambda number_: f"{number_:02}",
}
"""Number formats of Word; formats missing here are written in digits."""


class Item(NamedTuple):
    """An item of a list.

    Attributes:
        depth: how deep it stands, from 0.
        number: its number; None has a bullet.
        list: the list that it belongs to.
        label: how it is numbered where Markdown cannot count so (“a)”, “1.2”, “IV.”); else empty.
    """

    depth: int
    number: int | None
    list: str
    label: str = ""


class Numbering:
    """The lists of a document, which count as its paragraphs are asked for in their order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        parts = list(root) if root is not None else []
        self._kinds = {attribute(each, "abstractNumId"): each for each in parts if local_name(each) == "abstractNum"}
        self._lists = {attribute(each, "numId"): each for each in parts if local_name(each) == "num"}
        self._counted: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[tuple[str, int]] = set()

    def item(self, paragraph: Element) -> Item | None:
        """Return a paragraph as a list item; None if it is not one."""
        list_id, depth = self._list_of(paragraph)
        listed = self._lists.get(list_id)
        if listed is None:
            return None
        kind = attribute(child(listed, "abstractNumId"))
        level = self._level(listed, self._kinds.get(kind), depth)
        format_ = attribute(child(level, "numFmt"))
        if format_ == "none":
            return None
        number_ = self._next(list_id, kind, depth, level, format_)
        label = "" if number_ is None else self._label(listed, kind, level, depth)
        for name in self._styles.names(paragraph):
            if match := DEEPER.fullmatch(name):
                return Item(int(match[1]) - 1, number_, list_id, label)
        return Item(depth, number_, list_id, label)

    def _label(self, listed: Element, kind: str, level: Element | None, depth: int) -> str:
        """Return how an item is numbered, empty where Markdown counts so by itself."""
        pattern = attribute(child(level, "lvlText"))
        if PLAIN.fullmatch(pattern) and attribute(child(level, "numFmt")) in {"decimal", ""}:
            return ""

        def counted(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            other = level if at == depth else self._level(listed, self._kinds.get(kind), at)
            number_ = self._counted[kind].get(at) or number(child(other, "start")) or 1
            return FORMATS.get(attribute(child(other, "numFmt")), str)(number_)

        return LEVEL.sub(counted, pattern).strip()

    def _list_of(self, paragraph: Element) -> tuple[str, int]:
        """Return the list's id, empty where there is none, and the depth, of the paragraph or of its styles."""
        for holder in (paragraph, *self._styles.chain(paragraph, "pPr", "pStyle")):
            properties = child(holder, "pPr", "numPr")
            if list_id := attribute(child(properties, "numId")):
                return list_id, min(number(child(properties, "ilvl")) or 0, DEEPEST)
        return "", 0

    def _level(self, listed: Element, kind: Element | None, depth: int) -> Element | None:
        own = (child(each, "lvl") for each in listed if _is_level(each, depth))
        found = next((each for each in own if each is not None), None)
        if found is not None or kind is None:
            return found
        return next((each for each in inside(kind, "lvl") if number(each, "ilvl") == depth), None)

    def _next(self, list_id: str, kind: str, depth: int, level: Element | None, format_: str) -> int | None:
        """Count an item; those of a deeper level begin anew after it."""
        if format_ == "bullet":
            return None
        counted = self._counted[kind]
        override = next((each for each in self._lists[list_id] if _is_level(each, depth)), None)
        start = number(child(override, "startOverride"))
        if start is not None and (list_id, depth) not in self._begun:
            counted[depth] = start - 1
        self._begun.add((list_id, depth))
        first = number(child(level, "start"))
        counted[depth] = counted.get(depth, (1 if first is None else first) - 1) + 1
        for deeper in [each for each in counted if each > depth]:
            del counted[deeper]
        return max(counted[depth], 0)


def _is_level(element: Element, depth: int) -> bool:
    return local_name(element) == "lvlOverride" and number(element, "ilvl") == depth
