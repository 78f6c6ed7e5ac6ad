"""Running exporters one after the other: what one of them does wrong is named and harms no other."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from oekoreport.build.jobs import ExporterFailed, Job, step_of
from oekoreport.build.ownership import Ownership
from oekoreport.build.publishing import place_documents
from oekoreport.contract import ForeignFault, foreign_code
from oekoreport.errors import OekoreportError, TemplateError
from oekoreport.folder import OWN_TEMPLATES
from oekoreport.language import Message, catalogue
from oekoreport.report import Document, Report, Templates
from oekoreport.steps import beat
from oekoreport.system import SystemRefusal

_ = catalogue("oekoreport")

MOST_BYTES = 500_000_000
"""What the documents of one exporter may have in all: 10,000 certificates with a large logo have half of it."""

MOST_DOCUMENTS = 50_000
"""A round of 10,000 participants has 20,000; one that yields empty documents for ever comes to an end here."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An exporter that failed; its documents are withheld. ``own``: it failed at a template of the project's own."""

    exporter: str
    error: OekoreportError
    own: bool = False


def export(
    report: Report, jobs: deque[Job], ownership: Ownership, progress: Callable[[Message], None]
) -> tuple[dict[str, Document], tuple[Failure, ...]]:
    """Run exporters; return documents by path, and a failure for each exporter that has none.

    Jobs are taken out of ``jobs`` as they are done: what the papers of one hold is not held beside those of the next.

    Raises:
        SystemRefusal: the system failed, which is the fault of no exporter.
    """
    made: dict[str, dict[str, Document]] = {}
    failures: dict[str, Failure] = {}
    while jobs:
        job = jobs.popleft()
        name = job.exporter.name
        progress(job.exporter.title)
        try:
            with foreign_code(may_raise=OekoreportError), step_of(job.exporter, report):
                placed = place_documents(_documents(job, report))
            ownership.take(name, placed)
        except SystemRefusal:
            raise
        except ForeignFault as error:
            failures[name] = Failure(name, ExporterFailed(name, error.message))
        except OekoreportError as error:
            failures[name] = Failure(name, _at_its_template(error, report.templates), _is_own(error, report.templates))
        else:
            made[name] = placed
    failures |= {name: Failure(name, error) for name, error in ownership.contested.items()}
    documents = (placed for name, placed in made.items() if name not in failures)
    return dict(chain.from_iterable(map(dict.items, documents))), tuple(failures.values())


def _documents(job: Job, report: Report) -> Iterator[Document]:
    left = MOST_BYTES
    for number, document in enumerate(job.documents(report), 1):
        problem = _problem_of(document)
        if problem is not None:
            raise ExporterFailed(job.exporter.name, problem)
        if number > MOST_DOCUMENTS:
            raise ExporterFailed(job.exporter.name, _("it makes more than {number} documents.", number=MOST_DOCUMENTS))
        left -= len(document.content)
        if left < 0:
            told = _("its documents have more than {megabytes} MB in all.", megabytes=MOST_BYTES // 1_000_000)
            raise ExporterFailed(job.exporter.name, told)
        beat()
        yield replace(document, exporter=job.exporter.name)


def _problem_of(document: object) -> Message | None:
    """Return why a yielded object is not a valid document, or None if it is: a plugin's types are checked here only."""
    if not isinstance(document, Document):
        return _("it yields {kind} instead of a Document.", kind=type(document).__name__)
    name: object = document.name
    content: object = document.content
    if not (isinstance(name, tuple) and name and all(isinstance(part, str) for part in name)):
        return _("a document’s name has to be a tuple of texts, but is {name}.", name=repr(name))
    if not isinstance(content, bytes):
        kind = type(content).__name__
        return _("the content of {document} has to be bytes, but is {kind}.", document="/".join(name), kind=kind)
    return None


def _is_own(error: OekoreportError, templates: Templates) -> bool:
    return isinstance(error, TemplateError) and error.place is not None and templates.is_own(error.place.file)


def _at_its_template(error: OekoreportError, templates: Templates) -> OekoreportError:
    """Let a template's fault say whose file it is: the officer's own, or the one that a plugin brings."""
    place = error.place
    if not isinstance(error, TemplateError) or place is None or place.file not in templates.used:
        return error
    if not templates.is_own(place.file):
        return error.because(_("In the plugin’s template: {problem}", problem=error.message))
    error = error.at(place._replace(file=f"{OWN_TEMPLATES}/{place.file}"))
    return error.because(_("In the project’s own template: {problem}", problem=error.message))
