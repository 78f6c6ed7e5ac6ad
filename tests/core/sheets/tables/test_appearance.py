"""What a person sees of a sheet besides its values, in XLSX and ODS."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font

from oekoreport import Source
from oekoreport.package import packed
from oekoreport.sheets.tables import Sheet, read_tables
from oekoreport.sheets.tables.book import Appearance, Area

ODS = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0">
<office:automatic-styles>
<style:style style:name="weg"><style:text-properties style:text-line-through-style="solid"/></style:style>
<style:style style:name="unsichtbar"><style:table-properties table:display="false"/></style:style>
</office:automatic-styles>
<office:body><office:spreadsheet><table:table table:name="Blatt" table:style-name="unsichtbar">
<table:table-column/><table:table-column table:visibility="collapse"/>
<table:table-row><table:table-cell table:style-name="weg"><text:p>a</text:p></table:table-cell></table:table-row>
<table:table-row table:visibility="filter"><table:table-cell table:number-columns-spanned="2">
<office:annotation><text:p>alt</text:p></office:annotation><text:p>b</text:p></table:table-cell>
<table:covered-table-cell><text:p>c</text:p></table:covered-table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1048000" table:visibility="collapse"><table:table-cell/></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""


def saved(book: Any) -> Sheet:
    buffer = io.BytesIO()
    book.save(buffer)
    return read_tables(Source("mappe.xlsx", buffer.getvalue())).sheets[0]


def test_a_plain_sheet_has_nothing_to_tell() -> None:
    book: Any = openpyxl.Workbook()
    book.active["A1"] = "a"
    assert saved(book).appearance == Appearance()


def test_what_is_seen_of_a_workbook_of_excel() -> None:
    book: Any = openpyxl.Workbook()
    sheet = book.active
    for row in range(1, 8):
        sheet.cell(row, 1, row)
        sheet.cell(row, 2, f"Text {row}")
    sheet["A1"].font = Font(strike=True)
    sheet["B2"] = CellRichText("gilt ", TextBlock(InlineFont(strike=True), "nicht"))
    sheet["A3"].comment = Comment("alt", "Kreis")
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet.merge_cells("A6:A7")
    book.create_sheet("Anderes")
    sheet.sheet_state = "veryHidden"
    read = saved(book)
    assert read.appearance == Appearance(
        hidden=True,
        hidden_rows=frozenset({4}),
        hidden_columns=frozenset({1}),
        struck=frozenset({(1, 0), (2, 1)}),
        commented=frozenset({(3, 0)}),
        merged=(Area(6, 0, 7, 0),),
    )


def test_what_is_seen_of_a_workbook_of_libreoffice() -> None:
    sheet = read_tables(Source("mappe.ods", packed({"content.xml": ODS.encode()}))).sheets[0]
    assert sheet.rows == [["a"], ["b", None]]
    assert sheet.appearance == Appearance(
        hidden=True,
        hidden_rows=frozenset({2}),
        hidden_columns=frozenset({1}),
        struck=frozenset({(1, 0)}),
        commented=frozenset({(2, 0)}),
        merged=(Area(2, 0, 2, 1),),
        covered=frozenset({(2, 1)}),
    )


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_stub_of_a_sheet_keeps_no_workbook_from_being_read(state: str) -> None:
    from oekoreport.package import unpacked

    book: Any = openpyxl.Workbook()
    book.active["A1"] = "a"
    book.create_sheet("Stub").sheet_state = state
    buffer = io.BytesIO()
    book.save(buffer)
    parts = unpacked(buffer.getvalue())
    relations = "xl/_rels/workbook.xml.rels"
    parts[relations] = parts[relations].replace(b"sheet2.xml", b"sheet9.xml")
    del parts["xl/worksheets/sheet2.xml"]
    sheets = read_tables(Source("mappe.xlsx", packed(parts))).sheets
    assert [(sheet.name, sheet.rows) for sheet in sheets] == [("Sheet", [["a"]])]
