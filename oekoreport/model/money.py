"""How people spell amounts of money: ``1.234,56 €``, ``14,8 T€``, ``2.000,-``; another currency is refused by name."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import cast

from oekoreport.cldr import CURRENCIES
from oekoreport.language import catalogue
from oekoreport.model.spelling import BadValue, read_number, sane
from oekoreport.units import PER_YEAR, unit_spelled

_ = catalogue("oekoreport")

MONEY = re.compile(r"([^\d+\-\u2212\u2013]*+)([+\-\u2212\u2013]?[\d.,\s]*\d)(\D*)")
NO_CENTS = re.compile(r"(?<=\d),[-\u2013\u2014]{1,2}(?!\d)")
"""A stroke for the cents that an amount has none of: 2.000,- or 2.000,-- €."""

SIGNS = {"$", "£", "¥", "FR", "FR.", "SFR", "SFR.", "US$", "DM"}
"""Signs of other currencies; their codes stand in the CLDR."""

CENT = Decimal("0.01")
CENTS = 2
DUST = Decimal("1e-6")
"""What a spreadsheet leaves behind when it computes with binary fractions."""


def read_money(value: object) -> Decimal | None:
    """Read an amount in euro, to the cent: 14.800, “14.800 €”, “14,8 T€”, “0,0148 Mio. €”.

    What a spreadsheet computed is cleaned of its binary dust, not rounded.

    Raises:
        BadValue: DATA-NUMBER where it is no number; DATA-CURRENCY and DATA-UNIT where it is one of another currency or
            unit; DATA-MONEY where it has fractions of a cent, or is written with more than two decimals: 2,500 could
            be two and a half, or two and a half thousand.
    """
    if isinstance(value, str) and (match := MONEY.fullmatch(NO_CENTS.sub("", value.strip()))):
        before, text, after = (part.strip() for part in match.groups())
        return _read_money_text(value.strip(), text, before or after if not (before and after) else f"{before} {after}")
    number = read_number(value)
    return None if number is None else to_the_cent(number)


def read_yearly_money(value: object) -> Decimal | None:
    """Read an amount in euro per year, as ``read_money`` does; “per year” may be written with it: 4.300 €/a."""
    return read_money(PER_YEAR.sub("", value.strip()) if isinstance(value, str) else value)


def _read_money_text(written: str, text: str, unit_text: str) -> Decimal | None:
    unit = unit_spelled(unit_text or "EUR")
    if unit is None or unit.dimension != "money":
        raise _no_euro(written, unit_text)
    number = read_number(text)
    if number is None:
        return None
    if unit.factor == 1 and -cast(int, number.as_tuple().exponent) > CENTS:
        raise BadValue(
            "DATA-MONEY",
            _("“{text}” is ambiguous: it has more than two decimals.", text=written),
            _("Write the amount with two decimals: 2.500,00."),
        )
    return read_money(number * unit.factor)


def _no_euro(text: str, unit: str) -> BadValue:
    hint = _("Write the amount in euro: 1.234,56.")
    if unit.upper() in CURRENCIES | SIGNS:
        return BadValue("DATA-CURRENCY", _("“{text}” is in another currency; only euro are read.", text=text), hint)
    return BadValue("DATA-UNIT", _("“{text}” is not an amount in euro.", text=text), hint)


def half_up(amount: Decimal) -> Decimal:
    """Return an amount rounded half up to the cent."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def to_the_cent(number: Decimal | None) -> Decimal | None:
    """Return an amount with two decimals.

    Raises:
        BadValue: DATA-NUMBER where it is not ``sane``, DATA-MONEY where it has fractions of a cent.
    """
    number = sane(number)
    if number is None or number.same_quantum(CENT):
        return number
    cents = number.quantize(CENT)
    if number != cents and abs(number - cents) > DUST:
        raise BadValue(
            "DATA-MONEY",
            _("“{number}” has fractions of a cent.", number=number),
            _("Write the amount with two decimals, rounded as in the voucher."),
        )
    return cents
