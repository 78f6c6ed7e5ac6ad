"""Intake forms: one for each participant of a round that has not answered yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from oekoreport.build.intake import Intake
from oekoreport.build.publishing import put, safe_name
from oekoreport.enclosure import Enclosure
from oekoreport.folder import INTAKE_FOLDER
from oekoreport.model import Noun, attributes
from oekoreport.model.participant import Participant
from oekoreport.records import Origin, Origins, Record
from oekoreport.sheets.forms import intake_form


@dataclass(frozen=True, slots=True)
class Forms:
    """The intake forms that were made, and the participants that have one or have answered elsewhere, with the file."""

    made: tuple[Path, ...]
    left: tuple[tuple[str, str], ...]


def write_forms(intake: Intake) -> Forms:
    """Write an intake form for each participant that no file in ``erhebung`` speaks of yet; all of them or none."""
    forms: dict[str, bytes] = {}
    left: list[tuple[str, str]] = []
    folder = Enclosure(intake.folder)
    for participant in intake.assembly.project.participants:
        name = form_name(participant)
        present = answer_of(participant, intake.assembly.origins)
        if not present and (name in forms or folder.kind(name) is not None):
            present = name
        if present:
            left.append((participant.called, present))
        else:
            forms[name] = intake_form(participant.key, _known(participant))
    if forms:
        put(intake.folder, forms)
    return Forms(tuple(intake.folder / name for name in forms), tuple(left))


def form_name(participant: Participant) -> str:
    """Return where a participant's form lies below the project's folder."""
    return f"{INTAKE_FOLDER}/{safe_name(f'{participant.key}.xlsx')}"


def answer_of(participant: Participant, origins: Origins) -> str:
    """Return the returned form that holds data of a participant or its sites; "" where no form does.

    The project's own files are read first: of what they hold already, a form is known by the fields that it added.
    """
    below = [noun for site in participant.sites for noun in (site, *site.baselines, *site.measures)]
    for noun in (participant, *below):
        for name in ("", *(attribute.name for attribute in attributes(type(noun)))):
            place = origins.place(noun.identity, name)
            if place and place.file.startswith(f"{INTAKE_FOLDER}/"):
                return place.file
    return ""


def _known(participant: Participant) -> Iterator[Record]:
    """Yield what a form is filled with beforehand: the participant and its sites."""
    yield _record(participant, "")
    for site in participant.sites:
        yield _record(site, participant.key)


def _record(noun: Noun, parent: str) -> Record:
    values = {attribute.name: getattr(noun, attribute.name) for attribute in attributes(type(noun))}
    return Record(noun.kind, noun.key, values, Origin(""), parent)
