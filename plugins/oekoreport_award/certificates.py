"""The certificates: Word and PDF for each site whose award stands, and the register of all decisions.

A certificate prints what the model holds. A required value that is not known (the number, the place, the site) prints the
mark for unknown, so that nobody signs a blank. What is optional (validity, jury) and what is to its honour (measures,
savings) is left out where it is not known; figures of a participant appear only where it released them, and where they
say something: above zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from itertools import zip_longest
from pathlib import PurePosixPath
from typing import ClassVar

from oekoreport import (
    UNKNOWN,
    Decision,
    DecisionKind,
    Document,
    Exporter,
    Locale,
    Message,
    Participant,
    Report,
    Site,
    catalogue,
)
from oekoreport.kit import docx, views
from oekoreport.kit.pdf import Press
from oekoreport.kit.picture import Picture
from oekoreport.kit.view import Fields
from oekoreport_award import register
from pydantic import BaseModel, ConfigDict, Field

_ = catalogue("oekoreport_award")

FOLDER = "urkunden"
WORD_TEMPLATE = "award/urkunde.docx"
TYPST_TEMPLATE = "award/urkunde.typ"
WORD_LOGO = "logo.png"
LOGOS = (WORD_LOGO, "logo.jpg", "logo.svg")
LOGO_WIDTH = 40
"""How wide the logo stands in Word, in millimetres."""
SIGNATURE = "unterschrift-{number}.png"

HONOURS = (
    ("savings.money", _("costs saved")),
    ("savings.energy", _("energy saved")),
    ("savings.co2", _("CO₂ avoided")),
)
"""The figures of a participant that its certificate names, and what is written below them."""

LONG_NAME, VERY_LONG_NAME = 34, 56
"""From how many characters on a name is set smaller in Word, which cannot measure; the PDF measures."""


class CertificateOptions(BaseModel):
    """Which documents are made."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    docx: bool = Field(default=True, title="Word", description="Make a Word document of each certificate.")
    pdf: bool = Field(default=True, title="PDF", description="Make an accessible PDF of each certificate.")


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs: a function, and the file of the signature's picture where the project has one."""

    function: str
    image: str | None
    alt: str


@dataclass(frozen=True, slots=True)
class Honour:
    """A figure that a certificate names."""

    value: str
    caption: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a certificate prints, as text in the language of the documents; None and empty are left out."""

    title: str
    number: str
    name: str
    name_size: str
    site: str
    street: str | None
    town: str
    round: str
    recertified: bool
    duplicate: bool
    place: str
    date: str
    valid_until: str | None
    jury: str | None
    signatories: tuple[Signatory, ...]
    programme: str | None
    honours: tuple[Honour, ...]
    marks: tuple[str, ...]
    mark_line: str
    logo: str | None
    logo_alt: str


class Certificates(Exporter[CertificateOptions]):
    """Word from a template that an officer edits, PDF from a template in Typst; both say the same."""

    name: ClassVar[str] = "certificates"
    title: ClassVar[Message] = _("Certificates and their register")
    options: ClassVar[type[BaseModel]] = CertificateOptions

    def render(self, report: Report, options: CertificateOptions) -> Iterator[Document]:
        """Yield a certificate for each award that stands, in the project's order, then the register."""
        pictures = _pictures(report)
        certificates = [
            (_stem(participant, decision), compose(report, participant, site, decision, pictures))
            for participant, site, decision in report.project.decisions()
            if decision.stands
        ]
        if options.docx:
            yield from _in_word(report, certificates, pictures)
        if options.pdf:
            yield from _in_pdf(report, certificates, pictures)
        yield from register.documents(report, with_word=options.docx, with_pdf=options.pdf)


def _in_word(
    report: Report, certificates: Iterable[tuple[str, Certificate]], pictures: Mapping[str, bytes]
) -> Iterator[Document]:
    template = report.templates.read(WORD_TEMPLATE)
    context = views.context(report)
    for stem, certificate in certificates:
        content = docx.render(
            template,
            {**context, "certificate": _view(certificate, pictures)},
            title=certificate.title,
            language=report.locale.language,
            created=report.date,
            name=WORD_TEMPLATE,
        )
        yield Document((FOLDER, f"{stem}.docx"), content)


def _in_pdf(report: Report, certificates: Iterable[tuple[str, Certificate]], pictures: Mapping[str, bytes]) -> Iterator[Document]:
    language = report.locale.language
    with Press(report.templates.read(TYPST_TEMPLATE), TYPST_TEMPLATE, pictures) as press:
        for stem, certificate in certificates:
            data = asdict(certificate)
            content = press.render(data, title=certificate.title, language=language, created=report.date)
            yield Document((FOLDER, f"{stem}.pdf"), content)


def _view(certificate: Certificate, pictures: Mapping[str, bytes]) -> Fields:
    """Return what the Word template sees: signatories in pairs as they stand side by side, the logo as a picture."""
    functions = [signatory.function for signatory in certificate.signatories]
    rows = zip_longest(functions[::2], functions[1::2], fillvalue="")
    logo = pictures.get(WORD_LOGO)
    values = {
        **asdict(certificate),
        "signatories": [Fields("signatory", asdict(signatory)) for signatory in certificate.signatories],
        "signature_rows": [Fields("row", {"left": left, "right": right}) for left, right in rows],
        "honours": [Fields("honour", asdict(honour)) for honour in certificate.honours],
        "logo": Picture(logo, certificate.logo_alt, LOGO_WIDTH) if logo else None,
    }
    return Fields("certificate", values)


def _stem(participant: Participant, decision: Decision) -> str:
    """Return a document's name without its ending: the number sets two sites of one participant apart."""
    return f"{decision.certificate_number or decision.key} {_name(participant) or participant.key}"


def compose(
    report: Report, participant: Participant, site: Site, decision: Decision, pictures: Mapping[str, bytes]
) -> Certificate:
    """Return what the certificate of one site prints; ``pictures`` are the project's own logo and signatures."""
    show, award = report.locale.show, report.project.award
    unknown = show(UNKNOWN)
    name = _name(participant) or unknown
    number = decision.certificate_number or unknown
    marks = _marks(report)
    return Certificate(
        title=show(_("Certificate {number}: {name}", number=number, name=name)),
        number=number,
        name=name,
        name_size=_size(name),
        site=site.name or unknown,
        street=site.street,
        town=f"{site.postcode} {site.town or unknown}" if site.postcode else site.town or unknown,
        round=report.project.title or unknown,
        recertified=decision.decision is DecisionKind.RECERTIFIED,
        duplicate=bool(decision.duplicate),
        place=(award.place if award else None) or unknown,
        date=_long_date(award.date, report.locale) if award and award.date else unknown,
        valid_until=_long_date(decision.valid_until, report.locale) if decision.valid_until else None,
        jury=" · ".join(_parts(award.jury if award else None)) or None,
        signatories=_signatories(_parts(award.signatories if award else None) or (unknown,), report.locale, pictures),
        programme=_programme(report, participant),
        honours=_honours(report, participant),
        marks=marks,
        mark_line=show(_("{marks} – not a valid certificate", marks=" · ".join(marks))) if marks else "",
        logo=next((name for name in LOGOS if name in pictures), None),
        logo_alt=show(_("Logo")),
    )


def _name(participant: Participant) -> str | None:
    return participant.certificate_name or participant.name


def _size(name: str) -> str:
    if len(name) >= VERY_LONG_NAME:
        return "very_long"
    return "long" if len(name) >= LONG_NAME else "normal"


def _parts(text: str | None) -> tuple[str, ...]:
    """Split a field that holds several, separated by semicolons."""
    return tuple(part.strip() for part in (text or "").split(";") if part.strip())


def _long_date(day: date, locale: Locale) -> str:
    """Return a day with its month in words, as documents to be framed have it."""
    from babel.dates import format_date

    return format_date(day, "long", locale=locale.language)


def _marks(report: Report) -> tuple[str, ...]:
    """Return the words that say that this is not the certificate yet."""
    marks = ((report.draft, _("DRAFT")), (report.sample, _("SAMPLE")))
    return tuple(report.locale.show(mark) for holds, mark in marks if holds)


def _signatories(functions: tuple[str, ...], locale: Locale, pictures: Mapping[str, bytes]) -> tuple[Signatory, ...]:
    def signatory(number: int, function: str) -> Signatory:
        file = SIGNATURE.format(number=number)
        alt = locale.show(_("Signature: {function}", function=function))
        return Signatory(function, file if file in pictures else None, alt)

    return tuple(signatory(number, function) for number, function in enumerate(functions, start=1))


def _programme(report: Report, participant: Participant) -> str | None:
    """Return how many measures the participant's programme has, or None where that is not known or not released."""
    total = report.figures[f"measures.programme/{participant.key}"]
    implemented = report.figures[f"measures.implemented/{participant.key}"]
    if not participant.released or not (total.value and implemented.known):
        return None
    values = {"total": total, "implemented": implemented}
    if len(participant.sites) > 1:
        return report.locale.show(
            _("Measures of the environmental programme at all sites: {total}, implemented: {implemented}", **values)
        )
    return report.locale.show(_("Measures of the environmental programme: {total}, implemented: {implemented}", **values))


def _honours(report: Report, participant: Participant) -> tuple[Honour, ...]:
    if not participant.released:
        return ()
    show = report.locale.show
    figures = ((report.figures[f"{name}/{participant.key}"], caption) for name, caption in HONOURS)
    return tuple(Honour(show(figure), show(caption)) for figure, caption in figures if (figure.rounded or 0) > 0)


def _pictures(report: Report) -> dict[str, bytes]:
    """Return the project's own logo and signatures by file name; none is shipped, for the logo is licensed."""
    signatories = len(_parts(report.project.award.signatories if report.project.award else None))
    names = (*LOGOS, *(SIGNATURE.format(number=number + 1) for number in range(signatories)))
    paths = (PurePosixPath("award", name) for name in names)
    return {path.name: report.templates.read(str(path)) for path in paths if report.templates.is_own(str(path))}
