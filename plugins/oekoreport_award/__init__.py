"""The award at the end of a round: certificates for the sites that earned one, and the register of all decisions."""

from __future__ import annotations

from collections.abc import Iterable

from oekoreport import Exporter, Rulebook, TemplateFolder, catalogue, hookimpl, rules_in, shipped_templates
from oekoreport_award.certificates import CertificateOptions, Certificates

_ = catalogue("oekoreport_award")


@hookimpl
def oekoreport_exporters() -> Iterable[Exporter[CertificateOptions]]:
    """Return the exporter of certificates and register."""
    return [Certificates()]


@hookimpl
def oekoreport_templates() -> Iterable[TemplateFolder]:
    """Return the folder of the certificates' templates, and where a project's own logo and signatures go."""
    from oekoreport_award.wording import LOGOS, SIGNATURE

    return [TemplateFolder("award", shipped_templates("award"), (*LOGOS, SIGNATURE.format(number="*")))]


@hookimpl
def oekoreport_rulebooks() -> Iterable[Rulebook]:
    """Return the rulebook of the award's criteria: the product's, or those of ``templates/award/criteria.toml``."""
    from oekoreport.kit.law import declared_in, read_pack
    from oekoreport_award import rules_certificates, rules_criteria

    criteria = (shipped_templates("award") / "criteria.toml").read_text(encoding="utf-8")
    pack = read_pack(criteria, "award/criteria", declared_in("oekoreport_award"))
    rules = rules_in(rules_criteria, rules_certificates)
    return [Rulebook(name="award", title=_("Award criteria"), edition="1", rules=rules, packs=(pack,))]
