"""Judging: every rule on every object; what is raised is an answer on that object alone, and waivers are considered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain

from oekoreport.findings import Finding, Findings, Severity
from oekoreport.language import Message, catalogue
from oekoreport.law import Parameter, Terms
from oekoreport.model import Noun
from oekoreport.model.waiver import Waiver, WaiverKind
from oekoreport.records import LEFT_OUT_NUMBERS
from oekoreport.rules.case import Case, FiguresInRule, Issue, NotApplicable, TermsInRule, Undecided, UnknownLaw
from oekoreport.rules.rule import Rule, Rulebook, RulebookFailed
from oekoreport.rules.verdict import Outcome, Verdict
from oekoreport.steps import Kind, RuleStopped, step
from oekoreport.surroundings import NotPutBack, kept_surroundings

_ = catalogue("oekoreport")


@dataclass(slots=True)
class _Tally:
    """What the objects of one rule came to.

    Attributes:
        waive: marks what a waiver covers, before the first ones of many alike are listed.
        evaluated: on how many objects it was judged.
        findings: what was found.
        undecided: what data that lack left open, and what the rule raised.
        unknown_law: what unknown law left open; a waiver can settle it.
    """

    waive: Callable[[Finding], Finding]
    evaluated: int = 0
    findings: Findings = field(default_factory=Findings)
    undecided: Findings = field(default_factory=Findings)
    unknown_law: Findings = field(default_factory=Findings)


def judge(rulebooks: Iterable[Rulebook], case: Case, terms: Terms) -> tuple[Verdict, ...]:
    """Evaluate all rules of the rulebooks that apply, waivers considered; one verdict a rule, in their order."""
    books = [book for book in rulebooks if book.applies_to(case.project)]
    early = [_verdicts(book, case, terms, last=False) for book in books]
    informed = replace(case, verdicts=(*case.verdicts, *chain.from_iterable(early)))
    late = [_verdicts(book, informed, terms, last=True) for book in books]
    return tuple(verdict for book, *both in zip(books, early, late, strict=True) for verdict in _in_order(book, *both))


def _in_order(book: Rulebook, early: Iterable[Verdict], late: Iterable[Verdict]) -> Iterator[Verdict]:
    """Yield the verdicts of a rulebook in the order of its rules."""
    early, late = iter(early), iter(late)
    return (next(late if rule.last else early) for rule in book.rules)


def _verdicts(book: Rulebook, case: Case, terms: Terms, *, last: bool) -> tuple[Verdict, ...]:
    """Evaluate the rules of a rulebook that come last, or those that do not; what they change besides is put back."""
    try:
        with kept_surroundings():
            return tuple(_verdict(rule, book, case, terms) for rule in book.rules if rule.last is last)
    except NotPutBack as error:
        raise RulebookFailed(book.name, error) from error


def _verdict(rule: Rule, book: Rulebook, case: Case, terms: Terms) -> Verdict:
    seen, figures = TermsInRule(terms, book.defaults), FiguresInRule(case.figures)
    in_law = not terms.repealed(rule.basis, case.project)
    tally = _Tally(_waivers(rule, case))
    if in_law:
        _tally(rule, replace(case, figures=figures), seen, tally)
    findings = (*tally.findings, *(question for question in tally.unknown_law if question.waived_by))
    undecided = (*tally.undecided, *(question for question in tally.unknown_law if not question.waived_by))
    return Verdict(
        rule.code,
        rule.title,
        book.name,
        _basis(rule, case),
        rule.severity,
        Outcome.of(findings, undecided, evaluated=tally.evaluated > 0),
        tally.evaluated,
        findings,
        undecided,
        _leaned_on(seen, figures),
        tuple(seen.used.values()),
        rule.cases,
    )


def _leaned_on(terms: TermsInRule, figures: FiguresInRule) -> tuple[Parameter, ...]:
    """Return what is not sure of the terms that a rule used, and of those behind the figures that it looked at."""
    found = {parameter.name: parameter for parameter in terms.used.values() if not parameter.sure}
    for name in figures.used:
        found = {**figures.leaning(name), **found}
    return tuple(found.values())


def _tally(rule: Rule, case: Case, terms: TermsInRule, tally: _Tally) -> None:
    """Judge each object of a rule."""
    try:
        with step(Kind.RULE, rule.code):
            for noun in rule.each(case):
                _judge(rule, noun, case, terms, tally)
    except NotApplicable:
        pass
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a rule raises must never look like a pass
        _answer(rule, case.project, case, error, terms, tally)


def _judge(rule: Rule, noun: Noun, case: Case, terms: TermsInRule, tally: _Tally) -> None:
    """Judge one object. What is raised is the answer on it; findings made before that are kept."""
    terms.begin()
    try:
        for issue in rule.judge(noun, case, terms):
            tally.findings.append(tally.waive(_weighed(_stamped(rule, noun, issue, case), terms)))
    except NotApplicable:
        return
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a rule raises must never look like a pass
        _answer(rule, noun, case, error, terms, tally)
    tally.evaluated += 1


def _answer(  # noqa: PLR0913 - all that is known when something is raised
    rule: Rule, noun: Noun, case: Case, error: BaseException, terms: TermsInRule, tally: _Tally
) -> None:
    """Enter what was raised: a question that unknown law leaves, one that data leave, or a rule's own fault."""
    if isinstance(error, UnknownLaw):
        tally.unknown_law.append(tally.waive(_open_question(rule, noun, error, case)))
    elif isinstance(error, Undecided):
        tally.undecided.append(_weighed(_open_question(rule, noun, error, case), terms))
    else:
        tally.undecided.append(_raised(rule, noun, error, case))


def _basis(rule: Rule, case: Case) -> Message | str:
    """Return a rule's legal basis, in the edition in force for the project."""
    return case.figures.terms.cited(rule.basis, case.project)


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
        basis=_basis(rule, case),
        hint=issue.hint,
    )


def _weighed(finding: Finding, terms: TermsInRule) -> Finding:
    """Return a finding or an open question, as a warning at most where only the program asks for what it rests on.

    A question is no more than the answer could be: a criterion that was missed for certain would warn.
    """
    return replace(finding, severity=min(finding.severity, Severity.WARNING)) if terms.only_default else finding


def _open_question(rule: Rule, noun: Noun, reason: Undecided, case: Case) -> Finding:
    missing = reason.missing
    identity, name = ((missing.kind, missing.key), missing.field) if missing else (noun.identity, "")
    place = case.origins.place(identity, name)
    return Finding(
        rule.code, Severity.ERROR, reason.message, place, identity, basis=_basis(rule, case), hint=reason.hint
    )


def _raised(rule: Rule, noun: Noun, error: BaseException, case: Case) -> Finding:
    message = _("The rule could not be evaluated: {kind}: {error}", kind=type(error).__name__, error=str(error))
    if isinstance(error, RuleStopped):
        message = error.message
    place = case.origins.place(noun.identity)
    hint = _("Report this to the rulebook's author; until it is fixed, decide by hand.")
    return Finding(rule.code, Severity.ERROR, message, place, noun.identity, basis=_basis(rule, case), hint=hint)


def _waivers(rule: Rule, case: Case) -> Callable[[Finding], Finding]:
    """Return what marks a finding of this rule as waived where a waiver in force covers it.

    A rule that judges the other verdicts, waivers among them, cannot be waived itself.
    """
    asked = () if rule.last else case.project.waivers
    waivers = [waiver for waiver in asked if waiver.rule == rule.code and in_force(waiver, case.date)]

    def waive(finding: Finding) -> Finding:
        covering = next((waiver.key for waiver in waivers if covers(waiver, finding)), None)
        return finding if covering is None else replace(finding, waived_by=covering)

    return waive


def covers(waiver: Waiver, finding: Finding) -> bool:
    """Tell whether a waiver covers a finding: an error needs the authority's consent with its reference."""
    key = finding.subject[1] if finding.subject else ""
    consent = waiver.waiver_kind is WaiverKind.CONSENT and waiver.reference is not None
    note = waiver.waiver_kind is WaiverKind.NOTE and finding.severity is not Severity.ERROR
    return waiver.subject in (None, key) and (consent or note)


def answered(question: Finding, case: Case) -> Finding:
    """Return an open question of reading, with the waiver that says that the numbers left out are not needed.

    An internal note does; it names the question's subject, which changes with the numbers.
    """
    if question.code != LEFT_OUT_NUMBERS or question.subject is None:
        return question
    subject = question.subject[1]
    answers = (
        waiver.key
        for waiver in case.project.waivers
        if waiver.rule == question.code and " ".join((waiver.subject or "").split()) == subject
        if waiver.waiver_kind is not None and in_force(waiver, case.date)
    )
    return replace(question, waived_by=next(answers, None))


def in_force(waiver: Waiver, day: dt.date | None) -> bool:
    """Tell whether a waiver holds on that day; one that expires does not where the day is unknown."""
    return waiver.expires is None or (day is not None and day <= waiver.expires)
