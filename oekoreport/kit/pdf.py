"""Accessible PDF from a Typst template: PDF/A-2a and PDF/UA-1, the same bytes for the same input.

A template sees its values as ``data``; title, language and date of the document are set before its first line. It reads
the files that it is given, uses the fonts that come with the product, and loads nothing from a network.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TYPE_CHECKING, Self

from oekoreport.errors import TemplateError
from oekoreport.kit.fonts import font_paths
from oekoreport.kit.rendered import Rendered
from oekoreport.language import Message, catalogue
from oekoreport.places import Place

if TYPE_CHECKING:
    import typst

_ = catalogue("oekoreport")

STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]
NO_DATE = date(1980, 1, 1)
"""What the properties of a document say that has no date: PDF/A wants one, and the clock must not be asked."""

PROLOGUE = (
    "#set document(title: sys.inputs.title, date: datetime(year: {day.year}, month: {day.month}, day: {day.day})); "
    "#set text(lang: sys.inputs.language); #let data = json(bytes(sys.inputs.data))\n"
)
PROLOGUE_LINES = PROLOGUE.count("\n")

PACKAGE = re.compile(r'"@[\w-]+/[\w-]+')
FAULT = re.compile(r"^(?P<level>error|warning): (?P<reason>.+)\n(?:\s*┌─ \S+?:(?P<line>\d+):\d+)?", re.MULTILINE)
HINT = re.compile(r"^\s*= hint: (?P<hint>.+)", re.MULTILINE)
MISSING_GLYPH = re.compile(r"the text `\"(?P<text>.+)\"` could not be displayed")

REPLACEMENT = "□"
"""What is printed for a character that no font has."""


class TypstFault(TemplateError):
    """Typst cannot make a document of a template. What it says is English and stays as it is."""

    def __init__(self, place: Place, reason: str, advice: str) -> None:
        super().__init__(
            _("The template cannot be turned into a PDF: {reason}", reason=reason),
            place=place,
            hint=_("Typst advises: {advice}", advice=advice) if advice else None,
        )


class NoGlyph(TemplateError):
    """A text has a character that no font of the product can show; leaving it out would lose text."""

    def __init__(self, place: Place, text: str) -> None:
        self.text = text
        super().__init__(
            _("The character “{text}” cannot be printed: no font has it.", text=text),
            place=place,
            hint=_("Replace the character in the source, or build without PDF."),
        )


class PackageNeeded(TemplateError):
    """A template asks for a package from the network."""

    def __init__(self, place: Place) -> None:
        super().__init__(
            _("The template asks for a Typst package; packages come from the network and are not loaded."),
            place=place,
            hint=_("Copy what you need of the package into the template."),
        )


class Press:
    """Prints PDFs from one template. Use it in a ``with`` block: the files that it may read are kept that long.

    Args:
        template: the Typst source.
        name: the template's name, for messages.
        files: what the template may read (``image("logo.png")``), by file name.
    """

    def __init__(self, template: bytes, name: str, files: Mapping[str, bytes] | None = None) -> None:
        self._template = template
        self._name = name
        self._files = files or {}
        self._root: TemporaryDirectory[str] | None = None
        for number, line in enumerate(template.decode(errors="replace").splitlines(), start=1):
            if PACKAGE.search(line):
                raise PackageNeeded(Place(name, line=number))

    def __enter__(self) -> Self:
        self._root = TemporaryDirectory(prefix="oekoreport-")
        for name, content in self._files.items():
            Path(self._root.name, name).write_bytes(content)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._root:
            self._root.cleanup()
            self._root = None

    def render(self, data: Mapping[str, object], *, title: str, language: str, created: date | None) -> Rendered:
        """Return the PDF of one document. A character that no font has is printed as □, and noted.

        Args:
            data: what the template prints: texts, yes and no, lists and mappings of these; nothing is computed there.
            title: the document's title, as its window shows it and a screen reader says it.
            language: the document's language, "de" or "en".
            created: the date in its properties, never the clock's.

        Raises:
            TemplateError: with the line of the template where Typst gives one.
        """
        text = json.dumps(data, ensure_ascii=False)
        notes: list[Message] = []
        while True:
            try:
                return Rendered(self._compiled(text, title, language, created or NO_DATE), tuple(notes))
            except NoGlyph as fault:
                notes.append(
                    _(
                        "The character “{text}” was printed as “{mark}”: no font has it.",
                        text=fault.text,
                        mark=REPLACEMENT,
                    )
                )
                marked = text.translate(dict.fromkeys(map(ord, fault.text), REPLACEMENT))
                if marked == text:  # it stands in the template itself
                    raise
                text = marked

    def _compiled(self, data: str, title: str, language: str, day: date) -> bytes:
        import typst

        try:
            content, warnings = _compiler().compile_with_warnings(
                PROLOGUE.format(day=day).encode() + self._template,
                format="pdf",
                root=self._folder,
                sys_inputs={"title": title, "language": language, "data": data},
                pdf_standards=STANDARDS,
                timestamp=int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()),
            )
        except typst.TypstError as error:
            raise self._fault(str(error.diagnostic)) from error
        for warning in warnings:
            if warning.message.startswith("unknown font family"):  # it would be replaced by another without a sound
                raise self._fault(str(warning.diagnostic))
        if not isinstance(content, bytes):
            raise TypstFault(Place(self._name), "no pages", "")
        return content

    @property
    def _folder(self) -> str:
        if self._root is None:
            raise RuntimeError("a Press prints inside its with block")
        return self._root.name

    def _fault(self, diagnostic: str) -> TemplateError:
        faults = list(FAULT.finditer(diagnostic))
        if not faults:
            return TypstFault(Place(self._name), diagnostic.strip(), "")
        fault = next((fault for fault in faults if fault["level"] == "error"), faults[0])
        place = Place(self._name, line=max(int(fault["line"] or 0) - PROLOGUE_LINES, 0))
        if glyph := MISSING_GLYPH.search(fault["reason"]):
            return NoGlyph(place, glyph["text"])
        hint = HINT.search(diagnostic, fault.end())
        return TypstFault(place, fault["reason"], hint["hint"] if hint else "")


@cache
def _compiler() -> typst.Compiler:
    """Return the one compiler of this process: it keeps fonts and what it laid out before, for the next document."""
    import typst

    fonts = typst.Fonts(include_system_fonts=False, font_paths=font_paths())
    return typst.Compiler(font_paths=fonts, ignore_system_fonts=True)
