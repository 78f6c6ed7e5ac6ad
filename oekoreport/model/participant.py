"""Participants: the companies and institutions of the round, and how each fared."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from oekoreport.language import catalogue
from oekoreport.model.aid import Aid
from oekoreport.model.codes import Code
from oekoreport.model.fields import Cost, Day, Flag, Size, Text
from oekoreport.model.measure import Measure
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
    staff: Size = field(_("Staff"), _("Staff in full-time equivalents."), example=120, unit="FTE", required=True)
    agreed_on: Day = field(
        _("Agreement of"),
        _("The day of the agreement to take part."),
        example="2024-01-20",
        required=True,
        happened=True,
    )
    fee: Cost = field(_("Fee"), _("The fee that it owes."), example="2500.00", unit="EUR", required=True)
    fee_due: Day = field(_("Fee due"), _("When the fee is due."), example="2024-04-15")
    earlier_award: Text = field(_("Earlier award"), _("Year of an earlier award."), example="2019")
    policy: Flag = field(
        _("Environmental policy"), _("Whether management signed an environmental policy."), example=True
    )
    team: Flag = field(_("Environmental team"), _("Whether a team or person in charge is named."), example=True)
    legal_check: Flag = field(_("Legal check"), _("Whether the legal check left no serious breach open."), example=True)
    released: Flag = field(_("Release of figures"), _("Whether its own figures may be published."), example=True)

    measures_count: Flag = field(
        _("Measures count"),
        _("For a participant who left: whether its measures count in the results of the round all the same."),
        example=False,
    )
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
    def joined(self) -> ParticipantState | None:
        """The step of joining: late, else by registration or start; workshops before its day do not count for it."""
        late = (step for step in self.states if step.state is State.JOINED_LATE)
        first = (step for step in self.states if step.state in (State.REGISTERED, State.STARTED))
        return next(late, None) or next(first, None)

    @property
    def left(self) -> ParticipantState | None:
        """The step of leaving, where it is its last: workshops after its day do not count for this participant."""
        return self.states[-1] if self.final_state is State.LEFT else None

    def took_part(self, day: date | None) -> bool:
        """Tell whether it took part in the round on a day: from joining to leaving, if it did.

        Where one of the days is unknown, it did.
        """
        joined, left = self.joined, self.left
        since, until = joined.date if joined else None, left.date if left else None
        return day is None or ((since is None or since <= day) and (until is None or day <= until))

    @property
    def contributes(self) -> bool:
        """Whether its measures count: those of a participant who left do only where the officer says so."""
        return self.left is None or self.measures_count is True

    def measures(self) -> Iterator[Measure]:
        """Yield the measures of its sites that count in the results of the round."""
        for site in self.sites:
            yield from self.measures_at(site)

    def measures_at(self, site: Site) -> tuple[Measure, ...]:
        """Return the measures of one of its sites that count; every figure, rule and document takes them from here."""
        return site.standing_measures if self.contributes else ()

    @property
    def final_state(self) -> State | None:
        """The last state of its way, in the order of the sheet."""
        return self.states[-1].state if self.states else None
