"""The importer of tables: recognises each sheet of a file and has it read in the shape that it has."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from oekoreport import UNREADABLE, Cells, Claim, Finding, Place, Record, Role, Severity, Source, catalogue
from oekoreport.kit.forms import TEMPLATE_PROPERTY, TEMPLATE_VERSION, Shape
from oekoreport.kit.spelling import Numbers
from oekoreport.kit.tables import (
    TABLE_SUFFIXES,
    Book,
    Recognized,
    Sheet,
    is_called,
    is_guide,
    layouts_named,
    read_tables,
    table_outline,
)
from oekoreport_tables.appearance import remarks
from oekoreport_tables.attendance import read_matrix
from oekoreport_tables.balance import covered_cells, guide_cells, table_cells, whole_sheet
from oekoreport_tables.caveats import caveats
from oekoreport_tables.cells import numbers_of
from oekoreport_tables.form import read_form
from oekoreport_tables.headings import read_headings
from oekoreport_tables.index import IMPLIED, Index
from oekoreport_tables.missing import missing_fields, missing_in_rows, missing_parent, missing_parts
from oekoreport_tables.prefilled import read_prefilled, without_prefilled
from oekoreport_tables.receipts import read_receipts
from oekoreport_tables.resources import read_wide
from oekoreport_tables.rows import SheetReading, read_rows
from oekoreport_tables.sheets import unread_sheet
from oekoreport_tables.stacked import second_table, table_beside, tables_in

_ = catalogue("oekoreport_tables")


class TablesImporter:
    """Reads workbooks and CSV files whose sheets are recognised by name or by heads."""

    name = "tables"

    def claims(self, source: Source) -> Claim:
        """Claim our own templates for certain, and any other table as far as its names tell."""
        if source.suffix not in TABLE_SUFFIXES:
            return Claim.NONE
        names, properties = table_outline(source)
        if TEMPLATE_PROPERTY in properties:
            return Claim.CERTAIN
        if any(layouts_named(name) for name in (*names, PurePosixPath(source.name).stem)):
            return Claim.LIKELY
        return Claim.POSSIBLE

    def read(self, source: Source) -> Iterator[Record | Finding | Cells]:
        """Yield the records of all sheets, what is wrong with them, and what their cells were taken for."""
        book = read_tables(source)
        yield from _check_version(book)
        matches: list[tuple[Sheet, Recognized]] = []
        strange: list[tuple[Sheet, list[Recognized]]] = []
        for sheet in book.sheets:
            sheet = sheet.without_blanks()  # noqa: PLW2901 - the blanks are of no more use
            yield from covered_cells(book, sheet)
            if is_guide(sheet.name) or not any(sheet.rows):
                yield from guide_cells(book, sheet)
                continue
            for number, (table, found) in enumerate(tables_in(book, sheet)):
                if number:
                    yield second_table(book, sheet, found[0].row)
                if len(found) == 1:
                    matches.append((table, found[0]))
                else:
                    strange.append((table, found))
        for sheet, found in strange:
            finding = unread_sheet(book, sheet, found, alone=not matches)
            yield finding
            yield from whole_sheet(book, sheet, Role.LEFT_OUT, finding.message)
        if matches and not book.judged:
            yield _old_format(book)
        yield from missing_parts(book, matches)
        yield from _read_matches(book, matches)


def _read_matches(book: Book, matches: list[tuple[Sheet, Recognized]]) -> Iterator[Record | Finding | Cells]:
    prefilled = read_prefilled(book)
    index, numbers = Index(), numbers_of(matches)
    for sheet, match in sorted(matches, key=_turn):
        for item in _read_sheet(book, sheet, match, index, numbers):
            if isinstance(item, Record):
                index.note(item)
                yield without_prefilled(item, prefilled)
            else:
                yield item


def _turn(pair: tuple[Sheet, Recognized]) -> tuple[bool, bool]:
    """Sort sheets that others refer to first, and a sheet of the form's own name before a copy of it."""
    sheet, match = pair
    return match.layout.kind not in IMPLIED, not is_called(sheet.name, match.layout.title)


def _read_sheet(
    book: Book, sheet: Sheet, match: Recognized, index: Index, numbers: Numbers
) -> Iterator[Record | Finding | Cells]:
    yield from remarks(book, sheet, match)
    if match.layout.shape is Shape.FORM and not match.row:
        yield from caveats(book, sheet, match, frozenset())
        yield from read_form(book, sheet, match.layout, numbers)
        return
    headings, findings = read_headings(book, sheet, match)
    yield from findings
    yield from caveats(book, sheet, match, frozenset(headings.units.values()))
    if beside := table_beside(book, sheet, match.row, headings):
        yield beside
    if unplaced := missing_parent(book, sheet, match, headings, index):
        yield unplaced
        yield from whole_sheet(book, sheet, Role.LEFT_OUT, unplaced.message)
        return
    missing = missing_fields(sheet, match, headings)
    yield from missing_in_rows(book, sheet, match, missing)
    lacking = dict.fromkeys((column.field for column in missing), UNREADABLE)
    reading = SheetReading(book, sheet, match, headings, index, numbers, lacking)
    match match.layout.shape:
        case Shape.RECEIPTS:
            yield from read_receipts(reading)
        case Shape.WIDE:
            yield from read_wide(reading)
        case Shape.MATRIX if headings.is_matrix:
            yield from read_matrix(reading)
        case _:
            yield from read_rows(reading)
    yield from table_cells(reading, findings)


def _check_version(book: Book) -> Iterator[Finding]:
    marker = book.properties.get(TEMPLATE_PROPERTY)
    if marker is None:
        return
    version = marker.rpartition(" ")[2]
    if version != str(TEMPLATE_VERSION):
        older = not version.isdecimal() or int(version) < TEMPLATE_VERSION
        yield Finding(
            "DATA-TEMPLATE-VERSION",
            Severity.WARNING,
            _(
                "The file was made from version {found} of the template; this program has version {expected}.",
                found=version,
                expected=str(TEMPLATE_VERSION),
            ),
            Place(book.file),
            expected=str(TEMPLATE_VERSION),
            found=version,
            hint=_("Generate a new form and copy the data into it.")
            if older
            else _("Install the version of oekoreport that the form was made with."),
        )


def _old_format(book: Book) -> Finding:
    return Finding(
        "DATA-OLD-FORMAT",
        Severity.ERROR,
        _("In this old format, units in number formats, hidden or struck entries and failed formulas are not seen."),
        Place(book.file),
        hint=_("Save the file as an Excel workbook (.xlsx)."),
        question=True,
    )
