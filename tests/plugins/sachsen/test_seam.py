"""Sachsen is a second Land made of shared provisions: it brings numbers and passages, and judges nothing itself."""

from __future__ import annotations

from decimal import Decimal

import pytest

from oekoreport import Presence, Rule, Rulebook, Status
from oekoreport.law import Citation, Grades
from oekoreport_nrw.rulebook import LAW as LAW_OF_NRW
from oekoreport_sachsen import oekoreport_rulebooks

RULEBOOKS = tuple(oekoreport_rulebooks())
EVERY_GRANT, TO_MUNICIPALITIES, TO_OTHERS = RULEBOOKS
NRW, NRW_G, _NRW_P = LAW_OF_NRW.rulebooks()
RULES = [rule for book in RULEBOOKS for rule in book.rules]
PACKS = {pack.name: pack for book in RULEBOOKS for pack in book.packs}


def bases(book: Rulebook, edition: str) -> dict[str, str]:
    """Return what the rules of a book rest on in one of its editions."""
    packs = [pack for pack in book.packs if pack.name == edition]
    return {rule.code: str(rule.basis.among(packs)) for rule in book.rules if isinstance(rule.basis, Citation)}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_is_a_shared_provision_under_a_text_of_sachsen(rule: Rule) -> None:
    assert rule.judge.__module__.startswith("oekoreport.rules.provisions.")
    assert rule.code.startswith("SN-")
    assert "NRW" not in str(rule.basis)


def test_both_laender_judge_by_the_same_code_under_their_own_passages() -> None:
    for ours, theirs in ((EVERY_GRANT, NRW), (TO_OTHERS, NRW_G), (TO_MUNICIPALITIES, NRW_G)):
        assert [rule.judge.__qualname__ for rule in ours.rules] == [rule.judge.__qualname__ for rule in theirs.rules]
    assert bases(TO_OTHERS, "sachsen/anbest-p-2025")["SN-P-6.1"] == "ANBest-P Sachsen Nr. 6.1"
    assert bases(NRW_G, "nrw/anbest-g-2022")["NRW-G-7.1"] == "ANBest-G NRW Nr. 7.1"


def test_a_number_that_nobody_read_says_so() -> None:
    assert bases(TO_OTHERS, "sachsen/anbest-p-2025")["SN-P-5.1"] == "ANBest-P Sachsen Nr. 5.1"
    before = bases(TO_OTHERS, "sachsen/anbest-p-before-2025-05-18")
    assert before["SN-P-5.1"] == "ANBest-P Sachsen Nr. 5.1 (number not confirmed)"
    municipal = bases(TO_MUNICIPALITIES, "sachsen/anbest-k-2025")
    assert municipal["SN-K-5"] == "ANBest-K Sachsen Nr. 5"
    assert municipal["SN-K-3"] == "ANBest-K Sachsen Nr. 3 (repealed)"


READ = {
    "sachsen/anbest-k-2025": {
        "line_tolerance": None,
        "reduction_threshold": 500,
        "drawdown_window_months": None,
        "drawdown_window_weeks": None,
        "advance_payments_restricted": True,
        "report_months": 12,
        "receipts_list": False,
        "retention_years": None,
        "minimum_grant": 10000,
        "notify_reduction_rate": Decimal("7.5"),
        "notify_reduction_amount": 10000,
        "donations_replace_own_funds": True,
        "forgone_discount_deducted": False,
        "use_in_proportion": True,
        "recall_minimum": None,
        "interest_points": 5,
        "interest_day_count": "30/360",
        "interest_transition": "split",
        "interest_through_repayment": True,
        "interest_rounded_down": True,
        "interest_threshold": 250,
    },
    "sachsen/anbest-p-2025": {
        "line_tolerance": None,
        "reduction_threshold": 500,
        "advance_payments_restricted": True,
        "report_months": 6,
        "receipts_list": True,
        "retention_years": 5,
        "minimum_grant": 2500,
        "notify_reduction_rate": Decimal("7.5"),
        "notify_reduction_amount": 10000,
        "donations_replace_own_funds": True,
        "donations_reduce_gap": True,
        "gap_reduction_shared": True,
        "forgone_discount_deducted": False,
        "use_in_proportion": True,
        "recall_minimum": 500,
        "recall_steps": None,
        "interest_points": 5,
        "interest_day_count": "30/360",
        "interest_transition": "split",
        "interest_through_repayment": True,
        "interest_rounded_down": True,
        "interest_threshold": 50,
    },
}
"""By edition, what its text says; None is a rule that the text does not have."""


@pytest.mark.parametrize("edition", READ)
def test_what_was_read_of_sachsen_is_what_the_pack_says(edition: str) -> None:
    pack = PACKS[edition]
    said = {name: pack.parameters[name] for name in READ[edition]}
    assert {name: each.value for name, each in said.items()} == READ[edition]
    assert {each.status for each in said.values()} == {Status.CONFIRMED}
    assert all(each.presence is not Presence.UNKNOWN for each in said.values())
    assert all(each.passage for each in pack.parameters.values())


@pytest.mark.parametrize(
    ("grant", "limit"),
    [
        ("4000", "400.00"),
        ("5000", "500.00"),
        ("5000.01", "250.00"),
        ("10000", "500.00"),
        ("20000", "500.00"),
        ("20000.01", "600.00"),
        ("40000", "1000.00"),
        ("50000.01", "1000.00"),
        ("125000", "1500.00"),
        ("125000.01", "2500.00"),
    ],
)
def test_what_is_recalled_of_municipalities_is_graded_by_the_grant(grant: str, limit: str) -> None:
    steps = PACKS["sachsen/anbest-k-2025"].parameters["recall_steps"].value
    assert isinstance(steps, Grades)
    assert steps.amount(Decimal(grant)) == Decimal(limit)


def test_before_the_text_that_was_read_nothing_is_confirmed() -> None:
    for kind in "kp":
        pack = PACKS[f"sachsen/anbest-{kind}-before-2025-05-18"]
        assert not [each for each in pack.parameters.values() if each.status.sure]
        assert not [each for each in pack.passages.values() if each.status.sure]
        assert pack.parameters["line_tolerance"].presence is Presence.UNKNOWN
