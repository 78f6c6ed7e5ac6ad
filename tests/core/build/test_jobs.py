"""What an exporter is asked before anything is made: its papers."""

from collections.abc import Iterator
from typing import ClassVar

import pytest

from oekoreport import Document, Exporter, NoOptions, Report
from oekoreport.build.jobs import jobs_of
from oekoreport.documents.papers import Paper, PaperExporter
from oekoreport.language import Message
from oekoreport.steps import Excess, Kind, Step, Told, be_watched
from oekoreport.testing.reports import sample_report


class Slow(PaperExporter[NoOptions]):
    """Asks nobody how long it may think about its papers."""

    name = "slow"
    title = Message("Slow")
    options = NoOptions
    heard: ClassVar[list[Told]] = []
    when: ClassVar[list[Step | None]] = []

    def papers(self, report: Report, options: NoOptions) -> Iterator[Paper]:  # noqa: ARG002 - it has none
        self.when.append(self.heard[-1].step)
        yield Paper(("slow",), "Slow", {"title": report.project.title}, "slow.docx")


class Quick(Exporter[NoOptions]):
    name = "quick"
    title = Message("Quick")
    options = NoOptions

    def render(self, report: Report, options: NoOptions) -> Iterator[Document]:  # noqa: ARG002 - it is quick
        yield Document(("quick.txt",), b"")


@pytest.fixture
def heard() -> Iterator[list[Told]]:
    Slow.heard.clear()
    Slow.when.clear()
    yield Slow.heard
    be_watched(None, {})


def test_papers_are_asked_for_in_the_step_of_their_exporter(heard: list[Told]) -> None:
    be_watched(heard.append, {})
    (job,) = jobs_of(sample_report(), [(Slow(), NoOptions())])
    assert [paper.name for paper in job.papers] == [("slow",)]
    assert Slow.when == [Step(Kind.EXPORTER, "slow")]


def test_one_whose_papers_went_too_far_has_none_and_the_others_are_asked(heard: list[Told]) -> None:
    be_watched(heard.append, {Step(Kind.EXPORTER, "slow"): Excess.SECONDS})
    slow, quick = jobs_of(sample_report(), [(Slow(), NoOptions()), (Quick(), NoOptions())])
    assert Slow.when == []
    assert "The exporter slow was stopped: it took more computing time" in str(slow.error)
    assert [document.name for document in quick.documents(sample_report())] == [("quick.txt",)]
