"""The contract that sums printed tables sees what does not add up."""

from __future__ import annotations

import pytest

from oekoreport.testing.printed_tables import Table, faults_of

HEAD = ["Ansatz", "EUR", "v.H."]


@pytest.mark.parametrize(
    ("rows", "faults"),
    [
        ([["1", "10,00", "50,00"], ["2", "10,00", "50,00"], ["Insgesamt", "20,00", "100,00"]], 0),
        ([["1", "10,00", "50,00"], ["2", "10,00", "50,00"], ["Insgesamt", "21,00", "100,00"]], 1),
        ([["1", "10,00", "50,00"], ["2", "[unbekannt]", "[unbekannt]"], ["Insgesamt", "20,00", "100,00"]], 1),
        ([["1", "10,00", "50,00"], ["2", "[unbekannt]", "50,00"], ["Insgesamt", "[unbekannt]", "100,00"]], 0),
        ([["1", "10,00", "–"], ["2", "nicht freigegeben", "–"], ["Insgesamt", "30,00", "–"]], 0),
        ([["1", "−5", "–"], ["2", "1.005", "–"], ["Summe 4", "1.000", "–"]], 0),
        ([["1", "10,00", "33,30"], ["2", "10,00", "33,30"], ["Insgesamt", "20,00", "100,00"]], 1),
        ([["1", "8,00", ""], ["höchstens 5,00 €"] * 3, ["Summe", "5,00", ""]], 0),
    ],
)
def test_a_total_is_the_sum_of_its_rows(rows: list[list[str]], faults: int) -> None:
    assert len(faults_of(Table("Tabelle", [HEAD, *rows]))) == faults
