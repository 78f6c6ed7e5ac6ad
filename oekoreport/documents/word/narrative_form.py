"""The form of the narrative in Word: a heading for each section, and below it in grey what belongs there."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import Any

from oekoreport.documents.word.saving import saved_parts
from oekoreport.language import LANGUAGES, Locale, Message, catalogue
from oekoreport.model.narrative import Section
from oekoreport.package import packed

_ = catalogue("oekoreport")

MADE = datetime(2000, 1, 1, tzinfo=UTC)
"""The time that a form bears: the same forms are the same bytes."""

A4 = (210, 297)
"""Width and height of a page in millimetres."""

COPY_OF_STYLES = "/stylesWithEffects"
"""A second set of styles for Word 2010 in the template of python-docx; it does not know the form's own."""

GREY = "767676"
"""The lightest grey that is easy to read on white."""

HINTS = (
    _("Write below the headings and do not change them. The grey sentences may stay: they are not printed."),
    _("When did what happen: kick-off, workshops, site visits, award? Who took part, who left?"),
    _("What was achieved: measures, savings, investments, what the companies say? How does that compare to the aims?"),
    _("What differs from plan and notice, in time, participants and expenditure, and why?"),
    _("What was published, when and where, and how was the funding named?"),
    _("What happens next: further rounds, networks, open measures?"),
)
"""What a form says in grey: before all sections, and in each. A form is filled in for months, so that a sentence is
never changed, nor its translation, or it would be read as text: the former one moves to ``FORMER_HINTS``."""

FORMER_HINTS: tuple[Message | str, ...] = ()


def narrative_form(language: str = "de") -> bytes:
    """Return the form as a Word document, its headings in Word's own styles; the same bytes each time."""
    from docx import Document
    from docx.shared import Mm

    locale = Locale(language)
    document = Document()
    title = locale.show(_("Narrative"))
    _write_properties(document, title, language)
    document.sections[0].page_width, document.sections[0].page_height = map(Mm, A4)
    hint = _hint_style(document, locale)
    first, *hints = (locale.show(each) for each in HINTS)
    document.add_heading(title, 0)
    document.add_paragraph(first, hint)
    for section, words in zip(Section, hints, strict=True):
        document.add_heading(locale.show(section), 1)
        document.add_paragraph(words, hint)
        document.add_paragraph()
    return _saved(document)


def is_instruction(text: str) -> bool:
    """Tell whether a paragraph is a form's instruction, word for word; a changed one counts as text."""
    return text in _instructions()


def begins_with_instruction(text: str) -> bool:
    """Tell whether a paragraph continues a form's instruction with other text."""
    return text.startswith(tuple(_instructions())) and not is_instruction(text)


@cache
def _instructions() -> frozenset[str]:
    return frozenset(Locale(language).show(each) for each in (*HINTS, *FORMER_HINTS) for language in LANGUAGES)


def _write_properties(document: Any, title: str, language: str) -> None:
    """Give the form a title and its language, which screen readers and the spelling checker need, and no author."""
    from docx.oxml.ns import qn

    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, "", ""
    properties.language = language
    properties.created = properties.modified = MADE
    for each in document.styles.element.iter(qn("w:lang")):
        each.set(qn("w:val"), {"de": "de-DE"}.get(language, "en-GB"))


def _hint_style(document: Any, locale: Locale) -> str:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import RGBColor

    style = document.styles.add_style(locale.show(_("Instruction")), WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = style.next_paragraph_style = document.styles["Normal"]
    style.font.italic = True
    style.font.color.rgb = RGBColor.from_string(GREY)
    return str(style.name)


def _saved(document: Any) -> bytes:
    relations = document.part.rels
    for name in [name for name, relation in relations.items() if relation.reltype.endswith(COPY_OF_STYLES)]:
        del relations[name]
    return packed(saved_parts(document))
