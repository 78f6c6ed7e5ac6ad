"""What a project workbook of ours lacks: a sheet or a column that was deleted or renamed, named once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from oekoreport import KINDS, Finding, Place, Severity, catalogue
from oekoreport.kit.forms import (
    APART,
    KEY,
    LAYOUTS,
    PARENT,
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
from oekoreport.kit.tables import Book, Heading, Recognized, Sheet, heading, text_of
from oekoreport_tables.headings import Headings
from oekoreport_tables.index import Index

_ = catalogue("oekoreport_tables")

Match = tuple[Sheet, Recognized]
IN_FORMS = ("measure", "baseline")
"""Kinds that intake forms may hold instead: the project workbook then needs no sheets of them."""


def missing_parts(book: Book, matches: Sequence[Match]) -> Iterator[Finding]:
    """Yield a finding for each sheet of the template that is not there, and for each column that no sheet has."""
    if book.properties.get(TEMPLATE_PROPERTY) != f"project {TEMPLATE_VERSION}":
        return  # an older one need not have what this one has, and is reported as such
    left_out = book.properties.get(WITHOUT_PROPERTY, "").split()
    present = {key for match in matches for key in _columns_of(match)}
    kinds = {match.layout.kind for _sheet, match in matches}
    for layout in LAYOUTS:
        own = next((each for each in matches if each[1].layout.kind == layout.kind), None)
        if own:
            yield from _missing_columns(book, own, present, kinds)
        elif layout.kind not in (*left_out, *APART):
            yield _no_sheet(book, layout)


def missing_parent(book: Book, sheet: Sheet, match: Recognized, headings: Headings, index: Index) -> Finding | None:
    """Return why no row of a table can be placed: one finding at its heads instead of one for each row."""
    parent, matrix = KINDS[match.layout.kind].parent, match.layout.shape is Shape.MATRIX and headings.is_matrix
    if parent == "project" or matrix or PARENT in headings.fields(match.layout.kind).values() or index.only(parent):
        return None
    if all(cell is None for row in sheet.rows[match.row :] for cell in row):
        return None
    return Finding(
        "DATA-COLUMN-MISSING",
        Severity.ERROR,
        _("No column says what the rows belong to ({parent}); they are not read.", parent=KINDS[parent].label),
        book.place(sheet, match.row),
        hint=_("Add a column “{parent}” with keys or names.", parent=KINDS[parent].label),
    )


def missing_fields(sheet: Sheet, match: Recognized, headings: Headings) -> tuple[Column, ...]:
    """Return the required columns that a table lacks; none where its rows have keys, of which other files may tell.

    Whether an effect recurs may be said by a unit.
    """
    layout, fields = match.layout, headings.fields(match.layout.kind)
    key = next((index for index, name in fields.items() if name == KEY), None)
    rows = sheet.rows[match.row :]
    has_keys = key is not None and any(key < len(row) and row[key] is not None for row in rows)
    if layout.shape not in (Shape.TABLE, Shape.WIDE) or has_keys or not any(any(row) for row in rows):
        return ()
    present = {*fields.values(), KEY, PARENT, "recurrence"}
    return tuple(
        column
        for column in columns(layout)
        if column.kind == layout.kind and column.required and column.field not in present
    )


def missing_in_rows(book: Book, sheet: Sheet, match: Recognized, missing: Sequence[Column]) -> Iterator[Finding]:
    """Yield a finding for each required column that a table lacks, instead of one for each of its rows.

    What our own template lacks is told of the whole file.
    """
    if book.properties.get(TEMPLATE_PROPERTY) == f"project {TEMPLATE_VERSION}":
        return
    for column in missing:
        yield Finding(
            "DATA-COLUMN-MISSING",
            Severity.ERROR,
            _("The column “{title}” is missing.", title=column.title),
            book.place(sheet, match.row),
            hint=_("Add it to the heads, and fill it in for each row."),
        )


def _columns_of(match: Match) -> Iterator[tuple[str, str]]:
    sheet, found = match
    if found.layout.shape is Shape.FORM and not found.row:
        titles = [text_of(row[0]) for row in sheet.rows if row]
    else:
        titles = [text_of(cell) for cell in sheet.rows[found.row - 1]]
    for title in titles:
        if title and (head := heading(found.layout, title)):
            yield _identity(head.column, found.layout)


def _identity(column: Heading, layout: Layout) -> tuple[str, str]:
    """Return a column's identity, the same in whichever sheet it occurs."""
    if isinstance(column, ResourceColumn):
        return layout.kind, f"{column.resource.value}{' cost' if column.cost else ''}"
    return column.kind, column.field


def _missing_columns(book: Book, match: Match, present: set[tuple[str, str]], kinds: set[str]) -> Iterator[Finding]:
    sheet, found = match
    for column in _expected(found.layout, kinds):
        if _identity(column, found.layout) not in present:
            yield _no_column(book.place(sheet, found.row), column, found.layout)


def _expected(layout: Layout, kinds: set[str]) -> Iterator[Heading]:
    """Yield the columns that a sheet of the template has; what has a sheet of its own here need not be in another."""
    for column in columns(layout):
        if column.kind != layout.kind and column.kind in kinds:
            continue
        if layout.shape is not Shape.MATRIX or column.field == "participant":  # further heads are workshops
            yield column
    if not kinds.intersection(layout.children):
        yield from resource_columns(layout)


def _no_sheet(book: Book, layout: Layout) -> Finding:
    in_forms = layout.kind in IN_FORMS
    return Finding(
        "DATA-SHEET-MISSING",
        Severity.WARNING if in_forms else Severity.ERROR,
        _("The sheet “{sheet}” is missing or empty.", sheet=layout.title),
        Place(book.file),
        hint=_(
            "That is fine if the companies’ forms contain these data; otherwise copy the sheet from an earlier version."
        )
        if in_forms
        else _("Copy it from an earlier version of the file. A sheet without entries keeps its headings."),
    )


def _no_column(place: Place, column: Heading, layout: Layout) -> Finding:
    required = not isinstance(column, ResourceColumn) and column.required
    title = (
        resource_title(column, yearly=layout.kind == "measure") if isinstance(column, ResourceColumn) else column.title
    )
    is_form = layout.shape is Shape.FORM
    return Finding(
        "DATA-COLUMN-MISSING",
        Severity.ERROR if required else Severity.WARNING,
        _("The row “{title}” is missing.", title=title)
        if is_form
        else _("The column “{title}” is missing.", title=title),
        place,
        hint=_("Restore its title, or copy it from an earlier version of the file.")
        if required
        else _("Restore its title, or copy it from an earlier version of the file. It may stay empty."),
    )
