"""What is told in words: the narrative of the reports, and what was published."""

from __future__ import annotations

from oekoreport.language import catalogue
from oekoreport.model.codes import Code
from oekoreport.model.fields import Day, Flag, Text, Year
from oekoreport.model.noun import Noun, field

_ = catalogue("oekoreport")


class Section(Code):
    """A section of the narrative report (Sachbericht)."""

    COURSE = "course", _("Course of the project")
    RESULTS = "results", _("Results and effects")
    DEVIATIONS = "deviations", _("Deviations from plan and notice")
    PUBLICITY = "publicity", _("Publicity")
    OUTLOOK = "outlook", _("Outlook")


class ReportKind(Code):
    """The report that a section belongs to."""

    FINAL = "final", _("Final report (Verwendungsnachweis)")
    INTERIM = "interim", _("Interim report (Zwischennachweis)")


class Narrative(Noun):
    """A section of a narrative report (Sachbericht), in Markdown."""

    kind = "narrative"
    label = _("Narrative")

    report: ReportKind | None = field(
        _("Report"), _("The report that it belongs to."), example="final", default=ReportKind.FINAL
    )
    year: Year = field(_("Reporting year"), _("For an interim report: its year."), example=2024, happened=True)

    section: Section | None = field(
        _("Section"), _("The section that the text belongs to."), example="course", required=True
    )
    text: Text = field(
        _("Text"), _("The text, in Markdown."), example="Die Runde begann am 5. März 2024 …", required=True
    )


class Publication(Noun):
    """A publication on the project (Öffentlichkeitsarbeit)."""

    kind = "publication"
    label = _("Publication")
    told_apart_by = ("date", "medium", "title")

    date: Day = field(_("Date"), _("The day of publication."), example="2025-06-16", required=True, happened=True)
    medium: Text = field(_("Medium"), _("Where it appeared."), example="Lokalzeitung", required=True)
    title: Text = field(_("Title"), _("Its title."), example="Betriebe ausgezeichnet", required=True)
    funding_notice: Flag = field(_("Funding notice"), _("Whether it names the grant."), example=True, required=True)
