"""The funding report as the authority reads it: complete, to the cent, nothing internal in it."""

import hashlib
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import docx
import pytest

from oekoreport.build.demo import demo_records
from oekoreport.documents.pdf import office
from oekoreport.errors import OekoreportError, TemplateError
from oekoreport.language import Locale, Message
from oekoreport.records.record import Origin, Origins, Record
from oekoreport.report.report import Document, Report
from oekoreport.report.templates import TemplateFolder, Templates, shipped_templates
from oekoreport.testing.odd_rounds import alone
from oekoreport.testing.reports import HOSTILE_NAMES, hostile_report, report_of, sample_report, without_figures
from oekoreport.testing.round import clean_round
from oekoreport_funding.funding_report import FundingReport, FundingReportOptions

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg=="


def made(report: Report, pdf: str = "never") -> list[Document]:
    return list(FundingReport().render(report, FundingReportOptions.model_validate({"pdf": pdf})))


def opened(report: Report) -> "docx.document.Document":
    return docx.Document(BytesIO(made(report)[0].content))


NAMESPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def caption(table: "docx.table.Table") -> str:
    """Return the words that stand for a table."""
    found = table._tbl.tblPr.find(f"{NAMESPACE}tblCaption")
    return "" if found is None else str(found.get(f"{NAMESPACE}val"))


def tables(document: "docx.document.Document") -> dict[str, list[list[str]]]:
    """Return the rows of each table by the words that stand for it, without soft hyphens; the first of a name."""
    found: dict[str, list[list[str]]] = {}
    for table in document.tables:
        rows = [[cell.text.replace("\u00ad", "") for cell in row.cells] for row in table.rows]
        found.setdefault(caption(table), rows)
    return found


def whole_text(document: "docx.document.Document") -> str:
    """Return all text: paragraphs, cells, running heads and feet."""
    parts = [paragraph.text for paragraph in document.paragraphs]
    parts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    for section in document.sections:
        parts += [paragraph.text for part in (section.header, section.footer) for paragraph in part.paragraphs]
    return "\n".join(parts)


def headings(document: "docx.document.Document") -> list[str]:
    return [p.text for p in document.paragraphs if p.style is not None and p.style.name in ("Heading 1", "Heading 2")]


def changed(change: Callable[[Record], Record | None]) -> Report:
    """Return the report of the clean round with its records changed; None drops one."""
    return report_of(record for old in clean_round() if (record := change(old)) is not None)


def setting(kind: str, **values: object) -> Callable[[Record], Record]:
    """Return a change that sets fields of all records of a kind."""
    return lambda record: replace(record, values={**record.values, **values}) if record.kind == kind else record


def test_the_chapters_stand_in_the_order_of_the_form() -> None:
    report = sample_report()
    chapters = [heading for heading in headings(opened(report)) if heading[0] in "IVA"]
    assert [heading for heading in chapters if not heading.startswith("A. ")] == [
        "I. Sachbericht",
        "II. Zahlenmäßiger Nachweis",
        "III. Ist-Ergebnis",
        "IV. Bestätigungen",
        "V. Ergebnis der Prüfung durch die Bewilligungsbehörde",
        "Anlage: Belegliste",
    ]


def test_income_and_expenditure_are_those_of_the_settlement_to_the_cent() -> None:
    found = tables(opened(sample_report()))
    assert [row[1:] for row in found["Einnahmen"][2:]] == [
        ["30.000,00", "50,00", "31.250,00", "52,58"],
        ["20.000,00", "33,33", "19.040,67", "32,04"],
        ["10.000,00", "16,67", "9.137,87", "15,38"],
        ["60.000,00", "100,00", "59.428,54", "100,00"],
    ]
    assert [row[1:] for row in found["Ausgaben"][2:]] == [
        ["18.500,00", "18.500,00", "16.639,00", "16.639,00"],
        ["30.000,00", "0,00", "31.279,00", "0,00"],
        ["5.000,00", "5.000,00", "5.661,84", "5.661,84"],
        ["2.500,00", "1.500,00", "1.820,70", "1.500,00"],
        ["4.000,00", "0,00", "4.028,00", "0,00"],
        ["60.000,00", "25.000,00", "59.428,54", "23.800,84"],
    ]
    assert dict(found["Berechnung der Zuwendung"][1:]) == {
        "Zuwendungsfähige Ausgaben lt. Abrechnung": "23.800,84",
        "davon berücksichtigt (je Einzelansatz höchstens bis zur zulässigen Überschreitung)": "23.800,84",
        "Bemessungsgrundlage (höchstens zuwendungsfähige Ausgaben lt. Finanzierungsplan, abzüglich zusätzlicher "
        "Deckungsmittel)": "23.800,84",
        "Fördersatz (Anteilfinanzierung)": "80\u00a0%",
        "Bewilligte Zuwendung": "20.000,00",
        "Bewilligter Höchstbetrag": "20.000,00",
        "Ermäßigung gegenüber der Bewilligung": "959,33",
        "Rechnerisch zustehende Zuwendung": "19.040,67",
        "Ausgezahlte Zuwendung": "19.040,67",
        "Voraussichtliche Erstattung": "0,00",
        "Restanspruch": "0,00",
        "Bewilligt, aber nicht abgerufen": "959,33",
    }


def test_savings_are_those_that_were_published() -> None:
    rows = {row[0].strip(): row[2] for row in tables(opened(sample_report()))["Einsparungen und Investitionen"]}
    assert (rows["Kosteneinsparung"], rows["Energie insgesamt"]) == ("242.162", "2.600.000")
    assert (rows["Treibhausgase"], rows["Wasser"], rows["Abfall (Gewicht)"]) == ("636,0", "5.490", "20,0")


def test_the_list_of_receipts_follows_the_plan_in_order_of_time() -> None:
    document = opened(sample_report())
    lists = [
        table for table in document.tables if table.rows[0].cells[0].text == "lfd. Nr." and len(table.columns) == 8
    ]
    rows = [[cell.text for cell in row.cells] for table in lists for row in table.rows[1:]]
    entries = [row for row in rows if row[0].isdigit()]
    assert [row[0] for row in entries] == [str(number) for number in range(1, len(entries) + 1)]
    assert len(entries) == 29
    for table in lists:
        days = [row.cells[3].text for row in table.rows[1:] if row.cells[0].text.isdigit()]
        assert days == sorted(days, key=lambda day: (day[6:10], day[3:5], day[:2]))
    assert [row[-2:] for row in rows if row[0].startswith("Summe")] == [
        ["16.639,00", "16.639,00"],
        ["31.279,00", "0,00"],
        ["5.661,84", "5.661,84"],
        ["1.820,70", "1.500,00"],
        ["4.028,00", "0,00"],
    ]


def with_terms(**terms: str) -> Report:
    """Return the report of the reference round under a notice that sets these parameters."""
    records = demo_records()
    notice = next(record for record in records if record.kind == "notice")
    own = [record for record in records if record.kind != "term" or record.values["parameter"] not in terms]
    set_here = [
        Record("term", f"T/{name}", {"parameter": name, "value": value}, notice.origin, notice.key)
        for name, value in terms.items()
    ]
    return report_of([*own, *set_here])


def test_the_list_of_receipts_has_the_columns_that_the_law_in_force_names() -> None:
    def columns(asked: str) -> list[list[str]]:
        document = opened(with_terms(receipts_list_columns=asked))
        lists = [found for found in document.tables if caption(found) == "Ausgaben eines Einzelansatzes"]
        return [[cell.text for cell in row.cells] for row in lists[0].rows[:2]]

    bavaria = columns("Tag, Empfänger/Einzahler, Grund, Einzelbetrag")
    assert bavaria[0] == ["Tag", "Empfänger/Einzahler", "Grund", "Einzelbetrag EUR"]
    assert bavaria[1] == ["27.03.2020", "Bürobedarf (Muster)", "Workshopmaterial", "119,00"]
    saxony = columns("Auftragsdatum, Rechnungsdatum, Zahlungsdatum, Empfänger/Einzahler, Grund, Einzelbetrag")
    assert saxony[0][:3] == ["Auftragsdatum", "Rechnungsdatum", "Zahlungsdatum"]
    assert saxony[1][:3] == ["[unbekannt]", "12.03.2020", "27.03.2020"]


def test_chosen_columns_have_a_grid_with_their_widths() -> None:
    document = opened(with_terms(receipts_list_columns="Tag, Empfänger, Einzelbetrag"))
    for found in document.tables:
        if caption(found) == "Ausgaben eines Einzelansatzes":
            day, payee, amount = (int(column.get(f"{NAMESPACE}w", 0)) for column in found._tbl.tblGrid)
            assert payee > amount > day > 0


def test_a_column_that_nothing_can_fill_is_marked_and_not_left_out() -> None:
    document = opened(with_terms(receipts_list_columns="Tag, Haushaltsstelle, Einzelbetrag"))
    lists = [found for found in document.tables if caption(found) == "Ausgaben eines Einzelansatzes"]
    head, first = ([cell.text for cell in row.cells] for row in lists[0].rows[:2])
    assert dict(zip(head, first, strict=True)) == {
        "Tag": "27.03.2020",
        "Haushaltsstelle": "[unbekannt]",
        "Einzelbetrag EUR": "119,00",
    }


def test_the_list_is_printed_where_law_or_notice_asks_for_it_and_else_there_is_no_landscape_page() -> None:
    def printed(*, notice: bool, law: str) -> bool:
        report = with_terms(receipts_list=law)
        assert report.project.grant is not None
        grant = report.project.grant.model_copy(update={"receipts_list": notice})
        document = opened(replace(report, project=report.project.model_copy(update={"grant": grant})))
        listed = any("Belegliste" in heading for heading in headings(document))
        assert len(document.sections) == 1 + listed
        return listed

    assert printed(notice=True, law="nein")
    assert printed(notice=False, law="ja")
    assert not printed(notice=False, law="nein")


def test_interest_stands_in_the_computation_where_there_is_any() -> None:
    late = report_of(
        replace(record, values={**record.values, "paid_on": "2020-03-01"})
        if record.kind == "drawdown" and record.key == "1"
        else record
        for record in demo_records()
    )
    rows = dict(tables(opened(late))["Berechnung der Zuwendung"][1:])
    owed = late.figures["settlement.use_interest"]
    assert owed.value != 0
    shown = late.locale.show(owed).removesuffix("\u00a0€")
    assert rows["Zinsen auf nicht fristgerecht verwendete Mittel"] == shown
    assert "Zinsen auf die Erstattung" not in rows


def test_interest_on_what_is_not_paid_back_yet_is_no_unknown() -> None:
    """It runs until the money is back; a report that is due before that may be final all the same."""
    overdrawn = report_of(
        replace(record, values={**record.values, "amount": "11000,00"})
        if record.kind == "drawdown" and record.key == "2"
        else record
        for record in demo_records()
    )
    word, pdf = made(overdrawn, "typst")
    rows = dict(tables(docx.Document(BytesIO(word.content)))["Berechnung der Zuwendung"][1:])
    assert rows["Voraussichtliche Erstattung"] == "959,33"
    assert rows["Zinsen auf die Erstattung"] == "offen bis zur Erstattung"
    assert pdf_text(pdf.content).count("offen bis zur Erstattung") == 2


def test_nothing_internal_goes_to_the_authority() -> None:
    report = sample_report()
    text = whole_text(opened(report))
    internal = {verdict.code for verdict in report.verdicts} | {"xlsx", "Feststellung", "Prüfvermerk", "prüfungssicher"}
    internal |= {waiver.rule for waiver in report.project.waivers if waiver.rule}
    assert not [word for word in internal if word in text]
    assert {
        parameter.source for verdict in report.verdicts for parameter in verdict.leaned_on if parameter.source in text
    } == set()


def test_consents_stand_as_what_was_agreed_and_internal_notes_do_not() -> None:
    waivers = [
        {
            "rule": "NRW-X",
            "waiver_kind": "consent",
            "reason": "Anzahlung üblich",
            "reference": "Schreiben A",
            "granted_by": "MULNV",
        },
        {"rule": "NRW-Y", "waiver_kind": "note", "reason": "Geheim", "granted_by": "Leitung"},
    ]
    records = clean_round()
    made_up = [Record("waiver", f"Z{n}", values, records[0].origin) for n, values in enumerate(waivers)]
    text = whole_text(opened(report_of([*records, *made_up])))
    assert "Anzahlung üblich" in text
    assert "MULNV\nSchreiben A" in text
    assert not [word for word in ("NRW-X", "NRW-Y", "Geheim", "Leitung") if word in text]


def withholding(*keys: str) -> tuple[dict[str, list[str]], str]:
    """Return the rows of the savings by participant, and the report's text, where these withhold their figures."""
    records = [
        replace(record, values={**record.values, "released": record.key not in keys})
        if record.kind == "participant"
        else record
        for record in demo_records()
    ]
    document = opened(report_of(records))
    rows = tables(document)["Wirkungen je Betrieb und Einrichtung"]
    return {row[0]: row[2:] for row in rows}, whole_text(document)


def test_figures_of_a_participant_stand_only_where_they_are_released() -> None:
    rows, text = withholding("kbs", "kievit")
    assert set(rows["Kommunale Betriebe Soest AöR"]) == {"nicht freigegeben"}
    assert rows["INI Gesamtschule"][0] == "3.482"
    assert "Die Summen enthalten auch die Werte von Betrieben" in text


def test_where_one_alone_withholds_its_figures_no_others_give_them_away() -> None:
    rows, text = withholding("kbs")
    assert set(rows["INI Gesamtschule"]) == {"nicht freigegeben"}
    assert "242.162" in rows["Insgesamt"]
    assert "Auch freigegebene Einzelwerte sind nicht ausgewiesen" in text


def test_where_all_are_released_no_note_says_otherwise() -> None:
    rows, text = withholding()
    assert not [name for name, row in rows.items() if "nicht freigegeben" in row]
    assert "Die Summen enthalten auch" not in text


def gone(key: str, **values: object) -> Report:
    """Return the report of the reference round where a participant left at the end of 2020."""
    step = Record(
        "participant_state", f"{key}/gone", {"state": "left", "date": "2020-12-31"}, Origin("verlauf.csv"), key
    )
    records = [
        replace(record, values={**record.values, **values})
        if (record.kind, record.key) == ("participant", key)
        else record
        for record in demo_records()
    ]
    return report_of([*records, step])


def added_up(rows: list[list[str]], column: int) -> Decimal:
    """Return the sum of a column's numbers, the total left out."""
    numbers = (row[column].replace(".", "").replace(",", ".") for row in rows[1:-1])
    return sum((Decimal(number) for number in numbers if number[:1].isdigit()), Decimal(0))


@pytest.mark.parametrize("report", [sample_report(), gone("infineon")], ids=["reference", "one left"])
def test_the_programme_by_area_of_work_adds_up(report: Report) -> None:
    rows = tables(opened(report))["Umweltprogramm nach Handlungsfeldern"]
    for column, places in enumerate((0, 0, 0, 0, 0, 1, 0), 1):
        printed = Decimal(rows[-1][column].replace(".", "").replace(",", "."))
        rounding = Decimal("0.05") * (len(rows) - 2) * (10 if not places else 1)
        assert abs(added_up(rows, column) - printed) <= rounding * (column > 2), rows[0][column]
    assert [rows[-3][0], rows[-3][3], rows[-3][4]] == ["Biodiversität", "4.500", "–"]


def test_measures_of_a_participant_who_left_are_in_no_total_and_the_report_says_so() -> None:
    document = opened(gone("infineon"))
    text = whole_text(document)
    assert "Nicht enthalten sind 10 Maßnahmen ausgeschiedener Betriebe und Einrichtungen." in text
    rows = tables(document)["Wirkungen je Betrieb und Einrichtung"]
    assert rows[1][1:] == ["0", *["ausgeschieden, nicht enthalten"] * 5]
    assert rows[-1][1:3] == ["80", "163.004"]  # of 89 and 242.162
    assert "Nicht enthalten" not in whole_text(opened(gone("infineon", measures_count=True)))


def test_the_attendance_rate_is_unknown_while_an_entry_is_missing_and_says_what_it_counts() -> None:
    counted = (
        " (besuchte Workshops aller Betriebe und Einrichtungen, gemessen an den durchgeführten Workshops von ihrer "
        "Aufnahme bis zu ihrem Ausscheiden)"
    )
    assert f"die Teilnahmequote betrug 100,0\u00a0%{counted}." in whole_text(opened(sample_report()))
    lacking = report_of(record for record in demo_records() if record.key != "W3/kievit")
    assert f"die Teilnahmequote betrug [unbekannt]{counted}." in whole_text(opened(lacking))
    (finding,) = [each for each in lacking.findings() if each.code == "CORE-ATTENDANCE"]
    assert "FrieslandCampina Kievit" in str(finding.message)
    assert lacking.draft


def test_drafts_and_samples_say_so_on_every_page() -> None:
    sample = opened(sample_report())
    heads = ["\n".join(p.text for p in section.header.paragraphs) for section in sample.sections]
    assert all("MUSTERDATEN" in head for head in heads)
    clean = changed(setting("project", sample=False))
    assert not clean.draft
    assert "ENTWURF" not in whole_text(opened(clean))
    assert "MUSTERDATEN" not in whole_text(opened(clean))
    draft = hostile_report()
    assert draft.draft
    heads = ["\n".join(p.text for p in section.header.paragraphs) for section in opened(draft).sections]
    assert all("ENTWURF" in head for head in heads)


def test_hostile_names_and_unknown_numbers_stand_in_a_draft() -> None:
    document = opened(hostile_report())
    names = [row[1] for row in tables(document)["Teilnehmende Betriebe und Einrichtungen"]]
    assert names[1 : len(HOSTILE_NAMES) + 1] == list(HOSTILE_NAMES)
    calculation = dict(tables(document)["Berechnung der Zuwendung"][1:])
    assert calculation["Rechnerisch zustehende Zuwendung"] == "[unbekannt]"


def test_confirmations_are_empty_until_somebody_decides() -> None:
    assert "☒" not in whole_text(opened(sample_report()))
    none = opened(changed(lambda record: None if record.kind == "confirmation" else record))
    boxes = [p.text for p in none.paragraphs if p.style is not None and p.style.name == "Bestätigung"]
    assert len(boxes) == 3
    assert all(text.startswith("☐\t") for text in boxes)
    records = clean_round()
    yes = Record("confirmation", "c", {"text": "Alles stimmt.", "confirmed": True}, records[0].origin)
    decided = opened(report_of([*(record for record in records if record.kind != "confirmation"), yes]))
    assert [p.text for p in decided.paragraphs if p.text.startswith("☒")] == ["☒\tAlles stimmt."]


def test_charts_say_their_numbers() -> None:
    shapes = opened(sample_report()).inline_shapes
    words = [str(shape._inline.docPr.get("descr")) for shape in shapes]
    assert len(words) == 3
    assert "Energie und Emissionen 172.158\u00a0€/a" in words[0]
    assert "Finanzierungsplan 18.500,00\u00a0€, Abrechnung 16.639,00\u00a0€" in words[2]


def test_heads_of_tables_repeat_and_rows_do_not_break() -> None:
    for table in opened(sample_report()).tables:
        assert all(row._tr.find(f"{NAMESPACE}trPr/{NAMESPACE}cantSplit") is not None for row in table.rows)


def test_the_computation_of_the_grant_stays_on_one_page() -> None:
    (computed,) = (found for found in opened(sample_report()).tables if caption(found) == "Berechnung der Zuwendung")
    paragraphs = [paragraph for row in computed.rows for cell in row.cells for paragraph in cell.paragraphs]
    assert all(paragraph.paragraph_format.keep_with_next for paragraph in paragraphs)


def test_word_opens_it_without_repair(tmp_path: Path) -> None:
    openxml_audit = pytest.importorskip("openxml_audit", reason="openxml-audit is not installed")
    for name, report in (("sample", sample_report()), ("hostile", hostile_report())):
        path = tmp_path / f"{name}.docx"
        path.write_bytes(made(report)[0].content)
        result = openxml_audit.OpenXmlValidator().validate(path)
        assert result.is_valid, [str(error) for error in result.errors][:5]


def test_a_template_of_the_project_goes_first_and_its_faults_are_named(tmp_path: Path) -> None:
    own = tmp_path / "funding"
    own.mkdir()
    file = docx.Document()
    file.add_paragraph("Wir sparen {{ savings.co2 }} und {{ saving.water }}.")
    file.save(str(own / "verwendungsnachweis.docx"))
    folders = [TemplateFolder("funding", shipped_templates("funding"))]
    report = replace(sample_report(), templates=Templates(folders, tmp_path))
    with pytest.raises(TemplateError) as caught:
        made(report)
    assert caught.value.localize(Locale("de")) == (
        "funding/verwendungsnachweis.docx: Einen Platzhalter „saving“ gibt es nicht. "
        "Es steht in: Wir sparen {{ savings.co2 }} und {{ saving.water }}.\n"
        "Meinten Sie „savings“?"
    )


def squeezed(text: str) -> str:
    """Return a text without what a line break may add or take, and without what is read from right to left."""
    return re.sub(r"[\s\u00ad\u200b\u2010\u2011\u202a-\u202e\u0590-\u05ff-]", "", text)


def pdf_text(content: bytes) -> str:
    """Return the text of all pages without their heads and feet."""
    import pymupdf

    with cast(Any, pymupdf).open(stream=content) as document:  # the library has no types
        return "\n".join(page.get_text(clip=(0, 72, page.rect.width, page.rect.height - 50)) for page in document)


@pytest.mark.parametrize(
    "report_", [sample_report, hostile_report, lambda: report_of(clean_round()), lambda: gone("infineon")]
)
def test_the_pdf_says_all_that_the_word_document_says(report_: Callable[[], Report]) -> None:
    word, pdf = made(report_(), pdf="typst")
    assert (pdf.name, pdf.reproducible) == (("verwendungsnachweis.pdf",), True)
    printed = squeezed(pdf_text(pdf.content))
    document = docx.Document(BytesIO(word.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    lines = [
        line for text in (*cells, *(each.text for each in document.paragraphs)) for line in re.split(r"[\n\t]", text)
    ]
    assert [line for line in lines if squeezed(line) not in printed] == []


def test_the_pdf_is_tagged_titled_and_has_its_chapters_as_bookmarks(tmp_path: Path) -> None:
    pdfua, outloud, pymupdf = map(pytest.importorskip, ("pdfua", "outloud", "pymupdf"))
    for number, report in enumerate((sample_report(), hostile_report(), without_figures(sample_report()))):
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(made(report, pdf="typst")[1].content)
        assert not pdfua.validate(str(path)).findings
        assert outloud.check(str(path)).errors == 0
        with pymupdf.open(path) as document:
            assert document.metadata["title"] == "Verwendungsnachweis: ÖKOPROFIT Kreis Soest 2020/2021"
            assert [title for level, title, _page in document.get_toc() if level == 1] == [
                "I. Sachbericht",
                "II. Zahlenmäßiger Nachweis",
                "III. Ist-Ergebnis",
                "IV. Bestätigungen",
                "V. Ergebnis der Prüfung durch die Bewilligungsbehörde",
                "Anlage: Belegliste",
            ]


def test_every_page_of_the_pdf_is_counted_and_marked_and_the_receipts_lie_across() -> None:
    import pymupdf

    with cast(Any, pymupdf).open(stream=made(sample_report(), pdf="typst")[1].content) as document:
        for number, page in enumerate(document, start=1):
            assert f"Seite {number} von {len(document)}" in page.get_text()
            assert "MUSTERDATEN" in squeezed(page.get_text())
            listed = "lfd. Nr." in page.get_text()
            assert (page.rect.width > page.rect.height) == listed


def test_charts_in_the_pdf_are_drawn_and_say_their_numbers() -> None:
    import pikepdf

    with pikepdf.open(BytesIO(made(sample_report(), pdf="typst")[1].content)) as document:
        images = [
            item for item in document.objects if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"
        ]
        words = [str(item.Alt) for item in document.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item]
    assert not images
    assert len(words) == 3
    assert any("Energie und Emissionen 172.158\u00a0€/a" in said for said in words)


def test_a_narrative_is_printed_as_it_was_marked_up() -> None:
    text = "# Zwischentitel\n\n**Fett** und *kursiv*\n\n3. drei\n4. vier\n\n| A | B |\n|---|---|\n| eins | #panic() |"
    records = [
        *clean_round(),
        Record("narrative", "more", {"section": "course", "text": text}, clean_round()[0].origin),
    ]
    _word, pdf = made(report_of(records), pdf="typst")
    printed = pdf_text(pdf.content)
    assert all(words in printed for words in ("Zwischentitel", "Fett und kursiv", "3. drei", "4. vier", "#panic()"))
    assert "**" not in printed


def test_long_words_stay_on_the_page_and_addresses_can_be_found() -> None:
    import pymupdf

    address = "https://www.kreis-muster.de/klima/oekoprofit/2021/bericht-der-runde.html"
    text = f"Siehe {address} und {'W' * 150}.\n\n| A | B |\n|---|---|\n| {address} | {'W' * 60} |\n"
    values = {"section": "course", "text": text}
    records = [*clean_round(), Record("narrative", "more", values, clean_round()[0].origin)]
    _word, pdf = made(report_of(records), pdf="typst")
    with cast(Any, pymupdf).open(stream=pdf.content) as document:
        page = document[0]
        assert page.search_for(address)
        assert max(right for _left, _top, right, *_rest in page.get_text("words")) < page.rect.width


def test_a_photo_in_the_narrative_stands_in_word_and_pdf_with_its_words(tmp_path: Path) -> None:
    pdfua, outloud, pikepdf = map(pytest.importorskip, ("pdfua", "outloud", "pikepdf"))
    photo = f"![Auftakt im März](data:image/png;base64,{PIXEL})"
    values = {"section": "publicity", "text": f"Davor.\n\n{photo}\n\nDanach."}
    records = [*clean_round(), Record("narrative", "more", values, clean_round()[0].origin)]
    word, pdf = made(report_of(records), pdf="typst")
    shapes = docx.Document(BytesIO(word.content)).inline_shapes
    assert "Auftakt im März" in [shape._inline.docPr.get("descr") for shape in shapes]
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf.content)
    assert not pdfua.validate(str(path)).findings
    assert outloud.check(str(path)).errors == 0
    with pikepdf.open(path) as document:
        words = [str(item.Alt) for item in document.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item]
    assert "Auftakt im März" in words
    assert all(text in pdf_text(pdf.content) for text in ("Davor.", "Danach."))


SCRIPT = """
import hashlib
from oekoreport.testing.reports import hostile_report
from oekoreport_funding.funding_report import FundingReport, FundingReportOptions
documents = list(FundingReport().render(hostile_report(), FundingReportOptions()))
print(hashlib.sha256(b"".join(document.content for document in documents)).hexdigest())
"""


def test_bytes_are_the_same_in_another_process_and_time_zone() -> None:
    root = Path(__file__).parents[3]

    def elsewhere(zone: str) -> str:
        path = f"{root}:{root / 'plugins'}"
        environment = {"TZ": zone, "PYTHONPATH": path, "PYTHONHASHSEED": "random", "HOME": str(Path.home())}
        run = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, check=True, env=environment)
        return run.stdout.decode().strip()

    here = hashlib.sha256(b"".join(document.content for document in made(hostile_report(), pdf="auto"))).hexdigest()
    assert {elsewhere("Asia/Tokyo"), elsewhere("America/New_York")} == {here}


# --- a Word template of the project's own ----------------------------------------------------------------------------


def with_own(folder: Path, *names: str) -> Report:
    """Return the clean round with own templates of these names: the shipped ones, copied."""
    (folder / "funding").mkdir()
    for name in names:
        (folder / "funding" / name).write_bytes((shipped_templates("funding") / name).read_bytes())
    templates = Templates([TemplateFolder("funding", shipped_templates("funding"))], folder)
    return replace(report_of(clean_round()), templates=templates)


WORD, TYPST = "verwendungsnachweis.docx", "verwendungsnachweis.typ"


def test_the_pdf_of_an_own_word_template_comes_from_libreoffice_or_there_is_none_and_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "available", lambda: False)
    (word,) = made(with_own(tmp_path, WORD), pdf="auto")
    assert [Locale("de").show(note) for note in word.notes] == [
        (
            "Aus der eigenen Vorlage funding/verwendungsnachweis.docx des Vorhabens entsteht kein PDF: LibreOffice, "
            "das es dazu braucht, ist nicht installiert. Speichern Sie in Word als PDF, was daraus entsteht, oder "
            "legen Sie eine Vorlage funding/verwendungsnachweis.typ daneben."
        )
    ]


def test_what_libreoffice_fails_at_is_noted_and_the_word_document_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reason = Message("kaputt")
    monkeypatch.setattr(office, "available", lambda: True)
    monkeypatch.setattr(office, "to_pdf", lambda documents: office.Converted({}, dict.fromkeys(documents, reason)))
    (word,) = made(with_own(tmp_path, WORD), pdf="auto")
    assert word.notes == (reason,)


def test_with_a_pdf_template_of_its_own_beside_it_no_libreoffice_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "available", lambda: False)
    word, pdf = made(with_own(tmp_path, WORD, TYPST), pdf="auto")
    assert (word.notes, pdf.reproducible) == ((), True)


def test_libreoffice_that_is_asked_for_and_missing_is_an_error_with_a_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "available", lambda: False)
    with pytest.raises(OekoreportError) as caught:
        made(report_of(clean_round()), pdf="office")
    assert caught.value.localize(Locale("de")) == (
        "LibreOffice ist nicht installiert.\n"
        "Erstellen Sie die Unterlagen mit -o funding-report.pdf=typst, das kein LibreOffice braucht, "
        "oder mit pdf=never."
    )


@pytest.mark.office
@pytest.mark.skipif(not office.available(), reason="LibreOffice is not installed")
def test_libreoffice_makes_the_pdf_where_it_is_asked_for_or_the_word_template_is_an_own_one(tmp_path: Path) -> None:
    for documents in (made(report_of(clean_round()), pdf="office"), made(with_own(tmp_path, WORD), pdf="auto")):
        word, pdf = documents
        assert (word.name, word.reproducible) == (("verwendungsnachweis.docx",), True)
        assert (pdf.name, pdf.reproducible, pdf.content[:5]) == (("verwendungsnachweis.pdf",), False, b"%PDF-")


def names(documents: Iterable[Document]) -> list[tuple[str, ...]]:
    return [document.name for document in documents]


def test_place_and_day_of_the_signature_stand_above_its_line() -> None:
    confirmed = {"text": "Die Ausgaben waren notwendig.", "place": "Musterstadt", "date": "2025-09-30"}
    records = clean_round()
    more = Record("confirmation", "K1", confirmed, records[0].origin)
    assert "Musterstadt, 30.09.2025" in whole_text(opened(report_of([*records, more])))
    assert "Musterstadt, 30.09.2025" not in whole_text(opened(report_of(records)))


def test_a_key_that_nobody_typed_is_not_printed() -> None:
    report = report_of(clean_round())
    made_up = frozenset({("receipt", "R1"), ("expenditure_line", "honorar")})
    report = replace(report, origins=Origins(dict(report.origins.items()), made_up))
    rows = [row for name, table in tables(opened(report)).items() for row in table if "Leistung R1" in row]
    assert rows
    assert [row[1] for row in rows] == ["–"]
    assert "honorar" not in whole_text(opened(report))


def test_what_is_withheld_breaks_between_syllables_and_a_base_that_is_withheld_is_not_named() -> None:
    records = [
        replace(record, values={**record.values, "released": "nein"}) if record.kind == "participant" else record
        for record in alone()
    ]
    word, pdf = made(report_of(records), pdf="typst")
    document = docx.Document(BytesIO(word.content))
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert "nicht frei\u00adge\u00adgeben" in cells
    assert not [each.text for each in document.paragraphs if "Grundlage:" in each.text]
    assert "Grundlage:" not in pdf_text(pdf.content)
