"""What each sheet of a file is, by its name and its heads; and what is told of one that is not read."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import PurePosixPath

from oekoreport import Finding, Severity, catalogue, numbers_left_out
from oekoreport.kit.folder import EVIDENCE_FOLDER, INTAKE_FOLDER, PROJECT_STEMS
from oekoreport.kit.forms import SINGLE, TEMPLATE_PROPERTY
from oekoreport.kit.tables import Book, Recognized, Sheet, recognize, resembled
from oekoreport_tables.leftout import are_numbers, numbers_in

_ = catalogue("oekoreport_tables")

ACCOUNT = ("iban", "bank")
"""The fields of a bank account; a company's is never the recipient's, so that one is asked about."""


def recognized(book: Book, sheet: Sheet) -> list[Recognized]:
    """Return what a sheet can be; of what a project has once, no company's file says anything."""
    path = PurePosixPath(book.file)
    found = recognize(sheet, sheet.name or path.stem, own=is_own(book))
    return [match for match in found if not (is_returned(book) and match.layout.kind in SINGLE)]


def is_own(book: Book) -> bool:
    """Tell whether a file is the project workbook: by its mark, or by its name in the project's folder."""
    path = PurePosixPath(book.file)
    marked = book.properties.get(TEMPLATE_PROPERTY, "").startswith("project ")
    return marked or (len(path.parts) == 1 and path.stem.casefold() in PROJECT_STEMS)


def is_returned(book: Book) -> bool:
    """Tell whether a file came back from a company: by its folder, or by the mark of our intake form."""
    marked = book.properties.get(TEMPLATE_PROPERTY, "").startswith("intake ")
    return marked or book.file.startswith(f"{INTAKE_FOLDER}/")


def unread_sheet(book: Book, sheet: Sheet, found: list[Recognized], *, alone: bool) -> Finding:
    """Return what is told of a sheet that is not read: an open question where numbers, or a company's word, go missing.

    Args:
        book: the file.
        sheet: the sheet.
        found: the kinds that it may be of, if there are several.
        alone: whether nothing else of the file is read.
    """
    seen, numbers = resembled(sheet), _has_numbers(sheet)
    asked = (numbers and not _is_evidence(book)) or (alone and is_returned(book))
    hint = _("Rename the sheet to the name that it has in the form, or enter elsewhere what it says and delete it.")
    if numbers and is_own(book) and not found and seen is None:  # the officer's own reckoning may well stand there
        told = _("The sheet is not recognised; its numbers are not read.")
        numbers_there = list(numbers_in(cell for row in sheet.rows for cell in row))
        return numbers_left_out(book.place(sheet), "", numbers_there, told, hint)
    if found:
        labels = tuple(match.layout.title for match in found)
        message = _("The sheet is ambiguous and is not read: {labels}.", labels=labels)
    elif seen is None:
        message = _("The sheet is not recognised and is not read.")
    elif seen.row and not seen.fields.intersection(ACCOUNT):
        message, asked, numbers = _("The sheet is a list of addresses; it is not read."), False, False
    else:
        message, asked = _("The sheet looks like “{sheet}” and is not read.", sheet=seen.layout.title), True
        hint = _(
            "If these are the project’s own data, enter them in the project workbook; then move the file elsewhere."
        )
    severity = Severity.WARNING if found or asked or numbers else Severity.NOTE
    return Finding("DATA-SHEET", severity, message, book.place(sheet), hint=hint, question=asked)


def _is_evidence(book: Book) -> bool:
    return book.file.startswith(f"{EVIDENCE_FOLDER}/")


def _has_numbers(sheet: Sheet) -> bool:
    """Tell whether a sheet has a column of numbers."""
    columns = zip_longest(*sheet.rows)
    return any(are_numbers(cell for cell in column if cell is not None) for column in columns)
