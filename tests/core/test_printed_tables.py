"""The contract that sums printed tables sees what does not add up."""

from __future__ import annotations

import pytest

from oekoreport.contract.registry import Registry
from oekoreport.documents.pdf import Manuscript, Press, office
from oekoreport.report import Document
from oekoreport.testing.odd_rounds import odd_report
from oekoreport.testing.printed_tables import TOTAL, Table, faults_in, faults_of, tables_of

HEAD = ["Ansatz", "EUR", "v.H."]


@pytest.mark.parametrize(
    ("rows", "faults"),
    [
        ([["1", "10,00", "50,00"], ["2", "10,00", "50,00"], ["Insgesamt", "20,00", "100,00"]], 0),
        ([["1", "10,00", "50,00"], ["2", "10,00", "50,00"], ["Insgesamt", "21,00", "100,00"]], 1),
        ([["1", "10,00", "50,00"], ["2", "[unbekannt]", "[unbekannt]"], ["Insgesamt", "20,00", "100,00"]], 1),
        ([["1", "10,00", "50,00"], ["2", "[unbekannt]", "50,00"], ["Insgesamt", "[unbekannt]", "100,00"]], 0),
        ([["1", "10,00", "–"], ["2", "nicht freigegeben", "–"], ["Insgesamt", "30,00", "–"]], 0),
        ([["1", "−5", "–"], ["2", "1.005", "–"], ["Summe 4", "1.000", "–"]], 0),
        ([["1", "10,00", "33,30"], ["2", "10,00", "33,30"], ["Insgesamt", "20,00", "100,00"]], 1),
        ([["1", "8,00", ""], ["höchstens 5,00 €"] * 3, ["Summe", "5,00", ""]], 0),
    ],
)
def test_a_total_is_the_sum_of_its_rows(rows: list[list[str]], faults: int) -> None:
    assert len(faults_of(Table("Tabelle", [HEAD, *rows]))) == faults


@pytest.mark.parametrize("way", ["typst", "office"])
def test_a_pdf_has_the_totals_of_its_word_document(way: str) -> None:
    if way == "office" and not office.available():
        pytest.skip("LibreOffice is not installed")
    exporter = next(each for each in Registry.discover().exporters if each.name == "funding-report")
    report = odd_report("thirteen participants")
    word, pdf = exporter.render(report, exporter.options.model_validate({"pdf": way}))
    assert totals_in(pdf) == totals_in(word)
    assert len(totals_in(pdf)) == 12


def totals_in(document: Document) -> list[list[str]]:
    rows = (row for table in tables_of(document) for row in table.rows if row and TOTAL.match(row[0]))
    return [[" ".join(cell.split()) for cell in row] for row in rows]


def test_what_does_not_add_up_in_a_pdf_is_told() -> None:
    template = b"#table(columns: 2, table.header[Line][EUR], [1], [10,00], [2], [10,00], [Summe], data.sum)"
    with Press(template, "x.typ") as press:
        right, wrong = (
            Document(("x.pdf",), press.print(Manuscript({"sum": text}, "x", "de", None)).content)
            for text in ("20,00", "21,00")
        )
    assert faults_in(right) == []
    assert faults_in(wrong) == ["x.pdf, table 1, 'EUR': 21,00 is not the sum of the rows, 20.00"]
