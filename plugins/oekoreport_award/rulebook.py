"""The rulebook of the award: who has earned a certificate, and whether certificates are in order."""

from __future__ import annotations

from oekoreport import Rulebook, catalogue, shipped_templates
from oekoreport.kit.law import declared_in, read_pack
from oekoreport_award import rules_certificates, rules_criteria

_ = catalogue("oekoreport_award")

CRITERIA = (shipped_templates("award") / "criteria.toml").read_text(encoding="utf-8")
"""The product's default. A project may have a file of its own: ``templates/award/criteria.toml``."""

RULEBOOK = Rulebook(
    name="award",
    title=_("Award criteria"),
    edition="1",
    rules=(
        rules_criteria.attendance,
        rules_criteria.measures_of_programme,
        rules_criteria.visited,
        rules_criteria.policy_team_and_law,
        rules_criteria.examined_before_award,
        rules_certificates.decision_and_state,
        rules_certificates.numbers,
        rules_certificates.validity,
        rules_certificates.measures_of_the_site,
        rules_certificates.decided_before_ceremony,
        rules_certificates.release_is_on_record,
    ),
    packs=(read_pack(CRITERIA, "award/criteria", declared_in("oekoreport_award")),),
)
