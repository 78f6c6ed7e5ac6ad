"""Interest on money of the Land: base rate by half-year plus the Land's points, counted as the law in force says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from itertools import pairwise, product
from typing import NamedTuple

from oekoreport.figures.values import Basis, Fact, FieldRef, Value, unknown
from oekoreport.language import Message, catalogue
from oekoreport.law import Parameter, Presence, Terms
from oekoreport.law.reference.base_rates import SECOND_HALF, BaseRate, NoBaseRate, base_rate
from oekoreport.model.money import CENT
from oekoreport.units import euro

_ = catalogue("oekoreport")

POINTS, DAY_COUNT, TRANSITION = "interest_points", "interest_day_count", "interest_transition"
ROUNDED_DOWN = "interest_rounded_down"
THIRTY_360, ACTUAL_365 = "30/360", "actual/365"
SPLIT, BY_CLAIM_DATE = "split", "by_claim_date"
MONTH = 30
ZERO = Decimal(0)
VALUES = {DAY_COUNT: (THIRTY_360, ACTUAL_365), TRANSITION: (SPLIT, BY_CLAIM_DATE)}
"""What is computed with; any other value is nothing that anybody can count by."""


class Debt(NamedTuple):
    """Euros that bear interest from ``start`` up to the day before ``end``, and the payments that end it, if any do.

    One ``goes_on`` where its euros bear interest on another ground from ``end`` on.
    """

    amount: Decimal
    start: date
    end: date
    ended_by: Sequence[FieldRef] = ()
    goes_on: bool = False


class Span(NamedTuple):
    """A time with one rate: from ``start`` up to the day before ``end``."""

    start: date
    end: date


def interest(terms: Terms, debts: Iterable[Debt], basis: tuple[Basis, ...]) -> Value:
    """Return the interest on debts, to the cent; its basis shows for each time of one rate days, rate and interest.

    The sum is rounded once, down where the law in force says so, else half up; each interest that is shown is rounded
    on the running sum, so that all of them add up to it. Unknown where the law in force leaves a parameter open that
    makes a difference here, where a debt ends before it begins, or where the table of base rates ends.
    """
    debts = [debt for debt in debts if debt.amount and debt.start != debt.end]
    if any(debt.start > debt.end for debt in debts):
        return unknown(_("the end is before the beginning"), basis=basis)
    asked = _asked(terms, debts)
    if lacking := [each for each in asked if not _counts(each)]:
        return _each_way(terms, debts, lacking, (*basis, *asked))
    try:
        pieces = [piece for debt in debts for piece in _pieces(terms, debt)]
    except NoBaseRate as error:
        return unknown(error.message, basis=basis)
    whole = _summed(pieces, terms[ROUNDED_DOWN])
    return replace(whole, basis=tuple(dict.fromkeys((*whole.basis, *asked, *basis))))


def _summed(pieces: Iterable[_Piece], rounded_down: Parameter) -> Value:
    """Return the sum of pieces of interest; it leans on how it is rounded where a cent depends on that."""
    rounding = ROUND_DOWN if rounded_down.value is True else ROUND_HALF_UP
    shown: list[Basis] = []
    running = exact = done = Decimal(0)
    for piece in pieces:
        running += piece.weight
        exact = running / piece.divisor
        until = exact.quantize(CENT, rounding)
        shown += piece.shown(until - done)
        done = until
    alike = exact.quantize(CENT, ROUND_DOWN) == exact.quantize(CENT, ROUND_HALF_UP)
    return Value(done, (*shown, *(() if alike else (rounded_down,))))


def _each_way(terms: Terms, debts: Sequence[Debt], lacking: Sequence[Parameter], basis: tuple[Basis, ...]) -> Value:
    """Return what comes out whichever way open parameters are settled; unknown, with each result, where they differ."""
    if any(each.name not in VALUES for each in lacking):
        return unknown(*lacking, basis=basis)
    results: dict[Message, Value] = {}
    for values in product(*(VALUES[each.name] for each in lacking)):
        supposed = terms
        for parameter, value in zip(lacking, values, strict=True):
            supposed = supposed.supposing(parameter.name, value)
        named = tuple(parameter.named(value) for parameter, value in zip(lacking, values, strict=True))
        results[Message("{values}", values=named)] = interest(supposed, debts, ())
    first, *others = results.values()
    if all(other.amount == first.amount for other in others):
        return Value(first.amount, (*basis, *lacking), first.missing)
    ways = tuple(_("with “{way}” {amount}", way=way, amount=euro(each.amount or ZERO)) for way, each in results.items())
    left_open = [replace(each, outcomes=Message("{ways}", ways=ways)) for each in lacking]
    return unknown(*left_open, basis=(*(part for part in basis if part not in lacking), *left_open))


def change_within(points: Parameter, start: date, end: date) -> date | None:
    """Return the day within a time on which the Land's points change: there the transition has to be settled."""
    return next((change for change in _changes(points) if start < change < end), None)


def _asked(terms: Terms, debts: Sequence[Debt]) -> list[Parameter]:
    """Return the parameters that matter here: how running debts are treated only where the points changed meanwhile."""
    found = [points for debt in debts for _span, points in _times(terms, debt)]
    if debts:
        found.append(terms[DAY_COUNT])
    if any(change_within(terms[POINTS], debt.start, debt.end) for debt in debts):
        found.append(terms[TRANSITION])
    return list(dict.fromkeys(found))


def _times(terms: Terms, debt: Debt) -> Iterator[tuple[Span, Parameter]]:
    """Yield the times of one rate of a debt, each with the Land's points in it."""
    points, by_claim_date = terms[POINTS], terms[TRANSITION].value == BY_CLAIM_DATE
    for span in _spans(points, debt.start, debt.end, split=not by_claim_date):
        yield span, points.on(debt.start if by_claim_date else span.start)


def _counts(parameter: Parameter) -> bool:
    """Tell whether a parameter has a value, one that can be counted by."""
    known = VALUES.get(parameter.name)
    return parameter.presence is Presence.VALUE and (known is None or parameter.value in known)


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


class _Piece(NamedTuple):
    """The interest on a debt in a time of one rate: the exact amount is ``weight`` / ``divisor``."""

    debt: Debt
    span: Span
    days: int
    year: int
    base: BaseRate
    points: Parameter

    @property
    def rate(self) -> Decimal:
        """Per cent a year."""
        return self.base.value + self._surcharge

    @property
    def _surcharge(self) -> Decimal:
        return self.points.value if isinstance(self.points.value, Decimal) else Decimal(0)

    @property
    def weight(self) -> Decimal:
        """The interest times the divisor: exact, so that a sum of them is rounded once."""
        return self.debt.amount * self.rate * self.days

    @property
    def divisor(self) -> int:
        """A hundred for per cent, and the days of a year."""
        return 100 * self.year

    def shown(self, amount: Decimal) -> list[Basis]:
        """Return the interest with days and rate in its title, and the payments that ended it."""
        ends = self.debt.ended_by if self.span.end == self.debt.end else ()
        title = _(
            "{principal}: {days} days from {start} to the day before {end} at {rate} % a year (base rate {base} %,"
            " {points} points)",
            principal=euro(self.debt.amount),
            days=self.days,
            start=self.span.start,
            end=self.span.end,
            rate=self.rate,
            base=self.base.value,
            points=self._surcharge,
        )
        if ends:
            title = _("{interest}; used with payment {payments}", interest=title, payments=_named(ends))
        status = self.base.status if self.points.status.sure else self.points.status
        source = Message("{base}; {points}", base=self.base.source, points=self.points.source)
        return [Fact(title, amount, "EUR", source, str(status)), *ends]


NAMED = 3
"""So many payments of one day are named in a title; the basis has all of them, each with its place."""


def _named(references: Sequence[FieldRef]) -> Message:
    keys = tuple(reference.key for reference in references[:NAMED])
    more = len(references) - len(keys)
    return _("{keys} and {count} more", keys=keys, count=more) if more else Message("{keys}", keys=keys)


def _pieces(terms: Terms, debt: Debt) -> Iterator[_Piece]:
    """Yield the interest on a debt by times of one rate."""
    count = str(terms[DAY_COUNT].value)
    for span, points in _times(terms, debt):
        goes_on = debt.goes_on and span.end == debt.end
        yield _Piece(debt, span, *_days(span, count, goes_on=goes_on), base_rate(span.start), points)


def _days(span: Span, count: str, *, goes_on: bool) -> tuple[int, int]:
    """Return the days of a span and of a year: as the calendar has them in 365, or months of 30 in years of 360.

    Of a month of 31 days the last one is the thirtieth where interest begins on it, and else no day of interest: so
    where it goes on from a 31st, the thirtieth counts there.
    """
    if count == ACTUAL_365:
        return (span.end - span.start).days, 365
    months = (span.end.year - span.start.year) * 12 + span.end.month - span.start.month
    end = min(span.end.day, MONTH) if goes_on else span.end.day
    return months * MONTH + end - min(span.start.day, MONTH), 360
