"""How forms look: the palette, a look for each role of values, and the widths of columns by role."""

from __future__ import annotations

from collections.abc import Mapping

from oekoreport.sheets.writer import Looks

GREEN, PALE, AMBER, GREY, LINE = "#1F5C45", "#E8F1EC", "#FFF3CF", "#595959", "#BFCFC7"
DAY = "dd.mm.yyyy"
TOP: Mapping[str, object] = {"valign": "top"}
MIDDLE: Mapping[str, object] = {"valign": "vcenter"}
CELL: Mapping[str, object] = {**TOP, "border": 1, "border_color": LINE}
HEAD: Mapping[str, object] = {**CELL, **MIDDLE, "bold": True, "text_wrap": True}
LEFT: Mapping[str, object] = {"align": "left", "indent": 1}

VALUES: Mapping[str, tuple[float, Mapping[str, object]]] = {
    "text": (26, {"num_format": "@", "text_wrap": True, **LEFT}),
    "choice": (14, {"num_format": "@", **LEFT}),
    "date": (12, {"num_format": DAY}),
    "money": (14, {"num_format": "#,##0.00"}),
    "percent": (10, {"num_format": '0.00" %"'}),
    "integer": (9, {"num_format": "0"}),
    "number": (11, {"num_format": "General"}),
    "energy": (13, {"num_format": "#,##0"}),
    "quantity": (13, {"num_format": "#,##0.00"}),
}
"""By the role of its values, how wide a column usually is and what it looks like."""

LOOKS = Looks(
    font={"font_name": "Calibri", "font_size": 11},
    day=DAY,
    letters=105,  # also where another font stands in for Calibri
    bold_letters=105,
    inset=1,
    tallest=300,
    cells={
        "title": {**MIDDLE, "bold": True, "font_size": 16, "font_color": GREEN},
        "hint": {**MIDDLE, "font_color": GREY, "italic": True},
        "body": {**TOP, "text_wrap": True},
        "strong": {**TOP, "bold": True, "text_wrap": True, "font_color": GREEN},
        "head": {**HEAD, "font_color": "#FFFFFF", "bg_color": GREEN},
        "head_required": {**HEAD, "font_color": "#000000", "bg_color": "#F2B705"},
        "group": {**CELL, "bold": True, "font_color": GREEN, "bg_color": PALE, "align": "center"},
        "label": {**CELL, "bg_color": PALE, "text_wrap": True},
        "label_required": {**CELL, "bg_color": AMBER, "bold": True, "text_wrap": True},
        "note": {**CELL, "font_color": GREY, "text_wrap": True, "indent": 1},
        "tick": {**CELL, "num_format": "@", "align": "center"},
        **{role: {**CELL, **look} for role, (_width, look) in VALUES.items()},
        **{f"{role}-entry": {**CELL, **look, **LEFT} for role, (_width, look) in VALUES.items()},
    },
)
"""``-entry`` looks are for values of a form, which are all left-aligned."""
