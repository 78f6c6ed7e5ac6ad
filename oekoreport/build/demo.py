"""The reference round as records: sample data that the demo's project folder is written from."""

from __future__ import annotations

import csv
from pathlib import Path

from oekoreport.model import KINDS
from oekoreport.places import column_letters
from oekoreport.records.record import Origin, Record
from oekoreport.report.templates import shipped_templates

KEY_COLUMNS = 2
"""Key and the parent's key stand before the fields."""


def demo_records() -> list[Record]:
    """Return the records of the reference round, parents before children, without its narrative.

    Each kind is a file ``<kind>.csv``: UTF-8, semicolons, a row of field names, values as people write them. An empty
    cell says nothing of its field.
    """
    folder = shipped_templates("demo")
    paths = (folder / f"{kind}.csv" for kind in KINDS)
    return [record for path in paths if path.exists() for record in _read(path)]


def demo_narrative(name: str = "sachbericht.md") -> str:
    """Return a narrative report of the reference round (Sachbericht) as Markdown: the final one if left out."""
    return (shipped_templates("demo") / name).read_text(encoding="utf-8")


def _read(path: Path) -> list[Record]:
    with path.open(encoding="utf-8", newline="") as file:
        (_key, _parent, *names), *rows = csv.reader(file, delimiter=";")
    columns = {name: column_letters(index) for index, name in enumerate(names, KEY_COLUMNS)}
    return [
        Record(path.stem, key, _stated(names, values), Origin(path.name, row=number, columns=columns), parent)
        for number, (key, parent, *values) in enumerate(rows, 2)
    ]


def _stated(names: list[str], values: list[str]) -> dict[str, object]:
    return {name: value for name, value in zip(names, values, strict=True) if value}
