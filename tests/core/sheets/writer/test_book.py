"""What a cell shows of any value, and what is refused or noted instead of being lost."""

from __future__ import annotations

import gc
import io
import weakref
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from oekoreport.language import Locale, Message
from oekoreport.places import Place
from oekoreport.sheets.writer import BLANK, MOST_ROWS, CellRefused, Looks, Workbook

GERMAN = Locale("de")
LOOKS = Looks(
    {"font_name": "Arial", "font_size": 10},
    {"text": {"text_wrap": True}, "number": {}, "money": {"num_format": "#,##0.00"}},
    "dd.mm.yyyy",
    {"italic": True},
)


def book(*, whole: bool = False) -> Workbook:
    created = datetime(2000, 1, 1)  # noqa: DTZ001 - the file's stamps have no zone
    return Workbook("x.xlsx", GERMAN, LOOKS, created=created, properties={}, custom={}, whole=whole)


def opened(content: bytes) -> Any:
    return load_workbook(io.BytesIO(content)).worksheets[0]


@pytest.mark.parametrize(
    ("value", "look", "shown", "number_format"),
    [
        ("=1+1", "text", "=1+1", "General"),
        (Message("yes"), "text", "ja", "General"),
        (None, "text", "[unbekannt]", "General"),
        (BLANK, "text", None, "General"),
        (True, "text", "ja", "General"),
        (Decimal("1234.5"), "money", 1234.5, "#,##0.00"),
        (0.1, "money", 0.1, "#,##0.00"),
        (Decimal(1234567890123456), "money", "1.234.567.890.123.456", "#,##0.00"),
        (date(1900, 3, 1), "money", datetime(1900, 3, 1), "dd.mm.yyyy"),  # noqa: DTZ001 - as a cell has it
        (date(1900, 2, 28), "text", "28.02.1900", "General"),
    ],
)
def test_a_value_is_what_it_is_and_nothing_becomes_a_formula(
    value: object, look: str, shown: object, number_format: str
) -> None:
    workbook = book()
    workbook.sheet("Blatt").put(0, 0, value, look)
    cell = opened(workbook.close())["A1"]
    assert (cell.value, cell.number_format) == (shown, number_format)
    assert cell.data_type != "f"


def test_a_text_longer_than_a_cell_is_cut_with_a_note_or_refused_where_texts_have_to_be_whole() -> None:
    workbook = book()
    workbook.sheet("Blatt").put(1, 2, "x" * 40_000)
    assert len(opened(workbook.close())["C2"].value) == 32_767
    (note,) = workbook.notes
    assert GERMAN.show(note).startswith("Blatt „Blatt“, Zelle C2: der Text wurde gekürzt")
    with pytest.raises(CellRefused) as error:
        book(whole=True).sheet("Blatt").put(1, 2, "x" * 40_000)
    assert error.value.place == Place("x.xlsx", "Blatt", "C", 2)


def test_a_character_that_no_file_holds_is_marked_and_noted_once_a_sheet() -> None:
    workbook = book()
    for name in ("A", "B"):
        sheet = workbook.sheet(name)
        for row in range(3):
            sheet.put(row, 0, "LED\x07")
    assert [GERMAN.show(note)[:24] for note in workbook.notes] == [
        "Blatt „A“, Zelle A1: U+0",
        "Blatt „B“, Zelle A1: U+0",
    ]
    assert opened(workbook.close())["A3"].value == "LED\ufffd"


def test_what_the_library_drops_is_refused_with_its_place() -> None:
    sheet = book().sheet("Blatt")
    with pytest.raises(CellRefused) as error:
        sheet.put(MOST_ROWS, 0, "behind the last row")
    assert error.value.place == Place("x.xlsx", "Blatt", "A", MOST_ROWS + 1)
    with pytest.raises(CellRefused):
        sheet.note(MOST_ROWS, 0, "behind the last row")
    with pytest.raises(CellRefused):
        sheet.table((0, MOST_ROWS), "t", [{"header": "Kopf", "header_format": "text"}], total=False)


def test_columns_are_as_wide_as_their_texts_up_to_a_cap_unless_they_are_fixed() -> None:
    workbook = book()
    sheet = workbook.sheet("Blatt")
    sheet.widths.cap(1, 50)
    sheet.widths.fix(2, 12)
    for column in range(3):
        sheet.put(0, column, "Wort " * 12)
    assert [sheet.widths[column] for column in range(3)] == [32, 52, 12]
    assert opened(workbook.close()).row_dimensions[1].height > 5 * LOOKS.line


def test_the_palette_stays_as_it_was_handed_in() -> None:
    before = repr(LOOKS)
    contents = set()
    for _again in range(2):
        workbook = book()
        workbook.sheet("Blatt").put(0, 0, None)
        contents.add(workbook.close())
    assert len(contents) == 1
    assert repr(LOOKS) == before


def test_nothing_of_a_book_stays_in_memory_until_garbage_is_collected() -> None:
    written = book()
    written.sheet("Blatt").put(0, 0, "x")
    native = weakref.ref(written._native)
    gc.disable()
    try:
        content = written.close()
        del written
        assert native() is None
    finally:
        gc.enable()
    assert opened(content)["A1"].value == "x"
