"""The use of drawdowns: how much of each was used in time, late or not at all, in the order of payments."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from oekoreport.figures.engine import Chapter, Figures
from oekoreport.figures.settling import by_method
from oekoreport.figures.use import DUE, NOTHING, Piece, Use, ended_by, uses
from oekoreport.figures.values import Basis, DayValue, Fact, FieldRef, Value, unknown
from oekoreport.language import Message, catalogue
from oekoreport.law import Parameter, Presence, Terms
from oekoreport.model import Project
from oekoreport.model.drawdown import Drawdown
from oekoreport.units import euro

_ = catalogue("oekoreport")

DRAWDOWNS = Chapter()

IN_TIME, LATE, UNUSED = _("Used in time"), _("Used late"), _("Not used")
WINDOW_MONTHS, WINDOW_WEEKS = "drawdown_window_months", "drawdown_window_weeks"


def drawdowns(project: Project) -> Iterable[Drawdown]:
    """Return the drawdowns in the order of their payout; those of one day in that of their calls and keys."""
    return sorted(
        project.drawdowns, key=lambda each: (each.paid_on or date.max, each.requested_on or date.max, each.key)
    )


# --- the window ------------------------------------------------------------------------------------------------------


def add_months(day: date, months: int) -> date:
    """Return the same day some months later, or the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def use_window(terms: Terms) -> Parameter | None:
    """Return the parameter that sets the time for the use of drawdowns; None where the law sets none.

    It is in months, else in weeks. Weeks that no law in force mentions are none where it says that months are none.
    """
    months, weeks = terms[WINDOW_MONTHS], terms[WINDOW_WEEKS]
    if months.presence is not Presence.NONE:
        return weeks if months.presence is Presence.UNKNOWN and weeks.presence is Presence.VALUE else months
    return weeks if weeks.presence is not Presence.NONE and weeks.pack else None


def window_of(figures: Figures, drawdown: Drawdown) -> Parameter | None:
    """Return the parameter that sets the time for the use of a drawdown: that of the day of its payout."""
    return use_window(figures.terms if drawdown.paid_on is None else figures.terms.as_of(drawdown.paid_on))


@DRAWDOWNS.figure(
    "drawdown.use_by",
    "date",
    _("To be used by"),
    each=drawdowns,
    how=_("Day of the payout and the window that the law in force on that day allows for use"),
)
def _use_by(figures: Figures, drawdown: Drawdown) -> DayValue:
    reference = FieldRef(drawdown.kind, drawdown.key, "paid_on")
    allowed = window_of(figures, drawdown)
    if allowed is None:
        none = figures.terms[WINDOW_MONTHS]
        return DayValue(None, (reference, none), (_("the law in force sets no time for use"),))
    if drawdown.paid_on is None:
        return DayValue(None, (reference,), (reference,))
    count = allowed.value
    if not isinstance(count, Decimal) or count != int(count):
        return DayValue(None, (reference, allowed), (allowed,))
    if allowed.name == WINDOW_WEEKS:
        return DayValue(drawdown.paid_on + timedelta(weeks=int(count)), (reference, allowed))
    return DayValue(add_months(drawdown.paid_on, int(count)), (reference, allowed))


# --- what was used when ----------------------------------------------------------------------------------------------


class Call(NamedTuple):
    """The euros of a drawdown, from ``first`` up to ``last`` of all that were paid out, and the day of the payout."""

    first: Decimal
    last: Decimal
    paid_on: date


def calls(figures: Figures) -> Mapping[str, Call | Value]:
    """Return the euros of each drawdown by its key, to be computed once; unknown from one without day or amount on."""
    found: dict[str, Call | Value] = {}
    before, lacking = NOTHING, None
    for each in drawdowns(figures.project):
        if lacking is None and each.paid_on is not None and each.amount is not None:
            found[each.key] = Call(before, before + each.amount, each.paid_on)
            before += each.amount
        else:
            name = "paid_on" if each.paid_on is None else "amount"
            lacking = lacking or unknown(FieldRef(each.kind, each.key, name))
            found[each.key] = lacking
    return found


class Used(NamedTuple):
    """When the euros of a drawdown were used, in one of the orders that the notice may mean."""

    use: Use
    call: Call
    pieces: Sequence[Piece]

    @property
    def left(self) -> Decimal:
        """How many of them were not used."""
        return self.call.last - self.call.first - sum_of(self.pieces)

    @property
    def up(self) -> date | None:
        """The day on which all were used; that of the payout where there was nothing to use."""
        if self.left > 0:
            return None
        return self.pieces[-1].day if self.pieces else self.call.paid_on


def sum_of(pieces: Iterable[Piece]) -> Decimal:
    """Return how many euros pieces are together."""
    return sum((piece.amount for piece in pieces), NOTHING)


def used_of(figures: Figures, drawdown: Drawdown) -> Sequence[Used] | Value:
    """Return how a drawdown was used in each order; unknown where its payout or a payment is.

    What is left may be used with the last payment where it is due; it is unknown, too, where nobody knows that.
    """
    call, possible = figures.once(calls)[drawdown.key], figures.once(uses)
    if isinstance(call, Value):
        return call
    if isinstance(possible, Value):
        return possible
    found = [Used(use, call, list(use.pieces(*call))) for use in possible]
    open_ = next((used for used in found if used.use.lacking and used.left > 0), None)
    return unknown(*open_.use.lacking, basis=(*open_.use.basis, DUE)) if open_ else found


def agreed(figures: Figures, title: Message, results: Sequence[tuple[Use, Value]]) -> Value:
    """Return what comes out in every order; where they differ the notice has to say how it reduces: both are shown."""
    (_use, first), *others = results
    if all(result.amount == first.amount for _use, result in others):
        return first
    facts = [
        Fact(
            Message("{title}, {order}", title=title, order=use.order.title),
            result.amount,
            "EUR",
            _("if the notice reduces the grant so"),
            _("undecided"),
        )
        for use, result in results
        if result.amount is not None
    ]
    basis = (*facts, *(part for _use, result in results for part in result.basis))
    outcomes = Message("{amounts}", amounts=tuple(_amount(fact) for fact in facts))
    return by_method(figures, outcomes, tuple(dict.fromkeys(basis)))


def _amount(fact: Fact) -> Message:
    return Message("{title}: {amount}", title=fact.title, amount=euro(fact.value))


def fields_of(drawdown: Drawdown) -> tuple[FieldRef, ...]:
    """Return what a drawdown says of its payout, as the basis of figures."""
    return tuple(FieldRef(drawdown.kind, drawdown.key, name) for name in ("amount", "paid_on"))


_NOT_USED_UP = _("it was not fully used")


@DRAWDOWNS.figure(
    "drawdown.used_up",
    "date",
    _("Fully used on"),
    each=drawdowns,
    how=_("Day of the payment with which the whole drawdown was used, earlier drawdowns first"),
)
def _used_up(figures: Figures, drawdown: Drawdown) -> DayValue:
    found = used_of(figures, drawdown)
    if isinstance(found, Value):
        return DayValue(None, (*fields_of(drawdown), *found.basis), found.missing)
    basis = (*fields_of(drawdown), *found[0].use.basis)
    days = {used.up for used in found}
    if len(days) > 1:
        ends = tuple(
            Message("{order}: {end}", order=each.use.order.title, end=each.up or _NOT_USED_UP) for each in found
        )
        left_open = by_method(figures, Message("{ends}", ends=ends), basis)
        return DayValue(None, left_open.basis, left_open.missing)
    (day,) = days
    if day is None:
        return DayValue(None, basis, (_NOT_USED_UP,))
    return DayValue(day, (*basis, *ended_by(figures, day)))


def _used(figures: Figures, drawdown: Drawdown, *, late: bool, title: Message) -> Value:
    """Return how much of a drawdown was used within its window, or after it; without a window nothing is late."""
    found = used_of(figures, drawdown)
    if isinstance(found, Value):
        return Value(None, (*fields_of(drawdown), *found.basis), found.missing)
    use_by = DayValue(date.max, (figures.terms[WINDOW_MONTHS],))
    if window_of(figures, drawdown):
        use_by = figures.day(f"drawdown.use_by/{drawdown.key}")
    if use_by.day is None:
        return Value(None, (*fields_of(drawdown), *use_by.basis), use_by.missing)
    results = []
    for used in found:
        counted = [piece for piece in used.pieces if (piece.day > use_by.day) is late]
        ends = [end for piece in counted for end in ended_by(figures, piece.day)] if late else []
        results.append((used.use, Value(sum_of(counted), (*_basis(drawdown, used), *use_by.basis, *ends))))
    return agreed(figures, title, results)


def _basis(drawdown: Drawdown, used: Used) -> tuple[Basis, ...]:
    return (*fields_of(drawdown), *used.use.basis)


for _name, _title, _late in (("used_in_time", IN_TIME, False), ("used_late", LATE, True)):
    DRAWDOWNS.figure(f"drawdown.{_name}", "EUR", _title, each=drawdowns)(partial(_used, late=_late, title=_title))


@DRAWDOWNS.figure("drawdown.unused", "EUR", UNUSED, each=drawdowns, how=_("Amount paid out less what was used of it"))
def _unused(figures: Figures, drawdown: Drawdown) -> Value:
    found = used_of(figures, drawdown)
    if isinstance(found, Value):
        return Value(None, (*fields_of(drawdown), *found.basis), found.missing)
    return agreed(figures, UNUSED, [(used.use, Value(used.left, _basis(drawdown, used))) for used in found])


for _name, _title in (("used_in_time", IN_TIME), ("used_late", LATE), ("unused", UNUSED)):
    _how = _("Sum of the drawdowns")
    DRAWDOWNS.sum(f"drawdowns.{_name}", "EUR", _title, of=f"drawdown.{_name}", each=drawdowns, how=_how)
