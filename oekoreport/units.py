"""Amounts with units: parsed as people write them, converted exactly, never mixed across kinds."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from oekoreport.language import NO_BREAK_SPACE, Locale, catalogue

_ = catalogue("oekoreport")


class Unit(NamedTuple):
    """A unit: what it measures, and how many base units (kWh, t, m³, EUR …) one of it is."""

    symbol: str
    dimension: str
    factor: Decimal


UNITS = {
    unit.symbol: unit
    for unit in (
        Unit("kWh", "energy", Decimal(1)),
        Unit("MWh", "energy", Decimal(1000)),
        Unit("GWh", "energy", Decimal(1_000_000)),
        Unit("MJ", "energy", Decimal(5) / 18),
        Unit("GJ", "energy", Decimal(2500) / 9),
        Unit("t", "mass", Decimal(1)),
        Unit("kg", "mass", Decimal("0.001")),
        Unit("m³", "volume", Decimal(1)),
        Unit("l", "volume", Decimal("0.001")),
        Unit("EUR", "money", Decimal(1)),
        Unit("TEUR", "money", Decimal(1000)),
        Unit("Mio. EUR", "money", Decimal(1_000_000)),
    )
}
"""The units that are read; the one with factor 1 is the base of its dimension.

The factors of joules have 28 digits, so that 3.6 GJ are 1,000 kWh and nothing else.
"""

BASE_UNITS = {unit.dimension: unit.symbol for unit in UNITS.values() if unit.factor == 1}
"""The base unit of each dimension: kWh, t, m³ and EUR."""

SPELLINGS = {
    **{re.sub(r"[\s.]", "", symbol.lower()): symbol for symbol in UNITS},
    "m3": "m³",
    "cbm": "m³",
    "kubikmeter": "m³",
    "liter": "l",
    "ltr": "l",
    "to": "t",
    "tonne": "t",
    "tonnen": "t",
    "€": "EUR",
    "euro": "EUR",
    **dict.fromkeys(("t€", "teuro", "k€", "keur", "tsd€", "tsdeur", "tsdeuro", "tausend€", "tausendeuro"), "TEUR"),
    **dict.fromkeys(("mio€", "mioeur", "mioeuro", "mill€", "milleur", "millionen€", "millioneneuro"), "Mio. EUR"),
}
"""How units are written, in small letters, without spaces and points."""

PER_YEAR = re.compile(r"(?<!\s)\s*(/|\bpro\b|\bp\.|\bje\b|\bim\b)\s*(a|jahr|year|y)\.?$", re.IGNORECASE)


def unit_named(text: str) -> Unit | None:
    """Return the unit that a text names, in any spelling, "per year" left aside; None if it names none."""
    return unit_spelled(PER_YEAR.sub("", text.strip()))


def unit_spelled(text: str) -> Unit | None:
    """Return the unit that a text names, in any spelling; None if it names none, or one per year."""
    return UNITS.get(SPELLINGS.get(re.sub(r"[\s.]", "", text.lower()), ""))


def is_per_year(text: str) -> bool:
    """Tell whether a unit says that it is one of each year: “€/a”."""
    return PER_YEAR.search(text.strip()) is not None


class Amount(NamedTuple):
    """A value in a unit: ``Amount(Decimal("1200"), "MWh")``."""

    value: Decimal
    unit: str

    @property
    def dimension(self) -> str:
        """What the amount measures: energy, mass, volume or money."""
        return UNITS[self.unit].dimension

    def base(self) -> Decimal:
        """Return the value in the base unit of its dimension (kWh, t, m³, EUR), exactly."""
        return self.value * UNITS[self.unit].factor

    def localize(self, locale: Locale) -> str:
        """Return value and unit as a locale writes them; money with cents and the euro sign."""
        return quantity(locale, self.value, self.unit)


def quantity(locale: Locale, value: Decimal, unit: str, places: int | None = None) -> str:
    """Return a value with its unit; a unit of ``""`` or ``"1"`` is a bare count, money always has cents."""
    if unit in ("EUR", "EUR/a"):
        text = locale.money(value) if places is None else f"{locale.number(value, places)}{NO_BREAK_SPACE}€"
        return text + ("/a" if unit == "EUR/a" else "")
    number = locale.number(value, places)
    return number if unit in ("", "1") else f"{number}{NO_BREAK_SPACE}{unit_text(locale, unit)}"


def unit_text(locale: Locale, unit: str) -> str:
    """Return a unit as a locale writes it: full-time equivalents have a word of their own, money its sign."""
    return unit.replace("FTE", locale.translate(_("FTE"))).replace("EUR", "€")


class Quantity(NamedTuple):
    """A value with the unit that it is shown in, whatever that is: ``Quantity(Decimal(2), "Monate")``."""

    value: Decimal
    unit: str

    def localize(self, locale: Locale) -> str:
        """Return number and unit as a locale writes them."""
        return quantity(locale, self.value, self.unit)


def euro(value: Decimal) -> Amount:
    """Return money as an amount, for messages."""
    return Amount(value, "EUR")
