"""What provisions ask of a project; what is not there leaves them undecided."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from oekoreport.language import catalogue
from oekoreport.model.grant import Grant
from oekoreport.model.notice import Notice
from oekoreport.model.plan import ExpenditureLine, FinancingPlan
from oekoreport.model.receipt import Allocation, Receipt
from oekoreport.rules import Case, NotApplicable, Undecided, need

_ = catalogue("oekoreport")


def grant_of(case: Case) -> Grant:
    """Return the grant.

    Raises:
        Undecided: there is none.
    """
    if case.project.grant is None:
        raise Undecided(_("There is no grant."))
    return case.project.grant


def the_grant(case: Case) -> tuple[Grant]:
    """Return the grant as the one object of a rule."""
    return (grant_of(case),)


def grant_notice(case: Case) -> Notice:
    """Return the notice that granted it all.

    Raises:
        Undecided: there is none.
    """
    if case.project.grant_notice is None:
        raise Undecided(_("There is no grant notice."))
    return case.project.grant_notice


def plan_in_force(case: Case) -> FinancingPlan:
    """Return the plan in force.

    Raises:
        Undecided: there is none, or nobody can tell which of several it is.
    """
    if case.project.plan is not None:
        return case.project.plan
    if case.project.plans:
        raise Undecided(_("Which financing plan is in force is unknown: the day of a notice is missing."))
    raise Undecided(_("There is no financing plan."))


def the_plan(case: Case) -> tuple[FinancingPlan]:
    """Return the plan in force as the one object of a rule."""
    return (plan_in_force(case),)


def lines(case: Case) -> Iterable[ExpenditureLine]:
    """Return the expenditure lines of the plan in force."""
    return plan_in_force(case).expenditure


def receipts(case: Case) -> tuple[Receipt, ...]:
    """Return the receipts."""
    return case.project.receipts


def parts(case: Case) -> list[Allocation]:
    """Return the parts of all receipts."""
    return [part for receipt in case.project.receipts for part in receipt.allocations]


def may_be_eligible(part: Allocation, case: Case) -> bool:
    """Tell whether a part asks to be counted: it states an eligible amount, or none on a line that is eligible.

    Raises:
        Undecided: what decides on it is unknown.
    """
    if part.stated("eligible"):
        return bool(need(part, "eligible"))
    key = need(part, "line")
    line = next((line for line in lines(case) if line.key == key), None)
    return line is None or bool(need(line, "planned_eligible"))


def after_the_period(case: Case) -> None:
    """Let a rule pass over the project while its approval period runs.

    Raises:
        NotApplicable: the reference date is before the last day of the period.
        Undecided: one of the two days is unknown.
    """
    end: date = need(grant_of(case), "period_end")
    if case.today() < end:
        raise NotApplicable
