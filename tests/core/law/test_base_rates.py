"""Base rates: every half-year once, without a gap, each with its source."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from oekoreport.law import Status
from oekoreport.law.reference.base_rates import NoBaseRate, base_rate, base_rates


def test_every_half_year_from_2002_has_a_rate_and_none_is_taken_from_a_neighbour() -> None:
    assert list(base_rates()) == [f"{year}-{half}" for year in range(2002, 2027) for half in (1, 2)]
    for day in (date(2001, 12, 31), date(2027, 1, 1)):
        with pytest.raises(NoBaseRate):
            base_rate(day)


@pytest.mark.parametrize(
    ("day", "rate"),
    [
        (date(2002, 1, 1), "2.57"),
        (date(2008, 12, 31), "3.19"),
        (date(2009, 1, 1), "1.62"),
        (date(2022, 12, 31), "-0.88"),
        (date(2023, 7, 1), "3.12"),
        (date(2025, 6, 30), "2.27"),
        (date(2026, 1, 1), "1.27"),
        (date(2026, 7, 1), "1.52"),
    ],
)
def test_a_rate_holds_for_its_half_year(day: date, rate: str) -> None:
    assert base_rate(day).value == Decimal(rate)


def test_all_rates_are_confirmed_and_those_of_2026_say_that_they_rest_on_an_extract() -> None:
    assert {each.status for each in base_rates().values()} == {Status.CONFIRMED.value}
    assert [each.half for each in base_rates().values() if "Auszug" in each.source] == ["2026-1", "2026-2"]
