"""A workbook while it is written: its properties, its sheets, and bytes that do not depend on the clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Any

from oekoreport.characters import marked
from oekoreport.language import Locale, Message
from oekoreport.places import Place
from oekoreport.sheets.writer.looks import Formats, Looks
from oekoreport.sheets.writer.sheet import Worksheet

LONGEST_PROPERTY = 255


class Workbook:
    """Writes sheets; ``close`` returns the workbook's bytes, the same for the same contents.

    Args:
        file: what errors call it.
        locale: the language of what is shown, and of how numbers and days look.
        looks: the palette.
        created: when the file says that it was made; fixed, or the bytes would depend on the clock.
        properties: title, author and other texts that programs show of a file.
        custom: further properties by their names.
        whole: refuse a text that is longer than a cell; otherwise it is cut, and ``notes`` tell.
    """

    def __init__(  # noqa: PLR0913 - what a file is made of
        self,
        file: str,
        locale: Locale,
        looks: Looks,
        *,
        created: datetime,
        properties: Mapping[str, str],
        custom: Mapping[str, str],
        whole: bool = False,
    ) -> None:
        import xlsxwriter

        self.locale = locale
        self._file = file
        self._whole = whole
        self._buffer = BytesIO()
        options = {"in_memory": True, "default_format_properties": dict(looks.font)}
        self._native = xlsxwriter.Workbook(self._buffer, options)
        texts = {name: marked(text)[:LONGEST_PROPERTY] for name, text in properties.items()}
        self._native.set_properties({**texts, "created": created})
        for name, value in custom.items():
            self._native.set_custom_property(name, value)
        self._formats = Formats(self._native, looks, locale)
        self._sheets: list[Worksheet] = []

    def sheet(self, name: str) -> Worksheet:
        """Add a sheet."""
        native, place = self._native.add_worksheet(name), Place(self._file, name)
        self._sheets.append(Worksheet(native, place, self._formats, whole=self._whole))
        return self._sheets[-1]

    def chart(self, kind: str) -> Any:
        """Return a new chart of XlsxWriter, to be placed with ``Worksheet.place_chart``."""
        return self._native.add_chart({"type": kind})

    @property
    def notes(self) -> tuple[Message, ...]:
        """What could not be written as it was, sheet by sheet."""
        return tuple(note for sheet in self._sheets for note in sheet.notes.values())

    def close(self) -> bytes:
        """Finish the sheets and return the workbook's bytes."""
        for sheet in self._sheets:
            sheet.finish()
        self._native.close()
        for done in (*self._native.worksheets(), self._native):
            vars(done).clear()  # they name each other: what a large book holds would stay beside the next one
        return self._buffer.getvalue()
