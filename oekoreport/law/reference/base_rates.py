"""The base rate (Basiszinssatz, § 247 BGB), by half-year."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

from oekoreport.errors import ReferenceDataError
from oekoreport.language import catalogue

_ = catalogue("oekoreport")

SECOND_HALF = 7
"""The month that the second half-year begins with."""


class NoBaseRate(ReferenceDataError):
    """The table of base rates does not hold a half-year: it is never taken from a neighbour."""

    def __init__(self, half: str, last: str) -> None:
        super().__init__(
            _("There is no base rate for the half-year {half}; the table ends with {last}.", half=half, last=last),
            hint=_("Install a version of oekoreport whose table includes it."),
        )


@dataclass(frozen=True, slots=True)
class BaseRate:
    """The base rate of a half-year in per cent a year; ``start`` is its first day."""

    half: str
    start: date
    value: Decimal
    source: str
    status: str


@cache
def base_rates() -> dict[str, BaseRate]:
    """Return all rates that are shipped, by half-year (``2020-2``)."""
    text = files("oekoreport.law.reference").joinpath("base_rates.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text, parse_float=Decimal)
    return {
        half: BaseRate(half, _start(half), Decimal(value), series["source"], series["status"])
        for series in data["series"]
        for half, value in series["rates"].items()
    }


def _start(half: str) -> date:
    year, number = half.split("-")
    return date(int(year), 1 if number == "1" else SECOND_HALF, 1)


def base_rate(day: date) -> BaseRate:
    """Return the rate that holds on a day.

    Raises:
        NoBaseRate: the table lacks that half-year.
    """
    half = f"{day.year}-{2 if day.month >= SECOND_HALF else 1}"
    rates = base_rates()
    if half not in rates:
        raise NoBaseRate(half, max(rates))
    return rates[half]
