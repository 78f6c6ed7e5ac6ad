"""What several papers of this plugin print alike."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from oekoreport import Presence, Report, catalogue
from oekoreport.kit.views import Number, Views

_ = catalogue("oekoreport_funding")

TITLES = {
    "reference": _("File reference of the grant"),
    "window": _("Within which time money has to be used, in words"),
}
"""What the names mean that several templates may name."""


def context(report: Report, views: Views) -> dict[str, object]:
    """Return what every template may name: the project with its figures, and the grant's file reference."""
    reference = next((notice.reference for notice in report.project.notices), None)
    return {**views.context(), "reference": reference}


def project_title(report: Report) -> str:
    """Return what the project is called in the title of a document."""
    return report.project.title or report.project.key


def figures(views: Views, key: str, names: Mapping[str, str]) -> dict[str, Number]:
    """Return figures of one object by the names that a template has for them."""
    return {name: views.figure(f"{full}/{key}") for name, full in names.items()}


def window(report: Report) -> str | None:
    """Return within which time money has to be used, in words; None where the law in force sets none.

    An authority reads no number of which nobody is sure: then it is the time that the notice sets.
    """
    months, weeks = report.terms["drawdown_window_months"], report.terms["drawdown_window_weeks"]
    chosen = months if months.presence is Presence.VALUE else weeks
    if Presence.NONE in (months.presence, weeks.presence) and chosen.presence is not Presence.VALUE:
        return None
    if not isinstance(chosen.value, Decimal) or not chosen.status.sure:
        words = _("the time that the notice sets")
    elif chosen is months:
        words = _("one month") if chosen.value == 1 else _("{count} months", count=chosen.value)
    else:
        words = _("one week") if chosen.value == 1 else _("{count} weeks", count=chosen.value)
    return report.locale.show(words)
