"""What a part needs after rendering so that Word opens it: well-formed XML, a grid in each table, no empty section."""

from __future__ import annotations

import re
from typing import Any
from xml.parsers import expat

from oekoreport.documents.elements import W
from oekoreport.package import tree_of

ROW_PROPERTIES = r"(?:<w:trPr/>|<w:trPr>(?:(?!</w:trPr>).)*</w:trPr>)?"
ROW_WITHOUT_CELLS = re.compile(rf"<w:tr(?: [^>]*)?>\s*{ROW_PROPERTIES}\s*</w:tr>", re.DOTALL)
TABLE_WITHOUT_ROWS = re.compile(r"<w:tbl(?: [^>]*)?>(?:(?!<w:tbl[ >]|<w:tr[ >]|</w:tbl>).)*</w:tbl>", re.DOTALL)
BARE = re.compile(
    r"(?:<w:tr(?: [^>]*)?>|<w:trPr/>|</w:trPr>)\s*</w:tr>|(?:</w:tblGrid>|<w:tblGrid/>|</w:tblPr>)\s*</w:tbl>"
)
"""How such a row or table ends; most documents have none, and this is found fast."""

END_OF_CELL = re.compile(r"(<w:tc(?: [^>]*)?>|<w:tcPr/>|</w:tcPr>|</w:tbl>)\s*</w:tc>")
"""The end of a cell that has no paragraph of its own, which Word demands."""


def mended(text: str, *, columns: bool = False, section: bool = False) -> bytes:
    """Return a part's bytes.

    Args:
        text: the whole part.
        columns: its tables may have lost or won columns.
        section: its last section may be empty.

    Raises:
        SyntaxError: the text is no well-formed XML; with line and column.
    """
    content = text.encode()
    try:
        expat.ParserCreate().Parse(content, True)  # noqa: FBT003 - the last piece
    except expat.ExpatError as error:
        raise SyntaxError(str(error)) from error
    return _reworked(content, columns=columns, section=section) if columns or section else content


def without_empty_tables(text: str) -> str:
    """Return a part without rows that have no cell and tables that have no row: Word calls such a file damaged."""
    while BARE.search(text):
        text, rows = ROW_WITHOUT_CELLS.subn("", text)
        text, tables = TABLE_WITHOUT_ROWS.subn("", text)
        if not (rows or tables):
            break
    return END_OF_CELL.sub(r"\1<w:p/></w:tc>", text)


def columns_of(opening: str, source: str) -> bool:
    """Tell whether docxtpl would change the grids of a template's tables even where no mark repeats a cell."""
    from lxml import etree

    text = opening + source[source.index(">") + 1 :]
    try:
        return bool(etree.tostring(tree_of(text)) != etree.tostring(_fixed(text)))
    except SyntaxError:  # a mark compares with “<”: nobody can tell
        return True


def _reworked(content: bytes, *, columns: bool, section: bool) -> bytes:
    from lxml import etree

    tree = _fixed(content) if columns else tree_of(content)
    if columns:
        _fill_grids(tree)
    if section:
        _drop_empty_last_section(tree)
    return bytes(etree.tostring(tree, encoding="UTF-8", xml_declaration=True, standalone=True))


def _fixed(content: bytes | str) -> Any:
    """Return the tree with docxtpl's corrections of tables.

    Raises:
        SyntaxError: a table has no grid, or a width in it is no number.
    """
    from docxtpl import DocxTemplate

    try:
        return DocxTemplate(None).fix_tables(content)
    except (AttributeError, TypeError, ValueError, ZeroDivisionError) as error:
        raise SyntaxError(str(error)) from error


def _fill_grids(tree: Any) -> None:
    """Give tables without a grid as many columns as their longest row has cells, as wide as those ask to be."""
    from lxml import etree

    for grid in tree.iter(f"{W}tblGrid"):
        if len(grid) == 0:
            rows = [row.findall(f"{W}tc") for row in grid.getparent().findall(f"{W}tr")]
            for cell in max(rows, key=len, default=[None]):
                column = etree.SubElement(grid, f"{W}gridCol")
                width = None if cell is None else cell.find(f"{W}tcPr/{W}tcW[@{W}type='dxa']")
                if width is not None:
                    column.set(f"{W}w", width.get(f"{W}w"))


def _drop_empty_last_section(tree: Any) -> None:
    """Where a condition left nothing after the last section break, drop that section: an annex goes with its page."""
    body = tree.find(f"{W}body")
    last = body[-2] if body is not None and len(body) > 1 else None
    if last is None or last.tag != f"{W}p" or body[-1].tag != f"{W}sectPr":
        return
    properties = last.find(f"{W}pPr/{W}sectPr")
    if properties is not None:
        body.replace(body[-1], properties)
        body.remove(last)
