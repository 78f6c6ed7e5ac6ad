"""Income: money that came in beside the grant."""

from __future__ import annotations

from oekoreport.language import catalogue
from oekoreport.model.fields import Day, Money, Text
from oekoreport.model.noun import Noun, field
from oekoreport.model.plan import FundingSource

_ = catalogue("oekoreport")


class Income(Noun):
    """Money received (Einnahme). Own funds are never typed: they are what remains."""

    kind = "income"
    label = _("Income")
    told_apart_by = ("giver", "date", "amount")

    source: FundingSource | None = field(_("Kind"), _("Where the money comes from."), example="third", required=True)
    income_line: Text = field(
        _("Income line"),
        _("The line of the plan that it belongs to."),
        example="E1",
        refers="income_line",
        required=True,
    )
    participant: Text = field(
        _("Participant"), _("For fees: the participant who paid."), example="klinik", refers="participant"
    )
    covers: Text = field(
        _("Covers line"),
        _("The expenditure line that it covers directly; the purpose of a donation changes nothing."),
        example="2",
        refers="expenditure_line",
    )
    payer: Text = field(_("Payer"), _("Who paid."), example="Klinik Muster")
    date: Day = field(
        _("Received on"), _("The day the money was received."), example="2024-04-15", required=True, happened=True
    )
    amount: Money = field(_("Amount"), _("The amount received."), example="2500.00", unit="EUR", required=True)

    @property
    def giver(self) -> str | None:
        """Who gave the money: the participant's key, or the payer as it is written."""
        return self.participant or self.payer
