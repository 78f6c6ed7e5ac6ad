"""The grant due by the type of financing: what the change against the plan leaves of the grant.

The grant follows the whole result (VG Hannover, 25.6.2003, 6 A 3946/01): what eligible expenditure fell by, together
with what other cover funds rose by. Share, gap and full financing never exceed what is not covered otherwise: all
income is to be used for all expenditure (ANBest 1.2), so nobody earns on a grant. A fixed amount is cut so only where
the notice says it (VV 2.2.3: a fixed amount stays).
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from oekoreport.figures.cover import cover_of
from oekoreport.figures.engine import Chapter, Figures
from oekoreport.figures.printed_rate import exact_rate, printed_rate, stated_rate
from oekoreport.figures.settling import DUE, YES_OR_NO, by_method, either, settled_either_way
from oekoreport.figures.values import ZERO, FieldRef, Value, greatest, least, read, total, unknown
from oekoreport.language import Message, catalogue
from oekoreport.law import Presence
from oekoreport.model.grant import FinancingType, ReductionMethod
from oekoreport.model.plan import FundingSource
from oekoreport.units import euro

_ = catalogue("oekoreport")

REDUCTION = Chapter()

THRESHOLD = "reduction_threshold"
GAP_SHARED = "gap_reduction_shared"
FIXED_LIMITED = "fixed_amount_limited"


def financing_type(figures: Figures) -> FinancingType | None:
    """Return how the grant follows the expenditure; None where nobody says."""
    return figures.project.grant.financing_type if figures.project.grant else None


# --- the change against the plan -------------------------------------------------------------------------------------


def more_cover(figures: Figures, left_out: Value, left_out_planned: Value) -> Value:
    """Return what more came in as free cover funds than planned, donations that are left out taken off both."""
    received = figures.value("settlement.free_cover") - left_out
    return received - (figures.value("settlement.free_cover_planned") - left_out_planned)


def _more_cover(figures: Figures) -> Value:
    left_out, planned = figures.value("settlement.disregarded"), figures.value("settlement.disregarded_planned")
    return more_cover(figures, left_out, planned)


def _fallen(figures: Figures) -> Value:
    return figures.value("expenditure.planned_eligible") - figures.value("settlement.recognized")


def _kept(figures: Figures, reduced: Value, whole: Value, more: Value) -> Value:
    """Return what a change leaves: the whole where the law in force disregards so small a change, else the reduced.

    The threshold is one for the fall of the eligible expenditure and one for the rise of the cover funds, each by
    itself (ANBest-P Sachsen 2.2: „die zuwendungsfähigen Ausgaben oder die Deckungsmittel“). Wherever there is a change
    the value leans on it, known or not.
    """
    if reduced.amount is None or whole.amount is None or reduced.amount >= whole.amount:
        return reduced
    threshold, fallen = figures.terms[THRESHOLD], _fallen(figures)
    basis = (*reduced.basis, threshold)
    changes = (fallen.amount, more.amount)
    if isinstance(threshold.value, Decimal) and all(each is not None and each <= threshold.value for each in changes):
        return Value(whole.amount, basis)
    return Value(reduced.amount, basis)


@REDUCTION.figure(
    "settlement.change",
    "EUR",
    _("Change against the plan"),
    how=_(
        "Recognized less planned eligible expenditure, less additional (or plus missing) income not tied to a "
        "line: the whole result, not income alone"
    ),
)
def _change(figures: Figures) -> Value:
    return -_fallen(figures) - _more_cover(figures)


@REDUCTION.figure(
    "settlement.base",
    "EUR",
    _("Base of the grant"),
    how=_(
        "Recognized expenditure less additional income not tied to a line, limited to the planned eligible "
        "expenditure; amounts below the law's threshold are disregarded"
    ),
)
def _base(figures: Figures) -> Value:
    return base_beside(figures, _more_cover(figures))


def base_beside(figures: Figures, more: Value) -> Value:
    """Return the base of a share where so much more came in as cover funds than planned."""
    planned = figures.value("expenditure.planned_eligible")
    base = least(figures.value("settlement.recognized") - greatest(more, ZERO), planned)
    return _kept(figures, base, planned, more)


# --- a share ---------------------------------------------------------------------------------------------------------


def _by_rate(figures: Figures, base: Value) -> Value:
    return base * figures.value("settlement.rate") / 100


def _pro_rata(figures: Figures, base: Value) -> Value:
    return figures.value("settlement.granted") * base / figures.value("expenditure.planned_eligible")


@REDUCTION.figure("settlement.by_rate", "EUR", _("Share of the base"), how=_("Rate of the base of the grant"))
def _share_by_rate(figures: Figures) -> Value:
    return _by_rate(figures, figures.value("settlement.base")).cents()


@REDUCTION.figure(
    "settlement.pro_rata",
    "EUR",
    _("Grant in proportion to the plan"),
    how=_("Amount granted × base of the grant / planned eligible expenditure"),
)
def _share_pro_rata(figures: Figures) -> Value:
    return _pro_rata(figures, figures.value("settlement.base")).cents()


def share_of(figures: Figures, by_rate: Value, pro_rata: Value) -> Value:
    """Return a share by the method that the notice sets.

    Where the notice is silent: what both methods agree on, or the proportion that the printed rate stands for.
    """
    grant = figures.project.grant
    match grant.reduction_method if grant else None:
        case ReductionMethod.RATE:
            return by_rate
        case ReductionMethod.PRO_RATA:
            return pro_rata
    ceiling = least(figures.value("settlement.granted"), figures.value("settlement.cap"))
    if least(by_rate, ceiling).amount == least(pro_rata, ceiling).amount:
        return least(by_rate, ceiling)
    if rounded := printed_rate(figures):
        return Value(pro_rata.amount, (*pro_rata.basis, rounded), pro_rata.missing)
    outcomes = _by_either(figures, least(by_rate, ceiling), least(pro_rata, ceiling))
    return by_method(figures, outcomes, by_rate.basis + pro_rata.basis)


def _by_either(figures: Figures, by_rate: Value, pro_rata: Value) -> Message | str:
    """Return what is due by the rate and by the proportion of the plan; nothing where one of them is unknown."""
    stated = stated_rate(figures)
    if stated is None or by_rate.amount is None or pro_rata.amount is None:
        return ""
    return _(
        "by the rate of {rate} % {by_rate} are due, by the proportion of the plan ({exact} %) {pro_rata}",
        rate=stated[0],
        by_rate=euro(by_rate.amount),
        exact=exact_rate(*stated),
        pro_rata=euro(pro_rata.amount),
    )


# --- gap and full financing ------------------------------------------------------------------------------------------


class OtherFunders(NamedTuple):
    """Public money of others beside the grant that covers no line directly: as planned, and as received."""

    planned: Value
    received: Value


def other_funders(figures: Figures) -> OtherFunders:
    """Return what other public funders give."""
    project = figures.project
    lines = [line for line in (project.plan.income if project.plan else ()) if line.source is FundingSource.PUBLIC]
    incomes = [income for income in project.incomes if income.source is FundingSource.PUBLIC]
    return OtherFunders(
        total(read(line, "planned") for line in lines if not line.stated("covers")),
        total(read(income, "amount") for income in incomes if not cover_of(project, income)),
    )


def _is_shared(figures: Figures) -> bool:
    """Tell whether the law in force splits the reduction of a gap among its funders, and there are several."""
    others = figures.terms[GAP_SHARED].value is True and financing_type(figures) is FinancingType.GAP
    return others and bool(other_funders(figures).planned.amount)


def _gap(figures: Figures, more: Value) -> Value:
    """Return the amount granted, less the whole of what the change against the plan leaves uncalled for.

    Of several funders each bears its part (ANBest-P Sachsen 2.1.2): as the grants are. That another one pays less for
    the same change makes no gap anew.
    """
    granted = figures.value("settlement.granted")
    if not _is_shared(figures):
        return granted + _lost(figures, more)
    others = other_funders(figures)
    lost = _lost(figures, more + greatest(others.planned - others.received, ZERO))
    due = granted + lost * granted / (granted + others.planned)
    return Value(due.amount, (*due.basis, figures.terms[GAP_SHARED]), due.missing)


def _lost(figures: Figures, more: Value) -> Value:
    """Return what the change against the plan makes less, as a negative amount."""
    change = least(-_fallen(figures) - more, ZERO)
    return _kept(figures, change, ZERO, more)


def _uncovered(figures: Figures, more: Value) -> Value:
    """Return what is not covered otherwise; of another funder of the gap counts what the change leaves it."""
    uncovered = figures.value("expenditure.spent") - figures.value("settlement.cover_funds")
    if not _is_shared(figures):
        return uncovered
    others, granted = other_funders(figures), figures.value("settlement.granted")
    lost = _lost(figures, more + greatest(others.planned - others.received, ZERO))
    keeps = others.planned + lost * others.planned / (granted + others.planned)
    return uncovered + greatest(others.received - greatest(keeps, ZERO), ZERO)


# --- what is due -----------------------------------------------------------------------------------------------------


def fixed(figures: Figures) -> Value:
    """Return a fixed amount: at most the recognized expenditure."""
    return least(figures.value("settlement.granted"), figures.value("settlement.recognized"))


def due_beside(figures: Figures, more: Value) -> Value:
    """Return the grant, not rounded, where so much more came in as cover funds than planned; not yet limited."""
    match financing_type(figures):
        case FinancingType.SHARE:
            base = base_beside(figures, more)
            return share_of(figures, _by_rate(figures, base), _pro_rata(figures, base))
        case FinancingType.FIXED:
            return fixed(figures)
    return _gap(figures, more)


def _share_due(figures: Figures) -> Value:
    return share_of(figures, figures.value("settlement.by_rate"), figures.value("settlement.pro_rata"))


def _gap_due(figures: Figures) -> Value:
    """Return what is due of a gap; unknown where nobody knows whether several funders share its reduction."""
    parameter, others = figures.terms[GAP_SHARED], other_funders(figures)
    if parameter.presence is Presence.UNKNOWN and others.planned.amount:
        return settled_either_way(figures, parameter, YES_OR_NO) or _gap(figures, _more_cover(figures))
    return _gap(figures, _more_cover(figures))


def _fixed_due(figures: Figures) -> Value:
    """Return a fixed amount, less donations that exceed the own share that they may stand in for."""
    return fixed(figures) - figures.value("settlement.donations_beyond_own_funds")


BY_FINANCING_TYPE: dict[FinancingType, Callable[[Figures], Value]] = {
    FinancingType.SHARE: _share_due,
    FinancingType.GAP: _gap_due,
    FinancingType.FIXED: _fixed_due,
    FinancingType.FULL: lambda figures: _gap(figures, _more_cover(figures)),
}


@REDUCTION.figure(
    DUE,
    "EUR",
    _("Grant due by computation"),
    how=_("By the type of financing, limited to the amount granted, the maximum and what is not covered otherwise"),
)
def _grant_due(figures: Figures) -> Value:
    kind, grant = financing_type(figures), figures.project.grant
    if kind is None:
        return unknown(FieldRef("grant", grant.key if grant else "grant", "financing_type"))
    ceiling = least(figures.value("settlement.granted"), figures.value("settlement.cap"))
    due = greatest(least(BY_FINANCING_TYPE[kind](figures), ceiling), ZERO)
    limited = greatest(least(due, _uncovered(figures, _more_cover(figures))), ZERO)
    return (_fixed_limited(figures, due, limited) if kind is FinancingType.FIXED else limited).cents()


def _fixed_limited(figures: Figures, due: Value, limited: Value) -> Value:
    """Return a fixed amount, cut to what is not covered otherwise where the notice says so."""
    parameter = figures.terms[FIXED_LIMITED]
    if due.amount == limited.amount:
        return due
    if parameter.presence is not Presence.UNKNOWN:
        found = limited if parameter.value is True else due
        return Value(found.amount, (*found.basis, parameter), found.missing)
    first, second = limited.cents().amount, due.cents().amount
    if first is None or second is None:
        return limited
    return either(parameter, YES_OR_NO, first, second) or due
