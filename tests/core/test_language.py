"""Messages, numbers and dates as readers of German and English see them."""

import pickle
from datetime import date
from decimal import Decimal

import pytest

from oekoreport.language import Locale, Message, catalogue, system_language
from oekoreport.units import Amount, euro

_ = catalogue("oekoreport")
GERMAN, ENGLISH = Locale("de"), Locale("en")


def test_a_message_reads_english_and_shows_german() -> None:
    message = _("“{text}” is not a number.", text="abc")
    assert message == "“abc” is not a number."
    assert GERMAN.show(message) == "„abc“ ist keine Zahl."


def test_values_in_a_message_follow_the_reader() -> None:
    message = Message("{amount} until {day}", amount=euro(Decimal(1250)), day=date(2021, 11, 2))
    assert message == "1,250.00\u00a0€ until 2021-11-02"
    assert GERMAN.show(message) == "1.250,00\u00a0€ until 02.11.2021"


def test_a_message_survives_pickling() -> None:
    message = pickle.loads(pickle.dumps(_("“{text}” is not a number.", text="abc")))  # noqa: S301
    assert GERMAN.show(message) == "„abc“ ist keine Zahl."


def test_a_language_without_a_catalogue_reads_english() -> None:
    assert Locale("fr").translate(_("yes")) == "yes"


@pytest.mark.parametrize(
    ("value", "places", "german"),
    [
        ("1234.565", 2, "1.234,57"),
        ("-1968.84", 2, "−1.968,84"),
        ("-0.001", 2, "0,00"),
        ("2600000", 0, "2.600.000"),
        ("0.5", 0, "1"),
        ("12.50", None, "12,50"),
    ],
)
def test_numbers_round_half_up_with_german_marks(value: str, places: int | None, german: str) -> None:
    assert GERMAN.number(Decimal(value), places) == german


def test_amounts_show_their_unit() -> None:
    assert GERMAN.show(Amount(Decimal(1200), "MWh")) == "1.200\u00a0MWh"
    assert ENGLISH.show(Amount(Decimal("0.5"), "t")) == "0.5\u00a0t"
    assert [GERMAN.show(flag) for flag in (True, False)] == ["ja", "nein"]
    assert GERMAN.show((1, "b")) == "1, b"


@pytest.mark.parametrize(("setting", "language"), [("de_DE.UTF-8", "de"), ("C.UTF-8", "en"), ("fr_FR", "en")])
def test_the_system_decides_the_language(setting: str, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", setting)
    assert system_language() == language
