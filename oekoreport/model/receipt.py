"""Receipts: what was bought, which part of it counts where, and when it was paid."""

from __future__ import annotations

from oekoreport.language import catalogue
from oekoreport.model.codes import Code
from oekoreport.model.fields import Day, Flag, Money, Percent, Text
from oekoreport.model.noun import Noun, field

_ = catalogue("oekoreport")


class ReceiptKind(Code):
    """What a receipt is."""

    INVOICE = "invoice", _("Invoice")
    PART = "part", _("Part invoice")
    FINAL = "final", _("Final invoice")
    CREDIT_NOTE = "credit_note", _("Credit note")
    REFUND = "refund", _("Refund")
    TAX = "tax", _("Tax paid by the recipient of the service")


class VatCase(Code):
    """How value added tax is dealt with."""

    STANDARD = "standard", _("VAT shown")
    EXEMPT = "exempt", _("Exempt or not taxable")
    REVERSE = "reverse", _("Tax owed by the recipient (§ 13b UStG)")


class ExpenditureType(Code):
    """What a part was spent on, where guidelines treat it apart."""

    CONSULTANCY = "consultancy", _("Consultancy and examination")
    EVENT = "event", _("Kick-off or award event")
    PRINT = "print", _("Brochure print")
    PUBLICITY = "publicity", _("Other publicity")
    LICENCE_FEE = "licence_fee", _("Licence fee")
    USAGE_FEE = "usage_fee", _("Usage fee")
    IN_KIND = "in_kind", _("Own work in kind")
    INTERNAL_CHARGE = "internal_charge", _("Internal charge")
    APPLICATION = "application", _("Cost of the application")
    OTHER = "other", _("Other")


class Allocation(Noun):
    """The part of a receipt that belongs to one line of the plan (Aufteilung)."""

    kind = "allocation"
    label = _("Allocation")
    parent = "receipt"

    line: Text = field(
        _("Expenditure line"),
        _("The line of the plan that this part belongs to."),
        example="1",
        required=True,
        refers="expenditure_line",
    )
    expenditure_type: ExpenditureType | None = field(
        _("Type of expenditure"),
        _("What it was spent on, if the guideline has caps or exclusions for it."),
        example="consultancy",
    )
    participant: Text = field(
        _("Participant"),
        _("The participant that it was spent for, if it was spent for a single one."),
        example="klinik",
        refers="participant",
    )
    net: Money = field(_("Part, net"), _("This part without value added tax."), example="3500.00", unit="EUR")
    amount: Money = field(
        _("Part, gross"),
        _("This part with value added tax, discount already deducted."),
        example="4165.00",
        unit="EUR",
        required=True,
    )
    vat_rate: Percent = field(
        _("VAT rate of the part"),
        _("Only where an invoice has several rates: the rate of this part; if empty, the receipt’s."),
        example=7,
        unit="%",
    )
    eligible: Money = field(
        _("Of which eligible"),
        _(
            "The eligible amount of this part if it is not the whole; if empty, the whole amount counts on an "
            "eligible line."
        ),
        example="4165.00",
        unit="EUR",
    )
    reason: Text = field(_("Reason"), _("Why a part is not eligible."), example="Bewirtung")


class Payment(Noun):
    """A payment on a receipt (Zahlung); money that came back has a minus sign."""

    kind = "payment"
    label = _("Payment")
    parent = "receipt"

    allocation: Text = field(
        _("Pays part"),
        _("The part that it pays; if empty, it pays what is open on all parts, in proportion."),
        example="B09/1",
        refers="allocation",
    )
    date: Day = field(_("Paid on"), _("The day of the payment."), example="2024-07-14", required=True, happened=True)
    amount: Money = field(_("Paid"), _("The amount paid, gross."), example="4165.00", unit="EUR", required=True)
    discount: Money = field(_("Discount taken"), _("Discount (Skonto) that was deducted."), example="29.96", unit="EUR")
    discount_forgone: Money = field(
        _("Discount forgone"),
        _("Discount that was offered and not taken: it is not eligible."),
        example="0.00",
        unit="EUR",
    )
    advance: Flag = field(_("Advance"), _("“Yes” if it was paid before the service."), example=False)
    returns: Text = field(
        _("Returns payment"),
        _(
            "For money that came back: the payment that it returns, as B09/2 for the second payment on receipt B09. "
            "Needed only where the receipt was paid before and after the last day that counts."
        ),
        example="B09/1",
        refers="payment",
    )


class Receipt(Noun):
    """A receipt (Beleg): an invoice, a credit note or another voucher."""

    kind = "receipt"
    label = _("Receipt")

    receipt_kind: ReceiptKind | None = field(_("Kind"), _("What the receipt is."), example="invoice", required=True)
    refers_to: Text = field(
        _("Refers to"), _("The receipt that a credit note, refund or tax belongs to."), example="B17", refers="receipt"
    )
    addressee: Text = field(_("Addressee"), _("The addressee of the receipt."), example="Kreis Muster")
    payee: Text = field(_("Payee"), _("Who was paid."), example="Beratung (Muster) GmbH", required=True)
    purpose: Text = field(_("Purpose"), _("What was paid for."), example="Beratung, 1. Teilrechnung", required=True)
    number: Text = field(_("Invoice number"), _("The issuer's number."), example="2024-0815")
    issued_on: Day = field(
        _("Invoice date"), _("The date of the receipt."), example="2024-07-02", required=True, happened=True
    )
    service_from: Day = field(
        _("Service from"), _("First day of the service or delivery."), example="2024-03-01", required=True
    )
    service_to: Day = field(_("Service to"), _("Last day of the service."), example="2024-06-30", required=True)
    vat_case: VatCase | None = field(
        _("VAT case"), _("How value added tax is dealt with."), example="standard", required=True
    )
    vat_rate: Percent = field(_("VAT rate"), _("Rate of value added tax."), example=19, unit="%")
    net: Money = field(
        _("Net"), _("The receipt's amount without value added tax."), example="9500.00", unit="EUR", required=True
    )
    vat: Money = field(_("VAT"), _("Value added tax shown on the receipt."), example="1805.00", unit="EUR")
    gross: Money = field(
        _("Gross"), _("The receipt's whole amount to be paid."), example="11305.00", unit="EUR", required=True
    )
    contract: Text = field(_("Contract"), _("The contract that it was paid under."), example="V1", refers="contract")
    posting: Text = field(_("Posting number"), _("Number in the district's books."), example="2024-004711")
    file: Text = field(_("File"), _("The scan or e-invoice in the project folder."), example="belege/B09.pdf")

    allocations: tuple[Allocation, ...] = ()
    payments: tuple[Payment, ...] = ()

    @property
    def is_invoice(self) -> bool:
        """Whether it bills something: no credit note, no refund, no tax that the recipient owes."""
        return self.receipt_kind in (ReceiptKind.INVOICE, ReceiptKind.PART, ReceiptKind.FINAL)

    @property
    def has_forgone_discount(self) -> bool:
        """Whether a source says of a payment that discount was forgone."""
        return any(payment.stated("discount_forgone") for payment in self.payments)
