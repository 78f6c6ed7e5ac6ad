"""What a sheet is: nothing becomes the recipient by three heads, and what a company sent is never passed over."""

from __future__ import annotations

import io
import shutil
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from oekoreport.build.demo import write_demo
from oekoreport.build.examination import report_on
from oekoreport.contract import Registry
from oekoreport.findings import Finding
from oekoreport.language import Locale
from oekoreport.report import Report
from oekoreport.units import Amount

FOUND = Path(__file__).parents[4] / "shared" / "found"
GERMAN = Locale("de")
ACCOUNT = ("phone", "iban", "bank")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reference round, whose recipient has neither telephone nor account."""
    folder = tmp_path_factory.mktemp("runde") / "demo"
    write_demo(folder, Registry.discover())
    book = openpyxl.load_workbook(folder / "projekt.xlsx")
    sheet = book["Zuwendungsempfänger"]
    for row in sheet.iter_rows(max_col=2):
        if row[0].value in ("Telefon", "IBAN", "Kreditinstitut"):
            row[1].value = None
    book.save(folder / "projekt.xlsx")
    return folder


@pytest.fixture
def folder(demo: Path, tmp_path: Path) -> Path:
    """A copy of the round, to put files into."""
    return Path(shutil.copytree(demo, tmp_path / "demo"))


def examined(folder: Path) -> Report:
    return report_on(folder, Registry.discover())


def told(report: Report, file: str) -> list[Finding]:
    """Return what is said of a file."""
    return [
        each
        for verdict in report.verdicts
        for each in (*verdict.findings, *verdict.undecided)
        if each.place is not None and each.place.file == file
    ]


@pytest.mark.parametrize("below", ["erhebung", "belege"])
@pytest.mark.parametrize("name", ["rechnungsdaten_firma.xlsx", "bankdaten_liste.xlsx"])
def test_a_companys_account_never_becomes_the_recipients(folder: Path, below: str, name: str) -> None:
    (folder / below).mkdir(exist_ok=True)
    shutil.copy(FOUND / name, folder / below / name)
    report = examined(folder)
    recipient = report.project.recipient
    assert recipient is not None
    assert [getattr(recipient, field) for field in ACCOUNT] == [None, None, None]
    (finding,) = told(report, f"{below}/{name}")
    assert finding.question
    assert report.draft
    assert GERMAN.show(finding.message) == "Das Blatt sieht wie „Zuwendungsempfänger“ aus und wird nicht gelesen."


def test_a_list_of_addresses_is_told_as_one(folder: Path) -> None:
    before = examined(folder)
    shutil.copy(FOUND / "adressliste.xlsx", folder / "erhebung")
    report = examined(folder)
    assert report.project.model_dump_json() == before.project.model_dump_json()
    (finding,) = told(report, "erhebung/adressliste.xlsx")
    assert (finding.question, finding.severity.name) == (False, "NOTE")
    assert GERMAN.show(finding.message) == "Das Blatt ist eine Adressliste; es wird nicht gelesen."
    assert not report.draft


def test_a_returned_workbook_of_which_nothing_is_recognised_is_asked_about(folder: Path) -> None:
    shutil.copy(FOUND / "rueckmeldung_betrieb.xlsx", folder / "erhebung")
    report = examined(folder)
    (finding,) = told(report, "erhebung/rueckmeldung_betrieb.xlsx")
    assert (finding.code, finding.question) == ("DATA-SHEET", True)
    assert report.draft


@pytest.mark.parametrize(("name", "draft"), [("erhebung/notiz.txt", True), ("notiz.txt", False)])
def test_a_companys_file_that_nobody_reads_is_asked_about(folder: Path, name: str, draft: bool) -> None:  # noqa: FBT001
    (folder / name).write_text("Wir haben 20.000 kWh gespart.", encoding="utf-8")
    report = examined(folder)
    (finding,) = told(report, name)
    assert (finding.code, finding.question, report.draft) == ("DATA-UNCLAIMED", draft, draft)


def test_a_sheet_that_is_named_for_the_recipient_is_the_recipients(folder: Path) -> None:
    text = "Telefon;02921 30-0\nIBAN;DE00 1234\nKreditinstitut;Sparkasse\n"
    (folder / "zuwendungsempfaenger.csv").write_text(text, encoding="utf-8")
    recipient = examined(folder).project.recipient
    assert recipient is not None
    assert [getattr(recipient, field) for field in ACCOUNT] == ["02921 30-0", "DE00 1234", "Sparkasse"]


def test_a_companys_sheet_named_like_one_of_the_project_is_not_the_projects(folder: Path) -> None:
    before = examined(folder).project.model_dump_json()
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Vorhaben"
    for row in (("Bezeichnung", "Neue Heizung"), ("Beginn des Vorhabens", "1.3.2021"), ("Region", "Werl")):
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    (folder / "erhebung" / "antwort.xlsx").write_bytes(buffer.getvalue())
    report = examined(folder)
    assert report.project.model_dump_json() == before
    assert [finding.question for finding in told(report, "erhebung/antwort.xlsx")] == [True]


def test_a_consultants_table_names_companies_heads_and_units_as_people_do(folder: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Tabelle1"
    for row in (
        ("Lfd. Nr.", "Betrieb", "Bereich", "Maßnahme", "Invest. (T€)", "Einsparung [€/a]", "Strom [MWh/a]", "Status"),
        (1, "Tagungs- und Kongresszentrum Bad Sassendorf", "Energie und Emissionen", "Neu 1", 1.5, 300, 12, "Idee"),
        (2, "INFINEON Technologies Bipolar", "Energie und Emissionen", "Neu 2", 2, 100, 3, "Idee"),
        (None, "Summe", None, None, 3.5, 400, 15, None),
    ):
        sheet.append(row)
    book.save(folder / "erhebung" / "beratung.xlsx")
    project = examined(folder).project
    found = {
        participant.key: [
            (measure.investment, measure.saving, [effect.amount for effect in measure.effects])
            for site in participant.sites
            for measure in site.measures
            if (measure.title or "").startswith("Neu")
        ]
        for participant in project.participants
    }
    assert {key: new for key, new in found.items() if new} == {
        "tagung": [(Decimal(1500), Decimal(300), [Amount(Decimal(12), "MWh")])],
        "infineon": [(Decimal(2000), Decimal(100), [Amount(Decimal(3), "MWh")])],
    }
