"""What a value becomes in Word: a text with its breaks, a picture, runs, whole paragraphs."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from oekoreport.characters import ILLEGAL, MARK, SOFT_BREAKS
from oekoreport.documents.content import NO_WORDS, Chart, Picture, Prose, Styles, paragraph, paragraphs
from oekoreport.documents.docxtpl_values import docxtpl_class
from oekoreport.documents.views import Budget, Printer
from oekoreport.documents.word.faults import ForeignTemplate, LinkWithoutTemplate, UsedTemplate, WrongSink
from oekoreport.documents.word.pictures import drawing
from oekoreport.figures import UNKNOWN
from oekoreport.language import Locale, Message, catalogue

_ = catalogue("oekoreport")

SPECIAL = re.compile("[\x00-\x1f\ud800-\udfff\ufffe\uffff]")
BREAKS = re.compile("[\t\n\a\f]")
"""What docxtpl makes of a text: a tab, a line, a paragraph (\\a), a page (\\f)."""

ILLEGAL_IN_TEXT = re.compile(ILLEGAL.pattern.replace("\t", "\a\f\t"))
TAGS = re.compile(r"<[^>]*>")
LINK = "<w:hyperlink r:id="
AROUND = 20


class NeedsDocxtpl(Exception):
    """A value can be printed by docxtpl alone: no error, it asks for the other path with the value's own template."""

    def __init__(self, template: Any) -> None:
        super().__init__()
        self.template = template


class Rendering(Printer):
    """One document in the making.

    Attributes:
        pictures: those of the part at hand, by their relation.
        breaks: whether a text of the part at hand has lines or tabs, which become Word's own.
        notes: what could not be printed as it was.
        docxtpl: the template of docxtpl that makes the document; None on the fast path.
    """

    def __init__(self, locale: Locale, styles: Callable[[], Styles], docxtpl: Any = None) -> None:
        super().__init__(locale)
        self._styles = styles
        self.docxtpl = docxtpl
        self._used = docxtpl is not None and docxtpl.is_rendered
        self.notes: dict[Message, None] = {}
        self.next_part()

    def next_part(self) -> None:
        """Begin another part of the document."""
        self.pictures: dict[str, Picture] = {}
        self.breaks = False
        self.budget = Budget()

    def printed(self, value: object) -> str:
        """Return what a value becomes in the middle of a text."""
        if type(value) is not str:
            match value:
                case Markup():
                    return value
                case Picture():
                    return self._drawing(value)
                case Chart():
                    return self._drawing(value.picture())
                case Prose():
                    raise WrongSink(_("A text of several paragraphs is placed in the middle of a line."), "{{p … }}")
            if kind := docxtpl_class(value):
                return self._docxtpl_text(value, kind)
            value = self.shown(value)
        return value if value.isprintable() or not SPECIAL.search(value) else self._text(value)

    def run(self, value: object) -> Markup:
        """Return what a value becomes between the runs of a paragraph."""
        if isinstance(value, Markup):
            return value
        if docxtpl_class(value) == "RichText":
            return self._markup(value)
        self.shown(value)  # what does not exist or is no value says so first
        raise WrongSink(_("This text is outside any line of text."), "{{ … }}")

    def block(self, value: object) -> Markup:
        """Return what a value becomes between paragraphs."""
        match value:
            case Markup():
                return value
            case Prose():
                prose = Prose(self.legal(value.text))
                xml = paragraphs(prose, self._styles(), self.locale.show(UNKNOWN), self._drawing)
                return Markup(xml)  # noqa: S704 - escaped there
            case None:
                return Markup(paragraph(self.locale.show(UNKNOWN), self._styles()))  # noqa: S704 - escaped there
        match docxtpl_class(value):
            case "RichTextParagraph":
                return self._markup(value)
            case "Subdoc":
                return self._by_docxtpl(value)
        self.shown(value)
        raise WrongSink(_("This text is outside any paragraph."), "{{ … }}")

    def _drawing(self, picture: Picture) -> Markup:
        relation = f"rIdPicture{len(self.pictures) + 1}"
        self.pictures[relation] = picture
        alt = self.legal(picture.alt) or self.locale.show(NO_WORDS)
        return drawing(replace(picture, alt=alt), relation, len(self.pictures))

    def _docxtpl_text(self, value: object, kind: str) -> Markup:
        match kind:
            case "Listing":
                return self._markup(value)
            case "InlineImage":
                return self._by_docxtpl(value)
            case "RichText":
                raise WrongSink(_("A formatted text is placed in the middle of a line."), "{{r … }}")
        raise WrongSink(_("A text of several paragraphs is placed in the middle of a line."), "{{p … }}")

    def _markup(self, value: Any) -> Markup:
        if self.docxtpl is None and LINK in value.xml:
            raise LinkWithoutTemplate
        if self._used and LINK in value.xml:
            raise UsedTemplate
        return Markup(self._text(value.xml))  # noqa: S704 - docxtpl escaped it

    def _by_docxtpl(self, value: Any) -> Markup:
        """Return what docxtpl makes of a picture or subdocument; its template has to be the one that is rendered."""
        if self.docxtpl is None:
            raise NeedsDocxtpl(value.tpl)
        if value.tpl is not self.docxtpl:
            raise ForeignTemplate
        if self._used and docxtpl_class(value) == "Subdoc":
            raise UsedTemplate
        return Markup(str(value))  # noqa: S704 - docxtpl's own XML

    def _text(self, text: str) -> str:
        """Return text that has breaks or what Word cannot hold: the former are noted, the latter marked."""
        text = self.legal(SOFT_BREAKS.sub("\n", text), ILLEGAL_IN_TEXT)
        self.breaks |= BREAKS.search(text) is not None
        return text

    def legal(self, text: str, illegal: re.Pattern[str] = ILLEGAL) -> str:
        """Return a text with a mark for each character that XML cannot hold; the first is noted."""
        found = illegal.search(text)
        if found is None:
            return text
        around = ILLEGAL.sub(MARK, TAGS.sub("", text[max(found.start() - AROUND, 0) : found.end() + AROUND]))
        code = f"U+{ord(found[0]):04X}"
        note = _("The character {code} was printed as “{mark}” in “{text}”.", code=code, mark=MARK, text=around)
        self.notes[note] = None
        return illegal.sub(MARK, text)
