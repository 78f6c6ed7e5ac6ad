"""What is to be exported: each exporter with its options, and with its papers, whose values are built here, once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from oekoreport.contract import Exporter, ForeignFault, foreign_code
from oekoreport.documents.papers import Paper, PaperExporter, printed
from oekoreport.errors import OekoreportError
from oekoreport.language import Message, catalogue
from oekoreport.report import Document, Report
from oekoreport.steps import Kind, step

_ = catalogue("oekoreport")

WITHHELD = _("Its documents were withheld. Report this to the plugin's author.")


ORDINARY_RECORDS = 1_000
"""An ordinary round has fewer; its documents are made in the time that every step has."""

RECORDS_PER_SECOND = 500
"""For so many records more a second of computing for one document is honest, as for a list of 20,000 receipts."""


class ExporterFailed(OekoreportError):
    """A bug in an exporter: it raised an unexpected exception, or yielded something that cannot be published."""

    def __init__(self, name: str, problem: Message) -> None:
        super().__init__(_("The exporter {name} failed: {problem}", name=name, problem=problem), hint=WITHHELD)


@dataclass(frozen=True, slots=True)
class Job:
    """An exporter that is to run for a report.

    Attributes:
        exporter: the exporter.
        options: what it runs with.
        papers: what it makes of templates, with the values that were built for it.
        error: why it could not say which papers there are; it is raised where its documents are asked for.
    """

    exporter: Exporter[Any]
    options: BaseModel
    papers: tuple[Paper, ...] = ()
    error: OekoreportError | None = None

    def documents(self, report: Report) -> Iterator[Document]:
        """Yield the exporter's documents: its papers printed, or what it renders by itself."""
        if self.error is not None:
            raise self.error
        if isinstance(self.exporter, PaperExporter):
            return printed(report, self.exporter.name, self.papers)
        return self.exporter.render(report, self.options)


def jobs_of(report: Report, chosen: Iterable[tuple[Exporter[Any], BaseModel]]) -> tuple[Job, ...]:
    """Return the jobs of exporters; here, and nowhere else, the values of their papers are built."""
    return tuple(_job(report, exporter, options) for exporter, options in chosen)


def _job(report: Report, exporter: Exporter[Any], options: BaseModel) -> Job:
    if not isinstance(exporter, PaperExporter):
        return Job(exporter, options)
    try:
        with foreign_code(may_raise=OekoreportError), step_of(exporter, report):
            return Job(exporter, options, tuple(map(_paper, exporter.papers(report, options))))
    except ForeignFault as error:
        return Job(exporter, options, error=ExporterFailed(exporter.name, error.message))
    except OekoreportError as error:
        return Job(exporter, options, error=error)


def step_of(exporter: Exporter[Any], report: Report) -> AbstractContextManager[None]:
    """Return the step in which an exporter is asked for its papers, and again for its documents."""
    beyond = max(0, len(report.origins) - ORDINARY_RECORDS)
    return step(Kind.EXPORTER, exporter.name, seconds=beyond / RECORDS_PER_SECOND)


def _paper(paper: object) -> Paper:
    """Return a paper as it is; nobody else checks the types of what a plugin makes."""
    if not isinstance(paper, Paper):
        raise TypeError(f"{type(paper).__name__} is no Paper")
    return paper
