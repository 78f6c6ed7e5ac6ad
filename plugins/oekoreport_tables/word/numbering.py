"""Lists of a Word document: which paragraphs are items, how deep, and with which number."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from oekoreport_tables.word.styles import Styles
from oekoreport_tables.word.xml import Element, attribute, child, inside, name_of, number

DEEPER = re.compile(r"list (?:bullet|number) ([2-5])")
"""Word's own styles for the deeper levels of a list, each a list of its own."""

DEEPEST = 8


class Item(NamedTuple):
    """An item of a list: its depth from 0, its number (None has a bullet), and the list that it belongs to."""

    depth: int
    number: int | None
    list: str


class Numbering:
    """The lists of a document, which count as its paragraphs are asked for in their order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        parts = list(root) if root is not None else []
        self._kinds = {attribute(each, "abstractNumId"): each for each in parts if name_of(each) == "abstractNum"}
        self._lists = {attribute(each, "numId"): each for each in parts if name_of(each) == "num"}
        self._counted: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[tuple[str, int]] = set()

    def item(self, paragraph: Element) -> Item | None:
        """Return what an item of a list is; None for a paragraph that is none."""
        list_id, depth = self._list_of(paragraph)
        listed = self._lists.get(list_id)
        if listed is None:
            return None
        kind = attribute(child(listed, "abstractNumId"))
        level = self._level(listed, self._kinds.get(kind), depth)
        format_ = attribute(child(level, "numFmt"))
        if format_ == "none":
            return None
        for name in self._styles.names(paragraph):
            if match := DEEPER.fullmatch(name):
                return Item(int(match[1]) - 1, self._next(list_id, kind, depth, level, format_), list_id)
        return Item(depth, self._next(list_id, kind, depth, level, format_), list_id)

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
    return name_of(element) == "lvlOverride" and number(element, "ilvl") == depth
