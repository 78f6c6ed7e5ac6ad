"""XLSX and XLSM: the archive is checked, each sheet scanned, then calamine reads the values.

calamine runs in this process: what it could stumble over (entity bombs, archives that unpack without end, far cells)
has been refused before. A panic of its own is caught and named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from itertools import islice
from typing import Any

from oekoreport.language import catalogue
from oekoreport.model.spelling import time_text
from oekoreport.package import Package, PartTooLarge, PasswordProtected
from oekoreport.places import Place
from oekoreport.records import Source
from oekoreport.sheets.tables.appearance import appearance_of, commented
from oekoreport.sheets.tables.book import (
    MAX_CELLS,
    MAX_SPECIAL,
    Appearance,
    Book,
    Cell,
    PartOfDay,
    Sheet,
    duration_text,
    moment,
    text_cell,
)
from oekoreport.sheets.tables.errors import NotAWorkbook, SheetTooLarge, TextTooLong, TooMuch, too_many_special
from oekoreport.sheets.tables.room import MAX_TEXT, Room
from oekoreport.sheets.tables.scan import Scan, scan_sheet
from oekoreport.sheets.tables.strings import (
    ERROR_SIGN,
    Strings,
    check_lengths,
    longest_text,
    strings_of,
    struck_texts,
    text_bytes,
)
from oekoreport.sheets.tables.styles import Styles, styles_of

_ = catalogue("oekoreport")

WORKBOOK = "xl/workbook.xml"
WORKSHEET = "worksheet"
CUSTOM = "docProps/custom.xml"
MOST_SHEETS = 1_000
"""So many sheets a workbook may have."""

NOT_READ = ("xl/media/", "xl/drawings/", "xl/charts/", "xl/embeddings/", "xl/pivotcache/", "customxml/", "docprops/")


@dataclass(frozen=True, slots=True)
class Worksheet:
    """A worksheet of a workbook: its name, the part that holds it, and whether it is hidden."""

    name: str
    part: str
    hidden: bool


def read_xlsx(source: Source) -> Book:
    """Read a workbook whose parts are XML.

    Raises:
        SourceError: as ``read_tables``, and ``DamagedArchive``.
    """
    package = source.package
    sheets = worksheets(package)
    if len(sheets) > MOST_SHEETS:
        raise TooMuch(package.place, _("The workbook has more than {limit} sheets.", limit=MOST_SHEETS))
    if len({sheet.name for sheet in sheets}) != len(sheets):
        raise NotAWorkbook(package.place, _("two of its sheets have one name."))
    styles = styles_of(package, package.main(WORKBOOK))
    strings = strings_of(package, package.main(WORKBOOK))
    room = Room()
    looks = {sheet.name: _look(package, sheet, styles, strings, room) for sheet in sheets}
    if strings.longest > MAX_TEXT:
        raise TextTooLong(package.place, MAX_TEXT)
    _check_other_parts(package)
    filled = [name for name, look in looks.items() if look.scan.cells]  # calamine may stumble over one without a cell
    cells = dict(_cells(source, filled))
    made = tuple(_sheet(name, cells.pop(name, []), look, styles, strings) for name, look in looks.items())
    for sheet in made:
        if len(sheet.appearance.struck) > MAX_SPECIAL:
            raise too_many_special(package.place._replace(sheet=sheet.name))
    return Book(source.name, made, custom_properties(package))


def sheet_names(package: Package) -> list[str]:
    """Return the names of the worksheets without reading them."""
    return [sheet.name for sheet in worksheets(package)]


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
def worksheets(package: Package) -> tuple[Worksheet, ...]:
    """Return the worksheets in the workbook's order; those that are hidden and have no contents are left out."""
    return tuple(_worksheets(package))


def _worksheets(package: Package) -> Iterator[Worksheet]:
    workbook = package.main(WORKBOOK)
    for element in package.tree(workbook).iter("{*}sheet"):
        name, hidden = str(element.get("name", "")), element.get("state", "visible") != "visible"
        identifier = next((str(value) for key, value in element.items() if str(key).endswith("}id")), "")
        relation = package.relations(workbook).get(identifier)
        if relation is not None and relation.kind == WORKSHEET and (relation.target in package or not hidden):
            yield Worksheet(name, relation.target, hidden)
        elif relation is None and not hidden:  # programs of accounts leave hidden stubs behind
            raise NotAWorkbook(package.place, _("the sheet “{sheet}” has no contents.", sheet=name))


@dataclass(frozen=True, slots=True)
class _Look:
    """What a look at a sheet's XML says."""

    scan: Scan
    appearance: Appearance
    strings: Strings


def _look(package: Package, sheet: Worksheet, styles: Styles, strings: Strings, room: Room) -> _Look:
    place = package.place._replace(sheet=sheet.name)
    try:
        xml = package.markup(sheet.part)
    except PartTooLarge as error:
        raise error.at(place) from error
    check_lengths(xml, strings, place)
    try:
        scan = scan_sheet(xml, styles.telling, place)
        struck = struck_texts(xml, place) if scan.loose_texts else frozenset[str]()
    except SyntaxError as error:
        raise package.damaged(sheet.part) from error
    if scan.cells > MAX_CELLS:
        raise SheetTooLarge(place, scan.cells, MAX_CELLS)
    room.fill(place, scan.filled)
    if scan.special > MAX_SPECIAL:
        raise too_many_special(place)
    _take_text(room, xml, scan, strings, place)
    appearance = replace(
        appearance_of(xml, scan, styles, place), hidden=sheet.hidden, commented=commented(package, sheet.part)
    )
    return _Look(scan, appearance, Strings(scan.loose_texts and ERROR_SIGN in xml, struck))


def _take_text(room: Room, xml: bytes, scan: Scan, strings: Strings, place: Place) -> None:
    length = text_bytes(xml, strings, room.text // 2, loose=scan.loose_texts)
    if length > room.text:
        place = longest_text(xml, strings, place, loose=scan.loose_texts)
    room.write(place, length)


def _check_other_parts(package: Package) -> None:
    """Unpack within the limit whatever else calamine may open; most of it is small."""
    for part in package.unread:
        if part.lower().endswith((".xml", ".rels")) and not part.lower().startswith(NOT_READ):
            package.markup(part)


def _cells(source: Source, names: list[str]) -> Iterator[tuple[str, list[list[Cell]]]]:
    import python_calamine as calamine

    place = Place(source.name)
    try:
        with calamine.CalamineWorkbook.from_filelike(BytesIO(source.content)) as workbook:
            for name in names:
                sheet = workbook.get_sheet_by_name(name)
                before = [None] * sheet.start[1] if sheet.start else []
                yield name, to_cells(sheet.iter_rows(), before)
    except calamine.PasswordError as error:
        raise PasswordProtected(place) from error
    except calamine.CalamineError as error:
        raise NotAWorkbook(place, _("its contents contradict each other.")) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # a panic of Rust is no Exception
            raise
        raise NotAWorkbook(place, _("its contents contradict each other.")) from error


def _sheet(name: str, rows: list[list[Cell]], look: _Look, styles: Styles, strings: Strings) -> Sheet:
    if look.strings.has_signs or strings.has_signs:
        rows = [[text_cell(cell) if type(cell) is str else cell for cell in cells] for cells in rows]
    for (row, column), mark in look.scan.marks.items():
        while len(rows) < row:
            rows.append([])
        cells = rows[row - 1]
        cells.extend([None] * (column + 1 - len(cells)))
        cells[column] = mark
    _show_numbers(rows, look.scan, styles)
    appearance = replace(
        look.appearance, struck=look.appearance.struck | _holding(rows, look.strings.struck | strings.struck)
    )
    return Sheet(name, rows, appearance=appearance).without_covered()


def _holding(rows: list[list[Cell]], texts: frozenset[str]) -> frozenset[tuple[int, int]]:
    """Return the cells that hold one of some texts."""
    if not texts:
        return frozenset()
    cells = ((row, column, cell) for row, line in enumerate(rows, 1) for column, cell in enumerate(line))
    found = ((row, column) for row, column, cell in cells if type(cell) is str and cell in texts)
    return frozenset(islice(found, MAX_SPECIAL + 1))


def _show_numbers(rows: list[list[Cell]], scan: Scan, styles: Styles) -> None:
    """Replace numbers by what their formats show of them, where that is more, and days that are shown in part.

    Each number is formatted once.
    """
    known: dict[tuple[int, Decimal], Cell] = {}
    for (row, column), style in scan.styles.items():
        number_format = styles.formats.get(style)
        cells = rows[row - 1] if row <= len(rows) else []
        cell = cells[column] if column < len(cells) else None
        if style in styles.days_in_part and isinstance(cell, date):
            cells[column] = PartOfDay(cell)
        if number_format is not None and type(cell) is Decimal:
            shown = known.get((style, cell))
            if shown is None:
                shown = known[style, cell] = number_format.show(cell)
            cells[column] = shown


def to_cells(rows: Iterable[Sequence[object]], before: Sequence[None] = ()) -> list[list[Cell]]:
    """Return calamine's values as cells: floats with a spreadsheet's 15 digits, days without midnight.

    Equal texts are one object. ``before`` are the cells of the columns that calamine leaves away.
    """
    one = dict[str, str]().setdefault
    made: list[list[Cell]] = [
        [(one(value, value) or None) if type(value) is str else CONVERT[type(value)](value) for value in row]
        for row in rows
    ]
    return [[*before, *row] for row in made] if before else made


CONVERT: dict[type, Callable[[Any], Cell]] = {
    float: lambda value: Decimal(f"{value:.15g}"),
    int: Decimal,
    bool: lambda value: value,
    date: lambda value: value,
    datetime: moment,
    time: time_text,
    timedelta: duration_text,
}
