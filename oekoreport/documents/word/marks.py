"""The marks of a part before Jinja reads it: where each prints to, and what has to be mended once it is rendered.

A value prints into a line of text, between the runs of a paragraph (``{{r … }}``), or between paragraphs
(``{{p … }}``). docxtpl leaves all three alike, and a text between paragraphs is gone from Word without a sound; so the
last two get a filter of their own, which takes only what can stand there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from oekoreport.documents.tags import ESCAPES, TOKEN

RUN, BLOCK = "_run", "_block"
"""The filters of values that print between runs and between paragraphs."""

IDS = re.compile(r' w14:(?:paraId|textId)="[^"]*"')
SPAN = re.compile(r'(w:gridSpan w:val=")\{\{ (\d+) \* loop\.length \}\}')
WRITTEN_BREAK = re.compile(r"<w:t(?: [^>]*)?>[^<]*[\t\n\a\f]")

STAND_INS = {escape: f"\ufffe{number}" for number, escape in enumerate(ESCAPES, 1)}
"""Stand-ins of docxtpl's escaped braces until a part is rendered; U+FFFE, since no value can contain it."""

BRACES = {mark: ESCAPES[escape] for escape, mark in STAND_INS.items()}

STRUCTURE = frozenset(
    {"w:body", "w:hdr", "w:ftr", "w:footnotes", "w:footnote", "w:endnotes", "w:endnote", "w:txbxContent", "w:sdt"}
    | {"w:sdtContent", "w:p", "w:pPr", "w:r", "w:rPr", "w:hyperlink", "w:ins", "w:smartTag", "w:sectPr"}
    | {"w:tbl", "w:tblPr", "w:tblGrid", "w:tr", "w:trPr", "w:tc", "w:tcPr"}
)
"""Elements that hold elements and no text."""

PARAGRAPHS = frozenset({"w:p", "w:txbxContent"})
"""What opens a paragraph, and what opens a list of paragraphs inside one."""

BETWEEN_CELLS = frozenset({"/w:tc", "w:tr", "/w:trPr", "w:trPr/"})


@dataclass(slots=True)
class Marks:
    """A part's source for Jinja, and what its documents need after rendering.

    Attributes:
        source: the XML with its marks.
        columns: a table's cells are repeated or left out, so its grid has to follow.
        cells: a cell may end without a paragraph.
        drawings: drawings are repeated, so their numbers have to be given anew.
        breaks: the template itself has line breaks or tabs in its texts.
        section: what a condition leaves out may empty the last section.
        braces: braces are printed.
        fields: a field's code holds marks, so that its values decide what it does.
    """

    source: str
    columns: bool = False
    cells: bool = False
    drawings: bool = False
    breaks: bool = False
    section: bool = False
    braces: bool = False
    fields: bool = False


@dataclass(slots=True)
class _Walk:
    """Where a walk over the tokens of a part is."""

    loops: int = 0
    opened: list[str] = field(default_factory=list)
    last: str = ""
    """The last tag: ``w:t``, ``/w:t``, or ``w:t/`` where it is empty."""
    after_mark: bool = False

    @property
    def sink(self) -> str | None:
        """Return the filter of a value printed here; None inside a text."""
        tag = self.last
        if tag and tag[0] != "/" and tag[-1] != "/" and tag not in STRUCTURE:
            return None
        return RUN if self.opened and self.opened[-1] == "w:p" else BLOCK


@lru_cache(maxsize=128)
def read(marked: str) -> Marks:
    """Return the marks of a part whose source docxtpl has put in order."""
    marks = Marks("")
    for escape, mark in STAND_INS.items():
        marks.braces |= escape in marked
        marked = marked.replace(escape, mark)
    marked = SPAN.sub(r"\1{{ loop.length|_times(\2) }}", marked)
    walk = _Walk()
    marks.source = TOKEN.sub(lambda found: _token(found, walk, marks), marked)
    marks.breaks = WRITTEN_BREAK.search(marked) is not None
    marks.section = _may_lose_section(marked)
    return marks


def _may_lose_section(marked: str) -> bool:
    """Tell whether a statement stands right before the last section, and another section somewhere before that."""
    before, last, after = marked.rpartition("<w:sectPr")
    return (
        bool(last) and after.rstrip().endswith("</w:body>") and before.rstrip().endswith("%}") and "<w:sectPr" in before
    )


def _token(found: re.Match[str], walk: _Walk, marks: Marks) -> str:
    """Record the position after a token; return the token's replacement."""
    if found["name"] is not None:
        return _tag(found, walk, marks)
    if found["raw"]:
        walk.after_mark = True
        return IDS.sub("", found[0]) if walk.loops else found[0]
    if found[0].startswith("<"):
        return found[0]
    walk.after_mark = True
    marks.fields |= walk.last in ("w:instrText", "w:delInstrText")
    if found["value"] is not None:
        return _value(found, walk)
    if found["word"]:
        walk.loops += {"for": 1, "endfor": -1}.get(found["word"], 0)
        marks.columns |= walk.last in BETWEEN_CELLS
    return _written(found[0])


def _value(found: re.Match[str], walk: _Walk) -> str:
    sink = walk.sink
    if sink is None:
        return _written(found[0])
    inside = _written(found["value"])
    first, last = ("-" if inside[:1] == "-" else ""), ("-" if inside[-1:] == "-" else "")
    return f"{{{{{first} ({inside[len(first) : len(inside) - len(last)].strip()})|{sink} {last}}}}}"


def _written(mark: str) -> str:
    """Return a mark with “&” as it was typed; docxtpl does so for “<” and “>” alone."""
    return mark.replace("&amp;", "&")


def _tag(found: re.Match[str], walk: _Walk, marks: Marks) -> str:
    tag, closing, empty = found["name"], found["closing"], found["empty"]
    marks.cells |= closing == "/" and tag == "w:tc" and walk.after_mark
    marks.columns |= (tag == "w:gridSpan" and "{" in found["inside"]) or (tag == "w:tblGrid" and bool(empty))
    marks.fields |= tag == "w:fldSimple" and "{" in found["inside"]
    marks.drawings |= tag == "wp:docPr" and walk.loops > 0
    if tag in PARAGRAPHS and not empty:
        _nest(tag, closing, walk.opened)
    walk.last = f"{closing}{tag}{empty}"
    walk.after_mark = False
    return IDS.sub("", found[0]) if walk.loops else found[0]


def _nest(tag: str, closing: str, opened: list[str]) -> None:
    if not closing:
        opened.append(tag)
    elif tag in opened:
        while opened.pop() != tag:
            pass
