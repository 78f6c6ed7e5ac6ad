"""The use of the grant over time: how many of its euros were used by which day, and with which payment.

Euros are counted in the order of their payout: the first one paid out is the first one used, and those beyond what is
due are the ones to be repaid.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from oekoreport.figures.engine import Figures
from oekoreport.figures.order import Order, Quotas, orders
from oekoreport.figures.spending import Spending, eligible_over_time, spendings
from oekoreport.figures.values import Basis, FieldRef, FigureRef, Lack, Value
from oekoreport.language import catalogue
from oekoreport.law import Matter, Parameter, Presence, Sort, Status
from oekoreport.model.money import half_up

_ = catalogue("oekoreport")

NOTHING = Decimal(0)
DUE = FigureRef("settlement.grant_due")

REST = Parameter(
    "rest_used_with_last_payment",
    _("What is due beyond the planned proportion is used with the last payment"),
    Presence.VALUE,
    value=True,
    source=_("the law says of the proportion alone how it is used; what is due is never unused"),
    status=Status.ASSUMED,
    sort=Sort.FLAG,
    settled_by=_("Ask the authority; the program knows no other way to count these days."),
    question=_("Is what is due beyond the planned proportion used with the last payment?"),
    matter=Matter.PAYOUT,
)
"""The assumption that is made where the planned proportion of lower cost would leave unused what is due."""


class Piece(NamedTuple):
    """Euros of the grant that were used on one day, from ``first`` up to ``last`` in the order of their payout."""

    first: Decimal
    last: Decimal
    day: date

    @property
    def amount(self) -> Decimal:
        """How many they are."""
        return self.last - self.first


class Use(NamedTuple):
    """How much of the grant was used up to and with each day on which that changed, in one of the possible orders.

    ``basis`` is what it rests on. ``lacking`` says why nobody can tell whether the rest was used with the last payment.
    """

    order: Order
    days: Sequence[tuple[date, Decimal]]
    basis: tuple[Basis, ...]
    lacking: tuple[Lack, ...]

    def pieces(self, first: Decimal, last: Decimal, paid_on: date) -> Iterator[Piece]:
        """Yield euros of one payout by the day of their use; what was spent before it uses them on its day."""
        done = first
        for day, used in self.days:
            if (until := min(used, last)) > done:
                yield Piece(done, until, max(day, paid_on))
                done = until


def uses(figures: Figures) -> Sequence[Use] | Value:
    """Return the use in each possible order, to be computed once; unknown where the order or a payment is.

    What came back later was not used: on each day counts the least that stays eligible from then on. With the last
    payment all is used that is due: the settlement leaves nothing unused that it leaves to the recipient.
    """
    possible = orders(figures)
    if isinstance(possible, Value):
        return possible
    flow = figures.once(spendings)
    if isinstance(flow, Value):
        return flow
    eligible = list(_staying(eligible_over_time(figures, flow)))
    last = max((spending.day for spending in flow if spending.spent > 0), default=date.max)
    return [_use(figures, order, eligible, last) for order in possible]


def _staying(eligible: Sequence[tuple[date, Decimal]]) -> Iterator[tuple[date, Decimal]]:
    """Yield for each day, in order, how much was eligible up to it and stays so, to the cent."""
    least = Decimal("Infinity")
    found = []
    for day, amount in reversed(eligible):
        least = min(least, amount)
        found.append((day, half_up(least)))
    yield from reversed(found)


def _use(figures: Figures, order: Order, eligible: Sequence[tuple[date, Decimal]], last: date) -> Use:
    due = figures.value(DUE.name)
    days: list[tuple[date, Decimal]] = []
    basis: dict[Basis, None] = dict.fromkeys((FigureRef("expenditure.eligible"), *order.basis))
    used = NOTHING
    for day, planned in _by_quota(order.quotas, eligible):
        used = max(used, planned)
        if day >= last and due.amount is not None and due.amount > used:
            used = due.amount
            basis |= dict.fromkeys((DUE, REST))
        days.append((day, used))
    return Use(order, days, tuple(basis), due.missing if eligible else ())


def _by_quota(quotas: Quotas, eligible: Sequence[tuple[date, Decimal]]) -> Iterator[tuple[date, Decimal]]:
    """Yield for each day on which eligible expenditure or the quota changed how much the quota of that day uses."""
    amounts, changes = dict(eligible), dict(quotas[1:])
    amount, quota = NOTHING, quotas[0][1]
    for day in sorted(amounts.keys() | changes.keys()):
        amount, quota = amounts.get(day, amount), changes.get(day, quota)
        yield day, quota.of(amount)


def ended_by(figures: Figures, day: date) -> Sequence[FieldRef]:
    """Return the payments that used the grant on a day; the notices of the day where it has no payment.

    A payment of which nothing is eligible is one of them only where the day has no other.
    """
    paid = figures.once(_paid_by_day).get(day, ())
    keys = [each.payment for each in paid if each.eligible > 0] or [each.payment for each in paid]
    if keys:
        return [FieldRef("payment", key, "date") for key in dict.fromkeys(keys)]
    return [FieldRef(each.kind, each.key, "date") for each in figures.project.notices if each.date == day]


def _paid_by_day(figures: Figures) -> Mapping[date, Sequence[Spending]]:
    flow = figures.once(spendings)
    found: dict[date, list[Spending]] = defaultdict(list)
    for spending in () if isinstance(flow, Value) else flow:
        if spending.spent > 0:
            found[spending.day].append(spending)
    return found
