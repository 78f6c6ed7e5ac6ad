"""The same round under other law: another day of the notice, another recipient, another Land, another verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from oekoreport import (
    Case,
    Figures,
    Issue,
    Outcome,
    Project,
    Record,
    Rule,
    Rulebook,
    Severity,
    Status,
    Terms,
    TermsInRule,
    Verdict,
)
from oekoreport.contract.registry import Registry
from oekoreport.figures import CHAPTERS
from oekoreport.law import terms_in_force
from oekoreport.records.assembly import assemble
from oekoreport.rules.judging import judge
from oekoreport.testing.round import clean_round

RULEBOOKS = Registry.discover().rulebooks
PACKS = [pack for book in RULEBOOKS for pack in book.packs]

SACHSEN = {"grant/grant": {"land": "SN"}, "notice/ZB1": {"date": "01.06.2025", "conditions": "ANBest-P"}}
PRIVATE = {"recipient/recipient": {"legal_kind": "private"}}
BEFORE = {"notice/ZB1": {"date": "02.07.2020"}}
AFTER = {"notice/ZB1": {"date": "03.07.2020"}}


def changed(*changes: Mapping[str, Mapping[str, str]], without: tuple[str, ...] = ()) -> list[Record]:
    """Return the clean round with other values, and without the terms of the notice that are named."""
    merged: dict[str, dict[str, str]] = {}
    for change in changes:
        for where, values in change.items():
            merged.setdefault(where, {}).update(values)
    return [
        replace(record, values={**record.values, **merged.get(f"{record.kind}/{record.key}", {})})
        for record in clean_round()
        if not (record.kind == "term" and record.values["parameter"] in without)
    ]


class Judged:
    """A round with all its verdicts, figures and terms."""

    def __init__(self, records: list[Record], rulebooks: tuple[Rulebook, ...] = RULEBOOKS) -> None:
        assembly = assemble(records)
        project = assembly.project
        self.terms: Terms = terms_in_force(project, PACKS)
        self.figures = Figures(project, self.terms, CHAPTERS)
        case = Case(project, self.figures, assembly.origins, project.reference_date)
        self.verdicts = {each.code: each for each in judge(rulebooks, case, self.terms)}

    def __getitem__(self, code: str) -> Verdict:
        return self.verdicts[code]

    def outcome(self, code: str) -> Outcome:
        return self.verdicts[code].outcome


def books(judged: Judged) -> set[str]:
    return {verdict.rulebook for verdict in judged.verdicts.values()} - {"core", "award"}


# --- which book ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "expected", "packs"),
    [
        (
            (),
            {"nrw", "nrw-anbest-g", "nrw-oekoprofit"},
            {"nrw/anbest-g-2022", "nrw/oekoprofit-2023"},
        ),
        (
            (PRIVATE,),
            {"nrw", "nrw-anbest-p", "nrw-oekoprofit"},
            {"nrw/anbest-p-2022", "nrw/oekoprofit-2023"},
        ),
        (
            (BEFORE,),
            {"nrw", "nrw-anbest-g", "nrw-oekoprofit"},
            {"nrw/anbest-g-2020", "nrw/oekoprofit-before-2020-07-03"},
        ),
        (
            (AFTER,),
            {"nrw", "nrw-anbest-g", "nrw-oekoprofit"},
            {"nrw/anbest-g-2020", "nrw/oekoprofit-2020"},
        ),
        ((SACHSEN,), {"sachsen", "sachsen-anbest-k"}, {"sachsen/anbest-k-2025"}),
        ((SACHSEN, PRIVATE), {"sachsen", "sachsen-anbest-p"}, {"sachsen/anbest-p-2025"}),
    ],
)
def test_land_recipient_and_day_choose_the_books_and_their_editions(
    changes: tuple[Mapping[str, Mapping[str, str]], ...], expected: set[str], packs: set[str]
) -> None:
    judged = Judged(changed(*changes))
    assert books(judged) == expected
    assert {pack.name for pack in judged.terms.packs if pack.level in ("conditions", "guideline")} == packs


# --- before and after 3 July 2020 ------------------------------------------------------------------------------------


def test_the_guideline_of_3_july_2020_raises_the_maximum_and_lowers_the_number_of_participants() -> None:
    grant = {"grant/grant": {"cap": "22000,00"}, "notice/ZB1": {"amount": "22000,00"}}
    none = ("minimum_participants_entry",)
    before = Judged(changed(BEFORE, grant, {"notice/ZB1": {"date": "02.07.2020", "amount": "22000,00"}}, without=none))
    after = Judged(changed(AFTER, grant, {"notice/ZB1": {"date": "03.07.2020", "amount": "22000,00"}}, without=none))
    assert before.outcome("NRW-GRANT-CAP") is Outcome.FAILED
    assert after.outcome("NRW-GRANT-CAP") is Outcome.PASSED
    least = {judged: judged.terms["minimum_participants_entry"] for judged in (before, after)}
    assert [parameter.value for parameter in least.values()] == [10, 8]
    assert [parameter.status for parameter in least.values()] == [Status.CONFIRMED, Status.CONFIRMED]


def test_what_the_old_guideline_said_of_the_rate_is_unknown_and_what_the_new_one_says_is_unconfirmed_until_2023() -> (
    None
):
    before, after, now = Judged(changed(BEFORE)), Judged(changed(AFTER)), Judged(changed())
    assert before.outcome("NRW-RATE-MAX") is Outcome.UNDECIDED
    assert after.outcome("NRW-RATE-MAX") is Outcome.PASSED
    assert [parameter.name for parameter in after["NRW-RATE-MAX"].leaned_on] == ["rate_max"]
    assert now.outcome("NRW-RATE-MAX") is Outcome.PASSED
    assert now["NRW-RATE-MAX"].leaned_on == ()


def test_the_notice_settles_what_the_old_guideline_left_unknown() -> None:
    term = Record("term", "ZB1/9", {"parameter": "rate_max", "value": "80 %"}, clean_round()[0].origin, "ZB1")
    judged = Judged([*changed(BEFORE), term])
    assert judged.outcome("NRW-RATE-MAX") is Outcome.PASSED
    assert judged.terms["rate_max"].status is Status.NOTICE


# --- ANBest-G and ANBest-P -------------------------------------------------------------------------------------------


def test_anbest_g_leaves_the_deadline_open_where_anbest_p_has_six_months() -> None:
    none = ("report_months",)
    municipal, private = Judged(changed(without=none)), Judged(changed(PRIVATE, without=none))
    assert municipal.outcome("NRW-G-7.1") is Outcome.UNDECIDED
    assert private.outcome("NRW-P-6.1") is Outcome.PASSED
    assert [parameter.status for parameter in private["NRW-P-6.1"].leaned_on] == [Status.UNCONFIRMED]


def test_a_company_may_not_receive_what_the_guideline_gives_to_municipalities() -> None:
    private = Judged(changed(PRIVATE))
    assert private.outcome("NRW-OEK-3") is Outcome.FAILED
    assert private.outcome("NRW-CONDITIONS") is Outcome.FAILED


# --- NRW and Sachsen -------------------------------------------------------------------------------------------------

LATE = {"payment/R1-1": {"date": "15.12.2024"}}
OVER = {"payment/R1-1": {"amount": "1250,00"}, "payment/R2-1": {"amount": "250,00"}}


def test_money_used_in_the_third_month_is_late_in_nrw_and_in_time_in_sachsen() -> None:
    nrw, sachsen = Judged(changed(LATE)), Judged(changed(LATE, SACHSEN, PRIVATE))
    # A warning with an amount that nobody can say: the warning does not hide the open question.
    assert nrw.outcome("NRW-G-1.4-USE") is Outcome.UNDECIDED
    assert nrw["NRW-G-1.4-USE"].findings
    assert nrw["NRW-G-1.4-USE"].blocks
    assert sachsen.outcome("SN-P-1.4-USE") is Outcome.PASSED
    assert nrw.figures["drawdown.used_late/M1"].value == 500
    assert sachsen.figures["drawdown.used_late/M1"].value == 0
    assert nrw.figures["drawdown.interest/M1"].value is None  # nobody knows how NRW counts days
    assert sachsen.figures["drawdown.interest/M1"].value == 0


def test_a_line_may_be_exceeded_by_a_fifth_in_nrw_and_freely_within_the_total_in_sachsen() -> None:
    none = ("line_tolerance",)
    nrw = Judged(changed(OVER, without=none))
    sachsen = Judged(changed(OVER, SACHSEN, PRIVATE, without=none))
    assert nrw.outcome("NRW-G-1.2") is Outcome.FAILED
    assert [parameter.status for parameter in nrw["NRW-G-1.2"].leaned_on] == [Status.UNCONFIRMED]
    assert sachsen.outcome("SN-P-1.2") is Outcome.NOT_APPLICABLE
    assert sachsen.outcome("SN-P-1.2-TOTAL") is Outcome.PASSED
    assert nrw.figures["settlement.grant_due"].value == Decimal("1160.00")  # 80 % of 1,200 + 250
    assert sachsen.figures["settlement.grant_due"].value == Decimal("1200.00")  # 80 % of 1,250 + 250


def test_interest_of_sachsen_is_five_points_of_360_days_and_of_nrw_three_of_nobody_knows_how_many() -> None:
    used = {"payment/R1-1": {"date": "15.05.2025"}}
    sachsen = Judged(changed(used, SACHSEN, PRIVATE))
    # 500 × 8.37 % × 91/360 from 30.09. to 31.12.2024, 500 × 7.27 % × 134/360 to 14.05.2025
    assert sachsen.figures["drawdown.interest/M1"].value == Decimal("24.11")
    counted = Record(
        "term", "ZB1/9", {"parameter": "interest_day_count", "value": "30/360"}, clean_round()[0].origin, "ZB1"
    )
    nrw = Judged([*changed(used), counted])
    # 500 × 6.37 % × 91/360, 500 × 5.27 % × 134/360
    assert nrw.figures["drawdown.interest/M1"].value == Decimal("17.86")
    assert Judged(changed(used)).outcome("NRW-G-1.4-USE") is Outcome.UNDECIDED


def test_the_text_of_sachsen_is_confirmed_from_the_day_that_was_read_and_not_before() -> None:
    earlier = {"notice/ZB1": {"date": "17.05.2025", "conditions": "ANBest-P"}}
    read, before = Judged(changed(SACHSEN, PRIVATE)), Judged(changed(SACHSEN, PRIVATE, earlier))
    assert read["SN-P-1.4-USE"].leaned_on == ()
    assert [parameter.status for parameter in before["SN-P-1.4-USE"].leaned_on] == [Status.UNCONFIRMED]


def test_numbers_without_rules_are_never_green() -> None:
    bavaria = Judged(changed({"grant/grant": {"land": "BY"}}))
    assert books(bavaria) == set()
    assert bavaria["CORE-LAW"].blocks
    federal = Judged(changed({"grant/grant": {"land": "DE"}}, PRIVATE))
    assert federal["CORE-LAW"].blocks
    assert federal.figures["drawdown.use_by/M1"].day is not None  # six weeks
    assert str(federal.figures["drawdown.use_by/M1"].day) == "2024-11-11"


# --- a rule that breaks ----------------------------------------------------------------------------------------------


def test_a_rule_that_raises_and_one_that_lacks_its_data_are_undecided_and_block() -> None:
    def raising(_project: Project, _case: Case, _terms: TermsInRule) -> Iterator[Issue]:
        yield from ()
        message = "planted"
        raise ZeroDivisionError(message)

    def lacking(_project: Project, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
        case.figure("settlement.repayment_interest")
        case.figure("drawdown.use_by/M1")  # a day has no number
        yield from ()

    planted = Rulebook(
        "planted",
        RULEBOOKS[0].title,
        "1",
        tuple(
            Rule(code, RULEBOOKS[0].title, "x", Severity.ERROR, lambda case: (case.project,), judged)
            for code, judged in (("X-RAISES", raising), ("X-LACKS", lacking))
        ),
    )
    judged = Judged(changed(), (*RULEBOOKS, planted))
    for code in ("X-RAISES", "X-LACKS"):
        assert judged.outcome(code) is Outcome.UNDECIDED
        assert judged[code].blocks
    assert "ZeroDivisionError: planted" in str(judged["X-RAISES"].undecided[0].message)


def test_the_edition_that_the_notice_names_goes_before_its_day() -> None:
    def conditions(text: str) -> set[str]:
        judged = Judged(changed({"notice/ZB1": {"date": "03.07.2020", "conditions": text}}))
        return {pack.name for pack in judged.terms.packs if pack.level == "conditions"}

    assert conditions("ANBest-G") == {"nrw/anbest-g-2020"}
    assert conditions("ANBest-G (RdErl. 06.06.2022)") == {"nrw/anbest-g-2022"}
