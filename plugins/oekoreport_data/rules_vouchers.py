"""Do receipts bear what a receipt has to bear: number, addressee, the right tax?"""

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
    Receipt,
    ReceiptKind,
    Severity,
    TermsInRule,
    Undecided,
    VatCase,
    catalogue,
    euro,
    need,
    rule,
)
from oekoreport.kit.law import may_be_eligible, receipts
from oekoreport.kit.likeness import is_made_out_to
from oekoreport_data.vat import (
    ROUNDING,
    bears_tax,
    early_rates,
    gross_of,
    in_words,
    rate_of,
    rates_of_parts,
    rates_on,
    rates_stated,
    states_rate,
    tax_due,
)

_ = catalogue("oekoreport_data")

BACK = (ReceiptKind.CREDIT_NOTE, ReceiptKind.REFUND)


def _invoices(case: Case) -> list[Receipt]:
    return [receipt for receipt in receipts(case) if receipt.is_invoice]


@rule(
    "CORE-RECEIPT-CONTENT",
    _("Invoices have a number and an addressee"),
    basis=PRODUCT,
    severity=Severity.WARNING,
    each=_invoices,
)
def number_and_addressee(receipt: Receipt, _case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """An invoice bears the issuer's number and the name of whom it is made out to.

    What else a receipt has to bear (payee, reason, days, amounts) are required fields.

    Why: an audit asks for both first; without a number an invoice that was entered twice is not found either.
    Fails: an invoice without a number; one without an addressee.
    Passes: an invoice with both; a till receipt without a number, with an internal note.
    """
    for name, message in (
        ("number", _("Receipt {receipt} has no invoice number.", receipt=receipt.key)),
        ("addressee", _("Receipt {receipt} has no addressee.", receipt=receipt.key)),
    ):
        if receipt.stated(name):
            need(receipt, name)
        else:
            yield Issue(message, name, hint=_("Enter it from the receipt; if it has none, note why."))


@rule("CORE-ADDRESSEE", _("Receipts are made out to the recipient"), basis=PRODUCT, each=_invoices)
def made_out_to_recipient(receipt: Receipt, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """An invoice that is to be eligible is made out to the recipient of the grant.

    Why: only the recipient's own expenditure counts; what another ordered and owes is that one's expenditure.
    Fails: recipient Kreis Muster, made out to “wfg Wirtschaftsförderung Kreis Muster GmbH”.
    Passes: recipient Kreis Muster, made out to “An den Kreis Muster”, “Kreis Muster – Umweltamt” or “Landrätin des
    Kreises Muster”.
    """
    if not receipt.stated("addressee") or not any(may_be_eligible(part, case) for part in receipt.allocations):
        raise NotApplicable
    if case.project.recipient is None:
        raise Undecided(_("There is no recipient."))
    addressee, name = need(receipt, "addressee"), need(case.project.recipient, "name")
    if not is_made_out_to(addressee, name):
        yield Issue(
            _(
                "Receipt {receipt} is made out to “{addressee}”, but the recipient is “{name}”.",
                receipt=receipt.key,
                addressee=addressee,
                name=name,
            ),
            "addressee",
            expected=name,
            found=addressee,
            hint=_("Have the receipt corrected, or set its eligible amount to 0; the authority may consent to it."),
        )


@rule(
    "CORE-VAT-RATE",
    _("The VAT rate is the one in force when the service was complete"),
    basis="§§ 12, 27 Abs. 1, § 28 UStG",
    each=receipts,
)
def rate_of_the_day(receipt: Receipt, _case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """The rate of value added tax is one that holds on the last day of the service.

    What was invoiced or paid before that day may bear the rate of its own day, and on an invoice with several rates, of
    which one holds on the last day, a part may bear the rate of an earlier day of the service.

    Why: tax that is shown too high is not owed, and not eligible either.
    Fails: service to 30.09.2020, 19 %; service from 01.12.2020 to 31.01.2021, invoiced in February, 16 %.
    Passes: service from 01.06.2020 to 30.09.2020, 16 % or 5 %; a part invoice of December 2020 at 16 %; no tax at all.
    """
    if not bears_tax(receipt):
        raise NotApplicable
    day = need(receipt, "service_to")
    allowed, stated = rates_on(day, terms), rates_stated(receipt)
    if any(rate not in allowed for _noun, rate in stated):
        early = early_rates(receipt, terms)
        parts = rates_of_parts(receipt, terms) if any(rate in allowed for _noun, rate in stated) else set()
        allowed = allowed | early | parts
    for noun, rate in stated:
        if rate not in allowed:
            yield Issue(
                _(
                    "Receipt {receipt}: {rate} % VAT for a service ending on {day}; the rates were {rates}.",
                    receipt=receipt.key,
                    rate=rate,
                    day=day,
                    rates=in_words(allowed),
                ),
                "vat_rate",
                at=noun,
                hint=_("Compare rate and days with the receipt; ask the issuer for a corrected invoice."),
            )


@rule("CORE-VAT", _("The VAT amount matches its rate"), basis=PRODUCT, severity=Severity.WARNING, each=receipts)
def tax_of_the_rate(receipt: Receipt, _case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """The tax that is shown is what its rate makes of the net amount, but for the rounding of an invoice's lines.

    On an invoice with several rates each part has its own. Net and gross amount of a part agree with its rate too.

    Why: a rate or an amount that was mistyped shows here; where input tax is deducted, the net amount is what counts.
    Fails: 100.00 net, 19 %, 16.00 of tax; a part of 119.00 at 19 % with 107.00 net.
    Passes: 100.00 net, 19 %, 19.00 of tax; 200.00 net, 26.00 of tax, parts of 119.00 at 19 % and 107.00 at 7 %.
    """
    if need(receipt, "vat_case") is not VatCase.STANDARD or not states_rate(receipt):
        raise NotApplicable
    if receipt.stated("vat"):
        yield from _tax_shown(receipt)
    for part in receipt.allocations:
        if part.stated("net"):
            yield from _net_of_part(part, rate_of(part, receipt))


def _tax_shown(receipt: Receipt) -> Iterator[Issue]:
    tax, due = need(receipt, "vat"), tax_due(receipt)
    if abs(tax - due) > ROUNDING:
        rates = {rate_of(part, receipt) for part in receipt.allocations} or {need(receipt, "vat_rate")}
        yield Issue(
            _(
                "Receipt {receipt}: {tax} VAT is shown, but {rate} % of {net} is {due}.",
                receipt=receipt.key,
                tax=euro(tax),
                rate=tuple(sorted(rates, reverse=True)),
                net=euro(need(receipt, "net")),
                due=euro(due),
            ),
            "vat",
            hint=_("Compare the amounts with the receipt; if it has several rates, enter each part’s own."),
        )


def _net_of_part(part: Allocation, rate: Decimal) -> Iterator[Issue]:
    net, amount = need(part, "net"), need(part, "amount")
    gross = gross_of(net, rate)
    if abs(amount - gross) > ROUNDING:
        yield Issue(
            _(
                "Part {part}: {net} net at {rate} % VAT is {gross} gross, {amount} is entered.",
                part=part.key,
                net=euro(net),
                rate=rate,
                gross=euro(gross),
                amount=euro(amount),
            ),
            "net",
            at=part,
            expected=Message("{amount}", amount=euro(gross)),
            found=Message("{amount}", amount=euro(amount)),
            hint=_(
                "Compare both amounts with the receipt, discount deducted; enter the part’s own rate if it has one."
            ),
        )


@rule(
    "CORE-CREDIT",
    _("Credit notes refer to a receipt and reduce it"),
    basis=PRODUCT,
    each=lambda case: [each for each in receipts(case) if each.receipt_kind in (*BACK, ReceiptKind.TAX)],
)
def refers_to_a_receipt(receipt: Receipt, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """A credit note, refund or tax names the receipt that it belongs to; a credit note or refund has a minus sign.

    Why: money that came back lowers the expenditure; with the wrong sign it raises it, twice over.
    Fails: a credit note of 238.00; a refund that refers to no receipt.
    Passes: a credit note of -238.00 that refers to invoice B17.
    """
    if receipt.receipt_kind in BACK and need(receipt, "gross") > 0:
        yield Issue(
            _(
                "Receipt {receipt} is a “{kind}”, but has no minus sign.",
                receipt=receipt.key,
                kind=receipt.receipt_kind,
            ),
            "gross",
            hint=_("Enter its amounts and payments with a minus sign."),
        )
    if receipt.stated("refers_to"):
        need(receipt, "refers_to")
    if receipt.refers_to == receipt.key or receipt.refers_to not in case.project.receipt_keys:
        yield Issue(
            _("Receipt {receipt} does not refer to another receipt.", receipt=receipt.key),
            "refers_to",
            hint=_("Enter the receipt that it belongs to."),
        )
