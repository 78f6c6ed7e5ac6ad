"""What stands behind a heading's title: units that are converted, and columns that mean something else."""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal

import openpyxl
import pytest

from oekoreport import Finding, Locale, Origin, Project, Record, Severity, Source
from oekoreport.records.assembly import assemble
from oekoreport.records.record import UNREADABLE
from oekoreport.sheets.forms.layout import LAYOUTS, columns
from oekoreport.sheets.tables.heads import heading
from oekoreport.sheets.tables.remarks import unit_of
from oekoreport_tables.importer import TablesImporter

GERMAN = Locale("de")
Rows = Sequence[Sequence[object]]


def workbook(sheet: str, rows: Rows) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read(sheet: str, rows: Rows) -> tuple[list[Record], list[Finding]]:
    items = list(TablesImporter().read(Source("tabelle.xlsx", workbook(sheet, rows))))
    return (
        [item for item in items if isinstance(item, Record)],
        [item for item in items if isinstance(item, Finding)],
    )


def measures_with(head: str | None, cell: object) -> tuple[list[Record], list[Finding]]:
    return read("Maßnahmen", [("Standort", "Maßnahme", head, "Schlüssel"), ("werk", "LED", cell, "M1")])


def placed(records: list[Record]) -> Project:
    """Return the project that has the site “werk” besides."""
    owner = Record("participant", "betrieb", {"name": "Betrieb"}, Origin("a.csv"))
    site = Record("site", "werk", {"name": "Werk"}, Origin("a.csv"), "betrieb")
    return assemble([owner, site, *records]).project


@pytest.mark.parametrize(
    ("head", "cell", "euro"),
    [
        ("Investition (TEUR)", 31.25, "31250"),
        ("Investition in T€", 31.25, "31250"),
        ("Investition [Tsd. €]", "31,25", "31250"),
        ("Investition [in TEUR]", 31.25, "31250"),
        ("Investition TEUR", 31.25, "31250"),
        ("Investition (Mio. €)", 0.5, "500000"),
        ("Investition (EUR) *", 31.25, "31.25"),
        ("Investition in €", 31.25, "31.25"),
        ("Invest.", 31.25, "31.25"),
        ("Investition (TEUR)", "12.000 €", "12000"),
    ],
)
def test_money_in_thousands_is_converted_and_a_cells_own_unit_wins(head: str, cell: object, euro: str) -> None:
    records, findings = measures_with(head, cell)
    assert findings == []
    (measure,) = placed(records).measures()
    assert measure.investment == Decimal(euro)


@pytest.mark.parametrize(
    ("head", "cell", "base"),
    [
        ("Strom MWh/a", 1.2, "1200"),
        ("Strom (GJ/a)", 36, "10000"),
        ("Strom in MWh pro Jahr", 1.2, "1200"),
        ("Erdgas (Hi) [kWh/a]", 1200, "1200"),
        ("Erdgas Hs MWh/a", 1.2, "1200"),
        ("Wasser [l/a]", 5000, "5"),
        ("Abfall, t/a", 3, "3"),
    ],
)
def test_a_resource_is_converted_from_the_unit_of_its_head(head: str, cell: object, base: str) -> None:
    records, findings = measures_with(head, cell)
    assert findings == []
    (measure,) = placed(records).measures()
    (effect,) = measure.effects
    assert effect.amount is not None
    assert effect.amount.base() == Decimal(base)


@pytest.mark.parametrize(
    ("head", "told", "way_out"),
    [
        ("Investition (CHF)", "passt nicht zu „Investition (EUR)“", "„Investition (EUR)“"),
        ("Investition (netto)", "passt nicht zu „Investition (EUR)“", "„Investition (EUR)“"),
        ("Investition (€/a)", "passt nicht zu „Investition (EUR)“", "„Investition (EUR)“"),
        ("Einsparung (kWh/a)", "passt nicht zu „Einsparung pro Jahr (EUR/a)“", "„Einsparung pro Jahr (EUR/a)“"),
        ("Einsparung", "keine Einheit", "„Einsparung pro Jahr (EUR/a)“"),
        ("Strom (kWh/Monat)", "passt nicht zu „Strom (kWh/a)“", "„Strom (kWh/a)“"),
        ("Erdgas [kWh/a]", "Heizwert oder Brennwert", "„Erdgas (Hi) [kWh/a]“ oder „Erdgas (Hs) [kWh/a]“"),
        ("Heizöl in Litern", "passt nicht zu „Heizöl (kWh/a)“", "„Heizöl (kWh/a)“"),
        ("Heizöl (l)", "passt nicht zu „Heizöl (kWh/a)“", "„Heizöl (kWh/a)“"),
        ("Umsetzung am (geplant)", "passt nicht zu „Umsetzung am“", "„Umsetzung am“"),
        ("Strom alt (kWh)", "nicht bekannt", "Überschrift des Formulars"),
        (None, "keine Überschrift", "Überschrift des Formulars"),
    ],
)
def test_numbers_that_are_left_out_are_one_open_question_that_says_why(
    head: str | None, told: str, way_out: str
) -> None:
    records, (finding,) = measures_with(head, 31.25)
    assert [set(record.values) for record in records] == [{"title"}]
    assert finding.question
    assert finding.place is not None
    assert finding.place.cell == "C1"
    assert told in GERMAN.show(finding.message)
    assert finding.hint is not None
    assert way_out in GERMAN.show(finding.hint)


@pytest.mark.parametrize("head", ["Lfd. Nr.", "Pos.", "Telefon", "PLZ", "Summe", "Amortisation (Jahre)", "Baujahr"])
def test_running_numbers_telephones_and_totals_are_told_and_not_asked(head: str) -> None:
    _records, (finding,) = measures_with(head, 12)
    assert (finding.severity, finding.question) == (Severity.NOTE, False)
    assert f"„{head}“" in GERMAN.show(finding.message)


def test_words_that_are_left_out_are_told_and_not_asked() -> None:
    heads = ("Schlüssel", "Standort", "Maßnahme", "Hinweis")
    rows = [("M1", "werk", "LED", "gut"), ("M2", "werk", "Kälte", 12), ("M3", "werk", "Öl", "nein")]
    _records, (finding,) = read("Maßnahmen", [heads, *rows])
    assert (finding.code, finding.severity, finding.question) == ("DATA-EXTRA-COLUMN", Severity.NOTE, False)


def test_planned_amounts_are_no_payments() -> None:
    rows = [("Beleg", "Zahlungsempfänger", "Gezahlt (Soll)", "Gezahlt am"), ("B1", "A", 100, "3.4.2020")]
    records, (finding,) = read("Belege", rows)
    (payment,) = (record for record in records if record.kind == "payment")
    assert set(payment.values) == {"date"}
    assert finding.question


@pytest.mark.parametrize(
    ("sheet", "heads", "kind", "values"),
    [
        ("Belege", ("Beleg", "Brutto (brutto)", "Netto [€]"), "receipt", {"gross", "net"}),
        ("Belege", ("Beleg", "Rechnungsdatum (TT.MM.JJJJ)", "MwSt-Satz (%)"), "receipt", {"issued_on", "vat_rate"}),
        ("Teilnehmer", ("Schlüssel", "Firma (Kurzname)", "Umweltteam (ja/nein)"), "participant", {"name", "team"}),
    ],
)
def test_what_changes_nothing_may_stand_behind_a_title(
    sheet: str, heads: tuple[str, ...], kind: str, values: set[str]
) -> None:
    records, findings = read(sheet, [heads, ("B1", 1, 1)])
    assert findings == []
    assert values <= {name for record in records if record.kind == kind for name in record.values}


def test_every_heading_of_our_forms_is_taken_as_it_is_in_both_languages() -> None:
    for layout in LAYOUTS:
        for column in columns(layout):
            unit = f" ({column.attribute.unit})" if column.attribute and column.attribute.unit else ""
            for language in (GERMAN, Locale("en")):
                head = heading(layout, f"{language.show(column.title)}{unit} *")
                assert head is not None
                assert unit_of(head) is not None
                assert not head.stand_in


def test_a_column_of_the_titles_own_name_goes_before_one_that_people_call_so_too() -> None:
    heads = ("Schlüssel", "Betrieb", "Standort", "Maßnahme", "Beschreibung")
    rows = [heads, ("M1", "Falke", "werk", "LED", "neu")]
    (record,), findings = read("Maßnahmen", rows)
    assert (record.parent, dict(record.values)) == ("werk", {"title": "LED"})
    assert [finding.found for finding in findings] == ["Betrieb", "Beschreibung"]


def test_one_resource_in_two_units_is_two_columns_of_one_head() -> None:
    heads = ("Schlüssel", "Standort", "Maßnahme", "Strom (kWh/a)", "Strom (MWh/a)")
    rows = [heads, ("M1", "werk", "LED", 1200, 1.2)]
    _records, (finding,) = read("Maßnahmen", rows)
    assert (finding.code, finding.severity) == ("DATA-TWO-COLUMNS", Severity.ERROR)


def test_a_missing_column_of_parents_is_blamed_on_the_heads_once() -> None:
    rows = [("Kunde", "Maßnahme", "Strom (kWh)"), ("Falke", "LED", 1200), ("Falke", "Kälte", 300)]
    records, findings = read("Maßnahmen", rows)
    assert records == []
    (finding,) = (each for each in findings if each.severity is Severity.ERROR)
    assert (finding.code, str(finding.place)) == ("DATA-COLUMN-MISSING", "tabelle.xlsx: Maßnahmen, row 1")


def test_a_missing_required_column_is_told_at_the_heads_once() -> None:
    heads = ("Standort", "Maßnahme", "Handlungsfeld", "Status", "Strom (kWh/a)")
    rows = [("werk", "LED", "energy", "idea", 1200), ("werk", "Kälte", "energy", "idea", 300)]
    records, (finding,) = read("Maßnahmen", [heads, *rows])
    assert (finding.code, str(finding.place)) == ("DATA-COLUMN-MISSING", "tabelle.xlsx: Maßnahmen, row 1")
    assert GERMAN.show(finding.message) == "Die Spalte „Quantifiziert“ fehlt."
    assert [each.values["quantified"] for each in records if each.kind == "measure"] == [UNREADABLE] * 2


def test_a_table_with_keys_may_lack_what_another_file_has() -> None:
    heads = ("Schlüssel", "Standort", "Strom (kWh/a)")
    records, findings = read("Maßnahmen", [heads, ("M1", "werk", 1200)])
    assert findings == []
    assert dict(records[0].values) == {}


def test_fees_in_thousands_are_thousands() -> None:
    heads = ("Schlüssel", "Art", "Einnahmenansatz", "Betrag (TEUR)")
    records, findings = read("Einnahmen", [heads, ("F1", "Beiträge", "E1", 31.25)])
    assert findings == []
    assert records[0].values["amount"] == Decimal(31250)


def test_a_form_asks_of_a_number_under_a_title_that_means_something_else() -> None:
    rows = [("Zuwendung", None), ("Fördersatz (%)", 80), ("Höchstbetrag (TEUR)", 20), ("Land", "NW"), ("Rest (CHF)", 3)]
    (record,), (finding,) = read("Zuwendung", rows)
    assert dict(record.values) == {"rate": Decimal(80), "cap": Decimal(20000), "land": "NW"}
    assert finding.question
    assert str(finding.place) == "tabelle.xlsx: Zuwendung!A5"
