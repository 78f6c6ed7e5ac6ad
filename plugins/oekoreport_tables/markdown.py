"""Narratives in Markdown: a text is split at the headings that can begin a section, comments left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from oekoreport import Finding, Message, Place, Severity, Source, SourceError, catalogue
from oekoreport.kit.prose import DAMAGED, Parsed, parsed, refuse_too_large, words
from oekoreport_tables.chapters import Chapter

if TYPE_CHECKING:
    from markdown_it.token import Token

_ = catalogue("oekoreport_tables")

MARKDOWN_SUFFIXES = (".md", ".markdown")

HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*)$")
FENCE = re.compile(r" {0,3}(```|~~~)")
PICTURE = re.compile(r"!\[|<img\b|data:image/", re.IGNORECASE)
"""What a picture begins with, in Markdown, in HTML, and in the address of one that lies in the text."""

LARGEST = 10_000_000
"""The most bytes of a text: 500,000 characters are printed, and pictures may stand in it."""

COMMENT = ("<!--", "-->")
"""Between them stand instructions of the template, which are no part of the text."""


class TextTooLarge(SourceError):
    """A text of more bytes than its narrative can have; ten times as much memory would be needed to look at it."""

    def __init__(self, source: Source) -> None:
        super().__init__(
            _("The text has more than {megabytes} MB and is not read.", megabytes=LARGEST // 1_000_000),
            place=Place(source.name),
            hint=_("Copy the narrative alone into a new file."),
        )


def markdown_chapters(source: Source) -> list[Chapter]:
    """Return the chapters of a text; deeper headings stay in their section's text, lines keep their numbers.

    Raises:
        SourceError: the text holds more than is printed.
    """
    text = _without_comments(_decode(source))
    refuse_too_large(text, lambda line: Place(source.name, line=line))
    chapters = _split(source.name, text)
    for chapter in chapters:
        chapter.findings += _pictures(chapter)
    return chapters if chapters[0].text else chapters[1:]


def _decode(source: Source) -> str:
    if source.weight > LARGEST:
        raise TextTooLarge(source)
    try:
        return source.content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return source.content.decode("cp1252", errors="replace")


def _without_comments(text: str) -> str:
    """Return a text without its comments, its lines as many as before."""
    opening, closing = COMMENT
    parts: list[str] = []
    start = 0
    while (begun := text.find(opening, start)) >= 0 and (end := text.find(closing, begun + len(opening))) >= 0:
        parts += text[start:begun], "\n" * text.count("\n", begun, end)
        start = end + len(closing)
    return "".join([*parts, text[start:]])


def _split(file: str, text: str) -> list[Chapter]:
    chapters = [Chapter(Place(file, line=1))]
    fence = ""
    for number, line in enumerate(text.splitlines(), 1):
        fence = _fence(line, fence)
        match = None if fence else HEADING.match(line)
        chapter = Chapter(Place(file, line=number), len(match[1]), _title(match[2])) if match else None
        if chapter and chapter.begins_after(chapters[-1]):
            chapters.append(chapter)
        else:
            chapters[-1].add(line, Place(file, line=number))
    return chapters


def _title(text: str) -> str:
    """Return a heading's text without the signs that may close it."""
    return text.rstrip().rstrip("#").rstrip()


def _fence(line: str, fence: str) -> str:
    """Return the code fence open after a line: inside code, a # does not start a heading."""
    match = FENCE.match(line)
    if match is None:
        return fence
    if fence:
        return "" if match[1] == fence else fence
    return match[1]


def _pictures(chapter: Chapter) -> Iterator[Finding]:
    """Yield a finding for each picture that is a file of its own, or cannot be printed, or is not seen to be one."""
    if not PICTURE.search(text := "\n".join(chapter.lines)):
        return
    written = parsed(text)
    first = chapter.place.line + (chapter.level > 0)
    for block in written.tokens:
        line = first + (block.map[0] if block.map else 0)
        for token in block.children or ():
            line += token.type in {"softbreak", "hardbreak"}
            if token.type == "image":
                yield from _picture(written, token, chapter.place._replace(line=line))
            elif token.type == "text" and (found := PICTURE.search(token.content)):
                yield _typed(_short(token.content[found.start() :]), chapter.place._replace(line=line))


def _picture(text: Parsed, token: Token, place: Place) -> Iterator[Finding]:
    address = str(token.attrGet("src") or "")
    if address == DAMAGED:
        told = _("The picture “{words}” is damaged; its description is printed instead.", words=words(token))
        hint = _("Open it in a picture program and save it as PNG or JPEG.")
        yield Finding("DATA-PICTURE", Severity.WARNING, told, place, found=words(token), hint=hint)
    elif address not in text.pictures:
        yield _beside(_short(address), place)


LONGEST_ADDRESS = 60


def _short(address: str) -> str:
    return address if len(address) <= LONGEST_ADDRESS else f"{address[:LONGEST_ADDRESS]}…"


def _typed(text: str, place: Place) -> Finding:
    """Return what is told of a picture in a form that is not read: its letters are printed, base64 and all."""
    told = _("This looks like a picture but is not read as one; it is printed as it was typed: {text}", text=text)
    return _not_printed(told, text, place)


def _beside(file: str, place: Place) -> Finding:
    told = _("The picture {file} is not part of the text; its description is printed instead.", file=file)
    return _not_printed(told, file, place)


def _not_printed(told: Message, found: str, place: Place) -> Finding:
    hint = _("A narrative in Word includes its pictures: use sachbericht.docx instead of sachbericht.md.")
    return Finding("DATA-PICTURE", Severity.WARNING, told, place, found=found, hint=hint)
