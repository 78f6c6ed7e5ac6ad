"""What the packs say of the law: every edition with all its parameters, each with source and status."""

from __future__ import annotations

from collections.abc import Iterator

from oekoreport.contract.registry import Registry
from oekoreport.law import Grades, Pack, Parameter

from .markdown import GERMAN, table

PARAMETER = ("parameter", "title", "value", "passage", "status", "source")
CONFIRMATION = ("confirmation", "text", "status", "source")
PASSAGE = ("passage", "title", "number", "status", "source")
YES_OR_NO = {True: "yes", False: "no"}


def law() -> str:
    """Return the page."""
    lines = [
        "# Law\n",
        "What the installed packs say, edition by edition. Verdicts and documents mark what is not confirmed.",
        "A term of the grant notice takes precedence.\n",
    ]
    for book in Registry.discover().rulebooks:
        for pack in book.packs:
            lines.extend(_edition(pack))
    return "\n".join(lines)


def _edition(pack: Pack) -> Iterator[str]:
    yield f"## {pack.title} (`{pack.name}`)\n"
    extends = f", extends `{pack.extends}`" if pack.extends else ""
    yield f"{pack.level}; notices {_validity(pack)}; text read: {pack.read}{extends}.\n"
    yield f"{pack.status.value.capitalize()}: {pack.source}\n"
    yield from table(PARAMETER, _parameters(pack))
    yield ""
    if pack.passages:
        yield from table(PASSAGE, _passages(pack))
        yield ""
    if pack.confirmations:
        yield from table(CONFIRMATION, _confirmations(pack))
        yield ""


def _validity(pack: Pack) -> str:
    ends = (f"from {pack.valid_from}" if pack.valid_from else "", f"until {pack.valid_to}" if pack.valid_to else "")
    return " ".join(end for end in ends if end) or "of any day"


def _parameters(pack: Pack) -> Iterator[tuple[str, ...]]:
    for name, parameter in sorted(pack.parameters.items()):
        yield _row(name, parameter)
        yield from (_row(f"{name} from {day}", step) for day, step in parameter.steps)


def _passages(pack: Pack) -> Iterator[tuple[str, ...]]:
    for each in pack.passages.values():
        yield f"`{each.topic}`", each.title, each.number, each.status.value, each.source


def _confirmations(pack: Pack) -> Iterator[tuple[str, ...]]:
    for each in pack.confirmations.values():
        yield f"`{each.name}`", each.text, each.status.value, each.source


def _row(name: str, parameter: Parameter) -> tuple[str, ...]:
    title, source = GERMAN.show(parameter.title), GERMAN.show(parameter.source)
    return f"`{name}`", title, shown(parameter), parameter.passage, parameter.status.value, source


def shown(parameter: Parameter) -> str:
    """Return a value as its pack states it, or that there is none, or that nobody knows it."""
    if parameter.value is None:
        return parameter.presence.value
    if isinstance(parameter.value, Grades):
        return GERMAN.show(parameter.value.words).replace("\u00a0", " ")
    value = YES_OR_NO[parameter.value] if isinstance(parameter.value, bool) else parameter.value
    return f"{value} {parameter.unit}".strip()
