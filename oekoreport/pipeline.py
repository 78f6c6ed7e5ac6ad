"""One project, from its folder to its documents: read, examine, render, publish."""

from __future__ import annotations

import hashlib
import sys
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

import oekoreport
from oekoreport.assembly import Assembly, assemble
from oekoreport.errors import OekoreportError, SourceError, UsageError
from oekoreport.figures import Chapter, Figures
from oekoreport.findings import Finding, Severity
from oekoreport.hookspecs import Exporter, Importer
from oekoreport.language import Locale, Message, catalogue
from oekoreport.places import Place
from oekoreport.publishing import NoManifest, place_documents, publish, read_manifest
from oekoreport.records import Record
from oekoreport.registry import Registry, code_hash
from oekoreport.report import Document, Report
from oekoreport.results import RESULTS
from oekoreport.rules import Case, Outcome, Verdict, judge
from oekoreport.savings import SAVINGS
from oekoreport.settlement import SETTLEMENT
from oekoreport.sources import Claim, Source
from oekoreport.templates import Templates
from oekoreport.terms import terms_in_force

_ = catalogue("oekoreport")

OUTPUT = "out"
OWN_TEMPLATES = "templates"
FILE_REFUSED = "DATA-FILE"
CLAIMED_TWICE = "DATA-CLAIMED-TWICE"
CHAPTERS: tuple[Chapter, ...] = (RESULTS, SAVINGS, SETTLEMENT)
LIBRARIES = ("docxtpl", "xlsxwriter", "typst", "jinja2", "lxml", "pydantic", "python-calamine", "babel")
"""The libraries whose versions shape the bytes of documents."""


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


class NotFinal(UsageError):
    """Final documents are asked for while errors or open questions stand."""

    def __init__(self, folder: Path, codes: Sequence[str]) -> None:
        super().__init__(
            _("{folder} cannot be made final: {codes}", folder=str(folder), codes=tuple(codes)),
            hint=_("See them with: oekoreport check {folder}", folder=str(folder)),
        )


class BadOption(UsageError):
    """An option of an exporter that it does not have or cannot take."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(
            _("The option “{text}” cannot be taken: {reason}", text=text, reason=reason),
            hint=_("Write it as EXPORTER.OPTION=VALUE."),
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

    Raises:
        NoProjectFolder: there is nothing to read.
    """
    paths = sorted(path for path in folder.rglob("*") if _is_input(path, folder)) if folder.is_dir() else []
    if not paths:
        raise NoProjectFolder(folder)
    return [Source(path.relative_to(folder).as_posix(), path.read_bytes()) for path in paths]


def _is_input(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    if parts[0] in (OUTPUT, OWN_TEMPLATES) or any(part.startswith((".", "~$")) for part in parts):
        return False
    return path.is_file()


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
    claims = [(importer.claims(source), importer) for importer in registry.importers]
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


def _read(importer: Importer, source: Source, records: list[Record], findings: list[Finding]) -> None:
    """Read one file; whatever an importer raises becomes a finding on the file, and no other file is harmed."""
    try:
        for item in importer.read(source):
            if isinstance(item, Record):
                records.append(item)
            else:
                findings.append(item)
    except SourceError as error:
        place = error.place or Place(source.name)
        findings.append(Finding(FILE_REFUSED, Severity.ERROR, error.message, place, hint=error.hint))
    except Exception as error:  # noqa: BLE001 - a plugin's fault must name the file and not end the run
        message = _(
            "The importer {name} failed: {kind}: {error}",
            name=importer.name,
            kind=type(error).__name__,
            error=str(error),
        )
        findings.append(Finding(FILE_REFUSED, Severity.ERROR, message, Place(source.name)))


def _unclaimed(source: Source) -> Finding:
    return Finding(
        "DATA-UNCLAIMED",
        Severity.WARNING,
        _("No importer reads this file."),
        Place(source.name),
        hint=_("Name it as the file of a receipt, move it elsewhere, or install a plugin that reads it."),
    )


def examine(intake: Intake, registry: Registry, as_of: date | None = None) -> Report:
    """Compute the figures, judge the rules, and return what documents are made of.

    ``as_of`` goes before the project's own reference date; the clock is never asked.
    """
    project, origins = intake.assembly.project, intake.assembly.origins
    rulebooks = registry.rulebooks
    terms = terms_in_force(project, [pack for book in rulebooks for pack in book.packs])
    figures = Figures(project, terms, CHAPTERS)
    day = as_of or project.reference_date
    case = Case(project, figures, origins, day, frozenset(intake.inputs))
    reading = _reading_verdict(intake)
    return Report(
        project=project,
        figures=figures,
        verdicts=(reading, *judge(rulebooks, case, terms)),
        origins=origins,
        terms=terms,
        locale=Locale("de"),
        date=day,
        templates=Templates(registry.templates, intake.folder / OWN_TEMPLATES),
        versions=_versions(registry),
        inputs=intake.inputs,
    )


def _reading_verdict(intake: Intake) -> Verdict:
    findings = intake.assembly.findings
    weight = max((finding.severity for finding in findings), default=Severity.NOTE)
    failed = weight > Severity.NOTE
    return Verdict(
        "DATA",
        _("Everything could be read"),
        "core",
        "oekoreport",
        weight if failed else Severity.ERROR,
        Outcome.FAILED if failed else Outcome.PASSED,
        intake.records,
        findings,
    )


def _versions(registry: Registry) -> dict[str, str]:
    versions = {
        "oekoreport": oekoreport.__version__,
        "python": sys.version.split()[0],
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
    }
    if any("code" in text for text in registry.versions.values()):
        versions["oekoreport"] += f", code {code_hash(oekoreport)}"
    versions |= {f"plugin {name}": text for name, text in registry.versions.items()}
    versions |= {f"rulebook {book.name}": book.edition for book in registry.rulebooks}
    return versions | _library_versions()


@cache
def _library_versions() -> dict[str, str]:
    """Look the versions up once: a batch asks for them again for every project."""
    versions: dict[str, str] = {}
    for library in LIBRARIES:
        with suppress(PackageNotFoundError):
            versions[library] = version(library)
    return versions


@dataclass(frozen=True, slots=True)
class Failure:
    """An exporter that failed; its documents are withheld."""

    exporter: str
    error: OekoreportError


@dataclass(frozen=True, slots=True)
class Build:
    """What a build came to: the report, the documents by published path, and the exporters that failed."""

    report: Report
    documents: Mapping[str, Document]
    failures: tuple[Failure, ...]
    folder: Path


class ExporterFailed(OekoreportError):
    """An exporter raised something that is no error of ours: a fault of its code."""

    def __init__(self, name: str, error: Exception) -> None:
        super().__init__(
            _("The exporter {name} failed: {kind}: {error}", name=name, kind=type(error).__name__, error=str(error)),
            hint=_("Its documents were withheld. Report this to the plugin's author."),
        )


def render(
    report: Report,
    exporters: Iterable[Exporter[Any]],
    options: Mapping[str, Mapping[str, str]],
    progress: Callable[[Message], None],
) -> tuple[list[Document], list[Failure]]:
    """Run exporters one after the other; one that fails gives a failure and no document."""
    documents: list[Document] = []
    failures: list[Failure] = []
    for exporter in exporters:
        progress(exporter.title)
        chosen = _options_of(exporter, options.get(exporter.name, {}))
        try:
            documents.extend(list(exporter.render(report, chosen)))
        except OekoreportError as error:
            failures.append(Failure(exporter.name, error))
        except Exception as error:  # noqa: BLE001 - a plugin's fault must not end the other exporters
            failures.append(Failure(exporter.name, ExporterFailed(exporter.name, error)))
    return documents, failures


def _options_of(exporter: Exporter[Any], values: Mapping[str, str]) -> BaseModel:
    try:
        return exporter.options.model_validate(dict(values))
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        raise BadOption(f"{exporter.name}.{detail['loc'][0]}", detail["msg"]) from error


def silent(_message: Message) -> None:
    """Report no progress."""


def build(  # noqa: PLR0913 - the options of the command
    folder: Path,
    registry: Registry,
    *,
    names: Sequence[str] = (),
    options: Mapping[str, Mapping[str, str]] | None = None,
    as_of: date | None = None,
    final: bool = False,
    progress: Callable[[Message], None] = silent,
) -> Build:
    """Read, examine, render and publish one project into its ``out`` folder.

    Raises:
        BrokenPlugins: an installed plugin is broken.
        NotFinal: ``final`` is asked for while errors or open questions stand.
        PublishingError: the folder cannot be written; it is as before.
    """
    made = make(folder, registry, names=names, options=options, as_of=as_of, final=final, progress=progress)
    if made.failures and not made.documents:
        raise made.failures[0].error
    progress(_("Publishing"))
    manifest = manifest_of(made.report, names, options or {}, as_of)
    failed = [failure.exporter for failure in made.failures]
    publish(made.folder, made.documents, manifest | {"failed_exporters": failed})
    return made


def make(  # noqa: PLR0913 - as build
    folder: Path,
    registry: Registry,
    *,
    names: Sequence[str] = (),
    options: Mapping[str, Mapping[str, str]] | None = None,
    as_of: date | None = None,
    final: bool = False,
    progress: Callable[[Message], None] = silent,
) -> Build:
    """Do what ``build`` does, but write nothing."""
    registry.demand_sound()
    exporters = registry.choose_exporters(names)
    progress(_("Reading"))
    report = examine(take_in(folder, registry), registry, as_of)
    if final and report.draft:
        raise NotFinal(folder, [verdict.code for verdict in report.verdicts if verdict.blocks])
    documents, failures = render(report, exporters, options or {}, progress)
    return Build(report, place_documents(documents), tuple(failures), folder / OUTPUT)


def make_again(out: Path, registry: Registry, progress: Callable[[Message], None] = silent) -> Build:
    """Make the documents of an output folder once more, with the exporters, options and day of its manifest.

    Raises:
        NoManifest: nothing was published there.
    """
    manifest = read_manifest(out)
    return make(
        out.resolve().parent,
        registry,
        names=manifest["exporters"],
        options=manifest["options"],
        as_of=date.fromisoformat(manifest["as_of"]) if manifest["as_of"] else None,
        progress=progress,
    )


def manifest_of(
    report: Report, names: Sequence[str], options: Mapping[str, Mapping[str, str]], as_of: date | None
) -> dict[str, Any]:
    """Return what a manifest holds beside its outputs. No personal data: hashes, versions, totals, outcomes."""
    totals = {
        name: {"value": str(figure.rounded) if figure.known else None, "unit": figure.unit}
        for name, figure in report.figures.items()
        if "/" not in name
    }
    return {
        "inputs": dict(report.inputs),
        "templates": report.templates.used,
        "versions": dict(report.versions),
        "exporters": sorted(names),
        "options": {name: dict(values) for name, values in sorted(options.items())},
        "as_of": as_of.isoformat() if as_of else None,
        "reference_date": report.date.isoformat() if report.date else None,
        "sample": report.sample,
        "draft": report.draft,
        "packs": [pack.title for pack in report.terms.packs],
        "verdicts": {verdict.code: verdict.outcome.value for verdict in report.verdicts},
        "waived": sorted({finding.waived_by for finding in report.findings() if finding.waived_by}),
        "figures": totals,
    }


def is_up_to_date(
    folder: Path,
    registry: Registry,
    *,
    names: Sequence[str] = (),
    options: Mapping[str, Mapping[str, str]] | None = None,
    as_of: date | None = None,
) -> bool:
    """Tell whether the manifest in ``out`` still holds: same inputs, templates, versions, options, and outputs."""
    try:
        manifest = read_manifest(folder / OUTPUT)
    except NoManifest:
        return False
    asked = {
        "inputs": {source.name: source.sha256 for source in read_sources(folder)},
        "versions": _versions(registry),
        "exporters": sorted(names),
        "options": {name: dict(values) for name, values in sorted((options or {}).items())},
        "as_of": as_of.isoformat() if as_of else None,
        "failed_exporters": [],
    }
    if any(manifest.get(key) != value for key, value in asked.items()):
        return False
    if not Templates(registry.templates, folder / OWN_TEMPLATES).unchanged(manifest["templates"]):
        return False
    return all(_matches(folder / OUTPUT / path, entry["sha256"]) for path, entry in manifest["outputs"].items())


def _matches(path: Path, sha256: str) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256
