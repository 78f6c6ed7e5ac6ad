"""Grades: what a pack may state, and the amount that they make of a grant."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oekoreport.language import Locale
from oekoreport.law import BadPack, Declared, Grades, Parameter, read_pack

DECLARED = Declared.from_toml('[parameters]\nsteps = { title = "Stufen", sort = "grades" }\n', "declared.toml")
HEAD = """
[pack]
title = "Muster"
level = "statute"
instrument = "Muster"
read = "whole"
status = "confirmed"
source = "Text"

[parameters.steps]
value = """
GRADES = """[
    { grant_up_to = 5000, percent = 10 },
    { grant_up_to = 20000, percent = 5, at_most = 500 },
    { at_most = 2500 },
]"""


def steps(value: str = GRADES) -> Parameter:
    return read_pack(HEAD + value, "muster", DECLARED).parameters["steps"]


def grades() -> Grades:
    value = steps().value
    assert isinstance(value, Grades)
    return value


@pytest.mark.parametrize(
    ("grant", "amount"),
    [
        ("0", "0.00"),
        ("0.05", "0.01"),  # half a cent is rounded up
        ("5000", "500.00"),
        ("5000.01", "250.00"),
        ("10000.02", "500.00"),
        ("20000", "500.00"),
        ("20000.01", "2500.00"),
        ("9999999", "2500.00"),
    ],
)
def test_a_grade_holds_up_to_its_size_and_the_last_for_every_larger_one(grant: str, amount: str) -> None:
    assert grades().amount(Decimal(grant)) == Decimal(amount)


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_every_grant_has_an_amount_in_cents(grant: Decimal) -> None:
    amount = grades().amount(grant)
    assert 0 <= amount <= 2500
    assert amount == round(amount, 2)


def test_grades_are_shown_in_words() -> None:
    shown = Locale("de").show(steps().held).replace("\u00a0", " ")
    assert shown == "bis 5.000,00 €: 10 %, bis 20.000,00 €: 5 %, höchstens 500,00 €, darüber: 2.500,00 €"


@pytest.mark.parametrize("value", ["5", '"ja"', "true", "500"])
def test_a_notice_cannot_state_grades(value: str) -> None:
    assert not steps().takes(value)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("[]", "each grade needs"),
        ("[{ grant_up_to = 5000, percent = 10 }]", "each grade needs"),
        ("[{ percent = 10 }, { at_most = 5 }]", "each grade needs"),
        ("[{ grant_up_to = 9, percent = 1 }, { grant_up_to = 9, percent = 2 }, { at_most = 5 }]", "each grade needs"),
        ("[{ grant_up_to = 9 }, { at_most = 5 }]", "each grade needs"),
        ("[{ upto = 9, percent = 1 }]", "“upto” is not known here"),
        ('[{ percent = "zehn" }]', "“percent” must be a number"),
        ("500", "“value” must be a list"),
    ],
)
def test_what_are_no_grades_is_refused_with_its_place(value: str, message: str) -> None:
    with pytest.raises(BadPack, match=message) as refused:
        steps(value)
    assert str(refused.value).startswith("muster: [parameters.steps")
