"""The two ways to the PDF of a Word document: Typst prints the same values, or LibreOffice turns the document into PDF.

Typst is the way where both templates come with the product, for they say the same. Where a project has a Word template
of its own and none for Typst, the PDF is made of the Word document: it must not say other things than the file that the
officer looked at. LibreOffice may be missing; then the Word documents say why there is no PDF, and what to do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Literal

from pydantic import BeforeValidator

from oekoreport.documents.pdf import office
from oekoreport.errors import OekoreportError
from oekoreport.language import Message, catalogue
from oekoreport.report import Document, Report

_ = catalogue("oekoreport")

Choice = Literal["auto", "typst", "office", "never"]
"""What makes a PDF; ``PDF_CHOICES`` says what each means."""

YES_OR_NO: dict[str, Choice] = {
    **dict.fromkeys(("yes", "true", "on", "1"), "auto"),
    **dict.fromkeys(("no", "false", "off", "0"), "never"),
}
"""Accepted besides the ways' own names: the option of the certificates used to be yes or no."""


def _spelled(value: object) -> object:
    return YES_OR_NO.get(str(value).casefold(), value)


PdfChoice = Annotated[Choice, BeforeValidator(_spelled)]
"""The type of an exporter's option; ``PDF_CHOICES`` says what it means."""

PDF_CHOICES = (
    "typst makes an accessible PDF from the PDF template, office turns the Word document into PDF, never makes none; "
    "auto is typst, but office where the Word template alone is the project's own."
)
"""What an exporter's description says of its option ``pdf``."""


class NoPdf(OekoreportError):
    """LibreOffice made none of the PDFs that were asked for."""

    def __init__(self, reason: Message, exporter: str) -> None:
        super().__init__(
            reason,
            hint=_(
                "Build with -o {exporter}.pdf=typst, which needs no LibreOffice, or with pdf=never.", exporter=exporter
            ),
        )


@dataclass(frozen=True, slots=True)
class TemplatePair:
    """The names of the two templates of a document, and of the exporter whose option ``pdf`` chooses the way."""

    exporter: str
    word: str
    typst: str


def way_of(report: Report, pair: TemplatePair, choice: Choice, *, with_word: bool = True) -> Way:
    """Return how the PDFs are made: as chosen, or else the way that prints the same text as the Word template.

    Without Word documents to carry a note of a missing PDF, LibreOffice is required.
    """
    if choice != "auto":
        return Way(pair, choice, must=True, with_word=with_word)
    for name in (pair.word, pair.typst):
        report.templates.find(name)  # noted as asked for, so that a batch builds anew where an own one is added
    by_office = report.templates.is_own(pair.word) and not report.templates.is_own(pair.typst)
    return Way(pair, "office" if by_office else "typst", must=not with_word, with_word=with_word)


@dataclass(frozen=True, slots=True)
class Way:
    """How PDFs are made.

    Attributes:
        pair: the templates.
        by: who makes them.
        must: whether it is an error that LibreOffice makes none; else a Word document says so.
        with_word: whether the Word documents are wanted too.
    """

    pair: TemplatePair
    by: Literal["typst", "office", "never"]
    must: bool
    with_word: bool

    @property
    def fills_word(self) -> bool:
        """Whether the Word template is filled: for the Word documents, or for PDFs that are made of them."""
        return self.with_word or self.by == "office"

    def documents(
        self, in_word: Iterable[Document], in_typst: Iterable[Document], *, only_typst: Message | None = None
    ) -> Iterator[Document]:
        """Yield Word documents, where wanted, and PDFs.

        Args:
            in_word: yields the Word documents; not asked where nothing is made of them.
            in_typst: yields the PDFs that Typst makes; not asked where it makes none.
            only_typst: what is noted where LibreOffice makes the PDFs, and one is missing that only Typst makes.

        Raises:
            NoPdf: LibreOffice is a must, and it is missing or fails.
        """
        if self.by == "office":
            yield from self._by_office(list(in_word), only_typst)
            return
        if self.with_word:
            yield from in_word
        if self.by == "typst":
            yield from in_typst

    def _by_office(self, words: Sequence[Document], only_typst: Message | None) -> Iterator[Document]:
        if office.available():
            yield from _noting(self._converted(words), only_typst)
        elif self.must:
            raise NoPdf(_("LibreOffice is not installed."), self.pair.exporter)
        else:
            yield from _noting(words, _no_office(self.pair))

    def _converted(self, words: Sequence[Document]) -> Iterator[Document]:
        """Yield Word documents with their PDFs; where one fails, its Word document says so."""
        titled = _titled(words)
        result = office.to_pdf({title: word.content for title, word in titled.items()})
        if result.failed and (not self.with_word or (self.must and not result.made)):
            raise NoPdf(next(iter(result.failed.values())), self.pair.exporter)
        for title, word in titled.items():
            if self.with_word:
                yield from _noting([word], result.failed.get(title))
            if title in result.made:
                notes = () if self.with_word else word.notes
                name = (*word.name[:-1], f"{word.name[-1].removesuffix('.docx')}.pdf")
                yield Document(name, result.made[title], notes, word.prints_unknown, reproducible=False)


def _titled(words: Sequence[Document]) -> dict[str, Document]:
    """Return documents by the names of their files, numbered where several have one name."""
    often = Counter(word.name[-1] for word in words)
    return {
        word.name[-1] if often[word.name[-1]] == 1 else f"{word.name[-1]} ({number})": word
        for number, word in enumerate(words, start=1)
    }


def _noting(documents: Iterable[Document], note: Message | None) -> Iterator[Document]:
    """Yield documents, the first with a note."""
    for document in documents:
        yield replace(document, notes=(*document.notes, note)) if note else document
        note = None


def _no_office(pair: TemplatePair) -> Message:
    return _(
        "No PDF is made from the project's own template {word} because LibreOffice is not installed. Save the "
        "document as PDF in Word, or put a template {typst} next to the Word template.",
        word=pair.word,
        typst=pair.typst,
    )
