"""Tables with a column for each resource: measures with their effects, baselines with their consumption."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from oekoreport import (
    UNREADABLE,
    Finding,
    Place,
    Record,
    Recurrence,
    Resource,
    Severity,
    catalogue,
    column_letters,
)
from oekoreport.kit.forms import ResourceColumn, resource_title
from oekoreport.kit.tables import Cell, is_per_year, names_unit, text_of, units_of
from oekoreport_tables.cells import with_unit
from oekoreport_tables.headings import Headings
from oekoreport_tables.rows import KindColumns, SheetReading, read_row

_ = catalogue("oekoreport_tables")

NUMBER_AND_UNIT = re.compile(r"[+-]?[\d.,\s]*\d\s*(\D.*)?", re.DOTALL)


def read_wide(reading: SheetReading) -> Iterator[Record | Finding]:
    """Yield each row's own record, then one for each resource that it has an amount of."""
    columns = KindColumns.of(reading.headings, reading.kind)
    groups = _groups(reading.headings)
    child_kind = reading.match.layout.children[0]
    for number, cells in reading.rows():
        record = read_row(reading, columns, number, cells)
        yield from reading.drain()
        yield record
        for group in groups:
            child = _child(reading, child_kind, record, group, number, cells)
            yield from reading.drain()
            if child:
                yield child
    yield from reading.drain()
    yield from (_recurrence_question(reading, group) for group, _letters in groups if group.is_open)


class _Group:
    """The columns of one resource: its amount, and its cost.

    ``recurrence`` is None where the head does not say it; ``is_open`` then tells that an amount does not either.
    """

    def __init__(self, resource: Resource, recurrence: Recurrence | None) -> None:
        self.resource = resource
        self.recurrence = recurrence
        self.is_open = False
        self.columns: dict[str, tuple[int, str]] = {}

    def recurrence_of(self, amount: object) -> object:
        """Return whether an amount recurs, by the head or by its own unit; unreadable where neither says it."""
        if self.recurrence is None and isinstance(amount, str) and is_per_year(amount):
            return Recurrence.ANNUAL.value
        self.is_open = self.is_open or (self.recurrence is None and amount is not UNREADABLE)
        return self.recurrence.value if self.recurrence else UNREADABLE

    def letters(self) -> dict[str, str]:
        """Return the column letters of the fields; the resource itself stands in the head."""
        letters = {name: column_letters(index) for name, (index, _unit) in self.columns.items()}
        return {"resource": next(iter(letters.values())), **letters}


def _groups(headings: Headings) -> list[tuple[_Group, dict[str, str]]]:
    groups: dict[tuple[Resource, Recurrence | None], _Group] = {}
    for index, column in headings.resources().items():
        identity = (column.resource, column.recurrence)
        group = groups.setdefault(identity, _Group(*identity))
        group.columns["cost" if column.cost else "amount"] = (index, headings.units.get(index, ""))
    return [(group, group.letters()) for group in groups.values()]


def _child(  # noqa: PLR0913 - a resource in a row is these parts
    reading: SheetReading,
    kind: str,
    parent: Record,
    group: tuple[_Group, dict[str, str]],
    number: int,
    cells: list[Cell],
) -> Record | None:
    resource, letters = group
    once = resource.recurrence is Recurrence.ONCE
    key = f"{parent.key}/{resource.resource.value}{'/once' if once else ''}"
    values: dict[str, object] = {}
    for name, (index, unit) in resource.columns.items():
        if cells[index] is not None:
            value = with_unit(reading.value(number, index, cells[index], (kind, key)), unit)
            if name == "amount":
                place = reading.book.place(reading.sheet, number, index)
                if finding := _unit_finding(value, resource.resource, place, (kind, key)):
                    reading.findings.append(finding)
                    value = UNREADABLE
            values[name] = value
    if not values:
        return None
    known: dict[str, object] = {"resource": resource.resource.value}
    if kind == "effect":
        known["recurrence"] = resource.recurrence_of(values["amount"])
    return Record(kind, key, {**known, **values}, reading.origin(number, letters), parent.key)


def _recurrence_question(reading: SheetReading, group: _Group) -> Finding:
    index, unit = group.columns["amount"]
    head = text_of(reading.sheet.cell(reading.match.row, index))
    unit = unit or group.resource.unit
    return Finding(
        "DATA-RECURRENCE",
        Severity.ERROR,
        _("“{head}” does not say whether this is saved every year or once.", head=head),
        reading.book.place(reading.sheet, reading.match.row, index),
        found=head,
        hint=_(
            "Write “{yearly}” or “{once}” as the heading.",
            yearly=resource_title(ResourceColumn(group.resource, unit), yearly=True),
            once=resource_title(ResourceColumn(group.resource, unit, Recurrence.ONCE), yearly=True),
        ),
        question=True,
    )


def _unit_finding(value: object, resource: Resource, place: Place, subject: tuple[str, str]) -> Finding | None:
    """Return the finding for an amount with an unknown unit; it offers the units of the column's resource."""
    text = text_of(value) if isinstance(value, str | Decimal) else ""
    match = NUMBER_AND_UNIT.fullmatch(text)
    if match is None or names_unit(match[1] or ""):
        return None
    return Finding(
        "DATA-UNIT",
        Severity.ERROR,
        _("“{text}” has no known unit.", text=text),
        place,
        subject,
        found=text,
        hint=_("Write one of: {units}.", units=units_of(resource)),
    )
