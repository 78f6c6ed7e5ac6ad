"""Lists in Markdown: each item with its mark, indented by its depth."""

from __future__ import annotations

from dataclasses import dataclass

from oekoreport_tables.word.markup import literal
from oekoreport_tables.word.numbering import Item

LARGEST = 999_999_999
"""Markdown's largest number of an item."""


@dataclass(slots=True)
class _Level:
    """An open list: its depth in Word, its id, its mark, and the column where its text starts."""

    item: Item
    sign: str
    column: int


class Lists:
    """The lists that are open while a text is written."""

    def __init__(self) -> None:
        self._levels: list[_Level] = []

    def end(self) -> None:
        """End all lists: the next paragraph is not an item."""
        self._levels.clear()

    def written(self, text: str, item: Item | None) -> str:
        """Return a paragraph as an item of its list, or unchanged if it does not belong to one."""
        if item is None:
            self.end()
            return text
        if item.label:
            self.end()
            return f"{literal(item.label)} {text}"
        while self._levels and self._levels[-1].item.depth > item.depth:
            self._levels.pop()
        before = self._levels.pop() if self._levels and self._levels[-1].item.depth == item.depth else None
        indent = self._levels[-1].column if self._levels else 0
        sign = _sign(item, before)
        mark = sign if item.number is None else f"{min(item.number, LARGEST)}{sign}"
        column = indent + len(mark) + 1
        self._levels.append(_Level(item, sign, column))
        lines = text.split("\n")
        return "\n".join([f"{' ' * indent}{mark} {lines[0]}", *(" " * column + line for line in lines[1:])])


def _sign(item: Item, before: _Level | None) -> str:
    """Return the sign of an item; another one begins another list where one follows directly."""
    signs = "-*" if item.number is None else ".)"
    if before is None or (before.item.number is None) != (item.number is None):
        return signs[0]
    expected = None if before.item.number is None else before.item.number + 1
    if item.list == before.item.list and item.number == expected:
        return before.sign
    return signs[1 - signs.index(before.sign)]
