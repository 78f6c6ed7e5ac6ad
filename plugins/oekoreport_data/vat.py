"""Value added tax of a receipt: the rate of each part, and the tax that rates make of the net amount."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from oekoreport import Allocation, Receipt, need

CENT = Decimal("0.01")
ROUNDING = Decimal("0.05")
"""EUR by which tax may differ from net times rate: invoices round each of their lines."""


def states_rate(receipt: Receipt) -> bool:
    """Tell whether a receipt or a part of it states a rate."""
    return receipt.stated("vat_rate") or has_rates_of_parts(receipt)


def has_rates_of_parts(receipt: Receipt) -> bool:
    """Tell whether parts of a receipt state rates of their own."""
    return any(part.stated("vat_rate") for part in receipt.allocations)


def rate_of(part: Allocation, receipt: Receipt) -> Decimal:
    """Return the rate of a part: its own, else its receipt's.

    Raises:
        Undecided: it is unknown.
    """
    return Decimal(need(part if part.stated("vat_rate") else receipt, "vat_rate"))


def tax_due(receipt: Receipt) -> Decimal:
    """Return the tax that the rates make of a receipt's net amount, to the cent.

    Where parts have rates of their own, the net amount is divided as the parts are: discount taken lowers all alike.

    Raises:
        Undecided: a rate or an amount is unknown.
    """
    net = Decimal(need(receipt, "net"))
    if not has_rates_of_parts(receipt):
        return _cents(net * Decimal(need(receipt, "vat_rate")) / 100)
    taxes = nets = Decimal(0)
    for part in receipt.allocations:
        amount, rate = Decimal(need(part, "amount")), rate_of(part, receipt)
        taxes += amount * rate / (100 + rate)
        nets += amount * 100 / (100 + rate)
    return _cents(net * taxes / nets) if nets else Decimal(0)


def gross_of(net: Decimal, rate: Decimal) -> Decimal:
    """Return net and tax together, to the cent."""
    return _cents(net * (100 + rate) / 100)


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)
