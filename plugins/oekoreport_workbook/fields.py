"""What a field of an object shows in a cell: its value, the mark for unknown, or nothing; and columns of fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

from oekoreport import KINDS, UNKNOWN, WITHHELD, FieldRef, Figure, Figures, Locale, Message, Noun, attributes
from oekoreport.kit.sheets import BLANK
from oekoreport_workbook.listing import Column


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
    attribute = KINDS[kind].described().get(name) if kind in KINDS else None
    return attribute.title if attribute else name


def of_field(
    kind: str, name: str, look: str = "text", number: str = "", *, title: Message | str = "", **more: Any
) -> Column[Any]:
    """Return a column of a field, under the field's title if no other is given.

    An entry is an object of the kind, or a tuple that has one; where it has none the field is unknown.
    """

    def cell(entry: Noun | tuple[Noun | None, ...]) -> object:
        nouns = (entry,) if isinstance(entry, Noun) else entry
        return field(next((noun for noun in nouns if noun and noun.kind == kind), None), name)

    return Column(title or title_of(kind, name), cell, look, number, **more)


def of_own_number(
    figures: Figures, kind: str, name: str, number: str = "", *, title: Message | str = ""
) -> Column[Any]:
    """Return a column of a field that holds a number of the participant's own, with the mark where it is withheld."""
    shown = of_field(kind, name, "number", number, title=title)

    def cell(entry: Noun | tuple[Noun | None, ...]) -> object:
        nouns = (entry,) if isinstance(entry, Noun) else entry
        noun = next(noun for noun in nouns if noun and noun.kind == kind)
        return WITHHELD if figures.hides(FieldRef(*noun.identity, name)) else shown.cell(entry)

    return replace(shown, cell=cell)


def of_figure(
    figures: Mapping[str, Figure], name: str, title: Message, *, width: int = 0, total: object = BLANK
) -> Column[Any]:
    """Return a column of the figure ``name/key`` of each entry, or of the last object in it."""

    def cell(entry: Any) -> Figure:
        return figures[f"{name}/{(entry[-1] if isinstance(entry, tuple) else entry).key}"]

    return Column(title, cell, "number", width=width, total=total)


class Listed(NamedTuple):
    """Several values in one cell."""

    parts: tuple[object, ...]
    divider: str

    def localize(self, locale: Locale) -> str:
        """Return the values as a locale writes them, the mark for those that are unknown."""
        return self.divider.join(locale.show(UNKNOWN if part is None else part) for part in self.parts)


def joined(parts: Iterable[object], divider: str = "; ") -> object:
    """Join values into one; blank if there are none, the value itself if there is only one."""
    values = tuple(part for part in parts if part != BLANK)
    if len(values) <= 1:
        return values[0] if values else BLANK
    return Listed(values, divider)


def in_words(value: object) -> object:
    """Return a value for use within a text, where an unknown one must be put in words."""
    return UNKNOWN if value is None else value
