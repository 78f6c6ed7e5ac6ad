"""Places of values in files: sheet and cell, line, or heading and paragraph."""

from __future__ import annotations

from typing import NamedTuple

from oekoreport.language import Locale, catalogue

_ = catalogue("oekoreport")


class Place(NamedTuple):
    """A point in a source. ``row``, ``line`` and ``paragraph`` count from 1; empty parts are left out when shown.

    A Word document has no lines: ``paragraph`` counts below the ``heading``, as a reader can; a table counts as one.
    """

    file: str
    sheet: str = ""
    column: str = ""
    row: int = 0
    line: int = 0
    heading: str = ""
    paragraph: int = 0

    @property
    def cell(self) -> str:
        """The cell's address (``F12``), or the row's number alone."""
        return f"{self.column}{self.row}" if self.row else ""

    def __str__(self) -> str:
        return self.localize(Locale("en"))

    def localize(self, locale: Locale) -> str:
        """Return the place as an officer reads it: ``belege.xlsx: Belege!F12``, ``bericht.md: line 3``."""
        if self.sheet:
            inside = f"{self.sheet}!{self.cell}" if self.column else self.sheet
            if self.row and not self.column:
                inside = f"{self.sheet}, {locale.show(_('row {row}', row=str(self.row)))}"
            return f"{self.file}: {inside}"
        if self.row:
            return f"{self.file}: {self.cell if self.column else locale.show(_('row {row}', row=str(self.row)))}"
        if self.line:
            return f"{self.file}: {locale.show(_('line {line}', line=str(self.line)))}"
        number = locale.show(_("paragraph {number}", number=str(self.paragraph))) if self.paragraph else ""
        inside = ", ".join(part for part in (self.heading, number) if part)
        return f"{self.file}: {inside}" if inside else self.file


def column_letters(index: int) -> str:
    """Return the letters of the column with this index, counted from 0: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, remainder = divmod(index - 1, 26)
        letters = chr(65 + remainder) + letters
    return letters
