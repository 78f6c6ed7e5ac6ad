"""Rows that are sums of others do not count; rows that merely sound so stay entries."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oekoreport import Finding, Record, Source
from oekoreport_tables.importer import TablesImporter

HEADS = "Teilnehmer;Maßnahme;Status;Investition (EUR);Strom (kWh/a);Handlungsfeld;Quantifiziert"
FALKE = ("Falke GmbH;LED;umgesetzt;1000;500", "Falke GmbH;Kälte;umgesetzt;2000;700")
HIRSCH = ("Hirsch KG;LED;umgesetzt;400;50", "Hirsch KG;Pumpe;umgesetzt;100;20")


def read(rows: Sequence[str], heads: str = HEADS, name: str = "massnahmen.csv") -> tuple[list[str], list[Finding]]:
    """Return the titles of the measures that are read, and the findings."""
    items = list(TablesImporter().read(Source(name, "\n".join((heads, *rows)).encode())))
    records = [item for item in items if isinstance(item, Record) and item.kind == "measure"]
    return [str(each.values.get("title")) for each in records], [item for item in items if isinstance(item, Finding)]


@pytest.mark.parametrize(
    "total",
    [
        "Summe;;;3000;1200",
        "Summe Falke;;;3000;1200",
        "Falke Summe;;;3000;1200",
        "Falke GmbH Ergebnis;;;3000;1200",
        "Falke GmbH;Summe;;3000;1200",
        "Falke GmbH;Summe Falke;;2999;1200",
        "Falke GmbH;Gesamt:;;3000;1200",
        ";Summe aller Maßnahmen;;3000;1200",
        "Σ;;;3000;1200",
        "∑ Falke;;;3000;1200",
        "Übertrag;;;3000;1200",
        "Übertrag von Seite 1;;;17;4",
        "davon umgesetzt;;;1000;500",
        "Falke GmbH;davon umgesetzt;;1000;500",
        "Zwischensumme Betrieb A;;;3000;1200",
    ],
)
def test_a_total_with_a_company_is_no_entry_and_is_told(total: str) -> None:
    titles, (finding,) = read([*FALKE, total, *HIRSCH])
    assert titles == ["LED", "Kälte", "LED", "Pumpe"]
    assert (finding.code, finding.question, str(finding.place)) == ("DATA-TOTAL-ROW", False, "massnahmen.csv: row 4")


@pytest.mark.parametrize(
    "entry",
    [
        "Falke GmbH;Summenspeicher erneuern;umgesetzt;3000;1100",
        "Falke GmbH;Gesamtsanierung Dach;umgesetzt;3000;1100",
        "Falke GmbH;Total Productive Maintenance;umgesetzt;30;10",
        "Falke GmbH;Übertragungsnetz erneuern;umgesetzt;30;10",
        "Falke GmbH;Beleuchtung gesamt;umgesetzt;30;10",
        "Falke GmbH;Pumpe;umgesetzt;3000;1200",
    ],
)
def test_a_row_that_is_filled_in_as_an_entry_stays_one(entry: str) -> None:
    titles, findings = read([*FALKE, entry])
    assert len(titles) == 3
    assert findings == []


@pytest.mark.parametrize(
    "row",
    [";;;3000;1200", "Alle Betriebe;;;3000;1200", "Falke GmbH;Zusammen;;3000;", "Summe Heizung;;;30;10"],
)
def test_what_may_be_a_total_is_counted_and_asked_about(row: str) -> None:
    titles, (finding,) = read([*FALKE, row])
    assert len(titles) == 3
    assert (finding.code, finding.question) == ("DATA-TOTAL-ROW", True)


def test_parts_and_the_whole_are_told_each_once() -> None:
    rows = [*FALKE, "Summe Falke;;;3000;1200", *HIRSCH, "Summe Hirsch;;;500;70", "Alle;;;3500;1270"]
    titles, findings = read(rows)
    assert titles == ["LED", "Kälte", "LED", "Pumpe", "None"]
    assert [(str(each.place), each.question) for each in findings] == [
        ("massnahmen.csv: row 4", False),
        ("massnahmen.csv: row 7", False),
        ("massnahmen.csv: row 8", True),
    ]


def test_a_payee_may_be_called_total() -> None:
    text = "Beleg;Zahlungsempfänger;Brutto (EUR)\nB1;TOTAL Deutschland GmbH;50,00\nB2;Summe & Partner;20,00\n"
    items = list(TablesImporter().read(Source("belege.csv", text.encode())))
    assert [item.key for item in items if isinstance(item, Record)] == ["B1", "B2"]
    assert [item for item in items if isinstance(item, Finding)] == []


def test_a_row_of_sums_below_an_attendance_is_nobody() -> None:
    text = "Teilnehmer;W1;W2;Summe\nklinik;x;x;2\nSumme;1;1;2\n"
    items = list(TablesImporter().read(Source("anwesenheit.csv", text.encode())))
    assert [item.key for item in items if isinstance(item, Record)] == ["W1/klinik", "W2/klinik"]
    assert [item.code for item in items if isinstance(item, Finding)] == ["DATA-EXTRA-COLUMN", "DATA-TOTAL-ROW"]


@given(st.lists(st.integers(1, 10_000), min_size=2, max_size=8))
def test_the_sum_of_any_entries_is_found_below_them(numbers: list[int]) -> None:
    rows = [f"Falke GmbH;Nr {number};umgesetzt;{number};" for number in numbers]
    titles, findings = read([*rows, f";;;{sum(numbers)};"])
    assert len(titles) == len(numbers) + 1
    assert [str(each.place) for each in findings if each.question] == [f"massnahmen.csv: row {len(numbers) + 2}"]
