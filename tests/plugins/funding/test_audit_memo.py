"""The audit memo: internal, and complete on what was judged and what that rests on."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import docx
import pytest

from oekoreport import Cells, Message, PublishedCase, Role, Status, euro
from oekoreport.contract.hookspecs import NoOptions
from oekoreport.places import Place
from oekoreport.records import Balance
from oekoreport.records.record import Origin, Origins
from oekoreport.report.report import Report
from oekoreport.rules.verdict import Outcome
from oekoreport.testing.reports import hostile_report, report_of, sample_report
from oekoreport.testing.round import clean_round
from oekoreport_funding import provenance
from oekoreport_funding.audit_memo import HEADLINES, AuditMemo

NAMESPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def opened(report: Report) -> "docx.document.Document":
    (document,) = AuditMemo().render(report, NoOptions())
    assert document.name == ("intern", "pruefvermerk.docx")
    return docx.Document(BytesIO(document.content))


def rows(report: Report, name: str) -> list[list[str]]:
    """Return the rows of a table below its head, by the words that stand for it."""
    for table in opened(report).tables:
        caption = table._tbl.tblPr.find(f"{NAMESPACE}tblCaption")
        if caption is not None and caption.get(f"{NAMESPACE}val") == name:
            return [[cell.text for cell in row.cells] for row in table.rows][1:]
    pytest.fail(f"there is no table “{name}”")


def test_it_says_on_top_and_on_every_page_that_it_is_internal() -> None:
    document = opened(sample_report())
    assert document.paragraphs[0].text.startswith("INTERN – Dieser Prüfvermerk ist nicht Bestandteil")
    heads = ["\n".join(p.text for p in section.header.paragraphs) for section in document.sections]
    assert all("INTERN" in head for head in heads)


def test_every_verdict_stands_in_it_and_is_counted() -> None:
    report = hostile_report()
    judged = rows(report, "Prüfergebnisse je Regel")
    assert [(row[0], row[2]) for row in judged] == [
        (verdict.code, report.locale.show(verdict.outcome.label)) for verdict in report.verdicts
    ]
    passed, failed, undecided, out = rows(report, "Zahl der Prüfergebnisse")[0]
    outcomes = [verdict.outcome for verdict in report.verdicts]
    assert int(passed) == outcomes.count(Outcome.PASSED)
    assert int(failed) == outcomes.count(Outcome.FAILED) > 0
    assert int(undecided) == outcomes.count(Outcome.UNDECIDED) > 0
    assert int(out) == outcomes.count(Outcome.NOT_APPLICABLE)


def test_every_finding_stands_with_its_place_and_way_out() -> None:
    report = hostile_report()
    told = rows(report, "Feststellungen")
    assert len(told) == len(report.findings()) > 0
    for row, finding in zip(told, report.findings(), strict=True):
        assert row[0] == finding.code
        assert report.locale.show(finding.message) in row[2]
        assert finding.place is None or report.locale.show(finding.place) in row[3]
        assert finding.hint is None or report.locale.show(finding.hint) in row[2]


def test_waivers_say_how_often_they_were_used() -> None:
    report = sample_report()
    told = {row[0]: row for row in rows(report, "Zustimmungen und Vermerke")}
    for waiver in report.project.waivers:
        used = sum(finding.waived_by == waiver.key for finding in report.findings())
        assert told[waiver.key][5] == str(used)
        assert str(waiver.reference) in told[waiver.key][4]


def test_editions_of_the_law_and_unsure_values_are_named() -> None:
    report = sample_report()
    assert [row[0].split("\n")[0] for row in rows(report, "Angewendete Fassungen")] == [
        pack.title for pack in report.terms.packs
    ]
    told = {row[0]: row for row in rows(report, "Nicht bestätigte Vorgaben")}
    assert list(told) == [report.locale.show(each.parameter.title) for each in report.unsure()]
    assert {str(p.title) for verdict in report.verdicts for p in verdict.leaned_on} <= set(told)
    assert told["Bagatellgrenze"][1:] == [
        "12.500,00\u00a0€\nnicht bestätigt",
        f"ANBest-G NRW (vor dem 10.06.2020), VVG Nr. 1.1\n{report.terms['minimum_grant'].source}",
        "NRW-MINIMUM",
        "Im Blatt „Festlegungen“ unter diesem Titel eintragen: eine Zahl (EUR) oder „keine“.",
    ]


def test_factors_stand_with_source_and_status() -> None:
    told = rows(sample_report(), "Verwendete Faktoren")
    power = next(row for row in told if "UBA CLIMATE CHANGE 16/2026" in row[0])
    assert power[1].startswith("0,4")
    assert "Umweltbundesamt" in power[2]


def test_headline_figures_lead_to_cells() -> None:
    report = sample_report()
    told = {row[0].split("\n")[1]: row for row in rows(report, "Herkunft der Zahlen")}
    assert list(told) == list(HEADLINES)
    assert told["savings.money"][1] == "242.162\u00a0€/a"
    files = {origin.file for _identity, origin in report.origins.items()}
    assert any(file in told["savings.money"][2] for file in files)


def test_cells_that_follow_each_other_are_joined() -> None:
    report = report_of(clean_round())
    lines = provenance.origin(report, "settlement.granted")
    notice = report.project.notices[0]
    place = report.origins.place(notice.identity, "amount")
    assert isinstance(place, Place)
    assert lines == f"{place.file}: {place.sheet}!{place.cell}"
    columns = {"amount": "C"}
    payments = [payment for receipt in report.project.receipts for payment in receipt.payments]
    origins = {p.identity: Origin("a.xlsx", "Zahlung", 2 + n, columns) for n, p in enumerate(payments)}
    moved = replace(report, origins=Origins(origins))
    spent = provenance.origin(moved, "expenditure.spent").split("\n")[0]
    assert spent == f"a.xlsx: Zahlung!C2:C{1 + len(payments)}"


def test_inputs_and_versions_are_listed() -> None:
    report = replace(sample_report(), inputs={"projekt.xlsx": "a" * 64}, versions={"oekoreport": "9.9"})
    assert rows(report, "Eingangsdateien") == [["projekt.xlsx", "a" * 64]]
    assert rows(report, "Programmstände") == [["oekoreport", "9.9"]]


def test_word_opens_it_without_repair(tmp_path: Path) -> None:
    openxml_audit = pytest.importorskip("openxml_audit", reason="openxml-audit is not installed")
    for name, report in (("sample", sample_report()), ("hostile", hostile_report())):
        (document,) = AuditMemo().render(report, NoOptions())
        path = tmp_path / f"{name}.docx"
        path.write_bytes(document.content)
        result = openxml_audit.OpenXmlValidator().validate(path)
        assert result.is_valid, [str(error) for error in result.errors][:5]


def test_the_balance_of_cells_stands_in_it_by_file() -> None:
    at = Place("erhebung/x.xlsx", "Maßnahmen", "F", 4)
    cells = [Cells(at, Role.HEAD, 9), Cells(at, Role.FIELD, 1200), Cells(Place("projekt.xlsx"), Role.NOTE, 5)]
    left = Cells(at, Role.LEFT_OUT, 3, Message("Der Heizwert fehlt."))
    report = replace(sample_report(), balance=Balance([*cells, left]))
    assert rows(report, "Bilanz der Zellen") == [
        ["erhebung/x.xlsx", "0", "9", "0", "0", "1.200", "3", "1.212"],
        ["projekt.xlsx", "0", "0", "0", "5", "0", "0", "5"],
        ["Alle Dateien", "0", "9", "0", "5", "1.200", "3", "1.217"],
    ]
    assert rows(report, "Ausgelassene Zellen") == [["erhebung/x.xlsx: Maßnahmen!F4", "3", "Der Heizwert fehlt."]]


def test_where_nothing_is_left_out_it_says_so() -> None:
    assert rows(sample_report(), "Ausgelassene Zellen") == [["keine", "", ""]]


def test_published_cases_stand_with_the_rules_that_have_something_open() -> None:
    report = sample_report()
    case = PublishedCase(
        rules=("NRW-UNDERSPENT",),
        body="Rechnungshof Musterland",
        report="Jahresbericht 2020, Nr. 3",
        year=2020,
        happened="Ein Kreis gab weniger aus als geplant.",
        source="Jahresbericht 2020",
        status=Status.SECONDARY,
        amount=euro(Decimal("521.90")),
    )
    verdicts = tuple(
        replace(verdict, cases=(case,) if verdict.code in ("NRW-UNDERSPENT", "NRW-ADVANCE") else ())
        for verdict in report.verdicts
    )
    assert rows(replace(report, verdicts=verdicts), "Veröffentlichte Fälle") == [
        [
            "NRW-UNDERSPENT",
            "Rechnungshof Musterland, Jahresbericht 2020, Nr. 3 (aus Sekundärquelle)",
            "521,90\u00a0€",
            "Ein Kreis gab weniger aus als geplant.",
        ]
    ]


def test_without_anything_open_it_names_no_case() -> None:
    report = sample_report()
    told = opened(replace(report, verdicts=tuple(replace(each, findings=()) for each in report.verdicts)))
    assert not any("Veröffentlichte Fälle" in paragraph.text for paragraph in told.paragraphs)
