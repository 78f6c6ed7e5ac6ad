"""The Word templates that a report’s papers fill, and whether those at hand name only what the papers hold."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from oekoreport.build.jobs import Job
from oekoreport.documents.papers import PaperExporter, way
from oekoreport.documents.proof import Fault, Spot, proof
from oekoreport.documents.proof import Kind as FaultKind
from oekoreport.documents.word import BODY
from oekoreport.errors import TemplateError
from oekoreport.findings import Severity
from oekoreport.folder import OWN_TEMPLATES
from oekoreport.language import Locale, Message, catalogue
from oekoreport.report import NoSuchTemplate, Report, Templates
from oekoreport.steps import Kind, step

_ = catalogue("oekoreport")


@dataclass(frozen=True, slots=True)
class WordTemplate:
    """A Word template that an exporter fills, with the values of each paper."""

    name: str
    exporter: PaperExporter[Any]
    contexts: tuple[Mapping[str, object], ...]

    @property
    def titles(self) -> Mapping[str, Message]:
        """What the names mean that the exporter adds."""
        return self.exporter.placeholder_titles


def word_templates(report: Report, jobs: Iterable[Job]) -> dict[str, WordTemplate]:
    """Return the Word templates that jobs fill, by name."""
    found: dict[str, WordTemplate] = {}
    for job in jobs:
        contexts = defaultdict(list)
        for paper in job.papers:
            if paper.typst_alone is None and way(report, job.exporter.name, paper).fills_word:
                contexts[paper.word].append(paper.context)
        if isinstance(job.exporter, PaperExporter):
            found |= {name: WordTemplate(name, job.exporter, tuple(each)) for name, each in contexts.items()}
    return dict(sorted(found.items()))


@dataclass(frozen=True, slots=True)
class Told:
    """The faults of a template as lines of text."""

    file: str
    own: bool
    faults: tuple[Fault, ...]

    def localize(self, locale: Locale) -> str:
        """Return a line for the file and one for each fault."""
        whose = _("the project’s own template") if self.own else _("the template that the plugin brings")
        lines = [f"{self.file} ({locale.show(whose)}):"]
        lines += [f"  {fault.localize(locale)}" for fault in self.faults]
        return "\n".join(lines)


class FaultyTemplates(TemplateError):
    """Templates have errors, so that documents would be wrong or none; nothing was made."""

    def __init__(self, templates: Sequence[Told], folder: str) -> None:
        errors = sum(len(each.faults) for each in templates)
        path = templates[0].file if len(templates) == 1 and templates[0].own else folder
        super().__init__(
            _(
                "Templates have errors ({number}); nothing was written.\n{templates}",
                number=errors,
                templates=_Lines(tuple(templates)),
            ),
            hint=_("List every fault with its remedy: oekoreport template check {file}", file=path),
        )


@dataclass(frozen=True, slots=True)
class _Lines:
    items: tuple[Told, ...]

    def localize(self, locale: Locale) -> str:
        return "\n".join(each.localize(locale) for each in self.items)


def demand_sound_templates(report: Report, jobs: Iterable[Job], folder: str) -> tuple[Message, ...]:
    """Refuse templates with errors before anything is made of them; return what was taken off one that has none.

    A template that nobody has is left to the exporter that names it: it fails alone when it renders.

    Raises:
        FaultyTemplates: with every error of every template.
    """
    told, notes = [], []
    for name, template in word_templates(report, jobs).items():
        try:
            content = report.templates.look_at(name)
        except NoSuchTemplate:
            continue
        own, file = report.templates.is_own(name), shown_name(report.templates, name, folder)
        faults = _faults_of(content, template, own=own)
        if errors := tuple(fault for fault in faults if fault.severity is Severity.ERROR):
            told.append(Told(file, own, errors))
        taken_off = (fault.message for fault in faults if fault.kind is FaultKind.ATTACHED)
        notes += [_("{document}: {note}", document=file, note=message) for message in taken_off]
    if told:
        raise FaultyTemplates(told, folder)
    return tuple(notes)


_CLEAN: set[str] = set()
"""The hashes of plugins' templates that were clean for a project of this process: a batch proofs them once."""


def _faults_of(content: bytes, template: WordTemplate, *, own: bool) -> tuple[Fault, ...]:
    """Return the faults of a template for these values; an officer's own is looked at for each project anew."""
    key = hashlib.sha256(content).hexdigest()
    if not own and key in _CLEAN:
        return ()
    faults = proofed(content, template)
    if not any(fault.severity is Severity.ERROR or fault.kind is FaultKind.ATTACHED for fault in faults):
        _CLEAN.add(key)
    return faults


def proofed(content: bytes, template: WordTemplate, beside: Iterable[Mapping[str, object]] = ()) -> tuple[Fault, ...]:
    """Return the faults of a template; that its proof went over a limit is one."""
    try:
        with step(Kind.TEMPLATE, template.name):
            return proof(content, template.contexts, beside)
    except TemplateError as error:
        return (Fault(FaultKind.TOO_MUCH, Spot(BODY), error.message, error.hint),)


def shown_name(templates: Templates, name: str, folder: str) -> str:
    """Return what to call a template: the path of the project's own file, else its name."""
    return f"{folder}/{OWN_TEMPLATES}/{name}" if templates.is_own(name) else name
