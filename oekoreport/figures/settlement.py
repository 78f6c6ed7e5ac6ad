"""The grant due, step by step, each step a figure. Own funds are what remains.

The grant follows the whole result: what eligible expenditure fell by, together with what other cover funds rose by.
Money that covers a line directly leaves the base together with that line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import partial

from oekoreport.figures.cover import cover_of
from oekoreport.figures.engine import AS_STATED, Chapter, Figures
from oekoreport.figures.expenditure import expenditure_lines, no_plan
from oekoreport.figures.values import ZERO, FieldRef, Value, greatest, least, read, total, unknown, unread
from oekoreport.language import catalogue
from oekoreport.law import Presence
from oekoreport.model import Project
from oekoreport.model.grant import FinancingType, ReductionMethod
from oekoreport.model.plan import ExpenditureLine, FundingSource, IncomeLine

_ = catalogue("oekoreport")

SETTLEMENT = Chapter()

REDUCTION_THRESHOLD = "reduction_threshold"
OWN_SHARE = "own_share_minimum"


def income_lines(project: Project) -> Iterable[IncomeLine]:
    """Return the income lines of the plan in force."""
    return project.plan.income if project.plan else ()


# --- the grant -------------------------------------------------------------------------------------------------------


def _of_grant(project: Project, name: str) -> Value:
    return read(project.grant, name) if project.grant else unknown(_("no grant"))


@SETTLEMENT.figure("settlement.granted", "EUR", _("Granted"), how=_("Sum of all notices"))
def _granted(figures: Figures) -> Value:
    if not figures.project.notices:
        return unknown(_("no notice"))
    return total(read(notice, "amount") for notice in figures.project.notices)


@SETTLEMENT.figure("settlement.rate", "%", _("Rate"), places=AS_STATED)
def _rate(figures: Figures) -> Value:
    return _of_grant(figures.project, "rate")


@SETTLEMENT.figure("settlement.cap", "EUR", _("Maximum grant"))
def _cap(figures: Figures) -> Value:
    return _of_grant(figures.project, "cap")


@SETTLEMENT.figure("settlement.paid_out", "EUR", _("Paid out"), how=_("Sum of the drawdowns"))
def _paid_out(figures: Figures) -> Value:
    return total(read(drawdown, "amount") for drawdown in figures.project.drawdowns)


@SETTLEMENT.figure("settlement.cover_funds", "EUR", _("Other income"), how=_("All money received other than the grant"))
def _cover_funds(figures: Figures) -> Value:
    if missing := unread(figures.project.incomes, "source"):
        return unknown(*missing)
    others = [
        income for income in figures.project.incomes if income.source not in (FundingSource.GRANT, FundingSource.OWN)
    ]
    return total(read(income, "amount") for income in others)


@SETTLEMENT.figure(
    "settlement.cover_funds_planned",
    "EUR",
    _("Other income planned"),
    how=_("Planned income other than grant and own funds"),
)
def _cover_funds_planned(figures: Figures) -> Value:
    return _planned_from(figures.project, lambda source: source not in (FundingSource.GRANT, FundingSource.OWN))


def _planned_from(project: Project, wanted: Callable[[FundingSource], bool]) -> Value:
    lines = income_lines(project)
    if missing := unread(lines, "source"):
        return unknown(*missing)
    return no_plan(project) or total(read(line, "planned") for line in lines if line.source and wanted(line.source))


SETTLEMENT.sum(
    "settlement.direct_cover",
    "EUR",
    _("Income that covers lines directly"),
    of="line.covered",
    each=expenditure_lines,
    how=_("Sum over the lines, each limited to what was spent on it"),
    lacking=no_plan,
)


@SETTLEMENT.figure(
    "settlement.direct_cover_planned",
    "EUR",
    _("Planned income that covers lines directly"),
    how=_("Planned income by the line that it covers, limited to the amount planned there"),
)
def _direct_cover_planned(figures: Figures) -> Value:
    lines = expenditure_lines(figures.project)
    return no_plan(figures.project) or total(_covered_by_plan(figures, line) for line in lines)


def _covered_by_plan(figures: Figures, line: ExpenditureLine) -> Value:
    covering = [income for income in income_lines(figures.project) if income.covers == line.key]
    planned = total(read(income, "planned") for income in covering)
    return least(planned, figures.value(f"line.planned/{line.key}")) if covering else ZERO


def _free_cover(figures: Figures, suffix: str) -> Value:
    return figures.value(f"settlement.cover_funds{suffix}") - figures.value(f"settlement.direct_cover{suffix}")


for _suffix, _title in (("", _("Income not tied to a line")), ("_planned", _("Planned income not tied to a line"))):
    SETTLEMENT.figure(
        f"settlement.free_cover{_suffix}",
        "EUR",
        _title,
        how=_("Other income less that which covers lines directly"),
    )(partial(_free_cover, suffix=_suffix))


@SETTLEMENT.figure(
    "settlement.disregarded",
    "EUR",
    _("Donations disregarded"),
    how=_("Donations that the law in force disregards, provided that the required own share remains"),
)
def _disregarded(figures: Figures) -> Value:
    incomes = figures.project.incomes
    donated = [
        each for each in incomes if each.source is FundingSource.DONATION and not cover_of(figures.project, each)
    ]
    return _left_aside(figures, total(read(income, "amount") for income in donated))


@SETTLEMENT.figure(
    "settlement.disregarded_planned",
    "EUR",
    _("Planned donations disregarded"),
    how=_("Planned donations, where donations are disregarded: both sides of the comparison leave out the same"),
)
def _disregarded_planned(figures: Figures) -> Value:
    lines = income_lines(figures.project)
    donated = [line for line in lines if line.source is FundingSource.DONATION and not line.stated("covers")]
    return _left_aside(figures, total(read(line, "planned") for line in donated))


def _left_aside(figures: Figures, donations: Value) -> Value:
    """Return donations, received or planned, if the law in force disregards what is donated; else 0."""
    share = figures.terms[OWN_SHARE]
    if not donations.amount or share.presence is Presence.NONE or not share.pack:
        return donations * 0
    if not isinstance(share.value, Decimal):
        return unknown(_("the parameter {title}", title=share.title), basis=donations.basis)
    spent, planned = figures.value("expenditure.spent"), figures.value("expenditure.planned_eligible")
    whole = least(figures.value("settlement.recognized"), planned) * figures.value("settlement.granted") / planned
    own = spent - figures.value("settlement.cover_funds") - whole
    remains = own - spent * figures.term(OWN_SHARE) / 100
    if remains.amount is None:
        return remains
    return donations if remains.amount >= 0 else Value(Decimal(0), (*donations.basis, *remains.basis))


SETTLEMENT.sum(
    "settlement.recognized",
    "EUR",
    _("Recognized expenditure"),
    of="line.recognized",
    each=expenditure_lines,
    how=_("Sum over the lines, each within its tolerance"),
    lacking=no_plan,
)


@SETTLEMENT.figure(
    "settlement.change",
    "EUR",
    _("Change against the plan"),
    how=_(
        "Recognized less planned eligible expenditure, less additional (or plus missing) income not tied to a "
        "line: the whole result, not income alone"
    ),
)
def _change(figures: Figures) -> Value:
    expenditure = figures.value("settlement.recognized") - figures.value("expenditure.planned_eligible")
    return expenditure - _more_cover(figures)


def _more_cover(figures: Figures) -> Value:
    """Return what more came in as free cover funds than planned, donations that are disregarded left out of both."""
    counted = figures.value("settlement.free_cover") - figures.value("settlement.disregarded")
    return counted - (figures.value("settlement.free_cover_planned") - figures.value("settlement.disregarded_planned"))


@SETTLEMENT.figure(
    "settlement.base",
    "EUR",
    _("Base of the grant"),
    how=_(
        "Recognized expenditure less additional income not tied to a line, limited to the planned eligible "
        "expenditure; amounts below the law's threshold are disregarded"
    ),
)
def _base(figures: Figures) -> Value:
    planned = figures.value("expenditure.planned_eligible")
    more = greatest(_more_cover(figures), ZERO)
    base = least(figures.value("settlement.recognized") - more, planned)
    if not _below_threshold(figures, planned - base):
        return base
    return Value(planned.amount, (*base.basis, *figures.term(REDUCTION_THRESHOLD).basis))


def _below_threshold(figures: Figures, fall: Value) -> bool:
    """Tell whether a change is so small that the law in force lets the grant as it is; without a threshold none is."""
    threshold = figures.terms[REDUCTION_THRESHOLD].value
    return isinstance(threshold, Decimal) and fall.amount is not None and fall.amount <= threshold


@SETTLEMENT.figure(
    "settlement.grant_due",
    "EUR",
    _("Grant due by computation"),
    how=_("By the type of financing, limited to the amount granted, the maximum and what is not covered otherwise"),
)
def _grant_due(figures: Figures) -> Value:
    grant = figures.project.grant
    if grant is None or grant.financing_type is None:
        return unknown(FieldRef("grant", grant.key if grant else "grant", "financing_type"))
    due = BY_FINANCING_TYPE[grant.financing_type](figures)
    uncovered = figures.value("expenditure.spent") - figures.value("settlement.cover_funds")
    ceiling = least(figures.value("settlement.granted"), figures.value("settlement.cap"), uncovered)
    return greatest(least(due, ceiling), ZERO).cents()


@SETTLEMENT.figure("settlement.by_rate", "EUR", _("Share of the base"), how=_("Rate of the base of the grant"))
def _by_rate(figures: Figures) -> Value:
    return (figures.value("settlement.base") * figures.value("settlement.rate") / 100).cents()


@SETTLEMENT.figure(
    "settlement.pro_rata",
    "EUR",
    _("Grant in proportion to the plan"),
    how=_("Amount granted × base of the grant / planned eligible expenditure"),
)
def _pro_rata(figures: Figures) -> Value:
    planned = figures.value("expenditure.planned_eligible")
    return (figures.value("settlement.granted") * figures.value("settlement.base") / planned).cents()


def _share_due(figures: Figures) -> Value:
    """Return a share by the method that the notice sets; where it is silent, only if both methods agree."""
    by_rate, pro_rata = figures.value("settlement.by_rate"), figures.value("settlement.pro_rata")
    grant = figures.project.grant
    match grant.reduction_method if grant else None:
        case ReductionMethod.RATE:
            return by_rate
        case ReductionMethod.PRO_RATA:
            return pro_rata
    ceiling = figures.value("settlement.granted")
    if least(by_rate, ceiling).amount == least(pro_rata, ceiling).amount:
        return least(by_rate, ceiling)
    basis = by_rate.basis + pro_rata.basis
    return unknown(FieldRef("grant", grant.key if grant else "grant", "reduction_method"), basis=basis)


def _gap_due(figures: Figures) -> Value:
    """Return the amount granted, less the whole of what the change against the plan leaves uncalled for."""
    change = figures.value("settlement.change")
    if _below_threshold(figures, -change):
        change = greatest(change, ZERO)
    return figures.value("settlement.granted") + least(change, ZERO)


def _fixed_due(figures: Figures) -> Value:
    """Return the fixed amount, at most the recognized expenditure."""
    return least(figures.value("settlement.granted"), figures.value("settlement.recognized"))


BY_FINANCING_TYPE: dict[FinancingType, Callable[[Figures], Value]] = {
    FinancingType.SHARE: _share_due,
    FinancingType.GAP: _gap_due,
    FinancingType.FIXED: _fixed_due,
    FinancingType.FULL: _gap_due,
}


@SETTLEMENT.figure("settlement.reduction", "EUR", _("Reduction"), how=_("Amount granted less the grant due"))
def _reduction(figures: Figures) -> Value:
    return figures.value("settlement.granted") - figures.value("settlement.grant_due")


@SETTLEMENT.figure("settlement.remaining_claim", "EUR", _("Remaining claim"), how=_("Grant due less what was paid out"))
def _remaining_claim(figures: Figures) -> Value:
    return greatest(figures.value("settlement.grant_due") - figures.value("settlement.paid_out"), ZERO)


@SETTLEMENT.figure("settlement.repayment", "EUR", _("Expected repayment"), how=_("The payouts exceeding the grant due"))
def _repayment(figures: Figures) -> Value:
    return greatest(figures.value("settlement.paid_out") - figures.value("settlement.grant_due"), ZERO)


@SETTLEMENT.figure(
    "settlement.uncalled", "EUR", _("Granted but not drawn down"), how=_("Amount granted less what was paid out")
)
def _uncalled(figures: Figures) -> Value:
    return figures.value("settlement.granted") - figures.value("settlement.paid_out")


@SETTLEMENT.figure(
    "settlement.own_funds",
    "EUR",
    _("Own funds"),
    how=_("The rest of the expenditure after other income and the grant due"),
)
def _own_funds(figures: Figures) -> Value:
    spent, others = figures.value("expenditure.spent"), figures.value("settlement.cover_funds")
    return spent - others - figures.value("settlement.grant_due")


@SETTLEMENT.figure("settlement.own_funds_planned", "EUR", _("Own funds planned"))
def _own_funds_planned(figures: Figures) -> Value:
    return _planned_from(figures.project, lambda source: source is FundingSource.OWN)


@SETTLEMENT.figure("settlement.result", "EUR", _("Income less expenditure"))
def _result(figures: Figures) -> Value:
    return figures.value("income.received") - figures.value("expenditure.spent")
