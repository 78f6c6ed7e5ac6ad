"""The tables that a document prints, and whether they add up: rows and totals as a reader has them.

A row of totals is known by its label. A column adds up where the numbers above the total have it as their sum, each
rounded to the printed place; where a row is unknown the total is no number, and where a row is withheld nobody can sum.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from oekoreport.figures import UNKNOWN, WITHHELD
from oekoreport.language import NO_BREAK_SPACE, Locale
from oekoreport.report import Document
from oekoreport.testing.pdf_tables import tables_in

GERMAN = Locale("de")
TOTAL = re.compile(r"(Insgesamt|Gesamt|Summe|Zusammen)\b")
NUMBER = re.compile(r"([+−-]?)((?:\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?)(?: (?:€|EUR|%|\S{1,5}/a))?")
LIMIT = re.compile(r"höchstens ([\d.]+,\d\d)")
SHARE = re.compile(r"v\.\s?H\.|%|quote|anteil", re.IGNORECASE)
"""What a column of shares is called: they add up to a hundred, or are rates that do not add up."""

NOTHING = ("", "–")
WHOLE = Decimal(100)


class Table(NamedTuple):
    """A printed table: where it stands, and its cells as texts; one that spans several columns stands in each."""

    place: str
    rows: Sequence[Sequence[str]]


def faults_in(document: Document) -> list[str]:
    """Return what does not add up in a document, in words for the failing test."""
    return [fault for table in tables_of(document) for fault in faults_of(table)]


def tables_of(document: Document) -> Iterator[Table]:
    """Yield the tables of a Word document, a workbook or a tagged PDF."""
    readers = {".docx": _of_word, ".xlsx": _of_workbook, ".pdf": _of_pdf}
    name = document.name[-1]
    for ending, reader in readers.items():
        if name.endswith(ending):
            yield from (Table(f"{'/'.join(document.name)}, {place}", rows) for place, rows in reader(document.content))


# --- sums ------------------------------------------------------------------------------------------------------------


def faults_of(table: Table) -> list[str]:
    """Return the columns whose total is another number than the rows since the last total, or the head, come to."""
    start = 0
    faults: list[str] = []
    for index, row in enumerate(table.rows):
        if row and TOTAL.match(row[0]):
            faults += _faults_of_total(table, table.rows[start:index], row)
            start = index + 1
    return faults


def _faults_of_total(table: Table, above: Sequence[Sequence[str]], total: Sequence[str]) -> Iterator[str]:
    first = next((index for index, row in enumerate(above) if any(map(_number, row[1:]))), len(above))
    head, body = above[:first], above[first:]
    limits = [_decimal(found[1]) for row in body if (found := LIMIT.search(row[0])) and len(set(row)) == 1]
    rows = [row for row in body if len(set(row)) > 1 or len(row) == 1]
    for column in range(1, len(total)):
        cells = [row[column] for row in rows if column < len(row)]
        heads = " ".join(row[column] for row in head if column < len(row))
        if problem := _problem(cells, total[column], share=bool(SHARE.search(heads)), limits=limits):
            yield f"{table.place}, {heads!r}: {problem}"


def _problem(cells: Sequence[str], total: str, *, share: bool, limits: Sequence[Decimal]) -> str:
    """Return why a total is wrong; empty where it is right, or where the column is none of numbers."""
    whole = _number(total)
    if whole is None or not cells or GERMAN.show(WITHHELD) in cells:
        return ""
    numbers = [_number(cell) for cell in cells if cell not in NOTHING]
    known = [number for number in numbers if number is not None]
    if share and (whole.value != WHOLE or len(known) < len(numbers) or WHOLE in [each.value for each in known]):
        return ""  # rates: their whole is an average
    if GERMAN.show(UNKNOWN) in cells:
        return f"{total} is the sum of something unknown"
    if len(known) < len(numbers):
        return ""
    found = sum((number.value for number in known), Decimal(0))
    unit = Decimal(1).scaleb(-min([whole.places, *(number.places for number in known)]))
    allowed = unit * (len(known) + 1) / 2
    if any(abs(min([found, *limit]) - whole.value) <= allowed for limit in ([], limits)):
        return ""
    return f"{total} is not the sum of the rows, {found}"


class Number(NamedTuple):
    """A printed number, with its decimals."""

    value: Decimal
    places: int


def _number(text: str) -> Number | None:
    found = NUMBER.fullmatch(text.replace(NO_BREAK_SPACE, " ").strip())
    if found is None:
        return None
    value = _decimal(found[2])
    return Number(-value if found[1] in ("−", "-") and found[1] else value, len(found[3] or ""))


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(".", "").replace(",", "."))


# --- Word ------------------------------------------------------------------------------------------------------------


def _of_word(content: bytes) -> Iterator[tuple[str, list[list[str]]]]:
    import docx

    for number, table in enumerate(docx.Document(io.BytesIO(content)).tables, 1):
        rows = [[cell.text.replace("\u00ad", "") for cell in row.cells] for row in table.rows]
        yield f"table {number}", rows


# --- PDF -------------------------------------------------------------------------------------------------------------


def _of_pdf(content: bytes) -> Iterator[tuple[str, list[list[str]]]]:
    for number, rows in enumerate(tables_in(content), 1):
        yield f"table {number}", rows


# --- Excel -----------------------------------------------------------------------------------------------------------


def _of_workbook(content: bytes) -> Iterator[tuple[str, list[list[str]]]]:
    """Yield the stretches of filled rows of each sheet, with the values that are stored beside the formulas."""
    from openpyxl import load_workbook

    for sheet in load_workbook(io.BytesIO(content), data_only=True).worksheets:
        stretch: list[list[str]] = []
        for row in (*sheet.iter_rows(), ()):
            if any(cell.value is not None for cell in row):
                stretch.append([_shown(cell) for cell in row])
            elif stretch:
                yield sheet.title, stretch
                stretch = []


def _shown(cell: Any) -> str:
    """Return a cell as text; numbers with all their digits, so that the sum is exact."""
    if cell.value is None:
        return ""
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        share = " %" if "%" in str(cell.number_format) else ""
        return f"{Decimal(repr(cell.value)):f}".replace(".", ",").replace("-", "−") + share
    return str(cell.value)
