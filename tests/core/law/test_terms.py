"""The terms in force: chosen by Land, instrument, recipient and day; the notice goes first; nothing is guessed."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oekoreport.figures.values import term as term_value
from oekoreport.law import (
    Declared,
    Pack,
    Parameter,
    Presence,
    Sort,
    Status,
    Terms,
    read_pack,
    terms_in_force,
)
from oekoreport.model import Project
from oekoreport.records.assembly import assemble
from oekoreport.records.record import Origin, Record
from oekoreport.testing.round import clean_round

DECLARED = Declared.from_toml(
    """
[parameters]
line_tolerance = { title = "Toleranz", sort = "number", unit = "%" }
window = { title = "Frist", sort = "number" }
""",
    "declared.toml",
)

HEAD = """
[pack]
title = "{name}"
level = "{level}"
land = "NW"
instrument = "{instrument}"
legal_kind = "municipal"
read = "nothing"
status = "unconfirmed"
source = "Muster"
{dates}
[parameters.line_tolerance]
value = {tolerance}
[parameters.window]
{window}
"""


def pack(
    name: str, tolerance: int, *, level: str = "conditions", dates: str = "", window: str = 'presence = "unknown"'
) -> Pack:
    instrument = "Richtlinie ÖKOPROFIT" if level == "guideline" else "ANBest-G"
    text = HEAD.format(name=name, level=level, instrument=instrument, dates=dates, tolerance=tolerance, window=window)
    return read_pack(text, name, DECLARED)


def project(*changes: tuple[str, dict[str, object]], terms: dict[str, str] | None = None) -> Project:
    """The clean round of 12.2.2024 with changes by kind, and only these terms in its notice."""
    records = [record for record in clean_round() if record.kind != "term"]
    for kind, values in changes:
        records = [
            Record(kind, record.key, {**record.values, **values}, record.origin, record.parent)
            if record.kind == kind
            else record
            for record in records
        ]
    records += [
        Record("term", name, {"parameter": name, "value": value, "passage": "II"}, Origin("b"), "ZB1")
        for name, value in (terms or {}).items()
    ]
    return assemble(records).project


def names(terms: Terms) -> list[str]:
    return [pack.name for pack in terms.packs]


def test_the_edition_is_chosen_by_the_day_of_the_grant_notice() -> None:
    old, new = pack("old", 10, dates="valid_to = 2024-02-11"), pack("new", 20, dates="valid_from = 2024-02-12")
    assert names(terms_in_force(project(), (old, new))) == ["new"]
    assert names(terms_in_force(project(("notice", {"date": "11.02.2024"})), (old, new))) == ["old"]


def test_without_a_day_or_under_another_law_no_pack_holds() -> None:
    packs = (pack("conditions", 20), pack("guideline", 10, level="guideline"))
    assert names(terms_in_force(project(), packs)) == ["conditions", "guideline"]
    assert names(terms_in_force(project(("notice", {"date": ""})), packs)) == []
    assert names(terms_in_force(project(("grant", {"land": "SN"})), packs)) == []
    other = project(("recipient", {"legal_kind": "private"}), ("notice", {"conditions": ""}))
    assert names(terms_in_force(other, packs)) == ["guideline"]
    assert names(terms_in_force(project(("grant", {"guideline": "Andere"})), packs)) == ["conditions"]


def test_the_guideline_goes_before_the_conditions_whatever_their_names() -> None:
    packs = (pack("a guideline", 10, level="guideline"), pack("z conditions", 20))
    assert terms_in_force(project(), packs)["line_tolerance"].value == 10


def test_the_notice_goes_before_both_with_its_passage() -> None:
    set_ = terms_in_force(project(terms={"line_tolerance": "15 %"}), (pack("conditions", 20),))["line_tolerance"]
    assert (set_.value, set_.unit, set_.title) == (Decimal(15), "%", "Toleranz")
    assert (set_.status, set_.passage, set_.status.sure) == (Status.NOTICE, "II", True)


@pytest.mark.parametrize(
    ("text", "presence", "value"),
    [
        ("none", Presence.NONE, None),
        ("entfällt", Presence.NONE, None),
        ("", Presence.UNKNOWN, None),
        ("ja", Presence.VALUE, True),
        ("nein", Presence.VALUE, False),
        ("1.500", Presence.VALUE, Decimal(1500)),
        ("nach Weisung", Presence.VALUE, "nach Weisung"),
    ],
)
def test_a_notice_sets_a_value_switches_a_rule_off_or_leaves_it_open(
    text: str, presence: Presence, value: object
) -> None:
    set_ = terms_in_force(project(terms={"line_tolerance": text}), ())["line_tolerance"]
    assert (set_.presence, set_.value) == (presence, value)


@pytest.mark.parametrize("text", ["3", "3 Monate", "3 monate ", "3Monate"])
def test_a_term_may_be_written_with_the_parameters_unit(text: str) -> None:
    declared = Declared.from_toml(
        """
[parameters]
line_tolerance = { title = "Toleranz", sort = "number", unit = "%" }
window = { title = "Frist", sort = "number", unit = "Monate" }
""",
        "declared.toml",
    )
    months = HEAD.format(
        name="c", level="conditions", instrument="ANBest-G", dates="", tolerance=20, window='presence = "unknown"'
    )
    terms = terms_in_force(project(terms={"window": text}), (read_pack(months, "c", declared),))
    assert terms["window"].value == 3


def test_a_term_that_is_not_of_the_parameters_sort_leaves_it_unknown() -> None:
    terms = terms_in_force(project(terms={"line_tolerance": "zwanzig", "window": "ja"}), (pack("conditions", 20),))
    assert [(terms[name].presence, terms[name].value) for name in ("line_tolerance", "window")] == [
        (Presence.UNKNOWN, None),
        (Presence.UNKNOWN, None),
    ]


@pytest.mark.parametrize("name", ["line_tolerance", "Line_Tolerance", "Toleranz", " toleranz "])
def test_a_notice_calls_a_parameter_by_name_or_title(name: str) -> None:
    set_ = terms_in_force(project(terms={name: "15 %"}), (pack("conditions", 20),))["line_tolerance"]
    assert (set_.value, set_.status) == (Decimal(15), Status.NOTICE)


@pytest.mark.parametrize(
    ("text", "value"), [("20 %", "20"), ("20%", "20"), ("20", "20"), ("0,5 %", "0.5"), ("0,2", None)]
)
def test_a_share_is_not_taken_for_per_cent(text: str, value: str | None) -> None:
    set_ = terms_in_force(project(terms={"line_tolerance": text}), (pack("conditions", 20),))["line_tolerance"]
    assert set_.value == (None if value is None else Decimal(value))


def test_a_statute_of_a_land_holds_there_alone_and_for_every_notice() -> None:
    statute = replace(pack("statute", 5, level="statute"), land="NW")
    undated = project(("notice", {"date": ""}))
    assert names(terms_in_force(undated, (statute,))) == ["statute"]
    assert names(terms_in_force(project(("grant", {"land": "SN"})), (statute,))) == []


def test_what_no_law_names_is_unknown_and_called_as_other_editions_call_it() -> None:
    terms = terms_in_force(project(), (pack("old", 10, dates="valid_to = 2020-01-01"),))
    assert (terms["line_tolerance"].presence, terms["line_tolerance"].title) == (Presence.UNKNOWN, "Toleranz")
    assert (terms["never"].presence, terms["never"].title) == (Presence.UNKNOWN, "never")


def test_what_no_law_names_is_asked_for_and_settled_as_other_editions_declare_it() -> None:
    terms = terms_in_force(project(("notice", {"date": ""})), (pack("conditions", 20),))
    unknown = terms["line_tolerance"]
    assert (unknown.presence, unknown.value, unknown.status) == (Presence.UNKNOWN, None, Status.UNCONFIRMED)
    assert (unknown.pack, unknown.passage, str(unknown.source)) == ("", "", "not mentioned by any rulebook in force")
    assert str(unknown.settling) == "Enter it in the sheet “Terms” under this title: a number (%), or “none”."


def test_an_unknown_parameter_is_an_unknown_number() -> None:
    terms = terms_in_force(project(), (pack("p", 20, window="value = 2"), pack("q", 20)))
    assert terms["window"].presence is Presence.UNKNOWN  # the later pack says that nobody knows
    assert not term_value(terms["window"]).known
    assert term_value(terms["line_tolerance"]).amount == 20


def test_criteria_hold_in_every_land_and_anything_goes_before_them() -> None:
    criteria = replace(pack("criteria", 5, level="criteria"), land="")
    assert names(terms_in_force(project(("grant", {"land": "SN"})), (criteria,))) == ["criteria"]
    assert terms_in_force(project(), (criteria, pack("conditions", 20)))["line_tolerance"].value == 20


@pytest.mark.parametrize(
    ("sort", "taken"),
    [
        (Sort.NUMBER, [True, False, False, False]),
        (Sort.FLAG, [False, False, True, False]),
        (Sort.DAY, [False, False, False, True]),
        (Sort.TEXT, [True, True, True, True]),
    ],
)
def test_a_parameter_takes_values_of_its_sort(sort: Sort, taken: list[bool]) -> None:
    parameter = Parameter("x", "X", Presence.UNKNOWN, None, "", "", "", Status.CONFIRMED, "", sort=sort)
    assert [parameter.takes(value) for value in (Decimal(5), "zwanzig", True, date(2024, 1, 31))] == taken


def test_a_parameter_with_choices_takes_no_other() -> None:
    choices = ("30/360", "actual/365")
    count = Parameter("x", "X", Presence.UNKNOWN, None, "", "", "", Status.CONFIRMED, "", choices=choices)
    assert [count.takes(value) for value in ("30/360", "act/360")] == [True, False]


def noticed(*entries: tuple[str, str, str], order: random.Random | None = None) -> Terms:
    """Return the terms of a round whose notices set the tolerance: key and day of each notice, and the value."""
    records = [record for record in clean_round() if record.kind not in ("term", "notice", "plan")]
    for key, day, value in entries:
        kind = "grant" if key == "ZB1" else "revocation" if key.startswith("R") else "amendment"
        records.append(Record("notice", key, {"notice_kind": kind, "date": day}, Origin("b")))
        records.append(Record("term", f"{key}/1", {"parameter": "line_tolerance", "value": value}, Origin("b"), key))
    if order:
        order.shuffle(records)
    return terms_in_force(assemble(records).project, (pack("conditions", 5),))


GRANT, AMENDMENT, REVOCATION = (
    ("ZB1", "12.02.2024", "20 %"),
    ("AB1", "01.10.2024", "15 %"),
    ("R1", "03.02.2025", "10 %"),
)


@given(st.randoms(use_true_random=False), st.permutations([GRANT, AMENDMENT, REVOCATION]))
def test_the_notice_of_the_latest_day_holds_in_whatever_row_it_stands(
    order: random.Random, notices: list[tuple[str, str, str]]
) -> None:
    terms = noticed(*notices, order=order)
    assert terms["line_tolerance"].value == 10
    days = (date(2025, 2, 3), date(2025, 2, 2), date(2024, 9, 30), date(2024, 2, 11))
    assert [terms.as_of(day)["line_tolerance"].value for day in days] == [10, 15, 20, 5]


def test_of_two_notices_of_one_day_the_later_row_holds() -> None:
    same_day = (GRANT, ("AB1", "12.02.2024", "15 %"))
    assert noticed(*same_day)["line_tolerance"].value == 15
    assert noticed(*reversed(same_day))["line_tolerance"].value == 20


def test_an_undated_notice_that_says_otherwise_leaves_the_parameter_unknown() -> None:
    assert noticed(GRANT, ("AB1", "", "15 %"))["line_tolerance"].presence is Presence.UNKNOWN
    assert noticed(("AB1", "", "15 %"), GRANT)["line_tolerance"].presence is Presence.UNKNOWN
    assert noticed(GRANT, ("AB1", "", "20"))["line_tolerance"].value == 20


def test_the_grant_notice_that_chooses_the_edition_is_the_earliest_in_whatever_row() -> None:
    old, new = pack("old", 10, dates="valid_to = 2024-02-11"), pack("new", 20, dates="valid_from = 2024-02-12")
    records = [record for record in clean_round() if record.kind not in ("term", "notice")]
    days = {"Z2": "01.10.2024", "Z1": "11.02.2024"}
    records += [Record("notice", key, {"notice_kind": "grant", "date": day}, Origin("b")) for key, day in days.items()]
    assert names(terms_in_force(assemble(records).project, (old, new))) == ["old"]
