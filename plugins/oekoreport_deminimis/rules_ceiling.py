"""Does all aid that an undertaking received stay below the ceiling?

Added up is what was granted up to the day of each grant of this round, under either regulation, to the participant.
A ceiling holds for a single undertaking: enter what undertakings linked to the participant received as its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from oekoreport import Aid, AidRegulation, Case, Issue, TermsInRule, catalogue, euro, need, rule
from oekoreport_deminimis.aids import granted_here, holder
from oekoreport_deminimis.windows import first_day_of_fiscal_years, years_before

_ = catalogue("oekoreport_deminimis")

REGULATION_2013 = "VO (EU) Nr. 1407/2013 Art. 3 Abs. 2"
REGULATION_2023 = "VO (EU) 2023/2831 Art. 3 Abs. 2"


def _under(regulation: AidRegulation) -> Callable[[Case], list[Aid]]:
    """Return what lists the aid of this round under a regulation, and what may be under it for all that is known."""
    return lambda case: [aid for aid in granted_here(case) if aid.regulation in (regulation, None)]


@rule(
    "DEMINIMIS-2013",
    _("Aid stays below the ceiling of three fiscal years"),
    basis=REGULATION_2013,
    each=_under(AidRegulation.REGULATION_2013),
)
def ceiling_of_fiscal_years(aid: Aid, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """At each grant, aid of the current and the two previous fiscal years comes to the ceiling at most.

    The fiscal year is taken to be the calendar year; that is an assumption, and the verdict says so.

    Why: above the ceiling aid is no longer de minimis, and is to be recovered.
    Fails: granted on 10.01.2024, with 199,000 EUR of 15.03.2022 and 1,500 EUR now; 200,000 EUR are allowed.
    Passes: the same with the first aid on 15.03.2021, which is in the fiscal year before.
    """
    ceiling = terms["deminimis_2013_ceiling"]
    yield from _above(ceiling, aid, _first_fiscal_day(aid, terms), case)


@rule(
    "DEMINIMIS-2023",
    _("Aid stays below the ceiling of three years"),
    basis=REGULATION_2023,
    each=_under(AidRegulation.REGULATION_2023),
)
def ceiling_of_rolling_years(aid: Aid, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """At each grant, aid of the three years back from that day comes to the ceiling at most.

    Why: above the ceiling aid is no longer de minimis, and is to be recovered.
    Fails: granted on 10.01.2024, with 299,000 EUR of 15.03.2021 and 1,500 EUR now; 300,000 EUR are allowed.
    Passes: the same granted on 16.03.2024: the first aid is more than three years old.
    """
    ceiling = terms["deminimis_2023_ceiling"]
    first = years_before(_granted_on(aid), int(terms["deminimis_2023_years"]))
    yield from _above(ceiling, aid, first, case)


@rule(
    "DEMINIMIS-ROAD",
    _("Aid for road freight stays below its own ceiling"),
    basis=REGULATION_2013,
    each=lambda case: [aid for aid in granted_here(case) if aid.road_freight is not False],
)
def ceiling_of_road_freight(aid: Aid, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """At each grant for road freight, aid for road freight comes to the lower ceiling of its regulation at most.

    Why: Regulation 1407/2013 has a lower ceiling for road freight for hire or reward; 2023/2831 has none.
    Fails: 99,000 EUR for road freight of 15.03.2022 and 1,500 EUR of 10.01.2024; 100,000 EUR are allowed.
    Passes: the same, the first aid not for road freight; anything granted under 2023/2831 is not judged.
    """
    need(aid, "road_freight")
    edition = "2013" if need(aid, "regulation") is AidRegulation.REGULATION_2013 else "2023"
    ceiling = terms[f"deminimis_{edition}_road_ceiling"]
    first = _first_fiscal_day(aid, terms)
    yield from _above(ceiling, aid, first, case, counts=lambda other: bool(need(other, "road_freight")))


def _granted_on(aid: Aid) -> date:
    """Return the day of a grant of this round under a regulation that is known."""
    need(aid, "own")
    need(aid, "regulation")
    day: date = need(aid, "granted_on")
    return day


def _first_fiscal_day(aid: Aid, terms: TermsInRule) -> date:
    years, month = terms["deminimis_2013_fiscal_years"], terms["deminimis_2013_fiscal_year_month"]
    return first_day_of_fiscal_years(_granted_on(aid), int(years), int(month))


def _above(
    ceiling: Decimal, aid: Aid, first: date, case: Case, counts: Callable[[Aid], bool] = lambda _aid: True
) -> Iterator[Issue]:
    """Yield that what the same participant was granted from the first day up to this aid's is above a ceiling."""
    inside = [other for other in holder(aid, case).aids if first <= need(other, "granted_on") <= _granted_on(aid)]
    total = sum((need(other, "amount") for other in inside if counts(other)), Decimal(0))
    if total > ceiling:
        yield Issue(
            _(
                "“{name}”: {total} of de minimis aid from {first} to {day}; the ceiling is {ceiling}.",
                name=holder(aid, case).called,
                total=euro(total),
                first=first,
                day=aid.granted_on,
                ceiling=euro(ceiling),
            ),
            "amount",
            hint=_("Do not grant this aid as de minimis aid, or ask the granting authority."),
        )
