"""The order in which the grant is used beside other money, what it leans on, and which payment ends interest."""

from datetime import date
from decimal import Decimal

import pytest

from oekoreport.figures import CHAPTERS
from oekoreport.figures.engine import Figures
from oekoreport.figures.values import Fact, FieldRef
from oekoreport.law import Presence, Status, terms_in_force
from oekoreport.records.assembly import assemble
from oekoreport.records.record import UNREADABLE, Origin, Record

HERE = Origin("test.csv")
TERMS = {
    "drawdown_window_months": "2",
    "line_tolerance": "20",
    "reduction_threshold": "none",
    "gap_reduction_shared": "none",
    "interest_points": "3",
    "interest_day_count": "30/360",
}


def entry(kind: str, key: str, parent: str = "", **values: object) -> Record:
    return Record(kind, key, values, HERE, parent)


def notice(key: str, day: str, amount: str, **terms: str) -> list[Record]:
    set_ = [entry("term", f"{key}/{name}", key, parameter=name, value=value) for name, value in terms.items()]
    kind = "grant" if key == "N1" else "amendment"
    return [entry("notice", key, notice_kind=kind, date=day, amount=amount), *set_]


def plan(key: str, by: str, eligible: str, public: str = "0") -> list[Record]:
    return [
        entry("plan", key, notice=by),
        entry("expenditure_line", "1", key, planned=eligible, planned_eligible=eligible),
        entry("expenditure_line", "2", key, planned="100", planned_eligible="0"),
        entry("income_line", "public", key, source="public", planned=public),
    ]


def paid(key: str, amount: str, day: str, line: str = "1") -> list[Record]:
    return [
        entry("receipt", key),
        entry("allocation", f"{key}/1", key, line=line, amount=amount),
        entry("payment", f"{key}/1", key, amount=amount, date=day),
    ]


def figures_of(*records: Record, terms: dict[str, str] | None = None, **grant: object) -> Figures:
    """Return the figures of a share of 80 % of 1,000, at most 800, 400 of it paid out on 1.2.2024."""
    base = [
        entry("grant", "grant", "", **({"financing_type": "share", "rate": "80 %", "cap": "800"} | grant)),
        *notice("N1", "01.01.2024", "800", **(TERMS | (terms or {}))),
        entry("drawdown", "1", amount="400", paid_on="01.02.2024"),
    ]
    plans = [] if any(record.kind == "plan" for record in records) else plan("P1", "N1", "1.000")
    project = assemble([*base, *plans, *records]).project
    return Figures(project, terms_in_force(project, []), CHAPTERS)


def used(figures: Figures, name: str) -> Decimal | None:
    return figures[f"drawdown.{name}/1"].value


# --- the plan of the day ---------------------------------------------------------------------------------------------

AMENDED = [
    *plan("P1", "N1", "1.600"),
    *notice("N2", "01.05.2024", "480"),
    *plan("P2", "N2", "1.600"),
    *paid("B1", "500", "15.02.2024"),
    *paid("B2", "1.100", "01.06.2024"),
]
"""The grant rises on 1.5.2024 from 800 to 1,280 of 1,600, that is from 50 % to 80 %; 500 were paid before that day."""


def test_a_payment_uses_the_grant_as_the_plan_of_its_day_provides_for() -> None:
    figures = figures_of(*AMENDED, cap="1.280", reduction_method="pro_rata")
    # 50 % of 500 are 250 on 15.2.; from 1.5. on 80 % of 500 are 400
    assert (used(figures, "used_in_time"), used(figures, "used_late")) == (Decimal(250), Decimal(150))
    assert figures["drawdown.used_up/1"].day == date(2024, 5, 1)
    assert FieldRef("notice", "N2", "date") in figures["drawdown.used_late/1"].basis
    assert figures.leaning("drawdown.used_late/1")["use_by_plan_of_day"].presence is Presence.UNKNOWN


def test_the_notice_may_say_that_the_last_plan_holds_for_all_payments() -> None:
    says = {"use_by_plan_of_day": "nein"}
    figures = figures_of(*AMENDED, cap="1.280", reduction_method="pro_rata", terms=says)
    assert (used(figures, "used_in_time"), used(figures, "used_late")) == (Decimal(400), Decimal(0))
    assert "use_by_plan_of_day" not in figures.leaning("drawdown.used_late/1")


def test_a_smaller_proportion_makes_nothing_unused_that_was_used() -> None:
    records = [*paid("B1", "500", "15.02.2024"), *notice("N2", "01.05.2024", "-300"), *paid("B2", "500", "01.06.2024")]
    figures = figures_of(*records, *plan("P1", "N1", "1.000"), reduction_method="pro_rata")
    assert figures["drawdown.used_up/1"].day == date(2024, 2, 15)


# --- a gap and its funders -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("says", "up"), [({}, date(2024, 3, 1)), ({"use_of_gap_in_proportion": "nein"}, None)])
def test_several_fill_a_gap_in_proportion_after_own_funds(says: dict[str, str], up: date | None) -> None:
    # 1,200 eligible, 800 of the Land and 300 of others: 100 of own funds first. Of 550 more the Land pays 8/11, 400;
    # if the others come first, 400 of other money do, and 250 of the 650 are the Land's.
    records = [*plan("P1", "N1", "1.200", public="300"), *paid("B1", "650", "01.03.2024")]
    figures = figures_of(
        *records, entry("income", "E", source="public", amount="300"), financing_type="gap", terms=says
    )
    assert figures["drawdown.used_up/1"].day == up
    assert used(figures, "used_in_time") == (400 if up else 250)
    leaning = figures.leaning("drawdown.used_in_time/1")
    assert set(leaning) >= {"use_after_own_funds"}
    assert ("use_of_gap_in_proportion" in leaning) is (not says)


# --- what a figure leans on ------------------------------------------------------------------------------------------


def test_what_is_used_leans_on_the_order_that_nobody_confirmed() -> None:
    silent = figures_of(*paid("B1", "1.000", "15.02.2024"))
    settled = figures_of(*paid("B1", "1.000", "15.02.2024"), terms={"use_in_proportion": "ja"})
    assert [*silent.leaning("drawdown.used_late/1")] == ["use_in_proportion"]
    assert not settled.leaning("drawdown.used_late/1")


def test_a_claim_day_that_nobody_entered_is_an_assumption_and_says_how_it_is_settled() -> None:
    records = paid("B1", "400", "15.02.2024")
    assumed = figures_of(*records, repaid_on="01.09.2024").leaning("settlement.interest_due")["repayment_claim_on"]
    assert (assumed.status, assumed.value) == (Status.ASSUMED, date(2024, 2, 1))
    assert assumed.settled_by == "Enter the day in the sheet “Grant”, field “Repayment claim from”."
    entered = figures_of(*records, repaid_on="01.09.2024", claim_on="01.05.2024")
    assert "repayment_claim_on" not in entered.leaning("settlement.interest_due")


def test_a_claim_day_that_cannot_be_read_is_none_that_is_assumed() -> None:
    figures = figures_of(*paid("B1", "400", "15.02.2024"), repaid_on="01.09.2024", claim_on=UNREADABLE)
    assert figures["settlement.repayment_interest"].value is None
    assert FieldRef("grant", "grant", "claim_on") in figures["settlement.repayment_interest"].missing


def test_interest_due_leans_on_a_threshold_that_nobody_read() -> None:
    figures = figures_of(*paid("B1", "400", "15.02.2024"), repaid_on="01.09.2024", claim_on="01.05.2024")
    assert figures["settlement.interest_due"].value == figures["settlement.interest"].value == Decimal("1.73")
    assert figures.leaning("settlement.interest_due")["interest_threshold"].presence is Presence.UNKNOWN
    assert "interest_threshold" not in figures_of(*paid("B1", "1.000", "15.02.2024")).leaning("settlement.interest_due")


def test_both_results_are_shown_where_the_notice_does_not_say_how_it_reduces() -> None:
    records = [*plan("P1", "N1", "1.280"), *paid("B1", "500", "15.02.2024"), *paid("B2", "780", "01.06.2024")]
    figure = figures_of(*records)["drawdown.used_late/1"]
    assert figure.value is None
    field, told = figure.missing
    assert field == FieldRef("grant", "grant", "reduction_method")
    assert told == (
        "“Reduction of the grant: by the rate, or pro rata” is not settled: Used late, by the rate: 0.00\u00a0€, "
        "Used late, in proportion to the plan: 87.50\u00a0€. Enter it in the sheet “Grant”, field “Reduction”."
    )
    assert [(str(part.title), part.value) for part in figure.basis if isinstance(part, Fact)] == [
        ("Used late, by the rate", Decimal(0)),
        ("Used late, in proportion to the plan", Decimal("87.50")),
    ]


def test_interest_is_told_each_way_where_nobody_knows_how_days_are_counted() -> None:
    open_count = {"interest_day_count": ""}
    claim = {"claim_on": "01.05.2024", "repaid_on": "01.09.2024"}
    figures = figures_of(*paid("B1", "400", "15.02.2024"), terms=open_count, **claim)
    assert figures["settlement.repayment_interest"].value is None
    left_open = figures.leaning("settlement.interest_due")["interest_day_count"]
    assert left_open.outcomes == "with “30/360” 1.73\u00a0€, with “actual/365” 1.75\u00a0€"
    assert figures["settlement.repayment_interest"].missing == (left_open,)


def test_interest_is_known_where_each_way_comes_to_the_same() -> None:
    days = {"claim_on": "01.08.2024", "repaid_on": "02.08.2024"}
    figures = figures_of(*paid("B1", "400", "15.02.2024"), terms={"interest_day_count": ""}, **days)
    assert figures["settlement.repayment_interest"].value == Decimal("0.01")
    assert "interest_day_count" in figures.leaning("settlement.repayment_interest")


@pytest.mark.parametrize(
    ("said", "repaid_on", "amount", "leaning"),
    [
        ("", "01.09.2024", "1.73", Presence.UNKNOWN),
        ("no", "01.09.2024", "1.73", None),
        ("none", "01.09.2024", "1.73", None),
        ("yes", "01.09.2024", "1.75", None),
        ("", "31.08.2024", "1.73", None),  # the 31st is no day of interest, so nothing depends on it
        ("yes", "31.08.2024", "1.73", None),
    ],
)
def test_the_day_of_the_repayment_bears_interest_where_the_law_says_so_and_is_asked_for_where_a_cent_depends_on_it(
    said: str, repaid_on: str, amount: str, leaning: Presence | None
) -> None:
    days = {"claim_on": "01.05.2024", "repaid_on": repaid_on}
    terms = {"interest_through_repayment": said} if said else {}
    figures = figures_of(*paid("B1", "400", "15.02.2024"), terms=terms, **days)
    assert figures["settlement.repayment_interest"].value == Decimal(amount)
    found = figures.leaning("settlement.interest_due").get("interest_through_repayment")
    assert (found and found.presence) == leaning


def test_a_repayment_on_the_last_day_that_there_is_has_unknown_interest() -> None:
    figures = figures_of(*paid("B1", "400", "15.02.2024"), claim_on="01.05.2024", repaid_on="31.12.9999")
    assert figures["settlement.repayment_interest"].value is None
    assert "interest_through_repayment" not in figures.leaning("settlement.repayment_interest")


def test_how_cents_are_rounded_is_asked_for_where_a_cent_depends_on_it() -> None:
    name = "settlement.repayment_interest"
    for repaid_on, half_up, down in (("01.09.2024", "1.73", "1.73"), ("02.09.2024", "1.75", "1.74")):
        days = {"claim_on": "01.05.2024", "repaid_on": repaid_on}
        for terms, amount in (({}, half_up), ({"interest_rounded_down": "yes"}, down)):
            figures = figures_of(*paid("B1", "400", "15.02.2024"), terms=terms, **days)
            assert figures[name].value == Decimal(amount)
            assert ("interest_rounded_down" in figures.leaning(name)) == (half_up != down and not terms)


def test_what_is_due_beyond_the_proportion_is_assumed_to_be_used_with_the_last_payment() -> None:
    spent = [*paid("B1", "300", "15.02.2024"), *paid("B2", "150", "01.06.2024")]
    figures = figures_of(*spent, financing_type="fixed", rate=None)
    # 80 % of 450 are 360; what is left of the 400 that are due is used on 1.6. too
    assert used(figures, "used_late") == Decimal(160)
    assert figures.leaning("drawdown.used_late/1")["rest_used_with_last_payment"].status is Status.ASSUMED
    assert "rest_used_with_last_payment" not in figures_of(*paid("B1", "500", "15.02.2024")).leaning(
        "drawdown.used_in_time/1"
    )


# --- which payment ends interest -------------------------------------------------------------------------------------


def test_interest_names_the_payments_that_used_each_piece_and_has_their_places() -> None:
    more = [record for number in range(5) for record in paid(f"C{number}", "50", "01.06.2024")]
    not_eligible = paid("D", "100", "15.05.2024", line="2")
    basis = figures_of(*paid("B1", "250", "15.05.2024"), *not_eligible, *more)["drawdown.interest/1"].basis
    assert [str(part.title).split("; ")[-1] for part in basis if isinstance(part, Fact)] == [
        "used with payment B1/1",
        "used with payment C0/1, C1/1, C2/1 and 2 more",
    ]
    assert [part.key for part in basis if isinstance(part, FieldRef) and part.kind == "payment"] == [
        "B1/1",
        *(f"C{number}/1" for number in range(5)),
    ]
