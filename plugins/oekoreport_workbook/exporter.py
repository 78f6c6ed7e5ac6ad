"""The cohort spreadsheet: one workbook, a sheet for each question that is asked of a round."""

from __future__ import annotations

from collections.abc import Iterator

from oekoreport import Document, Exporter, NoOptions, Report, catalogue
from oekoreport_workbook import (
    accounts,
    attendance,
    keyfigures,
    measures,
    origins,
    overview,
    participants,
    receipts,
    savings,
    verdicts,
)
from oekoreport_workbook.book import CohortBook

_ = catalogue("oekoreport_workbook")

SHEETS = (overview, participants, measures, savings, attendance, keyfigures, accounts, receipts, verdicts, origins)
"""The modules that write one sheet each, in the order of the tabs."""


class CohortWorkbook(Exporter[NoOptions]):
    """Sums are live formulas with their values written, so a reader can follow them and a preview shows them."""

    name = "workbook"
    title = _("Cohort spreadsheet")
    options = NoOptions

    def render(self, report: Report, options: NoOptions) -> Iterator[Document]:  # noqa: ARG002 - it has none
        """Yield the one workbook."""
        book = CohortBook(report)
        for sheet in SHEETS:
            sheet.write(book, report)
        yield book.close()
