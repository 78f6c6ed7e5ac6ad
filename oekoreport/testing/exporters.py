"""The contract of exporters as tests: a plugin author inherits them in one line.

::

    class TestListing(ExporterContract):
        exporter = Listing()
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import pytest
from pydantic import BaseModel

from oekoreport.contract import Exporter
from oekoreport.language import Locale, Message
from oekoreport.model import Noun
from oekoreport.records import Record
from oekoreport.report import Document, Report
from oekoreport.testing.documents import text_of
from oekoreport.testing.odd_rounds import ROUNDS, odd_report
from oekoreport.testing.printed_tables import faults_in
from oekoreport.testing.reports import HOSTILE_NAMES, hostile_report, sample_report, without_figures
from oekoreport.units import Amount

DISTINCT = 1000
"""Smaller numbers are not looked for: any document contains them as counts, years or widths."""


class ExporterContract:
    """What the core relies on in every exporter. ``options`` are those to render with; defaults if left out.

    ``records`` join those of the reference round, for an exporter that has nothing to say of it.
    """

    exporter: ClassVar[Exporter[Any]]
    options: ClassVar[dict[str, str]] = {}
    records: ClassVar[tuple[Record, ...]] = ()

    def rendered(self, report: Report) -> list[Document]:
        """Return all documents of a report."""
        options: BaseModel = self.exporter.options.model_validate(self.options)
        return list(self.exporter.render(report, options))

    def test_it_introduces_itself(self) -> None:
        assert self.exporter.name == self.exporter.name.lower().strip()
        assert isinstance(self.exporter.title, Message)
        assert issubclass(self.exporter.options, BaseModel)

    def test_documents_have_names_and_bytes(self) -> None:
        documents = self.rendered(sample_report(self.records))
        names = [document.name for document in documents]
        assert documents
        assert all(names)
        assert all(part.strip() for name in names for part in name)
        assert len(set(names)) == len(names)
        assert all(document.content for document in documents)

    def test_the_same_report_gives_the_same_bytes_on_another_day_in_another_time_zone(self) -> None:
        first = self.rendered(sample_report(self.records))
        with another_day():
            second = self.rendered(sample_report(self.records))
        assert [document.name for document in first] == [document.name for document in second]
        for one, other in zip(first, second, strict=True):
            assert one.content == other.content or not one.reproducible, one.name

    def test_hostile_text_stays_whole(self) -> None:
        for document in self.rendered(hostile_report(self.records)):
            text = text_of(document)
            for name in HOSTILE_NAMES:
                assert text.count(name.split()[0]) == text.count(name), (document.name, name)

    def test_no_figure_is_computed(self) -> None:
        report = sample_report(self.records)
        numbers = figure_numbers(report) - field_numbers(report)
        for document in self.rendered(without_figures(report)):
            words = set(text_of(document).split())
            assert not words & numbers, document.name

    @pytest.mark.parametrize("name", ROUNDS)
    def test_what_is_printed_adds_up(self, name: str) -> None:
        assert [fault for each in self.rendered(odd_report(name, self.records)) for fault in faults_in(each)] == []

    def test_nothing_is_written_or_printed(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.chdir(tmp_path)
        self.rendered(sample_report(self.records))
        printed = capfd.readouterr()
        assert (printed.out, printed.err) == ("", "")
        assert list(tmp_path.iterdir()) == []


@contextmanager
def another_day() -> Iterator[None]:
    """Set the clock a day later, in a time zone at the other end of the world."""
    import time_machine

    with time_machine.travel(datetime.now(ZoneInfo("Pacific/Kiritimati")) + timedelta(days=1)):
        yield


def figure_numbers(report: Report) -> set[str]:
    """Return every figure that is large enough to be told apart, as documents write it."""
    values = [figure.rounded for figure in report.figures.values() if figure.rounded is not None]
    return {text for value in values if abs(value) >= DISTINCT for text in written(value)}


def field_numbers(report: Report) -> set[str]:
    """Return every number that stands in a field, as documents write it."""
    return {text for value in _numbers(report.project) for text in written(value)}


def written(value: Decimal) -> set[str]:
    """Return a number as a spreadsheet stores it and as German documents print it."""
    german = Locale("de")
    plain = f"{value.normalize():f}"
    return {plain, german.number(value), german.number(value, 0), german.number(value, 2)}


def _numbers(noun: Noun) -> Iterator[Decimal]:
    for name in type(noun).model_fields:
        value = getattr(noun, name)
        match value:
            case Amount():
                yield value.value
                yield value.base()
            case Decimal() | int():
                yield Decimal(value)
            case Noun():
                yield from _numbers(value)
            case tuple():
                for child in value:
                    if isinstance(child, Noun):
                        yield from _numbers(child)
