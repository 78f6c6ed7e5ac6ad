"""Who receives the grant."""

from __future__ import annotations

from oekoreport.language import catalogue
from oekoreport.model.codes import Code
from oekoreport.model.fields import Text
from oekoreport.model.noun import Noun, field

_ = catalogue("oekoreport")


class LegalKind(Code):
    """Decides which general conditions apply where the notice attaches none: ANBest-G (municipal) or ANBest-P."""

    MUNICIPAL = "municipal", _("Municipal (municipality or association of municipalities)")
    PRIVATE = "private", _("Not municipal")


class Recipient(Noun):
    """The recipient of the grant (Zuwendungsempfänger)."""

    kind = "recipient"
    label = _("Recipient")

    name: Text = field(_("Name"), _("The recipient as the notice names it."), example="Kreis Muster", required=True)
    street: Text = field(_("Street"), _("Street and number."), example="Musterweg 1", required=True)
    postcode: Text = field(_("Postcode"), _("Postcode."), example="12345", required=True)
    town: Text = field(_("Town"), _("Town of the address."), example="Musterstadt", required=True)
    legal_kind: LegalKind | None = field(
        _("Legal kind"),
        _("Municipal or not: decides which general conditions apply."),
        example="municipal",
        required=True,
    )
    contact_role: Text = field(
        _("Contact"),
        _("Department or function to ask, no person's name."),
        example="Stabsstelle Klimaschutz",
        required=True,
    )
    phone: Text = field(_("Telephone"), _("The department's telephone number."), example="01234 567-0")
    email: Text = field(_("E-mail"), _("The department's address."), example="klimaschutz@kreis-muster.example")
    iban: Text = field(_("IBAN"), _("The account that the grant is paid to."), example="DE00 1234 5678 9012 3456 78")
    bank: Text = field(_("Bank"), _("Name of the bank."), example="Sparkasse Muster")
