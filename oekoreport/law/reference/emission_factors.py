"""Emission factors, by resource, scope, edition and year."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

NET_PER_GROSS = Decimal("0.903")
"""kWh in net calorific value (Hi) for each kWh of natural gas in gross calorific value (Ho): 3.2508 / 3.6."""


@dataclass(frozen=True, slots=True)
class EmissionFactor:
    """A factor in kg per kWh (Hi). ``year`` is None where the factor does not change from year to year."""

    resource: str
    scope: str
    edition: str
    year: int | None
    value: Decimal
    counts: str
    source: str
    status: str


@cache
def emission_factors() -> tuple[EmissionFactor, ...]:
    """Return all factors that are shipped."""
    text = files("oekoreport.law.reference").joinpath("emission_factors.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text, parse_float=Decimal)["factor"]
    return tuple(factor for row in rows for factor in _factors(row))


def _factors(row: dict[str, Any]) -> Iterator[EmissionFactor]:
    values = {int(year): value for year, value in row["years"].items()} if "years" in row else {None: row["value"]}
    for year, value in values.items():
        yield EmissionFactor(
            row["resource"], row["scope"], row["edition"], year, value, row["counts"], row["source"], row["status"]
        )


def find_factor(resource: str, scope: str, edition: str, year: int) -> EmissionFactor | None:
    """Return the factor of a resource; edition and year choose among those that change from year to year.

    None where the edition has no such year, or the scope no such resource: a neighbour is never taken instead.
    """
    for factor in emission_factors():
        if factor.resource == resource and factor.scope == scope:
            if factor.year is None:
                return factor
            if factor.edition == edition and factor.year == year:
                return factor
    return None
