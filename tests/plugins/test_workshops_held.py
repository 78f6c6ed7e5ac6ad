"""Whether a workshop was held has one answer: figures, rules and the criteria of certificates agree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from oekoreport import Finding, Locale, Record, Report
from oekoreport.language import NO_BREAK_SPACE
from oekoreport.records.record import Origin
from oekoreport.testing.reports import report_of
from oekoreport.testing.round import PARTICIPANTS, clean_round

GERMAN = Locale("de")
NO_STAND_IN = (
    "Workshop 2 hat den Stand „Ersetzt“, es ist aber kein Workshop angegeben, der an seiner Stelle durchgeführt wurde."
)
STAND_IN = (
    Record(
        "workshop",
        "W9",
        {"number": 9, "date": "17.06.2024", "topic": "Energie", "state": "Durchgeführt", "format": "online"},
        Origin("nachtrag.xlsx"),
    ),
    *(
        Record("attendance", f"W9-{key}", {"participant": key, "present": True}, Origin("nachtrag.xlsx"), "W9")
        for key in PARTICIPANTS
    ),
)


def round_with(state: str, more: Iterable[Record] = (), **values: object) -> Report:
    """Return the clean round of four workshops, of which the second is in this state and lists no attendance."""
    return report_of(
        replace(record, values={**record.values, "state": state, **values})
        if (record.kind, record.key) == ("workshop", "W2")
        else record
        for record in (*clean_round(), *more)
        if record.parent != "W2"
    )


def printed(report: Report, name: str) -> str:
    return report.figures[name].localize(GERMAN)


def told(report: Report) -> dict[str, list[str]]:
    """Return what the rules find, by their codes."""
    return {
        verdict.code: [text_of(finding) for finding in (*verdict.findings, *verdict.undecided)]
        for verdict in report.verdicts
        if verdict.findings or verdict.undecided
    }


def text_of(finding: Finding) -> str:
    return GERMAN.show(finding.message).replace(NO_BREAK_SPACE, " ")


def test_a_replaced_workshop_without_another_is_missing_everywhere() -> None:
    report = round_with("Ersetzt")
    assert printed(report, "workshops.held") == "3"
    assert printed(report, "attendance.possible/klinik") == "3"
    assert printed(report, "attendance.rate/klinik") == "100,0\u00a0%"
    assert told(report) == {
        "CORE-REPLACED": [NO_STAND_IN],
        "NRW-OEK-2": ["Es wurden 3 Workshops durchgeführt; gefordert sind mindestens 4."],
    }


def test_the_workshop_that_stood_in_counts_once_and_its_attendance_with_it() -> None:
    report = round_with("Ersetzt", STAND_IN, replaced_by="W9")
    assert printed(report, "workshops.held") == "4"
    assert printed(report, "workshops.online") == "1"
    assert printed(report, "attendance.possible/klinik") == printed(report, "attendance.present/klinik") == "4"
    assert told(report) == {}


@pytest.mark.parametrize("state", ["Abgesagt", "Geplant", "Ersetzt"])
def test_attendance_at_a_workshop_that_was_not_held_is_counted_by_no_figure(state: str) -> None:
    changed = [
        replace(record, values={**record.values, "state": state}) if record.key == "W2" else record
        for record in clean_round()
    ]
    report = report_of(changed)
    assert printed(report, "workshop.present/W2") == "0"
    assert printed(report, "attendance.present/klinik") == printed(report, "attendance.possible/klinik") == "3"
    assert told(report)["CORE-WORKSHOP"] == [f"Workshop 2 hat den Stand „{state}“, es sind aber Anwesende eingetragen."]


def test_a_workshop_that_does_not_exist_is_named_where_it_is_written() -> None:
    report = round_with("Ersetzt", replaced_by="W99")
    assert told(report)["DATA"] == ["Workshop: „W99“ ist nicht vorhanden."]
    assert told(report)["CORE-REPLACED"] == ["Workshop W2: „Ersetzt durch“ ist nicht bekannt."]


def test_the_printed_rate_of_one_who_joined_late_is_the_one_that_the_award_is_judged_by() -> None:
    joined = {"participant_state/klinik-started": {"state": "joined_late", "date": "01.09.2024"}}
    absent = {f"attendance/W{number}-klinik": {"present": "nein"} for number in (1, 2, 3)}
    changes = joined | absent
    report = report_of(
        replace(record, values={**record.values, **changes.get(f"{record.kind}/{record.key}", {})})
        for record in clean_round()
    )
    assert printed(report, "attendance.rate/klinik") == "50,0\u00a0%"
    assert told(report)["AWARD-ATTENDANCE"] == [
        "„Klinik Muster“ war bei 1 von 2 Workshops anwesend; verlangt sind mindestens 75 %."
    ]
