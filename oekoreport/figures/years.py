"""What was spent, received and paid out up to the end of each calendar year: the figures of interim reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from oekoreport.figures.engine import Chapter, Figures
from oekoreport.figures.expenditure import expenditure_lines
from oekoreport.figures.settlement import income_lines
from oekoreport.figures.spending import Spending, eligible_until, spendings
from oekoreport.figures.values import ZERO, FieldRef, FigureRef, Value, read, total, unknown
from oekoreport.language import catalogue
from oekoreport.model import Noun, Project

_ = catalogue("oekoreport")

YEARS = Chapter()


class Year(NamedTuple):
    """A calendar year of the approval period, as the key of figures, with its last day."""

    key: str
    end: date


class YearLine(NamedTuple):
    """A line of the plan in a year, as the key of figures: ``2020/1``."""

    key: str
    end: date
    line: str


def years(project: Project) -> Iterable[Year]:
    """Return the calendar years that the approval period touches; none where a day of it is unknown."""
    grant = project.grant
    if grant is None or grant.period_start is None or grant.period_end is None:
        return ()
    return [Year(str(year), date(year, 12, 31)) for year in range(grant.period_start.year, grant.period_end.year + 1)]


def _lines(project: Project) -> Iterable[YearLine]:
    return _in_years(project, expenditure_lines(project))


def _incomes(project: Project) -> Iterable[YearLine]:
    return _in_years(project, income_lines(project))


def _in_years(project: Project, lines: Iterable[Noun]) -> Iterable[YearLine]:
    return [YearLine(f"{year.key}/{line.key}", year.end, line.key) for year in years(project) for line in lines]


def _flowing(figures: Figures, basis: str, amount: Callable[[list[Spending]], Decimal]) -> Value:
    flow = figures.once(spendings)
    if isinstance(flow, Value):
        return Value(None, (FigureRef(basis),), flow.missing)
    return Value(amount(flow), (FigureRef(basis),))


def _spent(flow: Iterable[Spending], day: date, line: str | None = None) -> Decimal:
    amounts = (spending.spent for spending in flow if spending.day <= day and line in (None, spending.line))
    return sum(amounts, Decimal(0))


@YEARS.figure("year.spent", "EUR", _("Spent up to the end of the year"), each=years)
def _year_spent(figures: Figures, year: Year) -> Value:
    return _flowing(figures, "expenditure.spent", lambda flow: _spent(flow, year.end))


@YEARS.figure("year.eligible", "EUR", _("Eligible up to the end of the year"), each=years)
def _year_eligible(figures: Figures, year: Year) -> Value:
    return _flowing(figures, "expenditure.eligible", lambda flow: eligible_until(figures, flow, year.end)).cents()


@YEARS.figure("year_line.spent", "EUR", _("Spent up to the end of the year"), each=_lines)
def _line_spent(figures: Figures, item: YearLine) -> Value:
    return _flowing(figures, f"line.spent/{item.line}", lambda flow: _spent(flow, item.end, item.line))


@YEARS.figure("year_line.eligible", "EUR", _("Eligible up to the end of the year"), each=_lines)
def _line_eligible(figures: Figures, item: YearLine) -> Value:
    return _flowing(
        figures,
        f"line.eligible/{item.line}",
        lambda flow: eligible_until(figures, flow, item.end, item.line),
    ).cents()


def _dated(nouns: Iterable[Noun], day_field: str, end: date) -> Value:
    """Sum the amounts of objects dated up to a day; unknown where a day is."""
    return total(_until(noun, day_field, end) for noun in nouns)


def _until(noun: Noun, day_field: str, end: date) -> Value:
    day = getattr(noun, day_field)
    if day is None:
        return unknown(FieldRef(noun.kind, noun.key, day_field))
    return read(noun, "amount") if day <= end else ZERO


@YEARS.figure("year.received", "EUR", _("Other income up to the end of the year"), each=years)
def _year_received(figures: Figures, year: Year) -> Value:
    return _dated(figures.project.incomes, "date", year.end)


@YEARS.figure("year_income.received", "EUR", _("Received up to the end of the year"), each=_incomes)
def _income_received(figures: Figures, item: YearLine) -> Value:
    incomes = [income for income in figures.project.incomes if income.income_line == item.line]
    return _dated(incomes, "date", item.end)


@YEARS.figure("year.paid_out", "EUR", _("Paid out up to the end of the year"), each=years)
def _year_paid_out(figures: Figures, year: Year) -> Value:
    return _dated(figures.project.drawdowns, "paid_on", year.end)
