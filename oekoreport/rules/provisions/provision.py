"""A provision: a rule that has no code and no passage yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from oekoreport.findings import Severity
from oekoreport.language import Message
from oekoreport.law import Ground, PublishedCase, cases_on
from oekoreport.rules import Each, Judge, Rule, the_project


@dataclass(frozen=True, slots=True)
class Provision:
    """What a rule judges and how, for any Land to put under its own law."""

    title: Message
    severity: Severity
    each: Each
    judge: Judge

    def under(self, code: str, basis: Ground, *, severity: Severity | None = None) -> Rule:
        """Return the rule that this provision is in a Land's law."""
        return Rule(code, self.title, basis, severity or self.severity, self.each, self.judge, cases=self.cases)

    @property
    def name(self) -> str:
        """What published cases call it: the name of its function."""
        return self.judge.__name__

    @property
    def cases(self) -> tuple[PublishedCase, ...]:
        """The published cases on it, from ``cases.toml`` beside this file: the same in every Land."""
        return cases_on(__package__, self.name)


def provision(
    title: Message, *, severity: Severity = Severity.ERROR, each: Each = the_project
) -> Callable[[Judge], Provision]:
    """Make a provision of a generator as ``rule`` takes one; its docstring says Why, Fails and Passes."""

    def make(judge: Judge) -> Provision:
        return Provision(title, severity, each, judge)

    return make
