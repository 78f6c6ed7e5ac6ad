"""Formulas are live, say what the figures say, and give way to the mark where a figure is unknown."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from oekoreport import Figure, Figures, Message, Report
from oekoreport.figures import CHAPTERS
from oekoreport.testing.reports import sample_report
from oekoreport_workbook.listing import restates

if TYPE_CHECKING:
    from tests.plugins.workbook.conftest import Changes, Reading
else:
    Changes = Reading = Any

MONEY = st.decimals(min_value=-1_000_000, max_value=1_000_000, places=2)


def test_totals_are_formulas_and_carry_the_figures_values(reference: Reading) -> None:
    figures = sample_report().figures
    live = reference.live()
    assert len(live) > 50
    total = reference.column("Einsparungen", "Einsparung je Jahr")
    sheet = reference.formulas["Einsparungen"]
    row = next(row for row in sheet.iter_rows() if row[0].value == "Insgesamt")
    formula, value = live["Einsparungen", row[total].coordinate]
    assert re.fullmatch(r"=SUM\(D\d+:D\d+\)", formula)
    assert figures["savings.money"].value == Decimal(str(value)) == 242_162


def test_deviations_are_computed_in_the_sheet(reference: Reading) -> None:
    row = next(row for row in reference.formulas["Soll-Ist"].iter_rows() if row[1].value == "Veranstaltungen")
    number = row[0].row
    assert row[6].value == f"=E{number}-C{number}"
    assert row[7].value == f"=G{number}/C{number}*100"


def test_a_total_with_an_unknown_part_is_unknown_and_no_formula(changed: Callable[[Changes], Reading]) -> None:
    reading = changed({("measure", "infineon/1"): {"saving": "#DIV/0!"}, ("payment", "B06/1"): {"amount": "viel"}})
    savings = reading.column("Einsparungen", "Einsparung je Jahr")
    assert reading.row("Einsparungen", "Insgesamt")[savings] == "[unbekannt]"
    assert reading.row("Einsparungen", "Infineon Technologies Bipolar GmbH & Co. KG")[savings] == "[unbekannt]"
    assert reading.row("Soll-Ist", "Insgesamt")[4] == "[unbekannt]"
    assert reading.row("Soll-Ist", "Öffentlichkeitsarbeit, Broschüre", 1)[4:8] == ["[unbekannt]"] * 4
    assert reading.row("Belege", "Insgesamt")[reading.column("Belege", "Ausgegeben")] == "[unbekannt]"
    columns = {"Einsparungen": "D", "Soll-Ist": "E"}
    assert not [cell for sheet, cell in reading.live() if columns.get(sheet) == cell[0]]


def test_a_figure_that_its_column_does_not_sum_up_to_stands_without_a_formula(
    rendered: Callable[[Report], Reading],
) -> None:
    class Wider(Figures):
        """Figures of a project whose whole is more than its parts."""

        def __getitem__(self, name: str) -> Figure:
            figure = super().__getitem__(name)
            return replace(figure, value=Decimal(242_163)) if name == "savings.money" else figure

    report = sample_report()
    reading = rendered(replace(report, figures=Wider(report.project, report.terms, CHAPTERS)))
    column = reading.column("Einsparungen", "Einsparung je Jahr")
    assert reading.row("Einsparungen", "Insgesamt")[column] == 242_163
    assert not [cell for sheet, cell in reading.live() if sheet == "Einsparungen" and cell[0] == "D"]


@given(st.lists(MONEY, min_size=1, max_size=20), MONEY)
def test_a_sum_is_written_as_formula_only_where_it_is_one(amounts: list[Decimal], other: Decimal) -> None:
    def figure(value: Decimal) -> Figure:
        return Figure("any", Message("Any"), "EUR", 2, value, (), ())

    assert restates(amounts, figure(sum(amounts, Decimal(0))))
    assert restates(amounts, figure(other)) == (sum(amounts, Decimal(0)) == other)
    assert not restates([*amounts, None], figure(sum(amounts, Decimal(0))))


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_an_office_suite_computes_the_same_values(reference: Reading, tmp_path: Path) -> None:
    stripped = tmp_path / "stripped.xlsx"
    stripped.write_bytes(without_values(reference.content))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    out = tmp_path / "out"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(stripped)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    computed = load_workbook(out / "stripped.xlsx", data_only=True)
    live = reference.live()
    assert len(live) > 50
    for (sheet, cell), (formula, value) in live.items():
        assert computed[sheet][cell].value == pytest.approx(value, abs=1e-9), (sheet, cell, formula)


def without_values(content: bytes) -> bytes:
    """Return a workbook whose formulas carry no values, so that whoever opens it has to compute."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if "worksheets/sheet" in name:
                part = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", part)
            target.writestr(name, part)
    return buffer.getvalue()
