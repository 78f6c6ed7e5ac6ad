"""Finds the tags of a Word template in its XML, each with the pieces that Word cut it into.

docxtpl reads a part as one long text and mends most tags by cutting out what stands within them. Here the parts stay
trees: a tag knows its paragraph, and what it cannot be mended from.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Any

from oekoreport.documents.elements import MC, W, above
from oekoreport.documents.proof.spots import Spot, spots
from oekoreport.documents.tags import OPENING, Stretch, Trouble, scanned
from oekoreport.language import Message, catalogue
from oekoreport.package import local_name

_ = catalogue("oekoreport")

TEXTS = frozenset(f"{W}{name}" for name in ("t", "instrText", "delInstrText"))
DELETED = f"{W}delText"
"""Text that a tracked change deleted: no document has it, so no tag stands in it."""

LONGEST_LINE = 1_000
"""How many characters of a paragraph a fault tells."""

PREFIX = re.compile(r"\{[{%#]-?(tr|tc|p|r)[ \u00a0\t]")


class Split(Enum):
    """What tears a tag apart, in words, and the elements of Word that do it."""

    PARAGRAPH = (_("a paragraph ends"),)
    CELL = (_("a cell of a table ends"),)
    FIELD = _("there is a field"), "fldChar", "fldSimple", "instrText"
    TAB = _("there is a tab"), "tab", "ptab"
    BREAK = _("there is a line or page break"), "br", "cr"
    HYPHEN = _("there is a soft or non-breaking hyphen"), "softHyphen", "noBreakHyphen"
    PICTURE = _("a picture or text box is anchored"), "drawing", "pict", "object", "AlternateContent"
    NOTE = _("a footnote is anchored"), "footnoteReference", "endnoteReference", "footnoteRef", "endnoteRef"
    COMMENT = _("a comment begins or ends"), "commentReference", "commentRangeStart", "commentRangeEnd"
    CHANGE = _("there is a tracked change"), "ins", "del", "moveFrom", "moveTo", "delText"
    LINK = _("a hyperlink begins or ends"), "hyperlink"
    CONTROL = _("a content control begins or ends"), "sdt", "sdtContent"
    OTHER = (_("there is something other than text"),)

    def __init__(self, told: Message, *elements: str) -> None:
        self.told = told
        self.elements = elements


BETWEEN = {name: split for split in Split for name in split.elements}
HARMLESS = frozenset(("", "r", "t", "rPr", "proofErr", "bookmarkStart", "bookmarkEnd", "lastRenderedPageBreak"))


GONE = frozenset((Split.PARAGRAPH, Split.TAB, Split.BREAK, Split.HYPHEN))
"""Splits that a remark ({# … #}) may contain: they are removed with it, and the document stays valid."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text of a part: an element's text, or an attribute's value."""

    element: Any
    start: int
    text: str


@dataclass(frozen=True, eq=False)
class Tag:
    """A tag: ``text`` with its braces, and the elements that hold its characters."""

    part: WrittenPart
    text: str
    elements: tuple[Any, ...]
    trouble: Trouble | None = None
    attribute: bool = False

    @cached_property
    def paragraph(self) -> Any:
        """The paragraph that it begins in; None outside of any."""
        element = self.elements[0]
        return element if element.tag == f"{W}p" else above(element, "p")

    @property
    def spot(self) -> Spot:
        """Where it begins."""
        return self.part.spots.get(self.paragraph, Spot(self.part.name))

    @property
    def mark(self) -> str:
        """Its opening: ``{{``, ``{%`` or ``{#``."""
        return self.text[:2]

    @cached_property
    def prefix(self) -> str:
        """The element that it replaces: ``tr``, ``tc``, ``p``, ``r``; empty for a tag within a text."""
        found = PREFIX.match(self.text)
        return found[1] if found else ""

    @cached_property
    def inside(self) -> str:
        """The text between the braces, with quotation marks straightened as docxtpl does."""
        text = self.text[2:-2].removeprefix("-").removesuffix("-")
        for curly, straight in (("“", '"'), ("”", '"'), ("\u2018", "'"), ("’", "'")):
            text = text.replace(curly, straight)
        return text[len(self.prefix) :].strip()

    @cached_property
    def holder(self) -> Any:
        """The row, cell or paragraph that it replaces; None if it is not in one."""
        return self.paragraph if self.prefix == "p" else above(self.elements[0], self.prefix)

    @property
    def word(self) -> str:
        """The first word: ``for``, ``endif``."""
        found = re.match(r"\w+", self.inside)
        return found[0] if found else ""

    @cached_property
    def split(self) -> Split | None:
        """What tears it apart; None where nothing does that docxtpl cannot mend."""
        pairs = zip(self.elements, self.elements[1:], strict=False)
        harmless = GONE if self.mark == "{#" else frozenset()
        splits = (_split(one, other) for one, other in pairs)
        return next((found for found in splits if found is not None and found not in harmless), None)

    @property
    def doubled(self) -> bool:
        """Whether Word keeps it a second time, for programs that cannot show a text box."""
        return next(self.elements[0].iterancestors(f"{MC}Fallback"), None) is not None


@dataclass(frozen=True, eq=False)
class WrittenPart:
    """A part of a template: its tree, its tags in order, and where its paragraphs stand."""

    name: str
    content: str
    tree: Any

    @cached_property
    def spots(self) -> dict[Any, Spot]:
        """Where each paragraph stands."""
        return spots(self.name, self.tree)

    @cached_property
    def tags(self) -> tuple[Tag, ...]:
        """The tags in the order of the text."""
        order = {element: number for number, element in enumerate(self.tree.iter())}
        found = [*self._in_text(), *self._in_attributes()]
        return tuple(sorted(found, key=lambda tag: order[tag.elements[0]]))

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The texts of the part, one after the other."""
        pieces, start = [], 0
        for element in self.tree.iter():
            text = element.text if isinstance(element.tag, str) else None
            if text and element.tag != DELETED and (element.tag in TEXTS or not text.isspace()):
                pieces.append(Piece(element, start, text))
                start += len(text)
        return tuple(pieces)

    @cached_property
    def last_replacing(self) -> dict[tuple[str, Any], Tag]:
        """The last of the tags that replace an element, by their prefix and the element; it alone stays."""
        return {(tag.prefix, tag.holder): tag for tag in self.tags if tag.prefix}

    def literals(self) -> Iterator[tuple[Any, str]]:
        """Yield the texts outside of all tags, each with its element."""
        text = self._text
        for start, end, trouble in self._stretches:
            if trouble is None:
                text = f"{text[:start]}{chr(0) * (end - start)}{text[end:]}"
        for piece in self.pieces:
            left = text[piece.start : piece.start + len(piece.text)]
            yield from ((piece.element, each) for each in left.split(chr(0)) if each.strip())

    @cached_property
    def _text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @cached_property
    def _stretches(self) -> tuple[Stretch, ...]:
        """Where tags stand in the running text."""
        paragraphs = [above(piece.element, "p") for piece in self.pieces]
        following = zip(self.pieces[1:], paragraphs[1:], paragraphs, strict=False)
        ends = [piece.start for piece, own, before in following if before is not None and own is not before]
        return tuple(scanned(self._text, ends))

    def _in_text(self) -> Iterator[Tag]:
        starts = [piece.start for piece in self.pieces]
        ends = [*starts[1:], len(self._text)]
        for start, end, trouble in self._stretches:
            first, last = bisect_right(starts, start) - 1, bisect_right(starts, end - 1) - 1
            elements = [self.pieces[n].element for n in range(first, last + 1) if ends[n] > starts[n]]
            yield Tag(self, self._text[start:end], tuple(elements), trouble)

    def _in_attributes(self) -> Iterator[Tag]:
        """Yield tags in attributes: alternative texts, addresses of links."""
        for element in self.tree.iter():
            for value in element.attrib.values() if isinstance(element.tag, str) else ():
                if OPENING.search(value):
                    for start, end, trouble in scanned(value):
                        yield Tag(self, value[start:end], (element,), trouble, attribute=True)

    def line_of(self, paragraph: Any) -> str:
        """Return a paragraph's text on one line, as far as anybody reads it."""
        if paragraph not in self._lines:
            self._lines[paragraph] = " ".join(self.text_of(paragraph).split())[:LONGEST_LINE]
        return self._lines[paragraph]

    @cached_property
    def _lines(self) -> dict[Any, str]:
        return {}

    def text_of(self, paragraph: Any) -> str:
        """Return a paragraph's text as it was written, without that of text boxes in it."""
        if paragraph is None:
            return ""
        texts = (
            {f"{W}tab": "\t", f"{W}br": " "}.get(each.tag) or (each.text or "" if each.tag in TEXTS else "")
            for each in paragraph.iter(*TEXTS, f"{W}tab", f"{W}br")
            if above(each, "p") is paragraph and above(each, "pPr") is None
        )
        return "".join(texts)


def _split(one: Any, other: Any) -> Split | None:
    """Return the element between two texts that docxtpl cannot cut out without loss; None if there is none."""
    if above(one, "p") is not above(other, "p"):
        return Split.PARAGRAPH if above(one, "tc") is above(other, "tc") else Split.CELL
    for found in (BETWEEN.get(local_name(each)) for each in _elements_between(one, other)):
        if found is not None:
            return found
    strange = any(local_name(each) not in HARMLESS for each in _elements_between(one, other))
    return Split.OTHER if strange or f"{W}t" not in (one.tag, other.tag) or one.tag != other.tag else None


def _elements_between(one: Any, other: Any) -> Iterator[Any]:
    """Yield every element that begins or ends between two texts, those that hold only one of them included."""
    around = set(other.iterancestors())
    left = [each for each in one.iterancestors() if each not in around]
    entered = [each for each in other.iterancestors() if each not in set(one.iterancestors())]
    yield from (each for each in (one, *left, *entered, other))
    inside = False
    common = next(each for each in one.iterancestors() if each in around)
    for each in common.iter():
        if each is other:
            return
        if inside and isinstance(each.tag, str) and above(each, "rPr") is None and each.tag != f"{W}rPr":
            yield each
        inside = inside or each is one
