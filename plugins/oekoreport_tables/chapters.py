"""Chapters of a narrative: a heading and the text below it, whatever program the text was written in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from unicodedata import normalize

from oekoreport import Finding, Locale, Place, Section
from oekoreport.kit.prose import INVISIBLE

TOP_LEVELS = 2
"""Sections are headings of the first level, or of the second below a title."""

FURTHER_NAMES = {
    Section.COURSE: ("verlauf", "durchführung", "projektverlauf"),
    Section.RESULTS: ("ergebnisse", "wirkungen", "ergebnis"),
    Section.DEVIATIONS: ("abweichungen",),
    Section.PUBLICITY: ("öffentlichkeitsarbeit",),
    Section.OUTLOOK: ("ausblick",),
}


UNSEEN = str.maketrans("", "", INVISIBLE)
RAISED_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
"""The mark of a footnote at a heading."""

NUMBERED = re.compile(r"\A(?:(?:\d++(?:\.\d++)*+|[ivx]++|[a-z](?=[.)]))[.)]*+\s++)++")
"""How a heading is numbered by hand: “1.”, “IV.”, “2.1”, “b)”."""


@dataclass(slots=True)
class Chapter:
    """A heading and the text below it, up to the next heading of its rank; what stands before the first has level 0.

    Attributes:
        place: where the heading stands.
        lines: the text in Markdown.
        begins: where the first line with text stands.
        findings: what is wrong with the text; of no interest where the chapter is not read.
    """

    place: Place
    level: int = 0
    title: str = ""
    lines: list[str] = field(default_factory=list)
    begins: Place | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def section(self) -> Section | None:
        """The section that the heading names."""
        return section_named(self.title)

    @property
    def text(self) -> str:
        """The text below the heading, in Markdown."""
        return "\n".join(self.lines).strip()

    def add(self, line: str, place: Place) -> None:
        """Add a line of Markdown, or several, that stand at a place."""
        if self.begins is None and line.strip():
            self.begins = place
        self.lines.append(line)

    def begins_after(self, before: Chapter) -> bool:
        """Tell whether the heading begins a chapter; a deeper one is a heading inside of the chapter before."""
        if self.level > TOP_LEVELS:
            return False
        return self.section is not None or self.level <= max(before.level, 1) or before.section is None

    def is_title(self, following: Sequence[Chapter]) -> bool:
        """Tell whether the heading is the document's title: nothing below it but sections of the next level."""
        return bool(following) and following[0].level > self.level > 0


def section_named(title: str) -> Section | None:
    """Return the section that has this title, in German, in English or by one of its shorter names."""
    plain = normalize("NFC", title).translate(UNSEEN).casefold().rstrip(RAISED_DIGITS).strip(" .:")
    return _sections().get(plain) or _sections().get(NUMBERED.sub("", plain))


@cache
def _sections() -> dict[str, Section]:
    names = {section.value: section for section in Section}
    for section in Section:
        for language in ("de", "en"):
            names[section.localize(Locale(language)).casefold()] = section
    return names | {name: section for section, others in FURTHER_NAMES.items() for name in others}
