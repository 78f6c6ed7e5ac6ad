"""What the settlement compares: the grant, the cover funds and the recognized expenditure, planned and actual.

Money that covers a line directly, no donation, leaves the base together with that line. What that makes of the grant
stands in ``reduction``, and what follows from it in ``claims``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from oekoreport.figures.cover import planned_to_cover
from oekoreport.figures.engine import AS_STATED, Chapter, Figures
from oekoreport.figures.expenditure import expenditure_lines, no_plan
from oekoreport.figures.values import ZERO, Value, least, read, total, unknown, unread
from oekoreport.language import catalogue
from oekoreport.model import Project
from oekoreport.model.plan import ExpenditureLine, FundingSource, IncomeLine

_ = catalogue("oekoreport")

SETTLEMENT = Chapter()


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
    return planned_from(figures.project, lambda source: source not in (FundingSource.GRANT, FundingSource.OWN))


def planned_from(project: Project, wanted: Callable[[FundingSource], bool]) -> Value:
    """Return what the plan in force has of the sources of income that are wanted."""
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
    covering = planned_to_cover(figures.project, line.key)
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


SETTLEMENT.sum(
    "settlement.recognized",
    "EUR",
    _("Recognized expenditure"),
    of="line.recognized",
    each=expenditure_lines,
    how=_("Sum over the lines, each within its tolerance"),
    lacking=no_plan,
)
