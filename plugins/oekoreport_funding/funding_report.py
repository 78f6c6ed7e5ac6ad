"""The funding report (Verwendungsnachweis): what goes to the authority, as Word and as accessible PDF.

Both are made of the same values by a template each. Where the project has a Word template of its own and none for the
PDF, the PDF is made of the Word document: it must not say other things than the file that the officer looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field

from oekoreport import Document, Exporter, Message, Report, WaiverKind, catalogue
from oekoreport.kit.pdf import PDF_CHOICES, Manuscript, PdfChoice, Press, TemplatePair, way_of
from oekoreport.kit.views import Fields, Names, Views, plain
from oekoreport_funding import diagrams, receipts_list, word

_ = catalogue("oekoreport_funding")

TEMPLATE = "funding/verwendungsnachweis.docx"
TYPST_TEMPLATE = "funding/verwendungsnachweis.typ"
NAME = "verwendungsnachweis"

TEMPLATES = TemplatePair("funding-report", TEMPLATE, TYPST_TEMPLATE)

TITLES = {
    "withheld": _("A participant withholds its figures"),
    "one_withheld": _("One participant alone withholds its figures, so nobody’s are printed"),
    "consents": _("Consents of the authority"),
    "charts.areas": _("Chart: savings by area"),
    "charts.payback": _("Chart: payback periods"),
    "charts.lines": _("Chart: plan and account"),
}


class FundingReportOptions(BaseModel):
    """How the PDF beside the Word document is made."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pdf: PdfChoice = Field(default="auto", title="PDF", description=PDF_CHOICES)


class FundingReport(Exporter[FundingReportOptions]):
    """Nothing internal stands in it: no finding, no rule's code, no cell; consents only as what was agreed to."""

    name: ClassVar[str] = "funding-report"
    title: ClassVar[Message] = _("Funding report")
    options: ClassVar[type[BaseModel]] = FundingReportOptions
    placeholder_titles: ClassVar[Mapping[str, Message]] = {**word.TITLES, **receipts_list.TITLES, **TITLES}

    def render(self, report: Report, options: FundingReportOptions) -> Iterator[Document]:
        """Yield the Word document and, where wanted and possible, its PDF."""
        title = _("Funding report: {project}", project=word.project_title(report))
        values = context(report)
        way = way_of(report, TEMPLATES, options.pdf)
        yield from way.documents(_in_word(report, title, values), _in_typst(report, title, values))

    def placeholders(
        self,
        report: Report,
        options: FundingReportOptions,  # noqa: ARG002 - they say nothing of the template
    ) -> Mapping[str, Mapping[str, object]]:
        """Return what the template may name."""
        return {TEMPLATE: context(report)}


def _in_word(report: Report, title: Message, values: Mapping[str, object]) -> Iterator[Document]:
    yield word.document(report, (f"{NAME}.docx",), TEMPLATE, title, values)


def _in_typst(report: Report, title: Message, values: Mapping[str, object]) -> Iterator[Document]:
    template = report.templates.read(TYPST_TEMPLATE)
    given = plain(values, Names(template), report.locale)
    with Press(template, TYPST_TEMPLATE, given.files) as press:
        manuscript = Manuscript(given.data, report.locale.show(title), report.locale.language, report.date)
        yield Document((f"{NAME}.pdf",), *press.print(manuscript))


def context(report: Report) -> dict[str, object]:
    """Return what the templates may name: the project and its figures, charts, consents and the list of receipts.

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
        "charts": Fields("charts", diagrams.drawn(report)),
        "receipts_listed": receipts_list.wanted(report),
        "columns": receipts_list.columns(report),
        "receipt_groups": receipts_list.expenditure(report, views),
        "income_groups": receipts_list.income(report, views),
    }
