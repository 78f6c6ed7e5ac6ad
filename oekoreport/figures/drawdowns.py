"""The use of drawdowns: how much of each was used in time, late or not at all, in the order of payments."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import NamedTuple, TypeAlias

from oekoreport.figures.engine import Chapter, Figures
from oekoreport.figures.use import DUE, NOTHING, Piece, Use, ended_by, uses
from oekoreport.figures.values import DayValue, Fact, FieldRef, Value, unknown
from oekoreport.language import Message, catalogue
from oekoreport.law import Parameter, Presence, Terms
from oekoreport.model import Project
from oekoreport.model.drawdown import Drawdown

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
        return DayValue(None, (reference, allowed), (_("the parameter {title}", title=allowed.title),))
    if allowed.name == WINDOW_WEEKS:
        return DayValue(drawdown.paid_on + timedelta(weeks=int(count)), (reference, allowed))
    return DayValue(add_months(drawdown.paid_on, int(count)), (reference, allowed))


# --- what was used when ----------------------------------------------------------------------------------------------


class Call(NamedTuple):
    """The euros of a drawdown, from ``first`` up to ``last`` of all that were paid out, and the day of the payout."""

    first: Decimal
    last: Decimal
    paid_on: date

    def pieces(self, use: Use) -> list[Piece]:
        """Return its euros by the day of their use."""
        return list(use.pieces(self.first, self.last, self.paid_on))


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


Used: TypeAlias = Sequence[tuple[Use, Call, Sequence[Piece]]]
"""What a drawdown was used for in each order that the notice may mean."""


def used(figures: Figures, drawdown: Drawdown) -> Used | Value:
    """Return the pieces in which a drawdown was used; unknown where its payout, a payment or what is due is."""
    call, possible = figures.once(calls)[drawdown.key], figures.once(uses)
    if isinstance(call, Value):
        return call
    if isinstance(possible, Value):
        return possible
    found = [(use, call, list(use.pieces(*call))) for use in possible]
    for use, _call, pieces in found:
        if use.lacking and sum_of(pieces) < call.last - call.first:
            return unknown(*use.lacking, basis=(*use.basis, DUE))
    return found


def sum_of(pieces: Iterable[Piece]) -> Decimal:
    """Return how many euros pieces are together."""
    return sum((piece.amount for piece in pieces), NOTHING)


def agreed(figures: Figures, title: Message, results: Sequence[tuple[Use, Value]]) -> Value:
    """Return what comes out in every order; where they differ the notice has to say how it reduces: both are shown."""
    (_use, first), *others = results
    if all(result.amount == first.amount for _use, result in others):
        return first
    grant = figures.project.grant
    source, open_ = _("if the notice reduces the grant so"), _("undecided")
    facts = [
        Fact(Message("{title}, {order}", title=title, order=use.order.title), result.amount, "EUR", source, open_)
        for use, result in results
        if result.amount is not None
    ]
    basis = tuple(dict.fromkeys((*facts, *(part for _use, result in results for part in result.basis))))
    return unknown(FieldRef("grant", grant.key if grant else "grant", "reduction_method"), basis=basis)


def fields_of(drawdown: Drawdown) -> tuple[FieldRef, ...]:
    """Return what a drawdown says of its payout, as the basis of figures."""
    return tuple(FieldRef(drawdown.kind, drawdown.key, name) for name in ("amount", "paid_on"))


@DRAWDOWNS.figure(
    "drawdown.used_up",
    "date",
    _("Fully used on"),
    each=drawdowns,
    how=_("Day of the payment with which the whole drawdown was used, earlier drawdowns first"),
)
def _used_up(figures: Figures, drawdown: Drawdown) -> DayValue:
    found = used(figures, drawdown)
    if isinstance(found, Value):
        return DayValue(None, (*fields_of(drawdown), *found.basis), found.missing)
    ends = {_end(call, pieces) for _use, call, pieces in found}
    use, _call, _pieces = found[0]
    basis = (*fields_of(drawdown), *use.basis)
    if len(ends) > 1:
        grant = figures.project.grant
        return DayValue(None, basis, (FieldRef("grant", grant.key if grant else "grant", "reduction_method"),))
    (day,) = ends
    if day is None:
        return DayValue(None, basis, (_("it was not fully used"),))
    return DayValue(day, (*basis, *ended_by(figures, day)))


def _end(call: Call, pieces: Sequence[Piece]) -> date | None:
    """Return the day on which a drawdown was used up; that of the payout where there was nothing to use."""
    if sum_of(pieces) < call.last - call.first:
        return None
    return pieces[-1].day if pieces else call.paid_on


def _used(figures: Figures, drawdown: Drawdown, *, late: bool, title: Message) -> Value:
    """Return how much of a drawdown was used within its window, or after it; without a window nothing is late."""
    found, allowed = used(figures, drawdown), window_of(figures, drawdown)
    if isinstance(found, Value):
        return Value(None, (*fields_of(drawdown), *found.basis), found.missing)
    use_by = DayValue(date.max, (figures.terms[WINDOW_MONTHS],))
    if allowed is not None:
        use_by = figures.day(f"drawdown.use_by/{drawdown.key}")
    if use_by.day is None:
        return Value(None, (*fields_of(drawdown), *use_by.basis), use_by.missing)
    results = []
    for use, _call, pieces in found:
        counted = [piece for piece in pieces if (piece.day > use_by.day) is late]
        ends = [end for piece in counted for end in ended_by(figures, piece.day)] if late else []
        basis = (*fields_of(drawdown), *use.basis, *use_by.basis, *ends)
        results.append((use, Value(sum_of(counted), basis)))
    return agreed(figures, title, results)


for _name, _title, _late in (("used_in_time", IN_TIME, False), ("used_late", LATE, True)):
    DRAWDOWNS.figure(f"drawdown.{_name}", "EUR", _title, each=drawdowns)(partial(_used, late=_late, title=_title))


@DRAWDOWNS.figure("drawdown.unused", "EUR", UNUSED, each=drawdowns, how=_("Amount paid out less what was used of it"))
def _unused(figures: Figures, drawdown: Drawdown) -> Value:
    found = used(figures, drawdown)
    if isinstance(found, Value):
        return Value(None, (*fields_of(drawdown), *found.basis), found.missing)
    results = [
        (use, Value(call.last - call.first - sum_of(pieces), (*fields_of(drawdown), *use.basis)))
        for use, call, pieces in found
    ]
    return agreed(figures, UNUSED, results)


for _name, _title in (("used_in_time", IN_TIME), ("used_late", LATE), ("unused", UNUSED)):
    _how = _("Sum of the drawdowns")
    DRAWDOWNS.sum(f"drawdowns.{_name}", "EUR", _title, of=f"drawdown.{_name}", each=drawdowns, how=_how)
