"""How cells look: a palette that colour-blind readers can tell apart, and number formats.

Colour never speaks alone: what is unknown, failed or exceeded also says so in words or signs.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from oekoreport import Figure

INK = "#1F2A37"
DEEP = "#0B3C5D"
PALE = "#E4EDF4"
LINE = "#B8C4CE"
GREY = "#566573"
AMBER = "#FDEBC8"
BLUE, ORANGE, GREEN = "#0072B2", "#E69F00", "#009E73"
"""Series of charts: the colours that Okabe and Ito chose to be told apart by everybody."""

FONT: Mapping[str, object] = {"font_name": "Arial", "font_size": 10, "font_color": INK}
CELL: Mapping[str, object] = {"align": "left", "valign": "top", "indent": 1, "bottom": 1, "bottom_color": LINE}
HEAD: Mapping[str, object] = {
    "bold": True,
    "font_color": "#FFFFFF",
    "bg_color": DEEP,
    "text_wrap": True,
    "align": "left",
    "valign": "top",
    "indent": 1,
    "border": 1,
    "border_color": LINE,
}
TOTAL: Mapping[str, object] = {
    "bold": True,
    "align": "left",
    "indent": 1,
    "bg_color": PALE,
    "top": 1,
    "top_color": DEEP,
    "bottom": 1,
    "bottom_color": DEEP,
}

LOOKS: Mapping[str, Mapping[str, Any]] = {
    "title": {"bold": True, "font_size": 18, "font_color": DEEP},
    "subtitle": {"font_size": 11, "font_color": GREY},
    "banner": {
        "bold": True,
        "font_size": 11,
        "bg_color": AMBER,
        "left": 5,
        "left_color": ORANGE,
        "valign": "vcenter",
        "align": "left",
        "indent": 1,
    },
    "banner_rest": {"bg_color": AMBER},
    "section": {"bold": True, "font_size": 12, "font_color": DEEP, "bottom": 2, "bottom_color": DEEP},
    "section_rest": {"bottom": 2, "bottom_color": DEEP},
    "note": {"font_color": GREY, "italic": True, "valign": "top"},
    "aside": {"font_color": GREY, "align": "left", "valign": "top", "indent": 1},
    "label": {"font_color": GREY, "align": "left", "valign": "top", "indent": 1},
    "fact": {"text_wrap": True, "valign": "top", "align": "left", "bold": True},
    "head": HEAD,
    "head_number": {**HEAD, "align": "right"},
    "head_mark": {**HEAD, "align": "center", "indent": 0},
    "text": {**CELL, "text_wrap": True},
    "number": {**CELL, "align": "right", "indent": 0},
    "mark": {**CELL, "align": "center", "indent": 0},
    "key": {
        **CELL,
        "bold": True,
        "font_size": 12,
        "font_color": DEEP,
        "align": "right",
        "valign": "vcenter",
        "indent": 0,
    },
    "key_label": {**CELL, "valign": "vcenter", "text_wrap": True},
    "total": {**TOTAL},
    "total_number": {**TOTAL, "align": "right", "indent": 0},
    "total_mark": {**TOTAL, "align": "center", "indent": 0},
}
"""The looks of cells by name; "unknown" is laid over any of them."""

UNKNOWN_LOOK: Mapping[str, object] = {"italic": True, "bg_color": AMBER, "align": "right", "bold": True, "indent": 1}

REGIONS = {"de": "407", "en": "809"}
"""Windows' numbers of the regions whose marks numbers take, where a program follows the file and not the system."""

MARGIN = "_-"
"""A space as wide as a hyphen to the right of numbers; not every program keeps the indent of cells that repeat."""


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
