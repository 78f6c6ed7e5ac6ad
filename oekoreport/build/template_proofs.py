"""Checks of Word templates, one file or all of a project, each against the values that it is filled with."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from oekoreport.build.contexts import WordTemplate, proofed, word_templates
from oekoreport.build.examination import report_on
from oekoreport.build.jobs import jobs_of
from oekoreport.build.manifest import Order
from oekoreport.build.pipeline import exporters_of, idle_note
from oekoreport.build.specimen import specimen
from oekoreport.contract import Registry
from oekoreport.documents.filling import Template
from oekoreport.documents.proof import Fault, Kind, Spot
from oekoreport.documents.word import BODY
from oekoreport.errors import OekoreportError, TemplateError, UsageError
from oekoreport.findings import Severity
from oekoreport.folder import OWN_TEMPLATES, is_project
from oekoreport.language import Message, catalogue
from oekoreport.report import NoSuchTemplate, Report, Templates
from oekoreport.steps import Kind as Step
from oekoreport.steps import step

_ = catalogue("oekoreport")

WORD = ".docx"
TYPST = ".typ"
WORDS_OWN = (WORD, ".docm", ".dotx", ".dotm", "")
"""The endings of files that may be Word's: what is in them is judged by its content."""


class NotATemplate(UsageError):
    """The file to be checked does not tell by its name or place which template it is."""

    def __init__(self, path: Path, known: Iterable[str]) -> None:
        super().__init__(
            _("Cannot tell from its name which template {file} is.", file=str(path)),
            hint=_("Pass --as NAME with one of: {known}.", known=tuple(known)),
        )


class NoSuchWordTemplate(UsageError):
    """A template is named that no exporter fills."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        known = tuple(known)
        near = difflib.get_close_matches(name, [*known, *(each.rpartition("/")[2] for each in known)], n=1, cutoff=0.5)
        super().__init__(
            _("No exporter uses a Word template “{name}”.", name=name),
            hint=_("Did you mean “{close}”?", close=near[0])
            if near
            else _("Available: {known}.", known=known or ("–",)),
        )


class NoWordFile(UsageError):
    """The file to be checked is not a Word template."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("{file} is not a Word file; only Word templates can be checked.", file=str(path)),
            hint=_("“oekoreport build” reports faults in Typst templates.")
            if path.suffix.casefold() == TYPST
            else _("Save the template in Word as a Word document (*.docx)."),
        )


class NoFile(UsageError):
    """What is to be checked is not there."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("{file} does not exist.", file=str(path)), hint=_("Name a Word template or the folder of a project.")
        )


@dataclass(frozen=True, slots=True)
class Proofed:
    """A template with all its faults.

    Attributes:
        name: the template's name (``funding/verwendungsnachweis.docx``).
        file: the path of the file that was read, or the template's name where it is the plugin's.
        own: whether it is an officer's file, not the one that the plugin brings.
        title: what the exporter makes of it.
        exporter: the exporter's name.
        project: the title of the project whose values it was checked with; None for the reference round alone.
        faults: what is wrong with it, in the order of its parts.
    """

    name: str
    file: str
    own: bool
    title: Message
    exporter: str
    project: str | None
    content: bytes
    faults: tuple[Fault, ...]

    def weighing(self, severity: Severity) -> tuple[Fault, ...]:
        """Return the faults of one weight."""
        return tuple(fault for fault in self.faults if fault.severity is severity)


class Proofreader:
    """Checks templates against the values of a project and, where it shows nothing, of the reference round."""

    def __init__(self, registry: Registry, report: Report | None = None) -> None:
        self._project = report.project if report else None
        self._own = _templates_of(report, registry) if report else {}
        self._sample = _templates_of(specimen(registry), registry)

    @property
    def known(self) -> dict[str, WordTemplate]:
        """Every Word template that an exporter fills, by name; with the project's values where it has some."""
        return dict(sorted({**self._sample, **self._own}.items()))

    @property
    def used(self) -> tuple[str, ...]:
        """The templates that a build of the project uses."""
        return tuple(self._own)

    def proof(self, name: str, content: bytes, file: str, *, own: bool) -> Proofed:
        """Return a template with its faults; where no tag is wrong, it is filled on trial."""
        contexts = self._own[name].contexts if name in self._own else ()
        beside = self._sample[name].contexts if name in self._sample else ()
        faults = proofed(content, WordTemplate(name, self.known[name].exporter, contexts), beside)
        if not any(fault.severity is Severity.ERROR for fault in faults):
            faults += tuple(on_trial(name, content, contexts or beside))
        return self._proofed(name, content, faults, file, own=own)

    def missing(self, name: str, error: TemplateError) -> Proofed:
        """Return a template that an exporter fills and nobody has; that is its fault."""
        return self._proofed(name, b"", (Fault(Kind.FAILS, Spot(BODY), error.message, error.hint),), name, own=False)

    def _proofed(self, name: str, content: bytes, faults: tuple[Fault, ...], file: str, *, own: bool) -> Proofed:
        exporter = self.known[name].exporter
        title = self._project.called if name in self._own and self._project else None
        return Proofed(name, file, own, exporter.title, exporter.name, title, content, faults)


def _templates_of(report: Report, registry: Registry) -> dict[str, WordTemplate]:
    """Return the Word templates that a build of everything fills.

    Raises:
        ExporterFailed: an exporter cannot tell which; a template that it fills would look as if nothing used it.
    """
    jobs = jobs_of(report, exporters_of(Order(), registry))
    for job in jobs:
        if job.error is not None:
            raise job.error
    return word_templates(report, jobs)


def on_trial(name: str, content: bytes, contexts: Iterable[Mapping[str, object]]) -> Iterator[Fault]:
    """Fill a template with each context; yield why that fails."""
    for context in contexts:
        try:
            with step(Step.TEMPLATE, name):
                Template(content).render(context, title="", language="de", created=None)
        except TemplateError as error:
            yield Fault(Kind.FAILS, Spot(BODY), error.message, error.hint)
            return


def proof_file(path: Path, registry: Registry, name: str | None = None) -> Proofed:
    """Check one Word file.

    Which template it is to be is said, or follows from its place below a folder ``templates``, or from its file name.
    Lying in a project, it is checked with that project's values too.

    Raises:
        NoFile, NoWordFile, NotATemplate, NoSuchWordTemplate: there is nothing to check, or nothing to check it against.
    """
    if not path.is_file():
        raise NoFile(path)
    if path.suffix.casefold() not in WORDS_OWN:
        raise NoWordFile(path)
    reader = Proofreader(registry, _report_around(path, registry))
    chosen = named(name, reader.known) if name else _name_of(path, reader.known)
    return reader.proof(chosen, path.read_bytes(), path.as_posix(), own=True)


def proof_project(folder: Path, registry: Registry) -> list[Proofed]:
    """Check every Word template that a build of the project uses, the project's own first."""
    report = report_on(folder, registry)
    reader = Proofreader(registry, report)
    templates = report.templates
    names = [name for name in reader.known if name in reader.used or templates.is_own(name)]
    names.sort(key=lambda name: (not templates.is_own(name), name))
    return [_proofed(folder, templates, name, reader) for name in names]


def _proofed(folder: Path, templates: Templates, name: str, reader: Proofreader) -> Proofed:
    try:
        content = templates.look_at(name)
    except NoSuchTemplate as error:
        return reader.missing(name, error)
    return reader.proof(name, content, _file(folder, templates, name), own=templates.is_own(name))


def idle_templates(folder: Path, registry: Registry, used: Iterable[str]) -> list[Message]:
    """Return a note on each Word file among a project's own templates that nothing uses, with the nearest name.

    ``used`` are templates that an exporter fills, whether its plugin brings a file of that name or not.
    """
    templates, used = Templates(registry.templates, folder / OWN_TEMPLATES), frozenset(used)
    return [
        idle_note(name, near) for name, near in templates.idle() if name.lower().endswith(WORD) and name not in used
    ]


def named(name: str, known: Iterable[str]) -> str:
    """Return the template that a name means: its own, or its last part where that is unique.

    Raises:
        NoSuchWordTemplate: there is none.
    """
    name = name.replace("\\", "/").removeprefix(f"{OWN_TEMPLATES}/")
    alike = [other for other in known if name.casefold() in (other.casefold(), *_short_names(other))]
    if len(alike) != 1:
        raise NoSuchWordTemplate(name, known)
    return alike[0]


def _short_names(name: str) -> tuple[str, str]:
    leaf = name.rpartition("/")[2].casefold()
    return leaf, leaf.removesuffix(WORD)


def _file(folder: Path, templates: Templates, name: str) -> str:
    return (folder / OWN_TEMPLATES / name).as_posix() if templates.is_own(name) else name


def _name_of(path: Path, known: Iterable[str]) -> str:
    parts = path.resolve().parts
    if OWN_TEMPLATES in parts:
        last = len(parts) - 1 - parts[::-1].index(OWN_TEMPLATES)
        if (name := "/".join(parts[last + 1 :])) in known:
            return name
    alike = [name for name in known if name.rpartition("/")[2].casefold() == path.name.casefold()]
    if len(alike) != 1:
        raise NotATemplate(path, known)
    return alike[0]


def _report_around(path: Path, registry: Registry) -> Report | None:
    """Return the report of the project that a file lies in; None where it lies in none, or that cannot be read."""
    for folder in path.resolve().parents:
        if folder.name == OWN_TEMPLATES and is_project(folder.parent):
            try:
                return report_on(folder.parent, registry)
            except OekoreportError:
                return None
    return None
