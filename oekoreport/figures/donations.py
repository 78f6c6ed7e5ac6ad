"""Donations: which of them stand beside the grant, and which count as cover funds like all income.

They count (ANBest 1.2) unless a guideline leaves them out of account as far as an own share remains (Richtlinie
ÖKOPROFIT 4.3; the authority may, so a notice has to have said so), or the Land lets them stand in for own funds
(ANBest-P and ANBest-K Sachsen 1.2). Either is by degrees: only what exceeds it counts. All of them are meant that are
earmarked for the project, for one of its lines or for the whole.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from oekoreport.figures.engine import Chapter, Figures
from oekoreport.figures.reduction import due_beside, financing_type, more_cover
from oekoreport.figures.settling import Settling, settled_either_way
from oekoreport.figures.values import ZERO, Value, greatest, least, read, term, total
from oekoreport.language import catalogue
from oekoreport.law import Parameter, Presence, Status
from oekoreport.model.grant import FinancingType
from oekoreport.model.plan import FundingSource
from oekoreport.units import Quantity

_ = catalogue("oekoreport")

DONATIONS = Chapter()

OWN_SHARE = "own_share_minimum"
REPLACE_OWN = "donations_replace_own_funds"
REDUCE_GAP = "donations_reduce_gap"

COUNTED = _("none")
"""What an authority's term says that does not leave donations out of account."""


@DONATIONS.figure("settlement.donations", "EUR", _("Donations received"))
def _donations(figures: Figures) -> Value:
    donated = [each for each in figures.project.incomes if each.source is FundingSource.DONATION]
    return total(read(income, "amount") for income in donated)


@DONATIONS.figure("settlement.donations_planned", "EUR", _("Donations planned"))
def _donations_planned(figures: Figures) -> Value:
    lines = figures.project.plan.income if figures.project.plan else ()
    donated = [line for line in lines if line.source is FundingSource.DONATION]
    return total(read(line, "planned") for line in donated)


# --- the own share that has to remain --------------------------------------------------------------------------------


def _share_to_remain(figures: Figures) -> Value | None:
    """Return the own share, in per cent, beside which donations stay out of account; None where they count.

    Unknown where a parameter decides that nobody settled and that makes a difference to the grant due.
    """
    own_share = figures.terms[OWN_SHARE]
    if own_share.status is Status.NOTICE and own_share.presence is not Presence.UNKNOWN:
        return None if own_share.presence is Presence.NONE else term(own_share)
    if own_share.pack and own_share.presence is not Presence.NONE:
        return _discretion(figures, own_share)
    return _in_place_of_own_funds(figures)


def _discretion(figures: Figures, own_share: Parameter) -> Value | None:
    """Return the own share of a guideline whose discretion no notice has exercised.

    Unknown where that makes a difference to the grant due; a share that nobody knows leaves out what none would.
    """
    percent = own_share.value if isinstance(own_share.value, Decimal) else None
    exercised = percent or Decimal(0)
    ways = Settling(exercised, Quantity(exercised, "%")), Settling(None, COUNTED)
    may = replace(own_share, source=_("{source}; the authority may, and no notice says so", source=own_share.source))
    return settled_either_way(figures, may, ways) or (None if percent is None else term(own_share))


def _in_place_of_own_funds(figures: Figures) -> Value | None:
    parameter = figures.terms[REPLACE_OWN]
    fills_gap = financing_type(figures) is FinancingType.GAP and figures.terms[REDUCE_GAP].value is True
    if parameter.value is not True or fills_gap:
        return None
    return Value(Decimal(0), (parameter,))


# --- what stays out of account ---------------------------------------------------------------------------------------


@DONATIONS.figure(
    "settlement.grant_beside_donations",
    "EUR",
    _("Grant if donations stay out of account"),
    how=_("The grant due before donations reduce it; the own share that has to remain is reckoned with it"),
)
def _grant_beside_donations(figures: Figures) -> Value:
    donations, planned = figures.value("settlement.donations"), figures.value("settlement.donations_planned")
    due = due_beside(figures, more_cover(figures, donations, planned))
    limits = [figures.value("settlement.granted"), figures.value("settlement.cap")]
    if financing_type(figures) is not FinancingType.FIXED:
        limits.append(_not_covered_by_others(figures))
    return greatest(least(due, *limits), ZERO)


def _not_covered_by_others(figures: Figures) -> Value:
    others = figures.value("settlement.cover_funds") - figures.value("settlement.donations")
    return figures.value("expenditure.spent") - others


@DONATIONS.figure(
    "settlement.disregarded",
    "EUR",
    _("Donations disregarded"),
    how=_(
        "The donations beside which the required own share of the recognized expenditure remains, reckoned with the "
        "grant before donations reduce it"
    ),
)
def _disregarded(figures: Figures) -> Value:
    donations = figures.value("settlement.donations")
    if not donations.amount:
        return donations
    share = figures.once(_share_to_remain)
    if share is None:
        return _all_counted(figures, donations)
    own = _not_covered_by_others(figures) - figures.value("settlement.grant_beside_donations")
    room = own - figures.value("settlement.recognized") * share / 100
    return greatest(least(donations, room), ZERO)


def _all_counted(figures: Figures, donations: Value) -> Value:
    """Return none, leaning on the law of the Land where nobody knows it."""
    parameter = figures.terms[REPLACE_OWN]
    leans = (parameter,) if parameter.presence is Presence.UNKNOWN and not figures.terms[OWN_SHARE].pack else ()
    return Value(Decimal(0), (*donations.basis, *leans))


@DONATIONS.figure(
    "settlement.disregarded_planned",
    "EUR",
    _("Planned donations disregarded"),
    how=_(
        "As much as of those received; of what did not come in, that beside which the own share remained in the plan: "
        "both sides of the comparison leave out the same"
    ),
)
def _disregarded_planned(figures: Figures) -> Value:
    planned = figures.value("settlement.donations_planned")
    if not planned.amount:
        return planned
    share = figures.once(_share_to_remain)
    if share is None:
        return Value(Decimal(0), planned.basis)
    others = figures.value("settlement.cover_funds_planned") - planned
    own = figures.value("expenditure.planned") - others - figures.value("settlement.granted")
    room = own - figures.value("expenditure.planned_eligible") * share / 100
    missing = least(planned, room) - figures.value("settlement.donations")
    return least(planned, figures.value("settlement.disregarded")) + greatest(missing, ZERO)


@DONATIONS.figure(
    "settlement.donations_beyond_own_funds",
    "EUR",
    _("Donations beyond own funds"),
    how=_("What exceeds the own funds that donations may stand in for reduces a fixed amount too"),
)
def _beyond_own_funds(figures: Figures) -> Value:
    replaces = figures.terms[REPLACE_OWN]
    if replaces.value is not True:
        return ZERO
    return figures.value("settlement.donations") - figures.value("settlement.disregarded")
