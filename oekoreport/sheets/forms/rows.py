"""Records as rows of a form: parts of receipts, effects and consumption are put into the rows that they belong to.

What does not fit into its row (a key that is not made by the row's rule, a second amount of one resource) is handed
back and written as a table of its own, so that nothing is lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from oekoreport.language import Locale
from oekoreport.model import KINDS
from oekoreport.model.measure import Recurrence
from oekoreport.model.noun import Noun
from oekoreport.records import Record
from oekoreport.sheets.forms.layout import KEY, PARENT, Column, Layout, ResourceColumn, columns
from oekoreport.sheets.forms.values import Written, as_text, number_or_text, written
from oekoreport.units import Amount

Cells = dict[Column | ResourceColumn, Written]


def plain_row(record: Record, heads: Sequence[Column], locale: Locale) -> Cells:
    """Return the cells of a record in the columns of its own kind."""
    cells: Cells = {}
    for head in heads:
        if head.kind != record.kind:
            continue
        if head.field == KEY:
            cells[head] = record.key
        elif head.field == PARENT:
            cells[head] = record.parent or None
        else:
            cells[head] = written(record.kind, head.field, record.values.get(head.field), locale)
    return cells


def by_parent(records: Iterable[Record]) -> dict[str, list[Record]]:
    """Group records by their parent's key, in order."""
    groups: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        groups[record.parent].append(record)
    return groups


def receipt_rows(
    layout: Layout, records: Mapping[str, Sequence[Record]], locale: Locale
) -> tuple[list[Cells], list[Record]]:
    """Return the rows of all receipts, and the parts and payments that have no place in them."""
    heads = columns(layout)
    allocations, payments = by_parent(records["allocation"]), by_parent(records["payment"])
    rows: list[Cells] = []
    left: list[Record] = []
    for receipt in records["receipt"]:
        parts, parts_left = _numbered(receipt.key, allocations.pop(receipt.key, []))
        paid, paid_left = _numbered(receipt.key, payments.pop(receipt.key, []))
        left += [*parts_left, *paid_left]
        own = [plain_row(part, heads, locale) for part in parts]
        own = _place_payments(own, [part.key for part in parts], paid, heads, locale) or [{}]
        own[0] |= plain_row(receipt, heads, locale)
        key = next(head for head in heads if head.field == KEY)
        rows += [{**row, key: receipt.key} for row in own]
    orphans = [record for groups in (allocations, payments) for group in groups.values() for record in group]
    return rows, left + orphans


def _numbered(receipt: str, children: Sequence[Record]) -> tuple[list[Record], list[Record]]:
    """Split children into those whose keys count up as rows do (B09/1, B09/2 …), in that order, and the others."""
    by_key = {child.key: child for child in children}
    counted: list[Record] = []
    while child := by_key.pop(f"{receipt}/{len(counted) + 1}", None):
        if not any(value not in (None, "") for name, value in child.values.items() if name != "allocation"):
            return counted, [child, *by_key.values()]  # a row without a value would not be read as a part
        counted.append(child)
    return counted, list(by_key.values())


def _place_payments(
    rows: list[Cells], parts: Sequence[str], payments: Sequence[Record], heads: Sequence[Column], locale: Locale
) -> list[Cells]:
    """Put each payment into the row of the part that it pays, as long as rows and payments count up together.

    The part is named there unless every part has a payment in its row: then the rows say it.
    """
    last = -1
    placed: dict[int, Cells] = {}
    appended: list[Cells] = []
    pays = next(head for head in heads if head.kind == "payment" and head.field == "allocation")
    for payment in payments:
        cells = plain_row(payment, heads, locale)
        target = payment.values.get("allocation")
        index = parts.index(str(target)) if target in parts else -1
        if index > last and not appended:
            last = index
            placed[index] = cells
        else:
            appended.append(cells)
    for index, cells in placed.items():
        rows[index] |= {**cells, pays: None} if len(placed) == len(parts) else cells
    return rows + appended


def wide_rows(
    layout: Layout, records: Mapping[str, Sequence[Record]], resources: Sequence[ResourceColumn], locale: Locale
) -> tuple[list[Cells], list[Record]]:
    """Return the rows of measures or baselines with their amounts by resource, and the children that do not fit."""
    heads = columns(layout)
    child_kind = layout.children[0]
    children = by_parent(records[child_kind])
    rows: list[Cells] = []
    left: list[Record] = []
    for record in records[layout.kind]:
        row = plain_row(record, heads, locale)
        for child in children.pop(record.key, []):
            cells = _resource_cells(record.key, child, resources)
            if cells is None or cells.keys() & row.keys():
                left.append(child)
            else:
                row |= cells
        rows.append(row)
    return rows, left + [child for group in children.values() for child in group]


def _resource_cells(parent: str, child: Record, resources: Sequence[ResourceColumn]) -> Cells | None:
    """Return the cells of an effect or a consumption; None where its row could not say the same."""
    noun = _read(child)
    resource = getattr(noun, "resource", None)
    recurrence = getattr(noun, "recurrence", Recurrence.ANNUAL)
    if noun is None or resource is None or child.key != f"{parent}/{resource.value}":
        return None
    fitting = [column for column in resources if column.resource is resource and column.recurrence is recurrence]
    amount, cost = getattr(noun, "amount", None), getattr(noun, "cost", None)
    cells: Cells = {}
    for column in fitting:
        if column.cost and cost is not None:
            cells[column] = number_or_text(cost)
        elif not column.cost and amount is not None:
            cells[column] = amount_cell(amount, column.unit)
    filled = sum(value is not None for value in (amount, cost))
    return cells if cells and len(cells) == filled else None


def amount_cell(amount: Amount, unit: str) -> Written:
    """Return an amount as a number of its column's unit, or as text with its own."""
    return number_or_text(amount.value) if amount.unit == unit else as_text(amount)


def _read(record: Record) -> Noun | None:
    known = {name: value for name, value in record.values.items() if value not in (None, "")}
    try:
        return KINDS[record.kind].written(record.key, known)
    except ValueError:
        return None
