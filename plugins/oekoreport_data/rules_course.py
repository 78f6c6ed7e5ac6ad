"""Is the course of the round what its entries say: workshops held or replaced, steps of participants in order?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from oekoreport import (
    PRODUCT,
    Case,
    FieldRef,
    Issue,
    NotApplicable,
    Participant,
    Severity,
    TermsInRule,
    Undecided,
    Workshop,
    WorkshopState,
    catalogue,
    need,
    rule,
)

_ = catalogue("oekoreport_data")


def name_of(workshop: Workshop) -> object:
    """Return what to call a workshop in a message: its number, or its key where it has none."""
    return workshop.number or workshop.key


@rule(
    "CORE-WORKSHOP", _("Workshops take place within the round"), basis=PRODUCT, each=lambda case: case.project.workshops
)
def workshops_in_time(workshop: Workshop, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """A workshop that was held lies in the project's time; only such have attendance.

    Why: attendance at a workshop that was not held, or not in this round, would count for the award.
    Fails: held on a day before the project began; cancelled, and somebody was present.
    Passes: held between project start and project end; planned, and nobody is marked as present.
    """
    day, state = need(workshop, "date"), need(workshop, "state")
    number = name_of(workshop)
    if not workshop.was_held:
        if any(attendance.present for attendance in workshop.attendances):
            yield Issue(
                _("Workshop {number} is marked as “{state}”, but has attendance.", number=number, state=state),
                "state",
                hint=_("Enter it for the workshop that was held in its place.")
                if state is WorkshopState.REPLACED
                else _("Correct its state, or clear its column in the attendance sheet."),
            )
        return
    first, last = need(case.project, "starts_on"), need(case.project, "ends_on")
    if not first <= day <= last:
        yield Issue(
            _(
                "Workshop {number} on {day} is outside the project period, {first} to {last}.",
                number=number,
                day=day,
                first=first,
                last=last,
            ),
            "date",
            hint=_("Correct its date, or the project’s first or last day."),
        )


@rule(
    "CORE-REPLACED",
    _("Replaced workshops name the one that was held"),
    basis=PRODUCT,
    each=lambda case: [
        workshop
        for workshop in case.project.workshops
        if workshop.state is WorkshopState.REPLACED or workshop.replaced_by is not None
    ],
)
def replaced_by_one_that_was_held(workshop: Workshop, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """A workshop that was replaced names the workshop that stood in for it, and that one was held.

    Why: the one that stood in counts; a replaced workshop that names none is missing from the number held.
    Fails: replaced, and no workshop is named; replaced by one that is planned; held, and one is named that replaced it.
    Passes: replaced by a workshop that was held.
    """
    number, stand_in = name_of(workshop), _stand_in(workshop, case)
    if workshop.state is not WorkshopState.REPLACED:
        yield Issue(
            _("Workshop {number} names a workshop that replaced it, but is not marked as replaced.", number=number),
            "replaced_by",
            hint=_("Mark it as replaced, or clear the entry: otherwise both may be counted."),
        )
    elif stand_in is None:
        yield Issue(
            _("Workshop {number} was replaced, but names no workshop that was held in its place.", number=number),
            "replaced_by",
            hint=_("Enter the workshop that was held in a row of its own, and its key here."),
        )
    elif not stand_in.was_held:
        yield Issue(
            _(
                "Workshop {number} was replaced by workshop {other}, which is marked as “{state}”.",
                number=number,
                other=name_of(stand_in),
                state=need(stand_in, "state"),
            ),
            "replaced_by",
            hint=_("Name the workshop that was held, or correct its state."),
        )


@rule(
    "CORE-ATTENDANCE",
    _("Attendance is complete"),
    basis=PRODUCT,
    severity=Severity.WARNING,
    each=lambda case: [workshop for workshop in case.project.workshops if workshop.was_held],
)
def attendance_is_complete(workshop: Workshop, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """Each participant has an entry for each workshop held while it took part, and is present at no other.

    Why: attendance is a share of those workshops; while an entry is missing, nobody can tell it.
    Fails: present on 05.03.2024, joined late on 01.09.2024; an entry that is missing is an open question.
    Passes: “yes” or “no” for everybody who took part on the day; nothing for who joined later or had left.
    """
    day, number = need(workshop, "date"), name_of(workshop)
    missing: list[str] = []
    for participant in case.project.participants:
        entry = workshop.entry_of(participant.key)
        if entry and entry.present and not participant.took_part(day):
            yield Issue(
                _(
                    "“{name}” is marked as present at workshop {number} on {day}, but did not take part in the round "
                    "on that day.",
                    name=participant.called,
                    number=number,
                    day=day,
                ),
                "present",
                at=entry,
                hint=_("Correct the entry, or the day on which it joined or left."),
            )
        if entry is None and participant.took_part(day):
            missing.append(participant.called)
    if missing:
        raise Undecided(
            _(
                "Workshop {number}: it is not recorded whether these attended: {names}. Enter “yes” or “no” in the "
                "attendance sheet.",
                number=number,
                names=tuple(missing),
            ),
            FieldRef("workshop", workshop.key, "attendances"),
        )


def _stand_in(workshop: Workshop, case: Case) -> Workshop | None:
    key = need(workshop, "replaced_by") if workshop.stated("replaced_by") else None
    return next((each for each in case.project.workshops if each.key == key), None)


@rule(
    "CORE-STATES", _("Steps of participants are in order"), basis=PRODUCT, each=lambda case: case.project.participants
)
def states_in_order(participant: Participant, _case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """The steps of a participant stand in the order of their days.

    Why: the last step says where a participant stands; a step in the wrong row makes an award of a departure.
    Fails: awarded on 15.06.2025, and below that examined on 20.05.2025.
    Passes: started, examined, awarded, each on a later day or the same.
    """
    if not participant.states:
        raise NotApplicable
    for before, after in pairwise(participant.states):
        if need(after, "date") < need(before, "date"):
            yield Issue(
                _(
                    "“{name}”: “{after}” on {after_day} is listed below “{before}” on {before_day}.",
                    name=participant.called,
                    after=need(after, "state"),
                    after_day=after.date,
                    before=need(before, "state"),
                    before_day=before.date,
                ),
                "date",
                at=after,
                hint=_("Correct the date, or sort the rows by date."),
            )
