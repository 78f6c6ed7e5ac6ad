"""What people write into cells, and what becomes of it."""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from oekoreport.language import Locale
from oekoreport.model.baseline import Baseline, Consumption
from oekoreport.model.measure import Area, Effect, Resource
from oekoreport.model.money import read_money, read_yearly_money
from oekoreport.model.spelling import (
    BadValue,
    read_amount,
    read_day,
    read_flag,
    read_integer,
    read_number,
    read_percent,
    read_text,
    read_year,
)
from oekoreport.model.workshop import Workshop
from oekoreport.units import Amount


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_money_printed_in_german_reads_back(amount: Decimal) -> None:
    assert read_money(Locale("de").money(amount)) == amount


@given(st.floats(min_value=-1e9, max_value=1e9).map(lambda number: round(number, 2)))
def test_money_of_a_spreadsheet_keeps_its_cents(number: float) -> None:
    assert read_money(number) == Decimal(f"{number:.2f}")


def refusal_of(reader: Callable[[object], object], value: object) -> str | None:
    """Return the code that a value is refused with; None where it is read."""
    try:
        reader(value)
    except BadValue as refusal:
        return refusal.code
    return None


@given(st.text())
def test_any_text_is_read_or_refused_by_name(text: str) -> None:
    assert refusal_of(read_number, text) in (None, "DATA-NUMBER")
    assert refusal_of(read_money, text) in (None, "DATA-NUMBER", "DATA-MONEY", "DATA-UNIT", "DATA-CURRENCY")
    assert refusal_of(read_day, text) in (None, "DATA-DATE")
    assert refusal_of(read_amount, text) in (None, "DATA-NUMBER", "DATA-UNIT")
    assert refusal_of(read_flag, text) in (None, "DATA-FLAG")


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.234,56 €", "1234.56"),
        ("€ 1.234,56", "1234.56"),
        ("1234,5", "1234.5"),
        ("1.234", "1234"),
        ("−20", "-20"),
        ("1 234,56 EUR", "1234.56"),
        ("14,8 T€", "14800"),
        ("2.000,-", "2000"),
        ("2.000,-- €", "2000"),
        ("2.000,–", "2000"),
        ("14.800 TEUR", "14800000"),
        ("2,500 Tsd. €", "2500"),
        ("0,25 Mio. EUR", "250000"),
        ("", None),
    ],
)
def test_german_money(text: str, amount: str | None) -> None:
    assert read_money(text) == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("CHF 330,00", "DATA-CURRENCY"),
        ("330,00 US$", "DATA-CURRENCY"),
        ("50 %", "DATA-UNIT"),
        ("27,6 MWh", "DATA-UNIT"),
        ("4.300 €/a", "DATA-UNIT"),
        ("2,500", "DATA-MONEY"),
        ("1.234,567 €", "DATA-MONEY"),
        ("9 000\n5 800", "DATA-NUMBER"),
    ],
)
def test_what_is_no_amount_in_euro_is_refused_by_name(text: str, code: str) -> None:
    assert refusal_of(read_money, text) == code


def test_money_per_year_may_say_so() -> None:
    assert read_yearly_money("4.300 €/a") == read_yearly_money("4,3 T€ pro Jahr") == 4300


@pytest.mark.parametrize("text", ["9 000\n5 800", "9 000 5 800", "1 2", "12 34", "1.234 567", "1 234.567"])
def test_numbers_with_a_gap_are_not_glued(text: str) -> None:
    assert refusal_of(read_number, text) == "DATA-NUMBER"
    assert refusal_of(read_amount, f"{text} kWh") == "DATA-NUMBER"


@given(st.integers(0, 10**9), st.sampled_from([" ", "\u00a0", "\u2009", "\u202f"]))
def test_spaces_may_stand_between_groups_of_three_digits(number: int, space: str) -> None:
    assert read_number(f"{number:,}".replace(",", space)) == number


@pytest.mark.parametrize("text", ["1,234.56", "1234.56", "0.5", "1.23.4", "1.23", "abc", "12 kWh", "=1+1", "1e5"])
def test_what_is_no_german_number_is_refused(text: str) -> None:
    with pytest.raises(BadValue) as refusal:
        read_number(text)
    assert refusal.value.code == "DATA-NUMBER"


def test_fractions_of_a_cent_are_refused_but_binary_dust_is_not() -> None:
    assert read_money(0.1 + 0.2) == Decimal("0.30")
    with pytest.raises(BadValue, match="fractions of a cent"):
        read_money(Decimal("1.005"))


@pytest.mark.parametrize(
    ("text", "base"),
    [("36 GJ", "10000"), ("3,6 MJ", "1"), ("7,2 GJ pro Jahr", "2000"), ("9 GJ", "2500"), ("1.200 MWh p.a.", "1200000")],
)
def test_amounts_in_other_units_are_converted_exactly(text: str, base: str) -> None:
    amount = read_amount(text)
    assert amount is not None
    assert amount.base() == Decimal(base)


def test_a_share_is_not_taken_for_per_cent() -> None:
    assert read_percent("80 %") == 80
    assert read_percent(Decimal(80)) == 80
    assert read_percent("0,5 %") == read_percent("0,5 Prozent") == read_percent("0,5 v. H.") == Decimal("0.5")
    with pytest.raises(BadValue, match="ambiguous"):
        read_percent(Decimal("0.8"))


@pytest.mark.parametrize(
    "text",
    ["3.4.2020", "03.04.2020", "3. 4. 2020", "3. April 2020", "3. Apr. 2020", "2020-04-03", "2020-04-03 00:00:00"],
)
def test_days_as_people_write_them(text: str) -> None:
    assert read_day(text) == date(2020, 4, 3)


@pytest.mark.parametrize("value", ["03.04.", "03.04.20", "31.02.2020", "04/03/2020", "April 2020", Decimal(43924)])
def test_what_is_no_full_day_is_refused(value: object) -> None:
    with pytest.raises(BadValue) as refusal:
        read_day(value)
    assert refusal.value.code == "DATA-DATE"


@pytest.mark.parametrize("text", ["03.04.2020 12:30", "2020-04-03T12:30:15", "2020/04/03", "2020.04.03"])
def test_days_as_programs_write_them(text: str) -> None:
    assert read_day(text) == date(2020, 4, 3)


@pytest.mark.parametrize("text", ["2020-04-03T23:30:00Z", "2020-04/03", "03.04.2020 30", "03/04/2020"])
def test_a_day_that_could_be_another_is_refused(text: str) -> None:
    with pytest.raises(BadValue):
        read_day(text)


def test_a_moment_is_its_day() -> None:
    assert read_day(datetime(2020, 4, 3, 12, 30)) == date(2020, 4, 3)  # noqa: DTZ001 - spreadsheets know no zones


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.200 MWh", Amount(Decimal(1200), "MWh")),
        ("1.200 MWh/a", Amount(Decimal(1200), "MWh")),
        ("5 m3 pro Jahr", Amount(Decimal(5), "m³")),
        ("1,5 Tonnen", Amount(Decimal("1.5"), "t")),
    ],
)
def test_amounts_with_units(text: str, amount: Amount) -> None:
    assert read_amount(text) == amount


@pytest.mark.parametrize(("text", "code"), [("1.200 MW", "DATA-UNIT"), ("viel", "DATA-NUMBER"), ("12", "DATA-UNIT")])
def test_amounts_without_a_known_unit_are_refused(text: str, code: str) -> None:
    with pytest.raises(BadValue) as refusal:
        read_amount(text)
    assert refusal.value.code == code


def test_an_effect_is_measured_in_a_unit_of_its_resource() -> None:
    effect = Effect.written("m/water", {"resource": "Wasser", "amount": "1.500 l"})
    assert effect.resource is Resource.WATER
    assert effect.amount is not None
    assert effect.amount.base() == Decimal("1.5")
    with pytest.raises(ValueError, match="is not a quantity of Water"):
        Effect.written("m/water", {"resource": "water", "amount": "1.200 kWh"})


@pytest.mark.parametrize("amount", ["800.000 l", "800 TEUR", "400 t"])
def test_a_consumption_is_measured_in_a_unit_of_its_resource(amount: str) -> None:
    assert Consumption.written("b/power", {"resource": "Strom", "amount": "8 MWh"}).amount == Amount(Decimal(8), "MWh")
    with pytest.raises(ValueError, match="is not a quantity of Electricity"):
        Consumption.written("b/power", {"resource": "Strom", "amount": amount})


def test_codes_are_read_by_value_and_by_label_in_any_language() -> None:
    assert Area.read("energy") is Area.read("Energy and emissions") is Area.ENERGY
    assert Area.read(Area.ENERGY.localize(Locale("de")).upper()) is Area.ENERGY
    with pytest.raises(BadValue, match="not one of the choices"):
        Area.read("Energi")


def test_a_year_has_four_digits() -> None:
    assert read_year("2023") == read_year(2023.0) == 2023
    assert read_year("") is None
    for text in ("23", "202", "20233"):
        with pytest.raises(BadValue, match=f"“{text}” is not a year"):
            read_year(text)
    with pytest.raises(ValidationError, match="“23” is not a year"):
        Baseline(key="b", year=23)


@pytest.mark.parametrize("day", [date.min, date(1899, 12, 31), date(2200, 1, 1), date.max])
def test_a_day_of_another_century_is_refused_for_months_are_counted_from_it(day: date) -> None:
    with pytest.raises(ValidationError, match="lies in no year that a project can mean"):
        Workshop(key="w", date=day)
    assert Workshop(key="w", date=date(2199, 12, 31)).date == date(2199, 12, 31)


def test_flags_integers_and_texts() -> None:
    assert [read_flag(text) for text in ("ja", "X", "nein", "")] == [True, True, False, None]
    assert [read_flag(text) for text in ("✓", "☑", "☐", "–")] == [True, True, False, False]
    assert read_integer("8") == 8
    assert read_text(Decimal("59494.0")) == "59494"
    assert read_text(Decimal("5.5")) == "5.5"
    for reader, text in ((read_flag, "vielleicht"), (read_flag, "✗"), (read_integer, "8,5")):
        with pytest.raises(BadValue):
            reader(text)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (True, "“ja” is not a number."),
        (False, "“nein” is not a number."),
        (date(2020, 1, 1), "“01.01.2020” is not a number."),
        (datetime(2020, 1, 1, 12, 30), "“01.01.2020 12:30” is not a number."),  # noqa: DTZ001
        (time(12, 0), "“12:00” is not a number."),
    ],
)
def test_what_is_no_number_is_shown_as_people_write_it(value: object, shown: str) -> None:
    with pytest.raises(BadValue) as refusal:
        read_number(value)
    assert str(refusal.value.message) == shown


def test_what_is_no_date_no_code_no_flag_is_shown_as_people_write_it() -> None:
    with pytest.raises(BadValue, match="“12:00” is not a date"):
        read_day(time(12, 0))
    with pytest.raises(BadValue, match="“ja” is not one of the choices"):
        Area.read(True)  # noqa: FBT003
    with pytest.raises(BadValue, match=r"“03\.04\.2020” is neither yes nor no"):
        read_flag(date(2020, 4, 3))
    assert read_text(date(2020, 4, 3)) == "03.04.2020"
