"""Scoped keys: two financing plans number their lines alike, and a receipt's line is one of the plan in force.

A line of the plan in force keeps its key; that of another version gets its plan's key before it (``FP1/3``). What
refers to a line means the plan in force; only where that has none of the key, the line that continues the older one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import cast

from oekoreport.model import KINDS, Attribute, Noun
from oekoreport.model.notice import Notice
from oekoreport.model.plan import NEW, FinancingPlan, Line, Version, by_day, in_plan, lineage
from oekoreport.records.merging import Merged
from oekoreport.records.record import Record


class Plans:
    """The plans that were read, by the day of their notices; they are entered before any line is."""

    def __init__(self, merged: Merged) -> None:
        self._merged = merged
        plans = [cast(FinancingPlan, plan) for plan in merged.nouns["plan"].values()]
        notices = [cast(Notice, notice) for notice in merged.nouns["notice"].values()]
        self._keys = [plan.key for plan in plans]
        self._order = [plan.key for plan in by_day(plans, notices)]
        self._lineages: dict[str, tuple[Sequence[Version], Sequence[Mapping[str, str]]]] = {}

    @property
    def in_force(self) -> str:
        """The key of the plan in force; "" where nobody can tell which one is."""
        return self._order[-1] if self._order else ""

    def scoped(self, record: Record) -> Record:
        """Return the record of a line with a key that no line of another plan has; the only plan may go unnamed.

        A line of a plan that is not there is told where it is nested; it keeps its key.
        """
        parent = record.parent or (self._keys[0] if len(self._keys) == 1 else "")
        return replace(record, key=self._key(parent, record.key), parent=parent)

    def certain(self, noun: type[Noun], attribute: Attribute) -> Collection[str]:
        """Return the keys that a field may hold as they are; a line refers to its own plan or the one before."""
        if not KINDS[attribute.refers].scoped:
            return self._merged.nouns[attribute.refers]
        return () if noun.scoped or not self._order else self._lineage(attribute.refers)[1][-1]

    def meant(self, noun: Noun, attribute: Attribute, text: str) -> tuple[str, ...]:
        """Return the keys of the lines that a text may mean: none where no plan has such a line."""
        kind = attribute.refers
        if not KINDS[kind].scoped:
            return ()
        if not noun.scoped:
            return self._of_any_plan(kind, text)
        plan = self._merged.parents[noun.identity]
        key = self._key(self._before(plan) if kind == noun.kind else plan, text)
        return (key,) if key in self._merged.nouns[kind] else ()

    def _key(self, plan: str, number: str) -> str:
        return number if plan == self.in_force or plan not in self._keys else in_plan(plan, number)

    def _before(self, plan: str) -> str:
        """Return the version before a plan; "" where there is none, or nobody can tell."""
        place = self._order.index(plan) if plan in self._order else 0
        return self._order[place - 1] if place else ""

    def _of_any_plan(self, kind: str, text: str) -> tuple[str, ...]:
        """Return what became of the line that a text names: a line in force, several, or one that none continues."""
        versions, now = self._lineage(kind)
        for version, of_version in reversed(list(zip(versions, now, strict=True))):
            key = self._key(version.plan, text.removeprefix(f"{version.plan}/"))
            if any(line.key == key for line in version.lines):
                return tuple(line for line, then in of_version.items() if then == key) or (text,)
        lines = self._merged.nouns[kind]  # one cause, one finding: a plan or the day of its notice is missing
        return (text,) if text in lines or any(in_plan(plan, text) in lines for plan in self._keys) else ()

    def _lineage(self, kind: str) -> tuple[Sequence[Version], Sequence[Mapping[str, str]]]:
        if kind not in self._lineages:
            lines = [cast(Line, line) for line in self._merged.nouns[kind].values()]
            versions = [
                Version(plan, [line for line in lines if self._merged.parents[line.identity] == plan])
                for plan in self._order
            ]
            self._lineages[kind] = versions, lineage(versions)
        return self._lineages[kind]


def says_new(noun: type[Noun], attribute: Attribute, text: str) -> bool:
    """Tell whether a line says that it is new, where the line that it continues may stand."""
    return noun.scoped and attribute.refers == noun.kind and text.casefold() in NEW
