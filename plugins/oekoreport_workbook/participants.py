"""Participants: who took part, how each fared, fees, attendance and certificates."""

from __future__ import annotations

from functools import partial

from oekoreport import WITHHELD, Message, Noun, Participant, Report, Site, catalogue
from oekoreport.kit.sheets import BLANK
from oekoreport_workbook.book import CohortBook
from oekoreport_workbook.fields import field, in_words, joined, of_field, of_figure, title_of
from oekoreport_workbook.listing import Column, keep_head, listing

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
    numbers = {person.key: number for number, person in enumerate(report.project.participants, 1)}
    columns: list[Column[Participant]] = [
        Column(_("No."), lambda person: numbers[person.key], "mark", total=_("Total")),
        of_field("participant", "name", most=26),
        of_field("participant", "municipality", most=16),
        of_field("participant", "sector", most=18),
        Column(title_of("participant", "staff"), partial(_staff, report), "number"),
        of_field("participant", "agreed_on", "mark"),
        Column(_("State reached"), lambda person: person.final_state, most=16),
        Column(_("Course"), lambda person: joined(map(_step, person.states), "\n"), most=24),
        *(
            of_figure(report.figures, name, title, total=report.figures[name] if name in OF_ALL else BLANK)
            for name, title in FIGURES
        ),
        Column(_("Decision on the award"), partial(_decided, name="decision"), most=18),
        Column(_("Certificate no."), partial(_decided, name="certificate_number"), most=18),
        Column(_("Valid until"), partial(_decided, name="valid_until"), "mark", most=14),
    ]
    keep_head(sheet, listing(sheet, columns, report.project.participants, table="participants"), 2)


def _staff(report: Report, participant: Participant) -> object:
    return field(participant, "staff") if report.figures.releases(participant.key) else WITHHELD


def _step(step: Noun) -> Message:
    state, day, reason = field(step, "state"), field(step, "date"), field(step, "reason")
    known = {"state": in_words(state), "day": in_words(day), "reason": reason}
    return _("{state} {day} ({reason})", **known) if reason else _("{state} {day}", **known)


def _decided(participant: Participant, name: str) -> object:
    """Return a field of the decisions on the sites; with the site's name where there are several sites."""
    return joined(_decided_on(site, name, alone=len(participant.sites) == 1) for site in participant.sites)


def _decided_on(site: Site, name: str, *, alone: bool) -> object:
    value = joined(field(decision, name) for decision in site.decisions)
    if value == BLANK or alone:
        return value
    return Message("{site}: {value}", site=in_words(field(site, "name")), value=in_words(value))
