"""What has to lie in the approval period, and what was paid too early."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from oekoreport import (
    Case,
    Grant,
    Issue,
    NotApplicable,
    Payment,
    PeriodTest,
    Receipt,
    TermsInRule,
    Undecided,
    catalogue,
    need,
    rule,
)

_ = catalogue("oekoreport_nrw")


def grant_of(case: Case) -> Grant:
    """Return the grant.

    Raises:
        Undecided: there is none.
    """
    if case.project.grant is None:
        raise Undecided(_("There is no grant."))
    return case.project.grant


@rule(
    "NRW-PERIOD",
    _("Eligible receipts lie in the approval period"),
    basis="Zuwendungsbescheid (Bewilligungszeitraum)",
    each=lambda case: case.project.receipts,
)
def inside_approval_period(receipt: Receipt, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """Service, payment or both, as the notice asks, lie in the approval period where a part of the receipt is eligible.

    Why: what lies outside is not eligible; an early start or a later last payment counts where the notice allows it.
    Fails: period to 31.07.2025, service to 15.08.2025.
    Passes: period to 31.07.2025, service to 31.07.2025; a licence fee for a calendar year that is not eligible anyway.
    """
    grant = grant_of(case)
    if not any(case.figure(f"allocation.eligible/{part.key}") for part in receipt.allocations):
        raise NotApplicable
    test = need(grant, "period_test")
    first = _first_day(grant)
    if test in (PeriodTest.SERVICE, PeriodTest.BOTH):
        yield from _service_inside(receipt, first, need(grant, "period_end"))
    if test in (PeriodTest.PAYMENT, PeriodTest.BOTH):
        last = need(grant, "last_payment" if "last_payment" in grant.model_fields_set else "period_end")
        for payment in receipt.payments:
            yield from _payment_inside(payment, receipt, first, last)


def _first_day(grant: Grant) -> date:
    """Return from when expenditure counts: an early start that was allowed goes before the period."""
    start: date = need(grant, "period_start")
    if "early_start" not in grant.model_fields_set:
        return start
    early: date = need(grant, "early_start")
    return min(start, early)


def _service_inside(receipt: Receipt, first: date, last: date) -> Iterator[Issue]:
    begins, ends = need(receipt, "service_from"), need(receipt, "service_to")
    if begins < first or ends > last:
        yield Issue(
            _(
                "Receipt {receipt}: service from {begins} to {ends}; the period is {first} to {last}.",
                receipt=receipt.key,
                begins=begins,
                ends=ends,
                first=first,
                last=last,
            ),
            "service_from" if begins < first else "service_to",
            hint=_("Take what lies outside out of the eligible part and give the reason."),
        )


def _payment_inside(payment: Payment, receipt: Receipt, first: date, last: date) -> Iterator[Issue]:
    day = need(payment, "date")
    if not first <= day <= last:
        yield Issue(
            _(
                "Receipt {receipt}: paid on {day}; payments count from {first} to {last}.",
                receipt=receipt.key,
                day=day,
                first=first,
                last=last,
            ),
            "date",
            at=payment,
            hint=_("Take it out of the eligible part and give the reason."),
        )


@rule(
    "NRW-ADVANCE",
    _("Nothing is paid before the service"),
    basis="Nebenbestimmungen NRW: Zahlung vor der Leistung",
    each=lambda case: case.project.receipts,
)
def paid_before_service(receipt: Receipt, _case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """No payment is made before the service begins.

    Why: money may be paid before the service only where that is usual or justified; the authority decides that.
    Fails: service on 05.03.2025, paid on 26.02.2025.
    Passes: paid on the day of the service or later; an advance that the authority consented to, with a waiver.
    """
    if not terms["advance_payments_restricted"] or not receipt.payments:
        raise NotApplicable
    begins = need(receipt, "service_from")
    days = [need(payment, "date") for payment in receipt.payments if payment.advance or need(payment, "date") < begins]
    if days:
        yield Issue(
            _(
                "Receipt {receipt}: paid on {day}, before the service of {begins}.",
                receipt=receipt.key,
                day=min(days),
                begins=begins,
            ),
            "service_from",
            hint=_("Say why it was usual or justified; enter the authority’s consent as a waiver."),
        )
