"""Verdicts: what became of a rule, in which an open question never looks green."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from oekoreport.findings import Finding, Severity, number_of
from oekoreport.language import Message, catalogue
from oekoreport.law import Parameter, PublishedCase

_ = catalogue("oekoreport")


class Outcome(StrEnum):
    """What a verdict says. What could not be decided counts like an error."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_APPLICABLE = "not_applicable"
    UNDECIDED = "undecided"

    @property
    def label(self) -> Message:
        """The outcome in words."""
        return OUTCOME_LABELS[self]

    @classmethod
    def of(cls, findings: Iterable[Finding], undecided: Collection[Finding], *, evaluated: bool) -> Outcome:
        """Return the outcome of findings and open questions: an open question outweighs a warning."""
        weights = [finding.severity for finding in findings if finding.waived_by is None]
        if Severity.ERROR in weights or (weights and not undecided):
            return cls.FAILED
        if undecided:
            return cls.UNDECIDED
        return cls.PASSED if evaluated else cls.NOT_APPLICABLE


OUTCOME_LABELS = {
    Outcome.PASSED: _("passed"),
    Outcome.FAILED: _("failed"),
    Outcome.NOT_APPLICABLE: _("not applicable"),
    Outcome.UNDECIDED: _("undecided"),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one rule: outcome, on how many objects, findings, open questions, and unsure facts leaned on.

    Of very many alike the first are listed, and one tells of the others: ``number_of`` counts them all. ``used`` are
    all terms that the rule asked for, ``cases`` what was published about others.

    A question that only unknown law left open and that the authority's consent settled stands among the findings, as
    waived; data that lack and rules that raise are settled by no waiver.
    """

    code: str
    title: Message
    rulebook: str
    basis: Message | str
    severity: Severity
    outcome: Outcome
    evaluated: int
    findings: tuple[Finding, ...] = ()
    undecided: tuple[Finding, ...] = ()
    leaned_on: tuple[Parameter, ...] = ()
    used: tuple[Parameter, ...] = ()
    cases: tuple[PublishedCase, ...] = ()

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        """The findings that no waiver covers."""
        return tuple(finding for finding in self.findings if finding.waived_by is None)

    @property
    def blocking(self) -> int:
        """How many open errors it has, and open questions that the answer could make one."""
        open_ = (*self.open_findings, *self.undecided)
        # A question of reading could be anything, whatever it weighs.
        return number_of(each for each in open_ if each.question or each.severity is Severity.ERROR)

    @property
    def blocks(self) -> bool:
        """Whether it keeps documents a draft."""
        return self.blocking > 0

    @property
    def waived(self) -> int:
        """How many findings a waiver covers."""
        return number_of(finding for finding in self.findings if finding.waived_by is not None)

    @property
    def open(self) -> int:
        """How many findings that no waiver covers and open questions it has."""
        return number_of((*self.open_findings, *self.undecided))


class Summary(NamedTuple):
    """How many verdicts came out how."""

    passed: int
    failed: int
    not_applicable: int
    undecided: int

    @classmethod
    def of(cls, verdicts: Iterable[Verdict]) -> Summary:
        """Count the outcomes of verdicts."""
        outcomes = [verdict.outcome for verdict in verdicts]
        return cls(*(outcomes.count(outcome) for outcome in Outcome))
