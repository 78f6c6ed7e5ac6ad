"""What a cell shows of its number is what is read."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oekoreport import Source
from oekoreport.sheets.tables import Disguised, PartOfDay, read_tables, text_of
from oekoreport.sheets.tables.formats import number_format, shows_part_of_a_day
from oekoreport.sheets.tables.shown import shown_number

PLAIN = [
    "General",
    "0.00",
    "#,##0.00",
    "#,##0.00 €",
    '_-* #,##0.00\\ "€"_-;\\-* #,##0.00\\ "€"_-;_-* "-"??\\ "€"_-;_-@_-',
    "[$€-407] #,##0.00",
    "#,##0.00;[Red]#,##0.00",
    "#,##0_);(#,##0)",
    "#\\ ##0.00",
    "0.00E+00",
    "# ?/?",
    "0;-0;;@",
    "dd.mm.yyyy",
    "[h]:mm",
    "@",
    "",
]


@given(st.decimals(-(10**9), 10**9, places=2), st.sampled_from(PLAIN))
def test_a_plain_format_shows_the_number_and_nothing_else(number: Decimal, code: str) -> None:
    made = number_format(code)
    assert made is None or made.show(number) == number


SHOWN = [
    ("27.6", '0.0" MWh"', "27,6 MWh"),
    ("0.8", "0%", "80%"),
    ("0.625", "0%", "62,5%"),
    ("0.19", "0.00%", "19,00%"),
    ("19", '0.00" %"', "19,00 %"),
    ("330", "[$CHF-807] #,##0.00", "CHF 330,00"),
    ("-330", "[$CHF-807] #,##0.00", "CHF -330,00"),
    ("14800", '#,##0.0,\\ "T€"', "14,8 T€"),
    ("14800000", '#,##0.0,,\\ "Mio. €"', "14,8 Mio. €"),
    ("14.8", '0.0" T€"', "14,8 T€"),
    ("4300", '#,##0" €/a"', "4.300 €/a"),
    ("1067", "00000", "01067"),
    ("1067", '"D-"00000', "D-01067"),
    ("20230042", "0000\\-0000", "2023-0042"),
    ("1", '"ja";"nein";"offen"', "ja"),
    ("5000", '[>=1000]0.0,"k";0', "5,0k"),
    ("-5", '0" kWh";-0" kWh"', "-5 kWh"),
]


@pytest.mark.parametrize(("number", "code", "text"), SHOWN)
def test_what_a_format_shows_besides_is_read_with_all_digits(number: str, code: str, text: str) -> None:
    made = number_format(code)
    assert made is not None
    assert made.show(Decimal(number)) == text


@pytest.mark.parametrize(
    ("number", "code", "shown"),
    [("14800", "#,##0.0,", "14,8"), ("14800000", "0,,", "14,8"), ("5", ";;;", ""), ("-5", "0.00;0.00", "5,00")],
)
def test_a_format_that_shows_another_number_is_told(number: str, code: str, shown: str) -> None:
    made = number_format(code)
    assert made is not None
    assert made.show(Decimal(number)) == Disguised(Decimal(number), shown)


def workbook(cells: list[tuple[str, str]]) -> bytes:
    """Return a workbook with numbers in column A, each with its format."""
    book: Any = openpyxl.Workbook()
    for row, (number, code) in enumerate(cells, 1):
        cell = book.active.cell(row, 1, float(number))
        cell.number_format = code
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_workbook_is_read_as_its_formats_show_it() -> None:
    cells = [(number, code) for number, code, _text in SHOWN] + [("27.6", "0.0"), ("27.6", "#,##0.00 €")]
    rows = read_tables(Source("mappe.xlsx", workbook(cells))).sheets[0].rows
    assert [row[0] for row in rows] == [text for _number, _code, text in SHOWN] + [Decimal("27.6"), Decimal("27.6")]


@pytest.mark.parametrize(
    "code", ["mmm-yy", "mm/yyyy", "yyyy", "d-mmm", "dd.mm.", "dddd", "[$-407]MMM YY;@", "ddd mmmm yyyy"]
)
def test_a_format_that_shows_a_part_of_a_day_is_told(code: str) -> None:
    assert shows_part_of_a_day(code)


@pytest.mark.parametrize(
    "code", ["dd.mm.yyyy", "d. mmmm yy", "[$-407]dddd, d. mmmm yyyy;@", "m/d/yy h:mm", "yyyymmdd", "h:mm", "0.00", ""]
)
def test_a_format_of_whole_days_or_of_anything_else_is_none(code: str) -> None:
    assert not shows_part_of_a_day(code)


@pytest.mark.parametrize("code", ["mmm-yy", "d-mmm", "MM/YYYY"])
def test_a_day_that_is_shown_in_part_is_no_day(code: str) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Gezahlt am", date(2024, 5, 1)])
    book.worksheets[0]["B1"].number_format = code
    content = io.BytesIO()
    book.save(content)
    (sheet,) = read_tables(Source("a.xlsx", content.getvalue())).sheets
    assert sheet.rows == [["Gezahlt am", PartOfDay(date(2024, 5, 1))]]
    assert text_of(sheet.rows[0][1]) == "01.05.2024"  # of a head, such as a workshop's day


@pytest.mark.parametrize("where", ["single", "comment"])
def test_formats_are_seen_however_the_sheet_is_written(where: str) -> None:
    from oekoreport.package import packed, unpacked

    parts = unpacked(workbook([("0.8", "0%")]))
    name = "xl/worksheets/sheet1.xml"
    before, after = {"single": (b'"', b"'"), "comment": (b"<sheetData>", b"<!-- --><sheetData>")}[where]
    head, mark, data = parts[name].partition(b"<sheetData>")
    parts[name] = head + (mark + data).replace(before, after)
    assert read_tables(Source("mappe.xlsx", packed(parts))).sheets[0].rows == [["80%"]]


@pytest.mark.parametrize(
    ("number", "text", "percent", "currency", "read"),
    [
        ("27.6", "27,6 MWh", False, "", "27,6 MWh"),
        ("0.625", "63 %", True, "", "62,5 %"),
        ("0.8", "", True, "", "80 %"),
        ("330", "330,00 CHF", False, "CHF", "330,00 CHF"),
        ("330", "", False, "CHF", "CHF 330"),
        ("14800", "14,8 T€", False, "", "14,8 T€"),
        ("14800", "15 T€", False, "", "14,8 T€"),
        ("-5", "-5 kWh", False, "", "-5 kWh"),
        ("1067", "01067", False, "", "01067"),
        ("636", "636,0 t CO2", False, "", "636,0 t CO2"),
    ],
)
def test_an_ods_cell_is_read_as_it_is_shown(number: str, text: str, percent: bool, currency: str, read: str) -> None:  # noqa: FBT001
    assert shown_number(Decimal(number), text, percent=percent, currency=currency) == read


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("1234.5", "1.234,50 €"),
        ("1234.5", "1,234.50"),
        ("1234.5", "###"),
        ("1234.56", "1.235"),
        ("0", "-"),
        ("0.5", "1/2"),
        ("1200", "1,2E+03"),
        ("-20", "−20,00"),
    ],
)
def test_an_ods_number_shown_as_one_stays_a_number(number: str, text: str) -> None:
    assert shown_number(Decimal(number), text, percent=False, currency="EUR") == Decimal(number)


def test_thousands_left_away_in_ods_are_told() -> None:
    assert shown_number(Decimal(14800), "15", percent=False, currency="") == Disguised(Decimal(14800), "15")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_another_program_shows_the_same(tmp_path: Path) -> None:
    shown = [(number, code, text) for number, code, text in SHOWN if not text.startswith("CHF -")]
    book = tmp_path / "mappe.xlsx"
    book.write_bytes(workbook([(number, code) for number, code, _text in shown]))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    options = "csv:Text - txt - csv (StarCalc):9,34,76,1,,0,false,true"
    subprocess.run([*command, "--convert-to", options, "--outdir", str(tmp_path), str(book)], check=True, timeout=120)
    lines = (tmp_path / "mappe.csv").read_text(encoding="utf-8").splitlines()
    marks = str.maketrans("", "", ".,")  # which of the two is the decimal mark depends on the computer
    for (number, code, text), line in zip(shown, lines, strict=True):
        expected = "63%" if text == "62,5%" else text  # it rounds what it shows
        assert line.translate(marks) == expected.translate(marks), (number, code)
