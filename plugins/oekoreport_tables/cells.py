"""A cell's value for a field, or the finding that says why it has none."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from oekoreport import Amount, Attribute, Finding, Message, Place, Severity, catalogue
from oekoreport.kit.tables import (
    Cell,
    CellError,
    DecimalMark,
    Uncalculated,
    could_be_thousands,
    is_ambiguous,
    read_english,
)

_ = catalogue("oekoreport_tables")

NUMBERS = (Decimal, int, Amount)
"""The types of fields that numbers are read into."""


def is_number(attribute: Attribute | None) -> bool:
    """Tell whether a field takes numbers."""
    return attribute is not None and attribute.type in NUMBERS


def number_texts(cells: Iterable[Cell]) -> list[str]:
    """Return the texts among cells, for telling the decimal mark of a file."""
    return [cell for cell in cells if isinstance(cell, str)]


def mark_finding(cell: Cell, place: Place, subject: tuple[str, str]) -> Finding | None:
    """Return what is wrong with a cell that holds no value because of its formula; None for any other cell."""
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


def number_or_finding(
    text: str, mark: DecimalMark, place: Place, subject: tuple[str, str], *, proven: bool
) -> object | Finding:
    """Return a text of a number field as the file's decimal mark has it.

    With a point it becomes a Decimal; with a comma it stays text, which is read as German. In a file that mixes both,
    what could be either is a finding; so it is in one with points, unless it is ``proven`` that nothing else is meant.
    """
    if mark is DecimalMark.POINT:
        if not proven and could_be_thousands(text):
            message = _("“{text}” can be read in two ways: other numbers of this file have a decimal point.", text=text)
            return _two_ways(text, message, place, subject)
        number = read_english(text)
        return text if number is None else number
    if mark is DecimalMark.MIXED and is_ambiguous(text):
        message = _("“{text}” can be read in two ways: this file writes decimals with comma and with point.", text=text)
        return _two_ways(text, message, place, subject)
    return text


def _two_ways(text: str, message: Message, place: Place, subject: tuple[str, str]) -> Finding:
    hint = _("Write all numbers of the file with a decimal comma: 1.234,56.")
    return Finding("DATA-NUMBER", Severity.ERROR, message, place, subject, found=text, hint=hint)
