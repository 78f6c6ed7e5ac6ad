"""Are days in an order that can be?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from oekoreport import (
    PRODUCT,
    Case,
    Issue,
    NotApplicable,
    Participant,
    Payment,
    Receipt,
    TermsInRule,
    Workshop,
    WorkshopState,
    catalogue,
    describe,
    need,
    rule,
)

_ = catalogue("oekoreport_data")


@rule("CORE-SERVICE", _("A service ends after it begins"), basis=PRODUCT, each=lambda case: case.project.receipts)
def service_in_order(receipt: Receipt, _case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """The last day of a service is not before its first.

    Why: whether a receipt counts depends on both days; one of them is mistyped.
    Fails: service from 01.06.2024 to 31.05.2024.
    Passes: service from 01.06.2024 to 30.06.2024, or on one day.
    """
    first, last = need(receipt, "service_from"), need(receipt, "service_to")
    if last < first:
        yield Issue(
            _(
                "Receipt {receipt}: the service ends on {last} and begins on {first}.",
                receipt=receipt.key,
                last=last,
                first=first,
            ),
            "service_to",
            hint=_("Compare both days with the receipt."),
        )


@rule(
    "CORE-PAYMENT-DAY",
    _("Payments are made"),
    basis=PRODUCT,
    each=lambda case: [payment for receipt in case.project.receipts for payment in receipt.payments],
)
def paid_by_reference_date(payment: Payment, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """No payment is later than the reference date.

    Why: only what was paid is reported as expenditure.
    Fails: reference date 15.09.2025, paid on 01.10.2025.
    Passes: reference date 15.09.2025, paid on 15.09.2025.
    """
    day, today = need(payment, "date"), case.today()
    if day > today:
        yield Issue(
            _(
                "{payment}: paid on {day}, after the reference date {today}.",
                payment=describe(payment.identity),
                day=day,
                today=today,
            ),
            "date",
            hint=_("Correct the day, or take the payment out until it is made."),
        )


@rule("CORE-WORKSHOP", _("Workshops lie in the round"), basis=PRODUCT, each=lambda case: case.project.workshops)
def workshops_in_time(workshop: Workshop, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """A workshop that was held lies in the project's time, not after the reference date; only such have attendance.

    Why: attendance at a workshop that was not held, or not in this round, would count for the award.
    Fails: held on a day after the reference date; cancelled, and somebody was present.
    Passes: held between project start and project end; planned, and nobody is marked as present.
    """
    day, state = need(workshop, "date"), need(workshop, "state")
    number = workshop.number or workshop.key
    if state is not WorkshopState.HELD:
        if any(attendance.present for attendance in workshop.attendances):
            yield Issue(
                _("Workshop {number} is marked as “{state}”, but has attendance.", number=number, state=state),
                "state",
                hint=_("Correct its state, or clear its column of the attendance."),
            )
        return
    if day > case.today():
        yield Issue(
            _(
                "Workshop {number} is held on {day}, after the reference date {today}.",
                number=number,
                day=day,
                today=case.today(),
            ),
            "date",
            hint=_("Correct its day, or mark it as planned."),
        )
    first, last = need(case.project, "starts_on"), need(case.project, "ends_on")
    if not first <= day <= last:
        yield Issue(
            _(
                "Workshop {number} of {day} lies outside the project’s time, {first} to {last}.",
                number=number,
                day=day,
                first=first,
                last=last,
            ),
            "date",
            hint=_("Correct its day, or the project’s first or last day."),
        )


@rule(
    "CORE-STATES", _("Steps of participants are in order"), basis=PRODUCT, each=lambda case: case.project.participants
)
def states_in_order(participant: Participant, _case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """The steps of a participant stand in the order of their days.

    Why: the last step says where a participant stands; a step in the wrong row makes an award of a departure.
    Fails: awarded on 15.06.2025, and below that examined on 20.05.2025.
    Passes: started, examined, awarded, each on a later day or the same.
    """
    if not participant.states:
        raise NotApplicable
    for before, after in pairwise(participant.states):
        if need(after, "date") < need(before, "date"):
            yield Issue(
                _(
                    "“{name}”: “{after}” on {after_day} stands below “{before}” on {before_day}.",
                    name=participant.name or participant.key,
                    after=need(after, "state"),
                    after_day=after.date,
                    before=need(before, "state"),
                    before_day=before.date,
                ),
                "date",
                at=after,
                hint=_("Correct the day, or put the rows in the order of time."),
            )
