"""Receipts: do they lie in the approval period, was nothing paid too early, and is only what may count counted?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from oekoreport.language import catalogue
from oekoreport.model.grant import Grant, PeriodTest
from oekoreport.model.receipt import Allocation, Payment, Receipt
from oekoreport.rules import Case, Issue, NotApplicable, TermsInRule, need
from oekoreport.rules.provisions.provision import provision
from oekoreport.rules.provisions.subjects import grant_of, lines, may_be_eligible, parts, receipts
from oekoreport.units import euro

_ = catalogue("oekoreport")


@provision(_("Eligible receipts fall within the approval period"), each=receipts)
def inside_approval_period(receipt: Receipt, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """Service, payment or both, as the notice asks, lie in the approval period where a receipt is to be eligible.

    The period ends on its last day, be that a Sunday or a holiday: it is no time limit that moves.

    Why: what lies outside is not eligible; an early start or a later last payment counts where the notice allows it.
    Fails: period to 31.07.2025, service to 15.08.2025.
    Passes: period to 31.07.2025, service to 31.07.2025; a licence fee for a calendar year that is not eligible anyway.
    """
    grant = grant_of(case)
    if not any(may_be_eligible(part, case) for part in receipt.allocations):
        raise NotApplicable
    test = need(grant, "period_test")
    first = first_day(grant)
    if test in (PeriodTest.SERVICE, PeriodTest.BOTH):
        yield from _service_inside(receipt, first, need(grant, "period_end"))
    if test in (PeriodTest.PAYMENT, PeriodTest.BOTH):
        last = need(grant, "last_payment" if grant.stated("last_payment") else "period_end")
        for payment in receipt.payments:
            yield from _payment_inside(payment, receipt, first, last)


def first_day(grant: Grant) -> date:
    """Return from when expenditure counts: an early start that was allowed goes before the period."""
    start: date = need(grant, "period_start")
    if not grant.stated("early_start"):
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
            hint=_("Remove what is outside the period from the eligible part and give the reason."),
        )


def _payment_inside(payment: Payment, receipt: Receipt, first: date, last: date) -> Iterator[Issue]:
    day = need(payment, "date")
    if not first <= day <= last:
        yield Issue(
            _(
                "Receipt {receipt}: paid on {day}; only payments from {first} to {last} count.",
                receipt=receipt.key,
                day=day,
                first=first,
                last=last,
            ),
            "date",
            at=payment,
            hint=_("Remove it from the eligible part and give the reason."),
        )


@provision(_("No payment precedes the service"), each=receipts)
def paid_before_service(receipt: Receipt, _case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """No payment is made before the service begins.

    Why: money may be paid before the service only where that is usual or justified; the authority decides that.
    Fails: service on 05.03.2025, paid on 26.02.2025.
    Passes: paid on the day of the service or later; an advance that the authority consented to, with a waiver.
    """
    if not receipt.payments:
        raise NotApplicable
    begins = need(receipt, "service_from")
    days = [need(payment, "date") for payment in receipt.payments if payment.advance or need(payment, "date") < begins]
    if days and terms["advance_payments_restricted"]:
        yield Issue(
            _(
                "Receipt {receipt}: paid on {day}, before the service began on {begins}.",
                receipt=receipt.key,
                day=min(days),
                begins=begins,
            ),
            "service_from",
            hint=_("Explain why it was usual or justified; enter the authority’s consent as a waiver."),
        )


@provision(_("Discount forgone is not eligible"), each=receipts)
def discount_forgone(receipt: Receipt, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """Discount that was offered and not taken is not in the eligible amount stated.

    Why: the grant is to be used thriftily; what a prompt payment would have saved is the recipient's own affair.
    Fails: 500 paid, 10 of discount forgone, 500 stated as eligible.
    Passes: 500 paid, 10 of discount forgone, 490 stated as eligible, or nothing stated: then it is left out anyway.
    """
    forgone = sum(
        (need(each, "discount_forgone") for each in receipt.payments if each.stated("discount_forgone")),
        Decimal(0),
    )
    stated = [part for part in receipt.allocations if part.stated("eligible")]
    if not forgone or not stated:
        raise NotApplicable
    spent = case.figure(f"receipt.spent/{receipt.key}")
    eligible = sum((case.figure(f"allocation.eligible/{part.key}") for part in receipt.allocations), Decimal(0))
    if eligible > spent - forgone:
        yield Issue(
            _(
                "Receipt {receipt}: {eligible} of {spent} paid is claimed as eligible, although a discount of "
                "{forgone} was not used.",
                receipt=receipt.key,
                eligible=euro(eligible),
                spent=euro(spent),
                forgone=euro(forgone),
            ),
            "eligible",
            at=stated[0],
            hint=_("Remove the unused discount from the eligible part and give the reason."),
        )


@provision(_("Net amounts are claimed if input tax is deducted"), each=parts)
def net_where_deducted(part: Allocation, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """A part on a line whose input tax is deducted states its net amount, and no more than that as eligible.

    Why: tax that the tax office gives back is no expenditure; only net amounts may be reported.
    Fails: input tax deductible, 840.34 net, 1,000.00 stated as eligible.
    Passes: input tax deductible, 840.34 net, 840.34 eligible; a line without deduction is not judged.
    """
    line = next((line for line in lines(case) if line.key == need(part, "line")), None)
    if line is None or not need(line, "input_tax_deductible"):
        raise NotApplicable
    net = need(part, "net")
    eligible = need(part, "eligible") if part.stated("eligible") else net
    if abs(eligible) > abs(net):
        yield Issue(
            _(
                "Part {part} on “{line}”: {eligible} claimed as eligible, {net} net; input tax is deducted there.",
                part=part.key,
                line=line.called,
                eligible=euro(eligible),
                net=euro(net),
            ),
            "eligible",
            expected=_("at most {limit}", limit=euro(net)),
            hint=_(
                "State the net amount as eligible, or correct the entry on whether input tax is deducted for the line."
            ),
        )
