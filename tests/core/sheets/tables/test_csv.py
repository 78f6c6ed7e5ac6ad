from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oekoreport import Locale, Source, SourceError
from oekoreport.sheets.tables import (
    CellError,
    NotAWorkbook,
    read_tables,
)
from oekoreport.sheets.tables.numbers import DecimalMark, decimal_mark, is_ambiguous, read_english


def rows_of(text: str | bytes) -> list[list[object]]:
    content = text if isinstance(text, bytes) else text.encode()
    return [list(row) for row in read_tables(Source("liste.csv", content)).sheets[0].rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_umlauts_survive_every_encoding_of_an_office(encoding: str) -> None:
    assert rows_of("Maßnahme;Träger\nDämmung;Kreis\n".encode(encoding)) == [
        ["Maßnahme", "Träger"],
        ["Dämmung", "Kreis"],
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Beleg;Betrag, netto\nB1;1.200,50\n", [["Beleg", "Betrag, netto"], ["B1", "1.200,50"]]),
        ('a,b\n"1,5",2\n', [["a", "b"], ["1,5", "2"]]),
        ("a\tb\n1,5\t2\n", [["a", "b"], ["1,5", "2"]]),
        ("sep=|\na|b\n", [[], ["a", "b"]]),
        ('a;b\n"zwei\nZeilen";2\n\n;3\n', [["a", "b"], ["zwei\nZeilen", "2"], [], [None, "3"]]),
    ],
)
def test_the_delimiter_is_found_and_rows_keep_their_numbers(text: str, expected: list[list[str]]) -> None:
    assert rows_of(text) == expected


def test_what_a_failed_formula_left_behind_is_no_text() -> None:
    assert rows_of("a;b\n#DIV/0!;#WERT!\n")[1] == [CellError("#DIV/0!"), CellError("#WERT!")]


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(NotAWorkbook, match="it is not text"):
        rows_of(b"PK\x03\x04\0\0\0")


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        (["1200.00", "3"], DecimalMark.POINT),
        (["1,200.00"], DecimalMark.POINT),
        (["1.200,00", "1.200"], DecimalMark.COMMA),
        (["1.200", "5"], DecimalMark.COMMA),
        (["1200.00", "1,5"], DecimalMark.MIXED),
        (["12.50 EUR", "3,20 €"], DecimalMark.MIXED),
        ([], DecimalMark.COMMA),
        (["03.04.2020", "klinik"], DecimalMark.COMMA),
    ],
)
def test_the_decimal_mark_is_decided_by_the_whole_file(texts: list[str], mark: DecimalMark) -> None:
    assert decimal_mark(texts) is mark


def test_what_could_be_two_numbers_is_known() -> None:
    assert is_ambiguous("1.234")
    assert is_ambiguous("1,234")
    assert not is_ambiguous("1.234,56")
    assert read_english("1,234.50") == Decimal("1234.50")
    assert read_english("1.234,50") is None


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"Titel;Betrag\na;1\n" + b"1;" * 16_385, "mappe.csv: row 3: A row has more than 16,384 columns."),
        (b"a;b\n" + b'"1\n";' * 16_385, "mappe.csv: row 2: A row has more than 16,384 columns."),
        (b"a" * 50_000_001, "mappe.csv: The file is larger than 50 MB and is not read."),
        (b"\n" * 5_000_001, "mappe.csv: The sheet claims 5,000,001 cells; at most 5,000,000 are read."),
        (
            b'Titel;Betrag\na;1\n"' + b"a" * 200_000,
            "mappe.csv: row 3: The file is not a readable table: a quotation mark is never closed.",
        ),
        (b"\xff\xfea\0\x00\xd8b\0", "mappe.csv: The file is not a readable table: it is not text."),
    ],
    ids=["wide", "wide over lines", "large", "long", "open", "half a sign"],
)
def test_what_no_table_holds_is_refused_with_its_row(content: bytes, told: str) -> None:
    with pytest.raises(SourceError) as raised:
        read_tables(Source("mappe.csv", content))
    assert raised.value.localize(Locale("en")).partition("\n")[0] == told


@given(st.decimals(-(10**9), 10**9, places=2))
def test_numbers_with_a_point_are_read_to_the_cent(number: Decimal) -> None:
    assert read_english(f"{number:,f}") == number
    assert read_english(f"{number:f}") == number


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        rows_of(content)
    except NotAWorkbook as error:
        assert error.hint  # noqa: PT017 - either way is right
