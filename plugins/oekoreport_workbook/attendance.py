"""Attendance: who came to which workshop, as a matrix."""

from __future__ import annotations

from collections.abc import Sequence

from oekoreport import Message, Participant, Report, Workshop, catalogue, column_letters
from oekoreport.kit.sheets import BLANK, Live, Worksheet
from oekoreport_workbook.book import CohortBook
from oekoreport_workbook.fields import field, in_words
from oekoreport_workbook.listing import Block, Head, keep_head, listing

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
    columns = [
        Head(_("Participant"), width=30),
        *(Head(_heading(workshop), "mark", width=10) for workshop in workshops),
        Head(_("Attended"), "number", width=9),
        Head(_("Rate"), "number", width=9),
    ]
    first, last = column_letters(1), column_letters(len(workshops))
    marks = [[_mark(workshop, person) for workshop in workshops] for person in people]
    rows = []
    for person, row in zip(people, marks, strict=True):
        present = figures[f"attendance.present/{person.key}"]
        attended: object = present
        if restates(row, present.value):
            attended = Live(f'=COUNTIF({first}{{row}}:{last}{{row}},"{PRESENT}")', present)
        rows.append([field(person, "name"), *row, attended, figures[f"attendance.rate/{person.key}"]])
    totals = [_("Present"), *_presences(sheet.row + 1, report, marks), BLANK, figures["attendance.rate"]]
    return listing(sheet, columns, rows, totals=totals)


def _heading(workshop: Workshop) -> Message:
    number, day = in_words(field(workshop, "number")), in_words(field(workshop, "date"))
    return _("No. {number} {day}", number=number, day=day)


def _mark(workshop: Workshop, person: Participant) -> str:
    entry = next((entry for entry in workshop.attendances if entry.participant == person.key), None)
    mark = OPEN if entry is None or entry.present is None else (PRESENT if entry.present else ABSENT)
    if workshop.was_held:
        return mark
    return BLANK if entry is None else f"({mark})"


def _presences(first: int, report: Report, marks: Sequence[Sequence[str]]) -> list[object]:
    """Return how many were present at each workshop: a live count where it gives the figure."""
    cells: list[object] = []
    for index, workshop in enumerate(report.project.workshops):
        figure = report.figures[f"workshop.present/{workshop.key}"]
        letters = column_letters(index + 1)
        counted = restates([row[index] for row in marks], figure.value)
        formula = f'=COUNTIF({letters}{first + 1}:{letters}{first + len(marks)},"{PRESENT}")'
        cells.append(Live(formula, figure) if counted else figure)
    return cells


def restates(marks: Sequence[str], value: object) -> bool:
    """Tell whether counting the marks gives the figure: then a formula may stand for it."""
    return list(marks).count(PRESENT) == value


def _workshops(sheet: Worksheet, report: Report) -> Block:
    columns = [
        Head(_("Topic"), width=30),
        *(Head(title, "mark") for title in (_("Number"), _("Date"), _("State"), _("Held as"))),
        Head(_("Place"), "aside"),
    ]
    names = ("topic", "number", "date", "state", "format", "place")
    return listing(sheet, columns, [[field(shop, name) for name in names] for shop in report.project.workshops])
