"""The heads and layouts of forms, for whoever reads them back."""

from oekoreport.documents.word import begins_with_instruction, is_instruction
from oekoreport.sheets.forms.layout import (
    APART,
    KEY,
    LAYOUTS,
    PARENT,
    PREFILLED_SHEET,
    SINGLE,
    TEMPLATE_PROPERTY,
    TEMPLATE_VERSION,
    WITHOUT_PROPERTY,
    Column,
    Layout,
    ResourceColumn,
    Shape,
    columns,
    resource_columns,
    resource_title,
)

__all__ = [
    "APART",
    "KEY",
    "LAYOUTS",
    "PARENT",
    "PREFILLED_SHEET",
    "SINGLE",
    "TEMPLATE_PROPERTY",
    "TEMPLATE_VERSION",
    "WITHOUT_PROPERTY",
    "Column",
    "Layout",
    "ResourceColumn",
    "Shape",
    "begins_with_instruction",
    "columns",
    "is_instruction",
    "resource_columns",
    "resource_title",
]
