"""Contracts: none too early, each award on record, and nothing paid beyond them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from operator import attrgetter

from oekoreport.language import catalogue
from oekoreport.model.contract import Contract
from oekoreport.model.receipt import ExpenditureType, Receipt, ReceiptKind
from oekoreport.rules import Case, Issue, NotApplicable, TermsInRule, need
from oekoreport.rules.provisions.provision import provision
from oekoreport.rules.provisions.subjects import grant_notice, grant_of, receipts
from oekoreport.units import euro

_ = catalogue("oekoreport")

LICENCES = (ExpenditureType.LICENCE_FEE, ExpenditureType.USAGE_FEE)


contracts = attrgetter("project.contracts")


def _paid_under(contract: Contract, case: Case) -> list[Receipt]:
    """Return the receipts of a contract; tax that the recipient owes (§ 13b UStG) is not part of its price."""
    return [
        receipt
        for receipt in case.project.receipts
        if receipt.contract == contract.key and receipt.receipt_kind is not ReceiptKind.TAX
    ]


@provision(_("The project starts after the notice"), each=contracts)
def awarded_after_notice(contract: Contract, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """No contract is awarded before the day of the grant notice, or of an early start that was allowed.

    Why: who starts before needs no incentive; the whole grant can be refused or taken back.
    Fails: notice of 12.02.2024, contract of 05.02.2024.
    Passes: contract of 12.02.2024 or later, or after an early start allowed; a licence that the guideline excepts.
    """
    awarded, first = need(contract, "awarded_on"), need(grant_notice(case), "date")
    grant = grant_of(case)
    if grant.stated("early_start"):
        first = min(first, need(grant, "early_start"))
    if awarded >= first or (_only_licences(contract, case) and terms["licence_contracts_excepted"]):
        return
    yield Issue(
        _(
            "“{contract}” was awarded on {awarded}; the project may not start before {first}.",
            contract=contract.called,
            awarded=awarded,
            first=first,
        ),
        "awarded_on",
        expected=_("not before {first}", first=first),
        hint=_("Enter the early start that the authority allowed, or its consent as a waiver."),
    )


def _only_licences(contract: Contract, case: Case) -> bool:
    parts = [part for receipt in _paid_under(contract, case) for part in receipt.allocations]
    return bool(parts) and all(part.expenditure_type in LICENCES for part in parts)


@provision(_("Contract awards are documented"), each=contracts)
def award_on_record(contract: Contract, _case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """Every award of a contract is documented, with the offers that were obtained.

    Why: without a record nobody can show that procurement rules were kept; a serious breach costs the grant.
    Fails: a contract without an award record; one without a single offer.
    Passes: three offers, and a record of the award.
    """
    if not need(contract, "record"):
        yield Issue(
            _("“{contract}”: the award is not documented.", contract=contract.called),
            "record",
            hint=_("File the record of the award; if there is none, ask the authority."),
        )
    if need(contract, "offers") < 1:
        yield Issue(
            _("“{contract}”: no offer is recorded.", contract=contract.called),
            "offers",
            hint=_("Enter how many offers were obtained."),
        )


@provision(
    _("Consultancy is paid under a contract"),
    each=lambda case: [receipt for receipt in receipts(case) if _is_consultancy(receipt)],
)
def consultancy_under_contract(receipt: Receipt, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """Receipts for consultancy and examination name the contract that they were paid under.

    Why: consultancy is ordered under procurement rules; what was paid outside of a contract was awarded by nobody.
    Fails: an invoice for consultancy without a contract.
    Passes: an invoice for consultancy under contract V1.
    """
    if need(receipt, "contract") if receipt.stated("contract") else None:
        return
    if receipt.receipt_kind is ReceiptKind.TAX and case.project.contracts:
        raise NotApplicable
    yield Issue(
        _("Receipt {receipt} is for consultancy, but does not refer to a contract.", receipt=receipt.key),
        "contract",
        hint=_("Enter the contract with its award, and refer to it in the receipt."),
    )


def _is_consultancy(receipt: Receipt) -> bool:
    return any(part.expenditure_type is ExpenditureType.CONSULTANCY for part in receipt.allocations)


@provision(_("No contract is overpaid"), each=contracts)
def paid_within_contract(contract: Contract, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """The receipts under a contract make no more, net, than contract and supplements.

    Why: what goes beyond was not ordered, or was ordered without procurement; it is not eligible.
    Fails: contract of 39,500 net, receipts of 40,000 net.
    Passes: contract of 39,500 net with a supplement of 500, receipts of 40,000 net, a credit note among them.
    """
    paid_under = _paid_under(contract, case)
    if not paid_under:
        raise NotApplicable
    limit = need(contract, "amount")
    if contract.stated("supplements"):
        limit += need(contract, "supplements")
    billed = sum((need(receipt, "net") for receipt in paid_under), Decimal(0))
    if billed > limit:
        yield Issue(
            _(
                "“{contract}”: receipts total {billed} net; contract and supplements allow {limit}.",
                contract=contract.called,
                billed=euro(billed),
                limit=euro(limit),
            ),
            "amount",
            expected=_("at most {limit}", limit=euro(limit)),
            hint=_("Enter the supplements that were agreed; remove any excess from the eligible part."),
        )
