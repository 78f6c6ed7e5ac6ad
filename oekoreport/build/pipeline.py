"""One project, from its folder to its documents: read, examine, render, publish."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from oekoreport.build.contexts import demand_sound_templates
from oekoreport.build.examination import report_on
from oekoreport.build.exporting import Failure, export
from oekoreport.build.finality import demand_fit
from oekoreport.build.intake import RECORDS_PER_SECOND
from oekoreport.build.jobs import Job, jobs_of
from oekoreport.build.manifest import Order, examined, manifest_of, order_of
from oekoreport.build.ownership import Ownership
from oekoreport.build.publishing import digest_of, publish
from oekoreport.build.run import Run
from oekoreport.contract import Exporter, Registry, options_of
from oekoreport.errors import UsageError
from oekoreport.folder import OUTPUT, OWN_TEMPLATES
from oekoreport.language import Message, catalogue
from oekoreport.report import Document, Report
from oekoreport.steps import Kind, step

_ = catalogue("oekoreport")


class NotFinal(UsageError):
    """Final documents are asked for while errors or open questions stand."""

    def __init__(self, folder: Path, codes: Sequence[str]) -> None:
        super().__init__(
            _("{folder} cannot be built as final: {codes}", folder=str(folder), codes=tuple(codes)),
            hint=_("List them with: oekoreport check {folder}", folder=str(folder)),
        )


@dataclass(frozen=True, slots=True)
class Build:
    """What a build came to.

    Attributes:
        report: what the documents are made of.
        documents: by the path that each is published under.
        failures: the exporters that failed.
        folder: where documents are published.
        manifest: what the manifest says beside its outputs.
        run: when it was made and of which files: what the manifest leaves out.
        removed: the documents of an earlier build that are no more.
        notes: what the officer may want to know of: a template of their own that nothing uses, a character that a
            document could not hold.
    """

    report: Report
    documents: Mapping[str, Document]
    failures: tuple[Failure, ...]
    folder: Path
    manifest: Mapping[str, Any] = field(default_factory=dict)
    run: Run = field(default_factory=Run)
    removed: tuple[str, ...] = ()
    notes: tuple[Message, ...] = ()


def silent(_message: Message) -> None:
    """Report no progress."""


def build(
    folder: Path,
    registry: Registry,
    order: Order,
    progress: Callable[[Message], None] = silent,
    *,
    force: bool = False,
) -> Build:
    """Read, examine, render and publish one project into its ``out`` folder.

    ``force`` gives up files there that are not as the last build left them.

    Raises:
        BrokenPlugins: an installed plugin is broken.
        UsageError: an exporter or an option is asked for that does not exist.
        NotFinal: final documents are asked for while errors or open questions stand.
        PrintsUnknown, PrintsMadeUpKey: final documents are asked for, and one would print what nobody outside can use.
        FaultyTemplates: a Word template that would be filled has errors.
        TemplateError: another template of the project's own has.
        PublishingError: the folder cannot be written; it is as before.
    """
    made = make(folder, registry, order, progress)
    for failure in made.failures:
        if failure.own or not made.documents:  # an officer's mistake costs no document of the build before
            raise failure.error
    progress(_("Publishing"))
    removed = publish(made.folder, made.documents, made.manifest, made.run.as_json(folder, made.report), force=force)
    return replace(made, removed=removed)


def make(folder: Path, registry: Registry, order: Order, progress: Callable[[Message], None] = silent) -> Build:
    """Do what ``build`` does, but write nothing."""
    registry.demand_sound()
    chosen = exporters_of(order, registry)
    progress(_("Reading"))
    run = Run()
    report = report_on(folder, registry, order.as_of)
    with step(Kind.PROJECT, str(folder), seconds=len(report.origins) / RECORDS_PER_SECOND):
        known = examined(report, order)
    report = replace(report, digest=digest_of(known))
    run.note("examined")
    if order.final and report.draft:
        raise NotFinal(folder, [verdict.code for verdict in report.verdicts if verdict.blocks])
    jobs = deque(jobs_of(report, chosen))
    taken_off = demand_sound_templates(report, jobs, str(folder))
    documents, failures = export(report, jobs, _ownership(report, jobs, registry), progress)
    run.note("documents")
    if order.final:
        demand_fit(folder, documents, report)
    idle = (idle_note(*each) for each in report.templates.idle())
    changed = (
        _("{document}: {note}", document=path, note=note)
        for path, document in sorted(documents.items())
        for note in document.notes
    )
    manifest = manifest_of(known, report.templates, (failure.exporter for failure in failures))
    return Build(report, documents, failures, folder / OUTPUT, manifest, run, notes=(*idle, *taken_off, *changed))


def exporters_of(order: Order, registry: Registry) -> list[tuple[Exporter[Any], BaseModel]]:
    """Return the exporters that are asked for, each with its options.

    The built-in ones come first: what they make is theirs.

    Raises:
        NoSuchExporter: nobody brings one that is named.
        NoSuchOption, BadOption: one does not have an option, or does not take its value.
    """
    registry.choose_exporters(order.options)
    chosen = sorted(
        registry.choose_exporters(order.names), key=lambda exporter: exporter.name not in registry.own_exporters
    )
    named = bool(order.names)
    return [(exporter, options_of(exporter, order.options.get(exporter.name, {}), named=named)) for exporter in chosen]


def _ownership(report: Report, jobs: Iterable[Job], registry: Registry) -> Ownership:
    """Return what is the built-in exporters' own, also of those that do not run now, where others do."""
    ownership = Ownership(registry.own_exporters)
    running = {job.exporter.name for job in jobs}
    if running - registry.own_exporters:
        names = registry.own_exporters - running
        idle = registry.choose_exporters(names) if names else ()
        ownership.reserve((*jobs, *jobs_of(report, ((exporter, options_of(exporter, {})) for exporter in idle))))
    return ownership


def idle_note(name: str, near: str | None) -> Message:
    """Return that nothing uses a file of the project's own templates, and what it may be meant for."""
    file = f"{OWN_TEMPLATES}/{name}"
    if near is None:
        return _("Nothing uses {file}: there is no template of that name.", file=file)
    return _("Nothing uses {file}. It would count as {place}.", file=file, place=f"{OWN_TEMPLATES}/{near}")


def make_again(out: Path, registry: Registry, progress: Callable[[Message], None] = silent) -> Build:
    """Make the documents of an output folder once more, as its manifest says that they were asked for.

    Raises:
        NoManifest, BrokenManifest: nothing was published there, or nobody can tell what.
    """
    return make(out.resolve().parent, registry, order_of(out), progress)
