"""The tables of a tagged PDF, read from its structure as a screen reader reads them: rows, cells, and what cells span.

The structure says which elements are tables, rows and cells; MuPDF says which texts are in them. What runs along the
edges of pages is no part of the structure, and is taken out first: MuPDF reads it into the element before it.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, cast

Path = tuple[int, ...]
"""Where an element stands in the structure: its index among its parent's children, from the root down."""


def tables_in(content: bytes) -> Iterator[list[list[str]]]:
    """Yield each table as rows of texts; a cell that spans several columns stands in each."""
    import pikepdf

    with pikepdf.open(io.BytesIO(content)) as document:
        tables = list(_elements(document.Root.StructTreeRoot, "/Table"))
        texts = _texts(_without_artifacts(document)) if tables else {}
        for table, place in tables:
            yield [_cells(row, (*place, *within), texts) for row, within in _elements(table, "/TR")]


def _elements(parent: Any, kind: str, place: Path = ()) -> Iterator[tuple[Any, Path]]:
    """Yield the elements of a kind below an element, with their places below it."""
    for index, child in enumerate(_children(parent)):
        if _is_element(child):
            here = (*place, index)
            if str(child.S) == kind:
                yield child, here
            else:
                yield from _elements(child, kind, here)


def _children(element: Any) -> list[Any]:
    import pikepdf

    children = element.get("/K", [])
    return list(children) if isinstance(children, list | pikepdf.Array) else [children]


def _is_element(child: Any) -> bool:
    import pikepdf

    return isinstance(child, pikepdf.Dictionary) and "/S" in child


def _cells(row: Any, place: Path, texts: Mapping[Path, list[str]]) -> list[str]:
    cells: list[str] = []
    for index, cell in enumerate(_children(row)):
        text = " ".join(texts.get((*place, index), ())).replace("\u00ad ", "").replace("\u00ad", "")
        cells += [text] * _columns(cell)
    return cells


def _columns(cell: Any) -> int:
    """Return how many columns a cell spans."""
    import pikepdf

    attributes = cell.get("/A", [])
    each = attributes if isinstance(attributes, list | pikepdf.Array) else [attributes]
    return max((int(given.get("/ColSpan", 1)) for given in each if isinstance(given, pikepdf.Dictionary)), default=1)


def _without_artifacts(document: Any) -> bytes:
    """Return the document without what is no part of its structure: running heads, page numbers, lines."""
    import pikepdf

    for page in document.pages:
        kept: list[Any] = []
        depth = 0  # within how many marked contents the instruction stands, counted from an artifact on
        for instruction in pikepdf.parse_content_stream(page):
            operator = str(instruction.operator)
            if operator in ("BDC", "BMC"):
                depth += depth > 0 or instruction.operands[0] == "/Artifact"
            if not depth:
                kept.append(instruction)
            elif operator == "EMC":
                depth -= 1
        page.Contents = document.make_stream(pikepdf.unparse_content_stream(kept))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _texts(content: bytes) -> Mapping[Path, list[str]]:
    """Return the lines of text in each cell of a table, by the cell's place."""
    import pymupdf
    from lxml import etree

    library = cast(Any, pymupdf)  # it has no types
    texts: dict[Path, list[str]] = defaultdict(list)
    with library.open(stream=content) as document:
        for page in document:
            read = page.get_textpage(flags=library.mupdf.FZ_STEXT_COLLECT_STRUCTURE | library.TEXT_PRESERVE_WHITESPACE)
            tree = etree.fromstring(read.extractXML().encode(), etree.XMLParser(huge_tree=True))
            for cell in tree.iter("struct"):
                if cell.get("std") in ("TD", "TH"):
                    above = [int(each.get("idx")) for each in (cell, *cell.iterancestors("struct"))]
                    texts[tuple(reversed(above))] += [str(line.get("text")) for line in cell.iter("line")]
    return texts
