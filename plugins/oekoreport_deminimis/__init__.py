"""De minimis aid: is the ceiling kept, and what is each company to be handed?

Optional: without an aid in the project no rule applies and no document is made. Whether taking part in a round is aid
is not confirmed by the guideline; whoever enters aid with "by this round" decides that it is.
"""

from __future__ import annotations

from collections.abc import Iterable

from oekoreport import Exporter, NoOptions, Rulebook, TemplateFolder, hookimpl, shipped_templates


@hookimpl
def oekoreport_rulebooks() -> Iterable[Rulebook]:
    """Return the rulebook with both regulations."""
    from oekoreport_deminimis.rulebook import RULEBOOK

    return [RULEBOOK]


@hookimpl
def oekoreport_exporters() -> Iterable[Exporter[NoOptions]]:
    """Return the exporter of the certificates of aid."""
    from oekoreport_deminimis.certificates import AidCertificates

    return [AidCertificates()]


@hookimpl
def oekoreport_templates() -> Iterable[TemplateFolder]:
    """Return the folder of the certificate's template."""
    return [TemplateFolder("deminimis", shipped_templates("deminimis"))]
