"""What the forms of a new project offer, and what is filled in for a Land."""

from __future__ import annotations

from pathlib import Path

from oekoreport.build.intake import take_in
from oekoreport.build.new import new_project
from oekoreport.build.offered import offered
from oekoreport.contract import Registry
from oekoreport.language import Locale
from oekoreport.model.grant import Land

REGISTRY = Registry.discover()
GERMAN = Locale("de")


def test_editions_of_emission_factors_are_offered_with_their_years() -> None:
    editions = offered(REGISTRY)["project", "factor_edition"]
    assert "EBeV 2030" not in editions  # its factors do not change from year to year
    assert GERMAN.show(editions["UBA CLIMATE CHANGE 16/2026"]) == (
        "CO2, direkte Emissionen: 2015–2025, CO2-Äquivalente mit Vorkette: 2020–2025"
    )
    assert "2024" in offered(REGISTRY)["project", "factor_year"]


def test_terms_of_the_notice_are_offered_in_german_with_what_they_take() -> None:
    terms = offered(REGISTRY)["term", "parameter"]
    assert GERMAN.show(terms["Zulässige Überschreitung eines Einzelansatzes"]) == "eine Zahl (%)"
    assert GERMAN.show(terms["Zinstage"]) == "Monat mit 30, Jahr mit 360 Tagen / taggenau, Jahr mit 365 Tagen"


def test_every_code_of_a_rule_is_offered_for_waivers() -> None:
    codes = {rule.code for book in REGISTRY.rulebooks for rule in book.rules}
    assert offered(REGISTRY)["waiver", "rule"].keys() == codes


def test_a_new_project_in_nrw_has_what_the_report_confirms_unticked(tmp_path: Path) -> None:
    new_project(tmp_path / "runde", REGISTRY, Land.NW)
    project = take_in(tmp_path / "runde", REGISTRY).assembly.project
    assert [(each.text, each.confirmed) for each in project.confirmations] == [
        ("Die Allgemeinen und Besonderen Nebenbestimmungen des Zuwendungsbescheids wurden beachtet.", None),
        ("Die Ausgaben waren notwendig; es wurde wirtschaftlich und sparsam verfahren.", None),
        ("Die Angaben in diesem Verwendungsnachweis stimmen mit den Büchern und Belegen überein.", None),
    ]
    assert project.grant is not None
    assert project.grant.land is Land.NW


def test_where_no_pack_has_a_wording_none_is_made_up(tmp_path: Path) -> None:
    new_project(tmp_path / "runde", REGISTRY, Land.BY)
    assert take_in(tmp_path / "runde", REGISTRY).assembly.project.confirmations == ()
