"""How cells look: a palette that colour-blind readers can tell apart, and number formats.

Colour never speaks alone: what is unknown, failed or exceeded also says so in words or signs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from oekoreport import Figure

INK = "#1F2A37"
DEEP = "#0B3C5D"
PALE = "#E4EDF4"
LINE = "#B8C4CE"
GREY = "#566573"
AMBER = "#FDEBC8"
BLUE, ORANGE, GREEN, SKY = "#0072B2", "#E69F00", "#009E73", "#56B4E9"
"""Series of charts: the colours that Okabe and Ito chose to be told apart by everybody."""

FONT = {"font_name": "Calibri", "font_size": 10, "font_color": INK}
CELL = {"valign": "top", "bottom": 1, "bottom_color": LINE}
TOTAL = {"bold": True, "bg_color": PALE, "top": 1, "top_color": DEEP, "bottom": 1, "bottom_color": DEEP}

LOOKS: Mapping[str, Mapping[str, Any]] = {
    "title": {"bold": True, "font_size": 18, "font_color": DEEP},
    "subtitle": {"font_size": 11, "font_color": GREY},
    "banner": {"bold": True, "font_size": 11, "bg_color": AMBER, "left": 5, "left_color": ORANGE, "valign": "vcenter"},
    "banner_rest": {"bg_color": AMBER},
    "section": {"bold": True, "font_size": 12, "font_color": DEEP, "bottom": 2, "bottom_color": DEEP},
    "section_rest": {"bottom": 2, "bottom_color": DEEP},
    "note": {"font_color": GREY, "italic": True, "text_wrap": True, "valign": "top"},
    "label": {"font_color": GREY, "valign": "top"},
    "fact": {"text_wrap": True, "valign": "top", "align": "left"},
    "head": {"bold": True, "font_color": "#FFFFFF", "bg_color": DEEP, "text_wrap": True, "valign": "vcenter", "border": 1, "border_color": LINE},
    "head_number": {"bold": True, "font_color": "#FFFFFF", "bg_color": DEEP, "text_wrap": True, "valign": "vcenter", "align": "right", "border": 1, "border_color": LINE},
    "head_mark": {"bold": True, "font_color": "#FFFFFF", "bg_color": DEEP, "text_wrap": True, "valign": "vcenter", "align": "center", "border": 1, "border_color": LINE},
    "text": {**CELL, "text_wrap": True},
    "number": {**CELL, "align": "right"},
    "mark": {**CELL, "align": "center"},
    "strong": {**CELL, "bold": True, "text_wrap": True},
    "key": {**CELL, "bold": True, "font_size": 12, "font_color": DEEP, "align": "right", "valign": "vcenter"},
    "key_label": {**CELL, "valign": "vcenter", "text_wrap": True},
    "total": {**TOTAL},
    "total_number": {**TOTAL, "align": "right"},
    "total_mark": {**TOTAL, "align": "center"},
}
"""The looks of cells by name; "unknown" is laid over any of them."""

UNKNOWN_LOOK = {"italic": True, "bg_color": AMBER, "align": "right", "bold": True}

REGIONS = {"de": "407", "en": "809"}
"""Windows' numbers of the regions whose marks numbers take, where a program follows the file and not the system."""

PERCENT_PLACES = 1


def number_format(language: str, unit: str = "", places: int = 0, *, sign: str = "") -> str:
    """Return the spreadsheet's format of numbers in a unit; units but the euro and per cent stand in the heads.

    ``sign`` goes before positive numbers.
    """
    region = f"[$-{REGIONS[language]}]" if language in REGIONS else ""
    digits = "#,##0" + (f".{'0' * places}" if places else "")
    suffix = {"EUR": '" €"', "EUR/a": '" €"', "%": '" %"'}.get(unit, "")
    positive = f'{region}"{sign}"{digits}{suffix}' if sign else f"{region}{digits}{suffix}"
    return f'{positive};{region}"\u2212"{digits}{suffix}' + (f";{region}{digits}{suffix}" if sign else "")


def figure_format(language: str, figure: Figure) -> str:
    """Return the format that shows a figure with the places that documents print."""
    return number_format(language, figure.unit, figure.places)


def day_format(language: str) -> str:
    """Return the format of days."""
    return "dd.mm.yyyy" if language == "de" else "yyyy-mm-dd"
