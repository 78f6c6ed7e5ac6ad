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
    Presence,
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

SACHSEN = {"grant/grant": {"land": "SN"}, "notice/ZB1": {"date": "01.06.2025", "conditions": "ANBest-K"}}
PRIVATE = {"recipient/recipient": {"legal_kind": "private"}, "notice/ZB1": {"conditions": "ANBest-P"}}
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
    assert [parameter.status for parameter in least.values()] == [Status.SECONDARY, Status.CONFIRMED]


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
    judged = Judged([*changed(BEFORE), term("rate_max", "80 %")])
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
    assert private.outcome("NRW-CONDITIONS") is Outcome.PASSED


# --- NRW and Sachsen -------------------------------------------------------------------------------------------------

CALLED = {
    "grant/grant": {"period_end": "31.12.2025"},
    "project/project": {"reference_date": "31.12.2025"},
    "drawdown/M1": {"requested_on": "10.06.2025", "paid_on": "15.06.2025"},
    "payment/R1-1": {"date": "15.09.2025"},
    "payment/R2-1": {"date": "20.12.2025"},
}
"""Paid out after the notice of Sachsen, used three months later."""

OVER = {"payment/R1-1": {"amount": "1250,00"}, "payment/R2-1": {"amount": "250,00"}}


def term(parameter: str, value: str) -> Record:
    """Return a term that the grant notice sets."""
    return Record("term", f"ZB1/{parameter}", {"parameter": parameter, "value": value}, clean_round()[0].origin, "ZB1")


SIX_MONTHS = term("drawdown_window_months", "6")
"""What settles the window in Sachsen: the notice allowed advance payments."""


def test_money_used_in_the_third_month_is_late_in_nrw_and_in_time_in_sachsen() -> None:
    nrw, sachsen = Judged(changed(CALLED)), Judged([*changed(CALLED, SACHSEN, PRIVATE), SIX_MONTHS])
    # A warning with an amount that nobody can say: the warning does not hide the open question.
    assert nrw.outcome("NRW-G-1.4-USE") is Outcome.UNDECIDED
    assert nrw["NRW-G-1.4-USE"].findings
    assert nrw["NRW-G-1.4-USE"].blocks
    assert sachsen.outcome("SN-P-1.4-USE") is Outcome.PASSED
    assert nrw.figures["drawdown.used_late/M1"].value == 500
    assert sachsen.figures["drawdown.used_late/M1"].value == 0
    assert nrw.figures["drawdown.interest/M1"].value is None  # nobody knows how NRW counts days
    assert sachsen.figures["drawdown.interest/M1"].value == 0


def test_the_window_of_sachsen_is_open_until_the_notice_says_whether_advance_payments_were_allowed() -> None:
    private = changed(CALLED, SACHSEN, PRIVATE)
    without = Judged([*private, term("drawdown_window_months", "keine")])
    assert Judged(private).outcome("SN-P-1.4-USE") is Outcome.UNDECIDED
    assert Judged([*private, SIX_MONTHS]).outcome("SN-P-1.4-USE") is Outcome.PASSED
    assert without.outcome("SN-P-1.4-USE") is Outcome.NOT_APPLICABLE
    assert Judged(changed(CALLED, SACHSEN)).outcome("SN-K-1.4-USE") is Outcome.NOT_APPLICABLE


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
    used = {"payment/R1-1": {"date": "16.12.2025"}}
    sachsen = Judged([*changed(CALLED, used, SACHSEN, PRIVATE), SIX_MONTHS])
    # 500 × 7.27 % × 16/360 from 15.06. to 30.06.2025, 500 × 6.27 % × 165/360 to 15.12.2025
    assert sachsen.figures["drawdown.interest/M1"].value == Decimal("15.98")
    nrw = Judged([*changed(CALLED, used), term("interest_day_count", "30/360")])
    # 500 × 5.27 % × 16/360, 500 × 4.27 % × 165/360
    assert nrw.figures["drawdown.interest/M1"].value == Decimal("10.96")
    assert Judged(changed(CALLED, used)).outcome("NRW-G-1.4-USE") is Outcome.UNDECIDED


def test_a_repayment_in_sachsen_bears_interest_through_its_day_and_whole_cents_alone() -> None:
    repaid = {"grant/grant": {"repaid_on": "15.09.2025", "claim_on": "15.06.2025"}, "drawdown/M1": {"amount": "2.000"}}
    name = "settlement.repayment_interest"
    sachsen = Judged([*changed(CALLED, SACHSEN, PRIVATE, repaid), SIX_MONTHS])
    assert sachsen.figures["settlement.repayment"].value == 800
    # 800 × 7.27 % × 16/360 are 2.5849, 800 × 6.27 % × 75/360 through 15.09.2025 are 10.45; without that day 12.8955
    assert sachsen.figures[name].value == Decimal("13.03")
    assert not [each for each in sachsen.figures.leaning(name) if each.startswith("interest_")]
    nrw = Judged([*changed(CALLED, repaid), term("interest_day_count", "30/360")])
    # 800 × 5.27 % × 16/360 and 800 × 4.27 % × 74/360
    assert nrw.figures[name].value == Decimal("8.90")
    assert nrw.figures.leaning(name)["interest_through_repayment"].presence is Presence.UNKNOWN
    assert nrw.figures.leaning(name)["interest_rounded_down"].presence is Presence.UNKNOWN


def test_the_text_of_sachsen_is_confirmed_from_the_day_that_was_read_and_not_before() -> None:
    earlier = {"notice/ZB1": {"date": "17.05.2025"}}
    none = ("report_months",)
    read = Judged(changed(SACHSEN, PRIVATE, without=none))["SN-P-6.1"]
    before = Judged(changed(SACHSEN, PRIVATE, earlier, without=none))["SN-P-6.1"]
    assert read.leaned_on == ()
    assert [(parameter.name, parameter.status) for parameter in before.leaned_on] == [
        ("report_months", Status.UNCONFIRMED)
    ]


def test_the_tolerance_of_sachsen_is_none_today_and_unknown_before() -> None:
    none, earlier = ("line_tolerance",), {"notice/ZB1": {"date": "17.05.2025"}}
    for changes, code in (((SACHSEN,), "SN-K-1.2"), ((SACHSEN, PRIVATE), "SN-P-1.2")):
        assert Judged(changed(*changes, without=none)).outcome(code) is Outcome.NOT_APPLICABLE
        assert Judged(changed(*changes, earlier, without=none)).outcome(code) is Outcome.UNDECIDED


def test_money_is_used_within_two_months_in_bavaria_until_2022_and_within_three_that_nobody_confirmed_since() -> None:
    bavaria = {"grant/grant": {"land": "BY"}}
    windows = [
        Judged(changed(bavaria, PRIVATE, {"notice/ZB1": {"date": day}})).terms["drawdown_window_months"]
        for day in ("31.12.2022", "01.01.2023")
    ]
    assert [(each.value, each.status) for each in windows] == [(2, Status.CONFIRMED), (3, Status.UNCONFIRMED)]


# --- the instrument that the notice attaches -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("attached", "kind", "instrument"),
    [
        ("ANBest-P", "municipal", "ANBest-P"),
        ("anbest p (2022)", "municipal", "ANBest-P"),
        ("ANBest-P-Kosten", "municipal", "ANBest-G"),
        ("ANBest-Gk", "municipal", "ANBest-G"),
        ("ANBest-K", "private", "ANBest-P"),
        ("ANBest-G", "private", "ANBest-G"),
        ("", "private", "ANBest-P"),
        ("ANBest-G, für Letztempfänger ANBest-P", "private", "ANBest-P"),
        ("Allgemeine Nebenbestimmungen für Zuwendungen zur Projektförderung", "municipal", "ANBest-P"),
        ("Allgemeine Nebenbestimmungen", "municipal", "ANBest-G"),
        ("Anlage 2 zu Nr. 5.1 zu § 44 LHO", "municipal", "ANBest-P"),
        ("ANBest-P", "", "ANBest-P"),
    ],
)
def test_the_conditions_that_the_notice_attaches_are_followed_and_what_nobody_knows_is_not(
    attached: str, kind: str, instrument: str
) -> None:
    judged = Judged(changed({"notice/ZB1": {"conditions": attached}, "recipient/recipient": {"legal_kind": kind}}))
    assert [pack.instrument for pack in judged.terms.packs if pack.level == "conditions"] == [instrument]
    assert f"nrw-{instrument.casefold()}" in books(judged)
    assert {book for book in books(judged) if "anbest" in book} == {f"nrw-{instrument.casefold()}"}


def test_conditions_of_another_land_are_no_help_in_sachsen() -> None:
    judged = Judged(changed(SACHSEN, {"notice/ZB1": {"conditions": "ANBest-G"}}))
    assert books(judged) == {"sachsen", "sachsen-anbest-k"}
    assert judged["SN-CONDITIONS"].findings


def test_the_federal_text_is_confirmed_from_2014_and_its_six_weeks_only_as_far_as_they_hold() -> None:
    federal = {"grant/grant": {"land": "DE"}}
    none = ("line_tolerance", "report_months", "minimum_grant")
    today, before = (
        Judged(changed(federal, PRIVATE, {"notice/ZB1": {"date": day}}, without=none)).terms
        for day in ("12.02.2024", "31.12.2013")
    )
    said = {"line_tolerance": 20, "reduction_threshold": 500, "report_months": 6, "retention_years": 5}
    assert {name: (today[name].value, today[name].status) for name in said} == {
        name: (value, Status.CONFIRMED) for name, value in said.items()
    }
    assert (today["drawdown_window_weeks"].value, today["drawdown_window_weeks"].status) == (6, Status.UNCONFIRMED)
    assert {before[name].value for name in said} == {None}


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
    assert conditions("ANBest-G (RdErl. v. 6.6.2022)") == {"nrw/anbest-g-2022"}
    assert conditions("ANBest-G, Fassung 10.06.2020") == {"nrw/anbest-g-2020"}


def test_an_edition_named_by_its_date_is_not_the_one_before_it() -> None:
    named = {"notice/ZB1": {"date": "12.02.2024", "conditions": "ANBest-G (RdErl. 10.06.2020)"}}
    packs = [pack.name for pack in Judged(changed(named)).terms.packs if pack.level == "conditions"]
    assert packs == ["nrw/anbest-g-2020"]
