"""Drawdowns: calls for parts of the grant, and what was paid out."""

from __future__ import annotations

from oekoreport.language import catalogue
from oekoreport.model.fields import Day, Money, Text, Year
from oekoreport.model.noun import Noun, field

_ = catalogue("oekoreport")


class Need(Noun):
    """What a drawdown was called for, by line of the plan."""

    kind = "need"
    label = _("Need")
    parent = "drawdown"

    line: Text = field(
        _("Expenditure line"),
        _("The line that money is needed for."),
        example="1",
        required=True,
        refers="expenditure_line",
    )
    amount: Money = field(
        _("Amount"), _("What is due within the window."), example="9000.00", unit="EUR", required=True
    )


class Drawdown(Noun):
    """A call for a part of the grant (Mittelabruf)."""

    kind = "drawdown"
    label = _("Drawdown")
    told_apart_by = ("paid_on", "amount")

    budget_year: Year = field(_("Budget year"), _("The budget year that it is charged to."), example=2024)
    requested_on: Day = field(
        _("Requested on"), _("The day of the drawdown request."), example="2024-09-15", required=True, happened=True
    )
    paid_on: Day = field(
        _("Paid out on"), _("The day that the money arrived."), example="2024-09-30", required=True, happened=True
    )
    amount: Money = field(_("Amount"), _("The amount paid out."), example="9000.00", unit="EUR", required=True)

    needs: tuple[Need, ...] = ()
