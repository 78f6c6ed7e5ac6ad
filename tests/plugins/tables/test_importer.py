from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import xlsxwriter  # type: ignore[import-untyped]

from oekoreport import Amount, Claim, Finding, Locale, Origin, Record, Severity, Source
from oekoreport.records.assembly import assemble
from oekoreport.records.record import UNREADABLE, is_stand_in
from oekoreport.sheets.forms import intake_form, project_workbook
from oekoreport.sheets.tables import read_tables
from oekoreport_tables.importer import TablesImporter

GERMAN, ENGLISH = Locale("de"), Locale("en")


def read(name: str, content: str | bytes) -> tuple[list[Record], list[Finding]]:
    source = Source(name, content.encode() if isinstance(content, str) else content)
    items = list(TablesImporter().read(source))
    records = [item for item in items if isinstance(item, Record)]
    return records, [item for item in items if isinstance(item, Finding)]


def codes(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.code, str(finding.place)) for finding in findings]


def edited(content: bytes, edits: dict[tuple[str, str], str | date], properties: dict[str, str] | None = None) -> bytes:
    """Return a workbook with cells set, as a person would."""
    book: Any = openpyxl.load_workbook(io.BytesIO(content))
    for (sheet, cell), value in edits.items():
        book[sheet][cell] = value
    for name, text in (properties or {}).items():
        book.custom_doc_props[name].value = text
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "heads",
    [
        "Schlüssel;Standort;Maßnahme *;Investition (EUR);Strom (kWh/a)",
        "key;parent;title;investment;electricity (kWh/a)",
        "KEY;site;  measure ;Investment in EUR;Electricity [kWh/a]",
    ],
)
def test_heads_are_known_by_title_in_two_languages_and_by_field_name(heads: str) -> None:
    records, findings = read("massnahmen.csv", f"{heads}\nm1;werk;LED;12.000,00;1.200\n")
    assert findings == []
    measure, effect = records
    assert (measure.kind, measure.key, measure.parent) == ("measure", "m1", "werk")
    assert measure.values == {"title": "LED", "investment": "12.000,00"}
    assert (effect.kind, effect.key, effect.parent) == ("effect", "m1/electricity", "m1")
    assert effect.values == {"resource": "electricity", "amount": "1.200 kWh", "recurrence": "annual"}
    assert str(effect.origin.place("amount")) == "massnahmen.csv: E2"


def test_heads_may_stand_below_a_title_and_in_any_order() -> None:
    text = "Liste der Teilnehmer\n\nStand: heute;;\nKommune;Name;Schlüssel\nSoest;Klinik;klinik\n"
    records, findings = read("teilnehmer.csv", text)
    assert [(record.key, dict(record.values)) for record in records] == [
        ("klinik", {"municipality": "Soest", "name": "Klinik"})
    ]
    assert str(records[0].origin.place("name")) == "teilnehmer.csv: B5"
    assert findings == []


def test_extra_columns_are_reported_and_kept_out() -> None:
    records, findings = read("sites.csv", "key;participant;name;town;Farbe\na;b;c;d;rot\n")
    assert records[0].values == {"name": "c", "town": "d"}
    assert codes(findings) == [("DATA-EXTRA-COLUMN", "sites.csv: E1")]
    assert findings[0].severity is Severity.NOTE


def test_two_columns_of_one_head_are_a_finding() -> None:
    records, findings = read("sites.csv", "key;participant;name;Name;town\na;b;c;x;d\n")
    assert records[0].values["name"] == "c"
    assert codes(findings) == [("DATA-TWO-COLUMNS", "sites.csv: D1")]


def test_a_row_of_totals_is_no_entry() -> None:
    records, findings = read("needs.csv", "key;drawdown;line;amount\nn1;m1;1;5,00\nSumme;;;5,00\n")
    assert [record.key for record in records] == ["n1"]
    assert codes(findings) == [("DATA-TOTAL-ROW", "needs.csv: row 3")]


def test_a_row_without_a_key_has_a_stand_in_that_no_other_row_has() -> None:
    text = "parent;title;state\nwerk;LED;idea\n"
    one, _findings = read("a/measures.csv", text)
    two, _findings = read("b/measures.csv", text)
    assert one[0].key != two[0].key
    assert is_stand_in(one[0].key)


def test_a_file_with_decimal_points_is_read_as_such() -> None:
    records, findings = read("incomes.csv", "key,date,amount,payer\ne1,2020-03-04,1200.50,A\ne2,2020-03-05,1.200,B\n")
    assert [record.values["amount"] for record in records] == [Decimal("1200.50"), Decimal("1.200")]
    assert findings == []


def test_in_a_file_with_both_marks_what_could_be_either_is_a_finding() -> None:
    text = 'key;date;amount;payer\ne1;2020-03-04;1200.50;A\ne2;2020-03-05;"3,5";B\ne3;2020-03-05;"1,200";C\n'
    records, findings = read("incomes.csv", text)
    assert [record.values.get("amount") for record in records] == ["1200.50", "3,5", UNREADABLE]
    assert codes(findings) == [("DATA-NUMBER", "incomes.csv: C4")]


def test_text_fields_keep_their_digits_in_a_file_with_points() -> None:
    records, _findings = read("participants.csv", "key,name,sector,staff\na,A,86.10,12.50\n")
    assert records[0].values["sector"] == "86.10"
    assert records[0].values["staff"] == Decimal("12.50")


@pytest.mark.parametrize(
    ("head", "cell", "amount"),
    [
        ("Strom (kWh/a)", "1.200", "1.200 kWh"),
        ("Strom (MWh pro Jahr)", "1,2", "1,2 MWh"),
        ("Strom", "1.200 MWh", "1.200 MWh"),
        ("Strom (kWh/a)", "1.200 MWh", "1.200 MWh"),
    ],
)
def test_an_amount_takes_the_unit_of_its_head_unless_it_has_its_own(head: str, cell: str, amount: str) -> None:
    records, _findings = read("measures.csv", f"key;site;title;{head}\nm;s;t;{cell}\n")
    assert records[1].values["amount"] == amount


def test_waste_goes_by_its_unit_and_gas_needs_its_heating_value() -> None:
    heads = "key;site;title;Abfall (t/a);Abfall (m³/a);Erdgas Hi (kWh/a);Erdgas (kWh/a);Strom einmalig (kWh)"
    records, findings = read("measures.csv", f"{heads}\nm;s;t;1;2;3;4;5\n")
    assert [record.key for record in records[1:]] == ["m/waste", "m/waste_volume", "m/gas_net", "m/electricity/once"]
    assert records[-1].values["recurrence"] == "once"
    assert codes(findings) == [("DATA-LEFT-OUT", "measures.csv: G1")]


def test_a_measures_table_may_name_the_participant_where_it_has_one_site() -> None:
    book = openpyxl.Workbook()
    sites = book.active
    assert sites is not None
    sites.title = "Standorte"
    sites.append(["Schlüssel", "Teilnehmer", "Name"])
    sites.append(["werk-1", "werk", "Hauptwerk"])
    measures = book.create_sheet("Maßnahmen")
    measures.append(["Schlüssel", "Teilnehmer", "Maßnahme", "Status", "Strom (MWh/a)"])
    measures.append(["M1", "werk", "LED", "Idee", 1.2])
    buffer = io.BytesIO()
    book.save(buffer)
    records, findings = read("beratung.xlsx", buffer.getvalue())
    assert findings == []
    assert [(record.kind, record.parent) for record in records[1:]] == [
        ("measure", "werk"),
        ("effect", records[1].key),
    ]
    assert records[2].values["amount"] == Amount(Decimal("1.2"), "MWh")


def test_attendance_is_read_from_a_matrix() -> None:
    text = "Teilnehmer;W1;W2;W3\nklinik;x;nein;online\nschule;;x;\n"
    records, findings = read("anwesenheit.csv", text)
    assert findings == []
    assert [(record.key, record.parent, record.values["present"]) for record in records] == [
        ("W1/klinik", "W1", "x"),
        ("W2/klinik", "W2", "nein"),
        ("W3/klinik", "W3", True),
        ("W2/schule", "W2", "x"),
    ]
    assert str(records[1].origin.place("present")) == "anwesenheit.csv: C2"
    assert str(records[1].origin.place("participant")) == "anwesenheit.csv: A2"


def test_attendance_of_nobody_is_a_finding() -> None:
    records, findings = read("attendance.csv", "participant;W1\n;x\n")
    assert records == []
    assert codes(findings) == [("DATA-KEY", "attendance.csv: row 2")]


def test_a_form_has_the_place_of_each_field() -> None:
    content = edited(project_workbook(), {("Vorhaben", "B4"): "ÖKOPROFIT Muster", ("Vorhaben", "B8"): date(2024, 3, 1)})
    records, findings = read("projekt.xlsx", content)
    assert findings == []
    (project,) = records
    assert (project.kind, project.key) == ("project", "project")
    assert project.values == {"title": "ÖKOPROFIT Muster", "starts_on": date(2024, 3, 1)}
    assert str(project.origin.place("title")) == "projekt.xlsx: Vorhaben!B4"
    assert str(project.origin.place("starts_on")) == "projekt.xlsx: Vorhaben!B8"
    assert str(project.origin.place("ends_on")) == "projekt.xlsx: Vorhaben!B9"


def test_of_a_form_filled_in_before_only_what_was_changed_is_read() -> None:
    known = [
        Record(
            "participant", "werk", {"name": "Werk", "staff": Decimal("12.5"), "agreed_on": date(2020, 3, 4)}, Origin("")
        ),
        Record("site", "werk", {"name": "Hauptwerk", "town": "Soest"}, Origin(""), "werk"),
    ]
    records, _findings = read("erhebung/werk.xlsx", intake_form("werk", known))
    assert [(record.kind, record.key, record.parent, dict(record.values)) for record in records] == [
        ("participant", "werk", "", {}),
        ("site", "werk", "werk", {}),
    ]
    content = edited(intake_form("werk", known), {("Betrieb", "B5"): "Werk & Söhne", ("Standorte", "D4"): "Am Markt 1"})
    records, _findings = read("erhebung/werk.xlsx", content)
    assert [dict(record.values) for record in records] == [{"name": "Werk & Söhne"}, {"street": "Am Markt 1"}]
    assert str(records[0].origin.place("name")) == "erhebung/werk.xlsx: Betrieb!B5"


def test_error_uncalculated_and_empty_are_three_findings_or_none() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("Einnahmen")
        for column, head in enumerate(("Schlüssel", "Einnahmenansatz", "Zahlender", "Betrag (EUR)")):
            sheet.write_string(0, column, head)
        for row, key in enumerate(("e1", "e2", "e3"), 1):
            sheet.write_string(row, 0, key)
        sheet.write_formula(1, 3, "=1/0", None, "#DIV/0!")
        sheet.write_formula(2, 3, "=1+1", None, "")
    records, findings = read("projekt.xlsx", buffer.getvalue())
    assert [record.values.get("amount") for record in records] == [UNREADABLE, UNREADABLE, None]
    assert codes(findings) == [
        ("DATA-CELL-ERROR", "projekt.xlsx: Einnahmen!D2"),
        ("DATA-UNCALCULATED", "projekt.xlsx: Einnahmen!D3"),
    ]
    assert findings[0].subject == ("income", "e1")
    assert str(findings[0].message) == "This cell holds an error instead of a value: #DIV/0!"


def test_a_sheet_that_no_kind_claims_is_noted() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Notizen"
    sheet["B2"] = "Anruf bei der Klinik"
    buffer = io.BytesIO()
    book.save(buffer)
    records, findings = read("notizen.xlsx", buffer.getvalue())
    assert records == []
    assert codes(findings) == [("DATA-SHEET", "notizen.xlsx: Notizen")]
    assert findings[0].severity is Severity.NOTE


def test_an_older_template_is_named_with_both_versions() -> None:
    content = edited(project_workbook(), {}, {"oekoreport-template": "project 0"})
    _records, findings = read("projekt.xlsx", content)
    assert codes(findings) == [("DATA-TEMPLATE-VERSION", "projekt.xlsx")]
    assert findings[0].severity is Severity.WARNING
    assert str(findings[0].message) == ("The file was made from version 0 of the template; this program has version 1.")


def test_what_is_claimed() -> None:
    importer = TablesImporter()
    assert importer.claims(Source("projekt.xlsx", project_workbook())) is Claim.CERTAIN
    assert importer.claims(Source("erhebung/x.xlsx", intake_form("x"))) is Claim.CERTAIN
    assert importer.claims(Source("Maßnahmen 2020.csv", b"")) is Claim.LIKELY
    assert importer.claims(Source("kaputt.xlsx", b"kein Archiv")) is Claim.POSSIBLE
    assert importer.claims(Source("rechnung.pdf", b"")) is Claim.NONE


def test_findings_are_told_in_german() -> None:
    _records, findings = read("sites.csv", "key;participant;name;town;Farbe\na;b;c;d;rot\n")
    text = findings[0].localize(GERMAN)
    assert "„Farbe“" in text
    assert text != findings[0].localize(ENGLISH)


def without(content: bytes, *, sheets: tuple[str, ...] = (), cells: tuple[tuple[str, str], ...] = ()) -> bytes:
    """Return a workbook from which sheets were deleted and cells emptied."""
    book: Any = openpyxl.load_workbook(io.BytesIO(content))
    for name in sheets:
        del book[name]
    for name, cell in cells:
        book[name][cell] = None
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_one_point_elsewhere_does_not_make_thousands_into_units() -> None:
    heads = "key;site;title;Strom (kWh/a);Abfall (t/a)"
    records, findings = read("measures.csv", f"{heads}\nm1;s;LED;68.000;3.5\nm2;s;Kälte;1.234.567;\nm3;s;Öl;1200;\n")
    amounts = {record.key: record.values["amount"] for record in records if record.kind == "effect"}
    assert amounts == {
        "m1/electricity": UNREADABLE,
        "m1/waste": Amount(Decimal("3.5"), "t"),
        "m2/electricity": UNREADABLE,
        "m3/electricity": Amount(Decimal(1200), "kWh"),
    }
    assert codes(findings) == [("DATA-NUMBER", "measures.csv: D2"), ("DATA-NUMBER", "measures.csv: D3")]
    assert "Dezimalpunkt" in findings[0].localize(GERMAN)


def test_a_head_that_does_not_say_whether_it_is_each_year_is_asked_about_once() -> None:
    rows = "key;site;title;Strom (kWh);Abfall (t/a)\nm1;s;a;1000;1\nm2;s;b;2000;2\n"
    records, (question,) = read("measures.csv", rows)
    recurrences = {record.key: record.values["recurrence"] for record in records if record.kind == "effect"}
    assert recurrences == {
        "m1/electricity": UNREADABLE,
        "m1/waste": "annual",
        "m2/electricity": UNREADABLE,
        "m2/waste": "annual",
    }
    assert question.question
    assert question.localize(GERMAN) == (
        "measures.csv: D1  DATA-RECURRENCE  „Strom (kWh)“ sagt nicht, ob dies jedes Jahr oder einmalig eingespart wird."
        "\n  Schreiben Sie als Spaltenkopf „Strom (kWh/a)“ oder „Strom, einmalig (kWh)“."
    )


def test_an_amount_may_say_itself_that_it_is_each_year() -> None:
    records, findings = read("measures.csv", "key;site;title;Strom (kWh)\nm;s;t;1.200 kWh/a\n")
    assert (records[1].values["recurrence"], findings) == ("annual", [])


@pytest.mark.parametrize(
    ("head", "amount", "recurrence"),
    [("Menge", "1.200 kWh/a", "annual"), ("Menge (kWh/a)", "1.200", "annual"), ("Menge", "1.200 kWh", None)],
)
def test_an_effect_in_a_sheet_of_its_own_says_it_by_its_unit_or_not_at_all(
    head: str, amount: str, recurrence: str | None
) -> None:
    (record,), findings = read("effects.csv", f"key;measure;resource;{head}\ne;m;Strom;{amount}\n")
    assert (record.values.get("recurrence"), findings) == (recurrence, [])


@pytest.mark.parametrize("cell", ["68.000", "1.234.567", "1,234", "68.000 kWh"])
def test_what_may_be_thousands_is_no_number_in_a_file_with_points(cell: str) -> None:
    records, findings = read("measures.csv", f"key;site;title;Strom (kWh/a);Abfall (t/a)\nm;s;t;{cell};3.5\n")
    assert records[1].values["amount"] is UNREADABLE
    assert codes(findings) == [("DATA-NUMBER", "measures.csv: D2")]


@pytest.mark.parametrize(
    ("cells", "amount"),
    [
        (("1.250", "1234.50"), "1.250"),
        (("1.250", "0.125"), "1.250"),
        (("1,250", "1,200.50"), "1250"),
    ],
)
def test_a_column_may_prove_itself_what_its_points_are(cells: tuple[str, str], amount: str) -> None:
    text = f'key;site;title;Abfall (t/a)\nm1;s;t;"{cells[0]}"\nm2;s;t;"{cells[1]}"\n'
    records, findings = read("measures.csv", text)
    assert records[1].values["amount"] == Amount(Decimal(amount), "t")
    assert findings == []


@pytest.mark.parametrize(
    ("head", "cell", "units"),
    [
        ("Strom (kWh/a)", "1.200 Stück", "kWh, MWh, GWh, MJ, GJ"),
        ("Abfall (t/a)", "3 Tonnen je Woche", "t, kg"),
        ("Wasser (m³/a)", "12 Eimer", "m³, l"),
        ("Strom", "1.200", "kWh, MWh, GWh, MJ, GJ"),
    ],
)
def test_a_unit_that_is_none_is_answered_with_those_of_the_resource(head: str, cell: str, units: str) -> None:
    records, findings = read("measures.csv", f"key;site;title;{head}\nm;s;t;{cell}\n")
    assert records[1].values["amount"] is UNREADABLE
    assert codes(findings) == [("DATA-UNIT", "measures.csv: D2")]
    assert str(findings[0].hint) == f"Write one of: {units}."


def test_a_sheet_that_was_deleted_is_named_once() -> None:
    _records, findings = read(
        "projekt.xlsx", without(project_workbook(), sheets=("Aufträge", "Maßnahmen", "Zuwendung"))
    )
    missing = [(finding.code, finding.severity, finding.localize(GERMAN)) for finding in findings]
    assert [(code, severity) for code, severity, _text in missing] == [
        ("DATA-SHEET-MISSING", Severity.ERROR),
        ("DATA-SHEET-MISSING", Severity.ERROR),
        ("DATA-SHEET-MISSING", Severity.WARNING),
    ]
    assert ["Zuwendung" in missing[0][2], "Aufträge" in missing[1][2], "Maßnahmen" in missing[2][2]] == [True] * 3


def test_a_sheet_that_was_renamed_is_not_missing() -> None:
    book: Any = openpyxl.load_workbook(io.BytesIO(project_workbook()))
    book["Aufträge"].title = "Vergaben 2020"
    buffer = io.BytesIO()
    book.save(buffer)
    assert read("projekt.xlsx", buffer.getvalue())[1] == []


def test_what_the_workbook_was_made_without_is_not_missing() -> None:
    assert read("projekt.xlsx", project_workbook(without=("measure", "baseline", "contract")))[1] == []


def test_columns_that_were_deleted_or_renamed_are_named_at_their_sheet() -> None:
    content = without(project_workbook(), cells=(("Teilnehmer", "C3"), ("Vorhaben", "A4")))
    content = edited(content, {("Teilnehmer", "B3"): "Bezeichnung der Firma", ("Maßnahmen", "N3"): "Gas"})
    _records, findings = read("projekt.xlsx", content)
    assert [(str(finding.place), finding.severity, str(GERMAN.show(finding.message))) for finding in findings] == [
        ("projekt.xlsx: Vorhaben", Severity.ERROR, "Die Zeile „Bezeichnung“ fehlt."),
        ("projekt.xlsx: Teilnehmer, row 3", Severity.ERROR, "Die Spalte „Name“ fehlt."),
        ("projekt.xlsx: Teilnehmer, row 3", Severity.WARNING, "Die Spalte „Name auf der Urkunde“ fehlt."),
        ("projekt.xlsx: Maßnahmen, row 3", Severity.WARNING, "Die Spalte „Erdgas (Heizwert, Hi) (kWh/a)“ fehlt."),
    ]
    assert {finding.code for finding in findings} == {"DATA-COLUMN-MISSING"}


def test_a_form_that_came_back_and_a_table_of_ones_own_lack_nothing() -> None:
    form = without(intake_form("werk"), sheets=("Bestandsaufnahmen",))
    assert read("erhebung/werk.xlsx", form)[1] == []
    assert read("sites.csv", "key;participant;name\na;b;c\n")[1] == []


def test_children_in_a_sheet_of_their_own_are_not_missing_in_their_parents_sheet() -> None:
    origin = Origin("")
    effects = [
        Record("measure", "m", {"title": "LED"}, origin, "s"),
        Record("effect", "a", {"resource": "electricity", "amount": "1 MWh"}, origin, "m"),
        Record("effect", "b", {"resource": "electricity", "amount": "2 MWh"}, origin, "m"),
    ]
    content = edited(project_workbook(effects), {("Maßnahmen", "M3"): "Eigene Spalte"})
    assert "DATA-COLUMN-MISSING" not in {finding.code for finding in read("projekt.xlsx", content)[1]}


def test_of_an_old_format_it_is_asked_what_cannot_be_seen_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    judged = read_tables(Source("sites.csv", b"key;participant;name\na;b;c\n"))
    monkeypatch.setattr("oekoreport_tables.importer.read_tables", lambda _source: replace(judged, judged=False))
    _records, findings = read("sites.xls", b"")
    assert [(finding.code, finding.severity) for finding in findings] == [("DATA-OLD-FORMAT", Severity.ERROR)]
    assert findings[0].question


@pytest.mark.parametrize("name", ["massnahmen.csv", "massnahmen.xlsx"])
def test_a_control_character_in_a_cell_is_a_finding_there_and_a_soft_break_a_line(name: str) -> None:
    rows = [["key", "parent", "title", "method"], ["m1", "werk", "LED\x07-Licht", "vorher\vnachher\r\ndanach"]]
    records, findings = read(name, as_csv(rows) if name.endswith("csv") else as_xlsx(rows))
    assembly = assemble(records, findings)
    (finding,) = (finding for finding in assembly.findings if finding.code == "DATA-CHARACTER")
    assert finding.place is not None
    assert (finding.place.cell, finding.found) == ("C2", "U+0007")
    (entry,) = (record.values for record in records if record.kind == "measure")
    assert set(entry) == {"title", "method"}
    site = Record("site", "werk", {"name": "Werk"}, Origin("a.csv"), "betrieb")
    owner = Record("participant", "betrieb", {"name": "Betrieb"}, Origin("a.csv"))
    ((measure,),) = (each.measures for each in assemble([owner, site, *records]).project.sites())
    assert (measure.title, measure.method) == ("LED\ufffd-Licht", "vorher\nnachher\ndanach")


def as_csv(rows: list[list[str]]) -> str:
    return "".join(";".join(f'"{cell}"' for cell in row) + "\n" for row in rows)


def as_xlsx(rows: list[list[str]]) -> bytes:
    """Return a workbook; xlsxwriter writes control characters as Excel does: ``_x0007_``."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("Maßnahmen")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return buffer.getvalue()
