"""Receipts: one row for each part and each payment, the receipt's key repeated.

Which part a payment pays is decided once all rows of its receipt are read (``paying``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from oekoreport import KINDS, UNREADABLE, Finding, Origin, Record, Severity, catalogue
from oekoreport.kit.tables import Cell, text_of
from oekoreport_tables.paying import Entered, assigned
from oekoreport_tables.rows import KindColumns, SheetReading

_ = catalogue("oekoreport_tables")


@dataclass(slots=True)
class _Receipt:
    """A receipt while its rows are read: what its first row said, and what later ones added."""

    key: str
    values: dict[str, object]
    origin: Origin
    others: dict[str, Origin] = field(default_factory=dict)
    contradicted: set[str] = field(default_factory=set)
    parts: list[Record] = field(default_factory=list)
    payments: list[Entered] = field(default_factory=list)

    def record(self) -> Record:
        """Return the receipt's record; what its rows contradict each other on is unknown."""
        values = {**self.values, **dict.fromkeys(self.contradicted, UNREADABLE)}
        return Record(
            "receipt", self.key, values, replace(self.origin, others=self.others) if self.others else self.origin
        )


def read_receipts(reading: SheetReading) -> Iterator[Record | Finding]:
    """Yield parts and payments as their rows come, then the receipts, one for each key."""
    receipt, allocation, payment = (
        KindColumns.of(reading.headings, kind) for kind in ("receipt", "allocation", "payment")
    )
    receipts: dict[str, _Receipt] = {}
    for number, cells in reading.rows():
        key = text_of(cells[receipt.key]) if receipt.key is not None else ""
        if not key and all(cells[index] is None for index in receipt.fields):
            yield reading.skip(number, _keyless(reading, number))
            continue
        if not key and _is_note(receipt, (*allocation.fields, *payment.fields), cells):
            yield reading.skip(number, _note(reading, number))
            continue
        key = key or reading.stand_in(number)
        values = reading.values("receipt", receipt.fields, number, cells, key)
        origin = reading.origin(number, receipt.letters)
        known = receipts.get(key)
        if known is None:
            known = receipts[key] = _Receipt(key, values, origin)
        else:
            yield from _join(known, values, origin)
        yield from reading.drain()
        yield from _parts(reading, known, allocation, payment, number, cells)
    yield from reading.drain()
    for known in receipts.values():
        yield from assigned(known.key, known.parts, known.payments)
        yield known.record()


def _parts(  # noqa: PLR0913 - a row is these parts
    reading: SheetReading,
    receipt: _Receipt,
    allocation: KindColumns,
    payment: KindColumns,
    number: int,
    cells: list[Cell],
) -> Iterator[Record | Finding]:
    part: Record | None = None
    if any(cells[index] is not None for index in allocation.fields):
        key = f"{receipt.key}/{len(receipt.parts) + 1}"
        values = reading.values("allocation", allocation.fields, number, cells, key)
        part = Record("allocation", key, values, reading.origin(number, allocation.letters), receipt.key)
        receipt.parts.append(part)
        yield from reading.drain()
        yield part
    if any(cells[index] is not None for index, name in payment.fields.items() if name != "allocation"):
        key = f"{receipt.key}/{len(receipt.payments) + 1}"
        values = reading.values("payment", payment.fields, number, cells, key)
        receipt.payments.append(Entered(key, values, reading.origin(number, payment.letters), part))
        yield from reading.drain()


def _join(receipt: _Receipt, values: dict[str, object], origin: Origin) -> Iterator[Finding]:
    """Add what a further row of a receipt says; where it contradicts an earlier one, the field is unknown."""
    for name, value in values.items():
        if UNREADABLE in (value, receipt.values.get(name)):
            receipt.contradicted.add(name)
        elif name not in receipt.values:
            receipt.values[name] = value
            receipt.others[name] = origin
        elif not _same(name, receipt.values[name], value):
            receipt.contradicted.add(name)
            first = receipt.others.get(name, receipt.origin).place(name)
            yield Finding(
                "DATA-CONTRADICTION",
                Severity.ERROR,
                _(
                    "{new} here contradicts {old} at {place}; both rows belong to receipt “{receipt}”.",
                    new=value,
                    old=receipt.values[name],
                    place=first,
                    receipt=receipt.key,
                ),
                origin.place(name),
                ("receipt", receipt.key),
                found=str(value),
                hint=_("If a part has a rate of its own, enter it under “VAT rate of the part”.")
                if name == "vat_rate"
                else _("Correct one of the two, or leave the cell empty in all rows but the first."),
            )


def _same(name: str, first: object, second: object) -> bool:
    """Tell whether two cells say the same, however they are written."""
    return first == second or _read(name, first) == _read(name, second)


def _read(name: str, value: object) -> object:
    try:
        return KINDS["receipt"].described()[name].read(value)
    except ValueError:
        return value


def _is_note(receipt: KindColumns, others: Iterable[int], cells: list[Cell]) -> bool:
    """Tell whether a row says nothing but one text, as a remark below the receipts does."""
    said = [cells[index] for index in receipt.fields if cells[index] is not None]
    return len(said) == 1 and type(said[0]) is str and all(cells[index] is None for index in others)


def _note(reading: SheetReading, number: int) -> Finding:
    return Finding(
        "DATA-KEY",
        Severity.ERROR,
        _("The row holds a single text and is not read."),
        reading.book.place(reading.sheet, number),
        hint=_("If it is a remark, delete it; if it is a receipt, give it a key."),
        question=True,
    )


def _keyless(reading: SheetReading, number: int) -> Finding:
    return Finding(
        "DATA-KEY",
        Severity.ERROR,
        _("The row names no receipt and is not read."),
        reading.book.place(reading.sheet, number),
        hint=_("Repeat the receipt's key in each of its rows."),
    )
