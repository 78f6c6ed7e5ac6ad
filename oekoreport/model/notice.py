"""The grant notice, its amendments, and the terms that they set."""

from __future__ import annotations

from oekoreport.language import catalogue
from oekoreport.model.codes import Code
from oekoreport.model.fields import Day, Money, Text
from oekoreport.model.noun import Noun, field

_ = catalogue("oekoreport")


class NoticeKind(Code):
    """What a notice does."""

    GRANT = "grant", _("Grant notice")
    AMENDMENT = "amendment", _("Amending notice")
    REVOCATION = "revocation", _("Partial revocation")


class Term(Noun):
    """A parameter that a notice sets itself; it goes before guideline and general conditions."""

    kind = "term"
    label = _("Term of the notice")
    parent = "notice"

    parameter: Text = field(
        _("Parameter"), _("The parameter's name in the rulebooks."), example="line_tolerance", required=True
    )
    value: Text = field(
        _("Value"),
        _("The value that the notice sets; “none” if the notice switches the rule off."),
        example="20",
        required=True,
    )
    passage: Text = field(_("Passage"), _("Only if the notice sets it."), example="II Nr. 3")


class Notice(Noun):
    """A notice (Bescheid): the grant, an amendment, or a partial revocation."""

    kind = "notice"
    label = _("Notice")
    told_apart_by = ("notice_kind", "date", "amount")

    notice_kind: NoticeKind | None = field(_("Kind"), _("What the notice does."), example="grant", required=True)
    date: Day = field(_("Date"), _("The date of the notice."), example="2024-02-12", required=True, happened=True)
    reference: Text = field(
        _("File reference"), _("The authority's reference (Aktenzeichen)."), example="VII-1-12.34", required=True
    )
    final_on: Day = field(
        _("Final on"),
        _("The day from which the notice can no longer be contested (Bestandskraft)."),
        example="2024-02-15",
        required=True,
    )
    amount: Money = field(
        _("Amount"),
        _("The amount granted; for an amendment or revocation the change, with its sign."),
        example="20000.00",
        unit="EUR",
        required=True,
    )
    conditions: Text = field(
        _("General conditions"), _("Instrument and edition attached to the notice."), example="ANBest-G"
    )
    subject: Text = field(_("Subject"), _("What the notice regulates, in a few words."), example="Bewilligung")

    terms: tuple[Term, ...] = ()
