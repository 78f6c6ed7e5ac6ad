"""Are the companies' fees there, as they were agreed?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from oekoreport import (
    PRODUCT,
    Case,
    FundingSource,
    Income,
    Issue,
    NotApplicable,
    Participant,
    Severity,
    TermsInRule,
    catalogue,
    euro,
    need,
    rule,
)
from oekoreport.kit.likeness import same_party

_ = catalogue("oekoreport_data")


@rule(
    "CORE-FEE",
    _("Participants have paid the fee that they owe"),
    basis=PRODUCT,
    severity=Severity.WARNING,
    each=lambda case: [each for each in case.project.participants if each.stated("fee")],
)
def fee_is_paid(participant: Participant, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """What came in from a participant is its fee; what is not due yet may be missing.

    Nothing is missed as long as contributions that name no participant make up for it.

    Why: fees are cover funds: one that is not entered makes the grant too high, one entered twice too low.
    Fails: a fee of 2,500 that was due on 30.04.2024, and no income; one of 2,500, and 5,000 received.
    Passes: 2,500 owed and received; 2,500 due on a day after the reference date; all fees in one sum.
    """
    owed, received = Decimal(need(participant, "fee")), _received(participant, case)
    if received == owed or (received < owed and (_is_not_due(participant, case) or _are_made_up_for(case))):
        return
    yield Issue(
        _(
            "“{name}” owes a fee of {owed}; {received} was received.",
            name=participant.called,
            owed=euro(owed),
            received=euro(received),
        ),
        "fee",
        hint=_("Compare fee and income; enter what came in, once, with the participant who paid."),
    )


def _received(participant: Participant, case: Case) -> Decimal:
    paid = (need(each, "amount") for each in _contributions(case) if _is_of(each, participant))
    return sum(paid, Decimal(0))


def _contributions(case: Case) -> list[Income]:
    return [each for each in case.project.incomes if each.source is FundingSource.THIRD]


def _is_of(income: Income, participant: Participant) -> bool:
    if income.participant is not None:
        return income.participant == participant.key
    return income.payer is not None and same_party(income.payer, participant.called)


def _is_not_due(participant: Participant, case: Case) -> bool:
    return participant.stated("fee_due") and bool(need(participant, "fee_due") >= case.today())


def _are_made_up_for(case: Case) -> bool:
    """Tell whether contributions that name no participant cover all that is missing of the fees."""
    participants = case.project.participants
    if not participants:
        raise NotApplicable
    nobodys = [each for each in _contributions(case) if not any(_is_of(each, other) for other in participants)]
    missing = (Decimal(need(each, "fee")) - _received(each, case) for each in participants if each.fee is not None)
    owed = sum((each for each in missing if each > 0), Decimal(0))
    return sum((need(each, "amount") for each in nobodys), Decimal(0)) >= owed
