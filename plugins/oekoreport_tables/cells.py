"""Cells of number fields, and cells that hold no value because of their formula."""

from __future__ import annotations

import re
from decimal import Decimal

from oekoreport import Amount, Attribute, Finding, Place, Severity, catalogue
from oekoreport.kit.tables import Cell, CellError, Uncalculated

_ = catalogue("oekoreport_tables")

LETTERS = re.compile(r"[^\W\d_]|³|€")

NUMBERS = (Decimal, int, Amount)
"""The types of fields that numbers are read into."""


def is_number(attribute: Attribute | None) -> bool:
    """Tell whether a field takes numbers."""
    return attribute is not None and attribute.type in NUMBERS


def mark_finding(cell: Cell, place: Place, subject: tuple[str, str]) -> Finding | None:
    """Return the finding for a cell whose formula has no value; None for any other cell."""
    if isinstance(cell, CellError):
        return Finding(
            "DATA-CELL-ERROR",
            Severity.ERROR,
            _("The formula in this cell failed: {text}", text=cell.text),
            place,
            subject,
            found=cell.text,
            hint=_("Correct the formula, or write the value."),
        )
    if isinstance(cell, Uncalculated):
        return Finding(
            "DATA-UNCALCULATED",
            Severity.ERROR,
            _("The formula in this cell was never calculated."),
            place,
            subject,
            hint=_("Open the file in Excel or LibreOffice and save it, or write the value."),
        )
    return None


def with_unit(value: object, unit: str) -> object:
    """Return a value in the unit of its column's head, unless it has one of its own (“1.200 MWh”); money in euro."""
    if not unit:
        return value
    if isinstance(value, Decimal):
        amount = Amount(value, unit)
        return amount.base() if amount.dimension == "money" else amount
    if isinstance(value, str) and not LETTERS.search(value):
        return f"{value.strip()} {unit}"
    return value
