"""Visits to a site."""

from __future__ import annotations

from oekoreport.language import catalogue
from oekoreport.model.fields import Day, Text
from oekoreport.model.noun import Noun, field
from oekoreport.model.workshop import Format

_ = catalogue("oekoreport")


class SiteVisit(Noun):
    """A visit of the consultancy to a site (Vor-Ort-Termin)."""

    kind = "site_visit"
    label = _("Site visit")
    parent = "site"
    told_apart_by = ("date",)

    date: Day = field(_("Date"), _("The day of the visit."), example="2024-05-14", required=True, in_round=True)
    format: Format | None = field(_("Format"), _("On site or online."), example="on_site", required=True)
    topic: Text = field(_("Topic"), _("What it was about."), example="Begehung")
