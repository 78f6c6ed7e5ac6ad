"""Reading: who is asked whether a file is its own, and what becomes of one that never answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from oekoreport import Claim, Importer, Record, Source
from oekoreport.build.reading import read
from oekoreport.contract import Registry
from oekoreport.contract.registry import PluginInfo
from oekoreport.enclosure import Enclosure
from oekoreport.findings import Finding, Severity
from oekoreport.records import Cells
from oekoreport.steps import Excess, Kind, Step, be_watched


class Portal(Importer):
    """An importer that claims nothing and notes what it was asked."""

    def __init__(self) -> None:
        self.name = "portal"
        self.asked: list[str] = []

    def claims(self, source: Source) -> Claim:
        self.asked.append(source.name)
        return Claim.NONE

    def read(self, _source: Source) -> Iterator[Record | Finding | Cells]:
        yield from ()


@pytest.fixture
def sources(tmp_path: Path) -> list[Source]:
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_text("{}")
    return [Source(name, Enclosure(tmp_path)) for name in ("a.json", "b.json")]


@pytest.fixture(autouse=True)
def _stopped() -> Iterator[None]:
    be_watched(None, {Step(Kind.IMPORTER, "portal"): Excess.SECONDS})
    yield
    be_watched(None, {})


def test_an_importer_that_was_stopped_is_named_once_and_asked_no_more(sources: list[Source]) -> None:
    portal = Portal()
    reading = read(sources, Registry([PluginInfo("portal", "portal-plugin", "1", importers=(portal,))]))
    assert portal.asked == []
    (finding,) = reading.findings
    assert (finding.code, finding.severity, finding.place) == ("DATA-IMPORTER", Severity.ERROR, None)
    assert "The importer portal was stopped and is asked no more" in str(finding.message)
    assert [source.name for source in reading.unclaimed] == ["a.json", "b.json"]


def test_a_built_in_importer_is_asked_on_because_a_file_is_at_fault(sources: list[Source]) -> None:
    portal = Portal()
    read(sources, Registry([PluginInfo("portal", "oekoreport", "1", importers=(portal,))]))
    assert portal.asked == ["a.json", "b.json"]
