"""Grants of Nordrhein-Westfalen: what its law asks for, and the documents that go to the authority."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from oekoreport import Exporter, Rulebook, TemplateFolder, hookimpl, shipped_templates


@hookimpl
def oekoreport_rulebooks() -> Iterable[Rulebook]:
    """Return the rulebooks of this Land with the editions of its law."""
    from oekoreport_nrw.rulebook import RULEBOOKS

    return RULEBOOKS


@hookimpl
def oekoreport_exporters() -> Iterable[Exporter[Any]]:
    """Return the exporters: what goes to the authority, and the audit memo, which does not."""
    from oekoreport_nrw.audit_memo import AuditMemo
    from oekoreport_nrw.drawdown_request import DrawdownRequest
    from oekoreport_nrw.funding_report import FundingReport
    from oekoreport_nrw.interim_report import InterimReport
    from oekoreport_nrw.payout_overview import PayoutOverview

    return [FundingReport(), InterimReport(), DrawdownRequest(), PayoutOverview(), AuditMemo()]


@hookimpl
def oekoreport_templates() -> Iterable[TemplateFolder]:
    """Return the folder of the Word templates."""
    return [TemplateFolder("nrw", shipped_templates("nrw"))]
