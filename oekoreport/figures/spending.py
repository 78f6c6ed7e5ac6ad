"""Spending over time: every payment on a line of the plan, in the order of days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from oekoreport.figures.engine import Figures
from oekoreport.figures.expenditure import eligible_by, expenditure_lines, parts, spent_by
from oekoreport.figures.values import FieldRef, Value, unknown


class Spending(NamedTuple):
    """Money that left on a day: on a line of the plan, and how much of it is eligible before the line's cap."""

    day: date
    line: str
    spent: Decimal
    eligible: Decimal


def spendings(figures: Figures) -> list[Spending] | Value:
    """Return all payments in time order, to be computed once; unknown where a payment's day, line or amount is."""
    found: list[Spending] = []
    for part in parts(figures.project):
        for payment in part.receipt.payments:
            spent, eligible = spent_by(figures, payment, part), eligible_by(figures, payment, part)
            if spent.amount is None or eligible.amount is None:
                return unknown(*spent.missing, *eligible.missing)
            if payment.date is None:
                return unknown(FieldRef("payment", payment.key, "date"))
            if part.allocation.line is None:
                return unknown(FieldRef("allocation", part.key, "line"))
            if spent.amount:
                found.append(Spending(payment.date, part.allocation.line, spent.amount, eligible.amount))
    return sorted(found)


def eligible_until(figures: Figures, flow: Iterable[Spending], day: date, line: str | None = None) -> Decimal:
    """Return what was eligible up to and with a day, on one line or all, each line at most its cap."""
    sums: dict[str, Decimal] = {}
    for spending in flow:
        if spending.day <= day and line in (None, spending.line):
            sums[spending.line] = sums.get(spending.line, Decimal(0)) + spending.eligible
    caps = {each.key: each.cap for each in expenditure_lines(figures.project) if each.cap is not None}
    return sum((min(amount, caps.get(key, amount)) for key, amount in sums.items()), Decimal(0))
