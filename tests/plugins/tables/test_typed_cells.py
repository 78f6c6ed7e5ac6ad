"""What a person sees in a cell is what an importer reads, or it asks."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font

from oekoreport import Amount, Finding, Locale, Record, Severity, Source
from oekoreport.errors import SourceError
from oekoreport.records.assembly import assemble
from oekoreport.records.record import UNREADABLE
from oekoreport_tables.importer import TablesImporter

FOUND = Path("../shared/found")
HEADS = ["Schlüssel", "Standort", "Maßnahme", "Investition (EUR)", "Strom (kWh/a)"]


def read(name: str, content: bytes) -> tuple[list[Record], list[Finding]]:
    items = list(TablesImporter().read(Source(name, content)))
    records = [item for item in items if isinstance(item, Record)]
    return records, [item for item in items if isinstance(item, Finding)]


def measures(*rows: list[object], edit: Any = None) -> bytes:
    """Return a workbook with a table of measures; a pair is a number and its format."""
    book: Any = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Maßnahmen"
    lines: list[list[Any]] = [[*HEADS], *rows]
    for number, row in enumerate(lines, 1):
        for column, value in enumerate(row, 1):
            value, code = value if isinstance(value, tuple) else (value, "General")  # noqa: PLW2901
            sheet.cell(number, column, value).number_format = code
    if edit:
        edit(book, sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read_measures(content: bytes) -> tuple[Any, Any, list[str]]:
    """Return investment and amount of the first measure, as assembled, and the codes of the findings."""
    items, findings = read("mappe.xlsx", content)
    investment = next(item for item in items if item.kind == "measure").values.get("investment")
    amount = next(item for item in items if item.kind == "effect").values.get("amount")
    return investment, amount, [finding.code for finding in findings]


def test_a_unit_in_a_number_format_is_the_unit_of_the_number() -> None:
    content = measures(["m1", "s", "LED", (14.8, '0.0" T€"'), (27.6, '0.0" MWh"')])
    assert read_measures(content) == ("14,8 T€", "27,6 MWh", [])


def test_thousands_that_a_format_leaves_away_are_refused() -> None:
    content = measures(["m1", "s", "LED", (14800, "#,##0.0,"), 5])
    assert read_measures(content) == (UNREADABLE, Amount(Decimal(5), "kWh"), ["DATA-NUMBER-FORMAT"])
    _records, findings = read("mappe.xlsx", content)
    text = "Die Zelle enthält 14.800, ihr Zahlenformat zeigt aber „14,8“."
    told = findings[0].localize(Locale("de")).splitlines()[0]
    assert told == f"mappe.xlsx: Maßnahmen!D2  DATA-NUMBER-FORMAT  {text}"


@pytest.mark.parametrize(
    ("texts", "amounts"),
    [
        (["2,500"], [UNREADABLE]),
        (["2,500", "3,25"], ["2,500 kWh", "3,25 kWh"]),
        (["2.500"], ["2.500 kWh"]),
        (["4.200", "3.5"], [UNREADABLE, Amount(Decimal("3.5"), "kWh")]),
        (["4.2 MWh", "0.125"], ["4,2 MWh", Amount(Decimal("0.125"), "kWh")]),
    ],
)
def test_one_proof_of_the_decimal_mark_for_all_formats(texts: list[str], amounts: list[object]) -> None:
    rows: list[list[object]] = [[f"m{n}", "s", f"LED {n}", None, text] for n, text in enumerate(texts)]
    records, _findings = read("mappe.xlsx", measures(*rows))
    assert [record.values["amount"] for record in records if record.kind == "effect"] == amounts
    csv_rows: list[list[object]] = [[*HEADS], *rows]
    lines = [";".join(str(cell or "") for cell in row) for row in csv_rows]
    records, _findings = read("massnahmen.csv", "\n".join(lines).encode())
    assert [record.values["amount"] for record in records if record.kind == "effect"] == amounts


def test_euro_with_three_decimals_is_refused() -> None:
    records, _findings = read(
        "mappe.xlsx", measures(["m1", "s", "LED", "2,500", None], ["m2", "s", "Öl", "3,25", None])
    )
    findings = [(finding.code, str(finding.place)) for finding in assemble(records).findings]
    assert ("DATA-MONEY", "mappe.xlsx: Maßnahmen!D2") in findings
    assert [code for code, _place in findings].count("DATA-MONEY") == 1


def appearance(edit: Any) -> list[tuple[str, Severity, bool]]:
    rows: list[list[object]] = [[f"m{n}", "s", f"Maßnahme {n}", 10 * n, 100 * n] for n in range(1, 7)]
    _records, findings = read("mappe.xlsx", measures(*rows, edit=edit))
    return [
        (finding.localize(Locale("de")).splitlines()[0], finding.severity, finding.question) for finding in findings
    ]


def told(text: str) -> str:
    return f"mappe.xlsx: Maßnahmen  DATA-APPEARANCE  {text}"


def test_what_is_struck_through_is_asked() -> None:
    def edit(_book: Any, sheet: Any) -> None:
        for cell in ("A3", "B3", "D4", "E6"):
            sheet[cell].font = Font(strike=True)

    text = "Durchgestrichene Einträge werden gelesen und zählen mit; sie stehen in den Zeilen 3–4, 6."
    assert appearance(edit) == [(told(text), Severity.ERROR, True)]


def test_what_a_filter_hides_is_asked() -> None:
    def edit(_book: Any, sheet: Any) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet.row_dimensions[20].hidden = True

    text = "Zeilen, die ein Filter oder eine Person ausgeblendet hat, werden gelesen und zählen mit: 3."
    assert appearance(edit) == [(told(text), Severity.ERROR, True)]


def test_a_hidden_sheet_that_is_read_is_asked() -> None:
    def edit(book: Any, sheet: Any) -> None:
        book.create_sheet("Leer")
        sheet.sheet_state = "hidden"

    text = "Das Blatt ist ausgeblendet; seine Einträge werden gelesen und zählen mit."
    assert appearance(edit) == [(told(text), Severity.ERROR, True)]


def test_comments_are_noted_and_merged_cells_named() -> None:
    def edit(_book: Any, sheet: Any) -> None:
        sheet["A1"].comment = Comment("Ein Kopf", "Kreis")
        sheet["D3"].comment = Comment("alt", "Kreis")
        sheet.merge_cells("D5:D6")

    merged = "Von verbundenen Zellen hat nur die oberste einen Wert; die Zeilen darunter werden als leer gelesen: D5."
    assert appearance(edit) == [
        (told(merged), Severity.WARNING, False),
        (told("Kommentare an Zellen werden nicht gelesen: D3."), Severity.NOTE, False),
    ]


def stacked(heads: list[object], *rows: list[object]) -> tuple[list[tuple[str, dict[str, object]]], list[str]]:
    def edit(_book: Any, sheet: Any) -> None:
        for row in (["Weitere Angaben"], heads, *rows):
            sheet.append(row)

    records, findings = read("mappe.xlsx", measures(["m1", "s", "LED", 10, 100], edit=edit))
    told = [f"{finding.place} {finding.code} {finding.question}" for finding in findings]
    return [(record.kind, dict(record.values)) for record in records], told


def test_a_second_table_below_the_first_is_read_with_its_own_heads() -> None:
    heads: list[object] = ["Schlüssel", "Workshop", "Teilnehmer", "Anwesend"]
    records, told = stacked(heads, ["a1", "w1", "klinik", "ja"])
    assert records == [
        ("measure", {"title": "LED", "investment": Decimal(10)}),
        ("effect", {"resource": "electricity", "recurrence": "annual", "amount": Amount(Decimal(100), "kWh")}),
        ("attendance", {"participant": "klinik", "present": "ja"}),
    ]
    assert told == ["mappe.xlsx: Maßnahmen, row 4 DATA-SECOND-TABLE False"]


def test_a_second_table_of_the_same_kind_may_have_other_columns() -> None:
    records, told = stacked(
        ["Schlüssel", "Standort", "Maßnahme", "Strom (kWh/a)", "Investition (EUR)"], ["m2", "s", "Öl", 300, 20]
    )
    assert records == [
        ("measure", {"title": "LED", "investment": Decimal(10)}),
        ("effect", {"resource": "electricity", "recurrence": "annual", "amount": Amount(Decimal(100), "kWh")}),
        ("measure", {"title": "Öl", "investment": Decimal(20)}),
        ("effect", {"resource": "electricity", "recurrence": "annual", "amount": Amount(Decimal(300), "kWh")}),
    ]
    assert told == ["mappe.xlsx: Maßnahmen, row 4 DATA-SECOND-TABLE False"]


@pytest.mark.skipif(not FOUND.is_dir(), reason="the shared files are not here")
class TestFilesFound:
    def cells(self, name: str) -> list[list[object]]:
        from oekoreport.sheets.tables import read_tables

        return [list(row) for row in read_tables(Source(name, (FOUND / name).read_bytes())).sheets[0].rows]

    def test_text_in_utf_32(self) -> None:
        assert self.cells("csv_utf32.csv") == [["Nummer", "Name"], ["1", "Möller"]]

    def test_a_password(self) -> None:
        with pytest.raises(SourceError, match="protected by a password"):
            self.cells("ods_password.ods")

    def test_a_damaged_part_of_no_matter(self) -> None:
        assert self.cells("ods_broken_meta.ods") == [[Decimal(1)]]

    def test_times_and_formats_in_ods(self) -> None:
        assert self.cells("ods_time.ods") == [["288:00", "26:30", "1234,50 kWh", "19 %"]]

    def test_what_a_failed_formula_shows_typed_as_text(self) -> None:
        _records, findings = read("belege.xlsx", (FOUND / "fehler_als_text.xlsx").read_bytes())
        assert "DATA-CELL-ERROR" in [finding.code for finding in findings]

    def test_a_value_under_a_merged_cell(self) -> None:
        assert self.cells("merged_hidden.xlsx") == [[Decimal(1), None]]
