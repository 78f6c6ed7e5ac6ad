"""Do receipts fit the contracts that they name: awarded before the service, paid to who got the contract?"""

from __future__ import annotations

from collections.abc import Iterator

from oekoreport import (
    PRODUCT,
    Case,
    Contract,
    Issue,
    NotApplicable,
    Procedure,
    Receipt,
    ReceiptKind,
    Severity,
    TermsInRule,
    Undecided,
    catalogue,
    need,
    rule,
)
from oekoreport.kit.law import receipts
from oekoreport.kit.likeness import same_party

_ = catalogue("oekoreport_data")

ASKED_FOR_OFFERS = (Procedure.NEGOTIATED, Procedure.RESTRICTED)


def _under_contract(case: Case) -> list[Receipt]:
    """Return the receipts that name a contract; tax that the recipient owes (§ 13b UStG) goes to the tax office."""
    return [each for each in receipts(case) if each.contract and each.receipt_kind is not ReceiptKind.TAX]


def _contract_of(receipt: Receipt, case: Case) -> Contract:
    for contract in case.project.contracts:
        if contract.key == receipt.contract:
            return contract
    raise NotApplicable  # a key that does not exist has its finding where it was read


@rule("CORE-CONTRACT-DAY", _("Contracts precede the service"), basis=PRODUCT, each=_under_contract)
def ordered_before_service(receipt: Receipt, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """No service begins before the day on which its contract was awarded.

    Why: a contract that is dated after the service was awarded without competition, and written down afterwards.
    Fails: service from 01.03.2024, contract of 15.03.2024.
    Passes: service from 01.03.2024, contract of 24.02.2024 or of the same day.
    """
    contract = _contract_of(receipt, case)
    begins, awarded = need(receipt, "service_from"), need(contract, "awarded_on")
    if begins < awarded:
        yield Issue(
            _(
                "Receipt {receipt}: service from {begins}, but “{contract}” was awarded on {awarded}.",
                receipt=receipt.key,
                begins=begins,
                contract=contract.called,
                awarded=awarded,
            ),
            "service_from",
            expected=_("not before {first}", first=awarded),
            hint=_("Compare both dates with the papers; what was rendered before the contract is not part of it."),
        )


@rule("CORE-CONTRACTOR", _("The contractor is paid"), basis=PRODUCT, each=_under_contract)
def contractor_is_paid(receipt: Receipt, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """Who is paid under a contract is who got it, however the name is typed.

    Why: another payee was chosen by nobody; or the receipt belongs to another contract, or to none.
    Fails: contractor Beratung Muster GmbH, paid to Agentur Muster KG.
    Passes: contractor Beratung Muster GmbH, paid to “BERATUNG (Muster)” or “Beratung Muster GmbH, Musterstadt”.
    """
    contract = _contract_of(receipt, case)
    payee, contractor = need(receipt, "payee"), need(contract, "contractor")
    if not same_party(payee, contractor):
        yield Issue(
            _(
                "Receipt {receipt}: “{payee}” was paid, but “{contract}” was awarded to “{contractor}”.",
                receipt=receipt.key,
                payee=payee,
                contract=contract.called,
                contractor=contractor,
            ),
            "payee",
            expected=contractor,
            found=payee,
            hint=_(
                "Correct payee or contract; where a claim was assigned, enter the contractor as the payee and name the "
                "assignment in the purpose."
            ),
        )


@rule(
    "CORE-OWN-PAYEE",
    _("The recipient pays others, not itself"),
    basis=PRODUCT,
    each=lambda case: [each for each in receipts(case) if each.is_invoice and each.payee],
)
def paid_to_others(receipt: Receipt, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """The recipient of the grant is not the payee of an invoice.

    Why: what one department charges another is an internal charge; no money leaves the recipient.
    Fails: recipient Kreis Muster, payee “Kreis Muster, Druckerei”.
    Passes: recipient Kreis Muster, payee Druckerei Muster GmbH.
    """
    if case.project.recipient is None:
        raise Undecided(_("There is no recipient."))
    name, payee = need(case.project.recipient, "name"), need(receipt, "payee")
    if same_party(payee, name) and not all(part.eligible == 0 for part in receipt.allocations):
        yield Issue(
            _(
                "Receipt {receipt}: “{payee}”, the recipient of the grant, is its payee too.",
                receipt=receipt.key,
                payee=payee,
            ),
            "payee",
            hint=_("Remove internal charges from the eligible part, or correct the payee."),
        )


@rule(
    "CORE-OFFERS",
    _("As many offers were obtained as the procedure asks for"),
    basis="§ 11 Abs. 2, § 12 Abs. 2 UVgO",
    severity=Severity.WARNING,
    each=lambda case: [each for each in case.project.contracts if each.procedure in ASKED_FOR_OFFERS],
)
def offers_of_the_procedure(contract: Contract, _case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """For a negotiated award or a restricted tender, as many offers were obtained as companies are to be asked.

    Why: the procedure is competition among several; where fewer answered, the record says who was asked.
    Fails: negotiated award, 1 offer.
    Passes: negotiated award, 3 offers; a direct order with 1 offer; an open tender, whatever number it brought.
    """
    least, offers = terms["offers_minimum"], need(contract, "offers")
    if offers < least:
        yield Issue(
            _(
                "“{contract}”: {offers} offers were obtained; “{procedure}” asks for {least}.",
                contract=contract.called,
                offers=offers,
                procedure=contract.procedure,
                least=least,
            ),
            "offers",
            expected=_("at least {least}", least=least),
            hint=_("Enter all offers; if fewer companies answered or were asked, note where the record says why."),
        )
