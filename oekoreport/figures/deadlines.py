"""Days by which something is due: a time limit (Frist) moves off weekends and holidays, a fixed day does not."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from oekoreport.figures.drawdowns import add_months
from oekoreport.figures.engine import Chapter, Figures
from oekoreport.figures.values import DayValue, FieldRef, read_day
from oekoreport.language import catalogue
from oekoreport.model.grant import DeadlineKind

_ = catalogue("oekoreport")

DEADLINES = Chapter()

SATURDAY = 5
MONTHS_OF_YEAR = 12


def working_day(day: date, land: str) -> date:
    """Return the first day from ``day`` on that is not a weekend or a holiday of the Land (short code: NW, SN)."""
    import holidays  # slow to import

    subdivision = None if land == "DE" else str(land)  # under federal law only the holidays of all Länder count
    free = holidays.country_holidays("DE", subdiv=subdivision, years=(day.year, day.year + 1))
    while day.weekday() >= SATURDAY or day in free:
        day += timedelta(days=1)
    return day


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
    stated = read_day(grant, "report_due")
    unread = [name for name in ("report_due", "report_due_kind", "land") if getattr(grant, name) is None]
    if stated.day is None or grant.land is None or unread:
        return DayValue(None, stated.basis, tuple(FieldRef("grant", grant.key, name) for name in unread))
    moves = grant.report_due_kind is DeadlineKind.PERIOD
    return DayValue(working_day(stated.day, grant.land) if moves else stated.day, stated.basis)


@DEADLINES.figure(
    "deadline.retention_until",
    "date",
    _("Receipts to be kept at least until"),
    how=_("The years that the law in force demands, counted from the day that the report is due"),
)
def _retention_until(figures: Figures) -> DayValue:
    due, kept = figures.day("deadline.report_due"), figures.terms["retention_years"]
    if due.day is None or not isinstance(kept.value, Decimal):
        return DayValue(None, due.basis, due.missing or (_("the parameter {title}", title=kept.title),))
    return DayValue(add_months(due.day, int(kept.value) * MONTHS_OF_YEAR), (*due.basis, *figures.term(kept.name).basis))
