"""What a field of an object shows in a cell: its value, the mark for unknown, or nothing."""

from __future__ import annotations

from collections.abc import Iterable

from oekoreport import KINDS, Message, Noun, attributes
from oekoreport_workbook.sheet import BLANK


def field(noun: Noun | None, name: str) -> object:
    """Return a field's value; None (unknown) where it was misread or is required; blank where nothing was said."""
    if noun is None:
        return None
    value = getattr(noun, name)
    if value is not None:
        return value
    required = any(attribute.required for attribute in attributes(type(noun)) if attribute.name == name)
    return None if required or name in noun.model_fields_set else BLANK


def title_of(kind: str, name: str) -> Message | str:
    """Return the title of a field as forms and documents call it."""
    if kind not in KINDS:
        return name
    return next((attribute.title for attribute in attributes(KINDS[kind]) if attribute.name == name), name)


def joined(parts: Iterable[object], pattern: str = "{parts}") -> object:
    """Return values as one text, divided by semicolons; blank if there are none, the value itself if it is one."""
    values = [part for part in parts if part != BLANK]
    if len(values) <= 1:
        return values[0] if values else BLANK
    shown = Message("; ".join(f"{{part{number}}}" for number in range(len(values))), **_numbered(values))
    return Message(pattern, parts=shown)


def _numbered(values: list[object]) -> dict[str, object]:
    from oekoreport import UNKNOWN

    return {f"part{number}": UNKNOWN if value is None else value for number, value in enumerate(values)}
