"""CSV as German offices write it: semicolons or commas or tabs, UTF-8 or Windows-1252, decimal comma or point."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from io import StringIO
from itertools import islice

from oekoreport.language import catalogue
from oekoreport.places import Place
from oekoreport.records import FileTooLarge, Source
from oekoreport.sheets.tables.book import MAX_CELLS, Book, Cell, Sheet, text_cell
from oekoreport.sheets.tables.errors import NotAWorkbook, SheetTooLarge, TooMuch
from oekoreport.sheets.tables.room import Room

_ = catalogue("oekoreport")

DELIMITERS = ";\t,"
SAMPLE_ROWS = 50
SAMPLE_LINES = 1_000
"""Among so many lines the rows of the sample are looked for."""

LARGEST = 50_000_000
"""The most bytes of a CSV file, which takes ten times as much memory; 100,000 receipts have twenty million."""

MAX_COLUMNS = 16_384
"""So many columns a row may have, as in Excel."""

WINDOWS = "".join(bytes([number]).decode("cp1252", errors="replace") for number in range(256))
"""The signs of Windows-1252. Five bytes have no meaning there; they are kept visibly wrong, not dropped."""

SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def read_csv(source: Source) -> Book:
    """Read a CSV file: one sheet without a name, all cells text, rows numbered as a spreadsheet shows them.

    Raises:
        NotAWorkbook: it is no text.
        FileTooLarge, SheetTooLarge, TooMuch: it has too many bytes, cells, or cells in a row.
    """
    place = Place(source.name)
    if source.weight > LARGEST:
        raise FileTooLarge(place, LARGEST)
    text = _decode(source)
    skipped = 0
    if match := SEPARATOR_LINE.match(text):  # Excel's own hint; Excel does not show this line
        delimiter, text, skipped = match[1], text[match.end() :], 1
    else:
        delimiter = _delimiter(text)
    rows: list[list[Cell]] = [[] for _row in range(skipped)]
    cells, room = 0, Room()
    try:
        for row in _Reader(text, delimiter):
            cells += max(len(row), 1)
            if cells > MAX_CELLS:
                raise SheetTooLarge(place, cells, MAX_CELLS)
            rows.append([_cell(value) for value in row])
            room.fill(place, len(row) - rows[-1].count(None))
    except _TooWide as error:
        what = _("A row has more than {limit} columns.", limit=MAX_COLUMNS)
        raise TooMuch(place._replace(row=len(rows) + 1), what) from error
    except csv.Error as error:
        place = place._replace(row=len(rows) + 1)
        raise NotAWorkbook(place, _("a quotation mark is never closed.")) from error
    return Book(source.name, (Sheet("", rows, typed=False),))


class _TooWide(csv.Error):
    """A row has more columns than any table."""


class _Reader:
    """The rows of a text; a row that is too wide is refused before it is split."""

    def __init__(self, text: str, delimiter: str) -> None:
        self._lines = StringIO(text, newline="")
        self._delimiter = delimiter
        self._columns = 0

    def __iter__(self) -> Iterator[list[str]]:
        for row in csv.reader(self._counted(), delimiter=self._delimiter):
            self._columns = 0
            yield row

    def _counted(self) -> Iterator[str]:
        for line in self._lines:
            self._columns += line.count(self._delimiter)
            if self._columns > MAX_COLUMNS:
                raise _TooWide
            yield line


def _decode(source: Source) -> str:
    content = source.content
    try:
        if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):  # the first begins like the mark of UTF-16
            return content.decode("utf-32")
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return content.decode("utf-16")
    except UnicodeDecodeError as error:
        raise NotAWorkbook(Place(source.name), _("it is not text.")) from error
    if b"\0" in content:
        raise NotAWorkbook(Place(source.name), _("it is not text."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return codecs.charmap_decode(content, "strict", WINDOWS)[0]


def _delimiter(text: str) -> str:
    """Return the mark that splits the first rows most evenly into most columns; ties go to the semicolon."""
    return max(DELIMITERS, key=lambda delimiter: _evenness(text, delimiter))


def _evenness(text: str, delimiter: str) -> tuple[bool, float, int]:
    widths: list[int] = []
    try:
        for row in islice(_Reader(text, delimiter), SAMPLE_LINES):
            if any(row):
                widths.append(len(row))
            if len(widths) == SAMPLE_ROWS:
                break
    except _TooWide:
        widths = widths or [MAX_COLUMNS]  # the mark may well be this one: then the row is refused
    except csv.Error:
        return (False, 0.0, 0)
    if not widths:
        return (False, 0.0, 0)
    usual = max(set(widths), key=widths.count)
    return (usual > 1, round(widths.count(usual) / len(widths), 1), usual)


def _cell(value: str) -> Cell:
    return None if not value.strip() else text_cell(value)
