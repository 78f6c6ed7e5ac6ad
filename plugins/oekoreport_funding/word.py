"""What several papers of this plugin print alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from oekoreport import UNKNOWN, Drawdown, Message, Report, Terms, catalogue, texts
from oekoreport.kit.law import use_window, window_of
from oekoreport.kit.views import Fields, Number, Views

_ = catalogue("oekoreport_funding")

SETTLED = (
    "expenditure.eligible",
    "income.received",
    "settlement.grant_due",
    "settlement.own_funds",
    "settlement.repayment_due",
    "settlement.use_interest",
    "settlement.repayment_interest",
    "settlement.interest_due",
)
"""The figures of the settlement, which lean on all others that papers print of it."""

NOT_STATED = "–"
"""What is printed for a field that may stay empty."""


def titles(*papers: str) -> dict[str, Message]:
    """Return what the names in the templates of papers mean, with those that every template may name."""
    tables = texts("oekoreport_funding")
    return {name: title for paper in ("every", *papers) for name, title in tables[paper].items()}


def context(report: Report, views: Views, printed: Iterable[str] = ()) -> dict[str, object]:
    """Return what every template may name: the project with its figures, and the grant's file reference.

    ``printed`` are the figures that the paper prints: what is unknown or assumed behind them is told with them.
    """
    notice = report.project.grant_notice
    reservations = [Fields("reservation", {"text": text}) for text in report.reservations(printed)]
    return {**views.context(), "reference": notice.reference if notice else None, "reservations": reservations}


def project_title(report: Report) -> str:
    """Return what the project is called in the title of a document."""
    return report.project.title or report.locale.show(UNKNOWN)


def figures(views: Views, key: str, names: Mapping[str, str]) -> dict[str, Number]:
    """Return figures of one object by the names that a template has for them."""
    return {name: views.figure(f"{full}/{key}") for name, full in names.items()}


def use_by(report: Report, views: Views, call: Drawdown) -> Number | Message:
    """Return until when a drawdown has to be used, or that the law in force on the day of its payout sets no time."""
    limited = window_of(report.figures, call) is not None
    return views.figure(f"drawdown.use_by/{call.key}") if limited else _("no time limit")


def number_of(report: Report, call: Drawdown) -> str:
    """Return the number of a drawdown: as it was typed, else its place among all."""
    return report.origins.typed_key(call.identity) or str(report.project.drawdowns.index(call) + 1)


def drawdown(report: Report, views: Views, call: Drawdown) -> dict[str, object]:
    """Return what every paper says of a drawdown; its year is text, or it would be printed with a group mark."""
    year = None if call.budget_year is None else str(call.budget_year)
    values = {
        "number": number_of(report, call),
        "budget_year": year if call.stated("budget_year") else NOT_STATED,
        "requested_on": call.requested_on,
        "paid_on": call.paid_on,
    }
    return {**values, "amount": views.of(call).get("amount")}


def windows(report: Report) -> str | None:
    """Return within which time each payout had to be used, in words: each window once, in their order."""
    days = sorted(call.paid_on for call in report.project.drawdowns if call.paid_on is not None)
    found = [window(report, report.terms.as_of(day)) for day in days] or [window(report, report.terms)]
    words = list(dict.fromkeys(each for each in found if each is not None))
    told = words[0] if words else None
    for each in words[1:]:
        told = report.locale.show(_("{first}, later {then}", first=told, then=each))
    return told


def window(report: Report, terms: Terms) -> str | None:
    """Return within which time money has to be used, in words; None where the law in force sets none.

    An authority reads no number of which nobody is sure: then it is the time that the notice sets.
    """
    chosen = use_window(terms)
    if chosen is None:
        return None
    if not isinstance(chosen.value, Decimal) or not chosen.status.sure:
        words = _("the period set by the notice")
    elif chosen.name == "drawdown_window_months":
        words = _("one month") if chosen.value == 1 else _("{count} months", count=chosen.value)
    else:
        words = _("one week") if chosen.value == 1 else _("{count} weeks", count=chosen.value)
    return report.locale.show(words)
