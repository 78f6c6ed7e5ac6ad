"""The clean round: small, complete, and green under every built-in rule. Case files change it where they must.

Two participants, two expenditure lines, two receipts, all of it spent as planned: 1,500 EUR, of which 80 % are granted.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from oekoreport.model import KINDS, attributes
from oekoreport.places import column_letters
from oekoreport.records import Origin, Record

FILE = "runde.xlsx"
PARTICIPANTS = ("klinik", "werk")


def clean_round() -> list[Record]:
    """Return the records of the clean round; each field has a cell of ``runde.xlsx``, a sheet for each kind."""
    kinds = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return [
        _record(kind, key, row, **values)
        for kind, objects in kinds.items()
        for row, (key, values) in enumerate(objects.items(), 2)
    ]


def _record(kind: str, key: str, row: int, parent: str = "", **values: object) -> Record:
    return Record(kind, key, values, Origin(FILE, kind, row, _columns(kind)), parent)


def _columns(kind: str) -> dict[str, str]:
    return {attribute.name: column_letters(index) for index, attribute in enumerate(attributes(KINDS[kind]), 1)}
