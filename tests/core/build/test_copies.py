"""The demo with its income copied, as it comes about in offices: the grant stays, and the copy is named."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from oekoreport import Report
from oekoreport.build.demo import write_demo
from oekoreport.build.examination import report_on
from oekoreport.contract import Registry

SHEET, FIRST_ROW = "Einnahmen", 4


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo with an income sheet without keys."""
    folder = tmp_path_factory.mktemp("demo")
    write_demo(folder, Registry.discover())
    with_income(folder, without_keys)
    return folder


@pytest.fixture
def folder(demo: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(demo, tmp_path / "runde"))


def with_income(folder: Path, change: Callable[[Any, Any], None]) -> None:
    book: Any = openpyxl.load_workbook(folder / "projekt.xlsx")
    change(book, book[SHEET])
    book.save(folder / "projekt.xlsx")


def without_keys(_book: Any, sheet: Any) -> None:
    for row in range(FIRST_ROW, sheet.max_row + 1):
        sheet.cell(row, 1).value = None


def incomes(sheet: Any) -> list[list[Any]]:
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=FIRST_ROW)]
    return [row for row in rows if any(value is not None for value in row)]


def examined(folder: Path) -> Report:
    report = report_on(folder, Registry.discover())
    assert report.figures["settlement.grant_due"].value == Decimal("19040.67")
    return report


def errors(report: Report) -> list[tuple[str, str]]:
    found = [finding for verdict in report.verdicts if verdict.blocks for finding in verdict.open_findings]
    return [(finding.code, str(finding.place)) for finding in found if finding.code.startswith("DATA")]


def test_rows_without_keys_change_nothing(folder: Path) -> None:
    report = examined(folder)
    assert not report.draft
    assert {report.origins.typed_key(income.identity) for income in report.project.incomes} == {""}


def test_a_copied_row(folder: Path) -> None:
    def copy(_book: Any, sheet: Any) -> None:
        rows = incomes(sheet)
        for index, value in enumerate(rows[0], 1):
            sheet.cell(FIRST_ROW + len(rows), index).value = value

    with_income(folder, copy)
    assert errors(examined(folder)) == [("DATA-COPY", "projekt.xlsx: Einnahmen, row 17")]


@pytest.mark.parametrize("state", ["visible", "hidden"])
def test_a_copied_sheet_wherever_it_stands(folder: Path, state: str) -> None:
    def copy(book: Any, sheet: Any) -> None:
        copied = book.copy_worksheet(sheet)
        copied.title, copied.sheet_state = "Einnahmen (2)", state
        book.move_sheet(copied, -len(book.sheetnames))

    with_income(folder, copy)
    assert ("DATA-COPY", "projekt.xlsx: Einnahmen (2), row 4") in errors(examined(folder))


def test_a_csv_beside_the_sheet_that_lacks_columns(folder: Path) -> None:
    def text(value: Any) -> str:
        if isinstance(value, float):
            return str(value).replace(".", ",")
        return f"{value:%d.%m.%Y}" if isinstance(value, datetime) else str(value or "")

    book: Any = openpyxl.load_workbook(folder / "projekt.xlsx")
    sheet = book[SHEET]
    heads = [cell.value for cell in sheet[FIRST_ROW - 1]]
    kept = [index for index, head in enumerate(heads) if head and not head.startswith(("Schlüssel", "Deckt"))]
    with (folder / "Einnahmen.csv").open("w", encoding="utf-8", newline="") as file:
        rows: list[list[Any]] = [heads, *([text(value) for value in row] for row in incomes(sheet))]
        csv.writer(file, delimiter=";").writerows([row[index] for index in kept] for row in rows)
    assert errors(examined(folder)) == [("DATA-COPY", "Einnahmen.csv: row 2")]


@pytest.mark.parametrize("name", ["projekt-PC17.xlsx", "projekt (2).xlsx"])
def test_a_second_project_workbook(folder: Path, name: str) -> None:
    shutil.copy(folder / "projekt.xlsx", folder / name)
    report = examined(folder)
    assert errors(report) == [("DATA-SECOND-PROJECT", name)]
    assert {cells.place.file for cells in report.balance.left_out()} == {name}
