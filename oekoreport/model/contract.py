"""Contracts, and how they were awarded."""

from __future__ import annotations

from oekoreport.language import catalogue
from oekoreport.model.codes import Code
from oekoreport.model.fields import Count, Day, Flag, Money, Text
from oekoreport.model.noun import Noun, field

_ = catalogue("oekoreport")


class Procedure(Code):
    """How a contract was awarded (Vergabeverfahren)."""

    DIRECT = "direct", _("Direct order")
    NEGOTIATED = "negotiated", _("Negotiated award")
    RESTRICTED = "restricted", _("Restricted tender")
    OPEN = "open", _("Open tender")


class Contract(Noun):
    """A contract (Auftrag) with the record of its award (Vergabe)."""

    kind = "contract"
    label = _("Contract")
    told_apart_by = ("contractor", "awarded_on", "amount")

    subject: Text = field(_("Subject"), _("What was ordered."), example="Beratung und Moderation", required=True)
    line: Text = field(
        _("Expenditure line"),
        _("The line of the plan that it is mainly paid from."),
        example="1",
        refers="expenditure_line",
    )
    contractor: Text = field(_("Contractor"), _("Who got the contract."), example="Beratung Muster GmbH", required=True)
    procedure: Procedure | None = field(_("Procedure"), _("How it was awarded."), example="negotiated", required=True)
    offers: Count = field(_("Offers"), _("How many offers were obtained."), example=3, required=True)
    record: Flag = field(
        _("Award record"), _("Whether the award is documented (Vergabevermerk)."), example=True, required=True
    )
    awarded_on: Day = field(
        _("Awarded on"), _("The day of the contract."), example="2024-02-24", required=True, happened=True
    )
    amount: Money = field(
        _("Amount, net"),
        _("The contract's net amount without supplements."),
        example="39500.00",
        unit="EUR",
        required=True,
    )
    supplements: Money = field(_("Supplements, net"), _("Sum of later supplements."), example="0.00", unit="EUR")
