"""Reports to try an exporter on: the reference round, the same with hostile data, and with every figure unknown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from oekoreport.build.demo import demo_narrative, demo_records
from oekoreport.build.examination import examine
from oekoreport.build.intake import Intake
from oekoreport.build.reading import read
from oekoreport.contract import Registry
from oekoreport.figures import CHAPTERS, Figure, Figures
from oekoreport.model.standing import Keys
from oekoreport.records import UNREADABLE, Balance, Files, Record, Source, assemble
from oekoreport.report import Report

HOSTILE_NAMES = (
    'Müller & Söhne <GmbH> "=1+1" / ..',
    '=HYPERLINK("x")&{{ project.title }}{% raw %} #strong[x] $x$ \\u{1F33F}',
    "Ökologische Genossenschaft \u202eאבג\u202c ]]> &amp; Töchter",
    "Gemeinnützige Gesellschaft zur Förderung der Nachhaltigkeit im Kreis, Außenstelle Mitte",
)
"""Names that lose text, inject a formula or break a page in careless exporters."""


def report_of(records: Iterable[Record]) -> Report:
    """Return the report of a project that consists of these records, judged by the installed rulebooks."""
    records = list(records)
    workbook = Source("projekt.xlsx", b"")
    assert workbook.sha256
    intake = Intake(Path("project"), assemble(records), len(records), Balance(), Files([workbook]))
    return examine(intake, Registry.discover())


def sample_report(more: Iterable[Record] = ()) -> Report:
    """Return the report of the reference round, with more records where given."""
    more = tuple(more)
    return report_of([*demo_records(), *_narratives(), *more]) if more else _reference_round()


@cache
def _reference_round() -> Report:
    return report_of([*demo_records(), *_narratives()])


def _narratives() -> list[Record]:
    """Return the narrative of the reference round as the installed importer reads it."""
    return read([Source("sachbericht.md", demo_narrative().encode())], Registry.discover()).records


def hostile_report(more: Iterable[Record] = ()) -> Report:
    """Return the reference round with hostile names, an amount that cannot be read, and a missing date."""
    more = tuple(more)
    return _made_hostile_round(more) if more else _hostile_round()


@cache
def _hostile_round() -> Report:
    return _made_hostile_round(())


def _made_hostile_round(more: tuple[Record, ...]) -> Report:
    records = [*demo_records(), *_narratives(), *more]
    participants = [record for record in records if record.kind == "participant"]
    names = {record.key: name for record, name in zip(participants, HOSTILE_NAMES, strict=False)}
    payment = next(record for record in records if record.kind == "payment")
    return report_of(_made_hostile(record, names, payment) for record in records)


def _made_hostile(record: Record, names: dict[str, str], payment: Record) -> Record:
    if record.kind == "participant" and record.key in names:
        return replace(record, values={**record.values, "name": names[record.key]})
    if record is payment:
        return replace(record, values={**record.values, "amount": UNREADABLE})
    if record.kind == "award":
        return replace(record, values={name: value for name, value in record.values.items() if name != "date"})
    return record


class UnknownFigures(Figures):
    """The figures of a report, every one unknown: what an exporter still prints, it computed itself."""

    def __init__(self, figures: Figures) -> None:
        super().__init__(figures.project, figures.terms, CHAPTERS)

    def __getitem__(self, name: str) -> Figure:
        return replace(super().__getitem__(name), value=None, day=None)

    def standing(self, day: date) -> tuple[Figures, Keys]:
        figures, whole = super().standing(day)
        return (self if figures is self else UnknownFigures(figures)), whole


def without_figures(report: Report) -> Report:
    """Return a report in which every figure is unknown, and no finding quotes one."""
    return replace(report, figures=UnknownFigures(report.figures), verdicts=())
