"""What follows from the grant due: what is left to claim or to pay back, and the own funds, which are what remains."""

from __future__ import annotations

from decimal import Decimal

from oekoreport.figures.engine import Chapter, Figures
from oekoreport.figures.settlement import planned_from
from oekoreport.figures.values import ZERO, FigureRef, Value, greatest
from oekoreport.language import catalogue
from oekoreport.law import Grades, Presence
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
    return greatest(figures.value("settlement.paid_out") - figures.value("settlement.grant_due"), ZERO)


@CLAIMS.figure(
    "settlement.repayment_due",
    "EUR",
    _("Repayment to be demanded"),
    how=_("Nothing where the expected repayment is so small that the law in force does not recall it"),
)
def _repayment_due(figures: Figures) -> Value:
    repayment = figures.value("settlement.repayment")
    if not repayment.amount:
        return repayment
    minimum, steps = figures.terms[RECALL_MINIMUM], figures.terms[RECALL_STEPS]
    basis = (*repayment.basis, *(each for each in (minimum, steps) if each.presence is not Presence.NONE))
    too_small = isinstance(minimum.value, Decimal) and repayment.amount < minimum.value
    if isinstance(steps.value, Grades):
        granted = figures.value("settlement.granted")
        basis = (*basis, FigureRef("settlement.granted"))
        too_small = granted.amount is not None and repayment.amount <= steps.value.amount(granted.amount)
    return Value(Decimal(0) if too_small else repayment.amount, basis)


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
