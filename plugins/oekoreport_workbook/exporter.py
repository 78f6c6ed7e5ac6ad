"""The cohort spreadsheet: a sheet for each question that is asked of a round, once for others and once for inside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import ModuleType

from oekoreport import INTERNAL, Document, Exporter, NoOptions, Report, catalogue
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

NAME = ("kohorte.xlsx",)
TITLE = _("Cohort spreadsheet")
INTERNAL_NAME = (INTERNAL, "kohorte-intern.xlsx")
"""Its file has a name of its own: Excel opens no two files of one name at once."""

INTERNAL_TITLE = _("Cohort spreadsheet (internal)")

SHEETS = (overview, participants, measures, savings, attendance, keyfigures, accounts, receipts)
"""The modules that write one sheet each, in the order of the tabs."""

INSIDE = (verdicts, origins)
"""Those whose sheets nobody outside is given."""


class CohortWorkbook(Exporter[NoOptions]):
    """One workbook may be passed on: it holds what participants released. One stays inside: it holds everything.

    Sums are live formulas with their values written, so a reader can follow them and a preview shows them.
    """

    name = "workbook"
    title = TITLE
    options = NoOptions

    def render(self, report: Report, options: NoOptions) -> Iterator[Document]:  # noqa: ARG002 - it has none
        """Yield both workbooks."""
        outward = report.outward()
        yield _written(CohortBook(outward, NAME, TITLE), outward, SHEETS)
        yield _written(CohortBook(report, INTERNAL_NAME, INTERNAL_TITLE), report, (*SHEETS, *INSIDE))


def _written(book: CohortBook, report: Report, sheets: Iterable[ModuleType]) -> Document:
    for sheet in sheets:
        sheet.write(book, report)
    return book.close()
