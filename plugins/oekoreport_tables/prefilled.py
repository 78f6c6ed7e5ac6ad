"""What an intake form was filled in with beforehand: left as it was, it is the project's word and not the company's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from oekoreport import Record
from oekoreport.kit.forms import PREFILLED_SHEET, TEMPLATE_PROPERTY
from oekoreport.kit.tables import Book, Cell, is_called, text_of

Prefilled = Mapping[tuple[str, str, str], Cell]
"""Kind, key and field → the cell as it was written."""


def read_prefilled(book: Book) -> Prefilled:
    """Return what a form of ours remembers; nothing for any other file."""
    if TEMPLATE_PROPERTY not in book.properties:
        return {}
    return {
        (text_of(row[0]), text_of(row[1]), text_of(row[2])): row[3]
        for sheet in book.sheets
        if is_called(sheet.name, PREFILLED_SHEET)
        for row in sheet.rows
        if len(row) > 3  # noqa: PLR2004 - kind, key, field, value
    }


def without_prefilled(record: Record, prefilled: Prefilled) -> Record:
    """Return a record with those fields that somebody filled in or changed."""
    if not prefilled:
        return record
    values = {
        name: value
        for name, value in record.values.items()
        if (record.kind, record.key, name) not in prefilled or prefilled[record.kind, record.key, name] != value
    }
    return replace(record, values=values)
