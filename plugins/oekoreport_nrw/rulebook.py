"""The rulebooks of grants of Nordrhein-Westfalen, and the editions of its law as dated data."""

from __future__ import annotations

from oekoreport import Land, Project, Rulebook, catalogue
from oekoreport.kit.law import LandLaw, packs_in, position_cap
from oekoreport_nrw import rules_expenditure, rules_programme

_ = catalogue("oekoreport_nrw")

LAW = LandLaw(package="oekoreport_nrw", land=Land.NW, prefix="NRW", called="NRW", edition="2026-11")


def under_guideline(project: Project) -> bool:
    """Tell whether the grant is made under the programme's guideline."""
    grant = project.grant
    return grant is not None and grant.land is LAW.land and grant.guideline == rules_programme.GUIDELINE


OEKOPROFIT = Rulebook(
    name="nrw-oekoprofit",
    title=_("Richtlinie ÖKOPROFIT of Nordrhein-Westfalen"),
    edition=LAW.edition,
    rules=(
        rules_programme.who_may_receive,
        rules_programme.grant_within_cap,
        rules_programme.rate_within_guideline,
        rules_programme.enough_participants,
        rules_programme.participants_at_first_call,
        rules_programme.enough_workshops,
        rules_programme.measures_in_the_club,
        rules_programme.micro_businesses,
        rules_programme.grant_is_named,
        rules_programme.own_share_beside_donations,
        rules_expenditure.type_is_stated,
        rules_expenditure.covered_directly,
        rules_expenditure.cash_only,
        rules_expenditure.events_within_cap,
        rules_expenditure.fees_not_eligible,
        rules_expenditure.print_within_cap,
        position_cap.under("NRW-POSITION-CAP", "Zuwendungsbescheid; Richtlinie ÖKOPROFIT"),
    ),
    packs=tuple(pack for pack in packs_in(LAW.package) if pack.level == "guideline"),
    applies=under_guideline,
)

RULEBOOKS = (*LAW.rulebooks(), OEKOPROFIT)
