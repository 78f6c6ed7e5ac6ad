"""Receipts: a row for each part, in the order of the list, with what was paid and what of it is eligible."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from oekoreport import Allocation, Figure, Figures, Message, Receipt, Report, catalogue
from oekoreport.kit.sheets import BLANK, number_format
from oekoreport_workbook.book import CohortBook
from oekoreport_workbook.fields import field, in_words, joined, of_field
from oekoreport_workbook.listing import Column, keep_head, listing

_ = catalogue("oekoreport_workbook")

BEFORE = ("payee", "purpose", "number", "issued_on", "service_from", "service_to")
DAYS = ("issued_on", "service_from", "service_to")
AFTER = ("posting", "file")

Entry = tuple[Receipt, Allocation | None]
"""A receipt with one of its parts, or with None where it has none."""


def write(book: CohortBook, report: Report) -> None:
    """Write the sheet."""
    figures = report.figures
    note = _(
        "Total spent: {spent}. Eligible after caps of lines: {eligible}.",
        spent=figures["expenditure.spent"],
        eligible=figures["expenditure.eligible"],
    )
    sheet = book.sheet(_("Receipts"), _("List of receipts"), note=note)
    money = number_format(book.locale.language, "EUR", 2)
    plan = report.project.plan
    lines = {line.key: (book.key(line), line.title) for line in (plan.expenditure if plan else ())}
    people = {participant.key: field(participant, "name") for participant in report.project.participants}
    columns: list[Column[Entry]] = [
        Column(_("Receipt"), lambda entry: book.key(entry[0]), "mark", total=_("Total")),
        of_field("receipt", "receipt_kind", most=18),
        Column(_("Line"), lambda entry: _line(field(entry[1], "line"), lines), most=24),
        *(of_field("receipt", name, "mark" if name in DAYS else "text", most=24) for name in BEFORE),
        Column(_("Paid on"), _paid, "mark", width=11, most=11),
        of_field("allocation", "net", "number", money),
        of_field("allocation", "amount", "number", money),
        Column(_("Spent"), partial(_amount, figures, "spent"), "number", money, total=figures["expenditure.spent"]),
        Column(_("Of which eligible, before caps of lines"), partial(_amount, figures, "eligible"), "number", money),
        Column(_("Why not eligible"), lambda entry: field(entry[1], "reason") if entry[1] else BLANK, most=20),
        Column(_("For participant"), lambda entry: _person(entry[1], people), most=18),
        *(of_field("receipt", name, most=18) for name in AFTER),
    ]
    entries = [(receipt, part) for receipt in report.project.receipts for part in receipt.allocations or (None,)]
    keep_head(sheet, listing(sheet, columns, entries, table="receipts"), 1)


def _amount(figures: Figures, name: str, entry: Entry) -> Figure | None:
    return figures[f"allocation.{name}/{entry[1].key}"] if entry[1] else None


def _person(part: Allocation | None, people: Mapping[str, object]) -> object:
    person = field(part, "participant") if part else BLANK
    return people.get(str(person), person)


def _line(key: object, lines: Mapping[str, tuple[str, str | None]]) -> object:
    """Return a line's key with its title; what is no line of the plan as it stands."""
    if key is None:
        return None
    shown, title = lines.get(str(key), (key, None))
    return Message("{key} {title}", key=shown, title=title) if title else shown


def _paid(entry: Entry) -> object:
    """Return the days on which a part was paid, each once; unknown where no payment is entered."""
    receipt, part = entry
    payments = [payment for payment in receipt.payments if part is None or payment.allocation in (None, part.key)]
    days = list(dict.fromkeys(in_words(field(payment, "date")) for payment in payments))
    return joined(days or [None])
