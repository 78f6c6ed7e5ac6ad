"""Has each participant that is awarded earned it?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from oekoreport import (
    Award,
    Case,
    FieldRef,
    Issue,
    NotApplicable,
    Participant,
    State,
    TermsInRule,
    Undecided,
    Workshop,
    catalogue,
    need,
    rule,
)

_ = catalogue("oekoreport_award")

CRITERIA = "ÖKOPROFIT-Kriterien"


def awarded(case: Case) -> list[Participant]:
    """Return the participants that are awarded or re-certified, by their steps or by a decision on a site."""
    decided = {participant.key for participant, _site, decision in case.project.decisions() if decision.stands}
    return [
        participant
        for participant in case.project.participants
        if participant.key in decided or participant.has(State.AWARDED, State.RECERTIFIED)
    ]


def the_award(case: Case) -> Award:
    """Return the award.

    Raises:
        Undecided: there is none.
    """
    if case.project.award is None:
        raise Undecided(_("The date of the award is missing."), FieldRef("award", "award", "date"))
    return case.project.award


@rule("AWARD-ATTENDANCE", _("Awarded participants attended the workshops"), basis=CRITERIA, each=awarded)
def attendance(participant: Participant, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """A participant that is awarded for the first time came to enough of the workshops held since it joined.

    Why: the award is for the work of the whole round; who joined late is judged from that day on.
    Fails: at least 75 %, present at 5 of 8.
    Passes: at least 75 %, present at 6 of 8, or at 5 of 5 since joining late.
    """
    if participant.has(State.RECERTIFIED):
        raise NotApplicable
    with terms.criterion("attendance_minimum") as least:
        for workshop in case.project.workshops_for(participant):
            _need_entry(participant, workshop)
        present, possible = (case.figure(f"attendance.{name}/{participant.key}") for name in ("present", "possible"))
        if not possible:
            raise NotApplicable
        if case.figure(f"attendance.rate/{participant.key}") < least:
            yield Issue(
                _(
                    "“{name}” attended {present} of {held} workshops; at least {least} % is required.",
                    name=participant.called,
                    present=present,
                    held=possible,
                    least=least,
                ),
                hint=_("Check the attendance list; the jury may accept a workshop that was made up for later."),
            )


def _need_entry(participant: Participant, workshop: Workshop) -> None:
    if workshop.entry_of(participant.key) is None:
        raise Undecided(
            _(
                "It is not recorded whether “{name}” attended workshop {number}.",
                name=participant.called,
                number=workshop.number or workshop.key,
            ),
            FieldRef("workshop", workshop.key, "attendances"),
        )


@rule("AWARD-MEASURES", _("Awarded participants have an environmental programme"), basis=CRITERIA, each=awarded)
def measures_of_programme(participant: Participant, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """A participant that is awarded has enough measures implemented, and enough planned.

    Why: the award is for what was done, and the programme shows that the work goes on.
    Fails: 2 implemented and 3 planned, or 4 implemented and none planned, where 3 of each are asked for.
    Passes: 3 implemented and 3 planned, quantified or not.
    """
    with terms.criterion("implemented_minimum") as wanted:
        done = case.figure(f"measures.implemented/{participant.key}")
        if done < wanted:
            yield Issue(
                _(
                    "“{name}” has implemented {done} measures; at least {wanted} are required.",
                    name=participant.called,
                    done=done,
                    wanted=wanted,
                ),
                hint=_("Update the state of its measures; the jury decides in the remaining cases."),
            )
    with terms.criterion("planned_minimum") as wanted:
        plans = case.figure(f"measures.planned/{participant.key}")
        if plans < wanted:
            yield Issue(
                _(
                    "“{name}” has planned {plans} measures; at least {wanted} are required.",
                    name=participant.called,
                    plans=plans,
                    wanted=wanted,
                ),
                hint=_("Enter the measures that its environmental programme plans beyond the round."),
            )


@rule("AWARD-VISIT", _("Awarded participants were visited"), basis=CRITERIA, each=awarded)
def visited(participant: Participant, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """A participant that is awarded was visited often enough, on site or online.

    Why: the inventory and the measures rest on what the consultancy saw.
    Fails: no visit, at least 1 asked for.
    Passes: one visit.
    """
    with terms.criterion("visits_minimum") as least:
        visits = case.figure(f"visits.total/{participant.key}")
        if visits < least:
            yield Issue(
                _(
                    "“{name}” was visited {visits} times; at least {least} visits are required.",
                    name=participant.called,
                    visits=visits,
                    least=least,
                ),
                hint=_("Enter the consultancy’s visits with their dates."),
            )


@rule("AWARD-CRITERIA", _("Policy, team and legal check are in place"), basis=CRITERIA, each=awarded)
def policy_team_and_law(participant: Participant, _case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """A participant that is awarded has a signed policy, a team or person in charge, and no serious breach of law open.

    Why: the catalogue asks for them, and an award over an open breach would have to be withdrawn.
    Fails: a participant whose legal check left a serious breach open.
    Passes: a participant with all three; one where a field is empty cannot be judged.
    """
    criteria = (
        ("policy", _("“{name}”: management has not signed an environmental policy.", name=participant.called)),
        ("team", _("“{name}”: no environmental team or person in charge is named.", name=participant.called)),
        ("legal_check", _("“{name}”: the legal check left a serious breach open.", name=participant.called)),
    )
    for name, message in criteria:
        with terms.criterion(f"{name}_required") as required:
            if required and not need(participant, name):
                yield Issue(message, name, hint=_("Resolve it before the award, or withdraw the decision."))


@rule("AWARD-EXAMINED", _("Examined before the award"), basis=CRITERIA, each=awarded)
def examined_before_award(participant: Participant, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """A participant that is awarded was examined, and that not after the award.

    Why: the jury decides on what the examination found.
    Fails: awarded on 15.06.2025, never examined; or examined on 20.06.2025.
    Passes: examined on 20.05.2025, awarded on 15.06.2025.
    """
    if not participant.has(State.EXAMINED):
        yield Issue(
            _("“{name}” is awarded, but was not examined.", name=participant.called),
            hint=_("Enter the examination as one of its steps, with its date."),
        )
        return
    examination = next(step for step in participant.states if step.state is State.EXAMINED)
    examined, day = need(examination, "date"), _award_day(participant, case)
    if examined > day:
        yield Issue(
            _(
                "“{name}” was examined on {examined}, after the award of {day}.",
                name=participant.called,
                examined=examined,
                day=day,
            ),
            "date",
            at=examination,
            hint=_("Correct one of the two dates."),
        )


def _award_day(participant: Participant, case: Case) -> date:
    """Return the day of its award: of its own step, else of the ceremony."""
    step = next((step for step in participant.states if step.state in (State.AWARDED, State.RECERTIFIED)), None)
    if step is not None:
        day: date = need(step, "date")
        return day
    ceremony: date = need(the_award(case), "date")
    return ceremony
