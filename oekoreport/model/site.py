"""Sites: where a participant works, and what happens there."""

from __future__ import annotations

from oekoreport.language import catalogue
from oekoreport.model.award import Decision
from oekoreport.model.baseline import Baseline
from oekoreport.model.fields import Text
from oekoreport.model.measure import Measure, MeasureState
from oekoreport.model.noun import Noun, field
from oekoreport.model.visit import SiteVisit

_ = catalogue("oekoreport")


class Site(Noun):
    """A site of a participant (Standort): awards are bound to it."""

    kind = "site"
    label = _("Site")
    parent = "participant"
    told_apart_by = ("name", "town")

    name: Text = field(_("Name"), _("The site's name."), example="Hauptstandort", required=True)
    street: Text = field(_("Street"), _("Street and number."), example="Musterweg 2")
    postcode: Text = field(_("Postcode"), _("Postcode."), example="12345")
    town: Text = field(_("Town"), _("Town, as the certificate names the site."), example="Musterstadt", required=True)

    baselines: tuple[Baseline, ...] = ()
    visits: tuple[SiteVisit, ...] = ()
    measures: tuple[Measure, ...] = ()
    decisions: tuple[Decision, ...] = ()

    @property
    def standing_measures(self) -> tuple[Measure, ...]:
        """Its measures without the entries that another one replaces."""
        return tuple(measure for measure in self.measures if measure.state is not MeasureState.SUPERSEDED)
