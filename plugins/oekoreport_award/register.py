"""The register of certificates: every decision of the jury, those that were refused or withdrawn included."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from oekoreport import UNKNOWN, Decision, DecisionKind, Participant, Report, Site, catalogue
from oekoreport.kit import views
from oekoreport.kit.papers import Paper, PdfChoice
from oekoreport.kit.views import Fields

_ = catalogue("oekoreport_award")

FOLDER = "urkunden"
STEM = "urkundenregister"
WORD_TEMPLATE = "award/register.docx"
TYPST_TEMPLATE = "award/register.typ"
NONE = "–"
"""Stands where nothing is to be said: no certificate, so no number; not withdrawn, so no day."""


def paper(report: Report, pdf: PdfChoice, *, with_word: bool) -> Paper:
    """Return the register: its rows by the names that its templates have for them."""
    rows = [entry(report, *decision) for decision in sorted(report.project.decisions(), key=_by_number)]
    return Paper(
        (FOLDER, STEM),
        _("Register of certificates: {round}", round=report.project.title or UNKNOWN),
        {**views.context(report.outward()), "register": [Fields("entry", row) for row in rows]},
        word=WORD_TEMPLATE,
        typst=TYPST_TEMPLATE,
        pdf=pdf,
        with_word=with_word,
        data=_sheet(report, rows),
        signable=True,
    )


def entry(report: Report, participant: Participant, site: Site, decision: Decision) -> dict[str, str]:
    """Return the row of one decision: unknown where it must say something, a dash where there is nothing."""
    refused = decision.decision is DecisionKind.REFUSED
    row: dict[str, object] = {
        "number": decision.certificate_number or (NONE if refused else UNKNOWN),
        "name": participant.certificate_name or participant.name or UNKNOWN,
        "site": site.name or UNKNOWN,
        "town": site.town or UNKNOWN,
        "decision": decision.decision or UNKNOWN,
        "decided_on": decision.decided_on or UNKNOWN,
        "valid_until": decision.valid_until or NONE,
        "withdrawn_on": decision.withdrawn_on or NONE,
        "duplicate": decision.duplicate or NONE,
    }
    return {name: report.locale.show(value) for name, value in row.items()}


def _by_number(row: tuple[Participant, Site, Decision]) -> tuple[bool, str]:
    """Sort by certificate number; decisions without one come last, in the project's order."""
    number = row[2].certificate_number
    return number is None, number or ""


def _sheet(report: Report, rows: Sequence[Mapping[str, str]]) -> dict[str, object]:
    """Return what the Typst template prints."""
    show, project = report.locale.show, report.project
    return {
        "round": show(project.title or UNKNOWN),
        "recipient": show((project.recipient.name if project.recipient else None) or UNKNOWN),
        "date": show(report.date or UNKNOWN),
        "draft": report.draft,
        "sample": report.sample,
        "entries": rows,
    }
