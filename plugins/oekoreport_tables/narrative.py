"""Narratives in Word or Markdown: each heading that names a section of the report begins that section's text.

``sachbericht.docx`` belongs to the final report, ``zwischenbericht-2020.docx`` to the interim report of that year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import PurePosixPath

from oekoreport import (
    Cells,
    Claim,
    Finding,
    Message,
    Origin,
    Place,
    Record,
    ReportKind,
    Role,
    Section,
    Severity,
    Source,
    SourceError,
    catalogue,
)
from oekoreport_tables.chapters import Chapter
from oekoreport_tables.markdown import MARKDOWN_SUFFIXES, markdown_chapters

_ = catalogue("oekoreport_tables")

WORD_SUFFIXES = (".docx", ".docm")
FOREIGN_SUFFIXES = (".doc", ".odt", ".rtf", ".pages")
"""Of other programs and of Word before 2007: claimed by name, so that their owner hears what to do."""

FINAL_NAMES = ("sachbericht", "narrative")
INTERIM_NAMES = ("zwischenbericht", "zwischennachweis", "interim")
BLANK_LINES = re.compile(r"\n\s*\n")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class NarrativeImporter:
    """Reads ``sachbericht.docx`` or ``.md`` and ``zwischenbericht-2020.docx``.

    Other texts with a section's heading are read where they lie beside ``projekt.xlsx``.
    """

    name = "narrative"

    def claims(self, source: Source) -> Claim:
        """Claim texts whose name or headings say that they are a narrative."""
        if source.suffix not in (*MARKDOWN_SUFFIXES, *WORD_SUFFIXES, *FOREIGN_SUFFIXES):
            return Claim.NONE
        if _leaf(source).startswith((*FINAL_NAMES, *INTERIM_NAMES)):
            return Claim.LIKELY
        if "/" in source.name:  # letters and minutes among the receipts have headings too, and are not for the report
            return Claim.NONE
        try:
            chapters, _findings = _read(source)
        except SourceError:
            return Claim.NONE
        return Claim.POSSIBLE if any(chapter.section for chapter in chapters) else Claim.NONE

    def read(self, source: Source) -> Iterator[Record | Finding | Cells]:
        """Yield a record for each section; text that belongs to none is reported. Headings and paragraphs are counted.

        Raises:
            SourceError: ``NoWordDocument``, ``DocumentTooLarge`` or ``PasswordProtected``.
        """
        belongs = _belongs(source)
        chapters, findings = _read(source)
        if belongs is not None and belongs.year is None:
            yield _without_year(source)
        chapters, repeated = _joined(chapters)
        yield from findings
        yield from repeated
        for number, chapter in enumerate(chapters):
            if chapter.section:
                if chapter.text:
                    yield _record(chapter, belongs)
                yield from chapter.findings
                yield from _paragraphs(chapter, Role.HEAD, Role.FIELD)
            elif chapter.text or chapter.findings or not chapter.is_title(chapters[number + 1 :]):
                finding = _outside(chapter)
                yield finding
                yield from _paragraphs(chapter, Role.HEAD, Role.LEFT_OUT, finding.message)
            else:
                yield from _paragraphs(chapter, Role.TITLE, Role.FIELD)


@dataclass(frozen=True, slots=True)
class _Interim:
    """The interim report that a file belongs to, by its name."""

    year: int | None

    @property
    def key(self) -> str:
        """What stands before a section's key."""
        return "interim/" if self.year is None else f"interim-{self.year}/"

    @property
    def values(self) -> dict[str, object]:
        """The fields that say so."""
        kind: dict[str, object] = {"report": ReportKind.INTERIM.value}
        return kind if self.year is None else {**kind, "year": self.year}


def _leaf(source: Source) -> str:
    return PurePosixPath(source.name).name.casefold()


def _belongs(source: Source) -> _Interim | None:
    """Return the interim report that a file speaks for; None for the final one."""
    leaf = _leaf(source)
    if not leaf.startswith(INTERIM_NAMES):
        return None
    year = YEAR.search(leaf)
    return _Interim(int(year[0]) if year else None)


@lru_cache(maxsize=1)
def _read(source: Source) -> tuple[Sequence[Chapter], Sequence[Finding]]:
    """Return the chapters of a text and what is wrong with it as a whole; the claim and the reading share them."""
    if source.suffix in MARKDOWN_SUFFIXES:
        return markdown_chapters(source), []
    from oekoreport_tables.word import word_chapters  # Word is loaded only where it is read

    return word_chapters(source)


def _joined(chapters: Sequence[Chapter]) -> tuple[Sequence[Chapter], Sequence[Finding]]:
    """Return the chapters with the text of a section's second one below that of its first, and a finding for each."""
    joined: dict[Section | int, Chapter] = {}
    findings = []
    for number, chapter in enumerate(chapters):
        name = chapter.section if chapter.section and (chapter.text or chapter.findings) else number
        if (first := joined.get(name)) is None:
            joined[name] = chapter
        else:
            lines, faults = [first.text, "", chapter.text], [*first.findings, *chapter.findings]
            joined[name] = replace(first, lines=lines, findings=faults)
            findings.append(_twice(chapter, first))
    return tuple(joined.values()), findings


def _twice(chapter: Chapter, first: Chapter) -> Finding:
    return Finding(
        "DATA-HEADING",
        Severity.WARNING,
        _(
            "“{title}” starts the section “{section}” a second time; its text is printed after that of the first.",
            title=chapter.title,
            section=chapter.section,
        ),
        chapter.place,
        found=chapter.title,
        hint=_(
            "The section begins at {place}. Merge the two, or change the text or the level of this heading.",
            place=first.place,
        ),
    )


def _record(chapter: Chapter, belongs: _Interim | None) -> Record:
    section = chapter.section or Section.COURSE
    values = {"section": section.value, "text": chapter.text, **(belongs.values if belongs else {})}
    key = f"{belongs.key if belongs else ''}{section.value}"
    origin = _origin(chapter.place, {"text": _origin(chapter.begins or chapter.place, {})})
    return Record("narrative", key, values, origin)


def _paragraphs(chapter: Chapter, heading: Role, text: Role, reason: Message | None = None) -> Iterator[Cells]:
    """Yield a chapter's heading, and its paragraphs and tables as one stretch."""
    if chapter.title:
        yield Cells(chapter.place, heading, 1)
    if chapter.text:
        yield Cells(chapter.begins or chapter.place, text, len(BLANK_LINES.split(chapter.text)), reason)


def _origin(place: Place, others: dict[str, Origin]) -> Origin:
    return Origin(place.file, line=place.line, heading=place.heading, paragraph=place.paragraph, others=others)


def _without_year(source: Source) -> Finding:
    return Finding(
        "DATA-REPORT-YEAR",
        Severity.WARNING,
        _("The file's name does not say which year's interim report it belongs to."),
        Place(source.name),
        hint=_("Include the year in its name: {name}.", name=f"zwischenbericht-2024{source.suffix}"),
    )


def _outside(chapter: Chapter) -> Finding:
    message: Message = (
        _("“{title}” is not a section of the narrative; its text is not read.", title=chapter.title)
        if chapter.title
        else _("The text before the first heading belongs to no section and is not read.")
    )
    sections = tuple(section.label for section in Section)
    return Finding(
        "DATA-HEADING",
        Severity.WARNING,
        message,
        chapter.place,
        found=chapter.title,
        hint=_("Use one of these headings: {sections}.", sections=sections)
        if chapter.place.line
        else _("Use one of these headings, in the style “Heading 1”: {sections}.", sections=sections),
    )
