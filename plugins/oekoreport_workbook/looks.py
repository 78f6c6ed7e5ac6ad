"""How cells look: a palette that colour-blind readers can tell apart.

Colour never speaks alone: what is unknown, failed or exceeded also says so in words or signs.
"""

from __future__ import annotations

from collections.abc import Mapping

from oekoreport.kit.sheets import Looks, day_format

INK = "#1F2A37"
DEEP = "#0B3C5D"
PALE = "#E4EDF4"
LINE = "#B8C4CE"
GREY = "#566573"
AMBER = "#FDEBC8"
BLUE, ORANGE, GREEN = "#0072B2", "#E69F00", "#009E73"
"""Series of charts: the colours that Okabe and Ito chose to be told apart by everybody."""

Look = Mapping[str, object]
FONT: Look = {"font_name": "Arial", "font_size": 10, "font_color": INK}
LEFT: Look = {"align": "left", "indent": 1}
RIGHT: Look = {"align": "right", "indent": 0}
CENTRE: Look = {"align": "center", "indent": 0}
TOP: Look = {"valign": "top", **LEFT}
CELL: Look = {**TOP, "bottom": 1, "bottom_color": LINE}
WHITE: Look = {"bold": True, "font_color": "#FFFFFF", "bg_color": DEEP, "text_wrap": True}
HEAD: Look = {**TOP, **WHITE, "border": 1, "border_color": LINE}
TOTAL: Look = {**LEFT, "bold": True, "bg_color": PALE, "top": 1, "top_color": DEEP, "bottom": 1, "bottom_color": DEEP}
BIG: Look = {"bold": True, "font_size": 12, "font_color": DEEP}
STRIPE: Look = {"bold": True, "font_size": 11, "bg_color": AMBER, "left": 5, "left_color": ORANGE}

CELLS: Mapping[str, Look] = {
    "title": {"bold": True, "font_size": 18, "font_color": DEEP},
    "subtitle": {"font_size": 11, "font_color": GREY},
    "banner": {**LEFT, **STRIPE, "valign": "vcenter"},
    "banner_rest": {"bg_color": AMBER},
    "section": {**BIG, "bottom": 2, "bottom_color": DEEP},
    "section_rest": {"bottom": 2, "bottom_color": DEEP},
    "note": {"font_color": GREY, "italic": True, "valign": "top"},
    "reservation": {"font_color": GREY, "italic": True, "valign": "top", "text_wrap": True},
    "aside": {**TOP, "font_color": GREY},
    "label": {**TOP, "font_color": GREY},
    "fact": {"text_wrap": True, "valign": "top", "align": "left", "bold": True},
    "head": HEAD,
    "head_number": {**HEAD, "align": "right"},
    "head_mark": {**HEAD, **CENTRE},
    "text": {**CELL, "text_wrap": True},
    "number": {**CELL, **RIGHT},
    "mark": {**CELL, **CENTRE},
    "key": {**CELL, **BIG, **RIGHT, "valign": "vcenter"},
    "key_label": {**CELL, "valign": "vcenter", "text_wrap": True},
    "total": TOTAL,
    "total_number": {**TOTAL, **RIGHT},
    "total_mark": {**TOTAL, **CENTRE},
}
"""The looks of cells by name; ``UNKNOWN_LOOK`` is laid over any of them."""

UNKNOWN_LOOK: Look = {"italic": True, "bg_color": AMBER, "align": "right", "bold": True, "indent": 1}


def looks(language: str) -> Looks:
    """Return the palette with the days of a language."""
    return Looks(
        FONT, CELLS, day_format(language), UNKNOWN_LOOK, letters=95, bold_letters=88, line=13, air=3, tallest=409
    )
