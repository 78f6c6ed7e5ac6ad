"""Are days in an order that can be?"""

from __future__ import annotations

from collections.abc import Iterator

from oekoreport import (
    PRODUCT,
    Case,
    Issue,
    Payment,
    Receipt,
    TermsInRule,
    catalogue,
    describe,
    need,
    rule,
)

_ = catalogue("oekoreport_data")


@rule(
    "CORE-SERVICE", _("A service does not end before it begins"), basis=PRODUCT, each=lambda case: case.project.receipts
)
def service_in_order(receipt: Receipt, _case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """The last day of a service is not before its first.

    Why: whether a receipt counts depends on both days; one of them is mistyped.
    Fails: service from 01.06.2024 to 31.05.2024.
    Passes: service from 01.06.2024 to 30.06.2024, or on one day.
    """
    first, last = need(receipt, "service_from"), need(receipt, "service_to")
    if last < first:
        yield Issue(
            _(
                "Receipt {receipt}: the service ends on {last} and begins on {first}.",
                receipt=receipt.key,
                last=last,
                first=first,
            ),
            "service_to",
            hint=_("Compare both dates with the receipt."),
        )


@rule(
    "CORE-PAYMENT-DAY",
    _("No payment is dated after the reference date"),
    basis=PRODUCT,
    each=lambda case: [payment for receipt in case.project.receipts for payment in receipt.payments],
)
def paid_by_reference_date(payment: Payment, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """No payment is later than the reference date.

    Why: only what was paid is reported as expenditure.
    Fails: reference date 15.09.2025, paid on 01.10.2025.
    Passes: reference date 15.09.2025, paid on 15.09.2025.
    """
    day, today = need(payment, "date"), case.today()
    if day > today:
        yield Issue(
            _(
                "{payment}: paid on {day}, after the reference date {today}.",
                payment=describe(payment.identity),
                day=day,
                today=today,
            ),
            "date",
            hint=_("Correct the date, or remove the payment until it is made."),
        )
