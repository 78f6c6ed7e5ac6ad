"""What was taken from the CLDR is what Babel says of it, for each language that documents are written in."""

from datetime import date

import pytest
from babel.dates import format_date, get_month_names
from babel.numbers import get_decimal_symbol, get_group_symbol, list_currencies

from oekoreport.cldr import CURRENCIES, MARKS, MONTHS, SHORT_MONTHS
from oekoreport.language import LANGUAGES, Locale


@pytest.mark.parametrize("language", LANGUAGES)
def test_marks_and_months_are_the_cldrs(language: str) -> None:
    assert MARKS[language] == (get_decimal_symbol(language), get_group_symbol(language))
    assert MONTHS[language] == tuple(get_month_names("wide", locale=language).values())
    assert SHORT_MONTHS[language] == tuple(get_month_names("abbreviated", locale=language).values())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("day", [date(2020, month, 1) for month in range(1, 13)] + [date(987, 6, 30)])
def test_a_long_day_is_the_cldrs(language: str, day: date) -> None:
    assert Locale(language).long_date(day) == format_date(day, "long", locale=language)


def test_a_language_that_is_not_known_is_spelled_as_english() -> None:
    assert Locale("fr").long_date(date(2020, 4, 3)) == "April 3, 2020"


def test_currencies_are_the_cldrs() -> None:
    assert list_currencies() == CURRENCIES
