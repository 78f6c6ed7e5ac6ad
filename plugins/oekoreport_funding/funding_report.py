"""The funding report (Verwendungsnachweis): what goes to the authority, as Word and as accessible PDF.

Both are made of the same values by a template each. Where the project has a Word template of its own and none for the
PDF, the PDF is made of the Word document: it must not say other things than the file that the officer looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pydantic import BaseModel, ConfigDict, Field

from oekoreport import Report, WaiverKind, catalogue
from oekoreport.kit.papers import PDF_CHOICES, Paper, PaperExporter, PdfChoice
from oekoreport.kit.views import Fields, Views
from oekoreport_funding import diagrams, receipts_list, receipts_parts, word

_ = catalogue("oekoreport_funding")

TEMPLATE = "funding/verwendungsnachweis.docx"
TYPST_TEMPLATE = "funding/verwendungsnachweis.typ"
NAME = "verwendungsnachweis"


class FundingReportOptions(BaseModel):
    """How the PDF beside the Word document is made."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pdf: PdfChoice = Field(default="auto", title="PDF", description=PDF_CHOICES)


class FundingReport(PaperExporter[FundingReportOptions]):
    """Nothing internal stands in it: no finding, no rule's code, no cell; consents only as what was agreed to."""

    name = "funding-report"
    title = _("Funding report")
    options = FundingReportOptions
    placeholder_titles = word.titles("verwendungsnachweis", "belegliste")

    def papers(self, report: Report, options: FundingReportOptions) -> Iterator[Paper]:
        """Yield the one paper; where the list of receipts is too long for a PDF, it has a PDF for each part of it."""
        title = _("Funding report: {project}", project=word.project_title(report))
        values = context(report.outward())
        paper = Paper((NAME,), title, values, TEMPLATE, TYPST_TEMPLATE, options.pdf, signable=True)
        yield replace(paper, pieces=tuple(_pieces(paper)))


def _pieces(paper: Paper) -> Iterator[Paper]:
    """Yield the PDF of the report, and those of the parts of its list; nothing where it fits into the report."""
    if paper.context["receipts_listed"] and receipts_parts.too_long(paper.context):
        for name, values in receipts_parts.parts(paper.context, NAME):
            yield replace(paper, name=(name,), context=values)


def context(report: Report) -> dict[str, object]:
    """Return what the templates may name: the project and its figures, charts, consents and the list of receipts."""
    views = Views(report)
    consents = [views.of(waiver) for waiver in report.project.waivers if waiver.waiver_kind is WaiverKind.CONSENT]
    return {
        **word.context(report, views, word.SETTLED),
        "withheld": not all(participant.released for participant in report.project.participants),
        "rows_withheld": report.figures.rows_withheld,
        "consents": consents,
        "signed": _signed(report),
        "charts": Fields("charts", diagrams.drawn(report)),
        "receipts_listed": receipts_list.wanted(report),
        "columns": receipts_list.columns(report),
        "receipt_groups": receipts_list.expenditure(report, views),
        "income_groups": receipts_list.income(report, views),
        "part": receipts_parts.WHOLE,
    }


def _signed(report: Report) -> str:
    """Return place and day of the signature, as the first confirmation that names them has them; empty for none."""
    confirmations = report.project.confirmations
    place = next((each.place for each in confirmations if each.place), None)
    day = next((each.date for each in confirmations if each.date), None)
    return ", ".join(report.locale.show(part) for part in (place, day) if part is not None)
