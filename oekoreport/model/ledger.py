"""The district's own books: the totals that the receipts must reach."""

from __future__ import annotations

from oekoreport.language import catalogue
from oekoreport.model.codes import Code
from oekoreport.model.fields import Money, Text, Year
from oekoreport.model.noun import Noun, field

_ = catalogue("oekoreport")


class LedgerSide(Code):
    """Which side of the books a total is of."""

    EXPENDITURE = "expenditure", _("Expenditure")
    INCOME = "income", _("Income")


class LedgerControl(Noun):
    """A total in the district's books (Kassenabstimmung); any difference to the receipts is an error."""

    kind = "ledger_control"
    label = _("Ledger control")
    told_apart_by = ("account", "side", "year")

    account: Text = field(
        _("Budget code"), _("Account or budget code in the books."), example="56.01.03.5291", required=True
    )
    side: LedgerSide | None = field(_("Ledger side"), _("Expenditure or income."), example="expenditure", required=True)
    year: Year = field(_("Year"), _("The financial year of the total."), example=2024, required=True, happened=True)
    total: Money = field(
        _("Total"), _("The books' total for the project in that year."), example="28714.80", unit="EUR", required=True
    )
