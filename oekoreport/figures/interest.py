"""Interest on money of the Land: base rate by half-year plus the Land's points, counted as the law in force says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from oekoreport.figures.engine import Figures
from oekoreport.figures.values import Fact, Value, fact, total, unknown
from oekoreport.language import Message, catalogue
from oekoreport.law import Parameter, Presence
from oekoreport.law.reference.base_rates import SECOND_HALF, NoBaseRate, base_rate
from oekoreport.units import euro

_ = catalogue("oekoreport")

POINTS, DAY_COUNT, TRANSITION = "interest_points", "interest_day_count", "interest_transition"
THIRTY_360, ACTUAL_365 = "30/360", "actual/365"
SPLIT, BY_CLAIM_DATE = "split", "by_claim_date"
MONTH = 30
VALUES = {DAY_COUNT: (THIRTY_360, ACTUAL_365), TRANSITION: (SPLIT, BY_CLAIM_DATE)}
"""What is computed with; any other value is nothing that anybody can count by."""


class Span(NamedTuple):
    """A time with one rate: from ``start`` up to the day before ``end``."""

    start: date
    end: date


def interest(figures: Figures, principal: Value, start: date, end: date) -> Value:
    """Return the interest on a principal from ``start`` up to the day before ``end``, to the cent.

    Its basis shows the principal and, for each time of one rate, its days and its interest. Unknown where the law in
    force leaves a parameter open that matters here, or where the table of base rates ends.
    """
    if principal.amount is None or principal.amount == 0 or start == end:
        return principal * 0
    if start > end:
        return unknown(_("the end is before the beginning"), basis=principal.basis)
    if lacking := _lacking(figures, start, end):
        return unknown(*lacking, basis=principal.basis)
    spans = list(_spans(figures.terms[POINTS], start, end, split=figures.terms[TRANSITION].value != BY_CLAIM_DATE))
    try:
        pieces = [_piece(figures, principal.amount, span, start) for span in spans]
    except NoBaseRate as error:
        return unknown(error.message, basis=principal.basis)
    whole = total(pieces).cents()
    return Value(whole.amount, whole.basis + principal.basis)


def change_within(points: Parameter, start: date, end: date) -> date | None:
    """Return the day within a time on which the Land's points change: there the transition has to be settled."""
    return next((change for change in _changes(points) if start < change < end), None)


def _lacking(figures: Figures, start: date, end: date) -> list[Message]:
    """Return the parameters that matter here and that nobody knows."""
    names = [POINTS, DAY_COUNT]
    points = figures.terms[POINTS]
    if change_within(points, start, end):
        names.append(TRANSITION)
    return [
        _("the parameter {title}", title=figures.terms[name].title)
        for name in names
        if figures.terms[name].value not in VALUES.get(name, (figures.terms[name].value,))
        or figures.terms[name].presence is not Presence.VALUE
    ]


def _changes(points: Parameter) -> list[date]:
    """Return the days on which the Land's points change: a step may change the status alone."""
    before = points.value
    changes = []
    for day, step in points.steps:
        if step.value != before:
            changes.append(day)
        before = step.value
    return changes


def _spans(points: Parameter, start: date, end: date, *, split: bool) -> Iterator[Span]:
    """Split a time at the half-years and, if asked, where the Land's points change."""
    changes = {date(year, month, 1) for year in range(start.year, end.year + 1) for month in (1, SECOND_HALF)}
    if split:
        changes |= {change for change, _step in points.steps}
    days = [start, *sorted(day for day in changes if start < day < end), end]
    yield from (Span(first, last) for first, last in pairwise(days))


def _piece(figures: Figures, principal: Decimal, span: Span, claim: date) -> Value:
    """Return the interest of a time of one rate, with days and rate in its title."""
    points = figures.terms[POINTS].on(claim if figures.terms[TRANSITION].value == BY_CLAIM_DATE else span.start)
    base = base_rate(span.start)
    surcharge = points.value if isinstance(points.value, Decimal) else Decimal(0)
    rate = base.value + surcharge
    days, year = _days(span, str(figures.terms[DAY_COUNT].value))
    amount = principal * rate / 100 * days / year
    title = _(
        "{principal}: {days} days from {start} to the day before {end} at {rate} % a year (base rate {base} %,"
        " {points} points)",
        principal=euro(principal),
        days=days,
        start=span.start,
        end=span.end,
        rate=rate,
        base=base.value,
        points=surcharge,
    )
    status = base.status if points.status.sure else points.status
    return fact(Fact(title, amount, "EUR", f"{base.source}; {points.source}", str(status)))


def _days(span: Span, count: str) -> tuple[int, int]:
    """Return the days of a span and of a year: months of 30 in years of 360, or as the calendar has them in 365."""
    if count == ACTUAL_365:
        return (span.end - span.start).days, 365
    first, last = min(span.start.day, MONTH), span.end.day
    last = MONTH if last > MONTH and first == MONTH else last
    months = (span.end.year - span.start.year) * 12 + span.end.month - span.start.month
    return months * MONTH + last - first, 360
