"""The report on the use of the grant: in time, complete, and preceded by what the authority had to be told."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from oekoreport.findings import Severity
from oekoreport.language import catalogue
from oekoreport.model import Project
from oekoreport.model.grant import Grant
from oekoreport.model.narrative import ReportKind, Section
from oekoreport.model.plan import FundingSource
from oekoreport.rules import Case, Issue, NotApplicable, TermsInRule, need
from oekoreport.rules.provisions.provision import provision
from oekoreport.rules.provisions.subjects import after_the_period, grant_of, lines, the_grant
from oekoreport.units import euro

_ = catalogue("oekoreport")

INTERIM = "interim_report"


@provision(_("The report is submitted in time"), severity=Severity.WARNING, each=the_grant)
def report_in_time(grant: Grant, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """The report is submitted by the day that it is due; a time limit moves off weekends and holidays.

    While no day of submission is entered, the reference date is judged.

    Why: a late report can cost interest or the grant; an extension is agreed in time and in writing.
    Fails: due on Friday 31.10.2025, submitted on 03.11.2025; not submitted, and the reference date is 03.11.2025.
    Passes: due on Sunday 31.10.2021, submitted on 02.11.2021, the next working day in Nordrhein-Westfalen.
    """
    day = need(grant, "report_due")
    need(grant, "report_due_kind")
    submitted = need(grant, "submitted_on") if grant.stated("submitted_on") else None
    judged = submitted or case.today()
    if judged <= day:  # asks no calendar: a time limit only ever moves to a later day
        return
    due = case.figures["deadline.report_due"].day or day
    if judged > due:
        yield _late(due, judged) if submitted else _overdue(due, judged)


def _late(due: date, submitted: date) -> Issue:
    return Issue(
        _("The report was due on {due}; it was submitted on {submitted}.", due=due, submitted=submitted),
        "submitted_on",
        hint=_("Compare both days with the notice and the letter; enter an extension as the authority’s consent."),
    )


def _overdue(due: date, today: date) -> Issue:
    return Issue(
        _("The report was due on {due}; the reference date is {today}.", due=due, today=today),
        "report_due",
        hint=_(
            "If it has been submitted, enter the day in the sheet on the grant; if not, submit it with the reason, or "
            "enter the extension as the authority’s consent."
        ),
    )


@provision(_("The deadline matches the law or the notice"), severity=Severity.WARNING, each=the_grant)
def deadline_of_law(grant: Grant, _case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """The day entered for the report is not after the last day that conditions or notice allow.

    Why: a deadline that was entered too late lets the true one pass unnoticed.
    Fails: three months, approval period to 31.07.2025, 30.11.2025 entered.
    Passes: three months, approval period to 31.07.2025, 31.10.2025 entered.
    """
    months, entered = terms["report_months"], need(grant, "report_due")
    last = end_of_month_after(need(grant, "period_end"), int(months))
    if entered > last:
        yield Issue(
            _(
                "The report is entered as due on {entered}; {months} months after the period is {last}.",
                entered=entered,
                months=months,
                last=last,
            ),
            "report_due",
            expected=_("not after {last}", last=last),
            hint=_(
                "Compare the date with the notice; if the notice sets another time limit, enter it as a term of "
                "the notice."
            ),
        )


def end_of_month_after(day: date, months: int) -> date:
    """Return the last day of the month that lies so many months after that of the day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])


@provision(_("The narrative report is complete"))
def told_in_words(project: Project, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """After the approval period, the narrative tells course and results, and deviations where there are any.

    So do the interim reports, where law or notice want one of each calendar year.

    Why: the proof of use consists of a narrative and of figures; without its narrative it is not handed in.
    Fails: no section on results; a line above its plan, and no section on deviations; no narrative of a year.
    Passes: course, results and deviations are told; nothing is judged while the approval period runs.
    """
    after_the_period(case)
    told = {each.section for each in project.narratives if each.report is not ReportKind.INTERIM and each.text}
    wanted = [Section.COURSE, Section.RESULTS]
    if any(case.figure(f"line.deviation/{line.key}") for line in lines(case)):
        wanted.append(Section.DEVIATIONS)
    for section in wanted:
        if section not in told:
            yield Issue(
                _("The narrative report has no section “{section}”.", section=section),
                hint=_("Write it in sachbericht.docx (or .md) under a heading of that name."),
            )
    for year in _interim_years(case, terms):
        told = {each.section for each in project.narratives if each.report is ReportKind.INTERIM and each.year == year}
        for section in (Section.COURSE, Section.RESULTS, Section.DEVIATIONS):
            if section not in told:
                yield Issue(
                    _("The interim report {year} has no section “{section}”.", year=str(year), section=section),
                    hint=_(
                        "Write it in {file} (or .md) under a heading of that name.", file=f"zwischenbericht-{year}.docx"
                    ),
                )


def _interim_years(case: Case, terms: TermsInRule) -> Iterator[int]:
    """Yield the years that ended within the approval period and of which a report is wanted by what held then."""
    grant = grant_of(case)
    for year in range(need(grant, "period_start").year, need(grant, "period_end").year):
        then = terms.as_of(date(year, 12, 31))
        if then.states(INTERIM) and then[INTERIM] and date(year, 12, 31) < case.today():
            yield year


@provision(_("The list of receipts is attached if required"), each=the_grant)
def receipts_list_attached(grant: Grant, _case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """Where guideline, conditions or notice ask for a list of receipts, the project does not switch it off.

    Why: the list is part of the proof of use there; a report without it is not complete.
    Fails: the guideline asks for the list, the grant says no.
    Passes: the guideline asks for the list, the grant says yes or nothing.
    """
    if not terms["receipts_list"] or not grant.stated("receipts_list"):
        raise NotApplicable
    if not need(grant, "receipts_list"):
        yield Issue(
            _("The list of receipts is part of the proof of use here, but it is switched off."),
            "receipts_list",
            hint=_("Set it to yes; if the notice waives the list, enter that as a term of the notice."),
        )


# --- duties to inform ------------------------------------------------------------------------------------------------


@provision(_("Changes were notified"), severity=Severity.WARNING)
def changes_notified(project: Project, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """Once eligible expenditure falls or other cover funds rise, the authority was told so.

    Why: the duty to inform stands beside the report; who stays silent risks interest, or the grant.
    Fails: contributions of 1,250 beyond the plan, and no notification.
    Passes: the same with a notification; a fall below the amount from which the conditions ask for one.
    """
    after_the_period(case)
    if project.notifications:
        return
    more, less = _more_cover(case), -case.figure("expenditure.eligible_deviation")
    if more > 0:
        yield Issue(
            _(
                "Other income exceeds the plan by {more}, and no notification of the authority is entered.",
                more=euro(more),
            ),
            hint=_("Enter the letter to the authority; if there was none, write it now."),
        )
    if less > 0 and _is_to_be_notified(less, case, terms):
        yield Issue(
            _(
                "Eligible expenditure is {less} below the plan, and no notification of the authority is entered.",
                less=euro(less),
            ),
            hint=_("Enter the letter to the authority; if there was none, write it now."),
        )


def _more_cover(case: Case) -> Decimal:
    """Return by how much money of others than the recipient and the grantor exceeds the plan."""
    plan = case.project.plan
    others = (
        [line for line in plan.income if need(line, "source") not in (FundingSource.OWN, FundingSource.GRANT)]
        if plan
        else []
    )
    planned = sum((need(line, "planned") for line in others), Decimal(0))
    received = sum((need(income, "amount") for income in case.project.incomes), Decimal(0))
    return received - planned


def _is_to_be_notified(less: Decimal, case: Case, terms: TermsInRule) -> bool:
    """Tell whether a fall is beyond rate or amount that the conditions set; without such a limit every fall is."""
    rate, amount = _limit(terms, "notify_reduction_rate"), _limit(terms, "notify_reduction_amount")
    if rate is None and amount is None:
        return True
    planned = case.figure("expenditure.planned_eligible")
    beyond_rate = rate is not None and less * 100 > planned * rate
    return beyond_rate or (amount is not None and less > amount)


def _limit(terms: TermsInRule, name: str) -> Decimal | None:
    try:
        return Decimal(terms[name])
    except NotApplicable:
        return None
