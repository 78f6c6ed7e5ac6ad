"""Keys that nobody typed: the workbook for others prints none, the one that stays inside has them all."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from oekoreport.build.demo import demo_records
from oekoreport.model import KINDS
from oekoreport.records.record import Record
from oekoreport.testing.reports import report_of

from .conftest import Reading, render


def keyless(kind: str, field: str = "") -> list[Record]:
    """Return the reference round with numbers of ours for the keys of a kind; ``field`` refers to them elsewhere."""
    ours = {record.key: f"#{number:04}" for number, record in enumerate(demo_records()) if record.kind == kind}
    return [
        replace(
            record,
            key=ours[record.key] if record.kind == kind else record.key,
            parent=ours[record.parent] if KINDS[record.kind].parent == kind else record.parent,
            values={
                name: ours.get(str(value), value) if name == field else value for name, value in record.values.items()
            },
        )
        for record in demo_records()
    ]


@pytest.mark.parametrize(("kind", "field"), [("measure", ""), ("receipt", "refers_to"), ("expenditure_line", "line")])
def test_a_key_that_nobody_typed_stands_in_the_workbook_that_stays_inside_alone(kind: str, field: str) -> None:
    report = report_of(keyless(kind, field))
    outside, inside = (texts_of(Reading(render(report, outward=outward))) for outward in (True, False))
    assert [text for text in outside if re.search(r"#\d{4}", text)] == []
    assert [text for text in inside if re.search(r"#\d{4}", text)] != []


def texts_of(book: Reading) -> list[str]:
    return [str(value) for sheet in book.values.sheetnames for row in book.rows(sheet) for value in row]
