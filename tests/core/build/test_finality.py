"""Final papers print no unknown: the place is named in the document that would."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest

from oekoreport import Document, Locale, Record
from oekoreport.build.finality import PrintsMadeUpKey, PrintsUnknown, demand_fit
from oekoreport.contract.registry import Registry
from oekoreport.documents.pdf import office
from oekoreport.records import Origin, stand_in
from oekoreport.testing.odd_rounds import alone
from oekoreport.testing.reports import report_of, sample_report

GERMAN = Locale("de")


def paper(text: str, *cells: str) -> Document:
    file = docx.Document()
    file.add_paragraph(text)
    table = file.add_table(2, 2)
    for cell, value in zip((cell for row in table.rows for cell in row.cells), cells, strict=False):
        cell.text = value
    buffer = BytesIO()
    file.save(buffer)
    return Document(("nachweis.docx",), buffer.getvalue())


def refusal(document: Document, path: str = "nachweis.docx") -> str:
    with pytest.raises(PrintsUnknown) as refused:
        demand_fit(Path("runde"), {path: document}, sample_report())
    return GERMAN.show(refused.value.message)


def test_a_cell_is_named_by_its_row_and_column() -> None:
    told = refusal(paper("Alles da.", "Betrieb", "Gemeinde", "Klinik Muster", "[unbekannt]"))
    assert "nachweis.docx: Zeile „Klinik Muster“, Spalte „Gemeinde“" in told


def test_a_paragraph_is_quoted() -> None:
    assert "nachweis.docx: „Bis zum [unbekannt]“" in refusal(paper("Bis zum [unbekannt]"))


def test_what_is_known_or_stays_inside_is_not_refused() -> None:
    demand_fit(Path("runde"), {"nachweis.docx": paper("Alles da.")}, sample_report())
    demand_fit(Path("runde"), {"intern/pruefvermerk.docx": paper("[unbekannt]")}, sample_report())


def test_a_pdf_is_refused_of_which_its_maker_says_so_unless_its_word_document_tells_the_place() -> None:
    pdf = Document(("nachweis.pdf",), b"%PDF", prints_unknown=True)
    assert refusal(pdf, "nachweis.pdf").endswith("nachweis.pdf: siehe PDF")
    both = {"nachweis.pdf": pdf, "nachweis.docx": paper("Bis zum [unbekannt]")}
    with pytest.raises(PrintsUnknown) as refused:
        demand_fit(Path("runde"), both, sample_report())
    assert "nachweis.pdf" not in GERMAN.show(refused.value.message)


@pytest.mark.parametrize("way", ["typst", "office"])
def test_certificates_as_pdf_alone_tell_of_the_unknown(way: str) -> None:
    if way == "office" and not office.available():
        pytest.skip("LibreOffice is not installed")
    exporter = next(each for each in Registry.discover().exporters if each.name == "certificates")
    records = [
        replace(record, values={**record.values, "decided_on": ""}) if record.kind == "decision" else record
        for record in alone()
    ]
    options = exporter.options.model_validate({"docx": "no", "pdf": way})
    documents = {"/".join(each.name): each for each in exporter.render(report_of(records), options)}
    with pytest.raises(PrintsUnknown) as refused:
        demand_fit(Path("runde"), documents, report_of(records))
    assert "urkunden/urkundenregister.pdf: siehe PDF" in GERMAN.show(refused.value.message)


def test_a_key_that_nobody_typed_is_refused_and_one_that_is_none_is_not() -> None:
    origin = Origin("runde.xlsx", "Einnahmen", 4)
    income = Record("income", stand_in("4"), {"date": "2021-01-04", "amount": "5"}, origin)
    report = sample_report((income,))
    (key,) = report.origins.made_up_keys()
    documents = {"nachweis.docx": paper(f"Beleg {key}")}
    with pytest.raises(PrintsMadeUpKey) as refused:
        demand_fit(Path("runde"), documents, report)
    assert f"nachweis.docx: „Beleg {key}“" in GERMAN.show(refused.value.message)
    demand_fit(Path("runde"), {"nachweis.docx": paper("Beleg #99999, Los #1")}, report)
    demand_fit(Path("runde"), documents, sample_report())
