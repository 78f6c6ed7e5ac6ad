"""What a certificate says: each value as text in the language of the documents.

A required value that is not known (number, place, site) is the mark for unknown, so that nobody signs a blank.
What is optional (validity, jury) and what is to a participant's honour (measures, savings) is left out where it is not
known. Its figures appear only where it released them, and where they say something: above zero.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from oekoreport import UNKNOWN, Decision, DecisionKind, Locale, Participant, Report, Site, catalogue

_ = catalogue("oekoreport_award")

LOGOS = ("logo.png", "logo.jpg", "logo.svg")
SIGNATURE = "unterschrift-{number}.png"

HONOURS = (
    ("savings.money", _("cost saving of the programme")),
    ("savings.energy", _("energy saving of the programme")),
    ("savings.co2", _("CO₂ reduction of the programme")),
)
"""The figures of a participant that its certificate names, and what is written below them."""

LONGEST_TITLE = 500
"""What goes on beyond so many characters is cut in the document's title and bookmark, not on its page."""

LONG_NAME, VERY_LONG_NAME = 34, 56
"""From how many characters on a name is set smaller in Word, which cannot measure; the PDF measures."""


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


def compose(
    report: Report, participant: Participant, site: Site, decision: Decision, pictures: Container[str]
) -> Certificate:
    """Return what the certificate of one site prints; ``pictures`` names the project's own logo and signatures."""
    show, award = report.locale.show, report.project.award
    unknown = show(UNKNOWN)
    name = name_of(participant) or unknown
    number = decision.certificate_number or unknown
    marks = _marks(report)
    return Certificate(
        title=show(_("Certificate {number}: {name}", number=number, name=name))[:LONGEST_TITLE],
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
        date=report.locale.long_date(award.date) if award and award.date else unknown,
        valid_until=report.locale.long_date(decision.valid_until) if decision.valid_until else None,
        jury=" · ".join(parts(award.jury if award else None)) or None,
        signatories=_signatories(parts(award.signatories if award else None) or (unknown,), report.locale, pictures),
        programme=_programme(report, participant),
        honours=_honours(report, participant),
        marks=marks,
        mark_line=show(_("{marks} – not a valid certificate", marks=" · ".join(marks))) if marks else "",
        logo=next((name for name in LOGOS if name in pictures), None),
        logo_alt=show(_("Logo")),
    )


def name_of(participant: Participant) -> str | None:
    """Return the name printed on the certificate; None if it is unknown."""
    return participant.certificate_name or participant.name


def _size(name: str) -> str:
    if len(name) >= VERY_LONG_NAME:
        return "very_long"
    return "long" if len(name) >= LONG_NAME else "normal"


def parts(text: str | None) -> tuple[str, ...]:
    """Split a field that holds several, separated by semicolons."""
    return tuple(part.strip() for part in (text or "").split(";") if part.strip())


def _marks(report: Report) -> tuple[str, ...]:
    """Return the words that say that this is not the certificate yet."""
    marks = ((report.draft, _("DRAFT")), (report.sample, _("SAMPLE")))
    return tuple(report.locale.show(mark) for holds, mark in marks if holds)


def _signatories(functions: tuple[str, ...], locale: Locale, pictures: Container[str]) -> tuple[Signatory, ...]:
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
    return report.locale.show(
        _("Measures of the environmental programme: {total}, implemented: {implemented}", **values)
    )


def _honours(report: Report, participant: Participant) -> tuple[Honour, ...]:
    if not participant.released:
        return ()
    show = report.locale.show
    figures = ((report.figures[f"{name}/{participant.key}"], caption) for name, caption in HONOURS)
    return tuple(Honour(show(figure), show(caption)) for figure, caption in figures if (figure.rounded or 0) > 0)
