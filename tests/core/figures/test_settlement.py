"""What was spent and what is eligible; and what holds of any settlement. Worked examples stand beside this file."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oekoreport.figures import CHAPTERS
from oekoreport.figures.engine import Figures
from oekoreport.figures.values import FieldRef
from oekoreport.language import Locale
from oekoreport.law import Parameter, Presence, Status, Terms, terms_in_force
from oekoreport.records.assembly import assemble
from oekoreport.records.record import UNREADABLE, Origin, Record

HERE = Origin("test.csv")
money = st.decimals(min_value=0, max_value=10**6, places=2)


def entry(kind: str, key: str, parent: str = "", **values: object) -> Record:
    return Record(kind, key, values, HERE, parent)


def round_of(*records: Record, **grant: object) -> Figures:
    """Return the figures of a round: lines of 1,000 and 500 (not eligible), fees planned with 300, a grant of 800."""
    base = [
        Record("grant", "grant", {"financing_type": "share", "rate": "80 %", "cap": "800"} | grant, HERE),
        entry("notice", "N1", notice_kind="grant", amount="800"),
        entry("term", "T1", "N1", parameter="line_tolerance", value="20"),
        entry("plan", "P1"),
        entry("expenditure_line", "1", "P1", planned="1.000", planned_eligible="1.000"),
        entry("expenditure_line", "2", "P1", planned="500", planned_eligible="0"),
        entry("income_line", "fees", "P1", source="third", planned="300"),
        entry("income_line", "own", "P1", source="own", planned="400"),
        entry("income_line", "land", "P1", source="grant", planned="800"),
    ]
    project = assemble([*base, *records]).project
    return Figures(project, terms_in_force(project, []), CHAPTERS)


def paid(key: str, line: str, amount: str | Decimal, **allocation: object) -> list[Record]:
    return [
        entry("receipt", key, purpose="x"),
        entry("allocation", f"{key}/1", key, line=line, amount=amount, **allocation),
        entry("payment", f"{key}/1", key, allocation=f"{key}/1", amount=amount),
    ]


def fee(amount: str) -> Record:
    return entry("income", f"fee {amount}", income_line="fees", source="third", amount=amount)


def due(figures: Figures) -> Decimal | None:
    return figures["settlement.grant_due"].value


def test_a_share_follows_the_eligible_expenditure() -> None:
    figures = round_of(*paid("B1", "1", "900"), *paid("B2", "2", "450"), fee("300"))
    assert figures["line.eligible/1"].value == 900
    assert figures["line.eligible/2"].value == 0
    assert due(figures) == 720  # 80 % of 900; 800 × 900 / 1,000 gives the same
    assert figures["settlement.own_funds"].value == 1350 - 300 - 720
    assert figures["income.received"].value == 1350
    assert figures["settlement.result"].value == 0


def test_a_position_cap_limits_what_is_eligible() -> None:
    figures = round_of(
        entry("expenditure_line", "3", "P1", planned="100", planned_eligible="50", cap="50"), *paid("B", "3", "90")
    )
    assert figures["line.spent/3"].value == 90
    assert figures["line.eligible/3"].value == 50


def test_the_eligible_part_that_a_receipt_states_goes_first() -> None:
    assert round_of(*paid("B1", "1", "900", eligible="600"))["expenditure.eligible"].value == 600


def test_net_amounts_count_where_input_tax_is_deducted() -> None:
    net_line = entry("expenditure_line", "3", "P1", planned="100", planned_eligible="100", input_tax_deductible="ja")
    assert round_of(net_line, *paid("B", "3", "119", net="100"))["line.spent/3"].value == 100


def test_a_credit_note_reduces_its_line() -> None:
    assert round_of(*paid("B1", "1", "900"), *paid("B2", "1", "-238"))["line.spent/1"].value == 662


def test_a_payment_on_a_whole_receipt_is_split_to_the_cent() -> None:
    records = [
        entry("receipt", "B1"),
        *(
            entry("allocation", f"B1/{part}", "B1", line=line, amount="100")
            for part, line in ((1, "1"), (2, "2"), (3, "2"))
        ),
        entry("payment", "B1/p", "B1", amount="100"),
    ]
    figures = round_of(*records)
    assert [figures[f"allocation.spent/B1/{part}"].value for part in (1, 2, 3)] == [
        Decimal("33.33"),
        Decimal("33.34"),
        Decimal("33.33"),
    ]


@pytest.mark.parametrize("bad", [UNREADABLE, "viel"])
def test_an_unknown_amount_makes_every_total_unknown_that_leans_on_it(bad: object) -> None:
    records = [
        *paid("B1", "1", "900"),
        entry("receipt", "B2"),
        entry("allocation", "B2/1", "B2", line="2", amount="50"),
        entry("payment", "B2/1", "B2", allocation="B2/1", amount=bad),
    ]
    figures = round_of(*records)
    assert figures["line.spent/1"].value == 900
    for name in (
        "line.spent/2",
        "expenditure.spent",
        "settlement.own_funds",
        "income.received",
        "settlement.grant_due",
    ):
        assert figures[name].value is None, name
        assert FieldRef("payment", "B2/1", "amount") in figures[name].missing


def test_a_part_whose_line_is_unknown_makes_the_lines_unknown() -> None:
    assert round_of(*paid("B1", "9", "900"))["expenditure.spent"].value is None


@given(st.lists(st.tuples(st.sampled_from(["1", "2"]), money), max_size=8), st.lists(money, max_size=3))
def test_what_is_due_never_exceeds_rate_cap_or_what_is_uncovered(
    spent: list[tuple[str, Decimal]], fees: list[Decimal]
) -> None:
    records = [record for number, (line, amount) in enumerate(spent) for record in paid(f"B{number}", line, amount)]
    records += [
        entry("income", f"E{number}", income_line="fees", source="third", amount=amount)
        for number, amount in enumerate(fees)
    ]
    figures = round_of(*records, reduction_method="rate")
    grant = due(figures)
    eligible, total = figures["expenditure.eligible"].value, figures["expenditure.spent"].value
    assert grant is not None
    assert eligible is not None
    assert total is not None
    assert 0 <= grant <= 800
    assert grant <= eligible * Decimal("0.8") + Decimal("0.005")
    assert grant <= max(total - sum(fees), Decimal(0))
    assert total == sum(amount for _line, amount in spent)
    assert figures["income.received"].value == total
    reordered = round_of(*reversed(records), reduction_method="rate")
    assert due(reordered) == grant


@given(
    st.sampled_from(["share", "gap", "fixed", "full"]),
    st.decimals(min_value=0, max_value=2000, places=2),
    st.decimals(min_value=0, max_value=1000, places=2),
    st.decimals(min_value=0, max_value=900, places=2),
)
def test_one_cent_more_never_moves_the_grant_by_more_than_a_cent(
    kind: str, work: Decimal, rest: Decimal, fees: Decimal
) -> None:
    def grant(first: Decimal) -> Decimal | None:
        limit = entry("term", "T2", "N1", parameter="fixed_amount_limited", value="ja")
        received = entry("income", "E", income_line="fees", source="third", amount=fees)
        spent = [*paid("B1", "1", first), *paid("B2", "2", rest)]
        return due(round_of(*spent, received, limit, financing_type=kind, reduction_method="rate"))

    before, after = grant(work), grant(work + Decimal("0.01"))
    assert before is not None
    assert after is not None
    assert abs(after - before) <= Decimal("0.01")


def test_across_a_threshold_the_grant_jumps_and_the_explanation_names_it() -> None:
    def settled(amount: str) -> Figures:
        return round_of(
            entry("term", "T2", "N1", parameter="reduction_threshold", value="500"), *paid("B", "1", amount)
        )

    assert due(settled("500,00")) == 500
    assert due(settled("499,99")) == Decimal("399.99")
    how = settled("500,00")["settlement.base"].how
    assert how is not None
    assert "threshold" in how


@given(st.lists(st.tuples(st.sampled_from(["1", "2"]), money), min_size=1, max_size=6))
def test_lines_sum_to_totals(spent: list[tuple[str, Decimal]]) -> None:
    figures = round_of(*(record for n, (line, amount) in enumerate(spent) for record in paid(f"B{n}", line, amount)))
    for name in ("planned", "planned_eligible", "spent", "eligible", "deviation"):
        lines = [figures[f"line.{name}/{key}"].value or Decimal(0) for key in ("1", "2")]
        assert sum(lines) == figures[f"expenditure.{name}"].value, name


# --- what nobody settled ---------------------------------------------------------------------------------------------


def unsettled(figures: Figures, *parameters: Parameter) -> Figures:
    """Return the figures under a law that leaves parameters open, beside what the notice says."""
    law = {parameter.name: parameter for parameter in parameters}
    return Figures(figures.project, Terms(law, known=law, notices=figures.project.notices), CHAPTERS)


GUIDELINE = Parameter(
    "own_share_minimum",
    "Own share",
    Presence.VALUE,
    Decimal(10),
    "%",
    "the guideline",
    status=Status.CONFIRMED,
    pack="guideline",
)
THRESHOLD = Parameter("reduction_threshold", "Threshold", pack="conditions")


def donation(amount: str) -> Record:
    return entry("income", "D", income_line="fees", source="donation", amount=amount)


def test_discretion_that_no_notice_exercised_leaves_both_results() -> None:
    rounds = round_of(*paid("B1", "1", "1000"), *paid("B2", "2", "500"), fee("300"), donation("400"))
    figures = unsettled(rounds, GUIDELINE)
    assert due(figures) is None
    (told,) = figures["settlement.grant_due"].missing
    assert Locale("en").show(told) == (
        "“Own share” is not settled: with “10\u00a0%” the grant due is 720.00\u00a0€, with “none” it is 480.00\u00a0€. "
        "Enter it in the sheet “Terms” under this title: a number (%), or “none”."
    )
    left_open = figures.leaning("settlement.grant_due")["own_share_minimum"]
    assert (left_open.presence, left_open.status) == (Presence.UNKNOWN, Status.CONFIRMED)  # the text leaves it open
    assert str(left_open.outcomes) in str(told)
    assert figures["settlement.base"].missing == figures["settlement.grant_due"].missing
    assert figures.supposing("own_share_minimum", Decimal(10))["settlement.grant_due"].value == 720
    assert figures.supposing("own_share_minimum", None)["settlement.grant_due"].value == 480


def test_discretion_that_makes_no_difference_is_none() -> None:
    figures = unsettled(
        round_of(*paid("B1", "1", "1000"), *paid("B2", "2", "500"), fee("200"), donation("100")), GUIDELINE
    )
    assert due(figures) == 800
    assert figures.leaning("settlement.grant_due") == {}


def test_a_fall_leans_on_a_threshold_that_nobody_knows() -> None:
    fallen = unsettled(round_of(*paid("B1", "1", "900"), fee("300")), THRESHOLD)
    assert due(fallen) == 600
    assert list(fallen.leaning("settlement.grant_due")) == ["reduction_threshold"]
    assert list(fallen.leaning("settlement.own_funds")) == ["reduction_threshold"]


def test_nothing_leans_on_a_threshold_where_nothing_fell() -> None:
    as_planned = unsettled(round_of(*paid("B1", "1", "1000"), *paid("B2", "2", "500"), fee("300")), THRESHOLD)
    assert due(as_planned) == 800
    assert as_planned.leaning("settlement.grant_due") == {}


def test_the_proportion_behind_a_printed_rate_is_an_assumption_that_says_what_settles_it() -> None:
    rounded = round_of(*paid("B1", "1", "900"), *paid("B2", "2", "500"), rate="79,6 %", cap="796,40")
    project = rounded.project
    assert project.grant is not None
    notices = (project.notices[0].model_copy(update={"amount": Decimal("796.40")}),)
    figures = Figures(project.model_copy(update={"notices": notices}), rounded.terms, CHAPTERS)
    assert figures["settlement.grant_due"].value == Decimal("716.76")  # 796.40 × 900 / 1,000; 79.6 % would be 716.40
    assumed = figures.leaning("settlement.grant_due")["printed_rate"]
    assert assumed.status is Status.ASSUMED
    assert Locale("en").show(assumed.title) == (
        "The printed rate of 79.6 % is rounded: it stands for 796.40\u00a0€ of 1,000.00\u00a0€, that is 79.640 %"
    )
    assert Locale("en").show(assumed.settled_by) == "field “Reduction” of the grant"


def test_where_rate_and_proportion_differ_both_are_named() -> None:
    figures = round_of(*paid("B1", "1", "500"), rate="70 %")
    field, reason = figures["settlement.grant_due"].missing
    assert field == FieldRef("grant", "grant", "reduction_method")
    assert Locale("en").show(reason) == (
        "“Reduction of the grant: by the rate, or pro rata” is not settled: by the rate of 70 % 350.00\u00a0€ are due, "
        "by the proportion of the plan (80.00 %) 400.00\u00a0€. Enter it in the sheet “Grant”, field “Reduction”."
    )


def test_a_maximum_that_cuts_a_whole_rate_is_no_rounding() -> None:
    # 80 % of 1,000 are 800; the notice grants 798, which is 79.8 % and within half a point of 80
    less = entry("notice", "N2", notice_kind="amendment", amount="-2")
    figures = round_of(*paid("B1", "1", "900"), less, cap="798")
    assert due(figures) is None
    assert "720.00\u00a0€ are due" in Locale("en").show(figures["settlement.grant_due"].missing[1])
    assert "718.20\u00a0€" in Locale("en").show(figures["settlement.grant_due"].missing[1])


def test_by_the_rate_no_more_is_due_than_was_granted() -> None:
    less = entry("notice", "N2", notice_kind="amendment", amount="-200")
    figures = round_of(*paid("B1", "1", "900"), less, cap="600")
    told = Locale("en").show(figures["settlement.grant_due"].missing[1])
    assert "by the rate of 80 % 600.00\u00a0€ are due, by the proportion of the plan (60.00 %) 540.00\u00a0€" in told
