"""Participants: the companies and institutions of the round, and how each fared."""

from __future__ import annotations

from oekoreport.language import catalogue
from oekoreport.model.aid import Aid
from oekoreport.model.codes import Code
from oekoreport.model.fields import Day, Flag, Money, Number, Text
from oekoreport.model.noun import Noun, field
from oekoreport.model.site import Site

_ = catalogue("oekoreport")


class State(Code):
    """A step on a participant's way through the round."""

    REGISTERED = "registered", _("Registered")
    STARTED = "started", _("Started")
    JOINED_LATE = "joined_late", _("Joined late")
    LEFT = "left", _("Left")
    EXAMINED = "examined", _("Examined")
    AWARDED = "awarded", _("Awarded")
    RECERTIFIED = "recertified", _("Re-certified")


class ParticipantState(Noun):
    """A step that a participant took, with its day (Verlauf)."""

    kind = "participant_state"
    label = _("State of a participant")
    parent = "participant"
    told_apart_by = ("state", "date")

    state: State | None = field(_("State"), _("The step reached."), example="started", required=True)
    date: Day = field(_("Date"), _("The day of the step."), example="2024-03-05", required=True, happened=True)
    reason: Text = field(_("Reason"), _("For a participant who left: the reason."), example="Betriebsaufgabe")


class Participant(Noun):
    """A company or institution that takes part (Teilnehmer: Betrieb oder Einrichtung)."""

    kind = "participant"
    label = _("Participant")
    told_apart_by = ("name",)

    name: Text = field(_("Name"), _("The full name."), example="Klinik Muster gGmbH", required=True)
    certificate_name: Text = field(
        _("Name on the certificate"), _("The name to print on the certificate, if it differs."), example="Klinik Muster"
    )
    legal_form: Text = field(_("Legal form"), _("The legal form."), example="gGmbH")
    municipality: Text = field(
        _("Municipality"), _("The town of its registered office."), example="Musterstadt", required=True
    )
    sector: Text = field(
        _("Sector (NACE)"), _("Economic activity, NACE code and name."), example="Q 86 Gesundheitswesen"
    )
    staff: Number = field(_("Staff"), _("Staff in full-time equivalents."), example=120, unit="FTE", required=True)
    agreed_on: Day = field(
        _("Agreement of"),
        _("The day of the agreement to take part."),
        example="2024-01-20",
        required=True,
        happened=True,
    )
    fee: Money = field(_("Fee"), _("The fee that it owes."), example="2500.00", unit="EUR", required=True)
    fee_due: Day = field(_("Fee due"), _("When the fee is due."), example="2024-04-15")
    earlier_award: Text = field(_("Earlier award"), _("Year of an earlier award."), example="2019")
    policy: Flag = field(
        _("Environmental policy"), _("Whether management signed an environmental policy."), example=True
    )
    team: Flag = field(_("Environmental team"), _("Whether a team or person in charge is named."), example=True)
    legal_check: Flag = field(_("Legal check"), _("Whether the legal check left no serious breach open."), example=True)
    released: Flag = field(_("Release of figures"), _("Whether its own figures may be published."), example=True)

    undertaking: Flag = field(
        _("Undertaking"), _("Whether it is an undertaking in the sense of the law on state aid."), example=True
    )

    states: tuple[ParticipantState, ...] = ()
    sites: tuple[Site, ...] = ()
    aids: tuple[Aid, ...] = ()

    def has(self, *states: State) -> bool:
        """Tell whether it ever reached one of these states."""
        return any(step.state in states for step in self.states)

    @property
    def joined_late(self) -> ParticipantState | None:
        """The step of joining late; workshops before its day do not count for this participant."""
        return next((step for step in self.states if step.state is State.JOINED_LATE), None)

    @property
    def final_state(self) -> State | None:
        """The last state of its way, in the order of the sheet."""
        return self.states[-1].state if self.states else None
