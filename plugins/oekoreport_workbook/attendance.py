"""Attendance of participants at workshops, as a matrix."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from oekoreport import Figure, Message, Participant, Report, Workshop, catalogue, column_letters
from oekoreport.kit.sheets import BLANK, Live, Worksheet
from oekoreport_workbook.book import CohortBook
from oekoreport_workbook.fields import field, in_words, of_field, of_figure
from oekoreport_workbook.listing import Block, Column, keep_head, listing

_ = catalogue("oekoreport_workbook")

PRESENT, ABSENT, OPEN = "x", "–", "?"


def write(book: CohortBook, report: Report) -> None:
    """Write the sheets: the matrix, and the workshops."""
    note = _("x present, – not present, ? no entry. In brackets: entries on workshops that were not held.")
    sheet = book.sheet(_("Attendance"), _("Attendance at the workshops"), note=note)
    block = _matrix(sheet, report)
    keep_head(sheet, block, 1)
    sheet = book.sheet(_("Workshops"), _("The workshops"))
    keep_head(sheet, _workshops(sheet, report), 1)


def _matrix(sheet: Worksheet, report: Report) -> Block:
    workshops, people, figures = report.project.workshops, report.project.participants, report.figures
    cells = f"{column_letters(1)}{{row}}:{column_letters(len(workshops))}{{row}}"

    def attended(person: Participant) -> object:
        marks = [_mark(workshop, person) for workshop in workshops]
        return _counted(cells, marks, figures[f"attendance.present/{person.key}"])

    columns: list[Column[Participant]] = [
        of_field("participant", "name", title=_("Participant"), width=30, total=_("Present")),
        *(_at(workshop, index, sheet.row + 2, report) for index, workshop in enumerate(workshops, 1)),
        Column(_("Attended"), attended, "number", width=9),
        of_figure(figures, "attendance.rate", _("Rate"), width=9, total=figures["attendance.rate"]),
    ]
    return listing(sheet, columns, people)


def _at(workshop: Workshop, index: int, first: int, report: Report) -> Column[Participant]:
    """Return the column of a workshop; ``first`` is the number of the first participant's row."""
    people, letters = report.project.participants, column_letters(index)
    cells = f"{letters}{first}:{letters}{first + len(people) - 1}"
    present = report.figures[f"workshop.present/{workshop.key}"]
    total = _counted(cells, [_mark(workshop, person) for person in people], present)
    return Column(_heading(workshop), partial(_mark, workshop), "mark", width=10, total=total)


def _counted(cells: str, marks: Sequence[str], figure: Figure) -> object:
    """Return a live count of the marks in cells where it gives the figure, else the figure alone."""
    return Live(f'=COUNTIF({cells},"{PRESENT}")', figure) if marks.count(PRESENT) == figure.value else figure


def _heading(workshop: Workshop) -> Message:
    number, day = in_words(field(workshop, "number")), in_words(field(workshop, "date"))
    return _("No. {number} {day}", number=number, day=day)


def _mark(workshop: Workshop, person: Participant) -> str:
    entry = next((entry for entry in workshop.attendances if entry.participant == person.key), None)
    mark = OPEN if entry is None or entry.present is None else (PRESENT if entry.present else ABSENT)
    if workshop.was_held:
        return mark
    return BLANK if entry is None else f"({mark})"


def _workshops(sheet: Worksheet, report: Report) -> Block:
    columns = [
        of_field("workshop", "topic", title=_("Topic"), width=30),
        of_field("workshop", "number", "mark", title=_("Number")),
        of_field("workshop", "date", "mark", title=_("Date")),
        of_field("workshop", "state", "mark", title=_("State")),
        of_field("workshop", "format", "mark", title=_("Form of the workshop")),
        of_field("workshop", "place", "aside", title=_("Place")),
    ]
    return listing(sheet, columns, report.project.workshops)
