"""The funding report (Verwendungsnachweis): what goes to the authority, as Word and as accessible PDF.

Both are made of the same values by a template each. Where the project has a Word template of its own and none for the
PDF, the PDF is made of the Word document: it must not say other things than the file that the officer looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from oekoreport import Document, Exporter, Message, OekoreportError, Report, WaiverKind, catalogue
from oekoreport.kit import office
from oekoreport.kit.pdf import Manuscript, Press
from oekoreport.kit.plain import Names, plain
from oekoreport.kit.view import Fields
from oekoreport.kit.views import Views
from oekoreport_nrw import diagrams, receipts_list, word

_ = catalogue("oekoreport_nrw")

TEMPLATE = "nrw/verwendungsnachweis.docx"
TYPST_TEMPLATE = "nrw/verwendungsnachweis.typ"
NAME = "verwendungsnachweis"

NO_OFFICE = _(
    "There is no PDF: the Word template is the project's own, and LibreOffice, which would turn the document into PDF, "
    "is not installed. Save it as PDF in Word, or put a template {template} beside your own.",
    template=TYPST_TEMPLATE,
)


class NoPdf(OekoreportError):
    """A PDF was asked for that LibreOffice makes, and there is none."""

    def __init__(self, reason: Message) -> None:
        super().__init__(
            reason, hint=_("Build with -o funding-report.pdf=typst, which needs no LibreOffice, or with pdf=never.")
        )


class FundingReportOptions(BaseModel):
    """How the PDF beside the Word document is made."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pdf: Literal["auto", "typst", "office", "never"] = Field(
        default="auto",
        title="PDF",
        description=(
            "typst makes an accessible PDF from the PDF template, office turns the Word document into PDF, "
            "never makes none; auto is typst, but office where the Word template alone is the project's own."
        ),
    )


class FundingReport(Exporter[FundingReportOptions]):
    """Nothing internal stands in it: no finding, no rule's code, no cell; consents only as what was agreed to."""

    name: ClassVar[str] = "funding-report"
    title: ClassVar[Message] = _("Funding report")
    options: ClassVar[type[BaseModel]] = FundingReportOptions

    def render(self, report: Report, options: FundingReportOptions) -> Iterator[Document]:
        """Yield the Word document and, where wanted and possible, its PDF."""
        title = _("Funding report: {project}", project=word.project_title(report))
        values = context(report)
        document = word.document(report, (f"{NAME}.docx",), TEMPLATE, title, values)
        match _way(report, options):
            case "typst":
                yield document
                yield _printed(report, title, values)
            case "office":
                yield document
                yield _converted(document)
            case "office, if possible":
                yield from _converted_if_possible(document)
            case _:
                yield document

    def placeholders(
        self,
        report: Report,
        options: FundingReportOptions,  # noqa: ARG002 - they say nothing of the template
    ) -> Mapping[str, Mapping[str, object]]:
        """Return what the template may name."""
        return {TEMPLATE: context(report)}


def _way(report: Report, options: FundingReportOptions) -> str:
    """Return how the PDF is made: as chosen or, where that is open, so that it says what the Word document says."""
    if options.pdf != "auto":
        return options.pdf
    report.templates.find(TYPST_TEMPLATE)  # noted as asked for, so that a batch builds anew where an own one is added
    own_word, own_typst = report.templates.is_own(TEMPLATE), report.templates.is_own(TYPST_TEMPLATE)
    return "office, if possible" if own_word and not own_typst else "typst"


def _printed(report: Report, title: Message, values: Mapping[str, object]) -> Document:
    template = report.templates.read(TYPST_TEMPLATE)
    data = plain(values, Names(template), report.locale)
    with Press(template, TYPST_TEMPLATE) as press:
        manuscript = Manuscript(data, report.locale.show(title), report.locale.language, report.date)
        return Document((f"{NAME}.pdf",), *press.print(manuscript))


def _converted(document: Document) -> Document:
    if not office.available():
        raise NoPdf(_("LibreOffice is not installed."))
    result = office.to_pdf({NAME: document.content})
    for reason in result.failed.values():
        raise NoPdf(reason)
    return Document((f"{NAME}.pdf",), result.made[NAME], reproducible=False)


def _converted_if_possible(document: Document) -> Iterator[Document]:
    """Yield the Word document and its PDF, or the Word document with a note that says why there is none."""
    if not office.available():
        yield replace(document, notes=(*document.notes, NO_OFFICE))
        return
    result = office.to_pdf({NAME: document.content})
    yield replace(document, notes=(*document.notes, *result.failed.values()))
    for content in result.made.values():
        yield Document((f"{NAME}.pdf",), content, reproducible=False)


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
