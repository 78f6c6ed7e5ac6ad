"""What is due where a legal parameter is open: the amount that every way of settling it gives, else both are named."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from oekoreport.figures.engine import Figures
from oekoreport.figures.values import Value, unknown
from oekoreport.language import catalogue
from oekoreport.law import Parameter
from oekoreport.units import euro

_ = catalogue("oekoreport")

DUE = "settlement.grant_due"


class Settling(NamedTuple):
    """A way to settle a parameter that is open: its value (None: no such rule), and what to enter for it."""

    value: Decimal | bool | None
    entered: object


def settled_either_way(figures: Figures, parameter: Parameter, ways: tuple[Settling, Settling]) -> Value | None:
    """Return why a parameter decides on the grant due: unknown, with what is due either way; None where it does not."""
    first, second = (figures.supposing(parameter.name, way.value)[DUE] for way in ways)
    if first.value is None or second.value is None:
        return unknown(*dict.fromkeys((*first.missing, *second.missing)), basis=(parameter,))
    return either(parameter, ways, first.value, second.value)


def either(parameter: Parameter, ways: tuple[Settling, Settling], first: Decimal, second: Decimal) -> Value | None:
    """Return an unknown value that names both amounts of the grant due; None where they are the same."""
    if first == second:
        return None
    return unknown(
        _(
            "“{title}” is not settled: with “{one}” the grant due is {first}, with “{other}” it is {second}. Enter in "
            "the sheet “Terms” what the notice says.",
            title=parameter.title,
            one=ways[0].entered,
            first=euro(first),
            other=ways[1].entered,
            second=euro(second),
        ),
        basis=(parameter,),
    )


YES_OR_NO = (Settling(value=True, entered=_("yes")), Settling(value=False, entered=_("no")))
