"""Richtlinie ÖKOPROFIT: how a round has to be: participants, workshops, modules, and what the first drawdown shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from oekoreport import (
    Case,
    Drawdown,
    ExpenditureType,
    Issue,
    Module,
    NotApplicable,
    Participant,
    Project,
    Severity,
    State,
    TermsInRule,
    catalogue,
    need,
    rule,
)
from oekoreport.kit.law import receipts
from oekoreport_nrw.rules_programme import in_guideline

_ = catalogue("oekoreport_nrw")

FEES = {
    ExpenditureType.LICENCE_FEE: (_("licence contract"), re.compile(r"lizenz|licen[cs]e", re.IGNORECASE)),
    ExpenditureType.USAGE_FEE: (_("usage contract"), re.compile(r"nutzung|usage", re.IGNORECASE)),
}
"""By type of fee, the contract that it is paid under, and what tells it in a contract's subject."""


@rule("NRW-PARTICIPANTS", _("Enough participants take part"), basis=in_guideline("participants", by="module"))
def enough_participants(project: Project, _case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """As many participants started as the guideline asks for in the module, late joiners included.

    Why: a round with fewer is not funded; the number is shown with the first drawdown.
    Fails: entry module, at least 8, 7 started.
    Passes: entry module, at least 8, 7 started and 1 joined late.
    """
    least = terms[f"minimum_participants_{need(project, 'module')}"]
    started = sum(participant.has(State.STARTED, State.JOINED_LATE) for participant in project.participants)
    if started < least:
        yield Issue(
            _("{started} participants started; at least {least} are required.", started=started, least=least),
            hint=_("Enter the start date of each participant; ask the authority if there were fewer."),
        )


def _first_call(case: Case) -> list[Drawdown]:
    return sorted(case.project.drawdowns, key=lambda each: need(each, "requested_on"))[:1]


@rule(
    "NRW-OEK-6.3.1",
    _("There are enough participants at the first drawdown"),
    basis=in_guideline("first_call"),
    each=_first_call,
)
def participants_at_first_call(drawdown: Drawdown, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """When the grant is first called, as many participants as the module asks for have agreed to take part.

    Why: the first call is paid only against proof of the minimum number.
    Fails: at least 8, called on 01.04.2024, the eighth agreement of 15.04.2024.
    Passes: at least 8, called on 15.09.2024, eight agreements of spring.
    """
    least = terms[f"minimum_participants_{need(case.project, 'module')}"]
    called = need(drawdown, "requested_on")
    agreed = sum(need(participant, "agreed_on") <= called for participant in case.project.participants)
    if agreed < least and terms["participants_at_first_call"]:
        yield Issue(
            _(
                "By the first drawdown on {called}, {agreed} participants had agreed; at least {least} are required.",
                called=called,
                agreed=agreed,
                least=least,
            ),
            "requested_on",
            hint=_("Check the dates of the agreements; ask the authority if the drawdown was requested too early."),
        )


@rule(
    "NRW-OEK-6.3.1-FEES",
    _("Licence and usage contracts are there at the first drawdown"),
    basis=in_guideline("first_call"),
    severity=Severity.WARNING,
    each=_first_call,
)
def contracts_at_first_call(drawdown: Drawdown, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """When the grant is first called, licence and usage contracts have been made.

    A contract tells what it is by its subject, or by a receipt of that type paid under it; a receipt of that type that
    was issued before the call shows that there is one.

    Why: the first call is paid only against proof of these contracts, though their fees are not eligible.
    Fails: called on 15.09.2024, no licence contract entered; a usage contract of 20.09.2024.
    Passes: called on 15.09.2024, a licence contract of 01.03.2024, an invoice for the usage fee of 10.04.2024.
    """
    called = need(drawdown, "requested_on")
    missing = [title for kind, (title, _words) in FEES.items() if not _made_by(called, kind, case)]
    if missing and terms["licence_contracts_at_first_call"]:
        yield Issue(
            _(
                "Not shown by the first drawdown on {called}: {missing}.",
                called=called,
                missing=tuple(missing),
            ),
            "requested_on",
            hint=_(
                "Enter the contracts with subject and date, or the type of expenditure of their receipts; what the "
                "authority accepted without them, enter as a waiver."
            ),
        )


def _made_by(day: date, kind: ExpenditureType, case: Case) -> bool:
    """Tell whether a contract for a type of fee was made by a day, or an invoice for it issued."""
    paying = [receipt for receipt in receipts(case) if kind in {part.expenditure_type for part in receipt.allocations}]
    paid_under = {receipt.contract for receipt in paying}
    words = FEES[kind][1]
    made = [each for each in case.project.contracts if each.key in paid_under or words.search(each.subject or "")]
    days = [need(each, "awarded_on") for each in made] + [need(receipt, "issued_on") for receipt in paying]
    return any(each <= day for each in days)


@rule("NRW-OEK-2", _("Enough workshops are held"), basis=in_guideline("workshops"))
def enough_workshops(project: Project, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """As many workshops as the guideline asks for in the module were held; while the round runs, are planned.

    Why: the workshops are what is funded; a round with fewer misses its purpose.
    Fails: entry module, at least 8, the round over, 7 held.
    Passes: entry module, at least 8, 8 held, some of them online.
    """
    least = terms[f"minimum_workshops_{need(project, 'module')}"]
    if case.today() < need(project, "ends_on"):
        planned = need(project, "planned_workshops")
        if planned < least:
            yield Issue(
                _("{planned} workshops are planned; at least {least} are required.", planned=planned, least=least),
                "planned_workshops",
                hint=_("Plan the missing ones, or ask the authority."),
            )
        return
    held = case.figure("workshops.held")
    if held < least:
        yield Issue(
            _("{held} workshops were held; at least {least} are required.", held=held, least=least),
            hint=_("Enter every workshop that was held, with its date; ask the authority if there were fewer."),
        )


@rule(
    "NRW-OEK-2.2",
    _("Club members have implemented new measures"),
    basis=in_guideline("club_measures"),
    each=lambda case: case.project.participants if case.project.module is Module.CLUB else (),
)
def measures_in_the_club(participant: Participant, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """A participant of the club module that ended the round has as many new measures as the guideline asks for.

    Why: the club is for those who go on; the guideline counts what they newly did.
    Fails: club module, at least 2, 1 measure implemented.
    Passes: club module, at least 2, 2 measures implemented; one who left is not judged.
    """
    if participant.final_state not in (State.EXAMINED, State.AWARDED, State.RECERTIFIED):
        raise NotApplicable
    least, done = terms["club_measures_minimum"], case.figure(f"measures.implemented/{participant.key}")
    if done < least:
        yield Issue(
            _(
                "“{name}” has implemented {done} measures; the club module requires {least}.",
                name=participant.called,
                done=done,
                least=least,
            ),
            hint=_("Update the state of its measures."),
        )


@rule(
    "NRW-OEK-4.1",
    _("Micro businesses are small enough"),
    basis=in_guideline("micro"),
    each=lambda case: case.project.participants if case.project.module is Module.MICRO else (),
)
def micro_businesses(participant: Participant, _case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """A participant of the micro module has no more staff than the guideline allows.

    Why: the module is for small businesses; a larger one does not count towards the minimum number.
    Fails: micro module, at most 20, 25 full-time equivalents.
    Passes: micro module, at most 20, 20 full-time equivalents.
    """
    most, staff = terms["micro_staff_max"], need(participant, "staff")
    if staff > most:
        yield Issue(
            _(
                "“{name}” has {staff} full-time equivalents; the micro module allows at most {most}.",
                name=participant.called,
                staff=staff,
                most=most,
            ),
            "staff",
            hint=_("Check the number; full-time equivalents count, not the number of people."),
        )
