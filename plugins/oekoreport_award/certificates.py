"""The certificates: Word and PDF for each site whose award stands, and the register of all decisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import zip_longest
from pathlib import PurePosixPath
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field

from oekoreport import UNKNOWN, Decision, Document, Exporter, Message, Participant, Report, catalogue
from oekoreport.kit import docx, views
from oekoreport.kit.pdf import PDF_CHOICES, Manuscript, PdfChoice, Press, TemplatePair, way_of
from oekoreport.kit.pictures import Picture
from oekoreport.kit.views import Fields
from oekoreport_award import register
from oekoreport_award.wording import LOGOS, SIGNATURE, Certificate, compose, name_of, parts

_ = catalogue("oekoreport_award")

FOLDER = "urkunden"
PRINT_FILE = "alle-urkunden"
"""No certificate has this name: theirs begin with a number and a space."""

WORD_TEMPLATE = "award/urkunde.docx"
TYPST_TEMPLATE = "award/urkunde.typ"
TEMPLATES = TemplatePair("certificates", WORD_TEMPLATE, TYPST_TEMPLATE)
WORD_LOGO = "logo.png"
LOGO_WIDTH, LOGO_HEIGHT = 60, 22
"""How wide and high the logo may be in Word, in millimetres."""

SIDE_BY_SIDE = 2
"""How many signatories stand in a row in Word; what has more rows, or a logo, moves its parts together."""

TITLES = {
    "certificate.title": _("Number and name"),
    "certificate.number": _("Certificate number"),
    "certificate.name": _("Name"),
    "certificate.name_size": _("How long the name is: normal, long or very_long"),
    "certificate.site": _("Site"),
    "certificate.street": _("Street"),
    "certificate.town": _("Postcode and town"),
    "certificate.round": _("Round"),
    "certificate.recertified": _("It is a re-certification"),
    "certificate.duplicate": _("It is a duplicate"),
    "certificate.place": _("Place of the award"),
    "certificate.date": _("Day of the award, the month in words"),
    "certificate.valid_until": _("Valid until, the month in words"),
    "certificate.jury": _("Jury"),
    "certificate.signatories": _("Signatories"),
    "signatory.function": _("Function"),
    "signatory.image": _("File of the signature, for Typst"),
    "signatory.alt": _("Alternative text of the signature"),
    "certificate.programme": _("Measures of the environmental programme"),
    "certificate.honours": _("Figures that honour the participant"),
    "honour.value": _("Value with its unit"),
    "honour.caption": _("What the value is"),
    "certificate.marks": _("Marks of a draft or sample"),
    "certificate.mark_line": _("Marks of a draft or sample, with a warning"),
    "certificate.logo": _("Logo"),
    "certificate.logo_alt": _("Alternative text of the logo"),
    "certificate.signature_rows": _("Signatories, two side by side"),
    "row.left": _("Function on the left"),
    "row.right": _("Function on the right"),
    "certificate.crowded": _("There is little space: many signatories, a logo or a duplicate"),
}

NO_PRINT_FILE = _(
    "There is no print file, for LibreOffice makes a PDF of each certificate: print those together, or let Typst make "
    "them, with a template {template} beside your own or with -o certificates.pdf=typst.",
    template=TYPST_TEMPLATE,
)


class CertificateOptions(BaseModel):
    """Which documents are made."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    docx: bool = Field(default=True, title="Word", description="Make a Word document of each certificate.")
    pdf: PdfChoice = Field(default="auto", title="PDF", description=PDF_CHOICES)
    print_file: bool = Field(
        default=True, title="Print file", description="Make one PDF of all certificates, where there is more than one."
    )


class Certificates(Exporter[CertificateOptions]):
    """Word from a template that an officer edits, PDF from a template in Typst or of the Word document."""

    name: ClassVar[str] = "certificates"
    title: ClassVar[Message] = _("Certificates and their register")
    options: ClassVar[type[BaseModel]] = CertificateOptions
    placeholder_titles: ClassVar[Mapping[str, Message]] = {**register.TITLES, **TITLES}

    def render(self, report: Report, options: CertificateOptions) -> Iterator[Document]:
        """Yield a certificate for each award that stands, in the project's order, then the register."""
        pictures = _pictures(report)
        certificates = _certificates(report, pictures)
        print_file = options.print_file and len(certificates) > 1
        way = way_of(report, TEMPLATES, options.pdf, with_word=options.docx)
        yield from way.documents(
            _in_word(report, certificates, pictures),
            _in_typst(report, certificates, pictures, print_file=print_file),
            only_typst=NO_PRINT_FILE if print_file else None,
        )
        yield from register.documents(report, options.pdf, with_word=options.docx)

    def placeholders(self, report: Report, options: CertificateOptions) -> Mapping[str, Mapping[str, object]]:
        """Return what the first certificate may name, where an award stands, and the register."""
        pictures = _pictures(report)
        context = views.context(report)
        found: dict[str, Mapping[str, object]] = {
            register.WORD_TEMPLATE: register.filling(context, register.entries(report))
        }
        if certificates := _certificates(report, pictures):
            found[WORD_TEMPLATE] = _filling(context, certificates[0][1], pictures)
        pairs = {pair.word: pair for pair in (register.TEMPLATES, TEMPLATES)}
        return {
            name: values
            for name, values in found.items()
            if way_of(report, pairs[name], options.pdf, with_word=options.docx).fills_word
        }


def _certificates(report: Report, pictures: Mapping[str, bytes]) -> list[tuple[str, Certificate]]:
    """Return a certificate for each award that stands, with the stem of its document's name."""
    return [
        (_stem(participant, decision), compose(report, participant, site, decision, pictures))
        for participant, site, decision in report.project.decisions()
        if decision.stands
    ]


def _filling(
    context: Mapping[str, object], certificate: Certificate, pictures: Mapping[str, bytes]
) -> dict[str, object]:
    """Return what the Word template of a certificate may name."""
    return {**context, "certificate": _view(certificate, pictures)}


def _in_word(
    report: Report, certificates: Iterable[tuple[str, Certificate]], pictures: Mapping[str, bytes]
) -> Iterator[Document]:
    template = report.templates.read(WORD_TEMPLATE)
    context = views.context(report)
    for stem, certificate in certificates:
        rendered = docx.render(
            template,
            _filling(context, certificate, pictures),
            title=certificate.title,
            language=report.locale.language,
            created=report.date,
            name=WORD_TEMPLATE,
        )
        yield Document((FOLDER, f"{stem}.docx"), *rendered)


def _in_typst(
    report: Report, certificates: Sequence[tuple[str, Certificate]], pictures: Mapping[str, bytes], *, print_file: bool
) -> Iterator[Document]:
    """Yield each certificate for itself and, where wanted, one file of the same for the printer."""
    with Press(report.templates.read(TYPST_TEMPLATE), TYPST_TEMPLATE, pictures) as press:
        singly = (_manuscript(report, certificate.title, [certificate]) for _stem, certificate in certificates)
        for (stem, _certificate), rendered in zip(certificates, press.print_all(singly), strict=True):
            yield Document((FOLDER, f"{stem}.pdf"), *rendered)
        if print_file:
            title = report.locale.show(_("Certificates: {round}", round=report.project.title or UNKNOWN))
            together = _manuscript(report, title, [certificate for _stem, certificate in certificates])
            yield Document((FOLDER, f"{PRINT_FILE}.pdf"), *press.print(together))


def _manuscript(report: Report, title: str, certificates: Iterable[Certificate]) -> Manuscript:
    data = {"certificates": [asdict(certificate) for certificate in certificates]}
    return Manuscript(data, title, report.locale.language, report.date)


def _view(certificate: Certificate, pictures: Mapping[str, bytes]) -> Fields:
    """Return what the Word template sees: signatories in pairs as they stand side by side, the logo as a picture."""
    functions = [signatory.function for signatory in certificate.signatories]
    rows = zip_longest(functions[::2], functions[1::2], fillvalue="")
    values = {
        **asdict(certificate),
        "signatories": [Fields("signatory", asdict(signatory)) for signatory in certificate.signatories],
        "signature_rows": [Fields("row", {"left": left, "right": right}) for left, right in rows],
        "crowded": len(functions) > SIDE_BY_SIDE or certificate.duplicate or certificate.logo is not None,
        "honours": [Fields("honour", asdict(honour)) for honour in certificate.honours],
        "logo": _logo(pictures[WORD_LOGO], certificate.logo_alt) if WORD_LOGO in pictures else None,
    }
    return Fields("certificate", values)


def _logo(content: bytes, alt: str) -> Picture:
    """Return the logo as wide as it may be, or narrower where it would be too high."""
    widest = Picture(content, alt, LOGO_WIDTH)
    return Picture(content, alt, min(LOGO_WIDTH, LOGO_WIDTH * LOGO_HEIGHT / widest.height))


def _stem(participant: Participant, decision: Decision) -> str:
    """Return a document's name without its ending: the number sets two sites of one participant apart."""
    return f"{decision.certificate_number or decision.key} {name_of(participant) or participant.key}"


def _pictures(report: Report) -> dict[str, bytes]:
    """Return the project's own logo and signatures by file name; none is shipped, for the logo is licensed."""
    signatories = len(parts(report.project.award.signatories if report.project.award else None))
    names = (*LOGOS, *(SIGNATURE.format(number=number + 1) for number in range(signatories)))
    paths = (PurePosixPath("award", name) for name in names)
    found = {path.name: report.templates.find(str(path)) for path in paths}
    return {name: content for name, content in found.items() if content is not None}
