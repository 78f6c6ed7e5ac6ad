"""One look at a sheet's XML before it is read: its extent, cells with errors or never calculated, and some styles.

calamine reads an error as an empty cell, a formula that was never calculated as empty or 0, and one far cell as a
gigantic sheet. Regular expressions over the bytes do in a tenth of the time what an XML parser does; where a sheet is
written in a way that they do not cover (cells without an address, comments, other quotes), a parser takes over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice

from oekoreport.package import Element, local_name
from oekoreport.places import Place
from oekoreport.sheets.tables.book import MAX_CELLS, MAX_FILLED, MAX_SPECIAL, UNCALCULATED, Cell, CellError
from oekoreport.sheets.tables.markup import demand_small_pieces, discard, elements_of

UNUSUAL = (b"<!--", b"<![CDATA[", b":c ", b":c>", b"<c>", b"<c/>", b"<c\n", b"<c\t", b"<c\r")
"""What makes a sheet one for the parser: besides these, every cell has to begin with its address."""

ADDRESS = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"')
FILLED = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^>]*(?<!/)>')
ERROR = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"(?=[^>]*\bt="e")[^>]*(?<!/)>(?:(?!</?c\b).)*?<v>([^<]*)<', re.DOTALL
)
VALUE = (b"<v", b"<is")
"""What stands in a cell that holds something."""

ROW_END = b"row>"
"""With whatever prefix, a row ends so."""

NOWHERE = Place("")

PIECE = 1 << 20
"""Addresses are looked for in a megabyte at a time: those of five million cells would take as many hundred bytes."""

FEW_STYLES = 100
"""Up to so many styles a regular expression names them; it tries one after the other."""

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
        filled: how many cells hold something, or a few more.
        marks: the cells with errors or uncalculated formulas.
        styles: the filled cells of the styles that were asked for, with the style.
        loose_texts: whether texts may stand in the cells themselves: results of formulas, or texts not shared.
    """

    rows: int = 0
    columns: int = 0
    filled: int = field(default=0, compare=False)
    marks: dict[tuple[int, int], Cell] = field(default_factory=dict)
    styles: dict[tuple[int, int], int] = field(default_factory=dict)
    loose_texts: bool = field(default=True, compare=False)

    @property
    def cells(self) -> int:
        """How many cells the extent from A1 has."""
        return self.rows * self.columns

    @property
    def special(self) -> int:
        """How many cells need a look of their own; no more are noted than one above the limit."""
        return len(self.marks) + len(self.styles)

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


def scan_sheet(xml: bytes, telling: frozenset[int] = frozenset(), place: Place = NOWHERE) -> Scan:
    """Scan a worksheet's XML; ``telling`` are the numbers of the styles whose cells are wanted.

    Of one with more filled cells than are read only their number is told.

    Raises:
        SyntaxError: it is not well-formed (noticed only where a parser is needed).
        TooMuch: as ``demand_small_pieces``.
    """
    if (filled := sum(map(xml.count, VALUE))) > MAX_FILLED:
        return Scan(filled=filled)
    if any(sign in xml for sign in UNUSUAL) or xml.count(b"<c ") != xml.count(b'<c r="'):
        demand_small_pieces(xml, ROW_END, place)
        return _scan_by_parser(xml, telling)
    if not FILLED.search(xml):
        return Scan()
    scan = _extent(xml, ADDRESS)
    if scan.cells > MAX_CELLS:  # formatted empty cells may reach far; what counts is where values stand
        scan = _extent(xml, FILLED)
    scan.filled = filled
    has_formulas = b"<f>" in xml or b"<f " in xml or b"<f/>" in xml
    scan.loose_texts = has_formulas or b"inlineStr" in xml
    scan.marks = dict(islice(_marked(xml, has_formulas=has_formulas), MAX_SPECIAL + 1))
    if telling:
        scan.styles = dict(islice(_styled(xml, telling), MAX_SPECIAL + 1 - len(scan.marks)))
    return scan


def _marked(xml: bytes, *, has_formulas: bool) -> Iterator[tuple[tuple[int, int], Cell]]:
    """Yield the cells with errors or uncalculated formulas."""
    errors = ERROR.finditer(xml) if b't="e"' in xml else ()
    uncalculated = VALUELESS.finditer(xml) if has_formulas else ()
    for match in chain(errors, uncalculated):
        text = match[3].decode(errors="replace") if match.re is ERROR else None
        yield _cell(match), UNCALCULATED if text is None else CellError(text)


def _styled(xml: bytes, telling: frozenset[int]) -> Iterator[tuple[tuple[int, int], int]]:
    """Yield the filled cells of some styles; finding the style first and its address behind spares a look at each."""
    numbers = b"|".join(b"%d" % style for style in sorted(telling)) if len(telling) <= FEW_STYLES else rb"[0-9]{1,6}"
    for match in re.finditer(rb' s="(%s)"[^>]*(?<!/)>' % numbers, xml):
        if (style := int(match[1])) in telling and (address := cell_at(xml, match.start())):
            yield address, style


def cell_at(xml: bytes, position: int) -> tuple[int, int] | None:
    """Return row and column of the cell that a position in a sheet's XML belongs to."""
    address = ADDRESS.match(xml, xml.rfind(b"<c ", 0, position + 3))
    return _cell(address) if address else None


def _cell(match: re.Match[bytes]) -> tuple[int, int]:
    return int(match[2]), column_index(match[1])


def _extent(xml: bytes, addresses: re.Pattern[bytes]) -> Scan:
    columns: set[bytes] = set()
    rows: set[bytes] = set()
    start, size = 0, len(xml)
    while start < size:
        end = xml.find(b"<c ", start + PIECE)
        found = addresses.findall(xml, start, size if end < 0 else end)
        columns.update([column for column, _row in found])
        rows.update([row for _column, row in found])
        start = size if end < 0 else end
    return Scan(max(map(int, rows), default=0), max(map(column_index, columns), default=-1) + 1)


def _scan_by_parser(xml: bytes, telling: frozenset[int]) -> Scan:
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
            if len(element) and style.isdecimal() and int(style) in telling:
                scan.styles[row, column] = int(style)
            discard(element)
            if scan.special > MAX_SPECIAL:
                break
        elif event == "end":
            discard(element)
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
    scan.filled += 1
    parts = {local_name(part): part.text or "" for part in element.iterchildren("*")}
    if element.get("t") == "e":
        scan.marks[row, column] = CellError(parts.get("v", ""))
    elif "f" in parts and not parts.get("v", "").strip() and element.get("t") != "str":
        scan.marks[row, column] = UNCALCULATED
