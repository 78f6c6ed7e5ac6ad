"""Instruments: what a notice may call the general conditions that it attaches, as people type it."""

from __future__ import annotations

import pytest

from oekoreport.law import Instrument, named_in
from oekoreport.model.recipient import LegalKind

G = Instrument("ANBest-G", LegalKind.MUNICIPAL, ("Anlage 1 zu Nr. 5.1 VVG",))
P = Instrument("ANBest-P", LegalKind.PRIVATE, ("Anlage 2 zu Nr. 5.1 VV", "Anlage 2 zu Nr. 5.1 zu § 44"))


@pytest.mark.parametrize(
    "text",
    [
        "ANBest-G",
        "anbest-g",
        "ANBest G",
        "ANBestG",
        "AN-Best-G",
        "ANBest–G (RdErl. 06.06.2022)",
        "ANBest - G",
        "ANBest-G NRW, Fassung 2022",
        "Allg. Nebenbest. (ANBest-G)",
        "Allgemeine Nebenbestimmungen für Zuwendungen zur Projektförderung an Gemeinden (GV)",
        "Nebenbestimmungen für kommunale Körperschaften",
        "Anlage 1 zu Nr. 5.1 VVG",
        "Anlage 1 zu Nummer 5.1 der VVG zu § 44 LHO",
    ],
)
def test_the_conditions_for_municipalities_are_told_however_they_are_typed(text: str) -> None:
    assert named_in(text, (G, P)) == [G]


@pytest.mark.parametrize(
    "text",
    [
        "ANBest-P",
        "ANBest P (2022)",
        "ANBest-P/NRW",
        "Allgemeine Nebenbestimmungen für Zuwendungen zur Projektförderung",
        "Allgemeine Nebenbestimmungen für Zuwendungen zur Projektförderung (ANBest-P)",
        "Anlage 2 zu Nr. 5.1 VV",
        "Anlage 2 zu Nr. 5.1 zu § 44 LHO",
    ],
)
def test_so_are_those_for_all_others(text: str) -> None:
    assert named_in(text, (G, P)) == [P]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "liegen bei",
        "Allgemeine Nebenbestimmungen",
        "ANBest-Gk",
        "ANBest-K",
        "ANBest-I",
        "ANBest-P-Kosten",
        "ANBest-P/Kosten",
        "Allgemeine Nebenbestimmungen für Zuwendungen zur Projektförderung auf Kostenbasis",
        "NBest-Bau",
        "Anlage 2 zu Nr. 5.1 VVG",
        "Anlage 11 zu Nr. 5.1 VVG",
    ],
)
def test_what_names_no_conditions_of_the_land_names_none(text: str) -> None:
    assert named_in(text, (G, P)) == []


def test_several_may_be_named() -> None:
    assert named_in("ANBest-G; bei Weiterleitung ANBest-P", (G, P)) == [G, P]
