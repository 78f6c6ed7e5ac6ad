"""The project of a day: its notices, its plan, its terms, and entries on the lines of that plan."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oekoreport.model import standing
from oekoreport.records.record import Origin, Record
from oekoreport.report import Report
from oekoreport.testing.reports import report_of
from oekoreport.testing.round import clean_round

BEFORE, AFTER = date(2024, 9, 30), date(2024, 10, 1)


def entry(kind: str, key: str, parent: str = "", **values: object) -> Record:
    return Record(kind, key, values, Origin("projekt.xlsx", kind, 99), parent)


def amended(*lines: Record, amount: str = "0,00", kind: str = "amendment") -> list[Record]:
    """Return the clean round with an amendment of 1.10.2024 and its plan; its lines where given, else 900 and 600."""
    alike = [
        entry("expenditure_line", "honorar", "P2", title="Honorar", planned="900", planned_eligible="900"),
        entry("expenditure_line", "druck", "P2", title="Druck", planned="600", planned_eligible="600"),
    ]
    return [
        *clean_round(),
        entry(
            "notice", "ZB2", notice_kind=kind, date="01.10.2024", reference="x", final_on="05.10.2024", amount=amount
        ),
        entry("term", "ZB2/1", "ZB2", parameter="line_tolerance", value="10 %"),
        entry("plan", "P2", notice="ZB2"),
        entry("income_line", "beitraege", "P2", title="Beiträge", source="third", planned="200", covers="druck"),
        entry("income_line", "land", "P2", title="Land", source="grant", planned="1200"),
        entry("income_line", "eigen", "P2", title="Eigenmittel", source="own", planned="100"),
        *(lines or alike),
    ]


def value(report: Report, name: str) -> Decimal | None:
    return report.figures[name].value


def test_a_day_has_the_notices_the_plan_and_the_terms_of_that_day() -> None:
    report = report_of(amended(amount="100,00"))
    then = report.as_of(BEFORE)
    names = ("settlement.granted", "line.planned/honorar", "expenditure.planned", "income.planned")
    assert [value(report, name) for name in names] == [1300, 900, 1500, 1500]
    assert [value(then, name) for name in names] == [1200, 1000, 1500, 1500]
    assert [each.terms["line_tolerance"].value for each in (report, then)] == [10, 20]
    assert [notice.key for notice in then.project.notices] == ["ZB1"]
    assert [plan.key for plan in then.project.plans] == ["plan"]
    assert report.as_of(AFTER) is report


def test_a_revocation_counts_from_its_day() -> None:
    report = report_of(amended(amount="-200,00", kind="revocation"))
    assert [value(each, "settlement.granted") for each in (report, report.as_of(BEFORE))] == [1000, 1200]


def test_the_figures_of_the_day_name_the_cells_of_its_plan() -> None:
    report = report_of(amended())
    place = ("expenditure_line", "druck"), "planned"
    assert str(report.origins.place(*place)) == "projekt.xlsx: expenditure_line, row 99"
    assert str(report.as_of(BEFORE).origins.place(*place)) == "runde.xlsx: expenditure_line!C3"


MOVED = (
    entry("expenditure_line", "honorar", "P2", title="Reise", planned="100", planned_eligible="100", continues="neu"),
    entry(
        "expenditure_line",
        "beratung",
        "P2",
        title="Beratung",
        planned="900",
        planned_eligible="900",
        continues="honorar",
    ),
    entry("expenditure_line", "druck", "P2", title="Druck", planned="500", planned_eligible="500"),
)


def test_entries_stand_on_the_line_that_theirs_was_then() -> None:
    records = [
        Record(each.kind, each.key, {**each.values, "line": "beratung"}, each.origin, each.parent)
        if each.values.get("line") == "honorar"
        else each
        for each in amended(*MOVED)
    ]
    report = report_of(records)
    then = report.as_of(BEFORE)
    assert [value(report, f"line.spent/{key}") for key in ("beratung", "honorar")] == [1000, 0]
    assert [value(then, f"line.spent/{key}") for key in ("honorar", "druck")] == [1000, 500]
    assert value(then, "expenditure.spent") == value(report, "expenditure.spent") == 1500
    assert then.project.drawdowns[0].needs[0].line == "honorar"
    assert then.project.contracts[0].line == "honorar"


def test_what_is_spent_on_a_line_that_the_plan_did_not_have_yet_stays_in_the_sum() -> None:
    report = report_of(amended(*MOVED))  # receipt R1 is on “honorar”, which is new now
    then = report.as_of(BEFORE)
    assert value(then, "line.spent/honorar") == 0
    assert [value(then, f"line.{name}/P2/honorar") for name in ("spent", "planned")] == [1000, 0]
    assert value(then, "expenditure.spent") == 1500
    assert value(then, "expenditure.eligible") == 500  # what no plan had is not eligible


def test_nothing_is_in_force_before_the_grant_notice() -> None:
    then = report_of(amended()).as_of(date(2024, 2, 11))
    assert then.project.plan is None
    assert value(then, "settlement.granted") is None
    assert value(then, "expenditure.planned") is None


def test_without_the_day_of_a_plans_notice_no_sum_over_lines_is_known() -> None:
    records = [
        Record(each.kind, each.key, {**each.values, "date": ""}, each.origin, each.parent)
        if each.key == "ZB2"
        else each
        for each in amended()
    ]
    report = report_of(records)
    for name in ("expenditure.planned", "expenditure.spent", "income.planned", "settlement.grant_due"):
        assert value(report, name) is None, name
    assert report.draft


FIGURES = (
    "settlement.grant_due",
    "settlement.own_funds",
    "expenditure.eligible",
    "line.spent/honorar",
    "income.planned",
)


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False))
def test_no_figure_depends_on_the_order_of_rows(order: random.Random) -> None:
    def figures(records: Iterable[Record]) -> list[Decimal | None]:
        report = report_of(records)
        return [value(each, name) for each in (report, report.as_of(BEFORE)) for name in FIGURES]

    rows = amended()
    expected = figures(rows)
    order.shuffle(rows)
    assert figures(rows) == expected


@pytest.mark.parametrize("day", [BEFORE, AFTER, date(2030, 1, 1)])
def test_the_project_of_a_day_is_itself_where_no_notice_came_later(day: date) -> None:
    project = report_of(clean_round()).project
    assert standing(project, day) == (project, {})
