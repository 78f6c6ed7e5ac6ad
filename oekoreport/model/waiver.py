"""Waivers: what the authority consented to, or what was noted internally. Neither changes a figure."""

from __future__ import annotations

from oekoreport.language import catalogue
from oekoreport.model.codes import Code
from oekoreport.model.fields import Day, Text
from oekoreport.model.noun import Noun, field

_ = catalogue("oekoreport")


class WaiverKind(Code):
    """Who lets a finding stand."""

    CONSENT = "consent", _("Consent of the authority")
    NOTE = "note", _("Internal note")


class Waiver(Noun):
    """A finding that may stand (Zustimmung, Vermerk), with who allowed it and why."""

    kind = "waiver"
    label = _("Waiver")

    rule: Text = field(_("Rule"), _("The rule’s code."), example="NRW-ADVANCE", required=True)
    subject: Text = field(
        _("Subject"), _("The key of the entry that it applies to; empty for all entries."), example="B04"
    )
    waiver_kind: WaiverKind | None = field(
        _("Kind"), _("Consent of the authority, or internal note."), example="consent", required=True
    )
    reason: Text = field(
        _("Reason"), _("Why the finding is accepted."), example="Anzahlung für den Raum war üblich", required=True
    )
    reference: Text = field(
        _("Reference"), _("The authority's letter, for a consent."), example="Schreiben vom 24.02.2024, Az. VII-1-12.34"
    )
    granted_by: Text = field(
        _("Decided by"), _("Who decided: authority or function."), example="Ministerium Muster", required=True
    )
    expires: Day = field(_("Expires"), _("The last day of its validity."), example="2025-12-31")
