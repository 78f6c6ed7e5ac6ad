"""Passages of law: what a verdict rests on is cited from the edition in force, and marked where nobody read it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
import pytest

from oekoreport import NoOptions, Report
from oekoreport.cli.verdicts_json import verdicts_json
from oekoreport.cli.verdicts_sarif import verdicts_sarif
from oekoreport.contract.registry import Registry
from oekoreport.language import Locale
from oekoreport.law import Citation
from oekoreport.testing.reports import report_of
from oekoreport.testing.round import clean_round
from oekoreport_funding.audit_memo import AuditMemo

GERMAN = Locale("de")
READ, UNREAD = date(2024, 2, 12), date(2026, 6, 15)
NUMBER = "ANBest-G NRW Nr. 7.1"
MARKED = f"{NUMBER} (Nummer nicht bestätigt)"


def report_on(day: date) -> Report:
    """Return the clean round under a notice of that day, without its narrative and without its terms."""
    return report_of(
        replace(each, values={**each.values, "date": day}) if each.kind == "notice" else each
        for each in clean_round()
        if each.kind not in ("narrative", "term")
    )


def bases(report: Report) -> Mapping[str, str]:
    return {verdict.code: GERMAN.show(verdict.basis) for verdict in report.verdicts}


def test_a_passage_of_an_edition_that_nobody_read_is_marked_and_one_that_was_read_is_not() -> None:
    assert bases(report_on(READ))["NRW-G-7.1"] == NUMBER
    assert bases(report_on(UNREAD))["NRW-G-7.1"] == MARKED


def test_every_passage_of_the_edition_of_2026_is_marked() -> None:
    of_conditions = {code: basis for code, basis in bases(report_on(UNREAD)).items() if code.startswith("NRW-G-")}
    assert len(of_conditions) == 15
    assert all(basis.endswith("(Nummer nicht bestätigt)") for basis in of_conditions.values())


def test_findings_and_open_questions_bear_it_too() -> None:
    verdicts = {verdict.code: verdict for verdict in report_on(UNREAD).verdicts}
    (*findings,) = verdicts["NRW-G-7.3"].findings
    assert {GERMAN.show(each.basis) for each in findings} == {"ANBest-G NRW Nr. 7.3 (Nummer nicht bestätigt)"}
    assert [GERMAN.show(each.basis) for each in verdicts["NRW-G-7.1"].undecided] == [MARKED]


@pytest.mark.parametrize(("day", "basis"), [(READ, NUMBER), (UNREAD, MARKED)])
def test_json_and_sarif_print_it(day: date, basis: str) -> None:
    report = report_on(day)
    data = json.loads(verdicts_json(report, GERMAN))
    assert {each["code"]: each["basis"] for each in data["verdicts"]}["NRW-G-7.1"] == basis
    log = json.loads(verdicts_sarif(report, Registry.discover().rulebooks, GERMAN))
    rules = {rule["id"]: rule for rule in log["runs"][0]["tool"]["driver"]["rules"]}
    assert rules["NRW-G-7.1"]["properties"]["basis"] == basis


@pytest.mark.parametrize(("day", "basis"), [(READ, NUMBER), (UNREAD, MARKED)])
def test_the_audit_memo_prints_it(day: date, basis: str) -> None:
    (document,) = AuditMemo().render(report_on(day), NoOptions())
    tables = docx.Document(BytesIO(document.content)).tables
    cells = {cell.text for table in tables for row in table.rows for cell in row.cells}
    assert {text for text in cells if text.startswith(NUMBER)} == {basis}


def test_the_old_guideline_has_no_numbers_and_its_successor_unconfirmed_ones_until_2023() -> None:
    assert [bases(report_on(day))["NRW-GRANT-CAP"] for day in (date(2020, 7, 2), date(2020, 7, 3), READ)] == [
        "Richtlinie ÖKOPROFIT (Nummer nicht bekannt)",
        "Richtlinie ÖKOPROFIT Nr. 5.4.1 (Nummer nicht bestätigt)",
        "Richtlinie ÖKOPROFIT Nr. 5.4.1",
    ]


@pytest.mark.parametrize(
    ("module", "number"),
    [
        ("entry", "4.1.1.1"),
        ("club", "4.1.2.1"),
        ("energy", "4.1.3.1"),
        ("micro", "4.1.4.1"),
        ("special", "4.1.1.1 bis 4.1.4.1"),
        ("", "4.1.1.1 bis 4.1.4.1"),
    ],
)
def test_the_minimum_number_is_cited_from_the_passage_of_the_module(module: str, number: str) -> None:
    report = report_of(
        replace(each, values={**each.values, "module": module}) if each.kind == "project" else each
        for each in clean_round()
    )
    assert bases(report)["NRW-PARTICIPANTS"] == f"Richtlinie ÖKOPROFIT Nr. {number}"


def test_a_finding_on_the_number_bears_the_passage_of_the_module_too() -> None:
    report = report_of(each for each in clean_round() if each.kind not in ("term", "participant"))
    (finding,) = next(each for each in report.verdicts if each.code == "NRW-PARTICIPANTS").findings
    assert GERMAN.show(finding.basis) == "Richtlinie ÖKOPROFIT Nr. 4.1.1.1"


def test_every_topic_that_a_rule_cites_has_a_number_in_an_edition_of_its_rulebook() -> None:
    cited = [(book, rule) for book in Registry.discover().rulebooks for rule in book.rules]
    for book, rule in cited:
        if isinstance(rule.basis, Citation):
            assert any(rule.basis.topic in pack.passages for pack in book.packs), rule.code
