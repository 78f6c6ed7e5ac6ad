"""Numbers and days in cells: what a spreadsheet can hold of them, and the formats that they are shown in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache

from oekoreport.figures import Figure

EXACT_DIGITS = 15
FIRST_DAY = date(1900, 3, 1)
"""Earlier days are written as text: spreadsheets count days from 1900, wrongly with a 29 February 1900."""

REGIONS = {"de": "407", "en": "809"}
"""Windows' numbers of the regions whose marks numbers take, where a program follows the file and not the system."""

MARGIN = "_-"
"""A space as wide as a hyphen to the right of numbers; not every program keeps the indent of cells that repeat."""


def exact(value: Decimal) -> bool:
    """Tell whether a spreadsheet's number keeps all digits of a value."""
    return len(value.normalize().as_tuple().digits) <= EXACT_DIGITS


@cache
def number_format(language: str, unit: str = "", places: int = 0, *, sign: str = "") -> str:
    """Return the spreadsheet's format of numbers in a unit; units but the euro and per cent stand in the heads.

    ``sign`` goes before positive numbers.
    """
    region = f"[$-{REGIONS[language]}]" if language in REGIONS else ""
    digits = "#,##0" + (f".{'0' * places}" if places else "")
    suffix = {"EUR": '" €"', "EUR/a": '" €"', "%": '" %"'}.get(unit, "") + MARGIN
    positive = f'{region}"{sign}"{digits}{suffix}' if sign else f"{region}{digits}{suffix}"
    return f'{positive};{region}"\u2212"{digits}{suffix}' + (f";{region}{digits}{suffix}" if sign else "")


def figure_format(language: str, figure: Figure) -> str:
    """Return the format that shows a figure with the places that documents print."""
    return number_format(language, figure.unit, figure.places)


def day_format(language: str) -> str:
    """Return the format of days."""
    return "dd.mm.yyyy" if language == "de" else "yyyy-mm-dd"
