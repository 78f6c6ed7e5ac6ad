"""Taking a project in: each file is read by the importer that claims it, and what they hold is assembled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from oekoreport.build.reading import CLAIMED_TWICE, FILE_REFUSED, IMPORTER_STOPPED, Reading, read
from oekoreport.contract import Registry
from oekoreport.enclosure import Barred, Enclosure
from oekoreport.errors import SourceError, UsageError
from oekoreport.findings import Finding, Severity
from oekoreport.folder import INTAKE_FOLDER, NO_INPUTS, PROJECT_FILE, files_below
from oekoreport.language import catalogue
from oekoreport.model import Project
from oekoreport.places import Place
from oekoreport.records import Assembly, Balance, Files, Inputs, Record, Source, assemble
from oekoreport.steps import Kind, beat, grow, step

_ = catalogue("oekoreport")

LINK = "DATA-LINK"

RECORDS_PER_SECOND = 2000
"""For so many records a second of computing is honest, to bring them together and again to judge them: six times as
long as 100,000 receipts take."""

BYTES_PER_RECORD = 20_000
"""So much memory a record may take until its documents are made: the largest rounds that were tried take a third."""


class NoProjectFolder(UsageError):
    """A folder is named that does not exist or holds no file."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("{folder} is not a project folder: it contains no readable file.", folder=str(folder)),
            hint=_("Create one with: oekoreport new {folder}", folder=str(folder)),
        )


class UnreadableProject(SourceError):
    """Nothing is known of the project itself, because a file could not be read: nothing can be checked or built."""

    def __init__(self, folder: Path, finding: Finding) -> None:
        super().__init__(
            _(
                "{reason} Without this file the project in {folder} cannot be read.",
                folder=str(folder),
                reason=finding.message,
            ),
            place=finding.place,
            hint=finding.hint,
        )


@dataclass(frozen=True, slots=True)
class Intake:
    """What was read of a project: the assembled project, its files, and what cells were."""

    folder: Path
    assembly: Assembly
    records: int
    balance: Balance
    files: Files = field(default_factory=Files)


def read_sources(folder: Path, barred: Callable[[str, Barred], object] | None = None) -> list[Source]:
    """Return every input file of a project folder: what is no output, signed document, template or left behind.

    The project's own workbook comes first and sets the order, then files of the folder itself, then those in folders
    below. A plain name comes before that of its copies: ``klinik.xlsx``, ``klinik (2).xlsx``, ``klinik-PC17.xlsx``.

    Args:
        folder: the project's folder.
        barred: as for ``files_below``: takes links, pipes and devices, which are not opened.

    Raises:
        FolderNotListed: what lies in a folder cannot be seen.
        Barred: there is a link, a pipe or a device, and nobody takes it.
    """
    top = Enclosure(folder)
    names = files_below(top, without=NO_INPUTS, barred=barred)
    return [Source(name, top) for name in sorted(names, key=_turn)]


def _turn(name: str) -> tuple[object, ...]:
    path = PurePosixPath(name)
    return name != PROJECT_FILE, len(path.parts), str(path.with_suffix("")), path.suffix


def take_in(folder: Path, registry: Registry) -> Intake:
    """Read and assemble a project. What is wrong with files is among the findings.

    Raises:
        NoProjectFolder: there is no file, or none that an importer reads.
        UnreadableProject: the project itself is in no file that could be read.
    """
    barred: list[Finding] = []
    sources = read_sources(folder, lambda name, error: barred.append(_barred(name, error)))
    reading = read(sources, registry)
    if len(reading.unclaimed) == len(sources) and not barred:
        raise NoProjectFolder(folder)
    reading.findings.extend(barred)
    _demand_project(folder, reading)
    for second in _second_projects(reading.records):
        reading.leave_out(second)
    grow(len(reading.records) * BYTES_PER_RECORD)
    with step(Kind.PROJECT, str(folder), seconds=len(reading.records) / RECORDS_PER_SECOND):
        assembly = assemble(reading.records, reading.findings)
    files = Files(sources)
    evidence = set(_look_at_evidence(assembly.project, files))
    strangers = tuple(_unclaimed(source) for source in reading.unclaimed if source.name not in evidence)
    whole = Assembly(assembly.project, assembly.origins, (*assembly.findings, *strangers))
    return Intake(folder, whole, len(reading.records), Balance(reading.balance), files)


def inputs_now(folder: Path, read: Iterable[str]) -> Inputs:
    """Return what documents depend on of a folder's files as they are now, where the ``read`` ones were read.

    Raises:
        FolderNotListed, Barred: as ``read_sources``.
    """
    files = Files(read_sources(folder))
    for name in sorted({*read}.intersection(files)):
        files.flaw(name)
        beat()
    return files.inputs


def _look_at_evidence(project: Project, files: Files) -> Iterator[str]:
    """Yield the files that receipts name. Each is read, for documents depend on whether it is a proof."""
    for receipt in project.receipts:
        if receipt.file and (name := files.find(receipt.file)):
            files.flaw(name)
            beat()
            yield name


def _demand_project(folder: Path, reading: Reading) -> None:
    """A project that is merely empty has findings of its own; one whose file was refused has nothing to speak of."""
    if any(record.kind == "project" for record in reading.records):
        return
    for finding in reading.findings:
        if finding.code in (FILE_REFUSED, CLAIMED_TWICE, IMPORTER_STOPPED, LINK):
            raise UnreadableProject(folder, finding)


def _second_projects(records: Sequence[Record]) -> Sequence[Finding]:
    """Return an error on each file that holds the project although another, read before, holds it."""
    files = list(dict.fromkeys(record.origin.file for record in records if record.kind == "project"))
    return [
        Finding(
            "DATA-SECOND-PROJECT",
            Severity.ERROR,
            _("This is a second project workbook beside {file}; nothing of it is read.", file=files[0]),
            Place(other),
            hint=_("Copy what only this file holds into {file}, and move this one out of the folder.", file=files[0]),
        )
        for other in files[1:]
    ]


def _barred(name: str, error: Barred) -> Finding:
    """Return what is told of a link, a pipe or a device: nothing of it is read."""
    return Finding(LINK, Severity.ERROR, _("This {what}.", what=error.what), Place(name), hint=error.hint)


def _unclaimed(source: Source) -> Finding:
    """Return what is told of a file that nobody reads: what a company sent is an open question."""
    returned = source.name.startswith(f"{INTAKE_FOLDER}/")
    return Finding(
        "DATA-UNCLAIMED",
        Severity.WARNING,
        _("No importer can read this file."),
        Place(source.name),
        hint=_("Enter what it says in the project workbook, then move it elsewhere.")
        if returned
        else _("Enter it as the file of a receipt, move it elsewhere, or install a plugin that reads it."),
        question=returned,
    )
