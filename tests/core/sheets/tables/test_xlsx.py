from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from oekoreport import Locale, Source, SourceError
from oekoreport.model.spelling import time_text
from oekoreport.package import PasswordProtected, UnpacksTooLarge, UnsafeMarkup
from oekoreport.sheets.tables import (
    UNCALCULATED,
    CellError,
    NotAWorkbook,
    SheetTooLarge,
    read_tables,
)
from oekoreport.sheets.tables.book import duration_text
from oekoreport.sheets.tables.errors import TextTooLong, TooManyTexts
from oekoreport.sheets.tables.scan import scan_sheet

HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = b"</sheetData></worksheet>"


def written(fill: object) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        fill(book, book.add_worksheet("Blatt"))  # type: ignore[operator]
    return buffer.getvalue()


def with_part(content: bytes, name: str, data: bytes) -> bytes:
    """Return a workbook with one part replaced or added."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info.filename, old.read(info))
        new.writestr(name, data)
    return buffer.getvalue()


def rows_of(content: bytes) -> list[list[object]]:
    return [list(row) for row in read_tables(Source("mappe.xlsx", content)).sheets[0].rows]


def test_rows_and_columns_keep_their_numbers_when_data_starts_below_a1() -> None:
    content = written(lambda _book, sheet: sheet.write_string(4, 2, "hier"))
    sheet = read_tables(Source("mappe.xlsx", content)).sheets[0]
    assert sheet.cell(5, 2) == "hier"
    assert len(sheet.rows) == 5


def test_values_have_their_types() -> None:
    def fill(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        sheet.write_number(0, 0, 0.1 + 0.2)
        sheet.write_datetime(0, 1, datetime(2020, 3, 4), day)  # noqa: DTZ001 - a cell has no time zone
        sheet.write_datetime(0, 2, datetime(2020, 3, 4, 12, 30), day)  # noqa: DTZ001 - a cell has no time zone
        sheet.write_boolean(0, 3, "ja")
        sheet.write_string(0, 4, "  ")
        sheet.write_string(0, 5, "Müller & Söhne <GmbH>")

    assert rows_of(written(fill)) == [
        [
            Decimal("0.3"),
            date(2020, 3, 4),
            datetime(2020, 3, 4, 12, 30),  # noqa: DTZ001 - a cell has no time zone
            True,
            "  ",
            "Müller & Söhne <GmbH>",
        ]
    ]


def test_an_error_an_empty_cell_and_a_formula_never_calculated_are_three_things() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "x"
    sheet["C1"] = "=1+1"  # openpyxl calculates nothing
    buffer = io.BytesIO()
    book.save(buffer)
    content = written(lambda _book, sheet: sheet.write_formula(0, 1, "=1/0", None, "#DIV/0!"))
    assert rows_of(content) == [[None, CellError("#DIV/0!")]]
    assert rows_of(buffer.getvalue()) == [["x", None, UNCALCULATED]]


def test_a_formula_with_an_empty_text_as_result_is_an_empty_cell() -> None:
    xml = HEAD + b'<row r="1"><c r="A1" t="str"><f>""</f><v></v></c><c r="B1"><v>1</v></c></row>' + TAIL
    content = with_part(written(lambda _book, _sheet: None), "xl/worksheets/sheet1.xml", xml)
    assert rows_of(content) == [[None, Decimal(1)]]


@pytest.mark.parametrize(
    "cells",
    [
        b'<c r="A1" t="e"><v>#REF!</v></c><c r="B1"><f>1+1</f></c>',
        b'<c t="e" r="A1"><v>#REF!</v></c><c r="B1"><f>1+1</f><v/></c>',
        b'<c t="e"><v>#REF!</v></c><c><f>1+1</f><v></v></c>',
        b"<c r='A1' t='e'><v>#REF!</v></c><c r='B1'><f>1+1</f></c>",
        b'<!-- c --><c r="A1" t="e"><f>x</f><v>#REF!</v></c><c r="B1"><f/><v/></c>',
    ],
)
def test_the_scan_reads_every_way_of_writing_a_cell(cells: bytes) -> None:
    scan = scan_sheet(HEAD + b'<row r="1">' + cells + b"</row>" + TAIL)
    assert scan.marks == {(1, 0): CellError("#REF!"), (1, 1): UNCALCULATED}
    assert (scan.rows, scan.columns) == (1, 2)


@given(
    st.lists(
        st.tuples(st.integers(1, 60), st.integers(0, 60), st.sampled_from(["value", "error", "uncalculated"])),
        unique_by=lambda cell: cell[:2],
        max_size=30,
    )
)
def test_the_quick_scan_and_the_parser_agree(cells: list[tuple[int, int, str]]) -> None:
    from oekoreport import column_letters
    from oekoreport.sheets.tables.scan import _scan_by_parser

    bodies = {
        "value": b"<v>1</v>",
        "error": b"<f>1/0</f><v>#DIV/0!</v>",
        "uncalculated": b"<f>SUM(A1:A2)</f><v></v>",
    }
    xml = HEAD
    for row in sorted({row for row, _column, _kind in cells}):
        xml += b'<row r="%d">' % row
        for _row, column, kind in sorted(cell for cell in cells if cell[0] == row):
            error = b' t="e"' if kind == "error" else b""
            xml += b'<c r="%s%d" s="1"%s>' % (column_letters(column).encode(), row, error) + bodies[kind] + b"</c>"
        xml += b"</row>"
    for telling in (frozenset[int](), frozenset({1})):
        assert scan_sheet(xml + TAIL, telling) == _scan_by_parser(xml + TAIL, telling)


def test_one_far_cell_is_refused_before_it_eats_memory() -> None:
    xml = HEAD + b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>' + TAIL
    content = with_part(written(lambda _book, _sheet: None), "xl/worksheets/sheet1.xml", xml)
    with pytest.raises(SheetTooLarge) as error:
        read_tables(Source("mappe.xlsx", content))
    assert error.value.localize(Locale("en")) == (
        "mappe.xlsx: Blatt: The sheet claims 17,179,869,184 cells; at most 5,000,000 are read.\nDelete the "
        "empty rows and columns around the data and save the file again."
    )


def test_formatted_empty_cells_far_out_do_no_harm() -> None:
    def fill(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write_string(0, 0, "x")
        sheet.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))

    assert rows_of(written(fill)) == [["x"]]


def test_a_bomb_is_refused_by_what_it_unpacks_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oekoreport.package.UNPACKED_LIMIT", 1_000_000)
    content = with_part(written(lambda _book, _sheet: None), "xl/bomb.xml", b"<a>" + b" " * 5_000_000 + b"</a>")
    with pytest.raises(UnpacksTooLarge) as error:
        read_tables(Source("mappe.xlsx", content))
    assert str(error.value) == "The file unpacks to more than 1 MB."


def test_entities_are_refused() -> None:
    xml = b'<!DOCTYPE x [<!ENTITY a "b">]>' + HEAD + TAIL
    content = with_part(written(lambda _book, _sheet: None), "xl/worksheets/sheet1.xml", xml)
    with pytest.raises(UnsafeMarkup) as error:
        read_tables(Source("mappe.xlsx", content))
    assert str(error.value) == (
        "“xl/worksheets/sheet1.xml” inside the file declares a document type, which is not supported."
    )


def test_a_password_is_named() -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(PasswordProtected) as error:
        read_tables(Source("mappe.xlsx", content))
    assert error.value.localize(Locale("en")) == (
        "mappe.xlsx: The file is protected by a password.\nOpen it, remove the password and save it again."
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it is empty."),
        (b"<html><table>", "it was not written by a spreadsheet program."),
        (b"PK\x03\x04 and nothing", "the archive is damaged."),
    ],
)
def test_what_is_no_workbook_is_named(content: bytes, reason: str) -> None:
    with pytest.raises(NotAWorkbook) as error:
        read_tables(Source("mappe.xlsx", content))
    assert str(error.value) == f"The file is not a readable table: {reason}"


@given(st.binary(max_size=200), st.integers(0, 5000))
def test_a_damaged_workbook_is_read_or_refused_never_more(noise: bytes, at: int) -> None:
    content = bytearray(written(lambda _book, sheet: sheet.write_string(0, 0, "x")))
    content[at % len(content) : at % len(content) + len(noise)] = noise
    try:
        read_tables(Source("mappe.xlsx", bytes(content)))
    except SourceError as error:
        assert error.hint  # noqa: PT017 - either way is right


def test_times_and_durations_are_told_as_a_clock_shows_them() -> None:
    assert [time_text(time(12, 0)), time_text(time(7, 5, 9))] == ["12:00", "07:05:09"]
    assert [duration_text(timedelta(hours=26, minutes=30)), duration_text(timedelta(minutes=-90))] == [
        "26:30",
        "-01:30",
    ]
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        clock = book.add_format({"num_format": "hh:mm"})
        book.add_worksheet("Zeiten").write_datetime(0, 0, time(12, 0), clock)
    assert read_tables(Source("zeiten.xlsx", buffer.getvalue())).sheets[0].rows == [["12:00"]]


SHARED = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</sst>'


def with_texts(texts: bytes) -> bytes:
    """Return a workbook of one cell with text, whose shared texts are others."""
    content = written(lambda _book, sheet: sheet.write_string(0, 0, "eins"))
    return with_part(content, "xl/sharedStrings.xml", SHARED % texts)


def test_more_shared_texts_than_cells_are_read_are_refused_by_number() -> None:
    with pytest.raises(TooManyTexts) as raised:
        rows_of(with_texts(b"<si/>" * 5_000_001))
    assert Locale("en").show(raised.value.message) == (
        "The workbook holds 5,000,001 different texts; at most 5,000,000 are read."
    )


def test_shared_texts_are_counted_under_a_prefix_too() -> None:
    content = with_texts(b'<x:si xmlns:x="x"></x:si>' + b"<x:si></x:si>" * 5_000_001)
    with pytest.raises(TooManyTexts):
        rows_of(content)


def test_a_shared_text_that_no_cell_can_hold_is_refused() -> None:
    with pytest.raises(TextTooLong):
        rows_of(with_texts(b"<si><t>" + b"a" * 1_000_001 + b"</t></si>"))


@pytest.mark.parametrize("sign", [b" ", b">"])
def test_blanks_without_end_in_a_sheet_are_refused_with_its_name(sign: bytes) -> None:
    content = written(lambda _book, sheet: sheet.write_number(0, 0, 1))
    cell = b'<row r="1"><c r="A1"><v>1</v></c></row>'
    content = with_part(content, "xl/worksheets/sheet1.xml", HEAD + cell + sign * 20_000_000 + TAIL)
    with pytest.raises(TextTooLong) as raised:
        rows_of(content)
    assert raised.value.place is not None
    assert raised.value.place.sheet == "Blatt"


CELLS = '<row r="%d"><c r="A%d" t="s"><v>0</v></c><c r="B%d" t="s"><v>1</v></c></row>'


def sharing(texts: bytes, rows: int) -> bytes:
    """Return a workbook whose sheet names its first two shared texts in two columns of so many rows."""
    xml = HEAD + "".join(CELLS % (row, row, row) for row in range(1, rows + 1)).encode() + TAIL
    return with_part(with_texts(texts), "xl/worksheets/sheet1.xml", xml)


def refused(content: bytes) -> str:
    with pytest.raises(SourceError) as raised:
        read_tables(Source("mappe.xlsx", content))
    assert raised.value.hint is not None
    return str(raised.value.localize(Locale("en"))).partition("\n")[0]


def test_a_long_text_that_very_many_cells_share_is_refused_at_the_first_of_them() -> None:
    content = sharing(b"<si><t>x</t></si><si><t>" + b"a" * 32_767 + b"</t></si>", 7_000)
    assert refused(content) == "mappe.xlsx: Blatt!B1: The cells hold more than 200 MB of text."


def test_shared_texts_that_the_workbook_does_not_refer_to_are_counted_too() -> None:
    content = sharing(b"<si><t>x</t></si><si><t>" + b"a" * 32_767 + b"</t></si>", 7_000)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        relations = archive.read("xl/_rels/workbook.xml.rels")
    torn = with_part(content, "xl/_rels/workbook.xml.rels", relations.replace(b"/sharedStrings", b"/other"))
    assert refused(torn) == "mappe.xlsx: Blatt!B1: The cells hold more than 200 MB of text."
    decoy = with_part(content, "xl/_rels/workbook.xml.rels", relations.replace(b"sharedStrings.xml", b"decoy.xml"))
    assert refused(with_part(decoy, "xl/decoy.xml", SHARED % b"")) == (
        "mappe.xlsx: The file is not a readable table: its contents contradict each other."
    )


def test_equal_texts_of_many_cells_are_one_object() -> None:
    rows = rows_of(sharing(b"<si><t>x</t></si><si><t>" + b"a" * 3_000 + b"</t></si>", 2_000))
    assert len({id(row[1]) for row in rows}) == 1


def test_a_text_that_no_cell_can_hold_is_told_with_its_cell() -> None:
    told = "A text in the workbook has more than 1,000,000 bytes, more than a cell can hold."
    content = sharing(b"<si><t>x</t></si><si><t>" + b"a" * 1_000_001 + b"</t></si>", 1)
    assert refused(content) == f"mappe.xlsx: Blatt!B1: {told}"
    xml = b'<row r="7"><c r="C7" t="inlineStr"><is><t>' + b"a" * 1_000_001 + b"</t></is></c></row>"
    content = with_part(with_texts(b""), "xl/worksheets/sheet1.xml", HEAD + xml + TAIL)
    assert refused(content) == f"mappe.xlsx: Blatt!C7: {told}"


def test_shared_texts_are_refused_by_the_size_that_they_claim() -> None:
    content = with_texts(b"<si><t>a</t></si>" * 6_000_000)
    assert refused(content) == "mappe.xlsx: The cells hold more than 100 MB of text."


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (b"<c><v/></c>" * 3_000_001, "The file has more than 3,000,000 filled cells."),
        (
            b"".join(b'<c r="A%d" t="e"><v>#N/A</v></c>' % row for row in range(1, 1_000_002)),
            "The sheet has more than 1,000,000 cells with failed formulas or special formats.",
        ),
        (b"<!-- -->" + b"<c/>" * 2_000_000, "A row of the table has more than 2,000,000 elements."),
    ],
    ids=["filled", "failed", "unusual"],
)
def test_more_cells_than_any_sheet_has_are_refused_before_they_are_read(cells: bytes, told: str) -> None:
    content = with_part(with_texts(b""), "xl/worksheets/sheet1.xml", HEAD + b"<row>" + cells + b"</row>" + TAIL)
    assert refused(content) == f"mappe.xlsx: Blatt: {told}"


def test_more_sheets_than_any_workbook_has_are_refused() -> None:
    content = written(lambda _book, _sheet: None)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        book = archive.read("xl/workbook.xml")
    sheet = book[book.index(b"<sheet ") : book.index(b"</sheets>")]
    assert refused(with_part(content, "xl/workbook.xml", book.replace(sheet, sheet * 1_001))) == (
        "mappe.xlsx: The workbook has more than 1,000 sheets."
    )


@pytest.mark.parametrize(
    ("merged", "told"),
    [
        ('<mergeCell ref="A1:B1"/>' * 100_001, "The sheet has more than 100,000 merged cells."),
        ('<mergeCell ref="A1:B2"/>' * 2, "The file is not a readable table: merged cells lie over one another."),
    ],
    ids=["many", "overlapping"],
)
def test_merged_cells_that_nobody_makes_are_refused(merged: str, told: str) -> None:
    cells = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="B2"><v>2</v></c></row></sheetData>'
    xml = HEAD + cells + f"<mergeCells>{merged}</mergeCells></worksheet>".encode()
    content = with_part(with_texts(b""), "xl/worksheets/sheet1.xml", xml)
    assert refused(content) == f"mappe.xlsx: Blatt: {told}"


@pytest.mark.parametrize(
    ("formats", "told"),
    [
        (
            b'<numFmt numFmtId="200" formatCode="0%s"/>' % (b"%" * 1_000),
            "A number format has more than 1,000 characters.",
        ),
        (
            b"".join(b'<numFmt numFmtId="%d" formatCode="0"/>' % number for number in range(5_001)),
            "The workbook has more than 5,000 number formats.",
        ),
    ],
    ids=["long", "many"],
)
def test_formats_that_no_program_writes_are_refused(formats: bytes, told: str) -> None:
    styles = b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts>%s</numFmts>'
    content = with_part(with_texts(b""), "xl/styles.xml", styles % formats + b"</styleSheet>")
    assert refused(content) == f"mappe.xlsx: {told}"


def test_columns_that_are_hidden_a_hundred_thousand_times_are_hidden_once() -> None:
    head = HEAD.replace(
        b"<sheetData>", b"<cols>" + b'<col min="1" max="2" hidden="1"/>' * 100_000 + b"</cols><sheetData>"
    )
    xml = head + b'<row r="1"><c r="C1"><v>1</v></c></row>' + TAIL
    content = with_part(with_texts(b""), "xl/worksheets/sheet1.xml", xml)
    assert read_tables(Source("mappe.xlsx", content)).sheets[0].appearance.hidden_columns == {0, 1}


def test_the_longest_text_that_excel_holds_is_read() -> None:
    longest = "\N{BULLET}" * 32_767
    assert rows_of(written(lambda _book, sheet: sheet.write_string(0, 0, longest))) == [[longest]]
