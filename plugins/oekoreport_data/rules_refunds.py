"""Money that came back: does it belong to a payment, and to no more of it than was paid?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from oekoreport import PRODUCT, Case, Issue, Payment, Project, Receipt, TermsInRule, catalogue, euro, need, rule

_ = catalogue("oekoreport_data")


def _returning(case: Case) -> list[Receipt]:
    return [receipt for receipt in case.project.receipts if any(map(_names, receipt.payments))]


def _names(payment: Payment) -> bool:
    return payment.stated("returns")


@rule("CORE-REFUND", _("A refund names a payment on its receipt"), basis=PRODUCT, each=_returning)
def refund_of_a_payment(receipt: Receipt, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """What returns a payment has a minus sign, and the payment was made on the same receipt or the one referred to.

    Why: a refund counts as the payment that it returns; one that names the wrong payment moves money over a deadline.
    Fails: a refund of -300.00 that returns a payment on another receipt; a payment of 300.00 that returns one.
    Passes: a refund of -300.00 that returns a payment of 1,000.00 on the same receipt.
    """
    other = next((each for each in case.project.receipts if each.key == receipt.refers_to), None)
    own = {payment.key: payment for each in (receipt, other) if each is not None for payment in each.payments}
    for payment in filter(_names, receipt.payments):
        returned = own.get(need(payment, "returns"))
        if need(payment, "amount") < 0 and returned is not None and need(returned, "amount") > 0:
            continue
        yield Issue(
            _(
                "Receipt {receipt}: {amount} cannot return payment {payment}.",
                receipt=receipt.key,
                amount=euro(need(payment, "amount")),
                payment=payment.returns,
            ),
            "returns",
            at=payment,
            hint=_("Enter the payment on this receipt that came back; money that came back has a minus sign."),
        )


@rule("CORE-REFUNDED", _("No more came back than was paid"), basis=PRODUCT)
def refunded_at_most(project: Project, _case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """All that came back of a payment, or by credit notes of a receipt, is no more than was paid.

    Why: what comes back lowers the expenditure; more than was paid would lower that of other receipts.
    Fails: 200.00 paid, -300.00 returns it; an invoice of 119.00 paid, two credit notes of -119.00 paid back.
    Passes: 1,000.00 paid, -300.00 and -700.00 return it; a credit note before the invoice was paid.
    """
    paid = {payment.key: payment for receipt in project.receipts for payment in receipt.payments}
    left: dict[str, Decimal] = {}
    for payment in paid.values():
        if payment.returns in paid and payment.amount is not None:
            whole = need(paid[payment.returns], "amount")
            left[payment.returns] = left.get(payment.returns, whole) + payment.amount
            if left[payment.returns] < 0:
                yield _too_much(payment, payment.returns, whole)
    yield from _credited(project)


def _credited(project: Project) -> Iterator[Issue]:
    """Yield the credit notes with which more came back than was paid on the receipt that they refer to."""
    sums = {receipt.key: _sum(receipt) for receipt in project.receipts}
    left: dict[str, Decimal] = defaultdict(Decimal)
    for receipt in project.receipts:
        key, back = receipt.refers_to, sums[receipt.key]
        if key not in sums or back >= 0 or sums[key] <= 0:
            continue
        left[key] += back
        if left[key] < -sums[key]:
            yield _too_much(receipt.payments[-1], key, sums[key])


def _sum(receipt: Receipt) -> Decimal:
    return sum((payment.amount for payment in receipt.payments if payment.amount is not None), Decimal(0))


def _too_much(payment: Payment, of: str, whole: Decimal) -> Issue:
    return Issue(
        _("More came back of {of} than the {whole} that was paid.", of=of, whole=euro(whole)),
        "amount",
        at=payment,
        hint=_("Compare the refunds with the bank statement; enter each of them once."),
    )
