"""The content of a paragraph: formatted text with links, pictures, notes, and findings on what is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from oekoreport import Finding, Place
from oekoreport.kit.package import Element, Relation, local_name
from oekoreport_tables.word import remarks
from oekoreport_tables.word.markup import OBJECT, Piece
from oekoreport_tables.word.notes import RAISED, Notes
from oekoreport_tables.word.pictures import Drawings, floats
from oekoreport_tables.word.styles import Styles
from oekoreport_tables.word.xml import attribute, child, chosen, inside, is_on, number, written

LEFT_OUT = frozenset({"pPr", "del", "moveFrom"})
"""Skipped elements: properties, and text deleted by a tracked change."""

LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
"""Signs of their own, as those of notes are, so that m² and CO₂ stay what they are, and 10⁵ does not become 105."""

SYMBOLS = {
    0xF0B7: "•",
    0xF0A7: "▪",
    0xF0E0: "→",
    0xF0E8: "→",
    0xF0FC: "✓",
    0xF0FE: "☑",
    0xF06F: "☐",
    0xF0A8: "☐",
    0xF04A: "☺",
}
"""Signs of the fonts Symbol and Wingdings that Word's own shortcuts and lists make."""

SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}


@dataclass(slots=True)
class Content:
    """What a paragraph holds.

    Attributes:
        pieces: its text, and the pictures that stand in it.
        before: the pictures, in Markdown, that float beside it and are anchored before its text.
        after: those that are anchored in its text or behind.
        findings: what is not printed, or otherwise than it looks.
    """

    pieces: list[Piece] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def has_text(self) -> bool:
        """Whether its lines contain anything."""
        return any(not piece.text.isspace() for piece in self.pieces)

    @property
    def words(self) -> list[Piece]:
        """Its text without the pictures in it."""
        return [piece for piece in self.pieces if not piece.picture]

    @property
    def addresses(self) -> list[str]:
        """Those of its links, each as often as it may be printed."""
        return [link for link, _pieces in groupby(piece.link for piece in self.pieces)]

    @property
    def pictures(self) -> list[str]:
        """All its pictures, in Markdown."""
        return [*self.before, *(piece.picture for piece in self.pieces if piece.picture), *self.after]

    def __bool__(self) -> bool:
        return self.has_text or bool(self.before or self.after or self.findings)


@dataclass(slots=True)
class _Field:
    """An open field: its instruction, and its address if it is a link."""

    code: str = ""
    link: str = ""


class Reader:
    """Reads the paragraphs of one part, in their order: a field may begin in one and end in another."""

    def __init__(self, styles: Styles, relations: Mapping[str, Relation], drawings: Drawings, notes: Notes) -> None:
        self._styles = styles
        self._relations = relations
        self._drawings = drawings
        self._notes = notes
        self._fields: list[_Field] = []
        self._content = Content()
        self._place = Place("")

    def read(self, paragraph: Element, place: Place) -> Content:
        """Return what a paragraph holds; ``place`` is where its findings point to."""
        self._content, self._place = Content(), place
        self._elements(paragraph, "")
        return self._content

    def _elements(self, parent: Iterable[Element], link: str) -> None:
        """Read what stands between the runs of a paragraph; ``link`` is the address that all of it leads to."""
        for each in parent:
            match local_name(each):
                case "r":
                    self._run(each, each, link)
                case "hyperlink":
                    self._elements(each, self._address(each) or link)
                case "fldSimple":
                    self._elements(each, _linked(attribute(each, "instr")) or link)
                case "sdt":
                    self._control(each, link)
                case "oMath" | "oMathPara":
                    self._content.findings.append(remarks.EQUATION.at(self._place))
                case "AlternateContent":
                    self._elements(chosen(each), link)
                case name if name and name not in LEFT_OUT:
                    self._elements(each, link)

    def _address(self, hyperlink: Element) -> str:
        relation = self._relations.get(attribute(hyperlink, "id"))
        return relation.target if relation and relation.external else ""

    def _control(self, control: Element, link: str) -> None:
        inner = child(control, "sdtContent")
        if inner is None:
            return
        if is_prompt(control):
            self._content.findings.append(remarks.PROMPT.at(self._place, text=written(inner)))
        else:
            self._elements(inner, link)

    def _run(self, run: Element, parent: Iterable[Element], link: str) -> None:
        """Read what stands in a run; ``parent`` is the run, or an alternative inside of it."""
        for each in () if self._is_hidden(run) else parent:
            match local_name(each):
                case "t":
                    self._text(run, each.text or "", link)
                case name if name in SIGNS:
                    self._add(run, SIGNS[name], link)
                case "sym":
                    self._symbol(run, each, link)
                case "footnoteReference" | "endnoteReference" as name:
                    mark = self._notes.refer(name.removesuffix("Reference"), attribute(each, "id"))
                    self._add(run, mark, link)
                case "fldChar" | "instrText":
                    self._field(each)
                    self._add(run, _choice(each), link)
                case "AlternateContent":
                    self._run(run, chosen(each), link)
                case "ruby":
                    self._elements(each, link)
                case name:
                    self._object(name, each, link)

    def _is_hidden(self, run: Element) -> bool:
        """Tell whether Word shows a run; text that it does not show is reported."""
        hidden = self._styles.is_set(run, "vanish")
        if hidden and (text := written(run)):
            self._content.findings.append(remarks.HIDDEN.at(self._place, text=text))
        return hidden

    def _object(self, name: str, element: Element, link: str) -> None:
        """Read an element other than text."""
        if name in {"drawing", "pict"}:
            for each in self._drawings.read(element, self._place):
                if isinstance(each, Finding):
                    self._content.findings.append(each)
                elif floats(element):
                    (self._content.after if self._content.has_text else self._content.before).append(each)
                else:
                    self._content.pieces.append(Piece(OBJECT, link=link, picture=each))
        elif name in {"object", "contentPart"}:
            remark = remarks.EMBEDDED if name == "object" else remarks.SHAPE
            self._content.findings.append(remark.at(self._place))

    def _text(self, run: Element, text: str, link: str) -> None:
        text = text.replace(OBJECT, "").translate(({}, RAISED, LOWERED)[self._styles.shift(run)])
        if text.strip() and any(self._styles.is_set(run, name) for name in ("strike", "dstrike")):
            self._content.findings.append(remarks.STRUCK.at(self._place, text=text))
        self._add(run, text, link)

    def _add(self, run: Element, text: str, link: str) -> None:
        if not text:
            return
        for opened in self._fields:
            link = opened.link or link
        bold, italic = self._styles.is_set(run, "b"), self._styles.is_set(run, "i")
        self._content.pieces.append(Piece(text, bold, italic, link))

    def _symbol(self, run: Element, symbol: Element, link: str) -> None:
        code = attribute(symbol, "char")
        point = int(code, 16) if re.fullmatch("[0-9A-Fa-f]{2,8}", code) else 0
        sign = SYMBOLS.get(point | 0xF000 if point < 0x100 else point)  # noqa: PLR2004 - Word writes both
        if sign:
            self._add(run, sign, link)
        else:
            self._content.findings.append(remarks.SYMBOL.at(self._place, font=attribute(symbol, "font")))

    def _field(self, element: Element) -> None:
        """Follow a field through its begin mark, its instruction and its end mark."""
        kind = attribute(element, "fldCharType")
        if kind == "begin":
            self._fields.append(_Field())
        elif not self._fields:
            return
        elif kind == "separate":
            self._fields[-1].link = _linked(self._fields[-1].code)
        elif kind == "end":
            self._fields.pop()
        else:
            self._fields[-1].code += element.text or ""


def is_prompt(control: Element) -> bool:
    """Tell whether a field still shows its prompt; one formatted like typed text does not."""
    if not is_on(child(control, "sdtPr", "showingPlcHdr")):
        return False
    styles = {attribute(child(run, "rPr", "rStyle")) for run in inside(control, "r") if written(run)}
    return bool(styles) and all(
        "placeholder" in style.casefold() or "platzhalter" in style.casefold() for style in styles
    )


def _choice(field_start: Element) -> str:
    """Return what a legacy form field without text shows: a check box, or the entry of a list."""
    data = child(field_start, "ffData")
    if (box := child(data, "checkBox")) is not None:
        checked = child(box, "checked")
        return "☒" if is_on(checked if checked is not None else child(box, "default")) else "☐"
    entries = [attribute(each) for each in inside(data, "listEntry")] if data is not None else []
    chosen_one = number(child(data, "ddList", "result")) or 0
    return entries[chosen_one] if chosen_one < len(entries) else ""


def _linked(code: str) -> str:
    """Return the address of a field that is a link; empty for others, and for places in the document itself."""
    words = code.split('"')
    is_link = words[0].split()[:1] == ["HYPERLINK"] and len(words) > 1
    return words[1] if is_link and "\\l" not in words[0] else ""
