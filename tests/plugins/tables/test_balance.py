"""Every filled cell of a file is accounted for, counted beside by openpyxl and by csv."""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oekoreport import Cells, Locale, Role, Source
from oekoreport.build.demo import write_demo
from oekoreport.contract import Registry
from oekoreport.records import Balance
from oekoreport.sheets.forms import project_workbook
from oekoreport.testing.round import clean_round
from oekoreport_tables.importer import TablesImporter
from oekoreport_tables.narrative import NarrativeImporter

FOUND = Path(__file__).parents[4] / "shared" / "found"


def balance(name: str, content: bytes | str) -> Balance:
    source = Source(name, content.encode() if isinstance(content, str) else content)
    return Balance(item for item in TablesImporter().read(source) if isinstance(item, Cells))


def roles(cells: Balance) -> dict[str, int]:
    counts: Counter[Role] = sum(cells.by_file().values(), Counter())
    return {role.value: counts[role] for role in Role if counts[role]}


def filled(content: bytes) -> int:
    """Return how many cells of a workbook hold something, as openpyxl sees them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # files that Excel did not write lack styles
        book: Any = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)  # merged cells too
    for sheet in book:
        sheet.reset_dimensions()
    values = (value for sheet in book for row in sheet.iter_rows(values_only=True) for value in row)
    return sum(value is not None and str(value).strip() != "" for value in values)


def workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    book: Any = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def open_document(name: str, rows: list[list[str]]) -> bytes:
    """Return an OpenDocument workbook with one sheet of texts."""
    cells = (
        "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            if cell
            else "<table:table-cell/>"
            for cell in row
        )
        for row in rows
    )
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    spaces = " ".join(
        f'xmlns:{space}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"' for space in ("office", "table", "text")
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f'<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="{name}">'
            f"{body}</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    return buffer.getvalue()


def test_every_cell_of_the_demos_workbooks_is_accounted_for(tmp_path: Path) -> None:
    write_demo(tmp_path, Registry.discover())
    files = sorted(tmp_path.rglob("*.xlsx"))
    assert len(files) == 14
    for file in files:
        content = file.read_bytes()
        cells = balance(file.name, content)
        assert sum(each.count for each in cells) == filled(content)
        assert cells.left_out() == []


@pytest.mark.parametrize("file", sorted(FOUND.glob("*.xlsx")), ids=lambda file: file.name)
def test_every_cell_of_the_workbooks_found_is_accounted_for(file: Path) -> None:
    content = file.read_bytes()
    assert sum(each.count for each in balance(f"erhebung/{file.name}", content)) == filled(content)


HEADS = st.sampled_from(
    [
        "Schlüssel",
        "Standort",
        "Maßnahme",
        "Investition (EUR)",
        "Strom (kWh/a)",
        "Erdgas (kWh/a)",
        "Telefon",
        "Nr.",
        "",
        "?",
    ]
)
VALUES = st.one_of(
    st.none(),
    st.integers(-10_000, 10_000),
    st.floats(0, 1e6),
    st.booleans(),
    st.dates(date(2000, 1, 1), date(2030, 1, 1)),
    st.sampled_from(["Summe", "Σ", "x", "#N/A", " ", "12 kWh", "Teilnehmer", "Beleg", "Name"]),
)
ROW = st.lists(VALUES, max_size=9)
SHEETS = st.dictionaries(
    st.sampled_from(
        ["Maßnahmen", "Belege", "Anwesenheit", "Einnahmen", "Betrieb", "Anleitung", "Notizen", "Bestandsaufnahme"]
    ),
    st.builds(
        lambda above, heads, rows: [*above, heads, *rows],
        st.lists(ROW, max_size=3),
        st.lists(HEADS, max_size=9),
        st.lists(ROW, max_size=6),
    ),
    min_size=1,
    max_size=3,
)


@given(SHEETS)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_every_cell_of_any_workbook_is_accounted_for(sheets: dict[str, list[list[object]]]) -> None:
    content = workbook(sheets)
    cells = balance("erhebung/x.xlsx", content)
    assert sum(each.count for each in cells) == filled(content)
    assert all(each.count > 0 for each in cells)
    assert all(each.reason for each in cells.left_out())


@given(st.lists(st.lists(st.sampled_from(["", " ", "x", "Summe", "12", "1,5", "Maßnahme"]), max_size=6), max_size=6))
def test_every_cell_of_any_csv_is_accounted_for(rows: list[list[str]]) -> None:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";").writerows([["Schlüssel", "Maßnahme", "Strom (kWh/a)", "?"], *rows])
    expected = 4 + sum(cell.strip() != "" for row in rows for cell in row)
    cells = balance("massnahmen.csv", f"sep=;\r\n{buffer.getvalue()}")
    assert sum(each.count for each in cells) == expected


def test_a_table_says_what_each_stretch_is() -> None:
    rows: list[list[object]] = [
        ["Unsere Maßnahmen"],
        [],
        ["Schlüssel", "Standort", "Maßnahme", "Erdgas (kWh/a)", None],
        ["m1", "werk", "LED", 1200, "siehe Mail"],
        ["m2", "werk", "Dämmung", 800],
        ["Summe", None, None, 2000],
    ]
    cells = balance("erhebung/x.xlsx", workbook({"Maßnahmen": rows}))
    german = Locale("de")
    assert [(str(each.place), each.role.value, each.count) for each in cells] == [
        ("erhebung/x.xlsx: Maßnahmen, row 1", "title", 1),
        ("erhebung/x.xlsx: Maßnahmen, row 3", "head", 4),
        ("erhebung/x.xlsx: Maßnahmen!D3", "left_out", 2),
        ("erhebung/x.xlsx: Maßnahmen!E3", "left_out", 1),
        ("erhebung/x.xlsx: Maßnahmen, row 4", "field", 6),
        ("erhebung/x.xlsx: Maßnahmen, row 6", "label", 2),
    ]
    assert german.show(cells[3].reason) == "Die Spalte hat Einträge, aber keine Überschrift; sie wird nicht gelesen."


def test_a_sheet_that_is_not_read_is_left_out() -> None:
    cells = balance("erhebung/x.xlsx", workbook({"Notizen": [["a", "b"], [None, 3]]}))
    assert [(str(each.place), each.count, str(each.reason)) for each in cells.left_out()] == [
        ("erhebung/x.xlsx: Notizen", 3, "The sheet is not recognised and is not read.")
    ]


def test_the_parts_of_our_own_workbook_are_told_apart() -> None:
    counts = roles(balance("projekt.xlsx", project_workbook(clean_round())))
    assert counts.keys() == {"title", "head", "note", "field"}


def test_a_narrative_counts_its_paragraphs() -> None:
    text = "Vorab.\n\n# Durchführung\n\nErster Absatz.\n\nZweiter.\n\n# Sonstiges\n\nNichts.\n"
    items = NarrativeImporter().read(Source("sachbericht.md", text.encode()))
    cells = Balance(item for item in items if isinstance(item, Cells))
    assert [(str(each.place), each.role.value, each.count) for each in cells] == [
        ("sachbericht.md: line 1", "left_out", 1),
        ("sachbericht.md: line 3", "head", 1),
        ("sachbericht.md: line 5", "field", 2),
        ("sachbericht.md: line 9", "head", 1),
        ("sachbericht.md: line 11", "left_out", 1),
    ]


def test_every_cell_of_an_open_document_is_accounted_for() -> None:
    rows = [
        ["Schlüssel", "Standort", "Maßnahme", "Strom (kWh/a)"],
        ["m1", "werk", "LED", "1.200"],
        ["", "", "Summe", "1.200"],
        ["", "", "", "7"],
    ]
    cells = balance("erhebung/x.ods", open_document("Maßnahmen", rows))
    assert roles(cells) == {"head": 4, "label": 2, "field": 5}
