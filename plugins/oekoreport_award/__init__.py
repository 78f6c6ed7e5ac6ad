"""The award at the end of a round: certificates for the sites that earned one, and the register of all decisions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from oekoreport import Exporter, Pack, Rulebook, TemplateFolder, catalogue, hookimpl, rules_in, shipped_templates
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
    from oekoreport_award import rules_certificates, rules_criteria

    rules = rules_in(rules_criteria, rules_certificates)
    return [Rulebook(name="award", title=_("Award criteria"), edition="1", rules=rules, packs=(_criteria(),))]


def _criteria() -> Pack:
    """Return the product's criteria; whoever decides on the awards settles them, not the authority."""
    from oekoreport.kit.law import declared_in, read_pack

    text = (shipped_templates("award") / "criteria.toml").read_text(encoding="utf-8")
    pack = read_pack(text, "award/criteria", declared_in("oekoreport_award"))
    settled_by = _(
        'Set it in templates/award/criteria.toml of the project folder, with its source and status = "confirmed".'
    )
    parameters = {name: replace(each, settled_by=settled_by) for name, each in pack.parameters.items()}
    return replace(pack, parameters=parameters)
