"""ODS, read here and not by calamine: that stops at files of other writers, and takes an error for an empty cell.

Rows and columns are stored with repeat counts; a handful of bytes can claim a whole sheet, so repeats of empty cells
are only counted, and those of filled ones checked against the limit before they are made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from math import isfinite
from typing import Any

from oekoreport.package import DamagedArchive, Package, PasswordProtected
from oekoreport.places import Place
from oekoreport.records import Source
from oekoreport.sheets.tables.book import (
    ERROR_TEXTS,
    MAX_CELLS,
    UNCALCULATED,
    Book,
    Cell,
    CellError,
    Sheet,
    duration_text,
    moment,
    text_cell,
)
from oekoreport.sheets.tables.errors import SheetTooLarge
from oekoreport.sheets.tables.markup import demand_small_pieces, discard, elements_of
from oekoreport.sheets.tables.ods_appearance import STYLE, Seen, Styles, repeat
from oekoreport.sheets.tables.room import Room
from oekoreport.sheets.tables.shown import shown_number

CONTENT = "content.xml"

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
CALCEXT = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
DURATION = re.compile(r"(-?)PT(?:(\d{1,7})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d+)?)S)?")
TABLE_TAG = f"{TABLE}table"
ROW = f"{TABLE}table-row"
COLUMN = f"{TABLE}table-column"
ROW_END = b"table-row>"
ERR_TEXT = re.compile(r"Err:\d{3}|Fehler:\d{3}")


def read_ods(source: Source) -> Book:
    """Read an OpenDocument spreadsheet.

    Raises:
        SourceError: as ``read_tables``, and ``DamagedArchive``.
    """
    package = source.package
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise PasswordProtected(package.place)
    try:
        sheets = tuple(sheet.without_covered() for sheet in _sheets(_content(package), package.place))
    except SyntaxError as error:
        raise package.damaged(CONTENT) from error
    return Book(source.name, sheets, custom_properties(package))


@lru_cache(maxsize=1)
def custom_properties(package: Package) -> Mapping[str, str]:
    """Return the document's user-defined properties; none where there are none, or that part is damaged."""
    try:
        found = package.tree("meta.xml").iter(f"{META}user-defined") if "meta.xml" in package else ()
    except DamagedArchive:
        return {}
    return {
        str(element.get(f"{META}name")): "".join(str(text) for text in element.itertext()).strip() for element in found
    }


def sheet_names(package: Package) -> list[str]:
    """Return the names of the sheets."""
    names = re.findall(rb'<table:table\s[^>]*?table:name="([^"]*)"', _content(package))
    return [name.decode(errors="replace") for name in names]


@lru_cache(maxsize=1)
def _content(package: Package) -> bytes:
    """Return the XML of all sheets, which is unpacked once for the names and for the cells."""
    return package.markup(CONTENT)


def _sheets(xml: bytes, place: Place) -> Iterator[Sheet]:
    demand_small_pieces(xml, ROW_END, place)
    styles, room, tables = Styles(), Room(), list[_Table | None]()
    for event, element in elements_of(xml, TABLE_TAG, ROW, COLUMN, STYLE, begun=True):
        if element.tag == TABLE_TAG and event == "start":  # a table inside a cell is a drawing's
            name = str(element.get(f"{TABLE}name", ""))
            tables.append(None if tables else _Table(place._replace(sheet=name), styles, room))
        elif element.tag == TABLE_TAG:
            if table := tables.pop():
                yield table.sheet(element)
            element.clear()  # beside one in a cell stands the cell's text
        elif event == "end" and element.tag == STYLE:
            styles.note(element)
            discard(element)
        elif event == "end":
            if tables and (table := tables[-1]):
                table.take(element)
            discard(element)


class _Table:
    """A sheet whose rows are read one after the other."""

    def __init__(self, place: Place, styles: Styles, room: Room) -> None:
        self._place, self._room = place, room
        self._rows: list[list[Cell]] = []
        self._skipped = self._width = 0
        self._seen = Seen(styles, place)

    def take(self, element: Any) -> None:
        """Take a row or a column.

        Raises:
            SheetTooLarge, TooMuch: there are too many.
        """
        if element.tag == COLUMN:
            self._seen.note_column(element)
            return
        count = repeat(element, "number-rows-repeated")
        cells = _cells(element, self._place)
        if not cells:
            self._skipped += count
            return
        self._width = max(self._width, len(cells))
        begun = len(self._rows) + self._skipped
        claimed = (begun + count) * self._width
        if claimed > MAX_CELLS:
            raise SheetTooLarge(self._place, claimed, MAX_CELLS)
        self._room.take(self._place._replace(row=begun + 1), cells, count)
        self._rows.extend([] for _row in range(self._skipped))
        self._rows.extend(list(cells) for _row in range(count))
        self._skipped = 0
        self._seen.note_row(element, range(begun + 1, begun + count + 1))

    def sheet(self, table: Any) -> Sheet:
        """Return the sheet of the rows that were taken."""
        appearance = self._seen.appearance(table, len(self._rows), self._width)
        return Sheet(self._place.sheet, self._rows, appearance=appearance)


def _cells(row: Any, place: Place) -> list[Cell]:
    cells: list[Cell] = []
    skipped = 0
    for element in row:
        if element.tag not in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            continue
        count = repeat(element, "number-columns-repeated")
        value = _value(element)
        if value is None:
            skipped += count
            continue
        claimed = len(cells) + skipped + count
        if claimed > MAX_CELLS:
            raise SheetTooLarge(place, claimed, MAX_CELLS)
        cells.extend([None] * skipped)
        cells.extend([value] * count)
        skipped = 0
    return cells


def _value(element: Any) -> Cell:
    kind = str(element.get(f"{OFFICE}value-type", ""))
    text = _text(element)
    formula = element.get(f"{TABLE}formula") is not None
    if formula and (element.get(f"{CALCEXT}value-type") == "error" or text in ERROR_TEXTS or ERR_TEXT.fullmatch(text)):
        return CellError(text or "#")
    if not kind:
        # a formula with an empty text for a result has a paragraph, one without result has none
        return UNCALCULATED if formula and element.find(f"{TEXT}p") is None else text_cell(text)
    return _typed(kind, element, text)


def _typed(kind: str, element: Any, text: str) -> Cell:
    try:
        match kind:
            case "float" | "percentage" | "currency":
                number = _number(str(element.get(f"{OFFICE}value")))
                currency = str(element.get(f"{OFFICE}currency", ""))
                return shown_number(number, text.strip(), percent=kind == "percentage", currency=currency)
            case "time":
                return _duration(str(element.get(f"{OFFICE}time-value"))) or text or None
            case "date":
                return moment(datetime.fromisoformat(str(element.get(f"{OFFICE}date-value"))))
            case "boolean":
                return str(element.get(f"{OFFICE}boolean-value")) == "true"
    except (InvalidOperation, ValueError):
        return text or None
    value = element.get(f"{OFFICE}string-value")
    return text_cell(str(value) if value is not None else text)


def _number(text: str) -> Decimal:
    """Return a number with a spreadsheet's 15 digits.

    Raises:
        ValueError: it is none that a spreadsheet can hold: infinite, or with an exponent of more than three digits.
    """
    number = float(text)
    if not isfinite(number):
        raise ValueError(text)
    return Decimal(f"{number:.15g}")


def _duration(text: str) -> str:
    """Return a duration (PT26H30M00S) as a cell shows hours: 26:30; nothing where it is none."""
    match = DURATION.fullmatch(text)
    if match is None:
        return ""
    hours, minutes, seconds = (float(part or 0) for part in match.groups()[1:])
    length = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return duration_text(-length if match[1] else length)


def _text(element: Any) -> str:
    return "\n".join(_paragraph(paragraph) for paragraph in element.findall(f"{TEXT}p"))


def _paragraph(paragraph: Any) -> str:
    """Return a paragraph's text; runs of spaces, tabs and line breaks are stored as elements."""
    parts = [paragraph.text or ""]
    for child in paragraph:
        if child.tag == f"{TEXT}s":
            count = str(child.get(f"{TEXT}c", "1"))
            parts.append(" " * (min(int(count), 1000) if count.isdecimal() else 1))
        elif child.tag == f"{TEXT}tab":
            parts.append("\t")
        elif child.tag == f"{TEXT}line-break":
            parts.append("\n")
        elif isinstance(child.tag, str) and child.tag != f"{OFFICE}annotation":
            parts.append(_paragraph(child))
        parts.append(child.tail or "")
    return "".join(parts)
