"""Drawdowns: when the grant may be called, and how much of it."""

from __future__ import annotations

from collections.abc import Iterator

from oekoreport import (
    Case,
    Drawdown,
    Grant,
    Issue,
    NotApplicable,
    NoticeKind,
    TermsInRule,
    Undecided,
    catalogue,
    euro,
    need,
    rule,
)
from oekoreport_nrw.rules_period import grant_of

_ = catalogue("oekoreport_nrw")


@rule(
    "NRW-DRAWDOWN",
    _("Money is called after the notice is final"),
    basis="Nebenbestimmungen NRW: Mittelabruf",
    each=lambda case: case.project.drawdowns,
)
def after_final_notice(drawdown: Drawdown, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """No part of the grant is called before the grant notice is final.

    Why: until then the notice can be contested, and nothing is paid out.
    Fails: final on 15.02.2024, called on 12.02.2024.
    Passes: final on 15.02.2024, called on 15.02.2024 or later.
    """
    if not terms["drawdown_after_final"]:
        raise NotApplicable
    notice = next((notice for notice in case.project.notices if notice.notice_kind is NoticeKind.GRANT), None)
    if notice is None:
        raise Undecided(_("There is no grant notice."))
    called, final = need(drawdown, "requested_on"), need(notice, "final_on")
    if called < final:
        yield Issue(
            _(
                "Drawdown {drawdown} was called on {called}; the notice is final on {final}.",
                drawdown=drawdown.key,
                called=called,
                final=final,
            ),
            "requested_on",
            hint=_("Compare both days; a waiver of legal remedies makes a notice final earlier."),
        )


@rule(
    "NRW-PAID-OUT",
    _("No more is paid out than granted"),
    basis="Zuwendungsbescheid",
    each=lambda case: (grant_of(case),) if case.project.drawdowns else (),
)
def paid_out_at_most(_grant: Grant, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """All drawdowns together are no more than the notices grant.

    Why: a drawdown entered twice shows here; repayment and the report's head would be wrong.
    Fails: granted 20,000, paid out 9,000 and 12,000.
    Passes: granted 20,000, paid out 9,000 and 10,040.67.
    """
    granted, paid_out = case.figure("settlement.granted"), case.figure("settlement.paid_out")
    if paid_out > granted:
        yield Issue(
            _("{paid_out} paid out, {granted} granted.", paid_out=euro(paid_out), granted=euro(granted)),
            hint=_("Compare the drawdowns with the bank statements; enter each of them once."),
        )
