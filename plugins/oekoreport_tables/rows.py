"""Rows of a table as records: the reading of one sheet, and plain tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from oekoreport import (
    KINDS,
    UNREADABLE,
    Finding,
    Message,
    Origin,
    Record,
    Recurrence,
    Role,
    Severity,
    catalogue,
    stand_in,
)
from oekoreport.kit.forms import KEY, PARENT, SINGLE, Column
from oekoreport.kit.spelling import BadValue, Numbers, read_number
from oekoreport.kit.tables import MARKS, Book, Cell, Recognized, Sheet, is_per_year, text_of
from oekoreport_tables.cells import holds_numbers, mark_finding, spelled_number, with_unit
from oekoreport_tables.headings import Headings
from oekoreport_tables.index import Index
from oekoreport_tables.totals import Rows, Total

_ = catalogue("oekoreport_tables")

NAMING = frozenset({KEY, PARENT, "title", "name", "payee", "payer", "purpose"})
"""The fields that say what a row is; a reference does so as well. The label of a total stands in their columns."""


@dataclass
class SheetReading:
    """One sheet while it is read: its cells, what its columns hold, what other sheets said, and which rows are left.

    ``lacking`` has UNREADABLE for each required field whose column is missing, which is told at the heads.
    """

    book: Book
    sheet: Sheet
    match: Recognized
    headings: Headings
    index: Index
    numbers: Numbers = field(default_factory=Numbers)
    lacking: Mapping[str, object] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    skipped: dict[int, tuple[Role, Message]] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The kind that the sheet's rows are."""
        return self.match.layout.kind

    @cached_property
    def has_marks(self) -> bool:
        """Whether any cell needs a look for errors and missing calculations."""
        return self.sheet.has_marks()

    @cached_property
    def number_columns(self) -> frozenset[int]:
        """The columns that hold numbers."""
        return frozenset(index for index, column in self.headings.columns.items() if holds_numbers(column))

    @cached_property
    def is_plain(self) -> bool:
        """Whether cells can be taken as they are: no formula failed, and numbers that are texts are German."""
        return not self.has_marks and self.numbers.are_german

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Yield number and cells of each row below the heads in which a known column is filled.

        Rows of totals are reported and left out; of those that only look like one it is asked.
        """
        known = list(self.headings.columns)
        width = max(known, default=-1) + 1
        padded = (
            (number, row if len(row) >= width else row + [None] * (width - len(row)))
            for number, row in enumerate(self.sheet.rows[self.match.row :], self.match.row + 1)
        )
        rows = [(number, cells) for number, cells in padded if any(cells[index] is not None for index in known)]
        totals = self._totals([cells for _number, cells in rows])
        for index, (number, cells) in enumerate(rows):
            if totals.get(index) is Total.CERTAIN:
                self.findings.append(self.skip(number, self.total(number), Role.LABEL))
                continue
            if index in totals:
                self.findings.append(self._likely_total(number))
            yield number, cells

    def _totals(self, rows: list[list[Cell]]) -> Mapping[int, Total]:
        words = [index for index in self.headings.columns if index not in self.number_columns]
        labels = {*words[:1], *(index for index in words if self._names_the_row(index))}
        return Rows(rows, labels, self._key_column(), words, self.number_columns, self._number).totals()

    def _key_column(self) -> int | None:
        return next((index for index, name in self.headings.fields(self.kind).items() if name == KEY), None)

    def _names_the_row(self, index: int) -> bool:
        column = self.headings.columns[index]
        return isinstance(column, Column) and (column.field in NAMING or bool(column.refers))

    def _number(self, cell: Cell, index: int) -> Decimal | None:
        try:
            return read_number(self.numbers.read(cell, (self.sheet.name, index)) if type(cell) is str else cell)
        except BadValue:
            return None

    def values(
        self, kind: str, fields: Mapping[int, str], number: int, cells: list[Cell], key: str
    ) -> dict[str, object]:
        """Return the filled fields of a row; what cannot be read is UNREADABLE and noted as a finding."""
        values: dict[str, object] = {name: cell for index, name in fields.items() if (cell := cells[index]) is not None}
        if not self.is_plain:
            for index, name in fields.items():
                if name in values:
                    values[name] = self.value(number, index, cells[index], (kind, key))
        for index in self.headings.units.keys() & fields.keys() if self.headings.units else ():
            if fields[index] in values:
                values[fields[index]] = with_unit(values[fields[index]], self.headings.units[index])
        return values

    def value(self, number: int, index: int, cell: Cell, subject: tuple[str, str]) -> object:
        """Return a cell's value; UNREADABLE, and noted as a finding, where a fault keeps it from having one."""
        place = self.book.place(self.sheet, number, index)
        if type(cell) in MARKS:
            finding = mark_finding(cell, place, subject)
            self.findings += [finding] if finding else []
            return UNREADABLE
        if type(cell) is str and index in self.number_columns:
            value, finding = spelled_number(self.numbers, cell, (self.sheet.name, index), place, subject)
            self.findings += [finding] if finding else []
            return value
        return cell

    def stand_in(self, number: int) -> str:
        """Return what stands for the key of a row that has none."""
        return stand_in(f"{self.book.file}!{self.sheet.name}!{number}")

    def origin(self, number: int, letters: Mapping[str, str]) -> Origin:
        """Return the origin of a row's record; ``letters`` is shared by all rows."""
        return Origin(self.book.file, self.sheet.name, number, letters)

    def skip(self, number: int, finding: Finding, role: Role = Role.LEFT_OUT) -> Finding:
        """Return the finding on a row that is not read; the row is remembered for the balance."""
        self.skipped[number] = (role, finding.message)
        return finding

    def drain(self) -> Iterator[Finding]:
        """Yield the findings noted so far and forget them."""
        yield from self.findings
        self.findings.clear()

    def total(self, number: int) -> Finding:
        """Return what is said of a row that is a total."""
        return Finding(
            "DATA-TOTAL-ROW",
            Severity.WARNING,
            _("The row looks like a total and is not read."),
            self.book.place(self.sheet, number),
            hint=_("If it is a separate entry, change its title."),
        )

    def _likely_total(self, number: int) -> Finding:
        return Finding(
            "DATA-TOTAL-ROW",
            Severity.WARNING,
            _("The row may be a total of the rows above; it is counted as an entry."),
            self.book.place(self.sheet, number),
            hint=_("Delete the row, or begin its title with “Summe”. If it is an entry, fill in its other columns."),
            question=True,
        )


@dataclass(frozen=True, slots=True)
class KindColumns:
    """The columns of one kind in a sheet: key, parent, fields, and the letters for origins."""

    kind: str
    key: int | None
    parent: int | None
    fields: Mapping[int, str]
    letters: Mapping[str, str]

    @classmethod
    def of(cls, headings: Headings, kind: str) -> KindColumns:
        """Take the columns of a kind out of a sheet's headings."""
        named = {name: index for index, name in headings.fields(kind).items()}
        fields = {index: name for name, index in named.items() if name not in (KEY, PARENT)}
        return cls(kind, named.get(KEY), named.get(PARENT), fields, headings.letters(kind))


def read_rows(reading: SheetReading) -> Iterator[Record | Finding]:
    """Yield the records of a plain table."""
    columns = KindColumns.of(reading.headings, reading.kind)
    for number, cells in reading.rows():
        yield from reading.drain()
        yield read_row(reading, columns, number, cells)
    yield from reading.drain()


def read_row(reading: SheetReading, columns: KindColumns, number: int, cells: list[Cell]) -> Record:
    """Return the record of one row; its findings stay in the reading."""
    kind = columns.kind
    parent = "" if columns.parent is None else text_of(cells[columns.parent])
    parent = reading.index.meant(KINDS[kind].parent, parent)
    key = "" if columns.key is None else text_of(cells[columns.key])
    if kind in SINGLE:
        key = kind
    key = key or _natural_key(kind, parent, columns, cells) or reading.stand_in(number)
    values = reading.values(kind, columns.fields, number, cells, key)
    if kind == "effect" and "recurrence" not in values and _says_yearly(reading, columns, values.get("amount")):
        values["recurrence"] = Recurrence.ANNUAL.value
    values = {**reading.lacking, **values} if reading.lacking else values
    return Record(kind, key, values, reading.origin(number, columns.letters), parent)


def _says_yearly(reading: SheetReading, columns: KindColumns, amount: object) -> bool:
    """Tell whether the unit of an amount, its own or that of its head, is one of each year: “1.200 kWh/a”."""
    heads = (reading.sheet.cell(reading.match.row, index) for index, name in columns.fields.items() if name == "amount")
    return any(is_per_year(text_of(text).rstrip(")]")) for text in (amount, *heads) if isinstance(text, str))


NATURAL_KEYS = {"baseline": "year", "attendance": "participant"}
"""The field that, with the parent, identifies a row of a kind without keys."""


def _natural_key(kind: str, parent: str, columns: KindColumns, cells: list[Cell]) -> str:
    name = NATURAL_KEYS.get(kind)
    index = next((index for index, field_name in columns.fields.items() if field_name == name), None)
    text = "" if index is None else text_of(cells[index])
    return f"{parent}/{text}" if parent and text else ""
