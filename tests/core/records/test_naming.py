"""Names instead of keys, in whichever file and sheet they stand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from oekoreport.records.assembly import Assembly, assemble
from oekoreport.records.record import Origin, Record, stand_in

PROJECT, OTHER = Origin("projekt.xlsx", "Blatt", 4), Origin("beratung.xlsx", "Tabelle1", 2)


def known() -> list[Record]:
    """Return a project with two companies, of which one has two sites."""
    return [
        Record("participant", "molkerei", {"name": "Molkerei Bergland eG"}, PROJECT),
        Record("participant", "Falke", {"name": "Falke & Söhne GmbH"}, PROJECT),
        Record("site", "molkerei-1", {"name": "Hauptwerk"}, PROJECT, "molkerei"),
        Record("site", "falke-1", {"name": "Werk Nord"}, PROJECT, "Falke"),
        Record("site", "falke-2", {"name": "Werk Süd"}, PROJECT, "falke"),
        Record("workshop", "W1", {"number": Decimal(1), "date": date(2020, 3, 5)}, PROJECT),
        Record("workshop", "W2", {"number": "2", "date": "2.4.2020"}, PROJECT),
    ]


def with_measure(parent: str) -> Assembly:
    return assemble([*known(), Record("measure", "m1", {"title": "LED"}, OTHER, parent)])


@pytest.mark.parametrize(
    ("parent", "site"),
    [
        ("molkerei-1", "molkerei-1"),
        ("Molkerei-1 ", "molkerei-1"),
        ("Hauptwerk", "molkerei-1"),
        ("hauptwerk", "molkerei-1"),
        ("molkerei", "molkerei-1"),
        ("MOLKEREI", "molkerei-1"),
        ("Molkerei Bergland eG", "molkerei-1"),
        ("Molkerei-Bergland e. G.", "molkerei-1"),
        ("Molkerei  Bergland", "molkerei-1"),
        ("Werk Süd", "falke-2"),
    ],
)
def test_a_site_is_found_by_key_name_or_company_without_regard_to_case(parent: str, site: str) -> None:
    assembly = with_measure(parent)
    assert assembly.findings == ()
    assert [(each.key, len(each.measures)) for each in assembly.project.sites() if each.measures] == [(site, 1)]


@pytest.mark.parametrize("parent", ["Falke & Söhne GmbH", "Falke", "Bergland", "Werk"])
def test_what_may_mean_two_or_nothing_is_a_finding(parent: str) -> None:
    assembly = with_measure(parent)
    assert [finding.code for finding in assembly.findings] == ["DATA-PARENT"]
    assert list(assembly.project.measures()) == []


def test_a_company_of_several_sites_is_said_to_have_several() -> None:
    (finding,) = with_measure("Falke & Söhne").findings
    assert str(finding.message) == (
        "Measure belongs to “Falke & Söhne”, which may mean several (Site): falke-1, falke-2."
    )


def test_two_companies_that_only_the_legal_form_tells_apart_are_never_taken_for_each_other() -> None:
    twins = [
        Record("participant", "a", {"name": "Falke GmbH"}, PROJECT),
        Record("participant", "b", {"name": "Falke KG"}, PROJECT),
    ]
    fees = [
        Record("income", f"i{index}", {"participant": name}, OTHER)
        for index, name in enumerate(("Falke GmbH", "Falke KG", "Falke"))
    ]
    assembly = assemble([*twins, *fees])
    assert [income.participant for income in assembly.project.incomes] == ["a", "b", None]
    assert [finding.code for finding in assembly.findings] == ["DATA-REFERENCE"]


@pytest.mark.parametrize("kind", ["income", "allocation"])
@pytest.mark.parametrize("name", ["molkerei", "Molkerei", "Molkerei Bergland eG", "Molkerei Bergland"])
def test_a_company_is_found_by_its_name_in_every_sheet(kind: str, name: str) -> None:
    receipt = Record("receipt", "B1", {}, PROJECT)
    parent = "B1" if kind == "allocation" else ""
    assembly = assemble([*known(), receipt, Record(kind, "x", {"participant": name}, OTHER, parent)])
    assert assembly.findings == ()
    nouns = assembly.project.incomes or assembly.project.receipts[0].allocations
    assert [noun.participant for noun in nouns] == ["molkerei"]


@pytest.mark.parametrize("head", ["W1", "w1", "1", "05.03.2020", "5.3.2020", "2020-03-05", "5. März 2020"])
def test_a_workshop_is_found_by_number_or_day_and_attendance_is_merged(head: str) -> None:
    here = Record("attendance", "W1/molkerei", {"participant": "molkerei", "present": "ja"}, PROJECT, "W1")
    name = "Molkerei Bergland eG"
    there = Record("attendance", f"{head}/{name}", {"participant": name, "present": "ja"}, OTHER, head)
    assembly = assemble([*known(), here, there])
    first, second = assembly.project.workshops
    assert [(each.key, each.participant) for each in first.attendances] == [("W1/molkerei", "molkerei")]
    assert second.attendances == ()
    assert [finding.code for finding in assembly.findings] == ["DATA-REPEATED"]


def test_the_inventory_of_a_company_given_by_name_is_that_of_its_site() -> None:
    name = "Molkerei Bergland eG"
    assembly = assemble(
        [
            *known(),
            Record("baseline", "molkerei-1/2019", {"year": 2019, "staff": "12"}, PROJECT, "molkerei-1"),
            Record("baseline", f"{name}/2019", {"year": "2019", "turnover": "5.000"}, OTHER, name),
            Record("consumption", f"{name}/2019/water", {"resource": "water", "amount": "5 m³"}, OTHER, f"{name}/2019"),
        ]
    )
    assert assembly.findings == ()
    (baseline,) = (each for site in assembly.project.sites() for each in site.baselines)
    assert (baseline.key, str(baseline.staff), str(baseline.turnover)) == ("molkerei-1/2019", "12", "5000.00")
    assert [each.key for each in baseline.consumptions] == ["molkerei-1/2019/water"]


def test_keys_that_differ_in_case_are_one_object() -> None:
    one = Record("receipt", "B1", {"payee": "A"}, PROJECT)
    two = Record("receipt", "b1", {"purpose": "Beratung"}, OTHER)
    part = Record("allocation", "b1/1", {"amount": "5"}, OTHER, "b1")
    assembly = assemble([one, two, part])
    assert assembly.findings == ()
    (receipt,) = assembly.project.receipts
    assert (receipt.key, receipt.payee, receipt.purpose) == ("B1", "A", "Beratung")
    assert [allocation.key for allocation in receipt.allocations] == ["B1/1"]


def test_a_line_is_found_by_its_title() -> None:
    assembly = assemble(
        [
            Record("plan", "p", {}, PROJECT),
            Record("expenditure_line", "1", {"title": "Beratung"}, PROJECT, "p"),
            Record("expenditure_line", "2", {"title": "Veranstaltungen"}, PROJECT, "p"),
            Record("contract", "V1", {"line": "beratung"}, OTHER),
            Record("contract", "V2", {"line": Decimal(2)}, OTHER),
        ]
    )
    assert assembly.findings == ()
    assert [contract.line for contract in assembly.project.contracts] == ["1", "2"]


def test_a_site_that_a_form_knows_by_its_number_is_no_second_site() -> None:
    """Fill a form in with the number of a site without key: the company still stands for its one site."""
    form = Origin("erhebung/molkerei.xlsx", "Standorte", 4)
    company = Record("participant", "molkerei", {"name": "Molkerei Bergland eG"}, PROJECT)
    site = Record("site", stand_in("projekt.xlsx!Standorte!4"), {"name": "Hauptwerk"}, PROJECT, "molkerei")
    (number,) = (each.key for each in assemble([company, site]).project.sites())
    returned = Record("site", number, {}, form, "molkerei")
    measures = [
        Record("measure", f"m{place}", {"title": f"LED {place}"}, OTHER, said)
        for place, said in enumerate(("Molkerei Bergland eG", "Hauptwerk", number))
    ]
    assembly = assemble([company, site, returned, *measures])
    assert assembly.findings == ()
    assert [[each.key for each in known.measures] for known in assembly.project.sites()] == [["m0", "m1", "m2"]]
