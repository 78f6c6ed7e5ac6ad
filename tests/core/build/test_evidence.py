"""The files of receipts, as they lie in a project's folder and as officers write their paths."""

from pathlib import Path

import openpyxl
import pytest

from oekoreport.build.demo import write_demo
from oekoreport.build.examination import report_on
from oekoreport.contract.registry import Registry
from oekoreport.report import Report
from oekoreport.rules.verdict import Outcome

REGISTRY = Registry.discover()


@pytest.fixture
def round_of_files(tmp_path: Path) -> Path:
    """The demo, whose receipt B10 names a file as Windows writes it."""
    write_demo(tmp_path, REGISTRY)
    book = openpyxl.load_workbook(tmp_path / "projekt.xlsx")
    sheet = book["Belege"]
    (head,) = (cell for row in sheet.iter_rows(max_row=8) for cell in row if cell.value == "Datei")
    (row,) = (row for row in sheet.iter_rows() if row[0].value == "B10")
    row[head.column - 1].value = r"Belege\B10.pdf"
    book.save(tmp_path / "projekt.xlsx")
    (tmp_path / "belege").mkdir(exist_ok=True)
    return tmp_path


def told(report: Report, code: str) -> list[str]:
    return [
        str(finding.message.values["file"])
        for each in report.verdicts
        for finding in each.findings
        if each.code == code
    ]


def test_a_file_that_is_there_in_another_spelling_is_found_and_is_no_stranger(round_of_files: Path) -> None:
    (round_of_files / "belege" / "b10.PDF").write_bytes(b"%PDF-1.7\n%%EOF\n")
    report = report_on(round_of_files, REGISTRY)
    outcomes = {verdict.code: verdict.outcome for verdict in report.verdicts}
    assert outcomes["CORE-FILE"] is Outcome.PASSED
    assert outcomes["DATA"] is Outcome.PASSED


def test_a_file_that_is_missing_or_empty_keeps_documents_drafts(round_of_files: Path) -> None:
    report = report_on(round_of_files, REGISTRY)
    assert told(report, "CORE-FILE") == [r"Belege\B10.pdf"]
    assert report.draft
    (round_of_files / "belege" / "B10.pdf").write_bytes(b"")
    report = report_on(round_of_files, REGISTRY)
    assert told(report, "CORE-FILE") == ["belege/B10.pdf"]
    assert report.draft
