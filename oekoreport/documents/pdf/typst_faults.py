"""What Typst says is wrong with a template, in our words and with the line; what it advises is English and stays so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from oekoreport.documents.pdf.typst_reach import PackageNeeded
from oekoreport.errors import TemplateError
from oekoreport.language import catalogue
from oekoreport.places import Place

_ = catalogue("oekoreport")

FAULT = re.compile(
    r"^(?P<level>error|warning): (?P<reason>.+)\n(?:\s*┌─ (?P<file>[^\n]+?):(?P<line>\d+):\d+$)?", re.MULTILINE
)
HINT = re.compile(r"^\s*= hint: (?P<hint>.+)", re.MULTILINE)
UNPRINTABLE = re.compile(
    r"^error: [^\n]*?(?:the text `\"(?P<text>.+)\"` could not be displayed|contains the codepoint `\"(?P<code>.+)\"`)",
    re.MULTILINE,
)
ESCAPE = re.compile(r"\\(?:u\{(?P<code>[0-9a-f]+)\}|(?P<char>.))")
DOWNLOAD = re.compile(r"failed to download package|package not found")
ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}


class TypstFault(TemplateError):
    """Typst cannot compile a template. Its message is quoted untranslated, in English."""

    def __init__(self, place: Place, reason: str, advice: str) -> None:
        super().__init__(
            _("The template cannot be turned into a PDF: {reason}", reason=reason),
            place=place,
            hint=_("Typst advises: {advice}", advice=advice) if advice else None,
        )


class NoGlyph(TemplateError):
    """A template itself has a character that no font of the product can show; leaving it out would lose text."""

    def __init__(self, place: Place, text: str) -> None:
        super().__init__(
            _("The character “{text}” cannot be printed: no font has it.", text=text),
            place=place,
            hint=_("Replace the character in its source, or build without PDF."),
        )


class TypstSource(NamedTuple):
    """The file that Typst compiled, its template's name, and the number of lines put before the template's first."""

    file: str
    name: str
    lines_before: int


def fault_of(diagnostic: str, source: TypstSource) -> TemplateError:
    """Return Typst's diagnostic as an error: its first error, or else its first warning."""
    faults = list(FAULT.finditer(diagnostic))
    if not faults:
        return TypstFault(Place(source.name), diagnostic.strip(), "")
    fault = next((fault for fault in faults if fault["level"] == "error"), faults[0])
    place = _place(fault, source)
    if missing := next(unprintable(fault[0]), None):
        return NoGlyph(place, missing)
    if DOWNLOAD.match(fault["reason"]):
        return PackageNeeded(place)
    hint = HINT.search(diagnostic, fault.end())
    return TypstFault(place, fault["reason"], hint["hint"] if hint else "")


def unprintable(diagnostic: str) -> Iterator[str]:
    """Yield each text without a glyph in any font, as the document has it."""
    for found in UNPRINTABLE.finditer(diagnostic):
        yield ESCAPE.sub(_character, found["text"] or found["code"])


def _place(fault: re.Match[str], source: TypstSource) -> Place:
    file = re.split(r"[/\\]", fault["file"] or source.file)[-1]
    if file != source.file:
        return Place(file, line=int(fault["line"]))
    return Place(source.name, line=max(int(fault["line"] or 0) - source.lines_before, 0))


def _character(escape: re.Match[str]) -> str:
    """Return the character that an escape in Rust's debug format denotes."""
    if escape["code"]:
        return chr(int(escape["code"], 16))
    return ESCAPED.get(escape["char"], escape["char"])
