"""The rulebooks of grants of Nordrhein-Westfalen, and the editions of its law as dated data."""

from __future__ import annotations

from oekoreport import Land, Project, Rulebook, catalogue, rules_in, with_cases
from oekoreport.kit.law import LandLaw, packs_in, position_cap
from oekoreport_nrw import rules_expenditure, rules_programme, rules_round

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
    rules=with_cases(
        LAW.package,
        (
            *rules_in(rules_programme, rules_round, rules_expenditure),
            position_cap.under("NRW-POSITION-CAP", "Zuwendungsbescheid; Richtlinie ÖKOPROFIT"),
        ),
    ),
    packs=tuple(pack for pack in packs_in(LAW.package) if pack.level == "guideline"),
    applies=under_guideline,
)

RULEBOOKS = (*LAW.rulebooks(), OEKOPROFIT)
