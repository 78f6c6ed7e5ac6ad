"""The list of receipts (Belegliste): expenditure and income apart, by line of the plan, in the order of time.

A row is a part of a receipt that belongs to one line. Where several payments paid it, each stands with day and amount.
Which columns there are is the law's word (parameter ``receipts_list_columns``); where it is unknown, the product's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import count

from oekoreport import (
    UNKNOWN,
    Allocation,
    FundingSource,
    IncomeLine,
    Noun,
    Payment,
    Receipt,
    Report,
    catalogue,
    euro,
)
from oekoreport.kit.views import Fields, Number, View, Views

_ = catalogue("oekoreport_funding")

DEFAULT = (
    "lfd. Nr., Beleg-Nr., Rechnungsdatum, gezahlt am, Empfänger, Grund der Zahlung, Einzelbetrag, davon zuwendungsfähig"
)

COLUMNS = {
    "number": ("lfd. nr.", "laufende nummer", "nr."),
    "key": ("beleg-nr.", "belegnummer", "beleg"),
    "ordered_on": ("auftragsdatum",),
    "issued_on": ("rechnungsdatum",),
    "paid": ("gezahlt am", "zahlungsdatum", "tag", "tag der zahlung"),
    "payee": ("empfänger", "empfänger/einzahler", "zahlungsempfänger"),
    "purpose": ("grund", "grund der zahlung", "zahlungsgrund"),
    "spent": ("einzelbetrag", "einzelbetrag jeder zahlung", "betrag"),
    "eligible": ("davon zuwendungsfähig", "zuwendungsfähig"),
}
"""The columns that a row can fill, in the order of the table, with what law calls them."""

NOTHING = "–"
"""What stands for the number of a receipt to which its owner gave none."""

AMOUNTS = ("spent", "eligible")
LEADING = ("number", "key")
INCOME_COLUMNS = 3
"""Day, payer and reason stand before the amount of an income, whatever the columns of the expenditure are."""


def wanted(report: Report) -> bool:
    """Tell whether the law in force, or the notice, asks for the list."""
    grant = report.project.grant
    return report.terms["receipts_list"].value is True or bool(grant and grant.receipts_list)


def columns(report: Report) -> Fields:
    """Return the columns asked for, each with its head, empty where it is not; ``others`` are those nothing can fill.

    ``before``, ``before_income`` and ``all`` are how many columns a row of sums spans.
    """
    asked = report.terms["receipts_list_columns"].value
    heads = [head.strip() for head in (asked if isinstance(asked, str) else DEFAULT).split(",")]
    known = {name: field for field, names in COLUMNS.items() for name in (field, *names)}
    shown = {known[head.casefold()]: head for head in heads if head.casefold() in known}
    others = [head for head in heads if head.casefold() not in known]
    count_of = len(shown) + len(others)
    spans = {
        "all": count_of,
        "before": max(count_of - sum(name in shown for name in AMOUNTS), 1),
        "before_income": INCOME_COLUMNS + sum(name in shown for name in LEADING),
    }
    return Fields("columns", {**dict.fromkeys(COLUMNS, ""), **shown, "others": others, "nothing": None, **spans})


def expenditure(report: Report, views: Views) -> list[View]:
    """Return the expenditure lines in the plan's order, each with its ``rows``; running numbers go through all of them.

    Parts whose line is unknown come last, under a heading that says so.
    """
    numbers = count(1)
    lines = report.project.plan.expenditure if report.project.plan else ()
    groups = [_group(views.of(line), _expenditure_rows(report, views, line.key, numbers)) for line in lines]
    stray = list(_expenditure_rows(report, views, None, numbers))
    return [*groups, _without_line(report, stray)] if stray else groups


def income(report: Report, views: Views) -> list[View]:
    """Return the income lines on which money came in, each with its ``rows``; own funds have none."""
    numbers = count(1)
    lines = report.project.plan.income if report.project.plan else ()
    groups = [(line, list(_income_rows(report, views, line, numbers))) for line in lines]
    return [_group(views.of(line), rows, **_came_in(views, line)) for line, rows in groups if rows]


def _came_in(views: Views, line: IncomeLine) -> dict[str, View]:
    """Return the sum of a line's rows; the grant's is what was paid out, while the settlement names what is due."""
    name = "settlement.paid_out" if line.source is FundingSource.GRANT else f"income_line.received/{line.key}"
    return {"received": views.figure(name)}


def _group(line: View, rows: Iterable[View], **others: View) -> View:
    return Fields(
        line.path,
        {**{name: line.get(name) for name in line.names()}, "rows": tuple(rows), "continued": False, **others},
    )


def _without_line(report: Report, rows: Iterable[View]) -> View:
    title = report.locale.show(_("Without an expenditure line"))
    nobody = {name: Number(name, None, "EUR", 2, "") for name in ("spent", "eligible", "cap")}
    return Fields("expenditure_line", {"key": "", "title": title, "rows": tuple(rows), "continued": False, **nobody})


# --- expenditure -----------------------------------------------------------------------------------------------------


def _expenditure_rows(report: Report, views: Views, line: str | None, numbers: Iterator[int]) -> Iterator[View]:
    parts = [
        (receipt, allocation)
        for receipt in report.project.receipts
        for allocation in receipt.allocations
        if allocation.line == line
    ]
    parts.sort(key=lambda part: _when(payment.date for payment in _payments(*part)))
    ordered = {contract.key: contract.awarded_on for contract in report.project.contracts}
    for receipt, allocation in parts:
        yield _expenditure_row(report, views, receipt, allocation, next(numbers), ordered.get(receipt.contract or ""))


def _expenditure_row(  # noqa: PLR0913 - what a row is made of
    report: Report, views: Views, receipt: Receipt, allocation: Allocation, number: int, ordered_on: date | None
) -> View:
    part = views.of(allocation)
    values = {
        "number": number,
        "key": views.typed_key(receipt.identity) or NOTHING,
        "ordered_on": ordered_on,
        "issued_on": receipt.issued_on,
        "paid": _paid(report, _payments(receipt, allocation)),
        "payee": receipt.payee,
        "purpose": receipt.purpose,
        "reason": allocation.reason,
        "spent": part.get("spent"),
        "eligible": part.get("eligible"),
    }
    return Fields("row", values)


def _payments(receipt: Receipt, allocation: Allocation) -> list[Payment]:
    """Return the payments of a part: those that name it, and those on the whole receipt."""
    return [payment for payment in receipt.payments if payment.allocation in (None, allocation.key)]


def _paid(report: Report, payments: list[Payment]) -> str | date | None:
    """Return the day of the payment; where there were several, each day with its amount on a line of its own."""
    if len(payments) <= 1:
        return payments[0].date if payments else None
    show = report.locale.show
    return "\n".join(
        show(
            _(
                "{day} ({amount})",
                day=payment.date or UNKNOWN,
                amount=UNKNOWN if payment.amount is None else euro(payment.amount),
            )
        )
        for payment in sorted(payments, key=lambda payment: _when((payment.date,)))
    )


def _when(days: Iterable[date | None]) -> tuple[bool, date]:
    """Return what sorts by the first day; what has none comes last."""
    first = min((day for day in days if day is not None), default=None)
    return first is None, first or date.max


# --- income ----------------------------------------------------------------------------------------------------------


def _income_rows(report: Report, views: Views, line: IncomeLine, numbers: Iterator[int]) -> Iterator[View]:
    """Yield what came in on a line; on the grant's line that is what was paid out on each call."""
    if line.source is FundingSource.GRANT:
        grant = report.project.grant
        payer = (grant.paying_agency or grant.authority) if grant else None
        purpose = report.locale.show(_("Payment of the grant"))
        entries: list[tuple[Noun, date | None, str | None, str | None]] = [
            (drawdown, drawdown.paid_on, payer, purpose) for drawdown in report.project.drawdowns
        ]
    else:
        names = {participant.key: participant.name for participant in report.project.participants}
        entries = [
            (income, income.date, income.payer or names.get(income.participant or ""), line.title)
            for income in report.project.incomes
            if income.income_line == line.key
        ]
    for noun, day, who, what in sorted(entries, key=lambda entry: _when((entry[1],))):
        values = {
            "number": next(numbers),
            "key": views.typed_key(noun.identity) or NOTHING,
            "date": day,
            "payer": who,
            "purpose": what,
        }
        yield Fields("row", {**values, "amount": views.of(noun).get("amount")})
