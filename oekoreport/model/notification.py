"""What the authority was told in between."""

from __future__ import annotations

from oekoreport.language import catalogue
from oekoreport.model.fields import Day, Text
from oekoreport.model.noun import Noun, field

_ = catalogue("oekoreport")


class Notification(Noun):
    """A notification to the authority (Mitteilung) and its reply."""

    kind = "notification"
    label = _("Notification")
    told_apart_by = ("date", "subject")

    date: Day = field(_("Date"), _("The day of the letter."), example="2025-06-30", required=True, happened=True)
    subject: Text = field(
        _("Subject"), _("What was notified."), example="Weitere Einnahme aus einem Beitrag", required=True
    )
    reply: Text = field(
        _("Reply"), _("The authority's answer, with date and reference."), example="Kenntnisnahme vom 05.07.2025"
    )
