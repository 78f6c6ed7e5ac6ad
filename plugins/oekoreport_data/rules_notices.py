"""Do notices and the plans that they approved leave one reading only?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from oekoreport import (
    PRODUCT,
    Case,
    ExpenditureLine,
    FinancingPlan,
    IncomeLine,
    Issue,
    NotApplicable,
    Notice,
    Severity,
    Term,
    TermsInRule,
    catalogue,
    need,
    rule,
)

_ = catalogue("oekoreport_data")

SHOWN = 5
"""How many keys a finding names: more do not fit into a line."""


def _terms(case: Case) -> list[Term]:
    return [term for notice in case.project.notices for term in notice.terms]


def _notice_of(term: Term, case: Case) -> Notice:
    return next(notice for notice in case.project.notices if term in notice.terms)


@rule("CORE-NOTICES", _("Notices of one day do not contradict each other"), basis=PRODUCT, each=_terms)
def terms_agree(term: Term, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """No two terms of the same day set one parameter in two ways.

    Why: the notice of the latest day holds; between two of one day nobody but the authority can choose.
    Fails: two notices of 01.10.2024, one with a tolerance of 20 %, the other of 10 %.
    Passes: a notice of 12.02.2024 with a tolerance of 20 %, an amendment of 01.10.2024 with 10 %.
    """
    need(term, "parameter")
    day, own = need(_notice_of(term, case), "date"), terms.set_by(term)
    same_day = [other for notice in case.project.notices if notice.date == day for other in notice.terms]
    rivals = [other for other in same_day[: same_day.index(term)] if terms.set_by(other).name == own.name]
    for other in rivals:
        if (terms.set_by(other).presence, terms.set_by(other).value) != (own.presence, own.value):
            yield Issue(
                _(
                    "“{name}” is set to “{value}” here and to “{other}” by term {key} of the same day.",
                    name=own.title,
                    value=term.value,
                    other=other.value,
                    key=other.key,
                ),
                "value",
                hint=_("Correct the date of a notice, or delete the term that does not hold."),
            )


@rule("CORE-PLANS", _("One day has one financing plan"), basis=PRODUCT, each=lambda case: case.project.plans)
def plans_by_day(plan: FinancingPlan, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """No two versions of the financing plan were approved on one day.

    Why: the plan of the latest notice is in force; of two of one day the one that comes last would be, by chance.
    Fails: two plans that one notice approved.
    Passes: a plan that the grant notice approved, and one that an amendment approved months later.
    """
    days = {notice.key: notice for notice in case.project.notices}
    day = need(days[need(plan, "notice")], "date")
    for other in case.project.plans[: case.project.plans.index(plan)]:
        if other.notice in days and days[other.notice].date == day:
            yield Issue(
                _("Plan {plan} and plan {other} were both approved on {day}.", plan=plan.key, other=other.key, day=day),
                "notice",
                hint=_("Name the notice that approved each of them, or delete the plan that does not hold."),
            )


Line = IncomeLine | ExpenditureLine


def _lines(case: Case) -> tuple[Line, ...]:
    """Return the lines of the plan in force.

    Raises:
        NotApplicable: there is no plan before it.
    """
    plan = case.project.plan
    if plan is None or case.project.plan_before is None:
        raise NotApplicable
    return (*plan.income, *plan.expenditure)


def _older(case: Case, kind: str) -> Mapping[str, Line]:
    """Return the lines of a kind of the plan before, by the number that they had there."""
    plan = case.project.plan_before
    lines: Iterable[Line] = (*plan.income, *plan.expenditure) if plan else ()
    return {line.key.removeprefix(f"{plan.key}/"): line for line in lines if plan and line.kind == kind}


@rule("CORE-LINE-MOVED", _("A line’s number tells which line it was"), basis=PRODUCT, each=_lines)
def number_is_clear(line: Line, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """Where the plan before had a line of the same number that another line continues, this line says what it is.

    Why: the same number is the same line; where the older line moved on, it is a new line or a part of the older one.
    Fails: line 4 continues line 3 of the plan before, and line 3 says nothing.
    Passes: line 4 continues line 3, and line 3 is said to be new; two plans that number their lines alike.
    """
    older = _older(case, line.kind).get(line.key)
    if older is None or line.stated("continues"):
        return
    moved = [other.key for other in _lines(case) if other.kind == line.kind and other.continues == older.key]
    if moved:
        yield Issue(
            _("Line {line} of the plan before is continued by line {moved}.", line=line.key, moved=tuple(moved)),
            "continues",
            hint=_(
                "Write “new” under “Continues” if line {line} is another one now, or “{line}” if it is a part of it.",
                line=line.key,
            ),
        )


@rule(
    "CORE-LINE-NUMBER",
    _("Entries mean the line that has their number now"),
    basis=PRODUCT,
    severity=Severity.WARNING,
    each=_lines,
)
def number_means_the_new_line(line: Line, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """No receipt or income from before the plan in force stands on a number that was another line then.

    Why: receipts mean the plan in force; one that was typed by the numbers of the older plan is on the wrong line.
    Fails: line 3 is new since 01.10.2024, and a receipt of 02.07.2024 is on line 3.
    Passes: a receipt of 02.11.2024 on line 3; any receipt on a line whose number did not change.
    """
    older, plan = _older(case, line.kind).get(line.key), case.project.plan
    if older is None or plan is None or not line.stated("continues") or line.continues == older.key:
        raise NotApplicable
    day = next(notice.date for notice in case.project.notices if notice.key == plan.notice)
    early = [key for key, entered in _entries(case, line) if entered and day and entered < day]
    if early:
        yield Issue(
            _(
                "Line {line} was “{title}” before {day}; entries from before then are on it: {keys}",
                line=line.key,
                title=older.called,
                day=day,
                keys=tuple(early[:SHOWN]),
            ),
            hint=_(
                "An entry that means the older line takes “{older}” as its line. Where all of them are right, enter "
                "an internal note as a waiver.",
                older=older.key,
            ),
        )


def _entries(case: Case, line: Line) -> Iterator[tuple[str, date | None]]:
    """Yield the key and the day of each receipt's part, or of each income, on a line."""
    if isinstance(line, IncomeLine):
        yield from ((each.key, each.date) for each in case.project.incomes if each.income_line == line.key)
    for receipt in case.project.receipts if isinstance(line, ExpenditureLine) else ():
        yield from ((part.key, receipt.issued_on) for part in receipt.allocations if part.line == line.key)
