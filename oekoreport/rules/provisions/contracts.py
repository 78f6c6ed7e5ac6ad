"""Contracts: none too early, each award on record, and nothing paid beyond them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from operator import attrgetter

from oekoreport.findings import Severity
from oekoreport.language import catalogue
from oekoreport.model import Project
from oekoreport.model.contract import Contract, Procedure
from oekoreport.model.likeness import party, same_party
from oekoreport.model.receipt import ExpenditureType, Receipt, ReceiptKind
from oekoreport.rules import Case, Issue, NotApplicable, TermsInRule, UnknownLaw, need
from oekoreport.rules.provisions.provision import provision
from oekoreport.rules.provisions.subjects import grant_notice, grant_of, receipts
from oekoreport.units import euro

_ = catalogue("oekoreport")

LIMITS = {Procedure.DIRECT: "direct_order_limit", Procedure.NEGOTIATED: "negotiated_award_limit"}
"""By procedure, the parameter that says up to what net amount it is allowed."""

A_YEAR = timedelta(days=365)
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


@provision(_("The procedure of award fits the amount"), each=contracts)
def procedure_fits_amount(contract: Contract, _case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """A contract is worth no more than its procedure allows on the day of the award.

    Open and restricted tenders are not judged here: what a restricted one asks for beside the amount is not in the
    data.

    Why: who orders directly beyond the limit evades competition; a serious breach of procurement costs the grant.
    Fails: direct orders up to 5,000 net, one of 6,000.
    Passes: direct orders up to 5,000 net, one of 1,200; a negotiated award of 39,500, allowed up to 100,000.
    """
    procedure = need(contract, "procedure")
    if procedure not in LIMITS:
        raise NotApplicable
    limit = terms.on(LIMITS[procedure], need(contract, "awarded_on"))
    value = _value(contract)
    if value > limit:
        yield Issue(
            _(
                "“{contract}”: “{procedure}” is allowed up to {limit} net; it was used for {value}.",
                contract=contract.called,
                procedure=procedure,
                limit=euro(limit),
                value=euro(value),
            ),
            "procedure",
            expected=_("at most {limit}", limit=euro(limit)),
            hint=_("Compare procedure and amount with the award record; ask the authority about an award without one."),
        )


@provision(_("Direct orders are not split"), severity=Severity.WARNING, each=contracts)
def direct_orders_not_split(contract: Contract, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """Direct orders to one contractor within a year are together no more than one may be.

    The law forbids to split an order, and names no span of time: the year is the program's own, so this warns.

    Why: one need, ordered in parts, is one order; whether these are one, the award record has to say.
    Fails: direct orders up to 5,000 net, two of 3,000 to one contractor within a year.
    Passes: two of 2,000; two of 3,000 more than a year apart; one of 6,000 by itself is judged by its procedure.
    """
    if need(contract, "procedure") is not Procedure.DIRECT:
        raise NotApplicable
    limit = terms.on(LIMITS[Procedure.DIRECT], need(contract, "awarded_on"))
    together = _ordered_together(contract, case)
    value = sum((_value(each) for each in together), Decimal(0))
    if value > limit >= _value(contract):
        yield Issue(
            _(
                "“{contract}”: with it, {count} direct orders to {contractor} within a year make {value} net; one is "
                "allowed up to {limit}.",
                contract=contract.called,
                count=len(together),
                contractor=contract.contractor,
                value=euro(value),
                limit=euro(limit),
            ),
            "procedure",
            expected=_("at most {limit}", limit=euro(limit)),
            hint=_("If they are one need, ask the authority; if not, enter why as a note in the sheet “Waivers”."),
        )


def _ordered_together(contract: Contract, case: Case) -> list[Contract]:
    """Return the direct orders to one contractor within a year, up to this one."""
    day = need(contract, "awarded_on")
    return [
        other
        for other in case.project.contracts
        if other.procedure is Procedure.DIRECT
        and same_party(other.contractor or "", need(contract, "contractor"))
        and day - A_YEAR < need(other, "awarded_on") <= day
    ]


def _value(contract: Contract) -> Decimal:
    """Return what a contract is worth net, with its supplements."""
    amount: Decimal = need(contract, "amount")
    return amount + need(contract, "supplements") if contract.stated("supplements") else amount


@provision(_("Large orders have a contract"))
def large_orders_have_contract(_project: Project, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """What is paid to one payee without a contract is no more, net, than may be ordered directly.

    Licences are left out: only their owner sells them. Where the limit is unknown nothing is said here: that question
    is asked at the contracts.

    Why: beyond the limit a procedure of award is due, and nobody can show one that is entered nowhere.
    Fails: direct orders up to 5,000 net; 6,000 paid for prints, and no contract.
    Passes: 1,780 paid for prints without a contract; 6,000 under contract V3; licence and usage fees.
    """
    for ordered in _without_contract(case).values():
        try:
            limit = terms.on("direct_order_limit", need(ordered[0], "service_from"))
        except UnknownLaw:
            continue
        value = sum((need(each, "net") for each in ordered), Decimal(0))
        if value > limit:
            yield Issue(
                _(
                    "“{payee}”: {value} net without a contract; direct orders are allowed up to {limit}.",
                    payee=need(ordered[0], "payee"),
                    value=euro(value),
                    limit=euro(limit),
                ),
                "contract",
                at=ordered[0],
                expected=_("at most {limit}", limit=euro(limit)),
                hint=_("Enter the contract with its award, and refer to it in the receipts."),
            )


def _without_contract(case: Case) -> dict[str, list[Receipt]]:
    """Return the invoices that name no contract, by payee."""
    ordered: dict[str, list[Receipt]] = {}
    for receipt in receipts(case):
        licence = all(part.expenditure_type in LICENCES for part in receipt.allocations)
        if receipt.is_invoice and not receipt.stated("contract") and not licence:
            ordered.setdefault(party(receipt.payee or ""), []).append(receipt)
    return ordered


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
    limit = _value(contract)
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
