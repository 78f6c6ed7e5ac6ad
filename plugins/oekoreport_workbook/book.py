"""The cohort workbook: its properties, and sheets that begin with title, reference date and banner."""

from __future__ import annotations

from datetime import datetime, time

from oekoreport import INTERNAL, UNKNOWN, Document, Message, Noun, Report, catalogue
from oekoreport.kit.sheets import A3, Workbook, Worksheet, running_text
from oekoreport_workbook.looks import looks

_ = catalogue("oekoreport_workbook")

NOTHING = "–"
"""What stands for the key of a row that its owner gave none."""

EPOCH = datetime(1980, 1, 1)  # noqa: DTZ001 - the file's stamps have no zone; the day archives count from


class CohortBook:
    """Writes the sheets of a report; ``close`` returns the document, called ``name``."""

    def __init__(self, report: Report, name: tuple[str, ...], title: Message) -> None:
        self.report = report
        self.outward = name[0] != INTERNAL
        self.locale = report.locale
        self.title = title
        self._name = name
        self._workbook = Workbook(
            name[-1],
            report.locale,
            looks(report.locale.language),
            created=datetime.combine(report.date, time()) if report.date else EPOCH,
            properties=self._properties(),
            custom={"Language": self.locale.language},
        )
        self.chart = self._workbook.chart

    def _properties(self) -> dict[str, str]:
        report, show = self.report, self.locale.show
        recipient, name = report.project.recipient, report.project.title or _("round without a title")
        return {
            "title": show(Message("{kind}: {name}", kind=self.title, name=name)),
            "subject": report.project.purpose or "",
            "author": (recipient and recipient.name) or "",
            "keywords": "ÖKOPROFIT",
            "category": show(self.title),
            "status": self._banner(),
        }

    def _banner(self) -> str:
        """Return how the documents are marked: as draft, as made from sample data, or not at all."""
        marks = [_("DRAFT")] * self.report.draft + [_("SAMPLE DATA")] * self.report.sample
        return " · ".join(self.locale.show(mark) for mark in marks)

    def key(self, noun: Noun) -> str:
        """Return the key that a row is known by; a number of ours only inside the house."""
        return (self.report.origins.typed_key(noun.identity) or NOTHING) if self.outward else noun.key

    def sheet(self, name: Message, title: Message | None = None, *, note: Message | None = None) -> Worksheet:
        """Add a sheet with title, project, reference date, banner and note; the cursor stands below them."""
        sheet = self._workbook.sheet(self.locale.show(name))
        sheet.set_up(self._footer(sheet.name), side=0.5, top=0.6, bottom=0.7, largest=A3)
        sheet.accept_numbers_as_text()
        sheet.heights[0] = 28
        sheet.put(0, 0, title or name, "title", wide=False)
        sheet.put(1, 0, self._subtitle(), "subtitle", wide=False)
        sheet.row = 2
        if banner := self._banner():
            sheet.heights[2] = 20
            sheet.put(2, 0, banner, "banner", wide=False)
            sheet.stretch(2, "banner_rest")
            sheet.row = 3
        if note:
            sheet.put(sheet.row, 0, note, "subtitle", wide=False)
            sheet.row += 1
        sheet.row += 1
        return sheet

    def _subtitle(self) -> Message:
        report = self.report
        day = _("reference date {day}", day=report.date) if report.date else _("no reference date")
        return Message("{project} · {day}", project=report.project.title or UNKNOWN, day=day)

    def _footer(self, sheet: str) -> str:
        title = running_text(self.report.project.title or "")
        page = _("Page {page} of {pages}", page="&P", pages="&N")
        return f"&L&9 {title}&C&9 {self._banner()}&R&9 {sheet} · {self.locale.show(page)}"

    def close(self) -> Document:
        """Return the document, with notes on what could not be written as it was."""
        return Document(self._name, self._workbook.close(), self._workbook.notes)
