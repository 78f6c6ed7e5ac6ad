"""One look at a sheet's XML before it is read: its extent, cells with errors or never calculated, and some styles.

calamine reads an error as an empty cell, a formula that was never calculated as empty or 0, and one far cell as a
gigantic sheet. Regular expressions over the bytes do in a tenth of the time what an XML parser does; where a sheet is
written in a way that they do not cover (cells without an address, comments, other quotes), a parser takes over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from oekoreport.package import Element, elements_of, local_name
from oekoreport.sheets.tables.book import MAX_CELLS, UNCALCULATED, Cell, CellError

UNUSUAL = (b"<!--", b"<![CDATA[", b":c ", b":c>", b"<c>", b"<c/>", b"<c\n", b"<c\t", b"<c\r")
"""What makes a sheet one for the parser: besides these, every cell has to begin with its address."""

ADDRESS = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"')
FILLED = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^>]*(?<!/)>')
ERROR = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"(?=[^>]*\bt="e")[^>]*(?<!/)>(?:(?!</c>).)*?<v>([^<]*)<', re.DOTALL)
VALUELESS = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"(?![^>]*\bt="str")[^>]*(?<!/)>\s*'
    rb"<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)


@dataclass(slots=True)
class Scan:
    """A sheet's true extent, and by row (from 1) and column (from 0) the cells that a look showed.

    Attributes:
        rows: how many rows the extent has.
        columns: how many columns it has.
        marks: the cells with errors or uncalculated formulas.
        styles: the cells of the styles that were asked for, with the style.
        loose_texts: whether texts may stand in the cells themselves: results of formulas, or texts not shared.
    """

    rows: int = 0
    columns: int = 0
    marks: dict[tuple[int, int], Cell] = field(default_factory=dict)
    styles: dict[tuple[int, int], int] = field(default_factory=dict)
    loose_texts: bool = field(default=True, compare=False)

    @property
    def cells(self) -> int:
        """How many cells the extent from A1 has."""
        return self.rows * self.columns

    def extend(self, row: int, column: int) -> None:
        """Let the extent reach to a cell."""
        self.rows = max(self.rows, row)
        self.columns = max(self.columns, column + 1)


def column_index(letters: bytes) -> int:
    """Return the column of letters, counted from 0: A is 0, AA is 26."""
    index = 0
    for letter in letters:
        index = index * 26 + letter - 64
    return index - 1


def scan_sheet(xml: bytes, telling: frozenset[int] = frozenset()) -> Scan:
    """Scan a worksheet's XML; ``telling`` are the numbers of the styles whose cells are wanted.

    Raises:
        SyntaxError: it is not well-formed (noticed only where a parser is needed).
    """
    if any(sign in xml for sign in UNUSUAL) or xml.count(b"<c ") != xml.count(b'<c r="'):
        return _scan_by_parser(xml, telling)
    if not FILLED.search(xml):
        return Scan()
    scan = _extent(ADDRESS.findall(xml))
    if scan.cells > MAX_CELLS:  # formatted empty cells may reach far; what counts is where values stand
        scan = _extent(FILLED.findall(xml))
    if b't="e"' in xml:
        for column, row, text in ERROR.findall(xml):
            scan.marks[int(row), column_index(column)] = CellError(text.decode(errors="replace"))
    has_formulas = b"<f>" in xml or b"<f " in xml or b"<f/>" in xml
    scan.loose_texts = has_formulas or b"inlineStr" in xml
    if has_formulas:
        for column, row in VALUELESS.findall(xml):
            scan.marks[int(row), column_index(column)] = UNCALCULATED
    if telling:
        scan.styles = dict(_styled(xml, telling))
    return scan


def _styled(xml: bytes, telling: frozenset[int]) -> Iterator[tuple[tuple[int, int], int]]:
    """Yield the cells of some styles; finding the style first and its address behind spares a look at each cell."""
    for match in re.finditer(rb' s="(%s)"' % b"|".join(b"%d" % style for style in sorted(telling)), xml):
        begun = xml.rfind(b"<", 0, match.start())
        if address := ADDRESS.match(xml, begun):
            yield (int(address[2]), column_index(address[1])), int(match[1])


def _extent(addresses: list[tuple[bytes, bytes]]) -> Scan:
    columns = {column for column, _row in addresses}
    rows = {row for _column, row in addresses}
    return Scan(max(map(int, rows), default=0), max(map(column_index, columns), default=-1) + 1)


def _scan_by_parser(xml: bytes, telling: frozenset[int] = frozenset()) -> Scan:
    scan = Scan()
    row = column = -1
    for event, element in elements_of(xml, "{*}row", "{*}c", begun=True):
        is_row = local_name(element) == "row"
        if event == "start" and is_row:
            number = element.get("r", "")
            row, column = int(number) if number.isdecimal() else max(row, 0) + 1, -1
        elif event == "end" and not is_row:
            row, column = _address(element.get("r", ""), row, column)
            _note(scan, element, row, column)
            style = element.get("s", "")
            if style.isdecimal() and int(style) in telling:
                scan.styles[row, column] = int(style)
            element.clear()
        elif event == "end":
            element.clear()
    return scan


def _address(reference: str, row: int, column: int) -> tuple[int, int]:
    match = re.fullmatch(r"([A-Z]{1,3})([0-9]{1,7})", reference)
    if match is None:
        return row, column + 1
    return int(match[2]), column_index(match[1].encode())


def _note(scan: Scan, element: Element, row: int, column: int) -> None:
    if not len(element):
        return
    scan.extend(row, column)
    parts = {local_name(part): part.text or "" for part in element.iterchildren("*")}
    if element.get("t") == "e":
        scan.marks[row, column] = CellError(parts.get("v", ""))
    elif "f" in parts and not parts.get("v", "").strip() and element.get("t") != "str":
        scan.marks[row, column] = UNCALCULATED
