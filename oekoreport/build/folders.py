"""Project folders: a new one, the demo's, and the intake forms of a round. Nothing of the user's is overwritten."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from oekoreport.build.demo import demo_narrative, demo_records
from oekoreport.build.intake import Intake
from oekoreport.build.publishing.names import place_documents, safe_name
from oekoreport.contract.registry import Registry
from oekoreport.documents.word.narrative_form import narrative_form
from oekoreport.errors import UsageError
from oekoreport.folder import EVIDENCE_FOLDER, INTAKE_FOLDER, NARRATIVE_FILE, PROJECT_FILE, listed
from oekoreport.language import Message, catalogue
from oekoreport.model import Noun, attributes
from oekoreport.model.participant import Participant
from oekoreport.records.record import Origin, Record
from oekoreport.sheets.forms import intake_form, intake_forms, project_workbook

_ = catalogue("oekoreport")

DEMO_NARRATIVES = ("sachbericht.md", "zwischenbericht-2020.md")
DEMO_MARK = ".oekoreport-demo.json"
"""Lists what the demo wrote, with hashes, so that it can tell its own files from the user's."""


class FolderNotEmpty(UsageError):
    """A folder is to be filled that holds something already."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("{folder} is not empty; nothing was written.", folder=str(folder)),
            hint=_("Name a new folder."),
        )


class DemoChanged(UsageError):
    """The demo's files were changed since it wrote them."""

    def __init__(self, folder: Path, names: Iterable[str]) -> None:
        super().__init__(
            _("You have changed files of the demo in {folder}: {names}", folder=str(folder), names=tuple(names)),
            hint=_("Name another folder, or have them overwritten with --force."),
        )


@dataclass(frozen=True, slots=True)
class Forms:
    """The intake forms that were made, and the participants that have one or have answered elsewhere, with the file."""

    made: tuple[Path, ...]
    left: tuple[tuple[str, str], ...]


def new_project(folder: Path) -> None:
    """Write an empty project: the workbook, the narrative's headings in Word, and folders for receipts and forms.

    Raises:
        FolderNotEmpty: there is something in it.
    """
    if folder.exists() and (not folder.is_dir() or listed(folder)):
        raise FolderNotEmpty(folder)
    for name in (EVIDENCE_FOLDER, INTAKE_FOLDER):
        (folder / name).mkdir(parents=True)
    _write(folder, {PROJECT_FILE: project_workbook(choices=_choices()), NARRATIVE_FILE: narrative_form()})


def _choices() -> dict[tuple[str, str], dict[str, Message | str]]:
    """Return what drop-downs offer that the model leaves open: the parameters of the installed packs."""
    packs = [pack for rulebook in Registry.discover().rulebooks for pack in rulebook.packs]
    titles = {name: parameter.title for pack in packs for name, parameter in pack.parameters.items()}
    return {("term", "parameter"): dict(sorted(titles.items()))}


def write_forms(intake: Intake) -> Forms:
    """Write an intake form for each participant that no file in ``erhebung`` speaks of yet."""
    made: list[Path] = []
    left: list[tuple[str, str]] = []
    for participant in intake.assembly.project.participants:
        name = form_name(participant)
        if present := _answered(participant, intake) or (name if (intake.folder / name).exists() else ""):
            left.append((participant.name or participant.key, present))
            continue
        _write(intake.folder, {name: intake_form(participant.key, _known(participant))})
        made.append(intake.folder / name)
    return Forms(tuple(made), tuple(left))


def form_name(participant: Participant) -> str:
    """Return where a participant's form lies below the project's folder."""
    return f"{INTAKE_FOLDER}/{safe_name(f'{participant.key}.xlsx')}"


def _answered(participant: Participant, intake: Intake) -> str:
    """Return the file among the forms that speaks of a participant or of what stands at its sites; empty if none does.

    The project's own files are read first: of what they hold already, a form is known by the fields that it added.
    """
    below = [noun for site in participant.sites for noun in (site, *site.baselines, *site.measures)]
    for noun in (participant, *below):
        for name in ("", *(attribute.name for attribute in attributes(type(noun)))):
            place = intake.assembly.origins.place(noun.identity, name)
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


def write_demo(folder: Path, *, force: bool = False) -> None:
    """Write the reference round as an officer would have it; ``force`` overwrites what the user changed in it.

    Raises:
        FolderNotEmpty: there is something in it that no demo wrote.
        DemoChanged: the user changed its files, and ``force`` is not given.
    """
    before = _demo_files(folder)
    if before is None and folder.exists() and (not folder.is_dir() or listed(folder)):
        raise FolderNotEmpty(folder)
    changed = [name for name, sha256 in (before or {}).items() if _sha256(folder / name) not in (None, sha256)]
    if changed and not force:
        raise DemoChanged(folder, changed)
    files = _demo_content()
    _write(folder, files)
    mark = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    _write(folder, {DEMO_MARK: json.dumps(mark, indent=1).encode()})


def _demo_content() -> dict[str, bytes]:
    """Return the demo's files by name: the workbook, a form for each company with its measures, the narrative."""
    records = demo_records()
    forms = place_documents(intake_forms(records))
    return {
        PROJECT_FILE: project_workbook(records, without=("measure", "baseline"), choices=_choices()),
        **{name: demo_narrative(name).encode() for name in DEMO_NARRATIVES},
        **{name: document.content for name, document in forms.items()},
    }


def _demo_files(folder: Path) -> dict[str, str] | None:
    """Return the hashes of what a demo wrote here; None where none did."""
    try:
        return dict(json.loads((folder / DEMO_MARK).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return None


def _sha256(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
