"""The heads of a sheet: which column holds what and in which unit, and which columns are not read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from oekoreport import Finding, Message, Place, Severity, catalogue, column_letters
from oekoreport.kit.forms import Column, ResourceColumn, Shape
from oekoreport.kit.tables import Book, Heading, Recognized, Sheet, heading, is_label, text_of, unit_of
from oekoreport_tables.leftout import HeadRow, left_out

_ = catalogue("oekoreport_tables")


@dataclass(frozen=True, slots=True)
class Headings:
    """The recognised columns of a sheet by index, and the others.

    ``units`` has the units of columns whose values need one, or have to be converted; ``others`` are heads that name no
    column: the workshops of a matrix.
    """

    columns: Mapping[int, Heading]
    units: Mapping[int, str]
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
    """Map the columns of a sheet; those that are not recognised, mean something else or are there twice are told."""
    texts = [text_of(cell) for cell in sheet.rows[match.row - 1]]
    heads = {index: head for index, text in enumerate(texts) if text and (head := heading(match.layout, text))}
    own = {head.column for head in heads.values() if not head.stand_in}
    columns: dict[int, Heading] = {}
    units: dict[int, str] = {}
    findings: list[Finding] = []
    for index, head in heads.items():
        unit = unit_of(head)
        if unit is None or (head.stand_in and head.column in own):
            continue
        if head.column in columns.values():
            findings.append(_twice(book.place(sheet, match.row, index), texts[index], head.column))
            continue
        columns[index] = head.column
        if unit not in ("", "EUR"):  # what fields of money are in anyway
            units[index] = unit
    others = {index: text for index, text in enumerate(texts) if text and index not in heads and not is_label(text)}
    headings = Headings(columns, units, others)
    table = HeadRow(book, sheet, match, texts, heads)
    workshops = others if match.layout.shape is Shape.MATRIX and headings.is_matrix else ()
    doubled = {finding.place for finding in findings}
    findings += [
        left_out(table, index)
        for index in table.filled()
        if index not in columns and index not in workshops and table.place(index) not in doubled
    ]
    return headings, findings


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
