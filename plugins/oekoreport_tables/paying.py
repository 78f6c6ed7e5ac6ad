"""Which part of a receipt a payment pays, by the rows that both were typed in.

A payment that names a part pays that part. Where every part's row has a payment, each pays its part; if one is more
than its part, and all together are not more than the receipt, they are its instalments. Where only the first row has
one, it pays the receipt; so does a payment in a row of its own. What may mean either is asked, and taken as a payment
on the receipt until it is answered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from oekoreport import KINDS, Finding, Origin, Record, Severity, catalogue

_ = catalogue("oekoreport_tables")


class Entered(NamedTuple):
    """A payment as it was typed, and the part in whose row it stands, if it stands in one."""

    key: str
    values: dict[str, object]
    origin: Origin
    part: Record | None


def assigned(receipt: str, parts: Sequence[Record], payments: Sequence[Entered]) -> Iterator[Record | Finding]:
    """Yield a receipt's payments, each with the part that its row says, and a question where rows do not say it."""
    rows = [each for each in payments if each.part is not None]
    asked: list[Entered] = []
    if len(rows) < len(parts):
        rows, asked = _by_amounts(parts, payments, [each for each in rows if not each.values.get("allocation")])
    elif len(parts) > 1 and _are_instalments(parts, payments):
        rows = []
    for each in rows:
        if each.part is not None:
            each.values.setdefault("allocation", each.part.key)
    for key, values, origin, _part in payments:
        yield Record("payment", key, values, origin, receipt)
    yield from (_question(receipt, each, each.part) for each in asked if each.part is not None)


def _by_amounts(
    parts: Sequence[Record], payments: Sequence[Entered], rows: Sequence[Entered]
) -> tuple[list[Entered], list[Entered]]:
    """Return which payments in rows of parts pay their part, and which may: some part has no payment in its row."""
    first = [each for each in rows if each.part is parts[0]]
    if rows == first:
        return [], [each for each in rows if len(payments) == 1 and _is_exact(each)]
    if all(map(_is_exact, rows)):
        return list(rows), []
    return [], list(rows)


def _are_instalments(parts: Sequence[Record], payments: Sequence[Entered]) -> bool:
    """Tell whether a payment is more than the part in its row, and all together are not more than the receipt."""
    paid = [_amount("payment", each.values) for each in payments]
    due = [_amount("allocation", part.values) for part in parts]
    in_rows = [_amount("allocation", each.part.values) if each.part else None for each in payments]
    if None in (*paid, *due) or any(each.values.get("allocation") for each in payments):
        return False
    exceeds = any(abs(amount) > abs(part) for amount, part in zip(paid, in_rows, strict=True) if amount and part)
    return exceeds and abs(_sum(paid)) <= abs(_sum(due))


def _sum(amounts: Sequence[Decimal | None]) -> Decimal:
    return sum((amount for amount in amounts if amount is not None), Decimal(0))


def _is_exact(entered: Entered) -> bool:
    """Tell whether a payment is to the cent what the part in its row amounts to."""
    paid = _amount("payment", entered.values)
    return paid is not None and entered.part is not None and paid == _amount("allocation", entered.part.values)


def _amount(kind: str, values: Mapping[str, object]) -> Decimal | None:
    try:
        amount = KINDS[kind].described()["amount"].read(values.get("amount"))
    except ValueError:
        return None
    return amount if isinstance(amount, Decimal) else None


def _question(receipt: str, payment: Entered, part: Record) -> Finding:
    return Finding(
        "DATA-PAYS",
        Severity.ERROR,
        _(
            "The payment of {amount} on receipt {receipt} may be for the part in its row ({part}) or for the whole "
            "receipt, in proportion.",
            amount=str(payment.values.get("amount")),
            receipt=receipt,
            part=part.key,
        ),
        payment.origin.place("amount"),
        ("payment", payment.key),
        hint=_(
            "If it pays the part, enter “{part}” under “Pays part”; if it pays the receipt, move it to a row of its "
            "own below, with the receipt’s key.",
            part=part.key,
        ),
        question=True,
    )
