"""The funding report (Verwendungsnachweis): what goes to the authority, from a Word template that officers can edit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from oekoreport import Document, Exporter, Message, Report, WaiverKind, catalogue
from oekoreport.kit import office
from oekoreport.kit.views import Views
from oekoreport_nrw import diagrams, receipts_list, word

_ = catalogue("oekoreport_nrw")

TEMPLATE = "nrw/verwendungsnachweis.docx"
NAME = "verwendungsnachweis"


class FundingReportOptions(BaseModel):
    """``pdf=auto`` makes a PDF beside the Word document where LibreOffice is installed, ``pdf=never`` does not."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pdf: Literal["auto", "never"] = "auto"


class FundingReport(Exporter[FundingReportOptions]):
    """Nothing internal stands in it: no finding, no rule's code, no cell; consents only as what was agreed to."""

    name: ClassVar[str] = "funding-report"
    title: ClassVar[Message] = _("Funding report")
    options: ClassVar[type[BaseModel]] = FundingReportOptions

    def render(self, report: Report, options: FundingReportOptions) -> Iterator[Document]:
        """Yield the Word document and, where wanted and possible, its PDF."""
        title = _("Funding report: {project}", project=word.project_title(report))
        document = word.document(report, (f"{NAME}.docx",), TEMPLATE, title, context(report))
        yield document
        if options.pdf == "auto" and office.available():
            pdf = office.to_pdf({NAME: document.content}).made[NAME]
            yield Document((f"{NAME}.pdf",), pdf, reproducible=False)

    def placeholders(
        self,
        report: Report,
        options: FundingReportOptions,  # noqa: ARG002 - they say nothing of the template
    ) -> Mapping[str, Mapping[str, object]]:
        """Return what the template may name."""
        return {TEMPLATE: context(report)}


def context(report: Report) -> dict[str, object]:
    """Return what the template may name: the project and its figures, charts, consents and the list of receipts.

    Where one participant alone withholds its figures, nobody's are printed: the total would give them away.
    """
    withheld = sum(not participant.released for participant in report.project.participants)
    views = Views(report)
    consents = [views.of(waiver) for waiver in report.project.waivers if waiver.waiver_kind is WaiverKind.CONSENT]
    return {
        **word.context(report, views),
        "withheld": withheld > 0,
        "one_withheld": withheld == 1,
        "consents": consents,
        "charts": diagrams.Charts(report),
        "receipts_listed": receipts_list.wanted(report),
        "columns": receipts_list.columns(report),
        "receipt_groups": receipts_list.expenditure(report, views),
        "income_groups": receipts_list.income(report, views),
    }
