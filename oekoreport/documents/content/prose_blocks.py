"""Markdown as plain blocks, for templates that are given values and no markup (Typst): ``prose.typ`` prints them.

A block is a mapping with its ``kind``: ``paragraph``, ``heading`` (``level``), ``bullets`` and ``numbers`` (``items``,
each a list of blocks; ``start``), ``quote`` (``blocks``), ``code`` (``text``), ``table`` (``head``, ``rows``). Text is
``runs``: each is a ``break``, a ``picture`` (``file``, ``alt``, ``width`` in millimetres), or a ``text`` that is
``bold``, ``italic``, ``code`` or nothing of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from oekoreport.documents.content.picture import NO_WORDS
from oekoreport.documents.content.prose import Look, Prose
from oekoreport.documents.content.prose_text import Parsed, parsed, room_in, words
from oekoreport.language import Locale

if TYPE_CHECKING:
    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode

Block = dict[str, object]

LONGEST_HEADING = 1000
"""What is longer is printed as a paragraph: a PDF holds no bookmark of more than 32,767 characters."""


def blocks(prose: Prose, locale: Locale, files: dict[str, bytes]) -> list[Block]:
    """Return the blocks of a text. Headings begin at level 1 and skip none, as screen readers expect.

    Args:
        prose: the text.
        locale: the language of the document.
        files: takes in the pictures by the names that the blocks have for them.
    """
    from markdown_it.tree import SyntaxTreeNode

    text = parsed(prose.text)
    found = list(_Reader(text, locale, files).blocks(SyntaxTreeNode(text.tokens).children))
    last = 0
    for block in found:
        if isinstance(level := block.get("level"), int):
            block["level"] = last = min(level, last + 1)
    return found


class _Reader:
    def __init__(self, text: Parsed, locale: Locale, files: dict[str, bytes]) -> None:
        self._text = text
        self._locale = locale
        self._files = files
        self._columns = 1
        self._depth = 0

    def blocks(self, nodes: Iterable[SyntaxTreeNode]) -> Iterator[Block]:
        for node in nodes:
            match node.type:
                case "heading" if len(node.children[0].content) <= LONGEST_HEADING:
                    yield {"kind": "heading", "level": int(node.tag[1:]), "runs": self._runs_of(node)}
                case "paragraph" | "heading":
                    yield {"kind": "paragraph", "runs": self._runs_of(node)}
                case "bullet_list":
                    yield {"kind": "bullets", "items": self._items(node)}
                case "ordered_list":
                    yield {"kind": "numbers", "start": int(node.attrs.get("start", 1)), "items": self._items(node)}
                case "blockquote":
                    yield {"kind": "quote", "blocks": list(self.blocks(node.children))}
                case "fence" | "code_block":
                    yield {"kind": "code", "text": node.content.rstrip("\n")}
                case "table":
                    yield self._table(node)

    def _table(self, node: SyntaxTreeNode) -> Block:
        head, *body = (row for part in node.children for row in part.children)
        self._columns = len(head.children)
        table: Block = {"kind": "table", "head": self._cells(head), "rows": [self._cells(row) for row in body]}
        self._columns = 1
        return table

    def _items(self, node: SyntaxTreeNode) -> list[list[Block]]:
        self._depth += 1
        items = [list(self.blocks(item.children)) for item in node.children]
        self._depth -= 1
        return items

    def _cells(self, row: SyntaxTreeNode) -> list[Block]:
        return [{"runs": self._runs_of(cell)} for cell in row.children]

    def _runs_of(self, node: SyntaxTreeNode) -> list[Block]:
        return [run for inline in node.children for run in self._runs(inline.children, Look())]

    def _runs(self, nodes: Iterable[SyntaxTreeNode], look: Look) -> Iterator[Block]:
        for node in nodes:
            match node.type:
                case "strong":
                    yield from self._runs(node.children, replace(look, bold=True))
                case "em":
                    yield from self._runs(node.children, replace(look, italic=True))
                case "link":
                    yield from self._runs(node.children, look)
                    yield _run(f" ({node.attrs['href']})", look)
                case "code_inline":
                    yield _run(node.content, replace(look, code=True))
                case "softbreak":
                    yield _run(" ", look)
                case "hardbreak":
                    yield {"kind": "break"}
                case "image" if node.token is not None:
                    yield self._picture(node.token, look)
                case _:
                    yield _run(node.content, look)

    def _picture(self, token: Token, look: Look) -> Block:
        """Return a picture, its content filed, or the run of its words where they alone are there."""
        picture = self._text.picture(token, room_in(self._columns, self._depth))
        if picture is None:
            return _run(words(token), look)
        self._files[picture.file] = picture.content
        alt = picture.alt or self._locale.show(NO_WORDS)
        return {"kind": "picture", "file": picture.file, "alt": alt, "width": picture.width}


def _run(text: str, look: Look) -> Block:
    return {"kind": "text", "text": text, "bold": look.bold, "italic": look.italic, "code": look.code}
