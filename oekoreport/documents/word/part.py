"""A part of a template, compiled once: filled with values it is the part of a document."""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

import jinja2

from oekoreport.documents.views import (
    PRINTER,
    Budget,
    NoSuchPlaceholder,
    NotAllowed,
    Printer,
    TooMuchAsked,
    environment,
    nearest,
    vetted,
)
from oekoreport.documents.word import marks
from oekoreport.documents.word.faults import BrokenPart, ForeignReference, located
from oekoreport.documents.word.foreign import foreign_fields
from oekoreport.documents.word.mending import BARE, END_OF_CELL, columns_of, mended, without_empty_tables
from oekoreport.documents.word.pictures import numbered
from oekoreport.documents.word.printing import BREAKS, Rendering
from oekoreport.documents.word.source import BODY, MarkedPart
from oekoreport.errors import TemplateError
from oekoreport.language import catalogue
from oekoreport.package import tree_of

_ = catalogue("oekoreport")

FILLING = (TypeError, ValueError, LookupError, AttributeError, ArithmeticError, RecursionError, jinja2.TemplateError)
"""What goes wrong while values are filled in: two that cannot be compared, a position that a list does not have."""

PARAGRAPH = re.compile(r"<w:p(?: [^>]*)?(?<!/)>.*?</w:p>", re.DOTALL)
FIRST_DRAWING = 1000
"""docxtpl numbers the drawings of the body from 1001 on; those of the n-th other part come from n million on."""


class CompiledPart:
    """A part of a template: compiled when it is made.

    Raises:
        jinja2.TemplateSyntaxError: a mark in it cannot be understood.
        NotAllowed: a mark does more than reading.
        TooMuchAsked: it has more marks, or longer or deeper ones, than any template.
    """

    def __init__(self, raw: MarkedPart, number: int, name: str) -> None:
        self.name = raw.name
        self._raw = raw
        self._template = name
        self._marks = marks.read(raw.marked)
        self._columns = raw.name == BODY and (self._marks.columns or columns_of(raw.opening, self._marks.source))
        self._drawings = raw.name == BODY and "<wp:docPr" in raw.marked
        self._first_drawing = 1_000_000 * number or FIRST_DRAWING
        self._jinja = self._compiled()

    def content(self, rendering: Rendering, values: Mapping[str, object]) -> bytes:
        """Return the part filled with values.

        Raises:
            TemplateError: a placeholder names nothing or no value; what is made of it is no Word document any more.
        """
        text = self._raw.before + self.text(rendering, values) + self._raw.after
        try:
            content = mended(text, columns=self._columns, section=self._marks.section)
        except SyntaxError as error:
            raise self._broken(error, 0) from error
        if self._marks.fields:
            for _field, told, hint in foreign_fields(tree_of(content)):
                raise self._located(ForeignReference(told, hint=hint), 0)
        return content

    def text(self, rendering: Rendering, values: Mapping[str, object]) -> str:
        """Return what stands between the part's beginning and end, filled; it may not be well-formed."""
        rendering.next_part()
        text = self._rendered({**values, PRINTER: rendering})
        if self._marks.braces:
            for mark, brace in marks.BRACES.items():
                text = text.replace(mark, brace)
        if rendering.breaks or self._marks.breaks:
            text = rendering.legal(PARAGRAPH.sub(_with_breaks, text))  # docxtpl leaves breaks outside of lines of text
        if BARE.search(text):
            text = without_empty_tables(text)
        elif self._marks.cells:
            text = END_OF_CELL.sub(r"\1<w:p/></w:tc>", text)
        if self._drawings or self._marks.drawings or rendering.pictures:
            text = numbered(text, self._first_drawing)
        return text

    def for_docxtpl(self, rendering: Rendering, values: Mapping[str, object]) -> str:
        """Return the part as docxtpl wants it from its own rendering; well-formed for sure."""
        text = self.text(rendering, values)
        if self._raw.opening:
            text = self._raw.opening + text[text.index(">") + 1 :]
        try:
            mended(text)
        except SyntaxError as error:
            raise self._broken(error, 0) from error
        return text

    def _compiled(self) -> jinja2.Template:
        try:
            return understood(self._raw.marked)
        except (NotAllowed, TooMuchAsked) as error:
            raise self._located(error, self._line_of({})) from error

    def _rendered(self, values: Mapping[str, object]) -> str:
        try:
            return self._jinja.render(values)
        except TemplateError as error:
            if isinstance(error, NoSuchPlaceholder) and error.hint is None:
                raise self._located(error.advising(nearest(error.name, values)), self._line_of(values)) from None
            raise self._located(error, self._line_of(values)) from None
        except FILLING as error:
            raise self._broken(error, self._line_of(values)) from error

    def _line_of(self, values: Mapping[str, object]) -> int:
        """Return the line of the fault that compiling or filling in runs into, a line for each paragraph; 0 for none.

        It is done once more for that, with the lines; a document without fault has no time for them.
        """
        if isinstance(printer := values.get(PRINTER), Printer):
            printer.budget = Budget()
        try:
            _program(_in_lines(self._marks.source)).render(values)
        except (NotAllowed, TooMuchAsked) as error:
            return error.line or _line_in_template(error)
        except (TemplateError, *FILLING) as error:
            return _line_in_template(error)
        return 0

    def _located(self, error: TemplateError, line: int) -> TemplateError:
        return located(error, self._template, _in_lines(self._raw.marked).split("\n"), line)

    def _broken(self, error: Exception, line: int) -> TemplateError:
        if isinstance(error, SyntaxError):
            reason = _("The template produces an invalid Word document: {reason}", reason=str(error))
        else:
            reason = _("The template cannot be filled: {reason}", reason=f"{type(error).__name__}: {error}")
        return self._located(BrokenPart(reason), line)


@lru_cache(maxsize=128)
def understood(marked: str) -> jinja2.Template:
    """Return what Jinja compiles of a part whose marks are in order, once for its proof and for its documents.

    Raises:
        jinja2.TemplateSyntaxError: a mark in it cannot be understood.
        NotAllowed: a mark does more than reading.
        TooMuchAsked: it has more marks, or longer or deeper ones, than any template.
    """
    return _program(marks.read(marked).source)


def _program(source: str) -> jinja2.Template:
    env = environment()
    try:
        return env.from_string(vetted(env, source))
    except (RecursionError, SyntaxError, ValueError) as error:  # what Python cannot compile of it
        raise TooMuchAsked(_("a tag is too long or too deeply nested")) from error


def _in_lines(source: str) -> str:
    """Return a source with a line for each paragraph: faults are told by their lines."""
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", source)


def _line_in_template(error: Exception) -> int:
    """Return the line of the template that an error was raised in; 0 where it was in none."""
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno or 0 for frame in reversed(frames) if frame.filename == "<template>"), 0)


def _with_breaks(paragraph: re.Match[str]) -> str:
    """Return a paragraph whose lines and tabs are Word's own; docxtpl knows how."""
    text = paragraph[0]
    return _docxtpl().resolve_listing(text) if BREAKS.search(text) else text


@cache
def _docxtpl() -> Any:
    from docxtpl import DocxTemplate

    return DocxTemplate(None)
