"""The workbook of the reference round, of rounds that differ from it, and both as a reader opens them."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from openpyxl import load_workbook

from oekoreport import NoOptions, Report
from oekoreport.build.demo import demo_records
from oekoreport.testing.reports import report_of, sample_report
from oekoreport_workbook import oekoreport_exporters

Changes = Mapping[tuple[str, str], Mapping[str, object]]


class Reading:
    """A workbook as its reader has it: values as they stand, formulas behind them."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        # Any: the stubs of openpyxl leave out what tests ask for, and give every cell every type that there is.
        self.values: Any = load_workbook(io.BytesIO(content), data_only=True)
        self.formulas: Any = load_workbook(io.BytesIO(content))

    def rows(self, sheet: str) -> list[list[object]]:
        """Return the rows of a sheet as values."""
        return [list(row) for row in self.values[sheet].iter_rows(values_only=True)]

    def row(self, sheet: str, first: object, column: int = 0, *, after: str = "") -> list[object]:
        """Return the first row that has a value in a column, below the row that begins with ``after`` if given."""
        rows = self.rows(sheet)
        start = next(index for index, row in enumerate(rows) if row[0] == after) if after else 0
        return next(row for row in rows[start:] if row[column] == first)

    def column(self, sheet: str, head: str, *, after: str = "") -> int:
        """Return the index of the column with a head."""
        rows = self.rows(sheet)
        start = next(index for index, row in enumerate(rows) if row[0] == after) if after else 0
        return next(row.index(head) for row in rows[start:] if head in row)

    def live(self) -> dict[tuple[str, str], tuple[str, object]]:
        """Return every formula by sheet and cell, with the value that is written for it."""
        return {
            (sheet.title, cell.coordinate): (str(cell.value), self.values[sheet.title][cell.coordinate].value)
            for sheet in self.formulas.worksheets
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f"
        }


def render(report: Report, *, outward: bool = False) -> bytes:
    """Return the bytes of the workbook that stays inside, which has every sheet, or of the one for others."""
    (exporter,) = oekoreport_exporters()
    public, internal = exporter.render(report, NoOptions())
    assert (public.name, internal.name) == (("kohorte.xlsx",), ("intern", "kohorte-intern.xlsx"))
    return public.content if outward else internal.content


def with_changes(changes: Changes) -> Report:
    """Return the reference round with fields of some records changed; a field that is None is taken away."""
    records = [
        replace(record, values={**record.values, **changes.get((record.kind, record.key), {})})
        for record in demo_records()
    ]
    return report_of(
        replace(record, values={name: value for name, value in record.values.items() if value is not None})
        for record in records
    )


@cache
def _reference() -> Reading:
    return Reading(render(sample_report()))


@pytest.fixture
def reference() -> Reading:
    """The workbook of the reference round."""
    return _reference()


@pytest.fixture
def changed() -> Callable[[Changes], Reading]:
    """Renders the reference round with changes."""
    return lambda changes: Reading(render(with_changes(changes)))


@pytest.fixture
def outward() -> Callable[[Changes], Reading]:
    """Renders the workbook for others of the reference round with changes."""
    return lambda changes: Reading(render(with_changes(changes), outward=True))


@pytest.fixture
def rendered() -> Callable[[Report], Reading]:
    """Renders any report."""
    return lambda report: Reading(render(report))
