"""Every rule passes, fails and leaves open what its case file says; the clean round is green under all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from oekoreport import Record, Rulebook
from oekoreport.contract.registry import Registry
from oekoreport.testing.cases import SHARED, BadCase, RuleCase, cases_in, changed, check, documentation_faults
from oekoreport.testing.round import clean_round

FOLDER = Path(__file__).parents[1] / "cases"
FILES = sorted(file for file in FOLDER.glob("*.toml") if file.stem != "audit_errors")
CASES = [case for file in FILES for case in cases_in(file)]
RULEBOOKS = Registry.discover().rulebooks
ROUND = clean_round()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_rule_says_what_its_case_file_says(case: RuleCase) -> None:
    check(case, RULEBOOKS, ROUND)


@pytest.mark.parametrize("rulebook", RULEBOOKS, ids=lambda rulebook: rulebook.name)
def test_every_rule_is_documented_and_has_a_pass_and_a_fail(rulebook: Rulebook) -> None:
    assert documentation_faults(rulebook, FOLDER) == []


def test_no_case_file_is_left_without_its_rule() -> None:
    codes = {rule.code for rulebook in RULEBOOKS for rule in rulebook.rules}
    assert {file.stem for file in FILES} <= codes


def test_every_provision_that_laender_share_has_its_cases_under_one_of_them() -> None:
    shared = [rule for rulebook in RULEBOOKS for rule in rulebook.rules if rule.judge.__module__.startswith(SHARED)]
    shown = {rule.judge.__qualname__ for rule in shared if (FOLDER / f"{rule.code}.toml").exists()}
    assert {rule.judge.__qualname__ for rule in shared} == shown
    assert len(shown) > 25


def test_what_a_file_says_of_the_round_goes_before_each_of_its_cases(tmp_path: Path) -> None:
    text = '[round]\nset."grant/grant/land" = "SN"\n[[passes]]\nbecause = "a"\nset."grant/grant/cap" = "1"'
    assert case_of(tmp_path, "X-1", text).set == {"grant/grant/land": "SN", "grant/grant/cap": "1"}


def test_a_case_file_that_cannot_be_meant_is_refused(tmp_path: Path) -> None:
    for text, fault in (
        ('[[pass]]\nbecause = "a"', "no table is called pass"),
        ('[[passes]]\nbecause = "a"\nsets = {}', "a case has no sets"),
        ("[[passes]]", "“because” is missing"),
        ('[[fails]]\nbecause = "a"', "“message” is missing"),
    ):
        file = tmp_path / "X-1.toml"
        file.write_text(text, encoding="utf-8")
        with pytest.raises(BadCase, match=fault):
            cases_in(file)


def case_of(tmp_path: Path, code: str, text: str) -> RuleCase:
    file = tmp_path / f"{code}.toml"
    file.write_text(text, encoding="utf-8")
    return cases_in(file)[0]


def test_a_case_that_expects_the_wrong_verdict_message_or_number_fails(tmp_path: Path) -> None:
    wrong = '\nset."site/klinik-1/town" = ""\nbecause = "a"\n'
    for table, rest in (
        ("passes", ""),
        ("fails", 'message = "etwas anderes"'),
        ("fails", 'message = "Standort klinik-1: „Ort“ fehlt."\ncount = 2'),
        ("waived", ""),
    ):
        with pytest.raises(AssertionError, match="Standort klinik-1: „Ort“ fehlt"):
            check(case_of(tmp_path, "CORE-REQUIRED", f"[[{table}]]{wrong}{rest}"), RULEBOOKS, ROUND)


def test_a_case_that_misses_its_object_or_its_rule_is_refused(tmp_path: Path) -> None:
    for code, text, fault in (
        ("CORE-REQUIRED", 'set."site/nirgends/town" = ""', "the round has no site/nirgends"),
        ("CORE-REQUIRED", 'set."site/klinik-1/twon" = ""', "twon"),
        ("NO-SUCH", "", "there is no such rule"),
    ):
        with pytest.raises(BadCase, match=fault):
            check(case_of(tmp_path, code, f'[[passes]]\nbecause = "a"\n{text}'), RULEBOOKS, ROUND)


def test_dropping_an_object_takes_along_what_belongs_to_it(tmp_path: Path) -> None:
    case = case_of(tmp_path, "CORE-SITE", '[[passes]]\nbecause = "a"\ndrop = ["participant/werk"]')
    left: list[Record] = changed(ROUND, case)
    assert {record.kind for record in ROUND if record not in left} == {
        "participant",
        "participant_state",
        "site",
        "site_visit",
        "baseline",
        "consumption",
        "measure",
        "effect",
        "decision",
    }
