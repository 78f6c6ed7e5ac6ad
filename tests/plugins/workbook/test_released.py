"""What the workbook for others holds back, and that nothing of it follows from what it prints."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .conftest import Changes, Reading

Outward = Callable[[Changes], Reading]
MARK = "nicht freigegeben"


def withholding(*keys: str) -> Changes:
    return {("participant", key): {"released": False} for key in keys}


def test_nothing_internal_is_in_the_workbook_for_others(outward: Outward, reference: Reading) -> None:
    book = outward({})
    inside = ["Prüfergebnis", "Feststellungen", "Herkunft", "Gelesene Dateien"]
    assert not set(inside) & set(book.values.sheetnames)
    assert reference.values.sheetnames == [*book.values.sheetnames, *inside]
    assert not [cell for sheet in book.values.sheetnames for row in book.rows(sheet) for cell in row if cell == MARK]


def test_the_workbook_inside_keeps_what_is_not_released(changed: Outward) -> None:
    rows = changed(withholding("kbs", "kievit")).rows("Einsparungen")
    assert not [cell for row in rows for cell in row if cell == MARK]


@pytest.mark.parametrize("keys", [("kbs",), ("kbs", "kievit"), ("kbs", "kievit", "ini")])
def test_no_column_of_savings_gives_away_one_that_withholds(outward: Outward, keys: tuple[str, ...]) -> None:
    book = outward(withholding(*keys))
    rows = book.rows("Einsparungen")
    head = next(index for index, row in enumerate(rows) if row[0] == "Teilnehmer")
    total = next(index for index, row in enumerate(rows) if row[0] == "Insgesamt")
    for column in range(2, len(rows[head])):
        marked = [row for row in rows[head + 1 : total] if row[column] == MARK]
        assert rows[total][column] == MARK or len(marked) > 1, rows[head][column]
    names = {row[0] for row in rows[head + 1 : total] if row[2] == MARK}
    assert "Kommunale Betriebe Soest AöR" in names


def test_measures_of_one_that_withholds_are_not_listed(outward: Outward) -> None:
    book = outward(withholding("kbs", "kievit"))
    names = {row[1] for row in book.rows("Maßnahmen")}
    assert "INI Gesamtschule" in names
    assert "Kommunale Betriebe Soest AöR" not in names
    assert "Nicht aufgeführt, weil nicht freigegeben: 15." in str(book.rows("Maßnahmen")[3][0])


def test_what_a_site_used_is_not_printed(outward: Outward) -> None:
    book = outward(withholding("kbs"))
    assert book.row("Kennzahlen", "Kommunale Betriebe Soest AöR")[3:7] == [MARK] * 4
    assert "Kommunale Betriebe Soest AöR" not in [row[0] for row in book.rows("Verbrauch")]
