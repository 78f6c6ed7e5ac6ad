"""Attendance as a matrix: a row for each participant, a column for each workshop."""

from __future__ import annotations

from collections.abc import Iterator

from oekoreport import UNREADABLE, Finding, Record, Role, Severity, catalogue, column_letters
from oekoreport.kit.tables import Cell, text_of
from oekoreport_tables.cells import mark_finding
from oekoreport_tables.headings import Headings
from oekoreport_tables.rows import SheetReading
from oekoreport_tables.totals import is_total

_ = catalogue("oekoreport_tables")

ONLINE = "online"
DESCRIPTIVE = "name"
"""The heading of a column that only describes the participant."""


def read_matrix(reading: SheetReading) -> Iterator[Record | Finding]:
    """Yield an attendance for each filled cell; an empty one says nothing."""
    who = _participant_column(reading)
    workshops = workshop_columns(reading.headings)
    letters = {index: {"participant": column_letters(who), "present": column_letters(index)} for index in workshops}
    for number, row in enumerate(reading.sheet.rows[reading.match.row :], reading.match.row + 1):
        participant = text_of(row[who]) if who < len(row) else ""
        if is_total(participant):
            yield reading.skip(number, reading.total(number), Role.LABEL)
            continue
        filled = [index for index in workshops if index < len(row) and row[index] is not None]
        if filled and not participant:
            yield reading.skip(number, _nobody(reading, number))
            continue
        for index in filled:
            yield from _attendance(reading, number, workshops[index], participant, row[index], letters[index])


def _attendance(  # noqa: PLR0913 - a cell of the matrix is these parts
    reading: SheetReading, number: int, workshop: str, participant: str, cell: Cell, letters: dict[str, str]
) -> Iterator[Record | Finding]:
    key = f"{workshop}/{participant}"
    origin = reading.origin(number, letters)
    if finding := mark_finding(cell, origin.place("present"), ("attendance", key)):
        yield finding
    present = True if isinstance(cell, str) and cell.strip().casefold() == ONLINE else cell
    values = {"participant": participant, "present": UNREADABLE if finding else present}
    yield Record("attendance", key, values, origin, workshop)


def workshop_columns(headings: Headings) -> dict[int, str]:
    """Return the heads of the columns that are workshops: all but those of fields and of a description."""
    return {index: text for index, text in headings.others.items() if text.casefold() != DESCRIPTIVE}


def _participant_column(reading: SheetReading) -> int:
    fields = reading.headings.fields("attendance")
    return next((index for index, name in fields.items() if name == "participant"), 0)


def _nobody(reading: SheetReading, number: int) -> Finding:
    return Finding(
        "DATA-KEY",
        Severity.ERROR,
        _("The row names no participant and is not read."),
        reading.book.place(reading.sheet, number),
        hint=_("Write the participant's key in the first column."),
    )
