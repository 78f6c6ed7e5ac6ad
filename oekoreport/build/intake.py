"""Taking a project in: its files are read once, each by the importer that claims it, and assembled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from oekoreport.contract.guard import ForeignFault, foreign_code
from oekoreport.contract.hookspecs import Importer
from oekoreport.contract.registry import Registry
from oekoreport.errors import OekoreportError, SourceError, UsageError
from oekoreport.findings import Finding, Severity
from oekoreport.folder import OUTPUT, OWN_TEMPLATES, files_below
from oekoreport.language import catalogue
from oekoreport.places import Place
from oekoreport.records.assembly import Assembly, assemble
from oekoreport.records.record import Record
from oekoreport.records.source import Claim, Source

_ = catalogue("oekoreport")

FILE_REFUSED = "DATA-FILE"
CLAIMED_TWICE = "DATA-CLAIMED-TWICE"


class NoProjectFolder(UsageError):
    """A folder is named that does not exist or holds no file."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("{folder} is no project folder: it holds no file to read.", folder=str(folder)),
            hint=_("Make one with: oekoreport new {folder}", folder=str(folder)),
        )


class UnreadableProject(SourceError):
    """Nothing is known of the project itself, because a file could not be read: nothing can be checked or built."""

    def __init__(self, folder: Path, finding: Finding) -> None:
        super().__init__(
            _(
                "{reason} Without this file nothing is known of the project in {folder}.",
                folder=str(folder),
                reason=finding.message,
            ),
            place=finding.place,
            hint=finding.hint,
        )


@dataclass(frozen=True, slots=True)
class Intake:
    """What was read of a project: the assembled project, and the hash of every file by name."""

    folder: Path
    assembly: Assembly
    inputs: Mapping[str, str]
    records: int


def read_sources(folder: Path) -> list[Source]:
    """Read every file of a project folder once; outputs, templates and files that programs leave behind are none.

    Files of the folder itself come before those in folders below, so that the project's own workbook sets the order.

    Raises:
        NoProjectFolder: there is nothing to read.
        FolderNotListed: what lies in a folder cannot be seen.
    """
    names = files_below(folder, without=(OUTPUT, OWN_TEMPLATES))
    if not names:
        raise NoProjectFolder(folder)
    return [Source(name, (folder / name).read_bytes()) for name in sorted(names, key=lambda name: name.count("/"))]


def take_in(folder: Path, registry: Registry) -> Intake:
    """Read and assemble a project. What is wrong with files is among the findings.

    Raises:
        NoProjectFolder: there is no file, or none that an importer reads.
        UnreadableProject: the project itself is in no file that could be read.
    """
    sources = read_sources(folder)
    records: list[Record] = []
    findings: list[Finding] = []
    unclaimed: list[Source] = []
    for source in sources:
        importer = _importer_for(source, registry, findings, unclaimed)
        if importer is not None:
            _read(importer, source, records, findings)
    if len(unclaimed) == len(sources):
        raise NoProjectFolder(folder)
    _demand_project(folder, records, findings)
    assembly = assemble(records, findings)
    evidence = {receipt.file for receipt in assembly.project.receipts}
    strangers = tuple(_unclaimed(source) for source in unclaimed if source.name not in evidence)
    whole = Assembly(assembly.project, assembly.origins, (*assembly.findings, *strangers))
    return Intake(folder, whole, {source.name: source.sha256 for source in sources}, len(records))


def _demand_project(folder: Path, records: Iterable[Record], findings: Iterable[Finding]) -> None:
    """A project that is merely empty has findings of its own; one whose file was refused has nothing to speak of."""
    if any(record.kind == "project" for record in records):
        return
    for finding in findings:
        if finding.code in (FILE_REFUSED, CLAIMED_TWICE):
            raise UnreadableProject(folder, finding)


def _importer_for(
    source: Source, registry: Registry, findings: list[Finding], unclaimed: list[Source]
) -> Importer | None:
    claims = [(_claim(importer, source, findings), importer) for importer in registry.importers]
    best = max((claim for claim, _importer in claims), default=Claim.NONE)
    if best is Claim.NONE:
        unclaimed.append(source)
        return None
    winners = [importer for claim, importer in claims if claim is best]
    if len(winners) == 1:
        return winners[0]
    names = tuple(importer.name for importer in winners)
    message = _("Several importers claim this file alike: {names}. It was not read.", names=names)
    hint = _("Leave one of their plugins out: --without NAME.")
    findings.append(Finding(CLAIMED_TWICE, Severity.ERROR, message, Place(source.name), hint=hint))
    return None


def _claim(importer: Importer, source: Source, findings: list[Finding]) -> Claim:
    """Ask an importer; one that raises has no claim, and the file a finding."""
    try:
        with foreign_code(may_raise=SourceError):
            return Claim(importer.claims(source))
    except OekoreportError as error:
        findings.append(_refused(importer, source, error))
        return Claim.NONE


def _read(importer: Importer, source: Source, records: list[Record], findings: list[Finding]) -> None:
    """Read one file; whatever an importer raises becomes a finding on the file, and no other file is harmed."""
    try:
        with foreign_code(may_raise=SourceError):
            for item in importer.read(source):
                if isinstance(item, Record):
                    records.append(item)
                else:
                    findings.append(item)
    except OekoreportError as error:
        findings.append(_refused(importer, source, error))


def _refused(importer: Importer, source: Source, error: OekoreportError) -> Finding:
    """Return why a file was not read: what the importer says of it, or that the importer itself failed."""
    message = error.message
    if isinstance(error, ForeignFault):
        message = _("The importer {name} failed: {problem}", name=importer.name, problem=message)
    return Finding(FILE_REFUSED, Severity.ERROR, message, error.place or Place(source.name), hint=error.hint)


def _unclaimed(source: Source) -> Finding:
    return Finding(
        "DATA-UNCLAIMED",
        Severity.WARNING,
        _("No importer reads this file."),
        Place(source.name),
        hint=_("Name it as the file of a receipt, move it elsewhere, or install a plugin that reads it."),
    )
