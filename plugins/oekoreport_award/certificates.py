"""The certificates: Word and PDF for each site whose award stands, and the register of all decisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from functools import partial
from itertools import zip_longest
from pathlib import PurePosixPath

from pydantic import BaseModel, ConfigDict, Field

from oekoreport import UNKNOWN, Decision, Participant, Place, Report, catalogue, texts
from oekoreport.kit import views
from oekoreport.kit.papers import PDF_CHOICES, Paper, PaperExporter, PdfChoice
from oekoreport.kit.pictures import NoPicture, Picture, opened
from oekoreport.kit.views import Fields
from oekoreport_award import register
from oekoreport_award.wording import LOGOS, SIGNATURE, Certificate, compose, name_of, parts

_ = catalogue("oekoreport_award")

FOLDER = "urkunden"
PRINT_FILE = "alle-urkunden"
"""No certificate has this name: theirs begin with a number and a space."""

WORD_TEMPLATE = "award/urkunde.docx"
TYPST_TEMPLATE = "award/urkunde.typ"
WORD_LOGO = "logo.png"
LOGO_WIDTH, LOGO_HEIGHT = 60, 22
"""The maximum width and height of the logo in Word, in millimetres."""

SIDE_BY_SIDE = 2
"""How many signatories stand in a row in Word; what has more rows, or a logo, moves its parts together."""

NO_PRINT_FILE = _(
    "There is no print file because LibreOffice makes one PDF per certificate: print those together, or let "
    "Typst make them, with a template {template} next to your own or with -o certificates.pdf=typst.",
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


class Certificates(PaperExporter[CertificateOptions]):
    """Word from a template that an officer edits, PDF from a template in Typst or of the Word document."""

    name = "certificates"
    title = _("Certificates and their register")
    options = CertificateOptions
    placeholder_titles = texts("oekoreport_award")["placeholders"]

    def papers(self, report: Report, options: CertificateOptions) -> Iterator[Paper]:
        """Yield a certificate for each award that stands, in the project's order, their print file, the register."""
        pictures = _pictures(report)
        certificates = _certificates(report, pictures)
        paper = partial(
            Paper,
            word=WORD_TEMPLATE,
            typst=TYPST_TEMPLATE,
            pdf=options.pdf,
            with_word=options.docx,
            files=pictures,
        )
        context = views.context(report.outward())
        together = options.print_file and len(certificates) > 1
        for stem, certificate in certificates:
            values = {**context, "certificate": _view(certificate, pictures)}
            yield paper((FOLDER, stem), certificate.title, values, data=_data([certificate]), signable=not together)
        if together:
            title = _("Certificates: {round}", round=report.project.title or UNKNOWN)
            data = _data(certificate for _stem, certificate in certificates)
            yield paper((FOLDER, PRINT_FILE), title, {}, data=data, typst_alone=NO_PRINT_FILE, signable=True)
        yield register.paper(report, options.pdf, with_word=options.docx)


def _certificates(report: Report, pictures: Mapping[str, bytes]) -> list[tuple[str, Certificate]]:
    """Return a certificate for each award that stands, with the stem of its document's name."""
    return [
        (_stem(report, participant, decision), compose(report, participant, site, decision, pictures))
        for participant, site, decision in report.project.decisions()
        if decision.stands
    ]


def _data(certificates: Iterable[Certificate]) -> dict[str, object]:
    """Return what the Typst template prints: a certificate alone, or all of them."""
    return {"certificates": [asdict(certificate) for certificate in certificates]}


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


def _stem(report: Report, participant: Participant, decision: Decision) -> str:
    """Return a document's name without its ending: the number sets two sites of one participant apart."""
    typed = report.origins.typed_key
    number = decision.certificate_number or typed(decision.identity)
    return f"{number} {name_of(participant) or typed(participant.identity)}".strip() or report.locale.show(UNKNOWN)


def _pictures(report: Report) -> dict[str, bytes]:
    """Return the project's own logo and signatures by file name; none is shipped, for the logo is licensed.

    Raises:
        NoPicture: one cannot be opened; the error names its file.
    """
    signatories = len(parts(report.project.award.signatories if report.project.award else None))
    names = (*LOGOS, *(SIGNATURE.format(number=number + 1) for number in range(signatories)))
    paths = (PurePosixPath("award", name) for name in names)
    found = {path: report.templates.find(str(path)) for path in paths}
    return {path.name: _sound(path, content) for path, content in found.items() if content is not None}


def _sound(path: PurePosixPath, content: bytes) -> bytes:
    """Return a picture as it is, if it can be opened to its end; drawings are the template's own affair."""
    if path.suffix == ".svg":
        return content
    try:
        with opened(content):
            return content
    except NoPicture as error:
        raise error.at(Place(str(path))) from error
