"""CSV as German offices write it: semicolons or commas or tabs, UTF-8 or Windows-1252, decimal comma or point."""

from __future__ import annotations

import codecs
import csv
import re
from io import StringIO

from oekoreport.language import catalogue
from oekoreport.places import Place
from oekoreport.records import Source
from oekoreport.sheets.tables.book import MAX_CELLS, Book, Cell, Sheet, text_cell
from oekoreport.sheets.tables.errors import NotAWorkbook, SheetTooLarge

_ = catalogue("oekoreport")

DELIMITERS = ";\t,"
SAMPLE_ROWS = 50
SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def read_csv(source: Source) -> Book:
    """Read a CSV file: one sheet without a name, all cells text, rows numbered as a spreadsheet shows them.

    Raises:
        NotAWorkbook: it is no text.
        SheetTooLarge: it has too many cells.
    """
    text = _decode(source)
    skipped = 0
    if match := SEPARATOR_LINE.match(text):  # Excel's own hint; Excel does not show this line
        delimiter, text, skipped = match[1], text[match.end() :], 1
    else:
        delimiter = _delimiter(text)
    rows: list[list[Cell]] = [[] for _row in range(skipped)]
    cells = 0
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
            cells += len(row)
            if cells > MAX_CELLS:
                raise SheetTooLarge(Place(source.name), cells, MAX_CELLS)
            rows.append([_cell(value) for value in row])
    except csv.Error as error:
        raise NotAWorkbook(Place(source.name), _("a quotation mark is never closed.")) from error
    return Book(source.name, (Sheet("", rows, typed=False),))


def _decode(source: Source) -> str:
    content = source.content
    if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):  # the first begins like the mark of UTF-16
        return content.decode("utf-32", errors="replace")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if b"\0" in content:
        raise NotAWorkbook(Place(source.name), _("it is not text."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Five bytes have no meaning in Windows-1252; they are kept visibly wrong, not dropped.
        return content.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    """Return the mark that splits the first rows most evenly into most columns; ties go to the semicolon."""
    return max(DELIMITERS, key=lambda delimiter: _evenness(text, delimiter))


def _evenness(text: str, delimiter: str) -> tuple[bool, float, int]:
    widths: list[int] = []
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
            if any(row):
                widths.append(len(row))
            if len(widths) == SAMPLE_ROWS:
                break
    except csv.Error:
        return (False, 0.0, 0)
    if not widths:
        return (False, 0.0, 0)
    usual = max(set(widths), key=widths.count)
    return (usual > 1, round(widths.count(usual) / len(widths), 1), usual)


def _cell(value: str) -> Cell:
    return None if not value.strip() else text_cell(value)
