"""Narratives in Markdown: each heading that names a section of the report begins that section's text.

``sachbericht.md`` belongs to the final report, ``zwischenbericht-2020.md`` to the interim report of that year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import PurePosixPath

from oekoreport import (
    Claim,
    Finding,
    Locale,
    Message,
    Origin,
    Place,
    Record,
    ReportKind,
    Section,
    Severity,
    Source,
    catalogue,
)

_ = catalogue("oekoreport_tables")

HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
FENCE = re.compile(r" {0,3}(```|~~~)")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
"""Instructions in a template; they are no text."""

FINAL_NAMES = ("sachbericht", "narrative")
INTERIM_NAMES = ("zwischenbericht", "zwischennachweis", "interim")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")

TOP_LEVELS = 2
"""Sections are headings of the first level, or of the second below a title."""


class NarrativeImporter:
    """Reads ``sachbericht.md``, ``zwischenbericht-2020.md`` and any other Markdown that has a section's heading."""

    name = "narrative"

    def claims(self, source: Source) -> Claim:
        """Claim Markdown whose name or headings say that it is a narrative."""
        if source.suffix not in (".md", ".markdown"):
            return Claim.NONE
        if _leaf(source).startswith((*FINAL_NAMES, *INTERIM_NAMES)):
            return Claim.LIKELY
        return Claim.POSSIBLE if any(block.section for block in _blocks(_decode(source))) else Claim.NONE

    def read(self, source: Source) -> Iterator[Record | Finding]:
        """Yield a record for each section; text that belongs to none is reported."""
        belongs = _belongs(source)
        if belongs is not None and belongs.year is None:
            yield _without_year(source.name)
        blocks = _blocks(_decode(source))
        for number, block in enumerate(blocks):
            if block.section:
                if block.text:
                    yield block.record(source.name, belongs)
            elif block.text or not _is_title(block, blocks[number + 1 :]):
                yield _outside(source.name, block)


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


@dataclass(slots=True)
class _Block:
    """A heading and the lines below it, up to the next heading of its rank."""

    line: int
    level: int = 0
    title: str = ""
    lines: list[str] = field(default_factory=list)

    @property
    def section(self) -> Section | None:
        return _sections().get(self.title.casefold().rstrip(":"))

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip()

    def record(self, file: str, belongs: _Interim | None) -> Record:
        section = self.section or Section.COURSE
        first = next(number for number, line in enumerate(self.lines, self.line + 1) if line.strip())
        text = Origin(file, line=first)
        values = {"section": section.value, "text": self.text, **(belongs.values if belongs else {})}
        key = f"{belongs.key if belongs else ''}{section.value}"
        return Record("narrative", key, values, Origin(file, line=self.line, others={"text": text}))


@cache
def _sections() -> dict[str, Section]:
    names = {section.value: section for section in Section}
    for section in Section:
        for language in ("de", "en"):
            names[section.localize(Locale(language)).casefold()] = section
    return names | {name: section for section, others in FURTHER_NAMES.items() for name in others}


FURTHER_NAMES = {
    Section.COURSE: ("verlauf", "durchführung", "projektverlauf"),
    Section.RESULTS: ("ergebnisse", "wirkungen", "ergebnis"),
    Section.DEVIATIONS: ("abweichungen",),
    Section.PUBLICITY: ("öffentlichkeitsarbeit",),
    Section.OUTLOOK: ("ausblick",),
}


def _decode(source: Source) -> str:
    try:
        return source.content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return source.content.decode("cp1252", errors="replace")


def _blocks(text: str) -> list[_Block]:
    """Split a text at the headings that can begin a section; deeper ones stay in their section's text."""
    text = COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)  # lines keep their numbers
    blocks = [_Block(0)]
    fence = ""
    for number, line in enumerate(text.splitlines(), 1):
        fence = _fence(line, fence)
        match = None if fence else HEADING.match(line)
        if match and _begins_block(_Block(number, len(match[1]), match[2]), blocks[-1]):
            blocks.append(_Block(number, len(match[1]), match[2]))
        else:
            blocks[-1].lines.append(line)
    return blocks if blocks[0].text else blocks[1:]


def _fence(line: str, fence: str) -> str:
    """Return the fence that is open after a line: inside of code, a # is no heading."""
    match = FENCE.match(line)
    if match is None:
        return fence
    if fence:
        return "" if match[1] == fence else fence
    return match[1]


def _begins_block(block: _Block, before: _Block) -> bool:
    if block.level > TOP_LEVELS:
        return False
    return block.section is not None or block.level <= max(before.level, 1) or before.section is None


def _is_title(block: _Block, following: list[_Block]) -> bool:
    """Tell whether a heading is the document's title: nothing below it but sections of the next level."""
    return bool(following) and following[0].level > block.level > 0


def _without_year(file: str) -> Finding:
    return Finding(
        "DATA-REPORT-YEAR",
        Severity.WARNING,
        _("The file's name does not say which year's interim report it belongs to."),
        Place(file),
        hint=_("Name it with the year: {name}.", name="zwischenbericht-2024.md"),
    )


def _outside(file: str, block: _Block) -> Finding:
    message: Message = (
        _("“{title}” is not a section of the narrative; its text is not read.", title=block.title)
        if block.title
        else _("The text before the first heading belongs to no section and is not read.")
    )
    return Finding(
        "DATA-HEADING",
        Severity.WARNING,
        message,
        Place(file, line=max(block.line, 1)),
        found=block.title,
        hint=_("Use one of these headings: {sections}.", sections=tuple(section.label for section in Section)),
    )
