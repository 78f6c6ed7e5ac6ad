"""The reference round as a report in which everything occurs: what a template may name where no project is at hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from oekoreport.build.demo import DEMO_NARRATIVES, demo_narrative, demo_records
from oekoreport.build.examination import examine
from oekoreport.build.intake import Intake
from oekoreport.build.reading import read
from oekoreport.contract import Registry
from oekoreport.model import KINDS, attributes
from oekoreport.records import Balance, Origin, Record, Source, assemble
from oekoreport.report import Report


def specimen(registry: Registry) -> Report:
    """Return the reference round, completed by one example of each kind that it lacks (an aid)."""
    narratives = (Source(name, demo_narrative(name).encode()) for name in DEMO_NARRATIVES)
    records = [*demo_records(), *read(narratives, registry).records]
    records += _examples(records)
    return examine(Intake(Path("specimen"), assemble(records), len(records), Balance()), registry)


def _examples(records: Iterable[Record]) -> Iterator[Record]:
    """Yield an object of each kind that no record has, made of its fields' examples."""
    first = {record.kind: record.key for record in reversed(list(records))}
    for kind, noun in KINDS.items():
        if kind not in first:
            values = {attribute.name: attribute.example for attribute in attributes(noun) if not attribute.refers}
            yield Record(kind, kind, values, Origin("specimen"), first.get(noun.parent, ""), plain=True)
