"""Reading tables of any format into one shape: ``read_tables(source)`` gives sheets of cells with true addresses.

The format is told by the bytes, not by the name: an .xls that is a web page, or an .xlsx that is an .xls, is common.
"""

from __future__ import annotations

from oekoreport.language import catalogue
from oekoreport.places import Place
from oekoreport.records.source import Source
from oekoreport.sheets.tables.archive import Archive
from oekoreport.sheets.tables.book import (
    UNCALCULATED,
    Book,
    Cell,
    CellError,
    Sheet,
    Uncalculated,
    text_of,
)
from oekoreport.sheets.tables.csv import (
    DecimalMark,
    could_be_thousands,
    decimal_mark,
    is_ambiguous,
    proves_comma_groups,
    proves_points,
    read_csv,
    read_english,
)
from oekoreport.sheets.tables.errors import (
    LegacyBinary,
    NotAWorkbook,
    PasswordProtected,
    SheetTooLarge,
    UnpacksTooLarge,
    UnsafeMarkup,
)

__all__ = [
    "TABLE_SUFFIXES",
    "UNCALCULATED",
    "Book",
    "Cell",
    "CellError",
    "DecimalMark",
    "LegacyBinary",
    "NotAWorkbook",
    "PasswordProtected",
    "Sheet",
    "SheetTooLarge",
    "Uncalculated",
    "UnpacksTooLarge",
    "UnsafeMarkup",
    "could_be_thousands",
    "decimal_mark",
    "is_ambiguous",
    "proves_comma_groups",
    "proves_points",
    "read_english",
    "read_tables",
    "table_outline",
    "text_of",
]

_ = catalogue("oekoreport")

WORKBOOK_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".ods"})
TEXT_SUFFIXES = frozenset({".csv", ".tsv"})
TABLE_SUFFIXES = WORKBOOK_SUFFIXES | TEXT_SUFFIXES
"""The endings of files that ``read_tables`` takes."""

ZIP = b"PK"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


def read_tables(source: Source) -> Book:
    """Read a workbook or a CSV file.

    Raises:
        SourceError: by what is wrong, ``SheetTooLarge``, ``UnpacksTooLarge``, ``PasswordProtected``, ``NotAWorkbook``,
            ``UnsafeMarkup`` or ``LegacyBinary``.
    """
    from oekoreport.sheets.tables.legacy import read_legacy
    from oekoreport.sheets.tables.ods import read_ods
    from oekoreport.sheets.tables.xlsx import read_xlsx

    if source.suffix in TEXT_SUFFIXES:
        return read_csv(source)
    place = Place(source.name)
    if not source.content:
        raise NotAWorkbook(place, _("it is empty."))
    if source.content.startswith(OLE):
        if ENCRYPTED_PACKAGE in source.content:
            raise PasswordProtected(place)
        return read_legacy(source, ".xls")
    if not source.content.startswith(ZIP):
        raise NotAWorkbook(place, _("it was not written by a spreadsheet program."))
    archive = Archive(source)
    if "content.xml" in archive:
        return read_ods(source, archive)
    if "xl/workbook.bin" in archive:
        return read_legacy(source, ".xlsb")
    return read_xlsx(source, archive)


def table_outline(source: Source) -> tuple[list[str], dict[str, str]]:
    """Return a workbook's sheet names and custom properties, as far as they can be had without reading it whole.

    Old binary formats, CSV and broken files give none.
    """
    from oekoreport.errors import SourceError
    from oekoreport.sheets.tables import ods, xlsx

    if not source.content.startswith(ZIP):
        return [], {}
    try:
        archive = Archive(source)
        module = ods if "content.xml" in archive else xlsx
        return module.sheet_names(archive), module.custom_properties(archive)
    except SourceError:
        return [], {}
