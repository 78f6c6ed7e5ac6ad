"""Is tax there that the recipient owes itself, and is tax corrected that was shown before the service?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from oekoreport import (
    Case,
    Issue,
    Message,
    NotApplicable,
    Receipt,
    ReceiptKind,
    Severity,
    TermsInRule,
    VatCase,
    catalogue,
    euro,
    need,
    rule,
)
from oekoreport.kit.law import lines, receipts
from oekoreport_data.vat import ROUNDING, bears_tax, early_rates, in_words, rates_on, rates_stated

_ = catalogue("oekoreport_data")


@rule(
    "CORE-REVERSE",
    _("Tax owed by the recipient is entered"),
    basis="§ 13b UStG",
    each=lambda case: [each for each in receipts(case) if each.is_invoice and each.vat_case is VatCase.REVERSE],
)
def tax_owed_is_entered(receipt: Receipt, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """For an invoice whose tax the recipient owes (§ 13b UStG) there is the tax, as a receipt that refers to it.

    Why: the tax is part of what the service cost; without it the settlement is short of it, or it was never paid.
    Fails: a licence fee of 1,200.00 under § 13b UStG, and no receipt of the tax; one of 190.00 at 19 %.
    Passes: the same with a receipt of 228.00 to the tax office; a line whose input tax is deducted: it costs nothing.
    """
    if _is_deducted(receipt, case):
        raise NotApplicable
    paid = [each for each in receipts(case) if each.receipt_kind is ReceiptKind.TAX and each.refers_to == receipt.key]
    rate = need(receipt, "vat_rate") if receipt.stated("vat_rate") else None
    if rate is None:
        rate = terms.on("vat_standard", need(receipt, "service_to"))
    due = (need(receipt, "net") * rate / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
    entered = sum((need(each, "gross") for each in paid), Decimal(0))
    if abs(entered - due) > ROUNDING:
        yield Issue(
            _(
                "Receipt {receipt}: the recipient owes {due} VAT on it (§ 13b UStG); {entered} is entered.",
                receipt=receipt.key,
                due=euro(due),
                entered=euro(entered),
            ),
            "vat_case",
            expected=Message("{amount}", amount=euro(due)),
            found=Message("{amount}", amount=euro(entered)),
            hint=_("Enter the tax paid to the tax office as a receipt of its own that refers to this one."),
        )


def _is_deducted(receipt: Receipt, case: Case) -> bool:
    """Tell whether the input tax of all its lines is deducted."""
    deducted = {line.key for line in lines(case) if line.input_tax_deductible}
    return bool(receipt.allocations) and all(part.line in deducted for part in receipt.allocations)


@rule(
    "CORE-VAT-FINAL",
    _("VAT shown before the service is corrected once it is complete"),
    basis="§ 13 Abs. 1 Nr. 1, § 27 Abs. 1 UStG",
    severity=Severity.WARNING,
    each=lambda case: [each for each in receipts(case) if each.is_invoice],
)
def advance_is_corrected(receipt: Receipt, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """A receipt whose rate held before the service was complete, and not then, is corrected by another.

    That is a final invoice of the same payee, issued when the service was complete, or a receipt that refers to it.

    Why: the rate of the completion is owed for the whole service; the difference is more expenditure, or less.
    Fails: part invoice of 15.12.2020 at 16 %, the service was complete on 28.02.2021, and no final invoice.
    Passes: the same with the final invoice of 05.03.2021; nothing is judged while the service goes on.
    """
    if not bears_tax(receipt):
        raise NotApplicable
    day = need(receipt, "service_to")
    rates, stated = rates_on(day, terms), rates_stated(receipt)
    early = [rate for _noun, rate in stated if rate not in rates]
    if len(early) < len(stated) or day > case.today() or not set(early) <= early_rates(receipt, terms):
        return
    if not any(_corrects(other, receipt) for other in receipts(case)):
        yield Issue(
            _(
                "Receipt {receipt}: {rate} % VAT held before the service; when it was complete on {day}, the rates "
                "were {rates} %.",
                receipt=receipt.key,
                rate=tuple(dict.fromkeys(early)),
                day=day,
                rates=in_words(rates),
            ),
            "vat_rate",
            hint=_("Enter the final invoice, or ask the issuer for it or for a corrected invoice."),
        )


def _corrects(other: Receipt, receipt: Receipt) -> bool:
    """Tell whether a receipt settles what another one showed in advance."""
    if other.refers_to == receipt.key:
        return True
    if other.receipt_kind is not ReceiptKind.FINAL or other.payee != receipt.payee or other.issued_on is None:
        return False
    return receipt.service_to is not None and other.issued_on >= receipt.service_to
