"""What a person sees of a sheet of an XLSX workbook besides its values: hidden parts, merged cells, comments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from oekoreport.language import catalogue
from oekoreport.package import Package
from oekoreport.places import Place
from oekoreport.sheets.tables.book import MAX_MERGED, Appearance, Area
from oekoreport.sheets.tables.errors import NotAWorkbook, TooMuch
from oekoreport.sheets.tables.scan import Scan, column_index
from oekoreport.sheets.tables.styles import Styles

_ = catalogue("oekoreport")

HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b(?=[^>]*\shidden="(?:1|true)")[^>]*?\sr="([0-9]{1,7})"')
COLUMNS = re.compile(rb'<(?:\w+:)?col\b(?=[^>]*\smin="([0-9]{1,5})")(?=[^>]*\smax="([0-9]{1,5})")[^>]*>')
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\sref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
COMMENTS = ("comments", "threadedComment")
DATA = b"sheetData"


def appearance_of(xml: bytes, scan: Scan, styles: Styles, place: Place) -> Appearance:
    """Return what is to be seen in a worksheet's XML, which is looked through only for what it has.

    Raises:
        SourceError: as ``demand_apart``.
    """
    head, foot = xml[: max(xml.find(DATA), 0)], xml[max(xml.rfind(DATA), 0) :]
    merged = tuple(map(_area, islice(MERGED.finditer(foot), MAX_MERGED + 1)))
    demand_apart(merged, scan.rows, scan.columns, place)
    return Appearance(
        hidden_rows=frozenset(map(int, HIDDEN_ROW.findall(xml))) if b' hidden="' in xml else frozenset(),
        hidden_columns=_hidden_columns(head, scan.columns),
        struck=frozenset(cell for cell, style in scan.styles.items() if style in styles.struck),
        merged=merged,
    )


def _hidden_columns(head: bytes, width: int) -> frozenset[int]:
    hidden = [match for match in COLUMNS.finditer(head) if HIDDEN.search(match[0])]
    spans = {(max(int(match[1]) - 1, 0), min(int(match[2]), width)) for match in hidden}
    return frozenset(index for first, end in _apart(spans) for index in range(first, end))


def _apart(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield spans without what those before them cover; each column may be named a million times."""
    covered = 0
    for first, end in sorted(spans):
        yield max(first, covered), end
        covered = max(covered, end)


def demand_apart(merged: Sequence[Area], rows: int, columns: int, place: Place) -> None:
    """Refuse merged cells that are more than anybody makes, or that lie over one another.

    Raises:
        TooMuch, NotAWorkbook: they are, or do.
    """
    if len(merged) > MAX_MERGED:
        raise TooMuch(place, _("The sheet has more than {limit} merged cells.", limit=MAX_MERGED))
    if sum(area.within(rows, columns).size for area in merged) > rows * columns:
        raise NotAWorkbook(place, _("merged cells lie over one another."))


def _area(corners: re.Match[bytes]) -> Area:
    left, top, right, bottom = corners.groups()
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
