"""Names and numbers are compared as they are meant: what is typed otherwise is the same, what is another is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oekoreport.model.likeness import canonical, is_made_out_to, look_alike, party, same_party


@pytest.mark.parametrize("typed", ["4711-20", "4711 - 20", "4711/20", "471120", "4711_20", " 4711–20 "])
def test_a_number_is_its_letters_and_digits(typed: str) -> None:
    assert canonical(typed) == "471120"


def test_numbers_look_alike_where_o_is_zero_l_is_one_and_zeros_stand_in_front() -> None:
    assert look_alike("2024-O17") == look_alike("2024-017") == look_alike("2024/17") == "202417"
    assert look_alike("RE-l7") == look_alike("RE-17")
    assert look_alike("2024-17") != look_alike("2024-18")


@given(st.text("0123456789abcRE", min_size=1), st.sampled_from(["-", " ", "/", "_", " - ", "."]), st.data())
def test_a_sign_anywhere_in_a_number_changes_nothing(number: str, sign: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(number)))
    assert canonical(number[:at] + sign + number[at:]) == canonical(number)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Beratung Muster GmbH", "BERATUNG (Muster)"),
        ("Müller & Söhne KG", "Mueller und Soehne"),
        ("B.A.U.M. Consult GmbH", "BAUM Consult"),
        ("Beratung Muster GmbH", "Beratung Muster GmbH, Musterstadt"),
        ("Förderkreis e. V.", "Foerderkreis e.V."),
        ("Fa. Straßenbau Groß", "Strassenbau Gross"),
    ],
)
def test_one_person_typed_in_two_ways(one: str, other: str) -> None:
    assert same_party(one, other)
    assert same_party(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Beratung Muster GmbH", "Beratung Muster Nord GmbH"),
        ("Beratung Muster GmbH", "Druckerei Muster GmbH"),
        ("Muster", "Muster Nord"),
        ("Kreis Soest", "Kreis Soest Beteiligungsgesellschaft mbH"),
    ],
)
def test_two_persons_of_a_similar_name(one: str, other: str) -> None:
    assert not same_party(one, other)
    assert not same_party(other, one)


def test_a_name_that_is_nothing_but_its_legal_form_is_still_a_name() -> None:
    assert party("SE & Co. KG") == "secokg"


@pytest.mark.parametrize(
    "addressee",
    [
        "Kreis Soest",
        "KREIS  SOEST",
        "An den Kreis Soest",
        "An die\nLandrätin des\nKreises Soest",
        "Kreis Soest, Der Landrat",
        "Kreis Soest – Umweltamt",
        "Der Landrat des Kreises Soest",
        "Kreisverwaltung Soest",
        "Umweltamt, Kreis Soest",
        "Frau Muster, Kreis Soest",
        "z. Hd. Umweltamt, Kreis Soest",
        "Kreis Soest\nHoher Weg 1\n59494 Soest",
        "Kreis Soest, Hoher Weg 1, EG",
        "Kreis Soest c/o wfg Wirtschaftsförderung GmbH",
        "Kreis Söst",
    ],
)
def test_an_address_of_the_recipient(addressee: str) -> None:
    assert is_made_out_to(addressee, "Kreis Soest")


@pytest.mark.parametrize(
    "addressee",
    [
        "wfg Wirtschaftsförderung Kreis Soest GmbH",
        "wfg Wirtschaftsförderung Kreis Soest",
        "wfg GmbH, Kreis Soest",
        "Kreis Soest Beteiligungsgesellschaft mbH",
        "Förderverein Kreis Soest e. V.",
        "Jobcenter Kreis Soest AöR",
        "Kreis Soester Land",
        "Kreissparkasse Soest",
        "Stadt Soest",
        "Hoher Weg 1",
        "",
    ],
)
def test_an_address_of_somebody_else(addressee: str) -> None:
    assert not is_made_out_to(addressee, "Kreis Soest")


def test_a_recipient_that_is_a_company_is_told_by_its_whole_name() -> None:
    assert is_made_out_to("wfg Wirtschaftsförderung Kreis Soest GmbH", "wfg Wirtschaftsförderung Kreis Soest GmbH")
    assert is_made_out_to("Kreis Soest", "Kreis Soest, Der Landrat")
    assert not is_made_out_to("Kreis Soest", "wfg Wirtschaftsförderung Kreis Soest GmbH")
