"""Lines of financing plans that are numbered alike, and what refers to them."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oekoreport.findings import Finding
from oekoreport.language import Locale
from oekoreport.model import Project
from oekoreport.records.assembly import Assembly, assemble
from oekoreport.records.record import Origin, Record

PLANS = (("N1", "2023-02-01", "P1"), ("N2", "2024-05-01", "P2"))


def entry(kind: str, key: str, parent: str = "", **values: object) -> Record:
    return Record(kind, key, values, Origin("projekt.xlsx", kind, 2), parent)


def line(plan: str, key: str, title: str, **values: object) -> Record:
    return entry("expenditure_line", key, plan, title=title, planned="100", planned_eligible="100", **values)


def plans(*versions: tuple[str, str, str]) -> list[Record]:
    """Return a plan and its notice for each version: key of the notice, its day, key of the plan."""
    notices = [
        entry("notice", notice, date=day, notice_kind="amendment", amount="0") for notice, day, _plan in versions
    ]
    return [*notices, *(entry("plan", plan, notice=notice) for notice, _day, plan in versions)]


def on(line: str) -> list[Record]:
    return [entry("receipt", "B1"), entry("allocation", "B1/1", "B1", line=line)]


def line_of_receipt(assembly: Assembly) -> str | None:
    return assembly.project.receipts[0].allocations[0].line


def told(assembly: Assembly) -> list[tuple[str, str]]:
    def german(finding: Finding) -> str:
        return Locale("de").show(finding.message)

    return [(finding.code, german(finding)) for finding in assembly.findings]


def titles(project: Project) -> dict[str, str | None]:
    assert project.plan is not None
    return {line.key: line.title for line in project.plan.expenditure}


ALIKE = [*(line("P1", key, f"alt {key}") for key in "123"), *(line("P2", key, f"neu {key}") for key in "123")]


@given(st.randoms(use_true_random=False))
def test_two_plans_may_number_their_lines_alike_in_whatever_order_of_rows(order: random.Random) -> None:
    rows = [*plans(*PLANS), *ALIKE, *on("2")]
    order.shuffle(rows)
    assembly = assemble(rows)
    assert assembly.findings == ()
    assert sorted(titles(assembly.project).items()) == [("1", "neu 1"), ("2", "neu 2"), ("3", "neu 3")]
    assert line_of_receipt(assembly) == "2"
    older = next(plan for plan in assembly.project.plans if plan.key == "P1")
    assert sorted(line.key for line in older.expenditure) == ["P1/1", "P1/2", "P1/3"]


def test_each_line_keeps_the_place_of_its_own_row() -> None:
    rows = [Record(row.kind, row.key, row.values, Origin("p.xlsx", "A", 9), row.parent) for row in ALIKE[:3]]
    origins = assemble([*plans(*PLANS), *rows, *ALIKE[3:]]).origins
    assert str(origins.place(("expenditure_line", "P1/2"))) == "p.xlsx: A, row 9"
    assert str(origins.place(("expenditure_line", "2"))) == "projekt.xlsx: expenditure_line, row 2"


def test_a_key_twice_within_one_plan_is_still_a_finding() -> None:
    assert [code for code, _message in told(assemble([*plans(*PLANS), *ALIKE, line("P1", "1", "doppelt")]))] == [
        "DATA-TWICE"
    ]


def test_the_plan_may_go_unnamed_where_there_is_one() -> None:
    assembly = assemble([*plans(PLANS[0]), line("", "1", "Honorar"), *on("1")])
    assert assembly.findings == ()
    assert titles(assembly.project) == {"1": "Honorar"}


def test_with_two_plans_a_line_says_which_one_it_is_of() -> None:
    assembly = assemble([*plans(*PLANS), *ALIKE, line("", "4", "Druck")])
    assert told(assembly) == [
        ("DATA-PARENT", "Ausgabenansatz: Es fehlt die Angabe, wozu der Eintrag gehört (Finanzierungsplan).")
    ]


MOVED = [
    line("P1", "1", "Honorar"),
    line("P1", "2", "Druck"),
    line("P1", "2a", "Fest"),
    line("P2", "1", "Honorar"),
    line("P2", "2", "Lizenz", continues="neu"),
    line("P2", "3", "Druck", continues="2"),
    line("P2", "4", "Fest", continues="2a"),
]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("1", "1"), ("2", "2"), ("3", "3"), ("2a", "4"), ("P1/2", "3"), ("P1/2a", "4"), ("P2/2", "2"), ("P1/1", "1")],
)
def test_an_entry_means_the_plan_in_force_and_an_older_key_what_became_of_it(typed: str, meant: str) -> None:
    assembly = assemble([*plans(*PLANS), *MOVED, *on(typed)])
    assert assembly.findings == ()
    assert line_of_receipt(assembly) == meant


def test_an_older_line_that_became_two_is_asked_for() -> None:
    split = line("P2", "5", "Fest, Saal", continues="2a")
    assembly = assemble([*plans(*PLANS), *MOVED, split, *on("2a")])
    assert told(assembly) == [
        (
            "DATA-REFERENCE",
            "Ausgabenansatz: Aus „2a“ eines früheren Finanzierungsplans sind mehrere Ansätze geworden: 4, 5.",
        )
    ]
    assert line_of_receipt(assembly) is None


def test_a_line_that_no_plan_has_is_a_finding_and_so_is_one_to_continue() -> None:
    assembly = assemble([*plans(*PLANS), *MOVED, line("P2", "6", "Rest", continues="9"), *on("7")])
    assert told(assembly) == [
        ("DATA-REFERENCE", "Ausgabenansatz: „9“ ist nicht vorhanden."),
        ("DATA-REFERENCE", "Ausgabenansatz: „7“ ist nicht vorhanden."),
    ]


def test_planned_income_covers_a_line_of_its_own_plan() -> None:
    fees = [entry("income_line", "E1", plan, source="third", planned="50", covers="2") for plan in ("P1", "P2")]
    project = assemble([*plans(*PLANS), *ALIKE, *fees]).project
    assert {plan.key: plan.income[0].covers for plan in project.plans} == {"P1": "P1/2", "P2": "2"}


def test_without_the_day_of_a_notice_no_plan_is_in_force_and_no_entry_is_blamed() -> None:
    undated = (PLANS[0], ("N2", "", "P2"))
    assembly = assemble([*plans(*undated), *ALIKE, *on("2")])
    assert assembly.project.plan is None
    assert assembly.findings == ()
    assert line_of_receipt(assembly) == "2"


def test_a_single_plan_is_in_force_whether_its_notice_is_dated_or_not() -> None:
    assembly = assemble([*plans(("N1", "", "P1")), line("P1", "1", "Honorar")])
    assert titles(assembly.project) == {"1": "Honorar"}


def test_of_two_plans_of_one_day_the_later_row_holds() -> None:
    versions = (PLANS[1], ("N3", "2024-05-01", "P1"))
    assert titles(assemble([*plans(*versions), *ALIKE]).project) == {"1": "alt 1", "2": "alt 2", "3": "alt 3"}
