"""The interim report (Zwischennachweis): how the project stood at the end of each calendar year, from its figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from pydantic import BaseModel, ConfigDict

from oekoreport import (
    ExpenditureLine,
    FundingSource,
    IncomeLine,
    OekoreportError,
    Participant,
    Report,
    ReportKind,
    Section,
    catalogue,
)
from oekoreport.kit.papers import Paper, PaperExporter
from oekoreport.kit.prose import Prose
from oekoreport.kit.views import Fields, View, Views
from oekoreport_funding import word

_ = catalogue("oekoreport_funding")

TEMPLATE = "funding/zwischennachweis.docx"
WANTED = "interim_report"


class NoInterimReport(OekoreportError):
    """An interim report is asked for a year that has none."""

    def __init__(self, year: int, years: Iterable[int]) -> None:
        due = tuple(str(each) for each in years)
        super().__init__(
            _("There is no interim report for {year}.", year=str(year)),
            hint=_("Years that ended within the approval period, before the reference date: {years}", years=due)
            if due
            else _("No year has ended within the approval period before the reference date."),
        )


class InterimReportOptions(BaseModel):
    """``year=2020`` makes the report of that year alone; ``asked_for`` is set where the exporter is named."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    year: int | None = None
    asked_for: bool = False


class InterimReport(PaperExporter[InterimReportOptions]):
    """One document for each year of which the notice wants one, or a narrative tells.

    The year in which the approval period ends has the funding report instead.
    """

    name = "interim-report"
    title = _("Interim reports")
    options = InterimReportOptions
    placeholder_titles = word.titles("zwischennachweis")

    def papers(self, report: Report, options: InterimReportOptions) -> Iterator[Paper]:
        """Yield a paper for each year that is asked for."""
        for year in _asked(report, options):
            title = _("Interim report {year}: {project}", year=str(year), project=word.project_title(report))
            yield Paper((f"zwischennachweis-{year}",), title, context(report, year), word=TEMPLATE)


def _asked(report: Report, options: InterimReportOptions) -> list[int]:
    """Return the years that a report is made of, or the one that is asked for.

    Raises:
        NoInterimReport: that year has none.
    """
    possible = years(report)
    if options.year is not None and options.year not in possible:
        raise NoInterimReport(options.year, possible)
    if options.year is not None:
        return [options.year]
    return [year for year in possible if options.asked_for or _is_wanted(report, year)]


def _is_wanted(report: Report, year: int) -> bool:
    """Tell whether a narrative tells of a year, or the terms that were in force at its end want a report."""
    told = any(each.report is ReportKind.INTERIM and each.year == year for each in report.project.narratives)
    return told or report.as_of(date(year, 12, 31)).terms[WANTED].value is True


def years(report: Report) -> list[int]:
    """Return the years whose end lies within the approval period and before the reference date."""
    grant = report.project.grant
    start, end = (grant.period_start, grant.period_end) if grant else (None, None)
    if start is None or end is None or report.date is None:
        return []
    return [year for year in range(start.year, end.year) if date(year, 12, 31) < report.date]


def context(report: Report, year: int) -> dict[str, object]:
    """Return what the template may name: the project, and how it stood at the end of the year."""
    until = date(year, 12, 31)
    report = report.as_of(until).outward()
    views = Views(report)
    grant = report.project.grant
    totals = ("spent", "eligible", "received", "paid_out")
    return {
        **word.context(report, views, [f"year.{name}/{year}" for name in totals]),
        "year": str(year),
        "since": grant.period_start if grant else None,
        "until": until,
        "sections": Fields("sections", _sections(report, year)),
        "workshops_held": [
            views.of(workshop)
            for workshop in report.project.workshops
            if workshop.was_held and workshop.date is not None and workshop.date <= until
        ],
        "members": list(_members(report, until)),
        "notifications_sent": [
            views.of(notification)
            for notification in report.project.notifications
            if notification.date is not None and notification.date <= until
        ],
        "totals": Fields("totals", {name: views.figure(f"year.{name}/{year}") for name in totals}),
        "income_lines": list(_income(report, views, year)),
        "lines": list(_expenditure(report, views, year)),
    }


def _sections(report: Report, year: int) -> dict[str, Prose]:
    """Return the narrative of the year by section."""
    texts: dict[str, list[str]] = {section.value: [] for section in Section}
    for narrative in report.project.narratives:
        if narrative.report is ReportKind.INTERIM and narrative.year == year and narrative.section and narrative.text:
            texts[narrative.section.value].append(narrative.text)
    return {name: Prose("\n\n".join(parts)) for name, parts in texts.items()}


def _members(report: Report, until: date) -> Iterator[View]:
    """Yield each participant that had taken a step by then, with the last one."""
    for participant in report.project.participants:
        steps = [step for step in participant.states if step.date is not None and step.date <= until]
        if steps:
            yield _member(participant, steps[-1].state, steps[-1].date)


def _member(participant: Participant, state: object, since: date | None) -> View:
    values = {"name": participant.name, "municipality": participant.municipality, "state": state, "since": since}
    return Fields("member", values)


def _is_later(report: Report, line: IncomeLine | ExpenditureLine, actual: str) -> bool:
    """Tell whether a line came with a later plan, and nothing stood on it at the end of the year."""
    return line.planned == 0 and report.figures[actual].value == 0


def _income(report: Report, views: Views, year: int) -> Iterator[View]:
    """Yield the income lines; on the grant's stands what was paid out, own funds are settled at the end."""
    for line in report.project.plan.income if report.project.plan else ():
        if _is_later(report, line, f"year_income.received/{year}/{line.key}"):
            continue
        granted = line.source is FundingSource.GRANT
        received = f"year.paid_out/{year}" if granted else f"year_income.received/{year}/{line.key}"
        values = {
            "title": line.title,
            "own": line.source is FundingSource.OWN,
            "planned": views.figure(f"income_line.planned/{line.key}"),
            "received": views.figure(received),
        }
        yield Fields("income_line", values)


def _expenditure(report: Report, views: Views, year: int) -> Iterator[View]:
    for line in report.project.plan.expenditure if report.project.plan else ():
        if _is_later(report, line, f"year_line.spent/{year}/{line.key}"):
            continue
        planned = {"planned": "line.planned", "planned_eligible": "line.planned_eligible"}
        actual = {"spent": f"year_line.spent/{year}", "eligible": f"year_line.eligible/{year}"}
        figures = word.figures(views, line.key, planned | actual)
        yield Fields("expenditure_line", {"key": views.typed_key(line.identity), "title": line.title, **figures})
