"""What the signatory of the report confirms; never ticked beforehand."""

from __future__ import annotations

from oekoreport.language import catalogue
from oekoreport.model.fields import Day, Flag, Text
from oekoreport.model.noun import Noun, field

_ = catalogue("oekoreport")


class Confirmation(Noun):
    """A confirmation of the report (Bestätigung)."""

    kind = "confirmation"
    label = _("Confirmation")

    text: Text = field(_("Text"), _("What is confirmed."), example="Die Ausgaben waren notwendig.", required=True)
    confirmed: Flag = field(_("Confirmed"), _("Yes or no; empty until it is decided."), example=None)
    signatory: Text = field(_("Signatory"), _("Function of the person who signs."), example="Leitung der Stabsstelle")
    place: Text = field(_("Place"), _("Place of the signature."), example="Musterstadt")
    date: Day = field(_("Date"), _("Day of the signature."), example="2025-09-30")
