"""What an ODS cell shows of its number: the file holds the text as it was shown beside the value.

The text tells unit, currency and scale, the value all digits: „27,6 MWh“, „80 %“, „14,8 T€“ of 14,800.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from oekoreport.sheets.tables.book import Cell, Disguised, ShownText
from oekoreport.sheets.tables.formats import german, has_words, without_minus

SHOWN = re.compile(r"(\D*?)([-\u2212]?\d(?:[\d.,\s\u00a0\u202f'\u2019]*\d)?)((?:\D.*)?)", re.DOTALL)
TOO_NARROW = re.compile(r"#*")
PADDED = re.compile(r"[-\u2212]?0\d")
OTHER_NOTATION = re.compile(r"[-\u2212]?(?:\d[\d.,]*[eE][+-]?\d+|(?:\d+\s+)?\d+/\d+)")
"""An exponent, or a fraction: they show the number and nothing else."""

SCALES = (0, -3, -6)
PERCENT = 2
ROUNDING = Decimal("0.5000001")
"""Half of the last digit shown, and what computing with binary fractions leaves behind."""


def shown_number(number: Decimal, text: str, *, percent: bool, currency: str) -> Cell:
    """Return a number as its cell shows it: itself, a text with all its digits, or what disguises it.

    Args:
        number: the value.
        text: what the cell shows; empty, or all # where the column was too narrow, where that is not known.
        percent: whether the file says that it is shown per cent.
        currency: the code of the currency that the file names.
    """
    if TOO_NARROW.fullmatch(text):
        if percent:
            return ShownText(f"{german(number.scaleb(PERCENT))} %")
        return ShownText(f"{currency} {german(number)}") if currency not in ("", "EUR") else number
    if OTHER_NOTATION.fullmatch(text):
        return number
    match = SHOWN.fullmatch(text)
    if match is None:  # no digit: a dash for zero, or words
        return number if not number and not has_words(without_minus(text)) else ShownText(text)
    before, digits, after = match.groups()
    scales = (PERCENT,) if percent else SCALES
    found = [(scale, places) for scale in scales for places in _places(number.scaleb(scale), digits)]
    if not found:
        return _otherwise(number, text)
    scale, places = found[0]
    if number < 0:
        before, after = without_minus(before), without_minus(after)
    if not has_words(before + after):
        if scale and number:
            return Disguised(number, text)
        return ShownText(text) if PADDED.match(digits) else number
    return ShownText(f"{before}{german(number.scaleb(scale), '0.' + '0' * places)}{after}")


def _otherwise(number: Decimal, text: str) -> Cell:
    """Return a number that is shown by its digits (2023-0042), or by other digits."""
    digits = re.sub(r"\D", "", text).lstrip("0")
    return ShownText(text) if digits == f"{abs(number):f}" else Disguised(number, text)


def _places(number: Decimal, digits: str) -> Iterator[int]:
    """Yield with how many decimals shown digits are a number, rounded; their decimal mark is a comma or a point."""
    for mark in ",.":
        whole, _mark, decimals = digits.rpartition(mark) if mark in digits else (digits, "", "")
        whole, decimals = re.sub(r"\D", "", whole), re.sub(r"\D", "", decimals)
        if abs(abs(number) - Decimal(f"{whole or 0}.{decimals or 0}")) <= ROUNDING.scaleb(-len(decimals)):
            yield len(decimals)
