"""Spending over time: every payment on a line of the plan, and what came in to cover a line, in the order of days.

The day is that on which the money moved, for money that came back too: the books of a year have it there, and until
then it was not in hand. Whether it counts at all is another question (``period``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from oekoreport.figures.cover import cover_of
from oekoreport.figures.engine import Figures
from oekoreport.figures.expenditure import beyond_cover, eligible_by, expenditure_lines, spent_on
from oekoreport.figures.payments import ReceiptPart, parts
from oekoreport.figures.values import FieldRef, Value, unknown

NOTHING = Decimal(0)


class Spending(NamedTuple):
    """Money that moved on a day on a line of the plan: spent, eligible before the line's cap, or received for it.

    ``payment`` is the key of the payment; what was received has none.
    """

    day: date
    line: str
    spent: Decimal
    eligible: Decimal
    received: Decimal
    payment: str = ""


def spendings(figures: Figures) -> list[Spending] | Value:
    """Return all movements in time order, to be computed once; unknown where a day, a line or an amount is."""
    found: list[Spending] = []
    for movement in _movements(figures):
        if isinstance(movement, Value):
            return movement
        found.append(movement)
    return sorted(found)


def _movements(figures: Figures) -> Iterator[Spending | Value]:
    for part in parts(figures.project):
        yield from _of_part(figures, part)
    for income in figures.project.incomes:
        cover = cover_of(figures.project, income)
        if cover is None:
            continue
        if cover.line is None:
            yield unknown(cover.said)
        elif income.date is None or income.amount is None:
            yield unknown(FieldRef(income.kind, income.key, "date" if income.date is None else "amount"))
        else:
            yield Spending(income.date, cover.line, NOTHING, NOTHING, income.amount)


def _of_part(figures: Figures, part: ReceiptPart) -> Iterator[Spending | Value]:
    for payment, spent in spent_on(figures, part):
        eligible = eligible_by(figures, payment, spent, part)
        if spent.amount is None or eligible.amount is None:
            yield unknown(*spent.missing, *eligible.missing)
        elif payment.date is None:
            yield unknown(FieldRef("payment", payment.key, "date"))
        elif part.allocation.line is None:
            yield unknown(FieldRef("allocation", part.key, "line"))
        elif spent.amount:
            yield Spending(payment.date, part.allocation.line, spent.amount, eligible.amount, NOTHING, payment.key)


class _Line:
    """What stands on a line of the plan so far, and what of it is eligible: as the settlement reckons it."""

    def __init__(self) -> None:
        self.spent = self.eligible = self.received = NOTHING

    def add(self, spending: Spending) -> None:
        self.spent += spending.spent
        self.eligible += spending.eligible
        self.received += spending.received

    def counted(self, cap: Decimal | None) -> Decimal:
        eligible = self.eligible if cap is None else min(self.eligible, cap)
        return beyond_cover(eligible, self.spent, min(self.received, self.spent))


def eligible_over_time(figures: Figures, flow: Iterable[Spending]) -> list[tuple[date, Decimal]]:
    """Return for each day of a flow what was eligible up to and with it, on all lines together."""
    caps = {each.key: each.cap for each in expenditure_lines(figures.project)}
    lines: dict[str, _Line] = defaultdict(_Line)
    counted: dict[str, Decimal] = {}
    found: list[tuple[date, Decimal]] = []
    for day, movements in groupby(flow, key=attrgetter("day")):
        for movement in movements:
            lines[movement.line].add(movement)
            counted[movement.line] = lines[movement.line].counted(caps.get(movement.line))
        found.append((day, sum(counted.values(), NOTHING)))
    return found


def eligible_until(figures: Figures, flow: Iterable[Spending], day: date, line: str | None = None) -> Decimal:
    """Return what was eligible up to and with a day, on one line or all."""
    until = (spending for spending in flow if spending.day <= day and line in (None, spending.line))
    days = eligible_over_time(figures, until)
    return days[-1][1] if days else NOTHING
