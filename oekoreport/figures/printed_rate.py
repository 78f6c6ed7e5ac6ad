"""The rate of a share as notices print it: rounded, so that it stands for a proportion that is not written down."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from oekoreport.figures.engine import Figures, places_of
from oekoreport.language import catalogue
from oekoreport.law import Parameter, Presence, Sort, Status
from oekoreport.units import euro

_ = catalogue("oekoreport")


def explained_by_rounding(rate: Decimal, granted: Decimal, planned: Decimal) -> bool:
    """Tell whether the rate, as printed, can be the rounded share of what was granted in the eligible plan.

    Noughts at its end are no printed places: the cell of a form shows each rate with two, 74.3 as 74.30. Where less was
    granted than a whole rate gives, the maximum cut it, and nothing is rounded: “80 %, at most 20,000”.
    """
    share, places = rate * planned / 100, places_of(rate)
    if share > granted and not places:
        return False
    return abs(share - granted) <= Decimal(5).scaleb(-places - 1) * planned / 100


def exact_rate(rate: Decimal, granted: Decimal, planned: Decimal) -> Decimal:
    """Return the share of what was granted in the eligible plan, in per cent, with two places more than the rate."""
    return (granted * 100 / planned).quantize(Decimal(1).scaleb(-places_of(rate) - 2), ROUND_HALF_UP)


def stated_rate(figures: Figures) -> tuple[Decimal, Decimal, Decimal] | None:
    """Return rate, amount granted and eligible plan, of which the first is a rounded share; None while one lacks."""
    names = ("settlement.rate", "settlement.granted", "expenditure.planned_eligible")
    rate, granted, planned = (figures.value(name).amount for name in names)
    return (rate, granted, planned) if rate is not None and granted is not None and planned else None


def printed_rate(figures: Figures) -> Parameter | None:
    """Return the assumption that the printed rate is the rounded proportion of the plan; None where it cannot be.

    A notice over 310,000 of 416,976 prints 74.3 % (LRH Brandenburg JB 2017): rate × plan and the amount granted differ
    by no more than half a unit of the rate's last printed place. Where they agree nothing is rounded.
    """
    printed = stated_rate(figures)
    if printed is None or not explained_by_rounding(*printed):
        return None
    rate, granted, planned = printed
    if rate * planned == granted * 100:
        return None
    title = _(
        "The printed rate of {rate} % is rounded: it stands for {granted} of {planned}, that is {exact} %",
        rate=rate,
        granted=euro(granted),
        planned=euro(planned),
        exact=exact_rate(*printed),
    )
    return Parameter(
        "printed_rate",
        title,
        Presence.VALUE,
        exact_rate(*printed),
        "%",
        _("the notice's amount and plan; LRH Brandenburg, annual report 2017"),
        status=Status.ASSUMED,
        sort=Sort.NUMBER,
        settled_by=_("field “Reduction” of the grant"),
    )
