"""What a person sees of a sheet of an XLSX workbook besides its values: hidden parts, merged cells, comments."""

from __future__ import annotations

import re

from oekoreport.package import Package
from oekoreport.sheets.tables.book import Appearance, Area
from oekoreport.sheets.tables.scan import Scan, column_index
from oekoreport.sheets.tables.styles import Styles

HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b(?=[^>]*\shidden="(?:1|true)")[^>]*?\sr="([0-9]{1,7})"')
COLUMNS = re.compile(rb'<(?:\w+:)?col\b(?=[^>]*\smin="([0-9]{1,5})")(?=[^>]*\smax="([0-9]{1,5})")[^>]*>')
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\sref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
COMMENTS = ("comments", "threadedComment")
DATA = b"sheetData"


def appearance_of(xml: bytes, scan: Scan, styles: Styles) -> Appearance:
    """Return what is to be seen in a worksheet's XML, which is looked through only for what it has."""
    head, foot = xml[: max(xml.find(DATA), 0)], xml[max(xml.rfind(DATA), 0) :]
    return Appearance(
        hidden_rows=frozenset(map(int, HIDDEN_ROW.findall(xml))) if b' hidden="' in xml else frozenset(),
        hidden_columns=_hidden_columns(head, scan.columns),
        struck=frozenset(cell for cell, style in scan.styles.items() if style in styles.struck),
        merged=tuple(map(_area, MERGED.findall(foot))),
    )


def _hidden_columns(head: bytes, width: int) -> frozenset[int]:
    spans = [match for match in COLUMNS.finditer(head) if HIDDEN.search(match[0])]
    return frozenset(index for match in spans for index in range(int(match[1]) - 1, min(int(match[2]), width)))


def _area(corners: tuple[bytes, bytes, bytes, bytes]) -> Area:
    left, top, right, bottom = corners
    return Area(int(top), column_index(left), int(bottom), column_index(right))


def commented(package: Package, part: str) -> frozenset[tuple[int, int]]:
    """Return the cells of a worksheet that have a comment.

    Raises:
        SourceError: as ``Package.tree``.
    """
    parts = [each.target for each in package.relations(part).values() if each.kind in COMMENTS]
    roots = [package.tree(name) for name in parts if name in package]
    places = [str(each.get("ref", "")) for root in roots for each in root.iter("{*}comment", "{*}threadedComment")]
    found = filter(None, map(ADDRESS.fullmatch, places))
    return frozenset((int(match[2]), column_index(match[1].encode())) for match in found)
