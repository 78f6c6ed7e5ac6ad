"""One project, from its folder to its documents: read, examine, render, publish."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from oekoreport.deadlines import DEADLINES
from oekoreport.drawdowns import DRAWDOWNS
from oekoreport.errors import OekoreportError, UsageError
from oekoreport.expenditure import EXPENDITURE
from oekoreport.figures import Chapter, Figures
from oekoreport.findings import Severity
from oekoreport.hookspecs import Exporter
from oekoreport.intake import OUTPUT, OWN_TEMPLATES, Intake, take_in
from oekoreport.language import Locale, Message, catalogue
from oekoreport.manifest import Order, manifest_of, versions
from oekoreport.publishing import place_documents, publish, read_manifest
from oekoreport.registry import Registry
from oekoreport.report import Document, Report
from oekoreport.results import RESULTS
from oekoreport.rules import PRODUCT, Case, Outcome, Verdict, judge
from oekoreport.savings import SAVINGS
from oekoreport.settlement import SETTLEMENT
from oekoreport.templates import Templates
from oekoreport.terms import terms_in_force
from oekoreport.years import YEARS

_ = catalogue("oekoreport")

CHAPTERS: tuple[Chapter, ...] = (RESULTS, SAVINGS, EXPENDITURE, SETTLEMENT, DRAWDOWNS, YEARS, DEADLINES)


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


def examine(intake: Intake, registry: Registry, as_of: date | None = None) -> Report:
    """Compute the figures, judge the rules, and return what documents are made of.

    ``as_of`` goes before the project's own reference date; the clock is never asked.
    """
    project, origins = intake.assembly.project, intake.assembly.origins
    rulebooks = registry.rulebooks
    asked = [pack for book in rulebooks if book.applies_to(project) for pack in book.packs]
    idle = [pack for book in rulebooks if not book.applies_to(project) for pack in book.packs]
    terms = terms_in_force(project, asked, idle)
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
        versions=versions(registry),
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
        PRODUCT,
        weight if failed else Severity.ERROR,
        Outcome.FAILED if failed else Outcome.PASSED,
        intake.records,
        findings,
    )


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


def build(folder: Path, registry: Registry, order: Order, progress: Callable[[Message], None] = silent) -> Build:
    """Read, examine, render and publish one project into its ``out`` folder.

    Raises:
        BrokenPlugins: an installed plugin is broken.
        NotFinal: final documents are asked for while errors or open questions stand.
        PublishingError: the folder cannot be written; it is as before.
    """
    made = make(folder, registry, order, progress)
    if made.failures and not made.documents:
        raise made.failures[0].error
    progress(_("Publishing"))
    failed = [failure.exporter for failure in made.failures]
    publish(made.folder, made.documents, manifest_of(made.report, order, failed))
    return made


def make(folder: Path, registry: Registry, order: Order, progress: Callable[[Message], None] = silent) -> Build:
    """Do what ``build`` does, but write nothing."""
    registry.demand_sound()
    exporters = registry.choose_exporters(order.names)
    progress(_("Reading"))
    report = examine(take_in(folder, registry), registry, order.as_of)
    if order.final and report.draft:
        raise NotFinal(folder, [verdict.code for verdict in report.verdicts if verdict.blocks])
    documents, failures = render(report, exporters, order.options, progress)
    return Build(report, place_documents(documents), tuple(failures), folder / OUTPUT)


def make_again(out: Path, registry: Registry, progress: Callable[[Message], None] = silent) -> Build:
    """Make the documents of an output folder once more, as its manifest says that they were asked for.

    Raises:
        NoManifest: nothing was published there.
    """
    return make(out.resolve().parent, registry, Order.from_json(read_manifest(out)), progress)
