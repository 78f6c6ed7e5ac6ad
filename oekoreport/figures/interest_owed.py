"""The interest that the Land may claim: on euros used late, and on those to be repaid.

A euro bears interest once for a day: one that is to be repaid bears that on late use no longer than until the claim for
its repayment arises, and none before it was paid out or after it was repaid. The day of the repayment itself bears
interest where the law in force says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from oekoreport.figures.drawdowns import Call, Used, agreed, calls, drawdowns, sum_of, used_of
from oekoreport.figures.engine import Chapter, Figures
from oekoreport.figures.interest import Debt, interest
from oekoreport.figures.use import DUE, Piece, Use, ended_by
from oekoreport.figures.values import Basis, DayValue, FieldRef, Value, unknown
from oekoreport.language import catalogue
from oekoreport.law import Matter, Parameter, Presence, Sort, Status
from oekoreport.model import Noun
from oekoreport.model.drawdown import Drawdown
from oekoreport.model.grant import Land

_ = catalogue("oekoreport")

INTEREST = Chapter()

THRESHOLD, THROUGH_REPAYMENT = "interest_threshold", "interest_through_repayment"
DAY = timedelta(days=1)
LATE = _("Interest on late use")


# --- the claim for repayment -----------------------------------------------------------------------------------------


def claimed(figures: Figures) -> DayValue:
    """Return the day on which the claim for repayment arises: where none is entered, the last payout's is assumed.

    By a condition subsequent it arises when that occurs, by revocation on the day that the notice names.
    """
    grant = figures.project.grant
    field = FieldRef("grant", grant.key if grant else "grant", "claim_on")
    if grant is not None and grant.stated("claim_on"):
        return DayValue(grant.claim_on, (field,), () if grant.claim_on else (field,))
    paid = [each for each in drawdowns(figures.project) if each.paid_on]
    if not paid:
        return DayValue(None, (field,), (field,))
    last = paid[-1]
    return DayValue(last.paid_on, (_assumed(figures, last.paid_on), FieldRef(last.kind, last.key, "paid_on")))


def _assumed(figures: Figures, day: date | None) -> Parameter:
    grant = figures.project.grant
    in_nrw = _("VVG Nr. 8.5 NRW (2012): when a condition subsequent occurs, or the day that a revocation names")
    elsewhere = _("a revocation names the day (§ 49a VwVfG and the law of the Land); none is entered")
    return Parameter(
        "repayment_claim_on",
        _("The claim for repayment arises on the day of the last payout"),
        Presence.VALUE,
        day,
        source=in_nrw if grant and grant.land is Land.NW else elsewhere,
        status=Status.ASSUMED,
        sort=Sort.DAY,
        settled_by=_("Enter the day in the sheet “Grant”, field “Repayment claim from”."),
        question=_("On which day does the claim for repayment arise, from which interest is due?"),
        matter=Matter.REPAYMENT,
    )


def _repaid_on(figures: Figures) -> DayValue:
    grant = figures.project.grant
    field = FieldRef("grant", grant.key if grant else "grant", "repaid_on")
    day = grant.repaid_on if grant else None
    return DayValue(day, (field,), () if day else (field,))


def _counted(figures: Figures) -> timedelta:
    """Return how long the day of the repayment bears interest: for a day where the law in force says so, else not."""
    return DAY if figures.terms[THROUGH_REPAYMENT].value is True else timedelta()


def _over(repaid_on: date, counted: timedelta) -> date:
    """Return the first day without interest, on or after the repayment; a day mistyped for year 9999 has none after."""
    return repaid_on + min(counted, date.max - repaid_on)


def _as_repaid(figures: Figures, told: Callable[[timedelta], Value]) -> Value:
    """Return interest by what is counted of the day of the repayment; it leans on that where a cent depends on it."""
    counted = _counted(figures)
    found = told(counted)
    if _repaid_on(figures).day is None or told(DAY - counted).amount == found.amount:
        return found
    return replace(found, basis=(*found.basis, figures.terms[THROUGH_REPAYMENT]))


# --- late use --------------------------------------------------------------------------------------------------------


class Late(NamedTuple):
    """What a drawdown bears interest on in one of the orders of use, and what besides the use cuts that short."""

    use: Use
    debts: Sequence[Debt]
    basis: tuple[Basis, ...]


def late_debts(figures: Figures, drawdown: Drawdown, counted: timedelta) -> Sequence[Late] | Value:
    """Return what of a drawdown bears interest for late use, in each order that the notice may mean.

    ``counted`` is how long the day of the repayment bears interest, of euros repaid before they were used. Unknown
    where the use is, or what is due where it tells how long a euro bears this interest.
    """
    found = used_of(figures, drawdown)
    if isinstance(found, Value):
        return found
    use_by = figures.day(f"drawdown.use_by/{drawdown.key}").day or date.max
    whole: list[Late] = []
    for used in found:
        late = _late(figures, used, [piece for piece in used.pieces if piece.day > use_by], counted)
        if isinstance(late, Value):
            return late
        whole.append(late)
    return whole


def _late(figures: Figures, used: Used, pieces: Sequence[Piece], counted: timedelta) -> Late | Value:
    """Return the debts of euros used late: of those to be repaid only until the claim arises, or they are repaid."""
    due, until, paid_on = figures.value(DUE.name), _until(figures, used.call, counted), used.call.paid_on
    cut = [piece for piece in pieces if until.day is None or piece.day > until.day]
    if cut and due.amount is None:
        return unknown(*due.missing, basis=(DUE,))
    if due.amount is None or not any(piece.last > due.amount for piece in cut):
        return Late(used.use, _debts(figures, paid_on, pieces), (DUE,) if cut else ())
    if until.day is None:
        return unknown(*until.missing, basis=until.basis)
    kept, back = _split(pieces, due.amount)
    by_use = _debts(figures, paid_on, [*kept, *(piece for piece in back if piece.day <= until.day)])
    by_claim = sum_of(piece for piece in back if piece.day > until.day)
    cut_short = Debt(by_claim, paid_on, until.day, goes_on=until.day == claimed(figures).day)
    return Late(used.use, [*by_use, cut_short], (DUE, *until.basis))


def _split(pieces: Iterable[Piece], due: Decimal) -> tuple[list[Piece], list[Piece]]:
    """Split pieces into what the recipient keeps and what is to be repaid."""
    kept, back = [], []
    for piece in pieces:
        border = min(max(due, piece.first), piece.last)
        kept.append(piece._replace(last=border))
        back.append(piece._replace(first=border))
    return kept, back


def _debts(figures: Figures, paid_on: date, pieces: Iterable[Piece]) -> list[Debt]:
    """Return what bears interest from its payout to its use."""
    amounts: dict[date, Decimal] = defaultdict(Decimal)
    for piece in pieces:
        amounts[piece.day] += piece.amount
    return [Debt(amount, paid_on, day, ended_by(figures, day)) for day, amount in sorted(amounts.items())]


def _until(figures: Figures, call: Call, counted: timedelta) -> DayValue:
    """Return the day before which euros of a call that are to be repaid bear interest on late use."""
    claim, repaid = claimed(figures), _repaid_on(figures)
    basis, grant = (*claim.basis, *repaid.basis), figures.project.grant
    if claim.day is None:
        return DayValue(None, basis, claim.missing)
    if repaid.day is None and grant is not None and grant.stated("repaid_on"):
        return DayValue(None, basis, repaid.missing)
    over = _over(repaid.day, counted) if repaid.day else date.max
    return DayValue(min(max(claim.day, call.paid_on), over), basis)


@INTEREST.figure(
    "drawdown.interest",
    "EUR",
    LATE,
    each=drawdowns,
    how=_(
        "From the payout to the day before each late use; on euros that are to be repaid no longer than until the "
        "claim for repayment arises"
    ),
)
def _late_interest(figures: Figures, drawdown: Drawdown) -> Value:
    amount = figures.value(f"drawdown.used_late/{drawdown.key}")
    return _as_repaid(figures, partial(_on_late_use, figures, drawdown, amount)) if amount.amount else amount


def _on_late_use(figures: Figures, drawdown: Drawdown, amount: Value, counted: timedelta) -> Value:
    late = late_debts(figures, drawdown, counted)
    if isinstance(late, Value):
        return unknown(*late.missing, basis=(*amount.basis, *late.basis))
    results = [(use, interest(figures.terms, debts, (*amount.basis, *basis))) for use, debts, basis in late]
    return agreed(figures, LATE, results)


INTEREST.sum(
    "settlement.use_interest", "EUR", LATE, of="drawdown.interest", each=drawdowns, how=_("Sum of the drawdowns")
)


# --- repayment -------------------------------------------------------------------------------------------------------


def repayment_debts(figures: Figures, counted: timedelta) -> Sequence[Debt] | Value:
    """Return the euros that are to be repaid, the last ones paid out, with the time for which they bear interest.

    Each does from the day on which the claim arises, and not before its own payout; ``counted`` is how long the day of
    the repayment bears interest. Unknown where one of the days is, and where one was repaid before it was paid out.
    """
    due, claim, repaid = figures.value(DUE.name), claimed(figures), _repaid_on(figures)
    if due.amount is None or claim.day is None or repaid.day is None:
        return unknown(*due.missing, *repaid.missing, *claim.missing, basis=(*claim.basis, *repaid.basis))
    amounts: dict[date, Decimal] = defaultdict(Decimal)
    for call in figures.once(calls).values():
        if isinstance(call, Value):
            return call
        back = call.last - max(call.first, due.amount)
        if back > 0 and repaid.day < call.paid_on:
            return unknown(_("the repayment lies before the payout of what was repaid"), basis=repaid.basis)
        if back > 0:
            amounts[max(claim.day, call.paid_on)] += back
    end = _over(repaid.day, counted)
    return [Debt(amount, start, end) for start, amount in sorted(amounts.items()) if start < end]


@INTEREST.figure(
    "settlement.repayment_interest",
    "EUR",
    _("Interest on the repayment"),
    how=_(
        "From the day the claim arises (the last payout if the authority names no day), and not before the payout, to "
        "the day before repayment; through that day where the law in force says so"
    ),
)
def _repayment_interest(figures: Figures) -> Value:
    repayment = figures.value("settlement.repayment")
    return _as_repaid(figures, partial(_on_repayment, figures, repayment)) if repayment.amount else repayment


def _on_repayment(figures: Figures, repayment: Value, counted: timedelta) -> Value:
    basis = (*repayment.basis, *claimed(figures).basis, *_repaid_on(figures).basis)
    debts = repayment_debts(figures, counted)
    if isinstance(debts, Value):
        return unknown(*debts.missing, basis=basis)
    return interest(figures.terms, debts, basis)


def debts_of(figures: Figures, noun: Noun) -> Sequence[Debt]:
    """Return what bears interest of a drawdown, or of the repayment, in the first order that the notice may mean."""
    if not isinstance(noun, Drawdown):
        debts = repayment_debts(figures, _counted(figures))
        return () if isinstance(debts, Value) else debts
    late = late_debts(figures, noun, _counted(figures))
    return () if isinstance(late, Value) else late[0].debts


@INTEREST.figure("settlement.interest", "EUR", _("Interest"), how=_("Interest on late use and on the repayment"))
def _interest(figures: Figures) -> Value:
    return figures.value("settlement.use_interest") + figures.value("settlement.repayment_interest")


@INTEREST.figure(
    "settlement.interest_due",
    "EUR",
    _("Interest due"),
    how=_("Interest, if it exceeds the amount up to which the law in force waives it"),
)
def _interest_due(figures: Figures) -> Value:
    """Return the interest; where nobody knows up to which amount the law waives it, it is shown, and leans on that."""
    whole, threshold = figures.value("settlement.interest"), figures.terms[THRESHOLD]
    if not whole.amount or threshold.presence is Presence.NONE:
        return whole
    waived = isinstance(threshold.value, Decimal) and whole.amount <= threshold.value
    return Value(Decimal(0) if waived else whole.amount, (*whole.basis, threshold))
