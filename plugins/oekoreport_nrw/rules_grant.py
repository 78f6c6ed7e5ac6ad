"""The grant: does it agree with notices and guideline, and is the report in time?"""

from __future__ import annotations

from collections.abc import Iterator

from oekoreport import (
    Case,
    FinancingType,
    Grant,
    Issue,
    Message,
    Module,
    NotApplicable,
    Project,
    Severity,
    State,
    TermsInRule,
    catalogue,
    euro,
    need,
    rule,
)
from oekoreport_nrw.deadlines import due_day
from oekoreport_nrw.rules_period import grant_of

_ = catalogue("oekoreport_nrw")

GUIDELINE = "Richtlinie ÖKOPROFIT"


def _the_grant(case: Case) -> tuple[Grant]:
    return (grant_of(case),)


@rule("NRW-NOTICES", _("Notices make the grant"), basis="Zuwendungsbescheid", each=_the_grant)
def notices_make_the_grant(grant: Grant, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """The amounts of all notices make the grant's maximum.

    Why: the report's head adds up the notices; a missing amendment or revocation makes it wrong.
    Fails: notice of 20,000, partial revocation of -1,000, maximum 20,000.
    Passes: notice of 20,000, amendment of 0, maximum 20,000.
    """
    granted, cap = case.figure("settlement.granted"), need(grant, "cap")
    if granted != cap:
        yield Issue(
            _("The notices make {granted}, the grant’s maximum is {cap}.", granted=euro(granted), cap=euro(cap)),
            "cap",
            expected=Message("{amount}", amount=euro(granted)),
            found=Message("{amount}", amount=euro(cap)),
            hint=_("Enter every notice with its amount, a revocation with a minus sign; correct the maximum."),
        )


@rule("NRW-GRANT-CAP", _("The grant keeps the guideline’s maximum"), basis=f"{GUIDELINE} Nr. 5.4.1", each=_the_grant)
def grant_within_cap(grant: Grant, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """The grant is no more than the guideline allows for the module; of the club module, for each year of the project.

    Why: an amount above it is mistyped, or the module is another.
    Fails: entry module, at most 25,000, grant of 26,000.
    Passes: entry module, at most 25,000, grant of 20,000.
    """
    module, cap = need(case.project, "module"), need(grant, "cap")
    limit = terms[f"grant_cap_{module}"]
    if module is Module.CLUB:
        limit *= _years(case.project)
    if cap > limit:
        yield Issue(
            _(
                "The grant is {cap}; for “{module}” {limit} are the most.",
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


@rule("NRW-RATE-MAX", _("The rate keeps the guideline’s maximum"), basis=f"{GUIDELINE} Nr. 5.4.1", each=_the_grant)
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
            _("The rate is {rate} %; {limit} % are the most.", rate=rate, limit=limit),
            "rate",
            hint=_("Compare the rate with the notice."),
        )


@rule("NRW-RATE", _("The grant agrees with rate and plan"), basis="Zuwendungsbescheid", each=_the_grant)
def grant_by_rate_of_plan(grant: Grant, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """The grant of share financing is no more than the rate of the eligible expenditure planned.

    Why: rate, plan and amount come from one notice; where they contradict each other, one of them is mistyped.
    Fails: 80 % of 24,000 eligible, grant of 20,000.
    Passes: 80 % of 25,000 eligible, grant of 20,000.
    """
    if need(grant, "financing_type") is not FinancingType.SHARE:
        raise NotApplicable
    cap, rate = need(grant, "cap"), need(grant, "rate")
    eligible = case.figure("expenditure.planned_eligible")
    share = eligible * rate / 100
    if cap > share:
        yield Issue(
            _(
                "The grant is {cap}; {rate} % of {eligible} planned as eligible are {share}.",
                cap=euro(cap),
                rate=rate,
                eligible=euro(eligible),
                share=euro(share),
            ),
            "cap",
            hint=_("Compare rate, maximum and the eligible part of each line with the notice."),
        )


@rule("NRW-PARTICIPANTS", _("Enough participants take part"), basis=f"{GUIDELINE} Nr. 4.1.1.1")
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
            _("{started} participants started; at least {least} are asked for.", started=started, least=least),
            hint=_("Enter the day of the start for each participant; ask the authority where there were fewer."),
        )


@rule(
    "NRW-REPORT-DUE",
    _("The report is in time"),
    basis="Zuwendungsbescheid; §§ 187 bis 193 BGB",
    severity=Severity.WARNING,
    each=_the_grant,
)
def report_in_time(grant: Grant, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """The reference date is not after the day that the report is due; a time limit moves off weekends and holidays.

    Why: a late report can cost interest or the grant; an extension is agreed in time and in writing.
    Fails: due on Friday 31.10.2025, reference date 03.11.2025.
    Passes: due on Sunday 31.10.2021, reference date 02.11.2021, the next working day in Nordrhein-Westfalen.
    """
    day, kind = need(grant, "report_due"), need(grant, "report_due_kind")
    if case.today() <= day:  # asks no calendar: a time limit only ever moves to a later day
        return
    due = due_day(day, kind)
    if case.today() > due:
        yield Issue(
            _("The report was due on {due}; the reference date is {today}.", due=due, today=case.today()),
            "report_due",
            hint=_("Hand it in with the reason, or enter the extension as the authority’s consent."),
        )
