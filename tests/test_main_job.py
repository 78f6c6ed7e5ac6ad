"""The main job as an officer does it: from her files to the documents, with every number traceable and nothing lost."""

import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from oekoreport.build.publishing.manifest_file import read_manifest
from oekoreport.build.publishing.verify import verify
from oekoreport.cli.program import program
from oekoreport.places import column_letters
from oekoreport.report.templates import shipped_templates

HOSTILE = 'Müller & Söhne <GmbH> "=1+1" / ..'
CERTIFICATES = 13


def oekoreport(*arguments: str | Path) -> Result:
    return CliRunner().invoke(program, ["--lang", "de", *map(str, arguments)])


def texts(path: Path) -> str:
    """Return the text of a Word document, a line a paragraph."""
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("word/document.xml").decode()
    import html

    return html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"</w:p>|<w:tab/>", "\n", xml)))


def cells(path: Path, sheet: str) -> list[list[Any]]:
    return [list(row) for row in openpyxl.load_workbook(path, data_only=True)[sheet].iter_rows(values_only=True)]


def row_of(path: Path, sheet: str, head: str) -> list[Any]:
    return next(row for row in cells(path, sheet) if head in [cell for cell in row if isinstance(cell, str)])


def hashes(folder: Path) -> dict[str, str]:
    outputs = read_manifest(folder / "out")["outputs"]
    return {name: entry["sha256"] for name, entry in outputs.items() if entry["reproducible"]}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, built."""
    folder = tmp_path_factory.mktemp("main") / "demo"
    assert oekoreport("demo", folder).exit_code == 0
    assert oekoreport("build", folder).exit_code == 0
    return folder


@pytest.fixture
def demo(made: Path, tmp_path: Path) -> Path:
    """A copy of the demo that a test may change."""
    return Path(shutil.copytree(made, tmp_path / "runde"))


def change(path: Path, sheet: str, changes: dict[str, object]) -> None:
    book = openpyxl.load_workbook(path)
    for address, value in changes.items():
        book[sheet][address].value = value
    book.save(path)


def find(path: Path, sheet: str, text: str) -> tuple[int, int]:
    """Return row and column of the cell with this text."""
    for row in openpyxl.load_workbook(path)[sheet].iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.strip(" *") == text:
                assert isinstance(cell.row, int)
                assert isinstance(cell.column, int)
                return cell.row, cell.column
    raise AssertionError(text)


def address(row: int, column: int) -> str:
    return f"{column_letters(column - 1)}{row}"


# --- what is made ----------------------------------------------------------------------------------------------------


def test_the_output_holds_every_deliverable(made: Path) -> None:
    names = set(read_manifest(made / "out")["outputs"])
    assert {"verwendungsnachweis.docx", "intern/pruefvermerk.docx", "kohorte.xlsx"} <= names
    assert {"urkunden/urkundenregister.docx"} <= names
    for ending in (".docx", ".pdf"):
        assert sum(name.startswith("urkunden/KS-2021-") and name.endswith(ending) for name in names) == CERTIFICATES
    assert verify(made / "out") == (len(names), [])


def test_report_spreadsheet_and_manifest_agree_on_the_published_outcome(made: Path) -> None:
    figures = read_manifest(made / "out")["examined"]["figures"]
    published = {"money": "242162", "energy": "2600000", "co2": "636.0", "waste": "20.0", "water": "5490"}
    assert {name: figures[f"savings.{name}"]["value"] for name in published} == published
    report = texts(made / "out" / "verwendungsnachweis.docx")
    for text in ("242.162", "2.600.000", "636,0", "20,0", "5.490"):
        assert text in report
    total = [cell for cell in row_of(made / "out" / "kohorte.xlsx", "Einsparungen", "Insgesamt") if cell is not None]
    for number in (242162, 2600000, 20, 5490):
        assert number in total
    assert any(isinstance(cell, float) and round(cell) == 636 for cell in total)


def test_report_spreadsheet_and_manifest_agree_on_the_settlement(made: Path) -> None:
    figures = read_manifest(made / "out")["examined"]["figures"]
    assert figures["settlement.grant_due"]["value"] == "19040.67"
    assert figures["settlement.own_funds"]["value"] == "9137.87"
    report = texts(made / "out" / "verwendungsnachweis.docx")
    for text in (
        *("16.639,00", "31.279,00", "5.661,84", "1.820,70", "4.028,00", "59.428,54", "23.800,84"),
        *("−10,1", "4,3", "13,2", "−27,2", "0,7", "−571,46"),
        *("31.250,00", "52,58", "19.040,67", "32,04", "9.137,87", "15,38", "50,00", "33,33", "16,67"),
    ):
        assert text in report, text
    numbers = {cell for row in cells(made / "out" / "kohorte.xlsx", "Soll-Ist") for cell in row}
    for number in (16639, 31279, 5661.84, 1820.7, 4028, 59428.54, 23800.84, 19040.67, 9137.87):
        assert number in numbers, number


@pytest.mark.parametrize(
    ("figure", "cell"),
    [
        ("savings.money", r"erhebung/infineon\.xlsx: \S+![A-Z]+\d+"),
        ("savings.co2", r"Emissionsfaktor"),
        ("settlement.grant_due", r"projekt\.xlsx: Belege![A-Z]+\d+"),
        ("settlement.own_funds", r"projekt\.xlsx: \S+![A-Z]+\d+"),
    ],
)
def test_explain_leads_to_cells_and_facts(made: Path, figure: str, cell: str) -> None:
    result = oekoreport("explain", made, figure)
    assert result.exit_code == 0
    assert re.search(cell, result.output)


def test_nothing_internal_goes_to_the_authority(made: Path) -> None:
    for name in ("verwendungsnachweis.docx", "anfrage-bewilligungsbehoerde.docx"):
        text = texts(made / "out" / name)
        for word in ("NRW-", "CORE-", "projekt.xlsx", "erhebung/", "prüfungssicher", "nicht bestätigt", "ENTWURF"):
            assert word not in text
        assert "MUSTERDATEN" in text
    memo = texts(made / "out" / "intern" / "pruefvermerk.docx")
    assert "NRW-UNDERSPENT" in memo
    assert "projekt.xlsx" in memo


def test_the_demo_has_one_warning_and_one_waiver(made: Path) -> None:
    findings = json.loads(oekoreport("check", made, "--format", "json").output)["findings"]
    found = [(finding["code"], finding["severity"], finding["waived_by"] is not None) for finding in findings]
    assert found == [("NRW-UNDERSPENT", "warning", False), ("NRW-ADVANCE", "error", True)]


# --- what goes wrong -------------------------------------------------------------------------------------------------


@pytest.fixture
def spoilt(demo: Path) -> tuple[Path, dict[str, str]]:
    """A round with a text and an error in two forms, a date deleted, and a company of a hostile name."""
    form = demo / "erhebung" / "infineon.xlsx"
    row, column = find(form, "Maßnahmen", "Einsparung pro Jahr (EUR/a)")
    text_cell = address(row + 1, column)
    change(form, "Maßnahmen", {text_cell: "viel"})
    other = demo / "erhebung" / "kievit.xlsx"
    if not other.exists():
        other = next(path for path in sorted(form.parent.iterdir()) if path != form)
    row, column = find(other, "Maßnahmen", "Wasser (m³/a)")
    error_row = next(
        row_number
        for row_number in range(row + 1, row + 60)
        if openpyxl.load_workbook(other)["Maßnahmen"].cell(row_number, column).value is not None
    )
    error_cell = address(error_row, column)
    change(other, "Maßnahmen", {error_cell: "#DIV/0!"})
    project = demo / "projekt.xlsx"
    row, column = find(project, "Auszeichnung", "Datum")
    date_cell = address(row, column + 1)
    row, column = find(project, "Teilnehmer", "Name")
    change(project, "Auszeichnung", {date_cell: None})
    change(project, "Teilnehmer", {address(row + 1, column): HOSTILE})
    places = {
        "text": f"erhebung/{form.name}: Maßnahmen!{text_cell}",
        "error": f"erhebung/{other.name}: Maßnahmen!{error_cell}",
        "date": "projekt.xlsx: Auszeichnung",
    }
    return demo, places


def test_check_names_each_bad_cell_and_exits_1(spoilt: tuple[Path, dict[str, str]]) -> None:
    folder, places = spoilt
    result = oekoreport("check", folder)
    assert result.exit_code == 1
    output = re.sub(r"\s+", " ", result.output)
    assert f"{places['text']} DATA-NUMBER „viel“ ist keine Zahl." in output
    assert f"{places['error']} DATA-CELL-ERROR" in output
    assert f"{places['date']}" in output
    assert "CORE-REQUIRED" in output


def test_build_writes_drafts_that_mark_the_unknown_and_lose_no_text(spoilt: tuple[Path, dict[str, str]]) -> None:
    folder, _places = spoilt
    result = oekoreport("build", folder)
    assert result.exit_code == 1
    figures = read_manifest(folder / "out")["examined"]["figures"]
    assert figures["savings.money"]["value"] is None
    assert figures["savings.water"]["value"] is None
    assert figures["savings.waste"]["value"] == "20.0"
    report = texts(folder / "out" / "verwendungsnachweis.docx")
    assert "ENTWURF" in report
    assert "[unbekannt]" in report
    assert "242.162" not in report
    assert HOSTILE in report
    book = openpyxl.load_workbook(folder / "out" / "kohorte.xlsx")
    named = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == HOSTILE]
    assert named
    assert all(cell.data_type == "s" for cell in named)
    certificate = next((folder / "out" / "urkunden").glob("*Müller*.docx"))
    assert "Söhne <GmbH>" in texts(certificate)


def test_final_documents_are_refused_while_errors_stand(spoilt: tuple[Path, dict[str, str]]) -> None:
    folder, _places = spoilt
    before = read_manifest(folder / "out")
    result = oekoreport("build", folder, "--final")
    assert result.exit_code == 2
    assert "DATA" in result.output
    assert read_manifest(folder / "out") == before


# --- the same every time ---------------------------------------------------------------------------------------------


def test_two_builds_a_day_apart_give_the_same_bytes(demo: Path) -> None:
    import time

    import time_machine

    before = hashes(demo)
    shutil.rmtree(demo / "out")
    with time_machine.travel(time.time() + timedelta(days=1).total_seconds()):
        assert oekoreport("build", demo).exit_code == 0
    assert hashes(demo) == before
    assert oekoreport("verify", demo / "out", "--rebuild").exit_code == 0


def test_who_is_no_longer_awarded_has_no_certificate_left(demo: Path) -> None:
    project = demo / "projekt.xlsx"
    row, column = find(project, "Entscheidungen", "Entscheidung")
    change(project, "Entscheidungen", {address(row + 1, column): "Nicht ausgezeichnet"})
    oekoreport("build", demo)
    left = [path.name for path in (demo / "out" / "urkunden").iterdir() if path.name.startswith("KS-")]
    assert len(left) == 2 * (CERTIFICATES - 1)
    assert verify(demo / "out")[1] == []


def test_a_project_of_its_own_template_goes_first(demo: Path) -> None:
    own = demo / "templates" / "funding" / "verwendungsnachweis.docx"
    own.parent.mkdir(parents=True)
    with zipfile.ZipFile(shipped_templates("funding") / own.name) as source, zipfile.ZipFile(own, "w") as target:
        for item in source.infolist():
            content = source.read(item)
            if item.filename == "word/document.xml":
                content = content.replace(b"Sachbericht", b"Bericht zur Sache")
            target.writestr(item, content)
    assert oekoreport("build", demo, "-e", "funding-report").exit_code == 0
    assert "Bericht zur Sache" in texts(demo / "out" / "verwendungsnachweis.docx")


def test_a_project_may_set_criteria_of_its_own(demo: Path) -> None:
    own = demo / "templates" / "award" / "criteria.toml"
    own.parent.mkdir(parents=True)
    shipped = (shipped_templates("award") / "criteria.toml").read_text(encoding="utf-8")
    own.write_text(shipped.replace("value = 3\n", "value = 99\n"), encoding="utf-8")
    result = oekoreport("check", demo)
    assert result.exit_code == 1
    assert "AWARD-MEASURES" in result.output
    assert "99" in result.output
    own.write_text("kein TOML", encoding="utf-8")
    assert "award/criteria" in oekoreport("check", demo).output


# --- many ------------------------------------------------------------------------------------------------------------


def test_a_batch_builds_five_names_the_broken_one_and_then_builds_nothing(made: Path, tmp_path: Path) -> None:
    for number in range(6):
        shutil.copytree(made, tmp_path / f"runde-{number}", ignore=shutil.ignore_patterns("out"))
    (tmp_path / "runde-3" / "projekt.xlsx").write_bytes(b"PK\x03\x04 broken")
    first = oekoreport("batch", tmp_path)
    assert first.exit_code == 2
    assert "runde-3" in first.output
    built = [number for number in range(6) if (tmp_path / f"runde-{number}" / "out" / "manifest.json").exists()]
    assert built == [0, 1, 2, 4, 5]
    times = {number: (tmp_path / f"runde-{number}" / "out" / "manifest.json").stat().st_mtime_ns for number in built}
    second = oekoreport("batch", tmp_path)
    assert second.exit_code == 2
    assert times == {
        number: (tmp_path / f"runde-{number}" / "out" / "manifest.json").stat().st_mtime_ns for number in built
    }


# --- as other programs see it ----------------------------------------------------------------------------------------


def documents(folder: Path, *endings: str) -> Iterator[Path]:
    return (path for path in sorted((folder / "out").rglob("*")) if path.suffix in endings)


def test_every_word_and_excel_document_is_valid(made: Path) -> None:
    from openxml_audit import OpenXmlValidator

    for path in documents(made, ".docx", ".xlsx"):
        result = OpenXmlValidator().validate(str(path))
        assert result.is_valid, (path.name, [str(error) for error in result.errors][:5])


def test_every_pdf_can_be_read_by_a_screen_reader(made: Path) -> None:
    import outloud
    import pdfua

    paths = list(documents(made, ".pdf"))
    assert len(paths) == CERTIFICATES + 3  # and all of them in one, their register, the funding report
    for path in paths:
        assert not pdfua.validate(str(path)).findings, path.name
        assert outloud.check(str(path)).errors == 0, path.name


def test_every_input_workbook_is_valid(made: Path) -> None:
    from openxml_audit import OpenXmlValidator

    for path in (made / "projekt.xlsx", made / "erhebung" / "infineon.xlsx"):
        result = OpenXmlValidator().validate(str(path))
        assert result.is_valid, (path.name, [str(error) for error in result.errors][:5])


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_every_document_opens_in_libreoffice(made: Path, tmp_path: Path) -> None:
    paths = list(documents(made, ".docx", ".xlsx"))
    command = [
        "soffice",
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), *map(str, paths)], check=True, capture_output=True, timeout=300
    )
    assert {path.stem for path in tmp_path.glob("*.pdf")} == {path.stem for path in paths}


def test_the_manifest_holds_no_personal_data(made: Path) -> None:
    manifest = (made / "out" / "manifest.json").read_text(encoding="utf-8")
    for private in ("Klimaschutz", "oekoprofit@", "IBAN", "DE00"):
        assert private not in manifest


def test_amounts_are_exact(made: Path) -> None:
    figures = read_manifest(made / "out")["examined"]["figures"]
    assert Decimal(figures["expenditure.spent"]["value"]) == Decimal("59428.54")
    assert Decimal(figures["income.received"]["value"]) == Decimal("59428.54")


def test_an_error_in_an_amount_makes_the_totals_unknown_not_smaller(demo: Path) -> None:
    form = demo / "erhebung" / "infineon.xlsx"
    row, column = find(form, "Maßnahmen", "Einsparung pro Jahr (EUR/a)")
    change(form, "Maßnahmen", {address(row + 1, column): "#REF!"})
    oekoreport("build", demo)
    assert read_manifest(demo / "out")["examined"]["figures"]["savings.money"]["value"] is None


def test_what_the_notice_leaves_open_is_asked_in_a_letter_until_the_answer_is_entered(
    made: Path, tmp_path: Path
) -> None:
    title = "Betrag, bis zu dem Änderungen die Zuwendung nicht ermäßigen"
    folder = tmp_path / "demo"
    shutil.copytree(made, folder)
    letter = folder / "out" / "anfrage-bewilligungsbehoerde.docx"
    assert f"{title}: nicht bekannt" in oekoreport("status", folder).output
    question = (
        "Bis zu welchem Betrag bleibt die Zuwendung unverändert, wenn Ausgaben sinken oder Deckungsmittel steigen?"
    )
    assert question in texts(letter)
    book = openpyxl.load_workbook(folder / "projekt.xlsx")
    sheet = book["Festlegungen"]
    row = 1 + max(cell.row for cell in sheet["D"] if cell.value is not None)
    in_proportion = (
        "Anteil und Festbetrag werden nur anteilig mit den anderen vorgesehenen Mitteln in Anspruch genommen"
    )
    for number, (parameter, answer) in enumerate(((title, "keine"), (in_proportion, "ja")), start=row):
        sheet[f"B{number}"], sheet[f"C{number}"], sheet[f"D{number}"] = "ZB1", parameter, answer
    book.save(folder / "projekt.xlsx")
    assert oekoreport("build", folder, "-e", "authority-questions").exit_code == 0
    assert not letter.exists()
    assert f"{title}: nicht bekannt" not in oekoreport("status", folder).output


def test_what_decides_nothing_is_told_together_where_source_and_way_out_are_one(made: Path) -> None:
    lines = [line.rstrip() for line in oekoreport("status", made).output.splitlines()]
    first = lines.index("Mindestteilnahme an den Workshops: 75\u00a0%, nicht bestätigt  AWARD-ATTENDANCE")
    last = lines.index("  Quelle          ÖKOPROFIT-Kriterien (Voreinstellung)")
    assert last - first == 11
    assert all("AWARD-" in line and ", nicht bestätigt  " in line for line in lines[first:last])
    assert lines[last + 1].startswith("  Jeweils klären  In templates/award/criteria.toml des Projektordners eintragen")
    stake = "Anteil und Festbetrag werden nur anteilig mit den anderen vorgesehenen Mitteln in Anspruch genommen: ja"
    assert lines.index(f"{stake}, nicht bestätigt") < first
