"""Values of records as cells of a form: read by the model, so that dates become dates and amounts numbers."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from oekoreport.language import Locale
from oekoreport.model import KINDS
from oekoreport.model.codes import Code
from oekoreport.model.noun import readers
from oekoreport.model.spelling import BadValue
from oekoreport.sheets.writer.numbers import exact
from oekoreport.units import Amount

THREE_DECIMALS = re.compile(r"-?\d{1,3},\d{3}")

Written = str | Decimal | date | None
"""What a cell of a form can take. Text stays text: nothing that is typed becomes a formula."""


def written(kind: str, name: str, value: object, locale: Locale) -> Written:
    """Return a raw value as a form shows it; a value that the model cannot read stays text."""
    if value in (None, ""):
        return None
    try:
        return as_cell(readers(KINDS[kind])[name](value), locale)
    except BadValue:
        return as_text(value)


def as_cell(value: object, locale: Locale) -> Written:
    """Return a value of the model as a cell: codes by their label, flags as ja or nein, amounts with their unit."""
    if isinstance(value, Code):
        return value.localize(locale)
    if isinstance(value, bool):
        return locale.show(value)
    if isinstance(value, Decimal | int):
        return number_or_text(Decimal(value))
    if isinstance(value, date):
        return value
    return None if value is None else as_text(value)


def number_or_text(number: Decimal) -> Decimal | str:
    """Return a number that a spreadsheet can hold, or its digits as German text."""
    return number if exact(number) else german(number)


def as_text(value: object) -> str:
    """Return a raw value as text that the model reads as the same."""
    if isinstance(value, Amount):
        return f"{_certain(value.value)} {value.unit}"
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, Decimal):
        return german(value)
    return value if isinstance(value, str) else str(value)


def _certain(number: Decimal) -> str:
    """Return a number as German text that cannot be meant otherwise: 1,234 could be a thousand, 1,2340 could not."""
    text = german(number)
    return f"{text}0" if THREE_DECIMALS.fullmatch(text) else text


def german(number: Decimal) -> str:
    """Return a number with a decimal comma and no grouping."""
    return f"{number:f}".replace(".", ",")
