"""Tables of any format, read into sheets of cells with true addresses, and their heads recognised."""

from oekoreport.sheets.tables import (
    TABLE_SUFFIXES,
    Book,
    Cell,
    CellError,
    Sheet,
    Uncalculated,
    read_tables,
    table_outline,
    text_of,
)
from oekoreport.sheets.tables.book import MARKS
from oekoreport.sheets.tables.heads import (
    Heading,
    Recognized,
    heading,
    is_called,
    is_guide,
    is_stand_in,
    layouts_named,
    names_unit,
    recognize,
    units_of,
)

__all__ = [
    "MARKS",
    "TABLE_SUFFIXES",
    "Book",
    "Cell",
    "CellError",
    "Heading",
    "Recognized",
    "Sheet",
    "Uncalculated",
    "heading",
    "is_called",
    "is_guide",
    "is_stand_in",
    "layouts_named",
    "names_unit",
    "read_tables",
    "recognize",
    "table_outline",
    "text_of",
    "units_of",
]
