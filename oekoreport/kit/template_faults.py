"""What is wrong with the marks of a Word template, in words of our own, with the paragraph as the officer wrote it."""

from __future__ import annotations

import difflib
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from oekoreport.errors import TemplateError
from oekoreport.kit.placeholders import FILTERS
from oekoreport.language import Message, catalogue

_ = catalogue("oekoreport")

BLOCKS = {"for": "endfor", "if": "endif"}
"""The blocks of a template, each with the tag that ends it."""

BETWEEN = frozenset({"else", "elif"})
GERMAN_QUOTES = "„“”\u201a\u2018’»«"

PARAGRAPH = re.compile(r"<w:p(?: [^>]*[^/])?>.*?</w:p>", re.DOTALL)
TAG = re.compile(r"\{%-?\s*(?:(?P<kind>tr|tc|p|r)(?=\s))?\s*(?P<word>\w+)[^%]*%\}")
EXAMPLE = "{{ project.title }}"
LOOP_EXAMPLE = "{% for p in participants %}"


class TemplateFault(TemplateError):
    """Marks of a template that cannot be understood; ``paragraph`` is the text they stand in, as it was written."""

    def __init__(self, reason: Message, hint: Message, paragraph: str = "") -> None:
        super().__init__(reason, hint=hint)
        self.paragraph = paragraph


@dataclass(frozen=True, slots=True)
class _Tag:
    word: str
    kind: str
    text: str
    paragraph: str


def fault_of(source: str, reason: str) -> TemplateFault:
    """Return what is wrong with a part of a template that Jinja cannot read.

    Args:
        source: the part's XML as Word wrote it.
        reason: what Jinja says.
    """
    paragraphs = [html.unescape(re.sub(r"<[^>]*>", "", found[0])) for found in PARAGRAPH.finditer(source)]
    faults = (*_unclosed_marks(paragraphs), *_wrong_blocks(paragraphs), *_told_by_jinja(reason, paragraphs))
    return faults[0]


def _unclosed_marks(paragraphs: list[str]) -> Iterator[TemplateFault]:
    """Yield marks that begin in a paragraph and do not end in it."""
    for text in paragraphs:
        for start, end in (("{{", "}}"), ("{%", "%}")):
            if text.count(start) > text.count(end):
                reason = _("What begins with {start} does not end with {end}.", start=start, end=end)
                yield TemplateFault(reason, _("Both have to stand in the same paragraph, without blanks inside."), text)


def _wrong_blocks(paragraphs: list[str]) -> Iterator[TemplateFault]:
    """Yield ends that close nothing or something else, unknown tags, and the block that is open at the end."""
    opened: list[_Tag] = []
    for tag in _tags(paragraphs):
        if tag.word in BLOCKS:
            opened.append(tag)
        elif tag.word in BLOCKS.values() or tag.word in BETWEEN:
            if not opened:
                yield _fault(_("{tag} stands where no loop and no condition is open.", tag=tag.text), tag)
            elif tag.word in BLOCKS.values() and BLOCKS[(begun := opened.pop()).word] != tag.word:
                yield _fault(_("{tag} stands where {end} has to stand.", tag=tag.text, end=_end_of(begun)), tag)
        elif near := difflib.get_close_matches(tag.word, [*BLOCKS, *BLOCKS.values(), *BETWEEN], n=1):
            yield TemplateFault(
                _("There is no “{word}” in a template.", word=tag.word),
                _("Did you mean “{close}”?", close=near[0]),
                tag.paragraph,
            )
    for tag in reversed(opened):
        yield _fault(_("{tag} has no end: {end} is missing.", tag=tag.text, end=_end_of(tag)), tag)


def _tags(paragraphs: list[str]) -> Iterator[_Tag]:
    for text in paragraphs:
        for found in TAG.finditer(text):
            yield _Tag(found["word"], found["kind"] or "", found[0], text)


def _end_of(tag: _Tag) -> str:
    """Return the tag that ends a block, written as it has to be there: ``{%tr endfor %}``."""
    return f"{{%{tag.kind} {BLOCKS[tag.word]} %}}"


def _fault(reason: Message, tag: _Tag) -> TemplateFault:
    hint = _("Each loop and condition needs its end, in the same table or list of paragraphs.")
    return TemplateFault(reason, hint, tag.paragraph)


def _told_by_jinja(reason: str, paragraphs: list[str]) -> Iterator[TemplateFault]:
    """Yield what Jinja says in our words: what it stumbled over, and what has to stand there."""
    name_alone = _("A placeholder is a name alone: {example}", example=EXAMPLE)
    if found := re.search(r"""unexpected char (?:'(.)'|"(.)")""", reason):
        yield _character(found[1] or found[2], paragraphs)
    if found := re.search(r"No filter named '(.*?)'", reason):
        told, known = _("There is no filter “{name}”.", name=found[1]), _("There are: {known}.", known=FILTERS)
        yield TemplateFault(told, known, _holding(rf"\|\s*{re.escape(found[1])}\b", paragraphs))
    if found := re.search(r"unknown tag '(.*?)'", reason):
        told, known = (
            _("There is no “{word}” in a template.", word=found[1]),
            _("There are: {known}.", known=tuple(BLOCKS)),
        )
        yield TemplateFault(told, known, _holding(rf"\{{%\w*\s+{re.escape(found[1])}\b", paragraphs))
    if "Expected an expression" in reason:
        yield TemplateFault(_("A placeholder or condition is empty."), name_alone)
    if found := re.search(r"expected token 'in', got '(.*?)'", reason):
        told = _("In a loop “in” has to stand where “{word}” stands.", word=found[1])
        yield TemplateFault(told, _("Write it as: {example}", example=LOOP_EXAMPLE))
    if found := re.search(r"got '(.*?)'", reason) or re.search(r"unexpected '(.*?)'", reason):
        yield TemplateFault(_("“{word}” stands where the placeholder should end.", word=found[1]), name_alone)
    if "comment tag" in reason:
        yield TemplateFault(_("What begins with {start} does not end with {end}.", start="{#", end="#}"), name_alone)
    yield TemplateFault(_("The template cannot be understood: {reason}", reason=reason), name_alone)


def _character(char: str, paragraphs: list[str]) -> TemplateFault:
    holding = _holding(rf"\{{[{{%][^}}]*{re.escape(char)}", paragraphs)
    if char in GERMAN_QUOTES:
        told = _("Quotation marks ({char}) stand in a placeholder; Word’s autocorrect makes such ones.", char=char)
        return TemplateFault(told, _("Write the name without quotation marks: {example}", example=EXAMPLE), holding)
    told = _("The character {char} cannot stand in a placeholder.", char=char)
    return TemplateFault(told, _("A placeholder is a name alone: {example}", example=EXAMPLE), holding)


def _holding(pattern: str, paragraphs: list[str]) -> str:
    """Return the first paragraph in which something is found; empty where it is in none."""
    return next((text for text in paragraphs if re.search(pattern, text)), "")
