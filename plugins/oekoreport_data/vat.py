"""Value added tax of a receipt: the rates that hold for it, that of each part, and the tax that rates make of its net.

The rate is that of the day on which the service is complete (§ 27 Abs. 1 UStG). What is invoiced or paid before that
bears the rate of its own day, and is corrected once the service is complete. Parts of a service that are owed and
complete by themselves follow their own completion, of which a receipt says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from oekoreport import Allocation, Message, Noun, Receipt, TermsInRule, VatCase, catalogue, need

_ = catalogue("oekoreport_data")

CENT = Decimal("0.01")
ROUNDING = Decimal("0.05")
"""EUR by which tax may differ from net times rate: invoices round each of their lines."""


RATES = ("vat_standard", "vat_reduced")


def rates_stated(receipt: Receipt) -> list[tuple[Noun, Decimal]]:
    """Return the rates that a receipt and its parts state, each with the noun that states it.

    Raises:
        Undecided: one of them is unknown.
    """
    nouns = [noun for noun in (receipt, *receipt.allocations) if noun.stated("vat_rate")]
    return [(noun, Decimal(need(noun, "vat_rate"))) for noun in nouns]


def rates_on(day: date, terms: TermsInRule) -> set[Decimal]:
    """Return the rates that hold on a day."""
    return {terms.on(name, day) for name in RATES}


def in_words(rates: Iterable[Decimal]) -> Message:
    """Return rates as a choice, the highest first; a comma between them would read as a decimal one."""
    first, *others = sorted(rates, reverse=True)
    told = Message("{rate}", rate=first)
    for rate in others:
        told = _("{first} or {second}", first=told, second=rate)
    return told


def early_rates(receipt: Receipt, terms: TermsInRule) -> set[Decimal]:
    """Return the rates of the days before its service was complete on which a receipt was issued or paid.

    Raises:
        Undecided: the day of the service or of the receipt is unknown.
    """
    complete = need(receipt, "service_to")
    days = (need(receipt, "issued_on"), *(payment.date for payment in receipt.payments if payment.date))
    return {rate for day in days if day < complete for rate in rates_on(day, terms)}


def rates_of_parts(receipt: Receipt, terms: TermsInRule) -> set[Decimal]:
    """Return the rates that parts of a service may have, complete on one or another of its days.

    Raises:
        Undecided: one of the days of the service is unknown.
    """
    first, last = need(receipt, "service_from"), need(receipt, "service_to")
    return {rate for name in RATES for rate in terms.during(name, first, last)}


def bears_tax(receipt: Receipt) -> bool:
    """Tell whether a receipt has value added tax and states a rate of it.

    Raises:
        Undecided: it is unknown how the tax is dealt with.
    """
    return need(receipt, "vat_case") is not VatCase.EXEMPT and states_rate(receipt)


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
