"""Money that covers a line of the plan directly: which income covers which line, and how much came in for it.

An income covers the line that it names, else the one that its line of the plan is planned to cover. A donation covers
none, whatever it is earmarked for: only the contributions to a cost take it out of the base (Richtlinie ÖKOPROFIT
5.5.2), a donation is income like all other (ANBest 1.2) or stands beside the grant (``donations``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from oekoreport.figures.engine import Figures
from oekoreport.figures.values import FieldRef, Value, read, total, unknown
from oekoreport.model import Project
from oekoreport.model.income import Income
from oekoreport.model.plan import FundingSource, IncomeLine


class Cover(NamedTuple):
    """The expenditure line that an income covers (None: unreadable), and the field that says so."""

    line: str | None
    said: FieldRef


def planned_line(project: Project, income: Income) -> IncomeLine | None:
    """Return the income line of the plan in force that an income belongs to."""
    lines = project.plan.income if project.plan else ()
    return next((line for line in lines if line.key == income.income_line), None)


def cover_of(project: Project, income: Income) -> Cover | None:
    """Return what an income covers: what it states, else what its line of the plan does; None if neither says."""
    if income.source is FundingSource.DONATION:
        return None
    for noun in (income, planned_line(project, income)):
        if noun is not None and noun.stated("covers"):
            return Cover(noun.covers, FieldRef(noun.kind, noun.key, "covers"))
    return None


def planned_to_cover(project: Project, line: str) -> list[IncomeLine]:
    """Return the income lines of the plan in force that are planned to cover an expenditure line directly."""
    lines = project.plan.income if project.plan else ()
    return [each for each in lines if each.covers == line and each.source is not FundingSource.DONATION]


class Covering(NamedTuple):
    """All income that covers a line directly, by line, and the fields that cannot be used."""

    by_line: Mapping[str, Sequence[Value]]
    lacking: tuple[FieldRef, ...]


def received_for(figures: Figures, line: str) -> Value:
    """Return what came in to cover a line directly; unknown while any income does not say what it covers."""
    covering = figures.once(_covering)
    return unknown(*covering.lacking) if covering.lacking else total(covering.by_line.get(line, ()))


def _covering(figures: Figures) -> Covering:
    by_line: dict[str, list[Value]] = defaultdict(list)
    lacking: dict[FieldRef, None] = {}
    for income in figures.project.incomes:
        cover = cover_of(figures.project, income)
        if cover is None:
            continue
        if cover.line is None:
            lacking[cover.said] = None
        else:
            received = read(income, "amount")
            by_line[cover.line].append(Value(received.amount, (*received.basis, cover.said), received.missing))
    return Covering(by_line, tuple(lacking))
