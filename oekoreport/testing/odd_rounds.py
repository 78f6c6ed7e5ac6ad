"""Rounds that are unlike the reference round, made of it: of one participant, of many, and with what happens to rounds.

What a document prints has to add up in each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from oekoreport.build.demo import demo_records
from oekoreport.model import KINDS
from oekoreport.records import UNREADABLE, Origin, Record
from oekoreport.report import Report
from oekoreport.testing.reports import report_of

MANY = 60
"""How many participants the large round has: more than a page, and more than any round that we heard of."""


def owners(records: Sequence[Record]) -> dict[tuple[str, str], str]:
    """Return the participant within which each object lies, by kind and key; empty for those outside of any."""
    found = {(record.kind, record.key): record for record in records}

    def owner(record: Record | None) -> str:
        if record is None or record.kind == "participant":
            return record.key if record else ""
        return owner(found.get((KINDS[record.kind].parent, record.parent)))

    return {identity: owner(record) for identity, record in found.items()}


def alone() -> list[Record]:
    """Return the round of the first participant, without what names another."""
    records = demo_records()
    owner = owners(records)
    first = next(record.key for record in records if record.kind == "participant")
    return [
        record
        for record in records
        if owner[record.kind, record.key] in ("", first) and record.values.get("participant", first) in ("", first)
    ]


def many() -> list[Record]:
    """Return the round with copies of its participants."""
    records = demo_records()
    owner = owners(records)
    people = [record.key for record in records if record.kind == "participant"]
    copies = [(people[index % len(people)], 1 + index // len(people)) for index in range(MANY - len(people))]
    return [
        *records,
        *(_copy(record, n) for key, n in copies for record in records if owner[record.kind, record.key] == key),
    ]


def _copy(record: Record, number: int) -> Record:
    values = dict(record.values)
    if "certificate_number" in values:
        values["certificate_number"] = f"{values['certificate_number']}-{number}"
    parent = f"{record.parent}~{number}" if record.parent else ""
    return replace(record, key=f"{record.key}~{number}", parent=parent, values=values)


def one_left() -> list[Record]:
    """Return the round from which a participant went away."""
    left = {"state": "left", "date": "2021-03-01", "reason": "Kurzarbeit"}
    return [*demo_records(), Record("participant_state", "kbs/left", left, Origin("runde.xlsx"), "kbs")]


def area_without_numbers() -> list[Record]:
    """Return the round of which no measure in one area of work is quantified; they have an investment."""
    return _changed(
        lambda record: record.kind == "measure" and record.values["area"] == "waste", {"quantified": "nein"}
    )


def one_withheld() -> list[Record]:
    """Return the round of which one participant did not release its figures."""
    return _changed(lambda record: record.kind == "participant" and record.key == "kbs", {"released": "nein"})


def unreadable_saving() -> list[Record]:
    """Return the round of which one saving cannot be read."""
    return _changed(lambda record: (record.kind, record.key) == ("measure", "infineon/1"), {"saving": UNREADABLE})


def money_back() -> list[Record]:
    """Return the round with a credit note on a receipt."""
    origin = Origin("runde.xlsx")
    amounts = {"net": "-100,00", "vat": "-19,00", "gross": "-119,00"}
    receipt = next(record for record in demo_records() if (record.kind, record.key) == ("receipt", "B06"))
    note = {"receipt_kind": "credit_note", "refers_to": "B06", "number": "G-1", "issued_on": "2020-05-01"}
    part = {"line": "3", "net": "-100,00", "amount": "-119,00", "expenditure_type": "print"}
    payment = {"date": "2020-05-20", "amount": "-119,00"}
    return [
        *demo_records(),
        Record("receipt", "B99", {**receipt.values, **note, **amounts}, origin),
        Record("allocation", "B99/1", part, origin, "B99"),
        Record("payment", "B99/1", payment, origin, "B99"),
    ]


def two_plans() -> list[Record]:
    """Return the round with a second plan for the second notice, whose lines have the numbers of the first one's."""
    records = demo_records()
    plan = Record("plan", "FP2", {"notice": "ZB2"}, Origin("runde.xlsx"))
    lines = [replace(record, parent="FP2") for record in records if record.kind in ("expenditure_line", "income_line")]
    return [*records, plan, *lines]


def _changed(chosen: Callable[[Record], bool], values: Mapping[str, object]) -> list[Record]:
    return [
        replace(record, values={**record.values, **values}) if chosen(record) else record for record in demo_records()
    ]


ROUNDS: Mapping[str, Callable[[], list[Record]]] = {
    "one participant": alone,
    "thirteen participants": demo_records,
    "sixty participants": many,
    "one left": one_left,
    "an area without numbers": area_without_numbers,
    "one not released": one_withheld,
    "a saving unreadable": unreadable_saving,
    "money back": money_back,
    "two plans": two_plans,
}
"""The rounds by what they are like."""


def odd_report(name: str, more: tuple[Record, ...] = ()) -> Report:
    """Return the report of one of the rounds, with more records where given."""
    return report_of([*ROUNDS[name](), *more]) if more else _odd_report(name)


@cache
def _odd_report(name: str) -> Report:
    return report_of(ROUNDS[name]())
