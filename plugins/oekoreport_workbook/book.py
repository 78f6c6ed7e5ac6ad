"""The workbook: formats shared by all sheets, properties, and bytes that do not depend on the clock."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from types import TracebackType
from typing import Any, Self

from oekoreport import Message, Report, catalogue
from oekoreport.kit.characters import marked
from oekoreport_workbook.sheet import Sheet
from oekoreport_workbook.styles import FONT, LOOKS, UNKNOWN_LOOK

_ = catalogue("oekoreport_workbook")

EPOCH = datetime(1980, 1, 1)  # noqa: DTZ001 - the file's stamps have no zone; the day archives count from
LONGEST_PROPERTY = 255


class Book:
    """A workbook that is written within ``with``; afterwards ``content`` holds its bytes."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.locale = report.locale
        self.content = b""
        self._notes: dict[tuple[str, str], Message] = {}
        self._buffer = BytesIO()
        self._formats: dict[tuple[str, str, bool], Any] = {}
        self._sheets: list[Sheet] = []

    def __enter__(self) -> Self:
        import xlsxwriter

        # the library writes into what it is given as default
        self._workbook = xlsxwriter.Workbook(self._buffer, {"in_memory": True, "default_format_properties": dict(FONT)})
        self._workbook.set_properties(self._properties())
        self._workbook.set_custom_property("Language", self.locale.language)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            for sheet in self._sheets:
                sheet.finish()
            self._workbook.close()
            self.content = self._buffer.getvalue()

    def _properties(self) -> dict[str, object]:
        report, show = self.report, self.locale.show
        recipient, name = report.project.recipient, report.project.title or _("round without a title")
        words = {
            "title": show(Message("{kind}: {name}", kind=_("Cohort spreadsheet"), name=name)),
            "subject": report.project.purpose or "",
            "author": (recipient and recipient.name) or "",
            "keywords": "ÖKOPROFIT",
            "category": show(_("Cohort spreadsheet")),
            "status": self.banner(),
        }
        created = datetime.combine(report.date, time()) if report.date else EPOCH
        return {**{name: marked(text)[:LONGEST_PROPERTY] for name, text in words.items()}, "created": created}

    def note(self, sheet: str, cell: str, note: Message) -> None:
        """Keep a note on a cell: what a name has in it is noted once a sheet, however often it stands there."""
        place = {"sheet": sheet, "cell": cell, "note": note}
        self._notes.setdefault((sheet, note), _("Sheet “{sheet}”, cell {cell}: {note}.", **place))

    @property
    def notes(self) -> tuple[Message, ...]:
        """What could not be written as it was."""
        return tuple(self._notes.values())

    def banner(self) -> str:
        """Return how the documents are marked: as draft, as made from sample data, or not at all."""
        marks = [_("DRAFT")] * self.report.draft + [_("SAMPLE DATA")] * self.report.sample
        return " · ".join(self.locale.show(mark) for mark in marks)

    def sheet(self, name: Message, title: Message | None = None, *, note: Message | None = None) -> Sheet:
        """Add a sheet with its title and banner."""
        sheet = Sheet(self, self._workbook.add_worksheet(self.locale.show(name)), self.locale.show(name))
        self._sheets.append(sheet)
        sheet.open(title or name, note)
        return sheet

    def chart(self, kind: str, subtype: str = "") -> Any:
        """Return a new chart, to be placed with ``Sheet.place_chart``."""
        options = {"type": kind, "subtype": subtype} if subtype else {"type": kind}
        return self._workbook.add_chart(options)

    def style(self, look: str, number: str = "", *, unknown: bool = False) -> Any:
        """Return the format of a look with a number format, made once."""
        key = (look, number, unknown)
        if key not in self._formats:
            properties = {**FONT, **LOOKS[look], **(UNKNOWN_LOOK if unknown else {})}
            self._formats[key] = self._workbook.add_format(properties | ({"num_format": number} if number else {}))
        return self._formats[key]

    def overlay(self, **properties: object) -> Any:
        """Return a format for conditions, which is laid over that of the cell."""
        return self._workbook.add_format(properties)
