"""XLSX and XLSM: the archive is checked, each sheet scanned, then calamine reads the values.

calamine runs in this process: what it could stumble over (entity bombs, archives that unpack without end, far cells)
has been refused before. A panic of its own is caught and named.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from oekoreport.language import catalogue
from oekoreport.places import Place
from oekoreport.records.source import Source
from oekoreport.sheets.tables.archive import Archive
from oekoreport.sheets.tables.book import MAX_CELLS, Book, Cell, Sheet, duration_text, time_text
from oekoreport.sheets.tables.errors import NotAWorkbook, PasswordProtected, SheetTooLarge
from oekoreport.sheets.tables.scan import Scan, scan_sheet

_ = catalogue("oekoreport")

WORKSHEET = "worksheet"
NOT_READ = ("xl/media/", "xl/drawings/", "xl/charts/", "xl/embeddings/", "xl/pivotcache/", "customxml/", "docprops/")


def read_xlsx(source: Source, archive: Archive) -> Book:
    """Read a workbook whose parts are XML.

    Raises:
        SourceError: one of ``oekoreport.sheets.tables.errors``.
    """
    worksheets = list(_worksheets(archive))
    parts = dict(worksheets)
    if len(parts) != len(worksheets):
        raise NotAWorkbook(archive.place, _("two of its sheets have one name."))
    scans = {name: _scan(archive, source, name, part) for name, part in parts.items()}
    _check_other_parts(archive, set(parts.values()))
    filled = [name for name, scan in scans.items() if scan.cells]  # calamine may stumble over a sheet without a cell
    values = dict(_values(source, filled))
    sheets = tuple(_sheet(name, values.pop(name, []), scan) for name, scan in scans.items())
    return Book(source.name, sheets, custom_properties(archive))


def sheet_names(archive: Archive) -> list[str]:
    """Return the names of the worksheets without reading them."""
    return [name for name, _part in _worksheets(archive)]


def custom_properties(archive: Archive) -> dict[str, str]:
    """Return the custom document properties; none where there are none."""
    if "docprops/custom.xml" not in archive:
        return {}
    root = _parse(archive, "docprops/custom.xml")
    return {
        str(element.get("name")): "".join(element.itertext()).strip()
        for element in root.iter("{*}property")
        if element.get("name")
    }


def _parse(archive: Archive, name: str) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(archive.read_xml(name), parser)
    except etree.XMLSyntaxError as error:
        raise NotAWorkbook(archive.place, _("its part “{member}” is damaged.", member=name)) from error


def _relations(archive: Archive, folder: str, name: str) -> dict[str, tuple[str, str]]:
    """Return the relations of a part: identifier → (last word of the type, path of the target)."""
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in archive:
        return {}
    relations = {}
    for element in _parse(archive, path).iter("{*}Relationship"):
        target = str(element.get("Target", "")).replace("\\", "/")
        joined = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        kind = str(element.get("Type", "")).rpartition("/")[2]
        relations[str(element.get("Id"))] = (kind, posixpath.normpath(joined))
    return relations


def _worksheets(archive: Archive) -> Iterator[tuple[str, str]]:
    roots = _relations(archive, "", "")
    workbook = next((path for kind, path in roots.values() if kind == "officeDocument"), "xl/workbook.xml")
    folder, name = posixpath.split(workbook)
    relations = _relations(archive, folder, name)
    for element in _parse(archive, workbook).iter("{*}sheet"):
        identifier = next((str(value) for key, value in element.items() if str(key).endswith("}id")), "")
        kind, part = relations.get(identifier, ("", ""))
        if kind == WORKSHEET:
            yield str(element.get("name", "")), part
        elif not kind:
            raise NotAWorkbook(archive.place, _("the sheet “{sheet}” has no contents.", sheet=str(element.get("name"))))


def _scan(archive: Archive, source: Source, name: str, part: str) -> Scan:
    from lxml import etree

    try:
        scan = scan_sheet(archive.read_xml(part))
    except etree.XMLSyntaxError as error:
        raise NotAWorkbook(archive.place, _("its part “{member}” is damaged.", member=part)) from error
    if scan.cells > MAX_CELLS:
        raise SheetTooLarge(Place(source.name, name), scan.cells, MAX_CELLS)
    return scan


def _check_other_parts(archive: Archive, scanned: set[str]) -> None:
    """Unpack within the limit whatever else calamine may open; most of it is small."""
    done = {part.lower() for part in scanned}
    for name in archive.names:
        if name.endswith((".xml", ".rels")) and name not in done and not name.startswith(NOT_READ):
            archive.read_xml(name)


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


def _moment(value: datetime) -> Cell:
    return value.date() if value.time() == time() else value


CONVERT: dict[type, Callable[[Any], Cell]] = {
    float: lambda value: Decimal(f"{value:.15g}"),
    int: Decimal,
    bool: lambda value: value,
    date: lambda value: value,
    datetime: _moment,
    time: time_text,
    timedelta: duration_text,
}
