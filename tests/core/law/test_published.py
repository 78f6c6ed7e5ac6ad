"""Published cases: read strictly, docked to rules by code and to provisions by name, and fit to be shown."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from oekoreport import Rule, Status, with_cases
from oekoreport.contract.registry import Registry
from oekoreport.law import BadPack, Instrument, PublishedCase, cases_in
from oekoreport.model.recipient import LegalKind
from oekoreport.rules import provisions
from oekoreport.rules.provisions.grant import conditions_of_recipient
from oekoreport.rules.provisions.provision import Provision
from oekoreport.rules.provisions.receipts import discount_forgone
from oekoreport.units import euro

CASE = """
[[case]]
rules = ["T-1", "T-2"]
body = "Rechnungshof Musterland"
report = "Jahresbericht 2020, Nr. 3"
year = 2020
happened = "Ein Kreis rechnete Skonto ab, das er nicht gezogen hatte."
amount = 521.90
source = "Jahresbericht 2020"
status = "secondary"
"""
LONGEST = 420
"""How long an account may be, in characters: two sentences fill three lines of the memo's table."""

Write = Callable[[str], str]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Write]:
    """Write a package with a file of cases, and return its name."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def write(text: str) -> str:
        (tmp_path / "told").mkdir()
        (tmp_path / "told" / "__init__.py").touch()
        (tmp_path / "told" / "cases.toml").write_text(text, encoding="utf-8")
        return "told"

    yield write
    sys.modules.pop("told", None)
    cases_in.cache_clear()


def rules(*codes: str) -> tuple[Rule, ...]:
    rule = replace(discount_forgone.under("T", "Bescheid"), cases=())
    return tuple(replace(rule, code=code) for code in codes)


def test_a_case_says_who_found_what_and_how_that_was_read(write: Write) -> None:
    (case,) = cases_in(write(CASE))
    assert case == PublishedCase(
        rules=("T-1", "T-2"),
        body="Rechnungshof Musterland",
        report="Jahresbericht 2020, Nr. 3",
        year=2020,
        happened="Ein Kreis rechnete Skonto ab, das er nicht gezogen hatte.",
        source="Jahresbericht 2020",
        status=Status.SECONDARY,
        amount=euro(Decimal("521.90")),
    )
    assert case.reference == "Rechnungshof Musterland, Jahresbericht 2020, Nr. 3 (from a secondary source)"
    assert replace(case, status=Status.CONFIRMED).reference == "Rechnungshof Musterland, Jahresbericht 2020, Nr. 3"


def test_rules_get_the_cases_that_name_them(write: Write) -> None:
    first, second, third = with_cases(write(CASE), rules("T-1", "T-2", "T-3"))
    assert first.cases == second.cases == cases_in("told")
    assert third.cases == ()


def test_a_rule_keeps_the_cases_of_its_provision(write: Write) -> None:
    rule = discount_forgone.under("T-1", "Bescheid")
    docked, _other = with_cases(write(CASE), (rule, *rules("T-2")))
    assert docked.cases == (*discount_forgone.cases, *cases_in("told"))


@pytest.mark.parametrize(
    ("written", "instead", "told"),
    [
        ('"T-2"', '"T-22"', "told/cases.toml: [case]: “T-22” is not known here; there is T-2."),
        ('"T-2"', "2", "told/cases.toml: [case]: “rules” must be a text, not ['T-1', 2]."),
        ("2020\n", '"2020"\n', "told/cases.toml: [case]: “year” must be a number, not '2020'."),
        (
            "secondary",
            "hearsay",
            "told/cases.toml: [case]: “hearsay” is not known here; there is confirmed, secondary.",
        ),
        ("body =", "boby =", "told/cases.toml: [case]: “boby” is not known here; there is body."),
        ('body = "Rechnungshof Musterland"\n', "", "told/cases.toml: [case]: “body” is missing."),
        ("year", 'land = "XX"\nyear', "told/cases.toml: [case]: “XX” is not known here; there is BB, BE, "),
        ("[[case]]", "[[cases]]", "told/cases.toml: “cases” is not known here; there is case."),
    ],
)
def test_a_slip_is_told_by_file_and_word(write: Write, written: str, instead: str, told: str) -> None:
    with pytest.raises(BadPack) as caught:
        with_cases(write(CASE.replace(written, instead, 1)), rules("T-1", "T-2"))
    assert caught.value.message.startswith(told)


# --- the cases that are shipped --------------------------------------------------------------------------------------


def shared_provisions() -> Iterator[Provision]:
    for module in iter_modules(provisions.__path__):
        found = vars(import_module(f"{provisions.__name__}.{module.name}")).values()
        yield from (each for each in found if isinstance(each, Provision))
    yield conditions_of_recipient([Instrument("ANBest-G", LegalKind.MUNICIPAL)])


def test_every_shared_case_names_provisions_that_there_are() -> None:
    known = {each.name for each in shared_provisions()}
    named = {name for case in cases_in(provisions.__name__) for name in case.rules}
    assert named - known == set()


def test_a_provision_has_the_same_cases_in_every_land() -> None:
    by_judge = {
        (rule.judge.__name__, rule.cases)
        for book in Registry.discover().rulebooks
        for rule in book.rules
        if rule.judge.__module__.startswith(provisions.__name__)
    }
    assert len(by_judge) == len({name for name, _cases in by_judge})


def test_every_case_is_cited_by_its_year_and_told_in_few_words() -> None:
    cases = {case for book in Registry.discover().rulebooks for rule in book.rules for case in rule.cases}
    assert cases
    for case in cases:
        assert str(case.year) in case.report, case.reference
        assert case.happened.endswith("."), case.reference
        assert len(case.happened) <= LONGEST, case.reference
        assert case.amount is None or case.amount.value > 0, case.reference
