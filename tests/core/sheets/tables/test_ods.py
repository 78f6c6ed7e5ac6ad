from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest

from oekoreport import Locale, Source, SourceError
from oekoreport.package import PasswordProtected
from oekoreport.sheets.tables import UNCALCULATED, CellError, Sheet, SheetTooLarge, read_tables

NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)
CALCEXT = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'


def sheet_of(rows: str, **others: bytes) -> Sheet:
    content = f'<office:document-content {NAMESPACES} {CALCEXT}><table:table table:name="Blatt">{rows}</table:table>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("content.xml", content + "</office:document-content>")
        for name, data in others.items():
            archive.writestr(name, data)
    return read_tables(Source("blatt.ods", buffer.getvalue())).sheets[0]


def test_types_repeats_and_gaps() -> None:
    sheet = sheet_of(
        '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>\n'
        "<table:table-row>\n"
        '<table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="1.50"/>'
        '<table:covered-table-cell/><table:table-cell office:value-type="date" office:date-value="2020-03-04"/>'
        '<table:table-cell office:value-type="string"><text:p>a<text:s text:c="2"/>b</text:p><text:p>c</text:p>'
        "</table:table-cell>"
        '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048573"><table:table-cell/></table:table-row>'
    )
    assert sheet.rows == [[], [], [Decimal("1.5"), Decimal("1.5"), None, date(2020, 3, 4), "a  b\nc"]]


def test_an_error_and_a_formula_without_a_result_are_told_apart() -> None:
    sheet = sheet_of(
        '<table:table-row><table:table-cell table:formula="of:=1/0" office:value-type="string" '
        'calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
        '<table:table-cell table:formula="of:=1+1"/>'
        '<table:table-cell table:formula="of:=&quot;&quot;"><text:p/></table:table-cell>'
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"/></table:table-row>'
    )
    assert sheet.rows == [[CellError("#DIV/0!"), UNCALCULATED, None, True]]


@pytest.mark.parametrize(
    "rows",
    [
        (
            '<table:table-row table:number-rows-repeated="999999999"><table:table-cell office:value-type="float" '
            'office:value="1"/></table:table-row>'
        ),
        (
            '<table:table-row><table:table-cell table:number-columns-repeated="999999999" office:value-type="float" '
            'office:value="1"/></table:table-row>'
        ),
        (
            '<table:table-row table:number-rows-repeated="999999999"/><table:table-row><table:table-cell '
            'office:value-type="float" office:value="1"/></table:table-row>'
        ),
    ],
)
def test_repeats_that_claim_a_gigantic_sheet_are_refused(rows: str) -> None:
    with pytest.raises(SheetTooLarge):
        sheet_of(rows)


TEXT = '<table:table-cell office:value-type="string"><text:p>%s</text:p></table:table-cell>'


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (
            f'<table:table-row table:number-rows-repeated="3000001">{TEXT % "a"}</table:table-row>',
            "blatt.ods: Blatt, row 1: The file has more than 3,000,000 filled cells.",
        ),
        (
            f'<table:table-row table:number-rows-repeated="7000">{TEXT % ("a" * 32_767)}</table:table-row>',
            "blatt.ods: Blatt!A1: The cells hold more than 200 MB of text.",
        ),
        (
            f"<table:table-row><table:table-cell/>{TEXT % ('a' * 1_000_001)}</table:table-row>",
            "blatt.ods: Blatt!B1: A text in the workbook has more than 1,000,000 bytes, more than a cell can hold.",
        ),
        (
            f"<table:table-row><table:table-cell>{'<text:p/>' * 2_000_000}</table:table-cell></table:table-row>",
            "blatt.ods: A row of the table has more than 2,000,000 elements.",
        ),
    ],
    ids=["filled", "text", "a long text", "a row"],
)
def test_what_no_sheet_holds_is_refused_with_its_place(row: str, told: str) -> None:
    with pytest.raises(SourceError) as raised:
        sheet_of(row)
    assert raised.value.localize(Locale("en")).partition("\n")[0] == told


def test_the_text_of_a_cell_that_has_a_table_in_it_is_read_and_the_table_is_not() -> None:
    inner = f"<table:table><table:table-row>{TEXT % 'innen'}</table:table-row></table:table>"
    row = f"<table:table-row><table:table-cell><text:p>außen</text:p>{inner}</table:table-cell></table:table-row>"
    assert sheet_of(row * 2).rows == [["außen"], ["außen"]]


def test_a_password_is_named() -> None:
    with pytest.raises(PasswordProtected):
        sheet_of("", **{"META-INF/manifest.xml": b"<manifest:encryption-data/>"})


@pytest.mark.parametrize("value", ["1e999999999", "-1e999", "NaN", "Infinity"])
def test_a_value_that_no_spreadsheet_holds_is_the_text_that_is_shown(value: str) -> None:
    sheet = sheet_of(
        f'<table:table-row><table:table-cell office:value-type="float" office:value="{value}"><text:p>viel</text:p>'
        "</table:table-cell></table:table-row>"
    )
    assert sheet.rows == [["viel"]]
