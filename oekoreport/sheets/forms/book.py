"""A workbook of forms while it is written: its sheets, what is put into them, and the lists of its drop-downs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from oekoreport.language import Locale, Message, catalogue
from oekoreport.places import column_letters
from oekoreport.sheets.forms.layout import LISTS_SHEET
from oekoreport.sheets.forms.looks import GREEN, GREY, LOOKS
from oekoreport.sheets.forms.values import Written
from oekoreport.sheets.writer import BLANK, Workbook, Worksheet

_ = catalogue("oekoreport")

CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - a constant, and spreadsheets know no time zones

Offered = Mapping[tuple[str, str], Mapping[str, Message | str]]
"""Choices of fields that the model leaves open: by kind and field, what may be written, and what each means."""


class FormBook:
    """Writes sheets; ``close`` returns the workbook's bytes."""

    def __init__(
        self, locale: Locale, file: str, properties: Mapping[str, str], title: str, offered: Offered | None = None
    ) -> None:
        self.locale = locale
        self.offered = offered or {}
        texts = {"title": title, "author": "oekoreport", "comments": ""}
        self._book = Workbook(file, locale, LOOKS, created=CREATED, properties=texts, custom=properties, whole=True)
        self._lists: list[tuple[str, ...]] = []
        self._formulas: dict[tuple[str, ...], str] = {}

    def sheet(self, name: Message, *, colour: str = GREEN) -> Worksheet:
        """Add a sheet."""
        sheet = self._book.sheet(self.locale.show(name))
        sheet.colour(colour)
        sheet.set_up("&L&8&F – &A&R&8&P / &N", side=0.4, top=0.6, bottom=0.6)
        return sheet

    def choices(self, texts: Sequence[str]) -> str:
        """Return the formula of a list of choices; it is written to the sheet of lists when the book is closed."""
        key = tuple(texts)
        if key not in self._formulas:
            column = column_letters(len(self._lists))
            name = self.locale.show(LISTS_SHEET)
            self._formulas[key] = f"='{name}'!${column}$2:${column}${len(key) + 1}"
            self._lists.append(key)
        return self._formulas[key]

    def close(self) -> bytes:
        """Write the lists, finish the workbook and return its bytes."""
        if self._lists:
            lists = self.sheet(LISTS_SHEET, colour=GREY)
            lists.put(0, 0, _("The choices of the drop-downs; do not change."), "hint")
            for column, texts in enumerate(self._lists):
                for row, text in enumerate(texts, 1):
                    lists.put(row, column, text, "choice")
                lists.widths.fix(column, max((len(text) for text in texts), default=0) + 4)
            lists.hide()
        return self._book.close()


def put(sheet: Worksheet, row: int, column: int, value: Written, look: str) -> None:
    """Put an entry into a cell that somebody fills in: where nothing is known it stays empty, without a mark."""
    entry = BLANK if value is None else float(value) if isinstance(value, Decimal) else value
    sheet.put(row, column, entry, look, wide=False)


def shown(locale: Locale, *messages: Message | str) -> str:
    """Return messages in the form's language, a line each."""
    return "\n".join(locale.show(message) for message in messages)
