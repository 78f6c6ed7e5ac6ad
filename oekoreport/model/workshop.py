"""Workshops, and who came."""

from __future__ import annotations

from oekoreport.language import catalogue
from oekoreport.model.codes import Code
from oekoreport.model.fields import Count, Day, Flag, Text
from oekoreport.model.noun import Noun, field

_ = catalogue("oekoreport")


class WorkshopState(Code):
    """What became of a workshop."""

    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")
    REPLACED = "replaced", _("Replaced")


class Format(Code):
    """Where people met."""

    ON_SITE = "on_site", _("On site")
    ONLINE = "online", _("Online")


class Attendance(Noun):
    """Whether a participant came to a workshop (Teilnahme)."""

    kind = "attendance"
    label = _("Attendance")
    parent = "workshop"
    told_apart_by = ("participant",)

    participant: Text = field(
        _("Participant"), _("Who attended, and who did not."), example="klinik", required=True, refers="participant"
    )
    present: Flag = field(_("Present"), _("Whether the participant attended."), example=True, required=True)


class Workshop(Noun):
    """A joint workshop of the round. One that was replaced names the workshop that stood in for it; that one counts."""

    kind = "workshop"
    label = _("Workshop")
    told_apart_by = ("number",)

    number: Count = field(_("Number"), _("Its number in the round."), example=1, required=True)
    date: Day = field(_("Date"), _("The day of the workshop."), example="2024-03-05", required=True, in_round=True)
    topic: Text = field(_("Topic"), _("What it was about."), example="Energie", required=True)
    state: WorkshopState | None = field(_("State"), _("Outcome of the workshop."), example="held", required=True)
    replaced_by: Text = field(
        _("Replaced by"),
        _("For a replaced workshop: the workshop held in its place, which counts instead."),
        example="W9",
        refers="workshop",
    )
    format: Format | None = field(_("Format"), _("On site or online."), example="on_site", required=True)
    place: Text = field(_("Place"), _("Where it was held."), example="Rathaus Musterstadt")

    attendances: tuple[Attendance, ...] = ()

    @property
    def was_held(self) -> bool:
        """Whether it was held itself: only such workshops, and the attendance at them, count."""
        return self.state is WorkshopState.HELD

    @property
    def took_place(self) -> bool:
        """Whether it was held: the day of one that is planned lies ahead."""
        return self.was_held

    def entry_of(self, participant: str) -> Attendance | None:
        """Return the entry for a participant, by its key; None where it is not said whether it came."""
        return next((entry for entry in self.attendances if entry.participant == participant), None)
