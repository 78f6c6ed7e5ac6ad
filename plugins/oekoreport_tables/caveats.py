"""What stands around a table and puts all of it in doubt: another unit above its heads, “alt” in its sheet's name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from oekoreport import Finding, Message, Severity, catalogue
from oekoreport.kit.tables import Book, Recognized, Sheet, scale_named, text_of

_ = catalogue("oekoreport_tables")

VOID = frozenset(
    {
        *("alt", "entwurf", "kopie", "storniert", "überholt", "ungültig", "vorjahr", "vorlage"),
        *("cancelled", "copy", "draft", "invalid", "old", "template"),
    }
)
"""Words that say that what a table holds does not, or not any more."""

PLANNED = frozenset({"geplant", "plan", "planung", "prognose", "soll", "forecast", "planned", "planning"})
"""Words that say that nothing of it has happened yet."""

HAPPENED = ("receipt", "allocation", "payment", "income", "attendance", "site_visit", "ledger_control")
"""The kinds of what has happened: a plan of them is none of their sheets."""

TITLE = 6
"""A longer text is a sentence, as the forms have above their heads, and no title."""


def caveats(book: Book, sheet: Sheet, match: Recognized, units: frozenset[str]) -> Iterator[Finding]:
    """Yield the questions that a sheet's name, and the texts above its heads, ask of all its entries.

    Args:
        book: the file.
        sheet: the sheet.
        match: its heads.
        units: the units that its heads name.
    """
    doubtful = VOID | PLANNED if match.layout.kind in HAPPENED else VOID
    if _words(sheet.name) & doubtful:
        told = _("The sheet is called “{name}”; its entries are read and count.", name=sheet.name)
        yield _asked("DATA-SHEET", book, sheet, 0, told, _("Rename the sheet if its entries hold, or delete it."))
    for row, text in _above(sheet, match):
        if (scale := scale_named(text)) and scale not in units:
            told = _("Above the table stands “{text}”, and no heading names that unit.", text=text)
            hint = _("Write the unit into the headings that it holds for, as “Betrag (TEUR)”, and delete the text.")
            yield _asked("DATA-UNIT", book, sheet, row, told, hint)
        elif len(text.split()) <= TITLE and _words(text) & doubtful:
            told = _("Above the table stands “{text}”; its entries are read and count.", text=text)
            yield _asked("DATA-SHEET", book, sheet, row, told, _("Delete the text if the entries hold, or the table."))


def _above(sheet: Sheet, match: Recognized) -> Iterator[tuple[int, str]]:
    """Yield row and text of the cells above the heads; of a form, those of rows without a value."""
    for number, row in enumerate(sheet.rows[: match.row - 1] if match.row else sheet.rows, 1):
        if match.row or not any(cell is not None for cell in row[1:]):
            yield from ((number, text_of(cell)) for cell in row if isinstance(cell, str))


def _words(text: str) -> set[str]:
    return set(re.split(r"[\W\d_]+", text.casefold()))


def _asked(  # noqa: PLR0913 - a finding is these parts
    code: str, book: Book, sheet: Sheet, row: int, message: Message, hint: Message
) -> Finding:
    return Finding(code, Severity.ERROR, message, book.place(sheet, row), hint=hint, question=True)
