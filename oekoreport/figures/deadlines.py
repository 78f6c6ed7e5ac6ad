"""Days by which something is due: a time limit (Frist) moves off weekends and holidays, a fixed day does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from oekoreport.figures.drawdowns import add_months
from oekoreport.figures.engine import Chapter, Figures
from oekoreport.figures.values import DayValue, FieldRef, read_day
from oekoreport.figures.working_days import days_off, holiday_in_part
from oekoreport.language import Message, catalogue
from oekoreport.law import Parameter, Presence, Sort, Status
from oekoreport.model.grant import DeadlineKind, Land

_ = catalogue("oekoreport")

DEADLINES = Chapter()

MONTHS_OF_YEAR = 12

REPORT_SUBMITTED = "report_submitted_on"
"""The name of what is assumed while no day of submission is entered."""


@DEADLINES.figure(
    "deadline.report_due",
    "date",
    _("Report due"),
    how=_("The day set by the notice; a time limit moves to the next working day in the Land"),
)
def _report_due(figures: Figures) -> DayValue:
    grant = figures.project.grant
    if grant is None:
        return DayValue(None, (), (_("no grant"),))
    basis = tuple(FieldRef("grant", grant.key, name) for name in ("report_due", "report_due_kind", "land"))
    if grant.report_due is None or grant.land is None or grant.report_due_kind is None:
        return DayValue(None, basis, tuple(each for each in basis if getattr(grant, each.field) is None))
    day, how = _moved(grant.report_due, grant.land, grant.report_due_kind)
    return DayValue(day, basis, how=how)


def _moved(day: date, land: Land, kind: DeadlineKind) -> tuple[date, Message | None]:
    """Return the day that a stated day comes to, and why; without a reason where it stays for none."""
    off = tuple(days_off(day, land))
    if kind is DeadlineKind.DAY:
        return day, _("{days}; a fixed day does not move", days=off[:1]) if off else None
    day += timedelta(days=len(off))
    how = _("{days}; a time limit ends on the next working day (§ 193 BGB)", days=off) if off else None
    holiday = holiday_in_part(day, land)
    if holiday is None:
        return day, how
    there = _(
        "{day} is {holiday} in part of {land}; where the authority's seat is in that part, a time limit ends on the "
        "next working day (§ 193 BGB)",
        day=day,
        holiday=holiday,
        land=land.label,
    )
    return day, _("{how}. {more}", how=how, more=there) if how else there


@DEADLINES.figure(
    "deadline.retention_until",
    "date",
    _("Receipts to be kept at least until"),
    how=_(
        "The years that the law in force demands, counted from the day that the report was submitted; until then from "
        "the day that it is due"
    ),
)
def _retention_until(figures: Figures) -> DayValue:
    start, kept = _submitted(figures), figures.terms["retention_years"]
    if start.day is None or not isinstance(kept.value, Decimal):
        return DayValue(None, start.basis, start.missing or (kept,))
    end = add_months(start.day, int(kept.value) * MONTHS_OF_YEAR)
    return DayValue(end, (*start.basis, kept))


def _submitted(figures: Figures) -> DayValue:
    """Return the day that the report was submitted; while none is stated, the day that it is due is assumed."""
    grant = figures.project.grant
    if grant is not None and grant.stated("submitted_on"):
        return read_day(grant, "submitted_on")
    due = figures.day("deadline.report_due")
    return replace(due, basis=(*due.basis, _assumed(due.day))) if due.day is not None else due


def _assumed(day: date) -> Parameter:
    return Parameter(
        REPORT_SUBMITTED,
        _("The report is submitted on the day that it is due"),
        presence=Presence.VALUE,
        value=day,
        sort=Sort.DAY,
        status=Status.ASSUMED,
        source=_("the years count from its submission, and no day of that is entered"),
        settled_by=_("Enter “Report submitted on” in the sheet on the grant."),
    )
