"""The status of a round on a day: what is due, open or missing. Data only; the command line prints it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from oekoreport.build.forms import answer_of, form_name
from oekoreport.figures import Figure, window_of
from oekoreport.figures.deadlines import REPORT_SUBMITTED
from oekoreport.language import Message, catalogue
from oekoreport.model import Project
from oekoreport.model.drawdown import Drawdown
from oekoreport.model.narrative import ReportKind, Section
from oekoreport.model.participant import Participant
from oekoreport.model.receipt import Receipt
from oekoreport.model.workshop import Workshop
from oekoreport.report import Report, Unsure

_ = catalogue("oekoreport")


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day that matters.

    Attributes:
        kind: what it is of: ``report``, ``period``, ``payment``, ``use``, ``waiver``, ``award``, ``retention``.
        title: what it is, in words.
        day: the day; None where it is unknown.
        days: how many days are left; negative for a day that is past, None where a day is unknown.
        settled: whether nothing has to be done by then, or any more.
        note: what became of it.
    """

    kind: str
    title: Message
    day: date | None
    days: int | None
    settled: bool = False
    note: Message | None = None


class Lack(StrEnum):
    """What a participant has not handed in."""

    FORM = "form"
    """No form and no other source holds data of it."""

    ANSWER = "answer"
    """A form lies there, but it holds no consumption and no measure yet."""


@dataclass(frozen=True, slots=True)
class OpenFee:
    """A participant who owes a fee, or of whom it is not known; ``days`` as for deadlines."""

    participant: Participant
    owed: Figure
    received: Figure
    open: Figure
    days: int | None


@dataclass(frozen=True, slots=True)
class ProjectStatus:
    """The state of a round. ``grant`` and ``counts`` are figures by name, in the order of a reader's questions."""

    project: Project
    date: date | None
    deadlines: tuple[Deadline, ...]
    grant: tuple[Figure, ...]
    counts: tuple[Figure, ...]
    fees: tuple[OpenFee, ...]
    intake: tuple[tuple[Participant, Lack], ...]
    workshops: tuple[Workshop, ...]
    unpaid: tuple[Receipt, ...]
    missing: tuple[Message, ...]
    unsure: tuple[Unsure, ...]
    blocking: tuple[str, ...]


GRANT = ("settlement.granted", "settlement.paid_out", "settlement.uncalled", "settlement.remaining_claim")
COUNTS = ("participants.total", "participants.certified", "workshops.planned", "workshops.held", "fees.open")


def status_of(report: Report) -> ProjectStatus:
    """Return the status of a round on the report's reference date."""
    project = report.project
    return ProjectStatus(
        project=project,
        date=report.date,
        deadlines=tuple(sorted(_deadlines(report), key=lambda each: (each.day is None, each.day or date.max))),
        grant=tuple(report.figures[name] for name in GRANT),
        counts=tuple(report.figures[name] for name in COUNTS),
        fees=tuple(_open_fees(report)),
        intake=tuple(_intake(report)),
        workshops=tuple(workshop for workshop in project.workshops if not workshop.was_held),
        unpaid=tuple(receipt for receipt in project.receipts if not receipt.payments),
        missing=tuple(_missing(project)),
        unsure=report.unsure(),
        blocking=tuple(verdict.code for verdict in report.verdicts if verdict.blocks),
    )


# --- deadlines -------------------------------------------------------------------------------------------------------


def _left(report: Report, day: date | None) -> int | None:
    return None if day is None or report.date is None else (day - report.date).days


def _deadlines(report: Report) -> Iterator[Deadline]:
    project = report.project
    yield _proof(report)
    if project.grant is not None:
        end, last = project.grant.period_end, project.grant.last_payment
        yield _over(report, "period", _("End of the approval period"), end)
        if last is not None:
            yield _over(report, "payment", _("Last day for payments"), last)
    for drawdown in project.drawdowns:
        if window_of(report.figures, drawdown):
            yield _use(report, drawdown)
    for waiver in project.waivers:
        if waiver.expires is not None:
            title = _("Waiver {key} expires", key=waiver.key)
            yield Deadline("waiver", title, waiver.expires, _left(report, waiver.expires))
    yield from _awards(report)
    yield _retention(report)


def _retention(report: Report) -> Deadline:
    kept, title = report.figures["deadline.retention_until"], _("End of retention of receipts")
    assumed = kept.known and REPORT_SUBMITTED in report.figures.leaning(kept.name)
    note = _("counted from the day that the report is due, until it is submitted") if assumed else None
    return Deadline("retention", title, kept.day, _left(report, kept.day), settled=True, note=note)


def _over(report: Report, kind: str, title: Message, day: date | None) -> Deadline:
    """Return a deadline that cannot be made up for once it has passed."""
    left = _left(report, day)
    return Deadline(kind, title, day, left, settled=left is not None and left < 0)


def _proof(report: Report) -> Deadline:
    """Return the day that the report is due: settled once it is submitted, however late."""
    due, grant = report.figures["deadline.report_due"], report.project.grant
    submitted = grant.submitted_on if grant else None
    if submitted is not None and report.date is not None and submitted > report.date:
        submitted = None
    note = _moved(report.project, due) if submitted is None else _submitted(submitted, due)
    title, left = _("Proof of use due"), _left(report, due.day)
    return Deadline("report", title, due.day, left, settled=submitted is not None, note=note)


def _moved(project: Project, due: Figure) -> Message | None:
    """Return the day that the notice has, and why that day was moved off a weekend or holiday."""
    stated = project.grant.report_due if project.grant else None
    if due.day is None or stated in (None, due.day):
        return None
    return _("per the notice {day}: {why}", day=stated, why=due.how)


def _submitted(day: date, due: Figure) -> Message:
    late = due.day is not None and day > due.day
    return _("submitted late, on {day}", day=day) if late else _("submitted on {day}", day=day)


def _use(report: Report, drawdown: Drawdown) -> Deadline:
    """Return until when a drawdown has to be used, and whether it was."""
    use_by, used_up, unused = (
        report.figures[f"drawdown.{name}/{drawdown.key}"] for name in ("use_by", "used_up", "unused")
    )
    title = _("Use of drawdown {key}", key=drawdown.key)
    used = used_up.day is not None
    note = _("fully used on {day}", day=used_up.day) if used else _("not used: {amount}", amount=unused)
    return Deadline("use", title, use_by.day, _left(report, use_by.day), settled=used, note=note)


def _awards(report: Report) -> Iterator[Deadline]:
    """Yield the days until which certificates are valid, those of one day together."""
    days = Counter(decision.valid_until for _p, _s, decision in report.project.decisions() if decision.stands)
    for day, count in days.items():
        title = _("Certificates expire ({count})", count=count)
        yield Deadline("award", title, day, _left(report, day), settled=True)


# --- what is open ----------------------------------------------------------------------------------------------------


def _open_fees(report: Report) -> Iterator[OpenFee]:
    for participant in report.project.participants:
        owed, received, still = (
            report.figures[f"fees.{name}/{participant.key}"] for name in ("owed", "received", "open")
        )
        if still.value is None or still.value > 0:
            yield OpenFee(participant, owed, received, still, _left(report, participant.fee_due))


def _intake(report: Report) -> Iterator[tuple[Participant, Lack]]:
    """Yield the participants of whom no data has come in, with what is lacking."""
    for participant in report.project.participants:
        if not any(site.measures or site.baselines for site in participant.sites):
            yield participant, Lack.ANSWER if _has_form(report, participant) else Lack.FORM


def _has_form(report: Report, participant: Participant) -> bool:
    return form_name(participant) in report.files or bool(answer_of(participant, report.origins))


def _missing(project: Project) -> Iterator[Message]:
    """Yield what the report still lacks: sections of its narrative, and confirmations."""
    told = {each.section for each in project.narratives if each.report is not ReportKind.INTERIM and each.text}
    for section in Section:
        if section not in told and section is not Section.OUTLOOK:  # a report may do without it
            yield _("Narrative: {section}", section=section)
    yield from _confirmations(project)


def _confirmations(project: Project) -> Iterable[Message]:
    if not project.confirmations:
        return (_("Confirmations: none entered"),)
    missing = [each for each in project.confirmations if each.confirmed is not True]
    return (_("Confirmation: {text}", text=each.text or each.key) for each in missing)
