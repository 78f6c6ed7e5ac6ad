"""Papers: documents made of templates. An exporter says which there are; they are checked and printed for it.

The values of a paper are built once: the same values check its Word template, fill it, and are
printed by Typst.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import ClassVar, final

from oekoreport.contract import Exporter, Options
from oekoreport.documents.filling import compiled
from oekoreport.documents.pdf import Choice, Manuscript, Press, TemplatePair, Way, way_of
from oekoreport.documents.views import Names, Plain
from oekoreport.documents.views.plain import plain
from oekoreport.language import Message
from oekoreport.report import Document, Report
from oekoreport.steps import Kind, step

PART = "part"
"""The name by which a Typst template asks which piece of a paper it prints."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A document to be made of templates, as Word, as PDF or as both.

    Attributes:
        name: its name as parts without the ending: ``("urkunden", "register")`` gives ``urkunden/register.docx``.
        title: the title among its properties, which screen readers announce.
        context: the values that its templates may name.
        word: the name of the Word template.
        typst: the name of the Typst template for the PDF; a paper without one is Word alone.
        pdf: who makes the PDF: see ``PDF_CHOICES``.
        with_word: whether the Word document is wanted, not only the PDF.
        data: what the Typst template prints, where that is not ``context`` as plain values.
        files: pictures for the Typst template, by the names that ``data`` has for them.
        typst_alone: what to note where LibreOffice makes the PDFs, for a paper that has no Word document.
        pieces: what Typst prints instead of a paper that is too long for one PDF, where its template names ``part``:
            a template that does not know of parts prints the whole.
        signable: whether its PDF is one that somebody signs.
    """

    name: tuple[str, ...]
    title: Message | str
    context: Mapping[str, object]
    word: str
    typst: str = ""
    pdf: Choice = "never"
    with_word: bool = True
    data: Mapping[str, object] | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)
    typst_alone: Message | None = None
    pieces: Sequence[Paper] = ()
    signable: bool = False


class PaperExporter(Exporter[Options]):
    """An exporter of papers: before any is printed, its Word templates are checked with the values of these papers."""

    placeholder_titles: ClassVar[Mapping[str, Message]] = {}
    """What the names mean that it adds to a Word template's: ``call`` for a name on top, ``call.number`` for one in
    ``Fields("call", …)``, rows of a list included. ``template fields`` shows it."""

    def papers(self, report: Report, options: Options) -> Iterable[Paper]:
        """Return the papers of a report; the same report and options give the same papers."""
        raise NotImplementedError

    @final
    def render(self, report: Report, options: Options) -> Iterator[Document]:
        """Yield the papers, printed."""
        return printed(report, self.name, self.papers(report, options))


def printed(report: Report, exporter: str, papers: Iterable[Paper]) -> Iterator[Document]:
    """Yield the documents of an exporter's papers; neighbours of the same templates are printed together.

    Raises:
        TemplateError: with the place in the template that is at fault.
        NoPdf: LibreOffice is a must, and it is missing or fails.
    """
    for _templates, alike in groupby(papers, key=lambda paper: (paper.word, paper.typst, paper.pdf, paper.with_word)):
        group = tuple(alike)
        notes = (paper.typst_alone for paper in group if paper.typst_alone is not None)
        signable = {_named(each, "pdf") for paper in group for each in (paper, *paper.pieces) if each.signable}
        for document in way(report, exporter, group[0]).documents(
            _in_word(report, group), _in_typst(report, group), only_typst=next(notes, None)
        ):
            yield replace(document, signable=True) if document.name in signable else document


def names_of(paper: Paper) -> Iterator[tuple[str, ...]]:
    """Yield the names of the documents that may be made of a paper and its pieces."""
    return (_named(each, ending) for each in (paper, *paper.pieces) for ending in ("docx", "pdf"))


def way(report: Report, exporter: str, paper: Paper) -> Way:
    """Return how the PDF of a paper is made."""
    return way_of(report, TemplatePair(exporter, paper.word, paper.typst), paper.pdf, with_word=paper.with_word)


def _in_word(report: Report, papers: Sequence[Paper]) -> Iterator[Document]:
    name = papers[0].word
    with step(Kind.TEMPLATE, name):
        template = compiled(report.templates.read(name), name)
    for paper in papers:
        if paper.typst_alone is None:
            title, language = report.locale.show(paper.title), report.locale.language
            with step(Kind.TEMPLATE, name):
                rendered = template.render(paper.context, title=title, language=language, created=report.date)
            yield Document(_named(paper, "docx"), *rendered)


def _in_typst(report: Report, papers: Sequence[Paper]) -> Iterator[Document]:
    name = papers[0].typst
    template = report.templates.read(name)
    names = Names(template)
    if names.value(PART):
        papers = [piece for paper in papers for piece in (paper.pieces or (paper,))]
    given = [_given(report, paper, names) for paper in papers]
    files = {file: content for each in given for file, content in each.files.items()}
    manuscripts = (
        Manuscript(each.data, report.locale.show(paper.title), report.locale.language, report.date)
        for paper, each in zip(papers, given, strict=True)
    )
    with Press(template, name, files) as press:
        for paper, rendered in zip(papers, press.print_all(manuscripts), strict=True):
            yield Document(_named(paper, "pdf"), *rendered)


def _given(report: Report, paper: Paper, names: Names) -> Plain:
    return plain(paper.context, names, report.locale) if paper.data is None else Plain(paper.data, paper.files)


def _named(paper: Paper, ending: str) -> tuple[str, ...]:
    return (*paper.name[:-1], f"{paper.name[-1]}.{ending}")
