"""What each Land's law says, parameter by parameter over its editions, and how much of it is confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from oekoreport.contract.registry import Registry
from oekoreport.law import Pack, Parameter

from .law import shown
from .markdown import GERMAN, table

OVERVIEW = ("Land", "law", "edition", "notices from", "until", "text read", "parameters", "confirmed", "share")
FACTS = ("parameter", "title", "value", "status", "from", "until", "passage", "source")
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A parameter as it holds for notices, or for interest and awards, from a day until another; None is no limit."""

    name: str
    parameter: Parameter
    start: date | None
    end: date | None

    def same_as(self, other: Stretch) -> bool:
        """Tell whether another stretch says the same, by the same source."""
        return replace(self.parameter, pack="", steps=()) == replace(other.parameter, pack="", steps=())


def editions() -> str:
    """Return the page."""
    packs = [pack for book in Registry.discover().rulebooks for pack in book.packs if pack.land]
    packs.sort(key=lambda pack: (pack.land, pack.level != "conditions", pack.instrument, pack.valid_from or date.min))
    lines = [
        "# Editions\n",
        "What the packs of each Land say of each parameter, how sure it is, and for which days. A value is confirmed",
        "where its text, or a source that quotes it, was read; what nobody read is unknown. A term of the grant notice",
        "takes precedence. Texts, passages and confirmations edition by edition: [law](law.md).\n",
        *table(OVERVIEW, map(_overview, packs)),
        "",
    ]
    for (land, instrument), group in groupby(packs, key=lambda pack: (pack.land, pack.instrument)):
        lines.extend(_instrument(land, instrument, list(group)))
    return "\n".join(lines)


def _overview(pack: Pack) -> tuple[str, ...]:
    stretches = list(_stretches([pack]))
    sure = sum(each.parameter.sure for each in stretches)
    counts = (str(len(stretches)), str(sure), f"{100 * sure / len(stretches):.0f} %")
    return (
        pack.land,
        pack.instrument,
        f"`{pack.name}`",
        _day(pack.valid_from),
        _day(pack.valid_to),
        pack.read,
        *counts,
    )


def _instrument(land: str, instrument: str, packs: list[Pack]) -> Iterator[str]:
    stretches = sorted(_stretches(packs), key=lambda each: each.name)
    sure = sum(each.parameter.sure for each in stretches)
    yield f"## {land}: {instrument}\n"
    yield f"{sure} of {len(stretches)} values over all editions are confirmed ({100 * sure / len(stretches):.0f} %).\n"
    yield from table(FACTS, map(_row, _merged(stretches)))
    yield ""


def _stretches(packs: Iterable[Pack]) -> Iterator[Stretch]:
    """Yield what each edition says, and what changes by date within it."""
    for pack in packs:
        for name, parameter in pack.parameters.items():
            starts = [pack.valid_from, *(day for day, _step in parameter.steps)]
            ends = [*(day - A_DAY for day, _step in parameter.steps), pack.valid_to]
            values = [parameter, *(step for _day, step in parameter.steps)]
            yield from (Stretch(name, *each) for each in zip(values, starts, ends, strict=True))


def _merged(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """Yield stretches of one parameter that follow each other and say the same as one."""
    for _name, group in groupby(stretches, key=lambda each: each.name):
        last: Stretch | None = None
        for each in sorted(group, key=lambda each: each.start or date.min):
            if last is not None and last.same_as(each):
                last = replace(last, end=each.end)
                continue
            if last is not None:
                yield last
            last = each
        if last is not None:
            yield last


def _row(stretch: Stretch) -> tuple[str, ...]:
    parameter = stretch.parameter
    title, source = GERMAN.show(parameter.title), GERMAN.show(parameter.source)
    status = "unknown" if parameter.presence.value == "unknown" else parameter.status.value
    days = (_day(stretch.start), _day(stretch.end))
    return (f"`{stretch.name}`", title, shown(parameter), status, *days, parameter.passage, source)


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()
