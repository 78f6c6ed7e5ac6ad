"""Do receipts add up: net and tax, parts, payments?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from oekoreport import (
    PRODUCT,
    Allocation,
    Case,
    Issue,
    Message,
    NotApplicable,
    Noun,
    Receipt,
    TermsInRule,
    VatCase,
    catalogue,
    euro,
    need,
    rule,
)
from oekoreport.kit.law import lines, parts
from oekoreport_data.vat import ROUNDING, has_rates_of_parts, tax_due

_ = catalogue("oekoreport_data")


def _receipts(case: Case) -> tuple[Receipt, ...]:
    return case.project.receipts


@rule("CORE-RECEIPT-SUM", _("Net plus VAT equals gross"), basis=PRODUCT, each=_receipts)
def net_and_tax(receipt: Receipt, _case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """Net amount and value added tax make the gross amount, to the cent.

    Why: an amount that was mistyped shows here; later it is only a wrong total.
    Fails: 100.00 net, 19.00 tax, 191.00 gross.
    Passes: 100.00 net, 19.00 tax, 119.00 gross; without tax where it is exempt or owed by the recipient (§ 13b UStG).
    """
    net, gross, case = need(receipt, "net"), need(receipt, "gross"), need(receipt, "vat_case")
    tax = _tax(receipt) if case is VatCase.STANDARD else _stated(receipt, "vat")
    if case is not VatCase.STANDARD and tax:
        yield Issue(
            _(
                "Receipt {receipt} shows {tax} VAT, but its VAT case is “{case}”.",
                receipt=receipt.key,
                tax=euro(tax),
                case=case,
            ),
            "vat",
            hint=_("Correct the VAT case, or enter the tax with the receipt that it was paid on."),
        )
    elif net + tax != gross:
        yield Issue(
            _(
                "Receipt {receipt}: {net} net plus {tax} VAT does not equal {gross} gross.",
                receipt=receipt.key,
                net=euro(net),
                tax=euro(tax),
                gross=euro(gross),
            ),
            "gross",
            expected=Message("{amount}", amount=euro(net + tax)),
            found=Message("{amount}", amount=euro(gross)),
            hint=_("Compare the three amounts with the receipt."),
        )


def _tax(receipt: Receipt) -> Decimal:
    """Return the tax shown; where it was left empty, what the rates make of the net amount."""
    if receipt.vat is not None or receipt.stated("vat"):
        return Decimal(need(receipt, "vat"))
    due, rest = tax_due(receipt), Decimal(need(receipt, "gross")) - Decimal(need(receipt, "net"))
    return rest if has_rates_of_parts(receipt) and abs(rest - due) <= ROUNDING else due


@rule("CORE-RECEIPT-PARTS", _("The allocations add up to the receipt"), basis=PRODUCT, each=_receipts)
def parts_of_receipt(receipt: Receipt, _case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """The parts of a receipt make its gross amount, less the discount taken.

    Why: what is on no line is missing in the settlement; what exceeds the receipt was never paid.
    Fails: gross 119.00, one part of 100.00.
    Passes: gross 119.00, parts of 100.00 and 19.00; or gross 100.00, 2.00 discount taken, one part of 98.00.
    """
    if not receipt.allocations:
        yield Issue(
            _("Receipt {receipt} is not assigned to a line of the plan.", receipt=receipt.key),
            hint=_("Enter the expenditure line that it belongs to."),
        )
        return
    parts = sum((need(part, "amount") for part in receipt.allocations), Decimal(0))
    due = need(receipt, "gross") - sum((_stated(payment, "discount") for payment in receipt.payments), Decimal(0))
    if parts != due:
        yield Issue(
            _(
                "Receipt {receipt}: its parts add up to {parts}; {due} must be allocated.",
                receipt=receipt.key,
                parts=euro(parts),
                due=euro(due),
            ),
            hint=_("Compare all of them: the allocations add up to the gross amount less the discount taken."),
        )


@rule("CORE-PAYMENTS", _("No part is overpaid"), basis=PRODUCT, each=_receipts)
def paid_at_most(receipt: Receipt, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """No more is paid on a receipt, or on a part of it, than it amounts to; and no more came back than was paid.

    Why: a payment entered twice, or on the wrong receipt, would raise the expenditure reported.
    Fails: a part of 119.00, two payments of 119.00; a credit note of -50.00, a payment of 50.00.
    Passes: a part of 119.00, payments of 100.00 and 19.00; a credit note of -50.00, 50.00 paid back.
    """
    paid = sum((need(payment, "amount") for payment in receipt.payments), Decimal(0))
    due = sum((need(part, "amount") for part in receipt.allocations), Decimal(0))
    if _exceeds(paid, due):
        yield Issue(
            _("Receipt {receipt}: {paid} paid, {due} due.", receipt=receipt.key, paid=euro(paid), due=euro(due)),
            at=receipt.payments[-1],
            field="amount",
            hint=_(
                "Compare the payments with the bank statement; enter each of them once, and money back with a minus."
            ),
        )
    elif len(receipt.allocations) > 1:
        for part in receipt.allocations:
            yield from _overpaid(receipt, part, case)


def _overpaid(receipt: Receipt, part: Allocation, case: Case) -> Iterator[Issue]:
    paid, due = case.figure(f"allocation.paid/{part.key}"), need(part, "amount")
    if _exceeds(paid, due):
        payments = [payment for payment in receipt.payments if payment.allocation == part.key]
        yield Issue(
            _("Part {part}: {paid} paid, {due} due.", part=part.key, paid=euro(paid), due=euro(due)),
            at=payments[-1] if payments else part,
            field="allocation" if payments else "amount",
            hint=_("Assign the payment to the part that it pays, or leave that field empty."),
        )


def _exceeds(paid: Decimal, due: Decimal) -> bool:
    return paid * due < 0 or abs(paid) > abs(due)


@rule("CORE-ELIGIBLE", _("No more is eligible than was paid"), basis=PRODUCT, each=parts)
def eligible_at_most(part: Allocation, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """The eligible amount stated is no more than was paid on the part, and has its sign.

    Until something is paid, it is no more than the part. Net amounts are a matter of the general conditions.

    Why: what is above is not expenditure, and a slip of a digit or a sign would pass into the grant unseen.
    Fails: 1,428.00 paid, 1,482.00 stated as eligible; 1,428.00 paid, -5.00 stated as eligible.
    Passes: 1,428.00 paid, 1,428.00, 1,000.00 or 0.00 stated as eligible.
    """
    if not part.stated("eligible"):
        raise NotApplicable
    eligible, due = need(part, "eligible"), need(part, "amount")
    limit = case.figure(f"allocation.spent/{part.key}") or due
    if eligible * limit >= 0 and (abs(eligible) <= abs(limit) or _is_above_net(part, case)):
        return
    yield Issue(
        _(
            "Part {part}: {eligible} stated as eligible, {limit} spent. Until it is corrected, {counted} counts.",
            part=part.key,
            eligible=euro(eligible),
            limit=euro(limit),
            counted=euro(case.figure(f"allocation.eligible/{part.key}")),
        ),
        "eligible",
        expected=_("from {first} to {last}", first=euro(min(limit, Decimal(0))), last=euro(max(limit, Decimal(0)))),
        found=Message("{amount}", amount=euro(eligible)),
        hint=_(
            "Correct the eligible amount, or enter the payment that is missing; leave it empty if all of it counts."
        ),
    )


def _is_above_net(part: Allocation, case: Case) -> bool:
    """Tell whether more than the net amount is stated where input tax is deducted: the conditions' rule says so."""
    line = next((line for line in lines(case) if line.key == part.line), None)
    deducts = line is not None and bool(line.input_tax_deductible)
    return deducts and abs(need(part, "eligible")) > abs(need(part, "net"))


def _stated(noun: Noun, name: str) -> Decimal:
    """Return an optional amount: 0 where it was left empty.

    Raises:
        Undecided: it was filled in and could not be read.
    """
    return Decimal(need(noun, name)) if noun.stated(name) else Decimal(0)
