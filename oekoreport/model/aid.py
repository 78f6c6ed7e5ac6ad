"""De minimis aid: what an undertaking was granted, in this round or before."""

from __future__ import annotations

from oekoreport.language import catalogue
from oekoreport.model.codes import Code
from oekoreport.model.fields import Day, Flag, Money, Text
from oekoreport.model.noun import Noun, field

_ = catalogue("oekoreport")


class AidRegulation(Code):
    """The regulation that aid was granted under; each has a ceiling and a window of its own."""

    REGULATION_2013 = "1407/2013", _("Regulation (EU) No 1407/2013")
    REGULATION_2023 = "2023/2831", _("Regulation (EU) 2023/2831")


class Aid(Noun):
    """Aid that a participant was granted (De-minimis-Beihilfe)."""

    kind = "aid"
    label = _("De minimis aid")
    parent = "participant"
    told_apart_by = ("regulation", "granted_on", "amount")

    regulation: AidRegulation | None = field(
        _("Regulation"), _("The regulation that it was granted under."), example="2023/2831", required=True
    )
    granted_on: Day = field(
        _("Granted on"), _("The day of granting, not of payment."), example="2024-02-12", required=True, happened=True
    )
    applied_on: Day = field(
        _("Applied on"), _("The day of the application for the aid."), example="2024-01-20", happened=True
    )
    amount: Money = field(
        _("Gross grant equivalent"),
        _("The aid's gross grant equivalent."),
        example="1500.00",
        unit="EUR",
        required=True,
    )
    authority: Text = field(_("Authority"), _("Who granted it."), example="Kreis Muster", required=True)
    reference: Text = field(_("File reference"), _("The authority's reference."), example="61-2024-07")
    instrument: Text = field(_("Instrument"), _("What the aid consisted of."), example="Zuschuss zur Beratung")
    registered_on: Day = field(
        _("Entered in the register on"),
        _("The day of entry in the central register of de minimis aid (eAIR)."),
        example="2026-03-02",
        happened=True,
    )
    own: Flag = field(
        _("Aid granted through this round"),
        _("“Yes” if taking part in this round is itself the aid."),
        example=True,
        default=False,
    )
    road_freight: Flag = field(
        _("Road freight"), _("“Yes” for road freight transport for hire or reward."), example=False, default=False
    )
