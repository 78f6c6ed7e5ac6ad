"""XLSX and XLSM: the archive is checked, each sheet scanned, then calamine reads the values.

calamine runs in this process: what it could stumble over (entity bombs, archives that unpack without end, far cells)
has been refused before. A panic of its own is caught and named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from typing import Any

from oekoreport.language import catalogue
from oekoreport.model.spelling import time_text
from oekoreport.package import Package, PasswordProtected
from oekoreport.places import Place
from oekoreport.records import Source
from oekoreport.sheets.tables.book import MAX_CELLS, Book, Cell, Sheet, duration_text, moment
from oekoreport.sheets.tables.errors import NotAWorkbook, SheetTooLarge
from oekoreport.sheets.tables.scan import Scan, scan_sheet

_ = catalogue("oekoreport")

WORKSHEET = "worksheet"
CUSTOM = "docProps/custom.xml"
NOT_READ = ("xl/media/", "xl/drawings/", "xl/charts/", "xl/embeddings/", "xl/pivotcache/", "customxml/", "docprops/")


def read_xlsx(source: Source) -> Book:
    """Read a workbook whose parts are XML.

    Raises:
        SourceError: as ``read_tables``, and ``DamagedArchive``.
    """
    package = source.package
    parts = dict(worksheets(package))
    if len(parts) != len(worksheets(package)):
        raise NotAWorkbook(package.place, _("two of its sheets have one name."))
    scans = {name: _scan(package, name, part) for name, part in parts.items()}
    _check_other_parts(package)
    filled = [name for name, scan in scans.items() if scan.cells]  # calamine may stumble over a sheet without a cell
    values = dict(_values(source, filled))
    sheets = tuple(_sheet(name, values.pop(name, []), scan) for name, scan in scans.items())
    return Book(source.name, sheets, custom_properties(package))


def sheet_names(package: Package) -> list[str]:
    """Return the names of the worksheets without reading them."""
    return [name for name, _part in worksheets(package)]


@lru_cache(maxsize=1)
def custom_properties(package: Package) -> Mapping[str, str]:
    """Return the custom document properties; none where there are none."""
    if CUSTOM not in package:
        return {}
    return {
        str(element.get("name")): "".join(element.itertext()).strip()
        for element in package.tree(CUSTOM).iter("{*}property")
        if element.get("name")
    }


@lru_cache(maxsize=1)
def worksheets(package: Package) -> tuple[tuple[str, str], ...]:
    """Return name and part of each worksheet, in the workbook's order."""
    return tuple(_worksheets(package))


def _worksheets(package: Package) -> Iterator[tuple[str, str]]:
    workbook = package.main("xl/workbook.xml")
    for element in package.tree(workbook).iter("{*}sheet"):
        identifier = next((str(value) for key, value in element.items() if str(key).endswith("}id")), "")
        relation = package.relations(workbook).get(identifier)
        if relation is None:
            raise NotAWorkbook(package.place, _("the sheet “{sheet}” has no contents.", sheet=str(element.get("name"))))
        if relation.kind == WORKSHEET:
            yield str(element.get("name", "")), relation.target


def _scan(package: Package, name: str, part: str) -> Scan:
    try:
        scan = scan_sheet(package.markup(part))
    except SyntaxError as error:
        raise package.damaged(part) from error
    if scan.cells > MAX_CELLS:
        raise SheetTooLarge(package.place._replace(sheet=name), scan.cells, MAX_CELLS)
    return scan


def _check_other_parts(package: Package) -> None:
    """Unpack within the limit whatever else calamine may open; most of it is small."""
    for part in package.unread:
        if part.lower().endswith((".xml", ".rels")) and not part.lower().startswith(NOT_READ):
            package.markup(part)


def _values(source: Source, names: list[str]) -> Iterator[tuple[str, Sequence[Sequence[object]]]]:
    import python_calamine as calamine

    place = Place(source.name)
    try:
        with calamine.CalamineWorkbook.from_filelike(BytesIO(source.content)) as workbook:
            for name in names:
                yield name, workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except calamine.PasswordError as error:
        raise PasswordProtected(place) from error
    except calamine.CalamineError as error:
        raise NotAWorkbook(place, f"{error}") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # a panic of Rust is no Exception
            raise
        raise NotAWorkbook(place, _("its contents contradict each other.")) from error


def _sheet(name: str, rows: Sequence[Sequence[object]], scan: Scan) -> Sheet:
    cells = to_cells(rows)
    for (row, column), mark in scan.marks.items():
        while len(cells) < row:
            cells.append([])
        line = cells[row - 1]
        line.extend([None] * (column + 1 - len(line)))
        line[column] = mark
    return Sheet(name, cells)


def to_cells(rows: Sequence[Sequence[object]]) -> list[list[Cell]]:
    """Return calamine's values as cells: floats with a spreadsheet's 15 digits, days without midnight."""
    return [[(value or None) if type(value) is str else CONVERT[type(value)](value) for value in row] for row in rows]


CONVERT: dict[type, Callable[[Any], Cell]] = {
    float: lambda value: Decimal(f"{value:.15g}"),
    int: Decimal,
    bool: lambda value: value,
    date: lambda value: value,
    datetime: moment,
    time: time_text,
    timedelta: duration_text,
}
