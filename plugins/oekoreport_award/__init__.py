"""The award at the end of a round: certificates for the sites that earned one, and the register of all decisions."""

from __future__ import annotations

from collections.abc import Iterable

from oekoreport import Exporter, Rulebook, TemplateFolder, hookimpl, shipped_templates
from oekoreport_award.certificates import CertificateOptions, Certificates


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
    """Return the rulebook of the award's criteria."""
    from oekoreport_award.rulebook import RULEBOOK

    return [RULEBOOK]
