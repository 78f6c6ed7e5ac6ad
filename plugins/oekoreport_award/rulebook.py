"""The rulebook of the award: who has earned a certificate, and whether certificates are in order."""

from oekoreport import Rulebook, catalogue, rules_in, shipped_templates
from oekoreport.kit.law import declared_in, read_pack
from oekoreport_award import rules_certificates, rules_criteria

_ = catalogue("oekoreport_award")

CRITERIA = (shipped_templates("award") / "criteria.toml").read_text(encoding="utf-8")
"""The product's default. A project may have a file of its own: ``templates/award/criteria.toml``."""

RULEBOOK = Rulebook(
    name="award",
    title=_("Award criteria"),
    edition="1",
    rules=rules_in(rules_criteria, rules_certificates),
    packs=(read_pack(CRITERIA, "award/criteria", declared_in("oekoreport_award")),),
)
