"""Receipts: do they lie in the approval period, was nothing paid too early, and is only what may count counted?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from oekoreport.language import catalogue
from oekoreport.model.grant import Grant, PeriodTest
from oekoreport.model.receipt import Allocation, Payment, Receipt
from oekoreport.rules import Case, Issue, NotApplicable, TermsInRule, UnknownLaw, need
from oekoreport.rules.provisions.provision import provision
from oekoreport.rules.provisions.subjects import grant_of, lines, may_be_eligible, parts, receipts
from oekoreport.units import euro

_ = catalogue("oekoreport")


@provision(_("Eligible receipts fall within the approval period"), each=receipts)
def inside_approval_period(receipt: Receipt, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """Service, payment or both, as the notice asks, lie in the approval period where a receipt is to be eligible.

    The period ends on its last day, be that a Sunday or a holiday: it is no time limit that moves. Money that came
    back counts as the payment that it returns, and a credit note as what was paid on the receipt that it refers to.

    Why: what lies outside is not eligible; an early start or a later last payment counts where the notice allows it.
    Fails: period to 31.07.2025, service to 15.08.2025.
    Passes: period to 31.07.2025, service to 31.07.2025; a licence fee for a calendar year that is not eligible anyway.
    """
    grant = grant_of(case)
    if _refers_back(receipt) or not any(may_be_eligible(part, case) for part in receipt.allocations):
        raise NotApplicable
    test = need(grant, "period_test")
    first = first_day(grant)
    if test in (PeriodTest.SERVICE, PeriodTest.BOTH):
        yield from _service_inside(receipt, first, need(grant, "period_end"))
    if test in (PeriodTest.PAYMENT, PeriodTest.BOTH):
        last = need(grant, "last_payment" if grant.stated("last_payment") else "period_end")
        for payment in receipt.payments:
            if not came_back(payment):
                yield from _payment_inside(payment, receipt, first, last)


def came_back(payment: Payment) -> bool:
    """Tell whether a payment is money that came back."""
    return payment.amount is not None and payment.amount < 0


def _refers_back(receipt: Receipt) -> bool:
    """Tell whether a receipt only returns what was paid on another."""
    return receipt.refers_to is not None and bool(receipt.payments) and all(map(came_back, receipt.payments))


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
    paid = [payment for payment in receipt.payments if not came_back(payment)]
    days = [need(payment, "date") for payment in paid if payment.advance or need(payment, "date") < begins]
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


def _with_forgone_discount(case: Case) -> list[Allocation]:
    return [part for receipt in receipts(case) if receipt.has_forgone_discount for part in receipt.allocations]


@provision(_("Discount forgone is not eligible"), each=_with_forgone_discount)
def discount_forgone(part: Allocation, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """Discount that was offered and not taken is not eligible, unless the law deducts only what was taken.

    A part has its share of what was forgone with a payment on the whole receipt, and net where input tax is deducted.

    Why: the grant is to be used thriftily; what a prompt payment would have saved is the recipient's own affair, and
    courts of audit object to it also where no text says so.
    Fails: 500 paid, 10 of discount forgone, 500 eligible.
    Passes: 500 paid, 10 of discount forgone, 490 eligible, or nothing stated: then it is left out anyway.
    """
    spent, eligible = case.figure(f"allocation.spent/{part.key}"), case.figure(f"allocation.eligible/{part.key}")
    forgone = case.figure(f"allocation.forgone/{part.key}")
    if not forgone or not _may_be_deducted(terms):
        raise NotApplicable
    if eligible > spent - forgone:
        yield Issue(
            _(
                "Part {part}: {eligible} of {spent} paid is claimed as eligible, although a discount of "
                "{forgone} was not used.",
                part=part.key,
                eligible=euro(eligible),
                spent=euro(spent),
                forgone=euro(forgone),
            ),
            "eligible",
            expected=_("at most {limit}", limit=euro(spent - forgone)),
            hint=_("Remove the unused discount from the eligible part and give the reason."),
        )


def _may_be_deducted(terms: TermsInRule) -> bool:
    """Tell whether discount forgone is deducted, or nobody knows."""
    try:
        deducted: bool = terms["forgone_discount_deducted"]
    except UnknownLaw:
        return True
    return deducted


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
