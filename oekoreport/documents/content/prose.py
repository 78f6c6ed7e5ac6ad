"""Markdown becomes paragraphs of a Word document: headings, lists, emphasis, tables, pictures; nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING

from markupsafe import escape

from oekoreport.characters import marked
from oekoreport.documents.content.picture import Picture
from oekoreport.documents.content.prose_text import Parsed, parsed, room_in, words

if TYPE_CHECKING:
    from markdown_it.token import Token

TOP_HEADING = 3
"""The Word heading level of a narrative's first-level heading: 3, because the narrative is part of a chapter."""

LAST_HEADING = 6


@dataclass(frozen=True, slots=True)
class Prose:
    """A text in Markdown. ``{{p narratives.course }}`` prints it as paragraphs in the template's own styles."""

    text: str

    def __bool__(self) -> bool:
        return bool(self.text.strip())


Styles = Mapping[str, str]
"""Style ids of a template by the style's name in lower case (``list bullet``), as Word itself names them."""


def paragraphs(prose: Prose, styles: Styles, empty: str, draw: Callable[[Picture], str]) -> str:
    """Return the text as WordprocessingML.

    Args:
        prose: the text.
        styles: those of the template.
        empty: what is printed where there is no text.
        draw: returns what shows a picture in the middle of a run's text.
    """
    if not prose:
        return paragraph(empty, styles)
    text = parsed(marked(prose.text))
    return "".join(_Writer(styles, text, draw).blocks(text.tokens))


def paragraph(text: str, styles: Styles) -> str:
    """Return a line of plain text as a paragraph."""
    return _paragraph(_run(marked(text), Look()), styles, "")


@dataclass(frozen=True, slots=True)
class Look:
    """How a stretch of text looks; ``size`` is in half points, 0 is that of its style."""

    bold: bool = False
    italic: bool = False
    code: bool = False
    size: int = 0


@dataclass(slots=True)
class _List:
    """A list that is open: what its next item starts with."""

    ordered: bool
    number: int


class _Writer:
    def __init__(self, styles: Styles, text: Parsed, draw: Callable[[Picture], str]) -> None:
        self._styles = styles
        self._parsed = text
        self._draw = draw
        self._lists: list[_List] = []
        self._columns = 1
        self._in_head = False
        self._label = ""
        self._style = ""

    def blocks(self, tokens: Sequence[Token]) -> Iterator[str]:
        """Yield the XML of block tokens, in order."""
        for number, token in enumerate(tokens):
            if token.type == "inline":
                yield self._text(token)
            elif token.type == "table_open":
                self._columns = _columns(tokens[number:])
                yield TABLE_START.format(grid="<w:gridCol/>" * self._columns)
            elif token.type in ("fence", "code_block"):
                yield _paragraph(_run(token.content.rstrip("\n"), Look(code=True)), self._styles, "")
            elif token.type == "table_close":
                self._columns = 1
                yield "</w:tbl>" + _paragraph("", self._styles, "")  # Word wants a paragraph between two tables
            elif token.type == "tr_open":
                yield HEAD_START if self._in_head else ROW_START
            elif token.type in TABLE_PARTS:
                yield TABLE_PARTS[token.type]
            else:
                self._note(token)

    def _note(self, token: Token) -> None:
        """Record how a token affects the paragraphs that follow: their style, or the list that they belong to."""
        match token.type:
            case "heading_open":
                level = min(int(token.tag[1:]) + TOP_HEADING - 1, LAST_HEADING)
                self._style = f"heading {level}"
            case "blockquote_open":
                self._style = "quote"
            case "heading_close" | "blockquote_close":
                self._style = ""
            case "bullet_list_open" | "ordered_list_open":
                start = int(token.attrGet("start") or 1)
                self._lists.append(_List(token.type.startswith("ordered"), start))
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
            case "list_item_open":
                self._label = self._next_label()
            case "thead_open" | "thead_close":
                self._in_head = token.nesting > 0

    def _next_label(self) -> str:
        inner = self._lists[-1]
        inner.number += 1
        return f"{inner.number - 1}." if inner.ordered else "•"

    def _text(self, token: Token) -> str:
        """Return a paragraph; in a list the first of an item has its mark, those after it only the indent."""
        runs = "".join(self._inline(token.children or ()))
        if not self._lists:
            return _paragraph(runs, self._styles, self._style)
        label, self._label = self._label, ""
        return _item(label, runs, len(self._lists), self._styles)

    def _inline(self, tokens: Sequence[Token]) -> Iterator[str]:
        look = Look(bold=self._in_head, size=_size(self._columns))
        links: list[str] = []
        for token in tokens:
            match token.type:
                case "strong_open" | "strong_close":
                    look = replace(look, bold=self._in_head or token.nesting > 0)
                case "em_open" | "em_close":
                    look = replace(look, italic=token.nesting > 0)
                case "code_inline":
                    yield _run(token.content, replace(look, code=True))
                case "softbreak":
                    yield _run(" ", look)
                case "hardbreak":
                    yield "<w:r><w:br/></w:r>"
                case "link_open":
                    links.append(str(token.attrGet("href") or ""))
                case "link_close":
                    yield _run(f" ({links.pop()})", look)
                case "image":
                    yield self._picture(token, look)
                case _:
                    yield _run(token.content, look)

    def _picture(self, token: Token, look: Look) -> str:
        """Return a run with the picture, or with its words where they alone are there."""
        picture = self._parsed.picture(token, room_in(self._columns, len(self._lists)))
        if picture is None:
            return _run(words(token), look)
        return f'<w:r><w:t xml:space="preserve">{self._draw(picture)}</w:t></w:r>'


STEP = 357
"""Indent of one level of a list in twentieths of a point (6.3 mm)."""

TABLE_START = (
    '<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>'
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="999999"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
)


def _columns(tokens: Sequence[Token]) -> int:
    """Return how many columns the table has that these tokens begin with: Markdown's head has a cell for each."""
    head = (token.type for token in takewhile(lambda token: token.type != "thead_close", tokens))
    return sum(kind == "th_open" for kind in head)


ROW_START = "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
HEAD_START = "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
"""The heading row of a table repeats on each page, and screen readers announce it with the cells."""

USUAL_COLUMNS, USUAL_SIZE, SMALLEST_SIZE = 8, 18, 9
"""A table of more columns is set smaller; sizes are in half points."""


def _size(columns: int) -> int:
    if columns <= USUAL_COLUMNS:
        return 0
    return max(USUAL_SIZE * USUAL_COLUMNS // columns, SMALLEST_SIZE)


CELL_START = '<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/></w:tcPr>'
TABLE_PARTS = {
    "tr_close": "</w:tr>",
    "th_open": CELL_START,
    "td_open": CELL_START,
    "th_close": "</w:tc>",
    "td_close": "</w:tc>",
}


def _paragraph(runs: str, styles: Styles, style: str) -> str:
    style_id = styles.get(style) or styles.get("body text")
    properties = f'<w:pPr><w:pStyle w:val="{style_id}"/></w:pPr>' if style_id else ""
    return f"<w:p>{properties}{runs}</w:p>"


def _item(label: str, runs: str, depth: int, styles: Styles) -> str:
    """Return an item with its mark written out, so that lists count as their author counted."""
    style_id = styles.get("list paragraph") or styles.get("body text")
    style = f'<w:pStyle w:val="{style_id}"/>' if style_id else ""
    hanging = f' w:hanging="{STEP}"' if label else ""
    indent = f'<w:ind w:left="{STEP * depth}"{hanging}/>'
    tab = f'<w:tabs><w:tab w:val="left" w:pos="{STEP * depth}"/></w:tabs>'
    mark = f"<w:r><w:t>{label}</w:t></w:r><w:r><w:tab/></w:r>" if label else ""
    return f"<w:p><w:pPr>{style}{tab}{indent}</w:pPr>{mark}{runs}</w:p>"


TAB, TAB_OF_WORD = "\t", '</w:t><w:tab/><w:t xml:space="preserve">'


def _run(text: str, look: Look) -> str:
    if not text:
        return ""
    properties = "".join(
        (
            '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>' if look.code else "",
            "<w:b/>" if look.bold else "",
            "<w:i/>" if look.italic else "",
            f'<w:sz w:val="{look.size}"/>' if look.size else "",
        )
    )
    around = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r>{around}{lines.replace(TAB, TAB_OF_WORD)}</w:r>"
