"""What a field of an object shows in a cell: its value, the mark for unknown, or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from oekoreport import KINDS, UNKNOWN, Locale, Message, Noun, attributes
from oekoreport.kit.sheets import BLANK


def field(noun: Noun | None, name: str) -> object:
    """Return a field's value; None (unknown) where it was misread or is required; blank where nothing was said."""
    if noun is None:
        return None
    value = getattr(noun, name)
    if value is not None:
        return value
    return None if name in _required(type(noun)) or noun.stated(name) else BLANK


@cache
def _required(kind: type[Noun]) -> frozenset[str]:
    return frozenset(attribute.name for attribute in attributes(kind) if attribute.required)


def title_of(kind: str, name: str) -> Message | str:
    """Return the title of a field as forms and documents call it."""
    if kind not in KINDS:
        return name
    return next((attribute.title for attribute in attributes(KINDS[kind]) if attribute.name == name), name)


class Listed(NamedTuple):
    """Several values in one cell."""

    parts: tuple[object, ...]
    divider: str

    def localize(self, locale: Locale) -> str:
        """Return the values as a locale writes them, the mark for those that are unknown."""
        return self.divider.join(locale.show(UNKNOWN if part is None else part) for part in self.parts)


def joined(parts: Iterable[object], divider: str = "; ") -> object:
    """Return values as one; blank if there are none, the value itself if there is one."""
    values = tuple(part for part in parts if part != BLANK)
    if len(values) <= 1:
        return values[0] if values else BLANK
    return Listed(values, divider)


def in_words(value: object) -> object:
    """Return a value to stand within a text, where what is unknown has to be put in words."""
    return UNKNOWN if value is None else value
