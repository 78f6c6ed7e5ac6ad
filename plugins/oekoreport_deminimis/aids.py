"""The aid granted through this round, with its recipients."""

from __future__ import annotations

from collections.abc import Iterator

from oekoreport import Aid, Case, Participant, Project


def own_aids(project: Project) -> Iterator[tuple[Participant, Aid]]:
    """Yield each aid of this round with its recipient; an aid of which that is unknown counts, too."""
    for participant in project.participants:
        for aid in participant.aids:
            if aid.own is not False:
                yield participant, aid


def granted_here(case: Case) -> list[Aid]:
    """Return the aid of this round, as rules judge it."""
    return [aid for _participant, aid in own_aids(case.project)]


def favoured(case: Case) -> list[Participant]:
    """Return the participants that received aid of this round, each once."""
    found = {participant.key: participant for participant, _aid in own_aids(case.project)}
    return list(found.values())


def holder(aid: Aid, case: Case) -> Participant:
    """Return who received an aid."""
    return next(participant for participant in case.project.participants if aid in participant.aids)
