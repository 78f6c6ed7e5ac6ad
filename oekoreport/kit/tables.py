"""Tables of any format, read into sheets of cells with true addresses, and their heads recognised."""

from oekoreport.sheets.tables import (
    TABLE_SUFFIXES,
    Book,
    Cell,
    CellError,
    Disguised,
    PartOfDay,
    Sheet,
    Uncalculated,
    read_tables,
    table_outline,
    text_of,
)
from oekoreport.sheets.tables.book import MARKS
from oekoreport.sheets.tables.heads import (
    Head,
    Heading,
    Recognized,
    heading,
    is_called,
    is_gas,
    is_guide,
    is_label,
    layouts_named,
    names_unit,
    recognize,
    resembled,
    units_of,
)
from oekoreport.sheets.tables.remarks import scale_named, unit_of
from oekoreport.units import is_per_year

__all__ = [
    "MARKS",
    "TABLE_SUFFIXES",
    "Book",
    "Cell",
    "CellError",
    "Disguised",
    "Head",
    "Heading",
    "PartOfDay",
    "Recognized",
    "Sheet",
    "Uncalculated",
    "heading",
    "is_called",
    "is_gas",
    "is_guide",
    "is_label",
    "is_per_year",
    "layouts_named",
    "names_unit",
    "read_tables",
    "recognize",
    "resembled",
    "scale_named",
    "table_outline",
    "text_of",
    "unit_of",
    "units_of",
]
