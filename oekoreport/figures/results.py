"""The round's results in counts: participants, workshops, visits, attendance, measures, baselines."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import partial
from operator import attrgetter

from oekoreport.figures.engine import Chapter, Figures
from oekoreport.figures.values import FieldRef, Value, count, read, total, unknown, unread
from oekoreport.language import catalogue
from oekoreport.law.reference.emission_factors import NET_PER_GROSS
from oekoreport.model import Project
from oekoreport.model.baseline import Baseline, Consumption
from oekoreport.model.measure import MeasureState, Resource
from oekoreport.model.participant import Participant, State
from oekoreport.model.site import Site
from oekoreport.model.workshop import Attendance, Format, Workshop

_ = catalogue("oekoreport")

RESULTS = Chapter()

AWARDED = (State.AWARDED, State.RECERTIFIED)
PROGRAMME = (MeasureState.IMPLEMENTED, MeasureState.PLANNED)
"""The states of measures that make up the environmental programme."""


participants = attrgetter("participants")
"""Returns the participants of a project, for figures of each."""


# --- participants ----------------------------------------------------------------------------------------------------


def _reached(figures: Figures, states: tuple[State, ...]) -> Value:
    """Count the participants that ever reached one of these states; unknown where a state cannot be read."""
    people = figures.project.participants
    if missing := unread((step for person in people for step in person.states), "state"):
        return unknown(*missing)
    steps = (next((step for step in person.states if step.state in states), None) for person in people)
    return count((step, "state") for step in steps if step)


@RESULTS.figure("participants.total", "", _("Participants"), how=_("All participants on the list"))
def _participants_total(figures: Figures) -> Value:
    return count((participant, "name") for participant in figures.project.participants)


for _name, _title, _states in (
    ("registered", _("Participants registered"), (State.REGISTERED,)),
    ("started", _("Participants at the start"), (State.STARTED,)),
    ("joined_late", _("Participants who joined late"), (State.JOINED_LATE,)),
    ("left", _("Participants who left"), (State.LEFT,)),
    ("examined", _("Participants examined"), (State.EXAMINED,)),
    ("awarded", _("Participants awarded for the first time"), (State.AWARDED,)),
    ("recertified", _("Participants re-certified"), (State.RECERTIFIED,)),
    ("certified", _("Participants awarded or re-certified"), AWARDED),
):
    RESULTS.figure(f"participants.{_name}", "", _title)(partial(_reached, states=_states))


# --- workshops, visits, attendance -----------------------------------------------------------------------------------


@RESULTS.figure("workshops.planned", "", _("Workshops planned"))
def _workshops_planned(figures: Figures) -> Value:
    return read(figures.project, "planned_workshops")


@RESULTS.figure(
    "workshops.held",
    "",
    _("Workshops held"),
    how=_("Workshops held; a replaced one counts by the workshop that stood in for it"),
)
def _workshops_held(figures: Figures) -> Value:
    if missing := unread(figures.project.workshops, "state"):
        return unknown(*missing)
    return count((workshop, "state") for workshop in figures.project.workshops if workshop.was_held)


@RESULTS.figure("workshops.online", "", _("Workshops held online"))
def _workshops_online(figures: Figures) -> Value:
    held = [workshop for workshop in figures.project.workshops if workshop.was_held]
    if missing := unread(held, "format") + unread(figures.project.workshops, "state"):
        return unknown(*missing)
    return count((workshop, "format") for workshop in held if workshop.format is Format.ONLINE)


def _presence(owed: Iterable[tuple[Workshop, Participant]]) -> Value:
    """Count who was present at what; unknown while an entry is missing or cannot be read."""
    entries: list[Attendance] = []
    for workshop, participant in owed:
        entry = workshop.entry_of(participant.key)
        if entry is None:
            return unknown(FieldRef("workshop", workshop.key, "attendances"))
        entries.append(entry)
    if missing := unread(entries, "present"):
        return unknown(*missing)
    return count((entry, "present") for entry in entries if entry.present)


def _owed(project: Project, participant: Participant) -> list[Workshop] | Value:
    """Return the workshops that count for a participant; unknown where that cannot be told."""
    workshops = project.workshops_for(participant)
    steps = [step for step in (participant.joined, participant.left) if step]
    days = unread((*steps, *workshops), "date") if steps else ()
    missing = unread(project.workshops, "state") + unread(participant.states, "state") + days
    return unknown(*missing) if missing else workshops


@RESULTS.figure("workshop.present", "", _("Participants present"), each=lambda project: project.workshops)
def _workshop_present(figures: Figures, workshop: Workshop) -> Value:
    if missing := unread((workshop,), "state"):
        return unknown(*missing)
    people = figures.project.participants if workshop.was_held else ()
    return _presence((workshop, person) for person in people if person.took_part(workshop.date))


@RESULTS.figure("attendance.present", "", _("Workshops attended"), each=participants)
def _attendance_present(figures: Figures, participant: Participant) -> Value:
    workshops = _owed(figures.project, participant)
    return workshops if isinstance(workshops, Value) else _presence((each, participant) for each in workshops)


@RESULTS.figure("attendance.possible", "", _("Workshops that could be attended"), each=participants)
def _attendance_possible(figures: Figures, participant: Participant) -> Value:
    workshops = _owed(figures.project, participant)
    return workshops if isinstance(workshops, Value) else count((workshop, "state") for workshop in workshops)


@RESULTS.figure(
    "attendance.rate",
    "%",
    _("Attendance"),
    each=participants,
    places=1,
    how=_("Workshops attended, of all that were held from the day on which the participant joined until it left"),
)
def _attendance_rate(figures: Figures, participant: Participant) -> Value:
    present = figures.value(f"attendance.present/{participant.key}")
    return present * 100 / figures.value(f"attendance.possible/{participant.key}")


@RESULTS.figure(
    "attendance.rate",
    "%",
    _("Attendance"),
    places=1,
    how=_("Workshops attended, of all that were held from the day on which each participant joined until it left"),
)
def _attendance_overall(figures: Figures) -> Value:
    people = figures.project.participants
    present = total(figures.values_of("attendance.present", people))
    return present * 100 / total(figures.values_of("attendance.possible", people))


@RESULTS.figure("visits.total", "", _("Site visits"), each=participants)
def _visits(_figures: Figures, participant: Participant) -> Value:
    return count((visit, "date") for site in participant.sites for visit in site.visits)


RESULTS.sum("visits.total", "", _("Site visits"), of="visits.total", each=participants)


# --- measures --------------------------------------------------------------------------------------------------------


def _count_measures(
    figures: Figures, participant: Participant | None = None, *, name: str, wanted: Collection[object]
) -> Value:
    """Count the measures, of a participant or all, whose named field has a wanted value; unknown where the field is."""
    measures = list((participant or figures.project).measures())
    if missing := unread(measures, name):
        return unknown(*missing)
    return count((measure, name) for measure in measures if getattr(measure, name) in wanted)


@RESULTS.figure("measures.total", "", _("Measures"), each=participants)
@RESULTS.figure("measures.total", "", _("Measures"))
def _measures_total(figures: Figures, participant: Participant | None = None) -> Value:
    return count((measure, "title") for measure in (participant or figures.project).measures())


@RESULTS.figure("measures.left_out", "", _("Measures not counted"), each=participants)
def _measures_left_out(_figures: Figures, participant: Participant) -> Value:
    sites = () if participant.contributes else participant.sites
    return count((measure, "title") for site in sites for measure in site.standing_measures)


RESULTS.sum(
    "measures.left_out",
    "",
    _("Measures not counted"),
    of="measures.left_out",
    each=participants,
    how=_("Measures of participants who left, unless they are said to count"),
)


for _name, _title, _field, _wanted in (
    ("idea", _("Measures: ideas"), "state", (MeasureState.IDEA,)),
    ("planned", _("Measures planned"), "state", (MeasureState.PLANNED,)),
    ("implemented", _("Measures implemented"), "state", (MeasureState.IMPLEMENTED,)),
    ("postponed", _("Measures postponed"), "state", (MeasureState.POSTPONED,)),
    ("dropped", _("Measures dropped"), "state", (MeasureState.DROPPED,)),
    ("programme", _("Measures of the environmental programme"), "state", PROGRAMME),
    ("quantified", _("Measures quantified"), "quantified", (True,)),
    ("unquantified", _("Measures not quantified"), "quantified", (False,)),
):
    _counted = partial(_count_measures, name=_field, wanted=_wanted)
    RESULTS.figure(f"measures.{_name}", "", _title)(_counted)
    RESULTS.figure(f"measures.{_name}", "", _title, each=participants)(_counted)


@RESULTS.figure("measures.programme_quantified", "", _("Measures of the environmental programme quantified"))
def _programme_quantified(figures: Figures) -> Value:
    measures = [measure for measure in figures.project.measures() if measure.state in (*PROGRAMME, None)]
    if missing := unread(measures, "state", "quantified"):
        return unknown(*missing)
    return count((measure, "quantified") for measure in measures if measure.quantified)


# --- baselines -------------------------------------------------------------------------------------------------------


def in_net_calorific_value(noun: Consumption) -> Value:
    """Return an energy amount in kWh, natural gas converted to net calorific value (Hi)."""
    amount = read(noun, "amount")
    return amount * NET_PER_GROSS if noun.resource is Resource.GAS_GROSS else amount


def latest(site: Site) -> Baseline | None:
    """Return the baseline of the latest year."""
    return max(site.baselines, key=lambda baseline: baseline.year or 0, default=None)


def _consumed(_figures: Figures, site: Site, test: Callable[[Resource], bool]) -> Value:
    baseline = latest(site)
    if baseline is None:
        return unknown(_("no baseline"))
    if missing := unread(baseline.consumptions, "resource"):
        return unknown(*missing)
    entries = [entry for entry in baseline.consumptions if entry.resource and test(entry.resource)]
    return total(in_net_calorific_value(entry) for entry in entries) if entries else unknown(_("no consumption stated"))


for _name, _title, _unit, _test_resource in (
    ("energy", _("Energy used"), "kWh/a", lambda resource: resource.dimension == "energy"),
    ("electricity", _("Electricity used"), "kWh/a", lambda resource: resource is Resource.ELECTRICITY),
    ("water", _("Water used"), "m³/a", lambda resource: resource is Resource.WATER),
    ("waste", _("Waste"), "t/a", lambda resource: resource is Resource.WASTE),
):
    RESULTS.figure(f"baseline.{_name}", _unit, _title, each=Project.sites, places=1 if _name == "waste" else 0)(
        partial(_consumed, test=_test_resource)
    )


def _per(figures: Figures, site: Site, name: str) -> Value:
    baseline = latest(site)
    divisor = read(baseline, name) if baseline else unknown(_("no baseline"))
    return figures.value(f"baseline.energy/{site.key}") / divisor


for _name, _unit, _title in (
    ("staff", "kWh/FTE", _("Energy used per full-time equivalent")),
    ("area", "kWh/m²", _("Energy used per floor area")),
):
    RESULTS.figure(f"baseline.energy_per_{_name}", _unit, _title, each=Project.sites)(partial(_per, name=_name))
