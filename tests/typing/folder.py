"""A project folder as somebody leaves it: files of sheets of rows, written as XLSX, ODS or CSV."""

from __future__ import annotations

import csv
import zipfile
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter  # type: ignore[import-untyped]


@dataclass(frozen=True)
class Cell:
    """A cell of which more is to be said than its value: its number format, a line through it, a note, a formula."""

    value: Any
    shown: str = ""
    struck: bool = False
    note: str = ""
    formula: str = ""


Row = dict[str, Any]
"""The cells of a row by head; what is not there is an empty cell."""


@dataclass
class Sheet:
    """A sheet: heads in a row, entries below. A form has its titles in the first column instead, and one entry.

    Attributes:
        above: rows before the heads, each a list of cells.
        below: rows after the entries.
        merged: the heads of columns in which a value stands in one cell over this row and those that follow it empty.
    """

    name: str
    heads: list[str]
    rows: list[Row]
    form: bool = False
    above: list[list[Any]] = field(default_factory=list)
    below: list[list[Any]] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    merged: set[str] = field(default_factory=set)

    def grid(self) -> list[list[Any]]:
        """Return the cells, row by row."""
        if self.form:
            entry = self.rows[0]
            return [*self.above, *([head, entry.get(head)] for head in self.heads), *self.below]
        entries = [[row.get(head) for head in self.heads] for row in self.rows]
        return [*self.above, list(self.heads), *entries, *self.below]

    def rename(self, head: str, new: str) -> None:
        """Give a column another head."""
        self.heads = [new if each == head else each for each in self.heads]
        self.rows = [{(new if name == head else name): value for name, value in row.items()} for row in self.rows]

    def change(self, head: str, to: Any) -> None:
        """Replace each filled cell of a column by what ``to`` makes of its value."""
        for row in self.rows:
            if row.get(head) is not None:
                row[head] = to(row[head])


class Folder:
    """The files of a project: for each the sheets that are in it. A CSV file has one."""

    def __init__(self) -> None:
        self.files: dict[str, list[Sheet]] = {}
        self.texts: dict[str, str] = {}

    def sheet(self, name: str, file: str = "projekt.xlsx") -> Sheet:
        """Return a sheet by its name."""
        return next(sheet for sheet in self.files[file] if sheet.name == name)

    def take(self, name: str, file: str = "projekt.xlsx") -> Sheet:
        """Take a sheet out of a file."""
        sheet = self.sheet(name, file)
        self.files[file].remove(sheet)
        return sheet

    def copy(self) -> Folder:
        """Return a folder of its own with the same content."""
        return deepcopy(self)

    def write(self, root: Path) -> None:
        """Write the files below a folder, each as its name ends."""
        writers = {".xlsx": _write_xlsx, ".ods": _write_ods, ".csv": _write_csv}
        for name, sheets in self.files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            writers[path.suffix](path, sheets)
        for name, text in self.texts.items():
            (root / name).write_text(text, encoding="utf-8")


def cell(value: Any) -> Cell:
    """Return a value as a cell, a cell as it is."""
    return value if isinstance(value, Cell) else Cell(value)


def with_format(value: Any, shown: str) -> Cell:
    """Return a value as a cell with a number format."""
    return replace(cell(value), shown=shown)


def german(value: Any) -> str:
    """Return a value as a German writes it: 1234,5 and 03.04.2024."""
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nein"
        case Decimal() | int():
            return f"{value:f}".replace(".", ",") if isinstance(value, Decimal) else str(value)
        case date():
            return f"{value:%d.%m.%Y}"
    return str(value)


def _write_csv(path: Path, sheets: list[Sheet]) -> None:
    (sheet,) = sheets
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows([german(cell(value).value) for value in row] for row in sheet.grid())


def _write_xlsx(path: Path, sheets: list[Sheet]) -> None:
    with xlsxwriter.Workbook(path) as book:
        formats: dict[tuple[str, bool], Any] = {}
        for sheet in sheets:
            page = book.add_worksheet(sheet.name[:31])
            for number, row in enumerate(sheet.grid()):
                for column, value in enumerate(row):
                    _put(book, page, (number, column), cell(value), formats)
            _dress(page, sheet)


def _put(book: Any, page: Any, at: tuple[int, int], what: Cell, formats: dict[tuple[str, bool], Any]) -> None:
    value = what.value
    if value is None and not what.formula:
        return
    shown = what.shown or ("dd.mm.yyyy" if isinstance(value, date) else "")
    key = (shown, what.struck)
    if key not in formats:
        formats[key] = book.add_format({"num_format": shown, "font_strikeout": what.struck} if any(key) else {})
    if what.formula:
        page.write_formula(*at, what.formula, formats[key], float(value) if value is not None else "")
    elif isinstance(value, date):
        page.write_datetime(*at, value, formats[key])
    elif isinstance(value, bool):
        page.write_boolean(*at, value, formats[key])
    elif isinstance(value, Decimal | int | float):
        page.write_number(*at, float(value), formats[key])
    else:
        page.write_string(*at, value, formats[key])
    if what.note:
        page.write_comment(*at, what.note)


def _dress(page: Any, sheet: Sheet) -> None:
    first = len(sheet.above) + 1
    if sheet.hidden:
        page.hide()
    for index in sheet.hidden_rows:
        page.set_row(first + index, None, None, {"hidden": True})
    for head in sheet.merged:
        column = sheet.heads.index(head)
        starts = [index for index, row in enumerate(sheet.rows) if row.get(head) is not None]
        for start, end in zip(starts, [*starts[1:], len(sheet.rows)], strict=True):
            if end - start > 1:
                page.merge_range(first + start, column, first + end - 1, column, cell(sheet.rows[start][head]).value)


OPEN_DOCUMENT = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "manifest")
)


def _write_ods(path: Path, sheets: list[Sheet]) -> None:
    tables = "".join(
        f"<table:table table:name={quoteattr(sheet.name)}>"
        + "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in sheet.grid())
        + "</table:table>"
        for sheet in sheets
    )
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>'
        for name, kind in (("/", OPEN_DOCUMENT), ("content.xml", "text/xml"))
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", OPEN_DOCUMENT)
        package.writestr("META-INF/manifest.xml", f"<manifest:manifest {SPACES}>{entries}</manifest:manifest>")
        package.writestr("content.xml", f"<office:document-content {SPACES}>{body}</office:document-content>")


def _ods_cell(value: Any) -> str:
    value = cell(value).value
    if value is None:
        return "<table:table-cell/>"
    kind, stored = _ods_value(value)
    typed = f'office:value-type="{kind}"{stored}'
    return f"<table:table-cell {typed}><text:p>{escape(german(value))}</text:p></table:table-cell>"


def _ods_value(value: Any) -> tuple[str, str]:
    """Return a value's type, and the attribute that holds it; a text stands in its paragraph."""
    match value:
        case bool():
            return "boolean", f' office:boolean-value="{str(value).lower()}"'
        case Decimal() | int():
            return "float", f' office:value="{value}"'
        case date():
            return "date", f' office:date-value="{value:%Y-%m-%d}"'
    return "string", ""
