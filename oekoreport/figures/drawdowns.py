"""The use of drawdowns: what was called is used up in the order of payments, in time or late, and what that costs.

Share and fixed amount are used together with other money, in proportion; a gap and full financing come after it.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import partial

from oekoreport.figures.engine import Chapter, Figures
from oekoreport.figures.interest import interest
from oekoreport.figures.spending import eligible_over_time, spendings
from oekoreport.figures.values import DayValue, FieldRef, FigureRef, Value, read, term, total, unknown
from oekoreport.language import catalogue
from oekoreport.model import Project
from oekoreport.model.drawdown import Drawdown
from oekoreport.model.grant import FinancingType

_ = catalogue("oekoreport")

DRAWDOWNS = Chapter()

WINDOW_MONTHS, WINDOW_WEEKS = "drawdown_window_months", "drawdown_window_weeks"
CENT = Decimal("0.01")


def drawdowns(project: Project) -> Iterable[Drawdown]:
    """Return the drawdowns in the order of their payout."""
    return sorted(project.drawdowns, key=lambda drawdown: drawdown.paid_on or date.max)


def add_months(day: date, months: int) -> date:
    """Return the same day some months later, or the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@DRAWDOWNS.figure(
    "drawdown.use_by",
    "date",
    _("To be used by"),
    each=drawdowns,
    how=_("Day of the payout and the window that the law in force on that day allows for use"),
)
def _use_by(figures: Figures, drawdown: Drawdown) -> DayValue:
    reference = FieldRef(drawdown.kind, drawdown.key, "paid_on")
    if drawdown.paid_on is None:
        return DayValue(None, (reference,), (reference,))
    terms = figures.terms.as_of(drawdown.paid_on)
    months, weeks = terms[WINDOW_MONTHS], terms[WINDOW_WEEKS]
    if isinstance(months.value, Decimal) and months.value == int(months.value):
        return DayValue(add_months(drawdown.paid_on, int(months.value)), (reference, *term(months).basis))
    if isinstance(weeks.value, Decimal) and weeks.value == int(weeks.value):
        return DayValue(drawdown.paid_on + timedelta(weeks=int(weeks.value)), (reference, *term(weeks).basis))
    return DayValue(None, (reference,), (_("the parameter {title}", title=months.title),))


# --- use over time ---------------------------------------------------------------------------------------------------


class Use:
    """How much of the grant was used by any day, and in which pieces a drawdown was used up.

    ``steps`` are the days on which that changed, with the amount in cents from then on.
    """

    def __init__(self, steps: Sequence[tuple[date, Decimal]]) -> None:
        self._steps = steps

    def pieces(self, drawdown: Drawdown, called_before: Decimal) -> Iterator[tuple[date, Decimal]]:
        """Yield when which amount of a drawdown was used, in order; what was spent before counts on the payout day."""
        amount, paid_on = drawdown.amount or Decimal(0), drawdown.paid_on or date.max
        done = Decimal(0)
        for day, total_used in self._steps:
            used = min(max(total_used - called_before, Decimal(0)), amount)
            if used > done:
                yield max(day, paid_on), used - done
                done = used


def use_of(figures: Figures) -> Use | Value:
    """Return the use of the grant over time, to be computed once; unknown where a payment or the financing is.

    What came back later was not used: on each day counts the least that stays eligible from then on. With the last
    payment all is used that is due: the settlement calls nothing unused that it leaves to the recipient.
    """
    flow = figures.once(spendings)
    if isinstance(flow, Value):
        return flow
    quota = _quota(figures)
    if isinstance(quota, Value):
        return quota
    share, first = quota
    due = figures.value("settlement.grant_due").amount or Decimal(0)
    last = max((spending.day for spending in flow if spending.spent > 0), default=date.max)
    steps: list[tuple[date, Decimal]] = []
    stays = Decimal("Infinity")
    for day, eligible in reversed(eligible_over_time(figures, flow)):
        stays = min(stays, eligible)
        used = (max(stays - first, Decimal(0)) * share).quantize(CENT, ROUND_HALF_UP)
        steps.append((day, max(used, due) if day >= last else used))
    return Use(steps[::-1])


def _quota(figures: Figures) -> tuple[Decimal, Decimal] | Value:
    """Return the share of eligible expenditure that uses the grant, and what other money pays before."""
    grant = figures.project.grant
    kind = grant.financing_type if grant else None
    granted, planned = figures.value("settlement.granted"), figures.value("expenditure.planned_eligible")
    if kind is None or granted.amount is None or planned.amount is None:
        return unknown(FieldRef("grant", "grant", "financing_type"), *granted.missing, *planned.missing)
    if kind in (FinancingType.GAP, FinancingType.FULL):
        return Decimal(1), max(planned.amount - granted.amount, Decimal(0))
    rate = figures.value("settlement.rate").amount
    if kind is FinancingType.SHARE and rate is not None:
        return rate / 100, Decimal(0)
    return (granted.amount / planned.amount if planned.amount else Decimal(0)), Decimal(0)


def _pieces(figures: Figures, drawdown: Drawdown) -> list[tuple[date, Decimal]] | Value:
    use = figures.once(use_of)
    if isinstance(use, Value):
        return use
    before = Decimal(0)
    for each in drawdowns(figures.project):
        if each.paid_on is None or each.amount is None:
            return unknown(FieldRef(each.kind, each.key, "paid_on" if each.paid_on is None else "amount"))
        if each.key == drawdown.key:
            break
        before += each.amount
    return list(use.pieces(drawdown, before))


def _basis(drawdown: Drawdown) -> tuple[FieldRef | FigureRef, ...]:
    own = (FieldRef(drawdown.kind, drawdown.key, "amount"), FieldRef(drawdown.kind, drawdown.key, "paid_on"))
    return (*own, FigureRef("expenditure.eligible"), FigureRef("settlement.granted"))


@DRAWDOWNS.figure(
    "drawdown.used_up",
    "date",
    _("Fully used on"),
    each=drawdowns,
    how=_("Day of the payment with which the whole drawdown was used, earlier drawdowns first"),
)
def _used_up(figures: Figures, drawdown: Drawdown) -> DayValue:
    pieces = _pieces(figures, drawdown)
    if isinstance(pieces, Value):
        return DayValue(None, _basis(drawdown), pieces.missing)
    if sum((amount for _day, amount in pieces), Decimal(0)) < (drawdown.amount or Decimal(0)):
        return DayValue(None, _basis(drawdown), (_("it was not fully used"),))
    return DayValue(pieces[-1][0] if pieces else drawdown.paid_on, _basis(drawdown))


def _used(figures: Figures, drawdown: Drawdown, *, late: bool) -> Value:
    """Return how much of a drawdown was used within its window, or after it."""
    pieces, use_by = _pieces(figures, drawdown), figures.day(f"drawdown.use_by/{drawdown.key}")
    if isinstance(pieces, Value):
        return Value(None, _basis(drawdown), pieces.missing)
    if use_by.day is None:
        return Value(None, _basis(drawdown), use_by.missing)
    amounts = (amount for day, amount in pieces if (day > use_by.day) is late)
    return Value(sum(amounts, Decimal(0)), (*_basis(drawdown), *use_by.basis))


for _name, _title, _late in (("used_in_time", _("Used in time"), False), ("used_late", _("Used late"), True)):
    DRAWDOWNS.figure(f"drawdown.{_name}", "EUR", _title, each=drawdowns)(partial(_used, late=_late))


@DRAWDOWNS.figure(
    "drawdown.unused", "EUR", _("Not used"), each=drawdowns, how=_("Amount paid out less what was used of it")
)
def _unused(figures: Figures, drawdown: Drawdown) -> Value:
    used = figures.value(f"drawdown.used_in_time/{drawdown.key}") + figures.value(f"drawdown.used_late/{drawdown.key}")
    return read(drawdown, "amount") - used


for _name, _title in (("used_in_time", _("Used in time")), ("used_late", _("Used late")), ("unused", _("Not used"))):
    _how = _("Sum of the drawdowns")
    DRAWDOWNS.sum(f"drawdowns.{_name}", "EUR", _title, of=f"drawdown.{_name}", each=drawdowns, how=_how)


# --- interest --------------------------------------------------------------------------------------------------------


@DRAWDOWNS.figure(
    "drawdown.interest",
    "EUR",
    _("Interest on late use"),
    each=drawdowns,
    how=_("From the payout to the day before each late use"),
)
def _late_interest(figures: Figures, drawdown: Drawdown) -> Value:
    late = figures.value(f"drawdown.used_late/{drawdown.key}")
    pieces = _pieces(figures, drawdown)
    if late.amount is None or isinstance(pieces, Value) or drawdown.paid_on is None:
        return unknown(*late.missing, basis=late.basis)
    use_by = figures.day(f"drawdown.use_by/{drawdown.key}").day or date.max
    paid_on = drawdown.paid_on
    owed = [interest(figures, Value(amount, late.basis), paid_on, day) for day, amount in pieces if day > use_by]
    return total(owed) if owed else Value(Decimal(0), late.basis)


DRAWDOWNS.sum(
    "settlement.use_interest",
    "EUR",
    _("Interest on late use"),
    of="drawdown.interest",
    each=drawdowns,
    how=_("Sum of the drawdowns"),
)


@DRAWDOWNS.figure(
    "settlement.repayment_interest",
    "EUR",
    _("Interest on the repayment"),
    how=_("From the day the claim arises (the last payout if the authority names no day) to the day before repayment"),
)
def _repayment_interest(figures: Figures) -> Value:
    repayment = figures.value("settlement.repayment")
    if repayment.amount is None or repayment.amount == 0:
        return repayment
    grant = figures.project.grant
    payouts = [each for each in drawdowns(figures.project) if each.paid_on]
    if grant is None or grant.repaid_on is None:
        return unknown(FieldRef("grant", grant.key if grant else "grant", "repaid_on"), basis=repayment.basis)
    if grant.claim_on is not None:
        start, reference = grant.claim_on, FieldRef("grant", grant.key, "claim_on")
    elif payouts:
        last = payouts[-1]
        start, reference = last.paid_on or date.max, FieldRef(last.kind, last.key, "paid_on")
    else:
        return unknown(FieldRef("grant", grant.key, "claim_on"), basis=repayment.basis)
    principal = Value(repayment.amount, (*repayment.basis, reference, FieldRef("grant", grant.key, "repaid_on")))
    return interest(figures, principal, start, grant.repaid_on)


@DRAWDOWNS.figure("settlement.interest", "EUR", _("Interest"), how=_("Interest on late use and on the repayment"))
def _interest(figures: Figures) -> Value:
    return figures.value("settlement.use_interest") + figures.value("settlement.repayment_interest")


@DRAWDOWNS.figure(
    "settlement.interest_due",
    "EUR",
    _("Interest due"),
    how=_("Interest, if it exceeds the amount up to which the law in force waives it"),
)
def _interest_due(figures: Figures) -> Value:
    claimed = figures.value("settlement.interest")
    threshold = figures.terms["interest_threshold"].value
    if isinstance(threshold, Decimal) and claimed.amount is not None and claimed.amount <= threshold:
        return Value(Decimal(0), (*claimed.basis, *figures.term("interest_threshold").basis))
    return claimed
