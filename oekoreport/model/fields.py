"""The types of fields: what a field holds, and how people spell it.

The model itself takes typed values (Decimal, date, Amount, bool) and the plain spelling that its JSON schema has
(``20000.0``, ``2020-04-03``). What people write is read before, by a field's ``Spelling``. Every type admits None:
unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, PlainSerializer

from oekoreport.language import catalogue
from oekoreport.model.money import read_money, read_yearly_money, to_the_cent
from oekoreport.model.spelling import (
    BadValue,
    read_amount,
    read_day,
    read_flag,
    read_integer,
    read_number,
    read_percent,
    read_text,
    read_year,
    sane,
    sensible_day,
    sensible_year,
)
from oekoreport.units import UNITS, Amount

_ = catalogue("oekoreport")

PLAIN_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a field's value is read from what people write: ``read`` returns it typed or raises BadValue."""

    read: Callable[[object], object]


def _day(value: object) -> object:
    """Keep pydantic from reading a number as the seconds since 1970."""
    if value is None or isinstance(value, date) or (isinstance(value, str) and PLAIN_DAY.fullmatch(value)):
        return value
    raise BadValue("DATA-DATE", _("“{text}” is not a date.", text=str(value)), _("Write {day}.", day="2020-04-03"))


def _not_negative(value: Decimal | int | Amount | None) -> Decimal | int | Amount | None:
    number = value.value if isinstance(value, Amount) else value
    if number is not None and number < 0:
        raise BadValue(
            "DATA-NEGATIVE",
            _("“{value}” is negative.", value=value),
            _("Write the amount without a minus sign; 0 if there is none."),
        )
    return value


def _measured(amount: Amount | None) -> Amount | None:
    if amount is not None and amount.unit not in UNITS:
        raise BadValue("DATA-UNIT", _("“{text}” has no known unit.", text=f"{amount.value} {amount.unit}"))
    return amount


Text = Annotated[str | None, Spelling(read_text)]
Number = Annotated[Decimal | None, Spelling(read_number), AfterValidator(sane)]
Money = Annotated[Decimal | None, Spelling(read_money), AfterValidator(to_the_cent)]
YearlyMoney = Annotated[Decimal | None, Spelling(read_yearly_money), AfterValidator(to_the_cent)]
Cost = Annotated[Decimal | None, Spelling(read_money), AfterValidator(to_the_cent), AfterValidator(_not_negative)]
"""Money that is never less than nothing."""

Size = Annotated[Decimal | None, Spelling(read_number), AfterValidator(sane), AfterValidator(_not_negative)]
"""A number that is never less than nothing."""

Percent = Annotated[Decimal | None, Spelling(read_percent), AfterValidator(sane)]
Integer = Annotated[int | None, Spelling(read_integer)]
Count = Annotated[Integer, AfterValidator(_not_negative)]
"""How many there are of something: never less than none."""

Year = Annotated[int | None, Spelling(read_year), AfterValidator(sensible_year)]
Day = Annotated[date | None, Spelling(read_day), BeforeValidator(_day), AfterValidator(sensible_day)]
Flag = Annotated[bool | None, Spelling(read_flag)]
Quantity = Annotated[
    Amount | None,
    Spelling(read_amount),
    AfterValidator(_measured),
    PlainSerializer(lambda amount: amount and (str(amount.value), amount.unit), when_used="json"),
]
Use = Annotated[Quantity, AfterValidator(_not_negative)]
"""A quantity that is used: never less than nothing."""
