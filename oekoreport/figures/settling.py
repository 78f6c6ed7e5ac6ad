"""What is due where a legal parameter is open: the amount that every way of settling it gives, else both are named."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from oekoreport.figures.engine import Figures
from oekoreport.figures.values import Basis, FieldRef, Value, unknown
from oekoreport.language import Message, catalogue
from oekoreport.law import Matter, Parameter, Presence
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
    outcomes = _(
        "with “{one}” the grant due is {first}, with “{other}” it is {second}",
        one=ways[0].entered,
        first=euro(first),
        other=ways[1].entered,
        second=euro(second),
    )
    left_open = replace(parameter, presence=Presence.UNKNOWN, value=None, outcomes=outcomes)
    return unknown(_told(left_open), basis=(left_open,))


def by_method(figures: Figures, outcomes: Message | str, basis: tuple[Basis, ...]) -> Value:
    """Return an unknown value: what comes out depends on how the notice reduces a share, and it does not say."""
    grant = figures.project.grant
    field = FieldRef("grant", grant.key if grant else "grant", "reduction_method")
    left_open = Parameter(
        "reduction_method",
        _("Reduction of the grant: by the rate, or pro rata"),
        source=_("the notice does not say it, and rate and proportion of the plan differ"),
        settled_by=_("Enter it in the sheet “Grant”, field “Reduction”."),
        question=_("Is the grant reduced by the rate, or in proportion to the financing plan?"),
        matter=Matter.PLAN,
        outcomes=outcomes,
    )
    return unknown(field, *([_told(left_open)] if outcomes else []), basis=(*basis, left_open))


def _told(left_open: Parameter) -> Message:
    """Return what is not settled, what comes out each way, and what to enter."""
    return _(
        "“{title}” is not settled: {outcomes}. {way_out}",
        title=left_open.title,
        outcomes=left_open.outcomes,
        way_out=left_open.settling,
    )


YES_OR_NO = (Settling(value=True, entered=_("yes")), Settling(value=False, entered=_("no")))
