"""One rule as an officer reads it: what it asks for, its passage, what it came to, and published cases on it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from oekoreport.errors import UsageError
from oekoreport.language import Message, catalogue

if TYPE_CHECKING:
    from oekoreport.cli.session import Session
    from oekoreport.law import Parameter, PublishedCase
    from oekoreport.report import Report
    from oekoreport.rules import Rule, Rulebook, Verdict

_ = catalogue("oekoreport")


class NoSuchRule(UsageError):
    """A rule is asked for that no rulebook has; the hint offers the nearest codes, or says how to list all."""

    def __init__(self, code: str, known: Sequence[str]) -> None:
        near = tuple(difflib.get_close_matches(code, known, n=5, cutoff=0.5))
        hint = _("Did you mean {near}?", near=near) if near else _("oekoreport check DIR lists the rules with codes.")
        super().__init__(_("There is no rule “{code}”.", code=code), hint=hint)


def print_rule(session: Session, code: str, report: Report | None) -> None:
    """Print a rule; with a report, the passage in force for the project and what the rule came to there.

    Raises:
        NoSuchRule: no rulebook has the code.
    """
    book, rule = _found(session.registry.rulebooks, code)
    verdicts = report.verdicts if report else ()
    verdict = next((each for each in verdicts if each.code == rule.code), None)
    show = session.locale.show
    session.say(f"{rule.code}  {show(rule.title)}", "bold")
    session.say(f"{show(book.title)} · {show(rule.severity.label)}")
    for basis in _bases(book, rule, verdict):
        session.say(basis)
    if report:
        session.say(_outcome(verdict))
    session.say("")
    session.say(rule.documentation)
    if verdict:
        _print_terms(session, verdict.used)
    _print_cases(session, rule.cases)


def _found(rulebooks: Iterable[Rulebook], code: str) -> tuple[Rulebook, Rule]:
    """Return the rule of a code, however its letters are written, with its rulebook."""
    known = {rule.code.casefold(): (book, rule) for book in rulebooks for rule in book.rules}
    if code.casefold() not in known:
        raise NoSuchRule(code, [rule.code for _book, rule in known.values()])
    return known[code.casefold()]


def _bases(book: Rulebook, rule: Rule, verdict: Verdict | None) -> Iterator[Message]:
    """Yield the passage in force; without a project each passage, with the editions in which it stands there."""
    passages = {verdict.basis: []} if verdict else book.passages(rule)
    for passage, editions in passages.items():
        if len(passages) == 1:
            yield _("Basis: {basis}", basis=passage)
        else:
            yield _("Basis: {basis} in {editions}", basis=passage, editions=tuple(editions))


def _outcome(verdict: Verdict | None) -> Message:
    if verdict is None:
        return _("The rule does not apply to this project.")
    return _(
        "Outcome: {outcome} ({evaluated} judged, {open} open)",
        outcome=verdict.outcome.label,
        evaluated=verdict.evaluated,
        open=verdict.open,
    )


def _print_terms(session: Session, terms: Sequence[Parameter]) -> None:
    """Print the terms that the rule asked for, each with its value, source and status."""
    show = session.locale.show
    if terms:
        session.say("")
        session.say(f"{show(_('Terms used'))} ({len(terms)})", "bold")
    for each in terms:
        session.say(f"{show(each.title)}: {show(each.held)} ({show(each.source)}; {show(each.standing)})")


def _print_cases(session: Session, cases: Sequence[PublishedCase]) -> None:
    """Print the published cases: the citation with the amount, what happened, and where it was read."""
    show = session.locale.show
    session.say("")
    if not cases:
        session.say(_("No published case is known."), "dim")
        return
    session.say(f"{show(_('Published cases'))} ({len(cases)})", "bold")
    for case in cases:
        amount = f" ({show(case.amount)})" if case.amount else ""
        session.say(f"{show(case.reference)}{amount}\n  {case.happened}\n  {case.source}")
