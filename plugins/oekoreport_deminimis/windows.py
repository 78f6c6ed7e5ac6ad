"""Days: over which time aid is added up, and when a number of working days is over."""

from __future__ import annotations

from datetime import date, timedelta

SATURDAY = 5


def first_day_of_fiscal_years(day: date, years: int, first_month: int) -> date:
    """Return the first day of a number of fiscal years, the last of which holds the day."""
    year = day.year if day.month >= first_month else day.year - 1
    return date(year - years + 1, first_month, 1)


def years_before(day: date, years: int) -> date:
    """Return the same day of an earlier year; of 29 February the 28th where that year has none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def working_days_after(day: date, count: int) -> date:
    """Return the last of a number of working days after a day: Monday to Friday without nationwide holidays."""
    import holidays  # slow to import, and needed only here

    free = holidays.country_holidays("DE")
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < SATURDAY and day not in free
    return day
