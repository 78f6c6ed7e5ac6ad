"""What was spent, received and paid out up to the end of each calendar year: the figures of interim reports.

They are of the plan that was in force on the year's last day, and under the terms of that day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from oekoreport.figures.engine import Chapter, Figures
from oekoreport.figures.spending import Spending, eligible_until, spendings
from oekoreport.figures.values import ZERO, FieldRef, FigureRef, Value, read, total, unknown
from oekoreport.language import catalogue
from oekoreport.model import Noun, Project, plan_on
from oekoreport.model.plan import FinancingPlan

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
    return _in_years(project, lambda plan: plan.expenditure)


def _incomes(project: Project) -> Iterable[YearLine]:
    return _in_years(project, lambda plan: plan.income)


def _in_years(project: Project, lines: Callable[[FinancingPlan], Iterable[Noun]]) -> Iterator[YearLine]:
    for year in years(project):
        plan = plan_on(project, year.end)
        for line in lines(plan) if plan else ():
            yield YearLine(f"{year.key}/{line.key}", year.end, line.key)


def _flowing(figures: Figures, basis: str, day: date, amount: Callable[[Figures, list[Spending]], Decimal]) -> Value:
    """Return an amount of what had been spent, as the notices of a day had it."""
    then = figures.as_of(day)
    flow = then.once(spendings)
    references = (FigureRef(basis),) if basis in figures else ()  # a line may have had another key then
    if isinstance(flow, Value):
        return Value(None, references, flow.missing)
    return Value(amount(then, flow), references)


def _spent(flow: Iterable[Spending], day: date, line: str | None = None) -> Decimal:
    amounts = (spending.spent for spending in flow if spending.day <= day and line in (None, spending.line))
    return sum(amounts, Decimal(0))


@YEARS.figure("year.spent", "EUR", _("Spent up to the end of the year"), each=years)
def _year_spent(figures: Figures, year: Year) -> Value:
    return _flowing(figures, "expenditure.spent", year.end, lambda _then, flow: _spent(flow, year.end))


@YEARS.figure("year.eligible", "EUR", _("Eligible up to the end of the year"), each=years)
def _year_eligible(figures: Figures, year: Year) -> Value:
    end = year.end
    return _flowing(figures, "expenditure.eligible", end, lambda then, flow: eligible_until(then, flow, end)).cents()


@YEARS.figure("year_line.spent", "EUR", _("Spent up to the end of the year"), each=_lines)
def _line_spent(figures: Figures, item: YearLine) -> Value:
    basis, end, line = f"line.spent/{item.line}", item.end, item.line
    return _flowing(figures, basis, end, lambda _then, flow: _spent(flow, end, line))


@YEARS.figure("year_line.eligible", "EUR", _("Eligible up to the end of the year"), each=_lines)
def _line_eligible(figures: Figures, item: YearLine) -> Value:
    basis, end, line = f"line.eligible/{item.line}", item.end, item.line
    return _flowing(figures, basis, end, lambda then, flow: eligible_until(then, flow, end, line)).cents()


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
    then = figures.as_of(item.end).project
    incomes = [income for income in then.incomes if income.income_line == item.line]
    return _dated(incomes, "date", item.end)


@YEARS.figure("year.paid_out", "EUR", _("Paid out up to the end of the year"), each=years)
def _year_paid_out(figures: Figures, year: Year) -> Value:
    return _dated(figures.project.drawdowns, "paid_on", year.end)
