"""Participants: who took part, how each fared, fees, attendance and certificates."""

from __future__ import annotations

from collections.abc import Iterator

from oekoreport import Message, Noun, Participant, Report, Site, catalogue
from oekoreport.kit.sheets import BLANK
from oekoreport_workbook.book import CohortBook
from oekoreport_workbook.fields import field, in_words, joined, title_of
from oekoreport_workbook.listing import Head, keep_head, listing

_ = catalogue("oekoreport_workbook")

FIGURES = (
    ("fees.owed", _("Fee owed")),
    ("fees.received", _("Fee received")),
    ("fees.open", _("Fee open")),
    ("attendance.present", _("Workshops attended")),
    ("attendance.rate", _("Attendance rate")),
    ("visits.total", _("Site visits")),
    ("measures.total", _("Measures")),
    ("measures.implemented", _("Of which implemented")),
)
OF_ALL = frozenset(name for name, _title in FIGURES) - {"attendance.present"}
"""The figures that there is one of for the whole round, too."""


def write(book: CohortBook, report: Report) -> None:
    """Write the sheet: a row for each participant."""
    sheet = book.sheet(_("Participants"))
    columns = [
        Head(_("No."), "mark"),
        Head(title_of("participant", "name"), most=26),
        Head(title_of("participant", "municipality"), most=16),
        Head(title_of("participant", "sector"), most=18),
        Head(title_of("participant", "staff"), "number"),
        Head(title_of("participant", "agreed_on"), "mark"),
        Head(_("State reached"), most=16),
        Head(_("Course"), most=24),
        *(Head(title, "number") for _name, title in FIGURES),
        Head(_("Decision on the award"), most=18),
        Head(_("Certificate no."), most=18),
        Head(_("Valid until"), "mark", most=14),
    ]
    rows = [list(_cells(report, number, person)) for number, person in enumerate(report.project.participants, 1)]
    sums = [report.figures[name] if name in OF_ALL else BLANK for name, _title in FIGURES]
    totals = [_("Total"), *[BLANK] * 7, *sums, *[BLANK] * 3]
    block = listing(sheet, columns, rows, totals=totals, table="participants")
    keep_head(sheet, block, 2)


def _cells(report: Report, number: int, participant: Participant) -> Iterator[object]:
    yield number
    for name in ("name", "municipality", "sector", "staff", "agreed_on"):
        yield field(participant, name)
    yield participant.final_state
    yield joined((_step(step) for step in participant.states), "\n")
    for name, _title in FIGURES:
        yield report.figures[f"{name}/{participant.key}"]
    for name in ("decision", "certificate_number", "valid_until"):
        yield joined(_decided(participant, site, name) for site in participant.sites)


def _step(step: Noun) -> Message:
    state, day, reason = field(step, "state"), field(step, "date"), field(step, "reason")
    known = {"state": in_words(state), "day": in_words(day), "reason": reason}
    return _("{state} {day} ({reason})", **known) if reason else _("{state} {day}", **known)


def _decided(participant: Participant, site: Site, name: str) -> object:
    """Return a field of the decisions on a site; with the site's name where there are several sites."""
    value = joined(field(decision, name) for decision in site.decisions)
    if value == BLANK or len(participant.sites) == 1:
        return value
    return Message("{site}: {value}", site=in_words(field(site, "name")), value=in_words(value))
