"""CSV as German offices write it: semicolons or commas or tabs, UTF-8 or Windows-1252, decimal comma or point."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from decimal import Decimal
from enum import Enum
from io import StringIO

from oekoreport.language import catalogue
from oekoreport.places import Place
from oekoreport.records.source import Source
from oekoreport.sheets.tables.book import ERROR_TEXTS, MAX_CELLS, Book, Cell, CellError, Sheet
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
    text = value.strip()
    if not text:
        return None
    return CellError(text) if text in ERROR_TEXTS else value


class DecimalMark(Enum):
    """What the numbers of a file are written with."""

    COMMA = "comma"
    POINT = "point"
    MIXED = "mixed"


SURE_COMMA = re.compile(r"[+-]?(\d{1,3}(\.\d{3})+,\d+|\d+,(\d{1,2}|\d{4,}))")
SURE_POINT = re.compile(r"[+-]?(\d{1,3}(,\d{3})+\.\d+|(\d{1,3}(,\d{3}){2,})|\d+\.(\d{1,2}|\d{4,})|(\d{4,}|0)\.\d+)")
EITHER = re.compile(r"[+-]?\d{1,3}[.,]\d{3}")
ENGLISH = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")
POINT_GROUPS = re.compile(r"[+-]?\d{1,3}(\.\d{3})+")
POINT_PROOF = re.compile(r"[+-]?(\d{4,}\.\d+|0\.\d{3}|\d{1,3}(,\d{3})+\.\d+)")
MANY_POINTS = re.compile(r"[+-]?\d{1,3}(\.\d{3}){2,}")
COMMA_GROUPS = re.compile(r"[+-]?(\d{1,3}(,\d{3})+\.\d+|\d{1,3}(,\d{3}){2,})")
UNIT = re.compile(r"^(EUR|€)\s*|\s*(EUR|€|%|([kMG]Wh|kg|to?|m³|m3|l)(/a)?)$", re.IGNORECASE)


def decimal_mark(texts: Iterable[str]) -> DecimalMark:
    """Tell from all numbers of a file which mark it writes decimals with; without evidence it is German."""
    comma = point = False
    for text in texts:
        number = _bare(text)
        comma = comma or SURE_COMMA.fullmatch(number) is not None
        point = point or SURE_POINT.fullmatch(number) is not None
    if comma and point:
        return DecimalMark.MIXED
    return DecimalMark.POINT if point else DecimalMark.COMMA


def is_ambiguous(text: str) -> bool:
    """Tell whether a text is one number with a comma and another with a point (1.234, 1,234)."""
    return EITHER.fullmatch(_bare(text)) is not None


def could_be_thousands(text: str) -> bool:
    """Tell whether a text in a file with decimal points could have thousands points, or a decimal comma, all the same.

    One hand-typed ``3.5`` among German numbers makes a file look like one with points: 68.000, 1.234.567, 1,234.
    """
    return is_ambiguous(text) or POINT_GROUPS.fullmatch(_bare(text)) is not None


def proves_points(texts: Iterable[str]) -> bool:
    """Tell whether the numbers of a column prove that their points are decimal: 1234.50 or 0.125, and no 1.234.567."""
    numbers = [_bare(text) for text in texts]
    return any(map(POINT_PROOF.fullmatch, numbers)) and not any(map(MANY_POINTS.fullmatch, numbers))


def proves_comma_groups(texts: Iterable[str]) -> bool:
    """Tell whether the numbers of a file prove that it has commas between thousands: 1,234.50 or 1,234,567."""
    return any(COMMA_GROUPS.fullmatch(_bare(text)) for text in texts)


def _bare(text: str) -> str:
    """Return a number without its unit."""
    return UNIT.sub("", text.strip())


def read_english(text: str) -> Decimal | None:
    """Return the number of a text with decimal point and commas between thousands; None if it is no such number."""
    number = text.strip()
    return Decimal(number.replace(",", "")) if ENGLISH.fullmatch(number) else None
