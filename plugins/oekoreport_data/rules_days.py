"""Are days in an order that can be?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from oekoreport import (
    KINDS,
    PRODUCT,
    Case,
    Issue,
    Message,
    NotApplicable,
    Noun,
    Payment,
    Receipt,
    Severity,
    TermsInRule,
    attributes,
    catalogue,
    describe,
    need,
    rule,
)
from oekoreport.kit.law import grant_of

_ = catalogue("oekoreport_data")

HAPPENED = {
    kind: names
    for kind, noun in KINDS.items()
    if (names := tuple(attribute.name for attribute in attributes(noun) if attribute.happened))
}
"""By kind, the fields whose days or years claim that something has happened."""

ELSEWHERE = ("aid", "baseline", "receipt", "payment")
"""What may be older than the round, earlier aid and inventories, and what is judged by the approval period."""

IN_ROUND = {
    kind: {attribute.name: attribute.in_round for attribute in attributes(KINDS[kind]) if attribute.happened}
    for kind in HAPPENED
    if kind not in ELSEWHERE
}
"""By kind, the same fields, and whether each is work of the round or may prepare it."""

PREPARATION = timedelta(days=183)
"""How long before the round agreements and notices may be: half a year, so that a day of last year is noticed."""


@rule(
    "CORE-SERVICE", _("A service does not end before it begins"), basis=PRODUCT, each=lambda case: case.project.receipts
)
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
            hint=_("Compare both dates with the receipt."),
        )


@rule(
    "CORE-HAPPENED",
    _("What has happened is not dated after the reference date"),
    basis=PRODUCT,
    each=lambda case: _of_kinds(case, HAPPENED, case.today()),
)
def happened_by_reference_date(noun: Noun, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """No day that claims that something has happened lies after the reference date.

    The fields are marked in the model: payments, fees received, payouts, notices, contracts, visits, decisions and so
    on; the day of a workshop or measure claims so only where it was held, or is implemented.

    Why: a report tells what was paid, received and done; what lies ahead would be counted as if it were there.
    Fails: reference date 15.09.2025, a fee received on 01.10.2025, a measure implemented in 2026.
    Passes: reference date 15.09.2025, paid on 15.09.2025; a measure that is planned for 2026.
    """
    today = case.today()
    if not noun.took_place:
        raise NotApplicable
    for name in HAPPENED[noun.kind]:
        when = _stated(noun, name)
        if when is not None and _is_after(when, today):
            yield Issue(
                _(
                    "{object}: “{field}” is {day}, after the reference date {today}.",
                    object=describe(noun.identity),
                    field=_title(noun, name),
                    day=_shown(when),
                    today=today,
                ),
                name,
                hint=_("Correct the date; enter what lies ahead only once it has happened."),
            )


def _payments_of_a_submitted_report(case: Case) -> list[Payment]:
    grant = case.project.grant
    if grant is None or not grant.stated("submitted_on"):
        return []
    return [payment for receipt in case.project.receipts for payment in receipt.payments]


@rule(
    "CORE-SUBMITTED",
    _("Nothing was paid after the report was submitted"),
    basis=PRODUCT,
    severity=Severity.WARNING,
    each=_payments_of_a_submitted_report,
)
def paid_before_submission(payment: Payment, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """No payment is dated after the day on which the report was submitted.

    Why: what was paid later is not in the report that the authority has; figures and papers of today differ from it.
    Fails: submitted on 24.10.2025, paid on 27.10.2025.
    Passes: submitted on 24.10.2025, paid on that day; nothing is judged while no day of submission is entered.
    """
    submitted, paid = need(grant_of(case), "submitted_on"), need(payment, "date")
    if paid > submitted:
        yield Issue(
            _(
                "Payment {payment} of {paid} is after the report was submitted on {submitted}.",
                payment=payment.key,
                paid=paid,
                submitted=submitted,
            ),
            "date",
            hint=_("Correct one of the two days; if both are right, tell the authority what was paid later."),
        )


@rule(
    "CORE-ROUND",
    _("What was done falls into the time of the round"),
    basis=PRODUCT,
    severity=Severity.WARNING,
    each=lambda case: _of_kinds(case, IN_ROUND, _first_day(case)),
)
def not_long_before_the_round(noun: Noun, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """Work of the round is not dated before the round, and nothing else that it rests on half a year before it.

    The round begins with the project, the approval period or an early start that was allowed, whichever is first.

    Why: a day of last year is easily typed in January; measures and visits of an earlier round would count again.
    Fails: project from 01.03.2024, a measure implemented on 30.11.2023; a participant's agreement of 20.01.2023.
    Passes: a site visit on 12.06.2024; an agreement of 20.01.2024; an inventory of 2022, which is meant to be older.
    """
    if not noun.took_place:
        raise NotApplicable
    first = _first_day(case)
    for name, done_in_round in IN_ROUND[noun.kind].items():
        when = _stated(noun, name)
        if when is not None and _is_after(first if done_in_round else first - PREPARATION, when):
            yield Issue(
                _(
                    "{object}: “{field}” is {day}, but the round began on {first}.",
                    object=describe(noun.identity),
                    field=_title(noun, name),
                    day=_shown(when),
                    first=first,
                ),
                name,
                hint=_("Check the year; what was done before the round is not part of its results."),
            )


def _first_day(case: Case) -> date:
    grant = case.project.grant
    starts: list[date | None] = [need(case.project, "starts_on")]
    if grant is not None:
        starts += [grant.period_start, grant.early_start]
    return min(day for day in starts if day is not None)


def _of_kinds(case: Case, kinds: Iterable[str], _asked_once: date) -> Iterator[Noun]:
    """Yield the objects of kinds; the day that all of them are compared with is asked for once, not for each."""
    for kind in kinds:
        yield from case.project.by_kind.get(kind, ())


def _stated(noun: Noun, name: str) -> date | int | None:
    """Return a day or a year; None where nothing was entered.

    Raises:
        Undecided: it was filled in and could not be read.
    """
    when: date | int | None = getattr(noun, name)
    return need(noun, name) if when is None and noun.stated(name) else when


def _is_after(one: date | int, other: date | int) -> bool:
    """Compare two days, or the years of both where one of them is a mere year."""
    if isinstance(one, date) and isinstance(other, date):
        return one > other
    return _year(one) > _year(other)


def _year(when: date | int) -> int:
    return when.year if isinstance(when, date) else when


def _title(noun: Noun, name: str) -> Message:
    return noun.described()[name].title


def _shown(when: date | int) -> date | str:
    return when if isinstance(when, date) else str(when)


@rule(
    "CORE-INVOICE-DAY",
    _("No invoice is paid before its date"),
    basis=PRODUCT,
    severity=Severity.WARNING,
    each=lambda case: [each for each in case.project.receipts if each.is_invoice],
)
def paid_after_invoice(receipt: Receipt, _case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """Nothing is paid on an invoice before the day that it bears, unless the payment is marked as an advance.

    Why: what is paid before there is a bill is paid without proof; mostly one of the two days is mistyped.
    Fails: invoice of 10.06.2025, paid on 02.06.2025.
    Passes: invoice of 10.06.2025, paid on that day or later; an advance of 02.06.2025 that is marked as one.
    """
    issued = need(receipt, "issued_on")
    for payment in receipt.payments:
        if need(payment, "date") < issued and not payment.advance:
            yield Issue(
                _(
                    "Receipt {receipt}: paid on {day}, before the invoice of {issued}.",
                    receipt=receipt.key,
                    day=payment.date,
                    issued=issued,
                ),
                "date",
                at=payment,
                hint=_("Compare both dates; if it was paid in advance, mark the payment as an advance."),
            )
