"""Receipts: a row for each part, in the order of the list, with what was paid and what of it is eligible."""

from __future__ import annotations

from collections.abc import Iterator

from oekoreport import Allocation, Message, Receipt, Report, catalogue
from oekoreport.kit.sheets import BLANK, number_format
from oekoreport_workbook.book import CohortBook
from oekoreport_workbook.fields import field, in_words, joined, title_of
from oekoreport_workbook.listing import Head, keep_head, listing

_ = catalogue("oekoreport_workbook")

BEFORE = ("payee", "purpose", "number", "issued_on", "service_from", "service_to")
DAYS = ("issued_on", "service_from", "service_to")
AFTER = ("posting", "file")


def write(book: CohortBook, report: Report) -> None:
    """Write the sheet."""
    figures = report.figures
    note = _(
        "Spent in all: {spent}. Eligible after position caps: {eligible}.",
        spent=figures["expenditure.spent"],
        eligible=figures["expenditure.eligible"],
    )
    sheet = book.sheet(_("Receipts"), _("List of receipts"), note=note)
    money = number_format(book.locale.language, "EUR", 2)
    columns = [
        Head(_("Receipt"), "mark"),
        Head(title_of("receipt", "receipt_kind"), most=18),
        Head(_("Line"), most=24),
        *(Head(title_of("receipt", name), "mark" if name in DAYS else "text", most=24) for name in BEFORE),
        Head(_("Paid on"), "mark", width=11, most=11),
        Head(title_of("allocation", "net"), "number", money),
        Head(title_of("allocation", "amount"), "number", money),
        Head(_("Spent"), "number", money),
        Head(_("Of which eligible, before position caps"), "number", money),
        Head(_("Why not eligible"), most=20),
        Head(_("For participant"), most=18),
        *(Head(title_of("receipt", name), most=18) for name in AFTER),
    ]
    rows = [list(cells) for cells in _rows(report)]
    totals = [_("Total"), *[BLANK] * 11, figures["expenditure.spent"], *[BLANK] * 5]
    block = listing(sheet, columns, rows, totals=totals, table="receipts")
    keep_head(sheet, block, 1)


def _rows(report: Report) -> Iterator[Iterator[object]]:
    lines = {line.key: line.title for line in (report.project.plan.expenditure if report.project.plan else ())}
    people = {participant.key: field(participant, "name") for participant in report.project.participants}
    for receipt in report.project.receipts:
        parts: tuple[Allocation | None, ...] = receipt.allocations or (None,)
        for part in parts:
            yield _cells(report, receipt, part, lines, people)


def _cells(
    report: Report, receipt: Receipt, part: Allocation | None, lines: dict[str, str | None], people: dict[str, object]
) -> Iterator[object]:
    yield receipt.key
    yield field(receipt, "receipt_kind")
    yield _line(field(part, "line"), lines)
    for name in BEFORE:
        yield field(receipt, name)
    yield joined(_paid(receipt, part))
    yield field(part, "net")
    yield field(part, "amount")
    yield report.figures[f"allocation.spent/{part.key}"] if part else None
    yield report.figures[f"allocation.eligible/{part.key}"] if part else None
    yield field(part, "reason") if part else BLANK
    person = field(part, "participant") if part else BLANK
    yield people.get(str(person), person)
    for name in AFTER:
        yield field(receipt, name)


def _line(key: object, lines: dict[str, str | None]) -> object:
    if key is None:
        return None
    title = lines.get(str(key))
    return Message("{key} {title}", key=key, title=title) if title else key


def _paid(receipt: Receipt, part: Allocation | None) -> list[object]:
    """Return the days on which a part was paid, each once; unknown where no payment is entered."""
    payments = [payment for payment in receipt.payments if part is None or payment.allocation in (None, part.key)]
    days = list(dict.fromkeys(in_words(field(payment, "date")) for payment in payments))
    return days or [None]
