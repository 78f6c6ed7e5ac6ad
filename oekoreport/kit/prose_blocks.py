"""Markdown as plain blocks, for templates that are given values and no markup (Typst): ``prose.typ`` prints them.

A block is a mapping with its ``kind``: ``paragraph``, ``heading`` (``level``), ``bullets`` and ``numbers`` (``items``,
each a list of blocks; ``start``), ``quote`` (``blocks``), ``code`` (``text``), ``table`` (``head``, ``rows``). Text is
``runs``: each is a ``break``, or a ``text`` that is ``bold``, ``italic``, ``code`` or nothing of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from oekoreport.kit.prose import Look, Prose, parsed

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

Block = dict[str, object]

LONGEST_HEADING = 1000
"""What is longer is printed as a paragraph: a PDF holds no bookmark of more than 32,767 characters."""


def blocks(prose: Prose) -> list[Block]:
    """Return the blocks of a text. Headings begin at level 1 and skip none, as screen readers expect."""
    from markdown_it.tree import SyntaxTreeNode

    found = list(_blocks(SyntaxTreeNode(parsed(prose.text)).children))
    last = 0
    for block in found:
        if isinstance(level := block.get("level"), int):
            block["level"] = last = min(level, last + 1)
    return found


def _blocks(nodes: Iterable[SyntaxTreeNode]) -> Iterator[Block]:
    for node in nodes:
        match node.type:
            case "heading" if len(node.children[0].content) <= LONGEST_HEADING:
                yield {"kind": "heading", "level": int(node.tag[1:]), "runs": _runs_of(node)}
            case "paragraph" | "heading":
                yield {"kind": "paragraph", "runs": _runs_of(node)}
            case "bullet_list":
                yield {"kind": "bullets", "items": _items(node)}
            case "ordered_list":
                yield {"kind": "numbers", "start": int(node.attrs.get("start", 1)), "items": _items(node)}
            case "blockquote":
                yield {"kind": "quote", "blocks": list(_blocks(node.children))}
            case "fence" | "code_block":
                yield {"kind": "code", "text": node.content.rstrip("\n")}
            case "table":
                head, *body = (row for part in node.children for row in part.children)
                yield {"kind": "table", "head": _cells(head), "rows": [_cells(row) for row in body]}


def _items(node: SyntaxTreeNode) -> list[list[Block]]:
    return [list(_blocks(item.children)) for item in node.children]


def _cells(row: SyntaxTreeNode) -> list[Block]:
    return [{"runs": _runs_of(cell)} for cell in row.children]


def _runs_of(node: SyntaxTreeNode) -> list[Block]:
    return [run for inline in node.children for run in _runs(inline.children, Look())]


def _runs(nodes: Iterable[SyntaxTreeNode], look: Look) -> Iterator[Block]:
    for node in nodes:
        match node.type:
            case "strong":
                yield from _runs(node.children, replace(look, bold=True))
            case "em":
                yield from _runs(node.children, replace(look, italic=True))
            case "link":
                yield from _runs(node.children, look)
                yield _run(f" ({node.attrs['href']})", look)
            case "code_inline":
                yield _run(node.content, replace(look, code=True))
            case "softbreak":
                yield _run(" ", look)
            case "hardbreak":
                yield {"kind": "break"}
            case _:  # text, and pictures by the words that stand for them
                yield _run(node.content, look)


def _run(text: str, look: Look) -> Block:
    return {"kind": "text", "text": text, **asdict(look)}
