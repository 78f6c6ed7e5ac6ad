"""The field reference: a table a kind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from oekoreport.model import KINDS, Attribute, Noun, attributes
from oekoreport.model.codes import Code
from oekoreport.units import Amount

from .markdown import ENGLISH, GERMAN, table

HEADS = ("field", "German title", "English title", "type", "unit", "example", "what belongs in it")
TYPES = {
    str: "text",
    Decimal: "number",
    int: "whole number",
    date: "day",
    bool: "yes or no",
    Amount: "number with unit",
}


def fields() -> str:
    """Return the page."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield "# Fields\n"
    yield "Every field of the model, as forms and templates know it. Fields marked * are required in a complete"
    yield "project."
    yield "A field may be unknown; then it is marked in documents, and so is every figure that leans on it.\n"
    for kind, noun in KINDS.items():
        yield from _kind(kind, noun)


def _kind(kind: str, noun: type[Noun]) -> Iterator[str]:
    yield f"## {GERMAN.show(noun.label)} (`{kind}`)\n"
    summary = (noun.__doc__ or "").splitlines()[0]
    parent = "" if noun.parent == "project" else f" Belongs to: `{noun.parent}`."
    yield f"{summary}{parent}\n"
    yield from table(HEADS, map(_row, attributes(noun)))
    yield ""


def _row(attribute: Attribute) -> tuple[str, ...]:
    star = "*" if attribute.required else ""
    return (
        f"`{attribute.name}`{star}",
        GERMAN.show(attribute.title),
        ENGLISH.show(attribute.title),
        _type(attribute),
        attribute.unit,
        _example(attribute.example),
        ENGLISH.show(attribute.description),
    )


def _type(attribute: Attribute) -> str:
    if attribute.refers:
        return f"key of a `{attribute.refers}`"
    if isinstance(attribute.type, type) and issubclass(attribute.type, Code):
        return "one of: " + ", ".join(f"`{member.value}` {GERMAN.show(member)}" for member in attribute.type)
    return TYPES[attribute.type]


def _example(example: object) -> str:
    if isinstance(example, tuple):
        return " ".join(str(part) for part in example)
    return "" if example is None else str(example)
