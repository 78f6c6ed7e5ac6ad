"""Reading tables of any format into one shape: ``read_tables(source)`` gives sheets of cells with true addresses.

The format is told by the bytes, not by the name: an .xls that is a web page, or an .xlsx that is an .xls, is common.
"""

from __future__ import annotations

from collections.abc import Mapping

from oekoreport.errors import SourceError
from oekoreport.language import catalogue
from oekoreport.package import DamagedArchive, is_binary, is_package
from oekoreport.places import Place
from oekoreport.records import Source
from oekoreport.sheets.tables.book import (
    UNCALCULATED,
    Book,
    Cell,
    CellError,
    Disguised,
    PartOfDay,
    Sheet,
    Uncalculated,
    text_of,
)
from oekoreport.sheets.tables.csv import read_csv
from oekoreport.sheets.tables.errors import LegacyBinary, NotAWorkbook, SheetTooLarge

_ = catalogue("oekoreport")

WORKBOOK_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".ods"})
TEXT_SUFFIXES = frozenset({".csv", ".tsv"})
TABLE_SUFFIXES = WORKBOOK_SUFFIXES | TEXT_SUFFIXES
"""The endings of files that ``read_tables`` takes."""

OPEN_DOCUMENT = "content.xml"
"""The part that a package of OpenDocument has, and one of Excel has not."""


def read_tables(source: Source) -> Book:
    """Read a workbook or a CSV file.

    Raises:
        SourceError: by what is wrong, ``NotAWorkbook``, ``SheetTooLarge``, ``LegacyBinary``, or, as any office file may
            be, ``PasswordProtected``, ``UnpacksTooLarge`` or ``UnsafeMarkup``; as any file, ``FileTooLarge``.
    """
    from oekoreport.sheets.tables.legacy import read_legacy
    from oekoreport.sheets.tables.ods import read_ods
    from oekoreport.sheets.tables.xlsx import read_xlsx

    if source.suffix in TEXT_SUFFIXES:
        return read_csv(source)
    place = Place(source.name)
    if not source.content:
        raise NotAWorkbook(place, _("it is empty."))
    if is_binary(source.content):
        return read_legacy(source, ".xls")
    if not is_package(source.content):
        raise NotAWorkbook(place, _("it was not written by a spreadsheet program."))
    try:
        if OPEN_DOCUMENT in source.package:
            return read_ods(source)
        if "xl/workbook.bin" in source.package:
            return read_legacy(source, ".xlsb")
        return read_xlsx(source)
    except DamagedArchive as error:
        raise NotAWorkbook(place, error.reason) from error


def table_outline(source: Source) -> tuple[list[str], Mapping[str, str]]:
    """Return a workbook's sheet names and custom properties, as far as they can be had without reading it whole.

    Old binary formats, CSV, broken files and those that are too large give none.
    """
    from oekoreport.sheets.tables import ods, xlsx

    try:
        if not is_package(source.content):
            return [], {}
        module = ods if OPEN_DOCUMENT in source.package else xlsx
        return module.sheet_names(source.package), module.custom_properties(source.package)
    except SourceError:
        return [], {}
