"""Sachsen is a second Land made of shared provisions: it brings numbers and passages, and judges nothing itself."""

from __future__ import annotations

import pytest

from oekoreport import Rule, Rulebook
from oekoreport.law import Citation
from oekoreport_nrw.rulebook import LAW as LAW_OF_NRW
from oekoreport_sachsen import oekoreport_rulebooks

RULEBOOKS = tuple(oekoreport_rulebooks())
EVERY_GRANT, TO_MUNICIPALITIES, TO_OTHERS = RULEBOOKS
NRW, NRW_G, _NRW_P = LAW_OF_NRW.rulebooks()
RULES = [rule for book in RULEBOOKS for rule in book.rules]


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
    assert municipal["SN-K-5"] == "ANBest-K Sachsen Nr. 5 (number not confirmed)"


def test_what_was_read_of_sachsen_is_what_the_pack_says() -> None:
    packs = {pack.name: pack for book in RULEBOOKS for pack in book.packs}
    private = packs["sachsen/anbest-p-2025"].parameters
    municipal = packs["sachsen/anbest-k-2025"].parameters
    assert {
        name: str(private[name].value) for name in ("report_months", "interest_threshold", "interest_day_count")
    } == {
        "report_months": "6",
        "interest_threshold": "50",
        "interest_day_count": "30/360",
    }
    assert (municipal["report_months"].value, municipal["interest_threshold"].value) == (12, 250)
    assert private["receipts_list"].value is True
    assert municipal["receipts_list"].value is False
    assert private["reduction_threshold"].value == municipal["reduction_threshold"].value == 500
