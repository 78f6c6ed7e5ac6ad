"""Working days: a time limit does not end on a Saturday, a Sunday or a public holiday (§ 193 BGB).

Holidays are those of the whole Land; under federal law those of all Länder. What is a holiday in part of a Land only
moves no day here: nobody says where the authority sits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from oekoreport.language import Locale, Message, catalogue
from oekoreport.model.grant import Land

_ = catalogue("oekoreport")

SATURDAY, SUNDAY = 5, 6


@dataclass(frozen=True, slots=True)
class Holiday:
    """A holiday of a Land or of a part of it: shown by its name."""

    day: date
    land: Land

    def localize(self, locale: Locale) -> str:
        """Return the name that a language has for it."""
        names = _of_land(self.land, self.day.year, locale.language)
        return names.get(self.day) or _of_parts(self.land, self.day.year, locale.language)[self.day]


def days_off(day: date, land: Land) -> Iterator[Message]:
    """Yield the days from ``day`` on that no time limit ends on, in words, up to the next working day."""
    while (off := _off(day, land)) is not None:
        yield off
        day += timedelta(days=1)


def holiday_in_part(day: date, land: Land) -> Holiday | None:
    """Return the holiday that a working day is in part of a Land."""
    return Holiday(day, land) if day in _of_parts(land, day.year) else None


def _off(day: date, land: Land) -> Message | None:
    if day.weekday() == SATURDAY:
        return _("{day} is a Saturday", day=day)
    if day.weekday() == SUNDAY:
        return _("{day} is a Sunday", day=day)
    if day not in _of_land(land, day.year):
        return None
    if land is Land.DE:
        return _("{day} is {holiday} (holiday in all Länder)", day=day, holiday=Holiday(day, land))
    return _("{day} is {holiday} (holiday in {land})", day=day, holiday=Holiday(day, land), land=land.label)


def _of_land(land: Land, year: int, language: str = "de") -> Mapping[date, str]:
    return _calendar(None if land is Land.DE else land.value, year, language, "public")


def _of_parts(land: Land, year: int, language: str = "de") -> Mapping[date, str]:
    """Return the holidays of parts of a Land: of its mainly Catholic communities, and of the city of Augsburg."""
    if land is Land.DE:
        return {}
    catholic = _calendar(land.value, year, language, "catholic")
    return {**catholic, **_calendar("Augsburg", year, language, "public")} if land is Land.BY else catholic


def _calendar(part: str | None, year: int, language: str, category: str) -> Mapping[date, str]:
    """Return holidays with their names, which are there in German and English."""
    import holidays  # slow to import

    called = "de" if language == "de" else "en_US"
    return holidays.country_holidays("DE", subdiv=part, years=year, language=called, categories=(category,))
