"""What follows from the grant due: what is left to claim or to pay back, and the own funds, which are what remains."""

from __future__ import annotations

from decimal import Decimal

from oekoreport.figures.engine import Chapter, Figures
from oekoreport.figures.settlement import planned_from
from oekoreport.figures.values import ZERO, Value, greatest
from oekoreport.language import catalogue
from oekoreport.law import Grades, Parameter, Presence, Status
from oekoreport.model.plan import FundingSource

_ = catalogue("oekoreport")

CLAIMS = Chapter()

RECALL_MINIMUM, RECALL_STEPS = "recall_minimum", "recall_steps"


@CLAIMS.figure("settlement.reduction", "EUR", _("Reduction"), how=_("Amount granted less the grant due"))
def _reduction(figures: Figures) -> Value:
    return figures.value("settlement.granted") - figures.value("settlement.grant_due")


@CLAIMS.figure("settlement.remaining_claim", "EUR", _("Remaining claim"), how=_("Grant due less what was paid out"))
def _remaining_claim(figures: Figures) -> Value:
    return greatest(figures.value("settlement.grant_due") - figures.value("settlement.paid_out"), ZERO)


@CLAIMS.figure("settlement.repayment", "EUR", _("Expected repayment"), how=_("The payouts exceeding the grant due"))
def _repayment(figures: Figures) -> Value:
    paid_out = figures.value("settlement.paid_out")
    if paid_out.amount == 0:  # whatever is due
        return paid_out
    return greatest(paid_out - figures.value("settlement.grant_due"), ZERO)


@CLAIMS.figure(
    "settlement.repayment_due",
    "EUR",
    _("Repayment to be demanded"),
    how=_("Nothing where the expected repayment is so small that the law in force does not recall it"),
)
def _repayment_due(figures: Figures) -> Value:
    repayment, granted = figures.value("settlement.repayment"), figures.value("settlement.granted")
    if not repayment.amount or granted.amount is None:
        return repayment
    limit = _recall_limit(figures)
    too_small = _is_too_small(repayment.amount, granted.amount, limit.value)
    return Value(Decimal(0) if too_small else repayment.amount, (*repayment.basis, *granted.basis, limit))


def _recall_limit(figures: Figures) -> Parameter:
    """Return what is too little to be recalled: what the notice says, else the Land's grades, else its one amount."""
    minimum, steps = figures.terms[RECALL_MINIMUM], figures.terms[RECALL_STEPS]
    return steps if steps.presence is Presence.VALUE and minimum.status is not Status.NOTICE else minimum


def _is_too_small(repayment: Decimal, granted: Decimal, limit: object) -> bool:
    """Tell whether a repayment is below the one amount (VV Sachsen 8.8), or not above its grade (VVK Sachsen 8.7)."""
    match limit:
        case Grades():
            return repayment <= limit.amount(granted)
        case Decimal():
            return repayment < limit
    return False


@CLAIMS.figure(
    "settlement.uncalled", "EUR", _("Granted but not drawn down"), how=_("Amount granted less what was paid out")
)
def _uncalled(figures: Figures) -> Value:
    return figures.value("settlement.granted") - figures.value("settlement.paid_out")


@CLAIMS.figure(
    "settlement.own_funds",
    "EUR",
    _("Own funds"),
    how=_("The rest of the expenditure after other income and the grant due"),
)
def _own_funds(figures: Figures) -> Value:
    spent, others = figures.value("expenditure.spent"), figures.value("settlement.cover_funds")
    return spent - others - figures.value("settlement.grant_due")


@CLAIMS.figure("settlement.own_funds_planned", "EUR", _("Own funds planned"))
def _own_funds_planned(figures: Figures) -> Value:
    return planned_from(figures.project, lambda source: source is FundingSource.OWN)


@CLAIMS.figure("settlement.result", "EUR", _("Income less expenditure"))
def _result(figures: Figures) -> Value:
    return figures.value("income.received") - figures.value("expenditure.spent")
