"""The large cohort that the workbook is measured on: 500 participants, 200 measures each, every one with an effect.

It is the clean round of the tests with more participants. Names and titles are as long as real ones.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from oekoreport import Origin, Record, Report, column_letters
from oekoreport.model import KINDS, attributes
from oekoreport.testing.reports import report_of
from oekoreport.testing.round import clean_round

PARTICIPANTS = 500
MEASURES_EACH = 200
FILE = "kohorte.xlsx"

AREAS = ("energy", "energy", "water", "waste")
STATES = ("implemented", "implemented", "planned", "idea")
RESOURCES = ("gas_net", "electricity", "water", "waste")
UNITS = ("kWh", "kWh", "m³", "t")
TITLES = (
    "Druckluft: Leckagen < 5 % beseitigen und Abwärme nutzen",
    "Hallenbeleuchtung auf LED mit Tageslichtsteuerung umstellen",
    "Regenwasser für die Kühlung sammeln",
    "Gewerbeabfall trennen & Wertstoffe verkaufen",
)

LARGEST = ("Maßnahmen", "Herkunft")
"""The sheets that hold nearly all cells of the workbook."""

Row = tuple[str, str, str, Mapping[str, object]]


def cohort(participants: int = PARTICIPANTS, measures_each: int = MEASURES_EACH) -> Report:
    """Return the report of a round of so many participants beside the two of the clean round."""
    return report_of([*clean_round(), *_records(participants, measures_each)])


def cells_of_engine() -> dict[str, list[list[Any]]]:
    """Return the cells of the largest sheets as the engine wrote them into FOLDER: it has to work first."""
    folder, kind = Path(sys.argv[1]), sys.argv[2]
    workbook = CalamineWorkbook.from_path(folder / f"{kind}-workbook_engine.xlsx")
    return {name: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in LARGEST}


def _records(participants: int, measures_each: int) -> Iterator[Record]:
    rows: Counter[str] = Counter()
    columns = {
        kind: {attribute.name: column_letters(index) for index, attribute in enumerate(attributes(noun), start=1)}
        for kind, noun in KINDS.items()
    }
    for number in range(1, participants + 1):
        for kind, key, parent, values in (*_participant(number), *_measures(number, measures_each)):
            rows[kind] += 1
            yield Record(kind, key, values, Origin(FILE, kind, rows[kind] + 1, columns[kind]), parent)


def _participant(number: int) -> Iterator[Row]:
    """Yield a participant with one site and its inventory."""
    key = f"b{number:04}"
    name = f"Gemeinnützige Gesellschaft für Arbeit & Soziales Nr. {number} mbH"
    yield (
        "participant",
        key,
        "",
        {"name": name, "municipality": "Musterstadt", "staff": 40 + number, "agreed_on": "20.01.2024", "fee": "100,00"},
    )
    yield "participant_state", f"{key}-s", key, {"state": "started", "date": "05.03.2024"}
    yield "site", f"{key}-1", key, {"name": "Hauptstandort", "town": "Musterstadt"}
    yield "baseline", f"{key}-1-b", f"{key}-1", {"year": 2023, "staff": 40 + number}
    yield "consumption", f"{key}-1-b-s", f"{key}-1-b", {"resource": "electricity", "amount": "100.000 kWh"}


def _measures(participant: int, count: int) -> Iterator[Row]:
    """Yield the measures of a participant, each with an effect every year."""
    site = f"b{participant:04}-1"
    for number in range(1, count + 1):
        turn, key = number % 4, f"{site}-m{number}"
        yield (
            "measure",
            key,
            site,
            {
                "title": f"{TITLES[turn]}, Abschnitt {number}",
                "area": AREAS[turn],
                "state": STATES[number % 7 % 4],
                "implemented_on": f"{number % 28 + 1:02}.11.2024",
                "responsible": "Haustechnik",
                "investment": f"{1000 + number * 37 % 9000},50",
                "saving": f"{250 + number * 137 % 900},25",
                "quantified": True,
                "method": f"Messung an Anlage {number} vor und nach der Umstellung, je eine Woche",
            },
        )
        effect = {"resource": RESOURCES[turn], "amount": f"{1000 + number} {UNITS[turn]}", "recurrence": "annual"}
        yield "effect", f"{key}-e", key, effect
