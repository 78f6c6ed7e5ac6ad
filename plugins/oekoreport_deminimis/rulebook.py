"""The rulebook of de minimis aid: silent as long as a project holds none."""

from __future__ import annotations

from oekoreport import Project, Rulebook, catalogue
from oekoreport.kit.law import packs_in
from oekoreport_deminimis import rules_ceiling, rules_grant, rules_papers

_ = catalogue("oekoreport_deminimis")


def applies(project: Project) -> bool:
    """Tell whether the project holds any aid."""
    return any(participant.aids for participant in project.participants)


RULEBOOK = Rulebook(
    name="deminimis",
    title=_("De minimis aid"),
    edition="2026-11",
    rules=(
        rules_grant.only_undertakings,
        rules_grant.regulation_in_force,
        rules_ceiling.ceiling_of_fiscal_years,
        rules_ceiling.ceiling_of_rolling_years,
        rules_ceiling.ceiling_of_road_freight,
        rules_papers.earlier_aid_declared,
        rules_papers.certificate_is_complete,
        rules_papers.register_data,
        rules_papers.register_entry,
    ),
    packs=packs_in("oekoreport_deminimis"),
    applies=applies,
)
