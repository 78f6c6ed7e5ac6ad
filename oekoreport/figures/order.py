"""The order in which the grant is used beside other money: how much of it eligible expenditure uses, and from when.

Share and fixed amount are used together with the other money, in the proportion that the plan provides for; a gap is
financed after own funds, by all who finance it in proportion. What a plan or a notice provides for holds from its day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from oekoreport.figures.engine import Figures
from oekoreport.figures.printed_rate import explained_by_rounding, printed_rate
from oekoreport.figures.values import Basis, FieldRef, FigureRef, Value, read, total, unknown, unread
from oekoreport.language import Message, catalogue
from oekoreport.law import Presence
from oekoreport.model.grant import FinancingType, Grant, ReductionMethod
from oekoreport.model.money import half_up
from oekoreport.model.plan import FundingSource, IncomeLine
from oekoreport.model.standing import plan_on

_ = catalogue("oekoreport")

IN_PROPORTION, AFTER_OWN_FUNDS = "use_in_proportion", "use_after_own_funds"
GAP_SHARED, PLAN_OF_DAY = "use_of_gap_in_proportion", "use_by_plan_of_day"
PER_CENT = Decimal(100)
GAP = (FinancingType.GAP, FinancingType.FULL)
PLAN = (FigureRef("settlement.granted"), FigureRef("expenditure.planned_eligible"))


class Quota(NamedTuple):
    """Of eligible expenditure beyond ``before``, which other money pays, ``part`` of each ``whole`` uses the grant."""

    part: Decimal
    whole: Decimal
    before: Decimal = Decimal(0)

    def of(self, eligible: Decimal) -> Decimal:
        """Return how much of the grant eligible expenditure uses, to the cent."""
        if not self.whole:
            return Decimal(0)
        return half_up(max(eligible - self.before, Decimal(0)) * self.part / self.whole)

    def same_as(self, other: Quota) -> bool:
        """Tell whether another quota comes to the same."""
        return self.part * other.whole == other.part * self.whole and self.before == other.before


Quotas: TypeAlias = Sequence[tuple[date, Quota]]
"""Quotas, each with the day from which it holds; the first one holds before that day, too."""


class Order(NamedTuple):
    """A way to use the grant: what it is called, its quotas, and what they rest on."""

    title: Message
    quotas: Quotas
    basis: tuple[Basis, ...]


def orders(figures: Figures) -> Sequence[Order] | Value:
    """Return the order in which the grant is used; two where rate and proportion differ and the notice is silent.

    Unknown where the financing or the plan is, and where the law has an order that is not one of these.
    """
    grant = figures.project.grant
    if grant is None or grant.financing_type is None:
        return unknown(FieldRef("grant", grant.key if grant else "grant", "financing_type"))
    law = figures.terms[AFTER_OWN_FUNDS if grant.financing_type in GAP else IN_PROPORTION]
    if not _if_not_denied(figures, law.name):
        return unknown(_("the order in which the grant is used"), basis=(law,))
    planned = _planned(figures, gap=grant.financing_type in GAP)
    if isinstance(planned, Value):
        return planned
    return [order._replace(basis=(law, *order.basis)) for order in _possible(figures, grant, planned)]


def _possible(figures: Figures, grant: Grant, planned: Order) -> list[Order]:
    """Return the rate or the proportion of the plan as the notice reduces the grant; both where it is silent."""
    if grant.financing_type is not FinancingType.SHARE or grant.rate is None:
        return [planned]
    rate, quota = grant.rate, Quota(grant.rate, PER_CENT)
    by_rate = Order(_("by the rate"), [(date.min, quota)], (FigureRef("settlement.rate"),))
    method = FieldRef(grant.kind, grant.key, "reduction_method")
    match grant.reduction_method:
        case ReductionMethod.RATE:
            return [by_rate._replace(basis=(*by_rate.basis, method))]
        case ReductionMethod.PRO_RATA:
            return [planned._replace(basis=(*planned.basis, method))]
    alike = all(explained_by_rounding(rate, quota.part, quota.whole) for _day, quota in planned.quotas)
    rounded = printed_rate(figures)
    return [planned._replace(basis=(*planned.basis, *([rounded] if rounded else ())))] if alike else [by_rate, planned]


# --- what the plan provides for --------------------------------------------------------------------------------------


def _planned(figures: Figures, *, gap: bool) -> Order | Value:
    """Return the order by the plan, its quotas as plan and notices changed: a payment follows the plan of its day.

    Where the law says that it does not, the plan in force holds for all days.
    """
    granted, planned = (figures.value(each.name) for each in PLAN)
    if not (granted.known and planned.known):
        return unknown(*granted.missing, *planned.missing)
    shared = _if_not_denied(figures, GAP_SHARED)
    found: list[tuple[date, Quota]] = []
    basis: dict[Basis, None] = dict.fromkeys(PLAN)
    for day in _days_of_notices(figures):
        funds = _funds(figures, day)
        if isinstance(funds, Value):
            return funds
        quota = funds.gap(shared=shared) if gap else funds.proportion
        if gap and funds.others:
            basis[figures.terms[GAP_SHARED]] = None
        if not found or not quota.same_as(found[-1][1]):
            found.append((day, quota))
    if len(found) > 1:
        basis[figures.terms[PLAN_OF_DAY]] = None
        found = found if _if_not_denied(figures, PLAN_OF_DAY) else found[-1:]
    return Order(_("after own funds") if gap else _("in proportion to the plan"), found, tuple(basis))


def _if_not_denied(figures: Figures, name: str) -> bool:
    """Tell whether a way of reckoning holds: where the law is silent it is taken, and leaned on."""
    parameter = figures.terms[name]
    return parameter.presence is not Presence.NONE and parameter.value is not False


class Funds(NamedTuple):
    """What a plan provides for: the grant, the eligible expenditure, and what others give for the same gap."""

    granted: Decimal
    eligible: Decimal
    others: Decimal

    @property
    def proportion(self) -> Quota:
        """The grant's part of the eligible expenditure."""
        return Quota(self.granted, self.eligible)

    def gap(self, *, shared: bool) -> Quota:
        """Return the quota after own funds; where several fill the gap, in proportion, or after the others."""
        together = self.granted + (self.others if shared else 0)
        return Quota(self.granted, together, max(self.eligible - together, Decimal(0)))


def _days_of_notices(figures: Figures) -> list[date]:
    """Return the days on which what is planned may have changed, from that of the first plan on."""
    days = sorted({notice.date for notice in figures.project.notices if notice.date})
    return [day for day in days if plan_on(figures.project, day)] or [date.max]


def _funds(figures: Figures, day: date) -> Funds | Value:
    """Return what plan and notices of a day provide for; unknown where an amount is."""
    notices = [each for each in figures.project.notices if each.date is None or each.date <= day]
    plan = plan_on(figures.project, day)
    if plan is None:
        return unknown(_("the financing plan in force"))
    if missing := unread(plan.income, "source"):
        return unknown(*missing)
    amounts = (
        total(read(notice, "amount") for notice in notices),
        total(read(line, "planned_eligible") for line in plan.expenditure),
        total(read(line, "planned") for line in plan.income if _fills_the_gap(line)),
    )
    lacking = [part for amount in amounts for part in amount.missing]
    if lacking:
        return unknown(*lacking)
    return Funds(*(amount.amount or Decimal(0) for amount in amounts))


def _fills_the_gap(line: IncomeLine) -> bool:
    """Tell whether a line of planned income is public money that is not tied to an expenditure line."""
    return line.source is FundingSource.PUBLIC and not line.stated("covers")
