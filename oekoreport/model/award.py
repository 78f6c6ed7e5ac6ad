"""The award at the end: the ceremony, and the decision for each site."""

from __future__ import annotations

from oekoreport.language import catalogue
from oekoreport.model.codes import Code
from oekoreport.model.fields import Day, Flag, Text
from oekoreport.model.noun import Noun, field

_ = catalogue("oekoreport")


class DecisionKind(Code):
    """What the jury decided on a site."""

    AWARDED = "awarded", _("Awarded")
    RECERTIFIED = "recertified", _("Re-certified")
    REFUSED = "refused", _("Not awarded")


class Decision(Noun):
    """The jury's decision on one site, and its certificate (Auszeichnung eines Standorts)."""

    kind = "decision"
    label = _("Award decision")
    parent = "site"
    told_apart_by = ("decided_on",)

    decision: DecisionKind | None = field(_("Decision"), _("What the jury decided."), example="awarded", required=True)
    decided_on: Day = field(
        _("Decided on"), _("The day of the decision."), example="2025-05-20", required=True, in_round=True
    )
    certificate_number: Text = field(
        _("Certificate number"), _("The number of the certificate."), example="OEP-2025-01"
    )
    valid_until: Day = field(_("Valid until"), _("Last day of the award."), example="2026-06-14")
    withdrawn_on: Day = field(_("Withdrawn on"), _("The day from which the award is withdrawn."), example="2025-12-01")
    duplicate: Flag = field(
        _("Duplicate"), _("“Yes” if the certificate is issued again."), example=False, default=False
    )

    @property
    def stands(self) -> bool:
        """Whether a certificate is due: awarded or re-certified, and not withdrawn."""
        return self.decision in (DecisionKind.AWARDED, DecisionKind.RECERTIFIED) and self.withdrawn_on is None


class Award(Noun):
    """The award ceremony (Auszeichnungsveranstaltung)."""

    kind = "award"
    label = _("Award")

    date: Day = field(_("Date"), _("The date printed on certificates."), example="2025-06-15", required=True)
    place: Text = field(_("Place"), _("The place printed on certificates."), example="Musterstadt", required=True)
    jury: Text = field(_("Jury"), _("Bodies in the jury, separated by semicolons."), example="Kreis Muster; IHK Muster")
    signatories: Text = field(
        _("Signatories"),
        _("Functions that sign the certificate, separated by semicolons."),
        example="Landrätin; Geschäftsführung der wfg",
        required=True,
    )
