"""The heads of a sheet: which column holds what, and which are left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from oekoreport import Finding, Message, Place, Severity, catalogue, column_letters
from oekoreport.kit.forms import PARENT, Column, ResourceColumn, Shape
from oekoreport.kit.tables import Book, Heading, Recognized, Sheet, heading, is_stand_in, text_of

_ = catalogue("oekoreport_tables")


@dataclass(frozen=True, slots=True)
class Headings:
    """The recognised columns of a sheet by index, and those of a matrix that are no fields."""

    columns: Mapping[int, Heading]
    others: Mapping[int, str]

    @property
    def is_matrix(self) -> bool:
        """Whether a sheet of attendances is a matrix (a column per workshop): it then has no column “present”."""
        return not any(isinstance(column, Column) and column.field == "present" for column in self.columns.values())

    def fields(self, kind: str) -> dict[int, str]:
        """Return the fields of a kind by column, keys and parents included."""
        return {
            index: column.field
            for index, column in self.columns.items()
            if isinstance(column, Column) and column.kind == kind
        }

    def letters(self, kind: str) -> dict[str, str]:
        """Return the column letters of a kind's fields, for origins."""
        return {field: column_letters(index) for index, field in self.fields(kind).items()}

    def resources(self) -> dict[int, ResourceColumn]:
        """Return the columns of resources."""
        return {index: column for index, column in self.columns.items() if isinstance(column, ResourceColumn)}


def read_headings(book: Book, sheet: Sheet, match: Recognized) -> tuple[Headings, list[Finding]]:
    """Map the columns of a sheet; those that are not recognised, or there twice, are reported."""
    texts = [text_of(cell) for cell in sheet.rows[match.row - 1]]
    columns: dict[int, Heading] = {}
    others: dict[int, str] = {}
    findings: list[Finding] = []
    stand_ins = _stand_ins(match, texts)
    for index, text in enumerate(texts):
        column = heading(match.layout, text)
        if not text:
            continue
        if column is None or index in stand_ins:
            others[index] = text
        elif column in columns.values():
            findings.append(_twice(book.place(sheet, match.row, index), text, column))
        else:
            columns[index] = column
    headings = Headings(columns, others)
    if match.layout.shape is not Shape.MATRIX or not headings.is_matrix:
        filled = _filled_columns(sheet, match.row, others)
        findings += [_extra(book.place(sheet, match.row, index), others[index]) for index in filled]
    width = max((len(row) for row in sheet.rows), default=0)
    headless = [index for index in range(width) if index >= len(texts) or not texts[index]]
    filled = _filled_columns(sheet, match.row, headless)
    findings += [_headless(book.place(sheet, match.row, index)) for index in filled]
    return headings, findings


def _stand_ins(match: Recognized, texts: list[str]) -> set[int]:
    """Return the columns that name a parent by a stand-in (Teilnehmer) although its own (Standort) is there."""
    columns = [(index, heading(match.layout, text), text) for index, text in enumerate(texts) if text]
    parents = [
        (index, text) for index, column, text in columns if isinstance(column, Column) and column.field == PARENT
    ]
    others = {index for index, text in parents if is_stand_in(match.layout, text)}
    return others if len(others) < len(parents) else set()


def _filled_columns(sheet: Sheet, head_row: int, columns: Iterable[int]) -> list[int]:
    """Return those of some columns that have an entry below the heads."""
    rows = sheet.rows[head_row:]
    return [index for index in columns if any(len(row) > index and row[index] is not None for row in rows)]


def _extra(place: Place, text: str) -> Finding:
    return Finding(
        "DATA-EXTRA-COLUMN",
        Severity.NOTE,
        _("The column “{head}” is unknown and is not read.", head=text),
        place,
        found=text,
    )


def _headless(place: Place) -> Finding:
    message = _("The column has entries but no heading; it is not read.")
    return Finding("DATA-EXTRA-COLUMN", Severity.NOTE, message, place)


def _twice(place: Place, text: str, column: Heading) -> Finding:
    title: Message = column.title if isinstance(column, Column) else column.resource.label
    return Finding(
        "DATA-TWO-COLUMNS",
        Severity.ERROR,
        _("The column “{head}” occurs twice ({title}); only the first is read.", head=text, title=title),
        place,
        found=text,
        hint=_("Delete one of the two columns."),
    )
