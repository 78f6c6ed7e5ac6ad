"""Rules: each judges one object at a time; the engine counts, stamps, and never lets an open question look green."""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, NamedTuple, TypeAlias

from oekoreport.figures import FieldRef, Figures
from oekoreport.findings import Finding, Severity
from oekoreport.language import Message, catalogue
from oekoreport.model import KINDS, Noun, Project, attributes
from oekoreport.model.waiver import Waiver, WaiverKind
from oekoreport.records import Origins
from oekoreport.terms import Pack, Parameter, Presence, Terms

_ = catalogue("oekoreport")


PRODUCT = _("Rule of the product, not of the law")
"""The basis of rules that no provision asks for."""


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


OUTCOME_LABELS = {
    Outcome.PASSED: _("passed"),
    Outcome.FAILED: _("failed"),
    Outcome.NOT_APPLICABLE: _("not applicable"),
    Outcome.UNDECIDED: _("undecided"),
}


class Undecided(Exception):
    """Raised by a rule, or by what it asks, where something is missing to decide on an object."""

    def __init__(self, message: Message, missing: FieldRef | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.missing = missing


class UnknownLaw(Undecided):
    """The law in force is unknown, and the notice does not set it: the authority may settle what is open then."""


class NotApplicable(Exception):
    """Raised by a rule, or by what it asks, where the rule does not concern an object."""


@dataclass(frozen=True, slots=True)
class Issue:
    """What is wrong with an object: ``field`` is the cell to point at, ``at`` another object than its own."""

    message: Message
    field: str = ""
    at: Noun | None = None
    expected: Message | str | None = None
    found: Message | str | None = None
    hint: Message | None = None


class TermsInRule:
    """The terms as a rule asks for them: what it leans on is noted, what is unknown makes it undecided."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self.used: dict[str, Parameter] = {}

    @property
    def known(self) -> frozenset[str]:
        """The names of all parameters that any pack has, in force or not."""
        return frozenset(self._terms.titles)

    def readable(self, name: str) -> bool:
        """Tell whether the value that a notice sets for a parameter could be read as what the parameter takes."""
        return self._terms[name].presence is not Presence.UNKNOWN

    def takes(self, name: str) -> Message | str:
        """Return in words what a parameter takes."""
        parameter = self._terms[name]
        if parameter.choices:
            return Message("{choices}", choices=parameter.choices)
        return _("a number ({unit})", unit=parameter.unit) if parameter.unit else _("a number")

    @property
    def packs(self) -> tuple[Pack, ...]:
        """The editions that the project falls under."""
        return self._terms.packs

    def __getitem__(self, name: str) -> Any:
        """Return the value in force.

        Raises:
            NotApplicable: this law has no such rule.
            UnknownLaw: nobody knows the value, and the notice does not set it.
        """
        return self._value(self._terms[name])

    def on(self, name: str, day: dt.date) -> Any:
        """Return the value as it holds on a day; raises what looking it up raises."""
        return self._value(self._terms[name].on(day))

    def _value(self, parameter: Parameter) -> Any:
        if parameter.name not in self.used or self.used[parameter.name].status.sure:
            self.used[parameter.name] = parameter
        if parameter.presence is Presence.NONE:
            raise NotApplicable
        if parameter.presence is Presence.UNKNOWN:
            raise UnknownLaw(
                _("The law in force is unknown here ({title}), and the notice does not set it.", title=parameter.title)
            )
        return parameter.value


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule may look at: the project, its figures, where things were read, and the reference date.

    ``verdicts`` are those of all other rules, for a rule that is judged last; for the others there are none.
    """

    project: Project
    figures: Figures
    origins: Origins
    date: dt.date | None
    files: frozenset[str] = frozenset()
    verdicts: tuple[Verdict, ...] = ()

    def today(self) -> dt.date:
        """Return the reference date.

        Raises:
            Undecided: the project has none, and none was given.
        """
        if self.date is None:
            raise Undecided(_("There is no reference date."), FieldRef("project", self.project.key, "reference_date"))
        return self.date

    def figure(self, name: str) -> Any:
        """Return the value of a figure.

        Raises:
            Undecided: it is unknown; the message says what is missing.
        """
        figure = self.figures[name]
        if figure.value is None:
            lacking = next((part for part in figure.missing if isinstance(part, FieldRef)), None)
            reason = next((part for part in figure.missing if not isinstance(part, FieldRef)), None)
            message = _unknown(figure.title, figure.subject)
            raise Undecided(_("{message} {reason}", message=message, reason=reason) if reason else message, lacking)
        return figure.value


def need(noun: Noun, name: str) -> Any:
    """Return a field of an object.

    Raises:
        Undecided: the field is unknown.
    """
    value = getattr(noun, name)
    if value is None:
        title = next((attribute.title for attribute in attributes(type(noun)) if attribute.name == name), name)
        raise Undecided(_unknown(title, noun.identity), FieldRef(noun.kind, noun.key, name))
    return value


def _unknown(title: Message | str, subject: tuple[str, str] | None) -> Message:
    if subject is None:
        return _("“{title}” is unknown.", title=title)
    return _("{object}: “{title}” is unknown.", object=describe(subject), title=title)


Judge: TypeAlias = Callable[[Any, Case, TermsInRule], Iterator[Issue]]
Each: TypeAlias = Callable[[Case], Iterable[Noun]]


def _the_project(case: Case) -> Iterable[Noun]:
    return (case.project,)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its code, the text that it rests on, its weight, and the objects that it judges."""

    code: str
    title: Message
    basis: Message | str
    severity: Severity
    each: Each
    judge: Judge
    last: bool = False

    @property
    def documentation(self) -> str:
        """The rule's docstring: what holds, Why, Fails, Passes."""
        return inspect.getdoc(self.judge) or ""


def rule(  # noqa: PLR0913 - the parts of a rule
    code: str,
    title: Message,
    *,
    basis: Message | str,
    severity: Severity = Severity.ERROR,
    each: Each = _the_project,
    last: bool = False,
) -> Callable[[Judge], Rule]:
    """Make a rule of a generator ``(object, case, terms)`` that yields an Issue for each thing that is wrong.

    Args:
        code: unique and lasting; waivers name it.
        title: the rule in a few words, for the verdict table.
        basis: the provision that it rests on, or ``PRODUCT`` for a rule of the product's own.
        severity: an error keeps documents a draft; a warning wants an explanation.
        each: yields the objects to judge; the project itself if left out.
        last: judge it after all others, with their verdicts in the case.
    """

    def make(judge: Judge) -> Rule:
        return Rule(code, title, basis, severity, each, judge, last)

    return make


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Rules and dated legal data of one issuer.

    ``applies`` tells whether a project falls under it; rulebooks without it always apply.
    """

    name: str
    title: Message
    edition: str
    rules: tuple[Rule, ...] = ()
    packs: tuple[Pack, ...] = ()
    applies: Callable[[Project], bool] | None = None

    def applies_to(self, project: Project) -> bool:
        """Tell whether a project falls under this rulebook."""
        return self.applies is None or self.applies(project)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one rule: outcome, on how many objects, findings, open questions, and unsure facts leaned on.

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

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        """The findings that no waiver covers."""
        return tuple(finding for finding in self.findings if finding.waived_by is None)

    @property
    def blocks(self) -> bool:
        """Whether it keeps documents a draft: an open error, or an open question."""
        errors = any(finding.severity is Severity.ERROR for finding in self.open_findings)
        return errors or bool(self.undecided)

    @property
    def waived(self) -> int:
        """How many findings a waiver covers."""
        return sum(finding.waived_by is not None for finding in self.findings)


@dataclass(slots=True)
class _Tally:
    """What the objects of one rule came to."""

    evaluated: int = 0
    findings: list[Finding] = field(default_factory=list)
    undecided: list[Finding] = field(default_factory=list)
    unknown_law: list[Finding] = field(default_factory=list)


def judge(rulebooks: Iterable[Rulebook], case: Case, terms: Terms) -> tuple[Verdict, ...]:
    """Evaluate all rules of the rulebooks that apply, waivers considered; one verdict a rule, in their order."""
    asked = [(rule, book.name) for book in rulebooks if book.applies_to(case.project) for rule in book.rules]
    early = {i: _verdict(rule, name, case, terms) for i, (rule, name) in enumerate(asked) if not rule.last}
    informed = replace(case, verdicts=tuple(early.values()))
    late = {i: _verdict(rule, name, informed, terms) for i, (rule, name) in enumerate(asked) if rule.last}
    return tuple(verdict for _i, verdict in sorted((early | late).items()))


def _verdict(rule: Rule, rulebook: str, case: Case, terms: Terms) -> Verdict:
    seen = TermsInRule(terms)
    tally = _Tally()
    try:
        for noun in rule.each(case):
            _judge_one(rule, noun, case, seen, tally)
    except NotApplicable:
        pass  # none of its objects is concerned
    except UnknownLaw as reason:
        tally.unknown_law.append(_open_question(rule, case.project, reason, case))
    except Undecided as reason:
        tally.undecided.append(_open_question(rule, case.project, reason, case))
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a rule raises must never look like a pass
        tally.undecided.append(_raised(rule, case.project, error, case))
    waive = _waivers(rule, case)
    asked = [waive(question) for question in tally.unknown_law]
    settled = [question for question in asked if question.waived_by]
    findings = (*(waive(finding) for finding in tally.findings), *settled)
    undecided = (*tally.undecided, *(question for question in asked if not question.waived_by))
    return Verdict(
        rule.code,
        rule.title,
        rulebook,
        rule.basis,
        rule.severity,
        _outcome(findings, undecided, tally.evaluated),
        tally.evaluated,
        findings,
        undecided,
        tuple(parameter for parameter in seen.used.values() if not parameter.status.sure),
    )


def _judge_one(rule: Rule, noun: Noun, case: Case, terms: TermsInRule, tally: _Tally) -> None:
    """Judge one object; what is raised is an answer on this object alone, and what was found before that stays."""
    try:
        for issue in rule.judge(noun, case, terms):
            tally.findings.append(_stamped(rule, noun, issue, case))
    except NotApplicable:
        return
    except UnknownLaw as reason:
        tally.unknown_law.append(_open_question(rule, noun, reason, case))
    except Undecided as reason:
        tally.undecided.append(_open_question(rule, noun, reason, case))
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a rule raises must never look like a pass
        tally.undecided.append(_raised(rule, noun, error, case))
    tally.evaluated += 1


def _outcome(findings: tuple[Finding, ...], undecided: tuple[Finding, ...], evaluated: int) -> Outcome:
    """Return what findings and open questions come to: a warning beside an open question does not hide it."""
    weights = [finding.severity for finding in findings if finding.waived_by is None]
    if Severity.ERROR in weights or (weights and not undecided):
        return Outcome.FAILED
    if undecided:
        return Outcome.UNDECIDED
    return Outcome.PASSED if evaluated else Outcome.NOT_APPLICABLE


def _stamped(rule: Rule, noun: Noun, issue: Issue, case: Case) -> Finding:
    subject = issue.at or noun
    return Finding(
        code=rule.code,
        severity=rule.severity,
        message=issue.message,
        place=case.origins.place(subject.identity, issue.field),
        subject=subject.identity,
        expected=issue.expected,
        found=issue.found,
        basis=rule.basis,
        hint=issue.hint,
    )


def _open_question(rule: Rule, noun: Noun, reason: Undecided, case: Case) -> Finding:
    missing = reason.missing
    identity, name = ((missing.kind, missing.key), missing.field) if missing else (noun.identity, "")
    place = case.origins.place(identity, name)
    return Finding(rule.code, Severity.ERROR, reason.message, place, identity, basis=rule.basis)


def _raised(rule: Rule, noun: Noun, error: BaseException, case: Case) -> Finding:
    message = _("The rule could not be evaluated: {kind}: {error}", kind=type(error).__name__, error=str(error))
    place = case.origins.place(noun.identity)
    hint = _("Report this to the rulebook's author; until then decide by hand.")
    return Finding(rule.code, Severity.ERROR, message, place, noun.identity, basis=rule.basis, hint=hint)


def _waivers(rule: Rule, case: Case) -> Callable[[Finding], Finding]:
    """Return what marks a finding of this rule as waived where a waiver in force covers it.

    A rule that judges the other verdicts, waivers among them, cannot be waived itself.
    """
    asked = () if rule.last else case.project.waivers
    waivers = [waiver for waiver in asked if waiver.rule == rule.code and in_force(waiver, case.date)]

    def waive(finding: Finding) -> Finding:
        covering = (waiver.key for waiver in waivers if covers(waiver, finding))
        return replace(finding, waived_by=next(covering, None))

    return waive


def covers(waiver: Waiver, finding: Finding) -> bool:
    """Tell whether a waiver lets a finding stand: an error takes the authority's consent with its reference."""
    key = finding.subject[1] if finding.subject else ""
    consent = waiver.waiver_kind is WaiverKind.CONSENT and waiver.reference is not None
    note = waiver.waiver_kind is WaiverKind.NOTE and finding.severity is not Severity.ERROR
    return waiver.subject in (None, key) and (consent or note)


def in_force(waiver: Waiver, day: dt.date | None) -> bool:
    """Tell whether a waiver holds on that day; one that expires does not where the day is unknown."""
    return waiver.expires is None or (day is not None and day <= waiver.expires)


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


def describe(subject: tuple[str, str]) -> Message:
    """Return kind and key of an object in words."""
    kind, key = subject
    if kind not in KINDS:
        return Message("{key}", key=key)
    label = KINDS[kind].label
    return label if key == kind else _("{label} {key}", label=label, key=key)  # one of its kind has no key of its own
