"""No text is lost, cut or run as a formula, and no digit is dropped."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.plugins.workbook.conftest import Changes, Reading
else:
    Changes = Reading = Any

HOSTILE = 'Müller & Söhne <GmbH> "=1+1" / ..'


def test_a_hostile_name_stays_text_wherever_it_stands(
    changed: Callable[[Changes], Reading], reference: Reading
) -> None:
    reading = changed(
        {
            ("participant", "infineon"): {"name": HOSTILE},
            ("participant", "kbs"): {"name": "=1+1"},
            ("measure", "kbs/1"): {"title": "{=SUM(1,1)}", "method": "@cmd", "responsible": "+49 2921 30-0"},
            ("receipt", "B01"): {"payee": "https://example.org/?a=1&b=2", "file": "mailto:x@example.org"},
        }
    )
    for sheet, column in (
        ("Teilnehmer", 1),
        ("Maßnahmen", 1),
        ("Einsparungen", 0),
        ("Teilnahme", 0),
        ("Kennzahlen", 0),
    ):
        assert reading.row(sheet, HOSTILE, column)
        assert reading.row(sheet, "=1+1", column)
    assert reading.row("Maßnahmen", "kbs/1")[3] == "{=SUM(1,1)}"
    assert set(reading.live()) == set(reference.live())
    assert not [cell.hyperlink for row in reading.formulas["Belege"].iter_rows() for cell in row if cell.hyperlink]


@pytest.mark.parametrize("title", ["R&G 2021", "&P &[Picture] 2024", "Forschung & Entwicklung " * 20, "&" * 300])
def test_a_title_stays_a_title_in_the_foot_of_the_page(changed: Callable[[Changes], Reading], title: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        reading = changed({("project", "project"): {"title": title}})
    foot = reading.formulas["Übersicht"].oddFooter.left.text
    assert foot.replace("\u2060", "").startswith(title[:20].replace("&", "&&").strip()[:20])
    assert reading.row("Übersicht", "Auswertung der Runde (intern)")
    assert str(reading.rows("Übersicht")[1][0]).startswith(title.strip())


def test_the_longest_text_that_a_cell_holds_is_whole(changed: Callable[[Changes], Reading]) -> None:
    reading = changed({("measure", "infineon/1"): {"method": "x" * 32_767}})
    assert reading.row("Maßnahmen", "infineon/1")[-1] == "x" * 32_767


def test_a_number_with_more_digits_than_a_spreadsheet_keeps_is_written_as_text(
    changed: Callable[[Changes], Reading],
) -> None:
    reading = changed({("participant", "infineon"): {"staff": "310,12345678901234567"}})
    assert reading.row("Teilnehmer", 1)[4] == "310,12345678901234567"


def test_a_sum_of_which_a_part_is_text_is_no_formula(changed: Callable[[Changes], Reading]) -> None:
    reading = changed({("effect", "infineon/1/electricity"): {"amount": "900000000000 GWh"}})
    column = reading.column("Einsparungen", "Strom, kWh/a")
    assert reading.row("Einsparungen", "Insgesamt")[column] == "900.000.000.000.377.400"
    assert not [cell for sheet, cell in reading.live() if (sheet, cell[0]) == ("Einsparungen", "E")]


def test_a_day_that_no_spreadsheet_knows_is_written_as_text(changed: Callable[[Changes], Reading]) -> None:
    reading = changed({("participant", "infineon"): {"agreed_on": "25.02.1900"}})
    assert reading.row("Teilnehmer", 1)[5] == "25.02.1900"


def test_numbers_of_measures_are_decimals_and_not_rounded(changed: Callable[[Changes], Reading]) -> None:
    reading = changed({("effect", "infineon/1/electricity"): {"amount": "68,0001 MWh"}})
    assert reading.row("Maßnahmen", "infineon/1")[reading.column("Maßnahmen", "Strom, kWh/a")] == 68_000.1


def test_a_rate_with_decimals_is_shown_with_them(changed: Callable[[Changes], Reading]) -> None:
    reading = changed({("grant", "grant"): {"rate": "62,5 %"}})
    rows = [row for sheet in reading.formulas.worksheets for row in sheet.iter_rows() if len(row) > 2]
    formats = [row[2].number_format for row in rows if row[1].value == "Fördersatz" and row[2].value == 62.5]
    assert formats
    assert [each for each in formats if '0.0" %"' not in each] == []
