"""Drawdowns: when the grant may be called, how much of it, and whether it was used in time."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from operator import attrgetter

from oekoreport.figures import POINTS, TRANSITION, UNKNOWN, change_within, debts_of, window_of
from oekoreport.findings import Severity
from oekoreport.language import catalogue
from oekoreport.model.drawdown import Drawdown
from oekoreport.model.grant import Grant
from oekoreport.rules import Case, Issue, NotApplicable, TermsInRule, need
from oekoreport.rules.provisions.provision import provision
from oekoreport.rules.provisions.subjects import after_the_period, grant_notice, the_grant
from oekoreport.units import euro

_ = catalogue("oekoreport")


drawdowns = attrgetter("project.drawdowns")


@provision(_("Money is drawn down only after the notice is final"), each=drawdowns)
def after_final_notice(drawdown: Drawdown, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """No part of the grant is called before the grant notice is final.

    Why: until then the notice can be contested, and nothing is paid out.
    Fails: final on 15.02.2024, called on 12.02.2024.
    Passes: final on 15.02.2024, called on 15.02.2024 or later.
    """
    called, final = need(drawdown, "requested_on"), need(grant_notice(case), "final_on")
    if called < final and terms["drawdown_after_final"]:
        yield Issue(
            _(
                "Drawdown {drawdown} was requested on {called}; the notice becomes final on {final}.",
                drawdown=drawdown.key,
                called=called,
                final=final,
            ),
            "requested_on",
            hint=_("Compare both dates; a waiver of legal remedies makes a notice final earlier."),
        )


@provision(_("Payouts do not exceed the grant"), each=lambda case: the_grant(case) if case.project.drawdowns else ())
def paid_out_at_most(_grant: Grant, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """All drawdowns together are no more than the notices grant.

    Why: a drawdown entered twice shows here; repayment and the report's head would be wrong.
    Fails: granted 20,000, paid out 9,000 and 12,000.
    Passes: granted 20,000, paid out 9,000 and 10,040.67.
    """
    granted, paid_out = case.figure("settlement.granted"), case.figure("settlement.paid_out")
    if paid_out > granted:
        yield Issue(
            _("{paid_out} paid out, {granted} granted.", paid_out=euro(paid_out), granted=euro(granted)),
            hint=_("Compare the drawdowns with the bank statements; enter each of them once."),
        )


@provision(_("Drawdowns do not exceed the needs"), each=drawdowns)
def called_for_needs(drawdown: Drawdown, _case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """A drawdown states what it is needed for, and is no higher than that.

    Why: the grant may be called only as far as it is needed for payments soon due; each call says what they are.
    Fails: 9,000 called, needs of 8,500 stated, or none.
    Passes: 9,000 called, needs of 6,800, 1,540 and 660 stated.
    """
    if not drawdown.needs:
        yield Issue(
            _("Drawdown {drawdown} does not state what the money is needed for.", drawdown=drawdown.key),
            "amount",
            hint=_("Enter the amounts that it is needed for, by line of the plan."),
        )
        return
    amount = need(drawdown, "amount")
    needed = sum((need(each, "amount") for each in drawdown.needs), Decimal(0))
    if amount > needed:
        yield Issue(
            _(
                "Drawdown {drawdown}: {amount} drawn down, {needed} needed.",
                drawdown=drawdown.key,
                amount=euro(amount),
                needed=euro(needed),
            ),
            "amount",
            expected=_("at most {limit}", limit=euro(needed)),
            hint=_("Compare the needs with the drawdown; what exceeds them must be used in time or paid back."),
        )


@provision(_("Funds drawn down are spent in time"), severity=Severity.WARNING, each=drawdowns)
def used_in_time(drawdown: Drawdown, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """What is paid out is used within the window that the law gives, in the order that the law says.

    Why: money that lies idle bears interest from the payout to its use; the authority regularly claims it.
    Fails: paid out on 30.09.2024, to be used by 30.11.2024, 500 of it used on 15.12.2024, or not at all.
    Passes: used up on 17.11.2024; nothing is said on money whose window still runs.
    """
    _window(drawdown, case, terms)
    key = drawdown.key
    late, unused = case.figure(f"drawdown.used_late/{key}"), case.figure(f"drawdown.unused/{key}")
    use_by = case.figures[f"drawdown.use_by/{key}"].day
    if use_by is None or (late <= 0 and (unused <= 0 or case.today() <= use_by)):
        return
    interest = _interest_told(case, f"drawdown.interest/{key}")
    yield Issue(
        _(
            "Drawdown {drawdown}, to be used by {use_by}: {late} used late, {unused} not used; interest {interest}.",
            drawdown=key,
            use_by=use_by,
            late=euro(late),
            unused=euro(unused),
            interest=UNKNOWN if interest is None else euro(interest),
        ),
        "amount",
        expected=_("used by {use_by}", use_by=use_by),
        hint=_("Explain it in the narrative report; report unused money to the authority and pay it back."),
    )
    case.figure(f"drawdown.interest/{key}")  # unknown interest leaves an open question beside the finding


def _window(drawdown: Drawdown, case: Case, terms: TermsInRule) -> None:
    """Ask the law for the window of a payout, in months or in weeks.

    Raises:
        NotApplicable: it has none.
        UnknownLaw: nobody knows it.
    """
    allowed = window_of(case.figures, drawdown)
    if allowed is None:
        raise NotApplicable
    (terms.as_of(drawdown.paid_on) if drawdown.paid_on else terms)[allowed.name]


def _interest_told(case: Case, name: str) -> Decimal | None:
    """Return interest as a message tells it; the rule then leans on the amount up to which the law waives it, too."""
    interest = case.figures[name].rounded
    if interest:
        case.figures["settlement.interest_due"]
    return interest


@provision(
    _("No repayment is due"),
    severity=Severity.WARNING,
    each=lambda case: the_grant(case) if case.project.drawdowns else (),
)
def nothing_to_repay(grant: Grant, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """After the approval period, no more was paid out than the grant due.

    Why: what exceeds it is to be paid back, with interest from when the claim arises.
    Fails: paid out 19,040.67, grant due 18,000.00.
    Passes: paid out 19,040.67, grant due 19,040.67 or more.
    """
    after_the_period(case)
    repayment = case.figure("settlement.repayment")
    if repayment <= 0:
        return
    amounts = {
        "paid_out": euro(case.figure("settlement.paid_out")),
        "due": euro(case.figure("settlement.grant_due")),
        "repayment": euro(repayment),
    }
    if not grant.stated("repaid_on") and not case.figure("settlement.repayment_due"):
        yield Issue(
            _("{paid_out} paid out, {due} due: {repayment} too much, an amount that is not recalled.", **amounts),
            hint=_("The authority decides; pay nothing back before it says so."),
        )
        return
    if not grant.stated("repaid_on"):
        yield Issue(
            _("{paid_out} paid out, {due} due: {repayment} will probably have to be paid back.", **amounts),
            hint=_("Pay it back without being asked and enter the date: interest runs until then."),
        )
        return
    interest = _interest_told(case, "settlement.repayment_interest")
    yield Issue(
        _(
            "{paid_out} paid out, {due} due: {repayment} were paid back on {day}; interest {interest}.",
            **amounts,
            day=need(grant, "repaid_on"),
            interest=UNKNOWN if interest is None else euro(interest),
        ),
        "repaid_on",
        hint=_("Wait for the notice on the interest; explain the repayment in the narrative report."),
    )
    case.figure("settlement.repayment_interest")  # unknown interest is an open question


@provision(
    _("Interest over a change of rate states how it was calculated"),
    severity=Severity.WARNING,
    each=lambda case: (*case.project.drawdowns, *the_grant(case)),
)
def settled_across_a_change(noun: Drawdown | Grant, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """Interest that runs across a change of the rate is named with the setting that it was computed by.

    Why: no rule on running claims was found; whether the time is split or the first rate holds is a setting.
    Fails: interest from 01.02.2023 to 01.09.2023, the rate changed on 05.05.2023, and the setting is "split".
    Passes: no interest, or none across such a day.
    """
    name = f"drawdown.interest/{noun.key}" if isinstance(noun, Drawdown) else "settlement.repayment_interest"
    if not case.figures[name].value:
        return
    points = case.figures.terms[POINTS]
    changes = (change_within(points, debt.start, debt.end) for debt in debts_of(case.figures, noun))
    if change := next((change for change in changes if change), None):
        setting = terms[TRANSITION]
        yield Issue(
            _(
                "The interest of {interest} covers a change of rate on {day}; it was calculated with the "
                "setting “{setting}”.",
                interest=euro(case.figure(name)),
                day=change,
                setting=case.figures.terms[TRANSITION].named(setting),
            ),
            hint=_("Agree with the authority how existing claims are treated, and explain it."),
        )
