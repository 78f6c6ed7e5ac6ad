"""Richtlinie ÖKOPROFIT: who may receive how much, for which round."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from oekoreport import (
    Case,
    Drawdown,
    ExpenditureType,
    FinancingType,
    FundingSource,
    Grant,
    Issue,
    LegalKind,
    Message,
    Module,
    NotApplicable,
    Participant,
    Project,
    Publication,
    Recipient,
    Severity,
    State,
    TermsInRule,
    catalogue,
    euro,
    need,
    rule,
)
from oekoreport.kit.law import Citation, may_be_eligible, parts, receipts, the_grant

_ = catalogue("oekoreport_nrw")

GUIDELINE = "Richtlinie ÖKOPROFIT"
PUBLICITY = (ExpenditureType.PRINT, ExpenditureType.PUBLICITY)

COMPANY = re.compile(r"\b(g?GmbH|mbH|AG|KG|UG|GbR|e\.?\s?G\.?)(?!\w)")
"""Legal forms of private law in a recipient's name, as they are written: “Stadtwerke Muster GmbH”."""

FEES = {
    ExpenditureType.LICENCE_FEE: (_("licence contract"), re.compile(r"lizenz|licen[cs]e", re.IGNORECASE)),
    ExpenditureType.USAGE_FEE: (_("usage contract"), re.compile(r"nutzung|usage", re.IGNORECASE)),
}
"""By type of fee, the contract that it is paid under, and what tells it in a contract's subject."""


def in_guideline(topic: str, by: str = "") -> Citation:
    """Return what a rule rests on: where the edition in force settles the topic, by a field of the project if named."""
    return Citation(GUIDELINE, "guideline", topic, by)


@rule(
    "NRW-OEK-3",
    _("The recipient may receive the grant"),
    basis=in_guideline("recipients"),
    each=lambda case: (case.project.recipient,) if case.project.recipient else (),
)
def who_may_receive(recipient: Recipient, _case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """The recipient is a municipality or an association of municipalities.

    Why: the guideline funds municipalities, their associations and their own undertakings; a company with a legal
    personality of its own may run the round for them, but cannot receive the grant, even if it is all theirs.
    Fails: a business development GmbH as the recipient, whether entered as municipal or not.
    Passes: a district.
    """
    if need(recipient, "legal_kind") is not LegalKind.MUNICIPAL:
        if terms["recipients_municipal_only"]:
            yield Issue(
                _("“{name}” is not municipal; the guideline funds municipalities only.", name=recipient.name or ""),
                "legal_kind",
                hint=_("Compare the recipient with the notice; correct the legal kind."),
            )
    elif COMPANY.search(recipient.name or "") and terms["recipients_municipal_only"]:
        yield Issue(
            _(
                "“{name}” is a company; even one that municipalities own may not receive the grant.",
                name=recipient.name,
            ),
            "name",
            hint=_("Enter the municipality that the notice is made out to."),
        )


@rule(
    "NRW-GRANT-CAP", _("The grant does not exceed the guideline’s maximum"), basis=in_guideline("grant"), each=the_grant
)
def grant_within_cap(grant: Grant, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """The grant is no more than the guideline allows for the module; of the club module, for each year of the project.

    Why: an amount above it is mistyped, or the module is another.
    Fails: entry module, at most 25,000, grant of 26,000.
    Passes: entry module, at most 25,000, grant of 20,000.
    """
    module, cap = need(case.project, "module"), need(grant, "cap")
    limit = terms[f"grant_cap_{module}"]
    if module is Module.CLUB:
        limit *= min(_years(case.project), int(terms["club_years_maximum"]))
    if cap > limit:
        yield Issue(
            _(
                "The grant is {cap}; the maximum for “{module}” is {limit}.",
                cap=euro(cap),
                module=module,
                limit=euro(limit),
            ),
            "cap",
            expected=_("at most {limit}", limit=euro(limit)),
            found=Message("{spent}", spent=euro(cap)),
            hint=_("Compare amount and module with the notice."),
        )


def _years(project: Project) -> int:
    """Return how many years the project lasts, to the nearest, at least one."""
    days: int = (need(project, "ends_on") - need(project, "starts_on")).days
    return max(1, round(days / 365))


@rule(
    "NRW-RATE-MAX", _("The rate does not exceed the guideline’s maximum"), basis=in_guideline("grant"), each=the_grant
)
def rate_within_guideline(grant: Grant, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """The rate of share financing is no more than the guideline allows.

    Why: a rate above it is mistyped; the grant due would be too high.
    Fails: rate 90 %, at most 80 %.
    Passes: rate 80 %, at most 80 %; special projects have a rate of their own and are not judged.
    """
    if need(grant, "financing_type") is not FinancingType.SHARE or need(case.project, "module") is Module.SPECIAL:
        raise NotApplicable
    limit, rate = terms["rate_max"], need(grant, "rate")
    if rate > limit:
        yield Issue(
            _("The rate is {rate} %; the maximum is {limit} %.", rate=rate, limit=limit),
            "rate",
            hint=_("Compare the rate with the notice."),
        )


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


@rule(
    "NRW-OEK-4.6",
    _("Publications name the grant"),
    basis=in_guideline("publicity"),
    each=lambda case: case.project.publications,
)
def grant_is_named(publication: Publication, _case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """Every publication on the project says that the Land funds it.

    Why: the guideline asks for it, and specimens are kept for the audit.
    Fails: a brochure without the funding notice.
    Passes: a press release with it.
    """
    if not need(publication, "funding_notice") and terms["funding_notice_required"]:
        yield Issue(
            _(
                "“{title}” ({medium}) does not name the grant.",
                title=publication.title or "",
                medium=publication.medium or "",
            ),
            "funding_notice",
            hint=_("Add the notice if that is still possible; otherwise inform the authority."),
        )


@rule("NRW-OEK-4.6-SHOWN", _("Publicity that was paid for is shown"), basis=in_guideline("publicity"))
def publicity_is_shown(project: Project, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """Where print or publicity is to be eligible, there is a publication that names the grant.

    Why: the guideline asks that publicity names the Land's funding, and for specimens; without one nobody can tell.
    Fails: 500 for a flyer, all of it eligible, and no publication; one that does not name the grant.
    Passes: 500 for a flyer, and the flyer among the publications, naming the grant; no publicity paid for.
    """
    paid = [part for part in parts(case) if part.expenditure_type in PUBLICITY and may_be_eligible(part, case)]
    if not paid:
        raise NotApplicable
    if not any(each.funding_notice for each in project.publications) and terms["funding_notice_required"]:
        yield Issue(
            _("Publicity is counted as eligible, but no publication is entered that names the grant."),
            "expenditure_type",
            at=paid[0],
            hint=_("Enter what was published, with medium and date, and whether it names the grant."),
        )


@rule(
    "NRW-OEK-4.3",
    _("An own share remains despite donations"),
    basis=in_guideline("donations"),
    severity=Severity.WARNING,
    each=the_grant,
)
def own_share_beside_donations(_grant: Grant, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """Donations leave the share that the guideline asks for to the recipient; those that do not reduce the grant.

    Why: earmarked donations stay out of account as far as an own share of the eligible expenditure remains; whether
    they do at all, the authority decides.
    Fails: at least 10 %, eligible 25,000, a donation of 3,000 of which 500 leave an own share of 2,500.
    Passes: at least 10 %, eligible 25,000, a donation of 500 that does; without a donation nothing is judged.
    """
    if not any(income.source is FundingSource.DONATION for income in case.project.incomes):
        raise NotApplicable
    least, left_out = terms["own_share_minimum"], case.figure("settlement.disregarded")
    counted: Decimal = case.figure("settlement.donations") - left_out
    if counted > 0:
        yield Issue(
            _(
                "Of donations of {donations}, {left_out} stay out of account, so that {least} % of the eligible "
                "expenditure remain as own share; {counted} count as cover funds.",
                donations=euro(left_out + counted),
                left_out=euro(left_out),
                least=least,
                counted=euro(counted),
            ),
            hint=_("Notify the authority of the donations; the grant due is already reduced by them."),
        )
