"""The approval period: which payments count by the day of the service, of the payment, or of both.

Money that came back counts as the payment that it returns does, whenever it came: it was never expenditure, so it
leaves the sum that it was in. The day on which it was in hand again matters for the books and for the use of
drawdowns, not here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from oekoreport.figures.engine import Figures
from oekoreport.figures.payments import ReceiptPart, shares_of
from oekoreport.figures.values import FieldRef, Value, unknown
from oekoreport.language import catalogue
from oekoreport.model.grant import Grant, PeriodTest
from oekoreport.model.receipt import Payment, Receipt

_ = catalogue("oekoreport")

BOTH_SIDES = _("Some of what was paid counts by its day and some does not: enter which payment came back.")


class Paid(NamedTuple):
    """A payment with the receipt that it was made on."""

    payment: Payment
    receipt: Receipt


def counts(figures: Figures, payment: Payment, part: ReceiptPart) -> bool | Value:
    """Tell whether what the notice demands lies in the approval period; unknown where a day is.

    Where the notice's demand itself is unknown nothing is left out: the rule on the period is undecided then.
    """
    grant = figures.project.grant
    if grant is None or grant.period_test is None:
        return True
    origins = returned(figures, payment, part)
    if isinstance(origins, Value):
        return origins
    answers = [_inside(grant, *origin) for origin in origins]
    lacking = [field for answer in answers if isinstance(answer, Value) for field in answer.missing]
    if lacking:
        return unknown(*dict.fromkeys(lacking))
    if len(set(answers)) > 1:
        return unknown(FieldRef(payment.kind, payment.key, "returns"), BOTH_SIDES)
    return answers[0]


def returned(figures: Figures, payment: Payment, part: ReceiptPart) -> list[Paid] | Value:
    """Return the payments whose days decide on a payment: its own, or for money that came back what it returns.

    That is the payment that it names; else what was paid on the same part; on a credit note what was paid on the
    receipt that it refers to; its own day where nothing was paid.
    """
    if payment.returns is not None:
        return [figures.once(_payments)[payment.returns]]
    if payment.stated("returns"):
        return unknown(FieldRef(payment.kind, payment.key, "returns"))
    own = Paid(payment, part.receipt)
    if payment.amount is None or payment.amount >= 0:
        return [own]
    same = [Paid(share.payment, part.receipt) for share in shares_of(figures, part)]
    return _out(same) or _out(_referred(figures, part.receipt)) or [own]


def _out(paid: list[Paid]) -> list[Paid]:
    """Return the payments with which money went out."""
    return [each for each in paid if each.payment.amount and each.payment.amount > 0]


def _referred(figures: Figures, receipt: Receipt) -> list[Paid]:
    other = figures.once(_receipts).get(receipt.refers_to or "")
    return [Paid(payment, other) for payment in other.payments] if other else []


def _receipts(figures: Figures) -> Mapping[str, Receipt]:
    return {receipt.key: receipt for receipt in figures.project.receipts}


def _payments(figures: Figures) -> Mapping[str, Paid]:
    return {payment.key: Paid(payment, receipt) for receipt in figures.project.receipts for payment in receipt.payments}


def _inside(grant: Grant, payment: Payment, receipt: Receipt) -> bool | Value:
    """Tell whether the days of a payment and its receipt lie in the period; unknown where one is."""
    first, last = first_day(grant), grant.period_end
    days: list[tuple[FieldRef, date | None, date | None]] = []
    if grant.period_test in (PeriodTest.SERVICE, PeriodTest.BOTH):
        days.append((FieldRef("receipt", receipt.key, "service_from"), receipt.service_from, last))
        days.append((FieldRef("receipt", receipt.key, "service_to"), receipt.service_to, last))
    if grant.period_test in (PeriodTest.PAYMENT, PeriodTest.BOTH):
        days.append((FieldRef("payment", payment.key, "date"), payment.date, grant.last_payment or last))
    missing = [reference for reference, day, _end in days if day is None]
    if first is None or last is None:
        missing.append(FieldRef("grant", grant.key, "period_start" if first is None else "period_end"))
    if missing:
        return unknown(*missing)
    return all(day and first and end and first <= day <= end for _reference, day, end in days)


def first_day(grant: Grant) -> date | None:
    """Return from when expenditure counts: an early start that was allowed goes before the period."""
    if grant.early_start is not None and grant.period_start is not None:
        return min(grant.early_start, grant.period_start)
    return grant.period_start
