"""A sheet of the project workbook that nobody knows: its numbers are asked about, and a note answers."""

from __future__ import annotations

from io import BytesIO

import xlsxwriter  # type: ignore[import-untyped]

from oekoreport import Finding, Locale, Source
from oekoreport_tables.importer import TablesImporter


def workbook(**sheets: list[list[object]]) -> bytes:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
    return buffer.getvalue()


def test_numbers_on_an_unknown_sheet_of_the_project_workbook_are_asked_about() -> None:
    content = workbook(
        Nebenrechnung=[["Halle", "Verbrauch"], ["Nord", 1200], ["Süd", 800]], Notizen=[["Anruf am Montag"]]
    )
    found = [item for item in TablesImporter().read(Source("projekt.xlsx", content)) if isinstance(item, Finding)]
    told = {finding.place.sheet: finding for finding in found if finding.place and finding.place.sheet}
    asked = told["Nebenrechnung"]
    assert (asked.code, asked.question) == ("DATA-LEFT-OUT", True)
    assert asked.subject == ("column", "projekt.xlsx!Nebenrechnung (2, Σ 2.000)")
    assert Locale("de").show(asked.message) == "Das Blatt wird nicht erkannt; seine Zahlen werden nicht gelesen."
    assert (told["Notizen"].code, told["Notizen"].question) == ("DATA-SHEET", False)


def test_the_answer_names_numbers_with_units_too_so_that_it_ends_when_they_change() -> None:
    content = workbook(Nebenrechnung=[["Nord", "1.200 kWh"], ["Süd", "800 kWh"]])
    asked = next(item for item in TablesImporter().read(Source("projekt.xlsx", content)) if isinstance(item, Finding))
    assert asked.subject == ("column", "projekt.xlsx!Nebenrechnung (2, Σ 2.000)")
