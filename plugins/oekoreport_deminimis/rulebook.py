"""The rulebook of de minimis aid: silent as long as a project holds none."""

from __future__ import annotations

from oekoreport import Project, Rulebook, catalogue, rules_in
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
    rules=rules_in(rules_grant, rules_ceiling, rules_papers),
    packs=packs_in("oekoreport_deminimis"),
    applies=applies,
)
