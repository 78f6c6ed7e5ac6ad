"""The project as it stood on a day: with the notices of that day, and on the lines of the plan that they approved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import NamedTuple, TypeAlias, TypeVar

from oekoreport.model.noun import Noun, attributes, children, nested
from oekoreport.model.plan import FinancingPlan, FundingSource, IncomeLine, Line, Version, by_day, in_plan, lineage
from oekoreport.model.project import Project

Keys: TypeAlias = Mapping[tuple[str, str], str]
"""Keys of lines, by kind and by another key of the same line."""

N = TypeVar("N", bound=Noun)


class Standing(NamedTuple):
    """The project of a day; ``whole`` has the key of a line in the whole project, where that is another."""

    project: Project
    whole: Keys


def standing(project: Project, day: date) -> Standing:
    """Return the project without later notices, what refers to lines referring to those of the plan of the day.

    An undated notice stays: nobody can tell that it came later. Days of payments and the like are not asked.
    """
    kept, plan, keys = _kept(project, day)
    if plan is None or not keys:
        return Standing(kept, {})
    plans = tuple(plan if each.key == plan.key else each for each in kept.plans)
    moved = _changes(_renewed(kept, plans=plans), keys)
    lines = [line for name, _many in nested(FinancingPlan).values() for line in getattr(plan, name)]
    return Standing(_renewed(kept, **moved), {(line.kind, keys[line.identity]): line.key for line in lines})


def plan_on(project: Project, day: date) -> FinancingPlan | None:
    """Return the plan in force on a day, as the project of that day has it."""
    _project, plan, keys = _kept(project, day)
    return plan and _moved(plan, keys)


def _kept(project: Project, day: date) -> tuple[Project, FinancingPlan | None, Keys]:
    """Return the project without later notices, its plan, and what lines of the plans are called in that.

    Where no plan came later the keys stay as they are; none is returned.
    """
    notices = tuple(notice for notice in project.notices if notice.date is None or notice.date <= day)
    if len(notices) == len(project.notices):
        return project, project.plan, {}
    later = {notice.key for notice in project.notices} - {notice.key for notice in notices}
    plans = tuple(plan for plan in project.plans if plan.notice not in later)
    kept = _renewed(project, notices=notices, plans=plans)
    versions = by_day(project.plans, project.notices)
    if kept.plan is None or kept.plan not in versions or kept.plan is versions[-1]:
        return kept, kept.plan, {}
    return kept, *_completed(versions[versions.index(kept.plan) :])


def _renewed(project: Project, **changed: object) -> Project:
    """Return a changed copy that has worked out nothing yet."""
    values = {name: getattr(project, name) for name in Project.model_fields}
    return Project.model_construct(project.model_fields_set, **{**values, **changed})


def _completed(versions: Sequence[FinancingPlan]) -> tuple[FinancingPlan, Keys]:
    """Return the first version, completed by lines that only the last one has, and what lines are called in it.

    Nothing was planned on those lines. With them what was spent or received on them stays in every sum.
    """
    plan, keys = versions[0], dict[tuple[str, str], str]()
    for name, _many in nested(FinancingPlan).values():
        of_kind = [Version(each.key, getattr(each, name)) for each in versions]
        first, last, before = of_kind[0], of_kind[-1], lineage(of_kind)[0]
        numbers = {line.key: first.number(line) for line in first.lines}
        now = {line.key: numbers[before[line.key]] for line in last.lines if line.key in before}
        added = {line.key: in_plan(last.plan, line.key) for line in last.lines if line.key not in before}
        keys |= {(line.kind, line.key): numbers[line.key] for line in first.lines}
        keys |= {(line.kind, line.key): {**now, **added}[line.key] for line in last.lines}
        unplanned = (_unplanned(line) for line in last.lines if line.key in added and _takes_entries(line))
        plan = plan.model_copy(update={name: (*first.lines, *unplanned)})
    return plan, keys


def _unplanned(line: Line) -> Line:
    amounts = {"planned", "planned_eligible"} & type(line).model_fields.keys()
    return line.model_copy(update=dict.fromkeys(amounts, Decimal(0)))


def _takes_entries(line: Line) -> bool:
    """Tell whether receipts or income can stand on a line: own funds and the grant are worked out."""
    return not (isinstance(line, IncomeLine) and line.source in (FundingSource.OWN, FundingSource.GRANT))


def _changes(noun: Noun, keys: Keys) -> dict[str, object]:
    """Return what changes in a noun where lines have other keys: its references, its own key, and what is nested."""
    own = [("key", noun.kind)] if noun.scoped else []
    asked = [*own, *((each.name, each.refers) for each in attributes(type(noun)) if each.refers)]
    named = {name: keys.get((kind, getattr(noun, name))) for name, kind in asked}
    changes: dict[str, object] = {name: key for name, key in named.items() if key is not None}
    for name in _on_lines(type(noun)):
        changes[name] = tuple(_moved(each, keys) for each in getattr(noun, name))
    return changes


def _moved(noun: N, keys: Keys) -> N:
    changes = _changes(noun, keys)
    return noun.model_copy(update=changes) if changes else noun


@cache
def _on_lines(noun: type[Noun]) -> tuple[str, ...]:
    """Return the fields of a noun whose nouns are lines or refer to some, however deep."""
    return tuple(name for name, child, _many in children(noun) if _concerns_lines(child))


def _concerns_lines(noun: type[Noun]) -> bool:
    kinds = nested(FinancingPlan)
    return noun.scoped or any(each.refers in kinds for each in attributes(noun)) or bool(_on_lines(noun))
