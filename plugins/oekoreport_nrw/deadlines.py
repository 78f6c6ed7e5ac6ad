"""The day on which a deadline really ends."""

from __future__ import annotations

from datetime import date, timedelta

from oekoreport import DeadlineKind

SATURDAY = 5


def due_day(day: date, kind: DeadlineKind) -> date:
    """Return the last day of a deadline: a time limit moves to the next working day in NRW, a fixed day does not."""
    if kind is DeadlineKind.DAY:
        return day
    import holidays  # slow to import, and needed only here

    years = (day.year, day.year + 1)
    free = holidays.country_holidays("DE", subdiv="NW", years=years)
    while day.weekday() >= SATURDAY or day in free:
        day += timedelta(days=1)
    return day
