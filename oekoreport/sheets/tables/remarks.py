"""What stands behind the title of a heading: the unit of a column's values, or that they are something else."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from oekoreport.model.money import SIGNS
from oekoreport.sheets.forms.layout import Column
from oekoreport.sheets.tables.heads import ALIASES, Head, variants
from oekoreport.units import Amount, Unit, is_per_year, unit_named

REMARKS = ALIASES["remarks"]
SURE = (Decimal, int, Amount, date, bool)
"""The types of fields that take any number, day or tick; of texts, keys and choices a wrong one shows by itself."""

INTRODUCED = re.compile(r"^(?:alle )?(?:angaben )?in ")


def unit_of(head: Head) -> str | None:
    """Return the unit that a heading gives its column's values, "" for none; None where it says something else.

    “Investition (TEUR)” is TEUR. “Gezahlt (Soll)” and “Investition (CHF)” are not what was paid and invested, and
    “Einsparung” alone may be money or energy.
    """
    column = head.column
    if isinstance(column, Column) and (column.attribute is None or column.attribute.type not in SURE):
        return ""
    units = [_unit(head, INTRODUCED.sub("", remark)) for remark in head.remarks]
    if None in units or (head.title in ALIASES["bare"]["heads"] and not any(units)):
        return None
    said = {unit for unit in units if unit}
    return None if len(said) > 1 else next(iter(said), "")


THOUSANDS = re.compile(r"(?:tsd|tausend|mio|1[. ]?000)\b")
CURRENCIES = frozenset({"chf", "gbp", "usd", *map(str.casefold, SIGNS)})


def scale_named(text: str) -> str:
    """Return the unit that a text ends with, if numbers are not those of our base units: “Alle Beträge in TEUR”.

    It is the unit's symbol, or the words themselves where they name a currency, or thousands of anything; empty if the
    text names no unit, or EUR, kWh, t or m³.
    """
    remarks = [text.casefold(), *(remark for _head, found in variants(text) for remark in found)]
    for words in (INTRODUCED.sub("", part.strip()) for remark in remarks for part in re.split("[,;]", remark)):
        unit = unit_named(words)
        if unit and unit.factor != 1:
            return unit.symbol
        if not unit and (words in CURRENCIES or THOUSANDS.match(words)):
            return words
    return ""


def _unit(head: Head, remark: str) -> str | None:
    """Return what one remark says: a unit, "" for what changes nothing, None for what is not understood."""
    column, unit = head.column, unit_named(remark)
    if remark in REMARKS["neutral"]:
        return ""
    if not isinstance(column, Column):
        dimension = "money" if column.cost else column.resource.dimension
        return unit.symbol if unit and unit.dimension == dimension else None
    attribute = column.attribute
    if attribute is None or remark in REMARKS["of"].get(f"{column.kind}.{column.field}", ()):
        return ""
    if attribute.type is Amount:
        return unit.symbol if unit and unit.dimension != "money" else None
    if attribute.unit in ("EUR", "EUR/a"):
        return unit.symbol if unit and _is_money(unit, remark, yearly=attribute.unit == "EUR/a") else None
    own = (attribute.unit.casefold(), *REMARKS["units"].get(attribute.unit, ()))
    return "" if attribute.unit and remark in own else None


def _is_money(unit: Unit, remark: str, *, yearly: bool) -> bool:
    return unit.dimension == "money" and (yearly or not is_per_year(remark))
