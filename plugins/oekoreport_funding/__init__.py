"""The papers of a grant, whatever the Land: what goes to the authority, and the audit memo, which does not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from oekoreport import Exporter, TemplateFolder, hookimpl, shipped_templates


@hookimpl
def oekoreport_exporters() -> Iterable[Exporter[Any]]:
    """Return the exporters: reports, drawdown requests, payout overview, questions to the authority, audit memo."""
    from oekoreport_funding.audit_memo import AuditMemo
    from oekoreport_funding.authority_questions import AuthorityQuestions
    from oekoreport_funding.drawdown_request import DrawdownRequest
    from oekoreport_funding.funding_report import FundingReport
    from oekoreport_funding.interim_report import InterimReport
    from oekoreport_funding.payout_overview import PayoutOverview

    return [
        FundingReport(),
        InterimReport(),
        DrawdownRequest(),
        PayoutOverview(),
        AuthorityQuestions(),
        AuditMemo(),
    ]


@hookimpl
def oekoreport_templates() -> Iterable[TemplateFolder]:
    """Return the folder of the papers' templates."""
    return [TemplateFolder("funding", shipped_templates("funding"))]
