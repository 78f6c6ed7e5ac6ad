"""Which payment pays which part of a receipt, and which payment it is that came back.

A payment that names a part pays that part. All others pay the receipt: each part its share of what is still open on
it, in the order of time, so that no part is paid above its amount unless the receipt is. Money that came back is
taken from the parts by what was paid on them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from oekoreport.figures.engine import Figures
from oekoreport.figures.values import Basis, FieldRef, Value, read, unknown, unread
from oekoreport.model import Project
from oekoreport.model.money import half_up
from oekoreport.model.receipt import Allocation, Payment, Receipt


class ReceiptPart(NamedTuple):
    """A part of a receipt together with its receipt, as the key of figures."""

    allocation: Allocation
    receipt: Receipt

    @property
    def key(self) -> str:
        """The allocation's key."""
        return self.allocation.key

    @property
    def identity(self) -> tuple[str, str]:
        """Kind and key of the allocation."""
        return self.allocation.identity


def parts(project: Project) -> Iterator[ReceiptPart]:
    """Yield the parts of all receipts."""
    for receipt in project.receipts:
        for allocation in receipt.allocations:
            yield ReceiptPart(allocation, receipt)


# --- what a payment pays ---------------------------------------------------------------------------------------------


class Share(NamedTuple):
    """What a payment pays of a part, gross."""

    payment: Payment
    paid: Value


def shares_of(figures: Figures, part: ReceiptPart) -> Sequence[Share]:
    """Return what each payment pays of a part, those left out that pay nothing of it."""
    return figures.once(_shares_by_part).get(part.key, ())


def _shares_by_part(figures: Figures) -> Mapping[str, Sequence[Share]]:
    found: dict[str, list[Share]] = defaultdict(list)
    for receipt in figures.project.receipts:
        for key, share in _shares(receipt):
            found[key].append(share)
    return found


def _shares(receipt: Receipt) -> Iterator[tuple[str, Share]]:
    """Yield part and share of all payments of a receipt; one whose part cannot be read is unknown on every part.

    On a receipt that has no part yet a payment pays nothing of any.
    """
    whole: list[Payment] = []
    single = len(receipt.allocations) == 1
    for payment in receipt.payments:
        if payment.allocation is not None:
            yield payment.allocation, Share(payment, read(payment, "amount"))
        elif payment.stated("allocation"):
            lacking = unknown(FieldRef(payment.kind, payment.key, "allocation"))
            yield from ((allocation.key, Share(payment, lacking)) for allocation in receipt.allocations)
        elif single:
            yield receipt.allocations[0].key, Share(payment, read(payment, "amount"))
        else:
            whole.append(payment)
    if whole and receipt.allocations:
        yield from _split(receipt, whole)


def _split(receipt: Receipt, payments: Sequence[Payment]) -> Iterator[tuple[str, Share]]:
    """Split payments on the whole receipt over its parts; unknown where an amount is that they are split by."""
    named = [payment for payment in receipt.payments if payment.allocation is not None]
    nouns: tuple[Allocation | Payment, ...] = (*receipt.allocations, *named, *payments)
    basis: tuple[Basis, ...] = tuple(FieldRef(noun.kind, noun.key, "amount") for noun in nouns)
    missing = unread(nouns, "amount")
    due = [allocation.amount or Decimal(0) for allocation in receipt.allocations]
    paid = [_named_for(allocation, named) for allocation in receipt.allocations]
    for payment in sorted(payments, key=lambda payment: payment.date or date.max):
        amounts = apportioned(payment.amount or Decimal(0), due, paid)
        paid = [before + amount for before, amount in zip(paid, amounts, strict=True)]
        for allocation, amount in zip(receipt.allocations, amounts, strict=True):
            share = unknown(*missing, basis=basis) if missing else Value(amount, basis)
            yield allocation.key, Share(payment, share)


def _named_for(allocation: Allocation, named: Sequence[Payment]) -> Decimal:
    amounts = (payment.amount for payment in named if payment.allocation == allocation.key)
    return sum((amount for amount in amounts if amount is not None), Decimal(0))


def apportioned(payment: Decimal, due: Sequence[Decimal], paid: Sequence[Decimal]) -> list[Decimal]:
    """Return a part's share of a payment on the whole receipt for each part, in cents.

    Args:
        payment: the amount; one with the other sign than the receipt is money that came back.
        due: what each part amounts to.
        paid: what was paid on each part before.
    """
    whole = sum(due, Decimal(0))
    comes_back = payment * whole < 0
    room = [-before for before in paid] if comes_back else [_open(*each) for each in zip(due, paid, strict=True)]
    most = sum(room, Decimal(0))
    within = min(payment, most, key=abs) if payment * most > 0 else Decimal(0)
    first, excess = _in_proportion(within, room), _in_proportion(payment - within, due)
    return [one + other for one, other in zip(first, excess, strict=True)]


def _open(due: Decimal, paid: Decimal) -> Decimal:
    """Return what is still open on a part; nothing where it was overpaid."""
    left = due - paid
    return left if left * due > 0 else Decimal(0)


def _in_proportion(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Split an amount by weights, to the cent: no share is above its weight where the amount is not above their sum.

    Rounded is the running total, so that rounding neither adds up nor falls on one part alone. All goes to the first
    where the weights come to nothing.
    """
    whole = sum(weights, Decimal(0))
    if not whole:
        return [amount, *[Decimal(0)] * (len(weights) - 1)]
    shares: list[Decimal] = []
    running = done = Decimal(0)
    for weight in weights:
        running += weight
        until = half_up(amount * running / whole)
        shares.append(until - done)
        done = until
    return shares
