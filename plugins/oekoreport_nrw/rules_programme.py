"""Richtlinie ÖKOPROFIT: who may receive how much, for which round."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from oekoreport import (
    Case,
    ExpenditureType,
    FinancingType,
    FundingSource,
    Grant,
    Issue,
    LegalKind,
    Message,
    Module,
    NotApplicable,
    Project,
    Publication,
    Recipient,
    Severity,
    TermsInRule,
    catalogue,
    euro,
    need,
    rule,
)
from oekoreport.kit.law import Citation, may_be_eligible, parts, the_grant

_ = catalogue("oekoreport_nrw")

GUIDELINE = "Richtlinie ÖKOPROFIT"
PUBLICITY = (ExpenditureType.PRINT, ExpenditureType.PUBLICITY)

COMPANY = re.compile(r"\b(g?GmbH|mbH|AG|KG|UG|GbR|e\.?\s?G\.?)(?!\w)")
"""Legal forms of private law in a recipient's name, as they are written: “Stadtwerke Muster GmbH”."""


def in_guideline(topic: str, by: str = "") -> Citation:
    """Return what a rule rests on: where the edition in force settles the topic, by a field of the project if named."""
    return Citation(GUIDELINE, "guideline", topic, by)


@rule(
    "NRW-OEK-3",
    _("The recipient may receive the grant"),
    basis=in_guideline("recipients"),
    each=lambda case: (case.project.recipient,) if case.project.recipient else (),
)
def who_may_receive(recipient: Recipient, _case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """The recipient is a municipality or an association of municipalities.

    Why: the guideline funds municipalities, their associations and their own undertakings; a company with a legal
    personality of its own may run the round for them, but cannot receive the grant, even if it is all theirs.
    Fails: a business development GmbH as the recipient, whether entered as municipal or not.
    Passes: a district.
    """
    if need(recipient, "legal_kind") is not LegalKind.MUNICIPAL:
        if terms["recipients_municipal_only"]:
            yield Issue(
                _("“{name}” is not municipal; the guideline funds municipalities only.", name=recipient.name or ""),
                "legal_kind",
                hint=_("Compare the recipient with the notice; correct the legal kind."),
            )
    elif COMPANY.search(recipient.name or "") and terms["recipients_municipal_only"]:
        yield Issue(
            _(
                "“{name}” is a company; even one that municipalities own may not receive the grant.",
                name=recipient.name,
            ),
            "name",
            hint=_("Enter the municipality that the notice is made out to."),
        )


@rule(
    "NRW-GRANT-CAP", _("The grant does not exceed the guideline’s maximum"), basis=in_guideline("grant"), each=the_grant
)
def grant_within_cap(grant: Grant, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """The grant is no more than the guideline allows for the module; of the club module, for each year of the project.

    Why: an amount above it is mistyped, or the module is another.
    Fails: entry module, at most 25,000, grant of 26,000.
    Passes: entry module, at most 25,000, grant of 20,000.
    """
    module, cap = need(case.project, "module"), need(grant, "cap")
    limit = terms[f"grant_cap_{module}"]
    if module is Module.CLUB:
        limit *= min(_years(case.project), int(terms["club_years_maximum"]))
    if cap > limit:
        yield Issue(
            _(
                "The grant is {cap}; the maximum for “{module}” is {limit}.",
                cap=euro(cap),
                module=module,
                limit=euro(limit),
            ),
            "cap",
            expected=_("at most {limit}", limit=euro(limit)),
            found=Message("{spent}", spent=euro(cap)),
            hint=_("Compare amount and module with the notice."),
        )


def _years(project: Project) -> int:
    """Return how many years the project lasts, to the nearest, at least one."""
    days: int = (need(project, "ends_on") - need(project, "starts_on")).days
    return max(1, round(days / 365))


@rule(
    "NRW-RATE-MAX", _("The rate does not exceed the guideline’s maximum"), basis=in_guideline("grant"), each=the_grant
)
def rate_within_guideline(grant: Grant, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """The rate of share financing is no more than the guideline allows.

    Why: a rate above it is mistyped; the grant due would be too high.
    Fails: rate 90 %, at most 80 %.
    Passes: rate 80 %, at most 80 %; special projects have a rate of their own and are not judged.
    """
    if need(grant, "financing_type") is not FinancingType.SHARE or need(case.project, "module") is Module.SPECIAL:
        raise NotApplicable
    limit, rate = terms["rate_max"], need(grant, "rate")
    if rate > limit:
        yield Issue(
            _("The rate is {rate} %; the maximum is {limit} %.", rate=rate, limit=limit),
            "rate",
            hint=_("Compare the rate with the notice."),
        )


@rule(
    "NRW-OEK-4.6",
    _("Publications name the grant"),
    basis=in_guideline("publicity"),
    each=lambda case: case.project.publications,
)
def grant_is_named(publication: Publication, _case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """Every publication on the project says that the Land funds it.

    Why: the guideline asks for it, and specimens are kept for the audit.
    Fails: a brochure without the funding notice.
    Passes: a press release with it.
    """
    if not need(publication, "funding_notice") and terms["funding_notice_required"]:
        yield Issue(
            _(
                "“{title}” ({medium}) does not name the grant.",
                title=publication.title or "",
                medium=publication.medium or "",
            ),
            "funding_notice",
            hint=_("Add the notice if that is still possible; otherwise inform the authority."),
        )


@rule("NRW-OEK-4.6-SHOWN", _("Publicity that was paid for is shown"), basis=in_guideline("publicity"))
def publicity_is_shown(project: Project, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """Where print or publicity is to be eligible, there is a publication that names the grant.

    Why: the guideline asks that publicity names the Land's funding, and for specimens; without one nobody can tell.
    Fails: 500 for a flyer, all of it eligible, and no publication; one that does not name the grant.
    Passes: 500 for a flyer, and the flyer among the publications, naming the grant; no publicity paid for.
    """
    paid = [part for part in parts(case) if part.expenditure_type in PUBLICITY and may_be_eligible(part, case)]
    if not paid:
        raise NotApplicable
    if not any(each.funding_notice for each in project.publications) and terms["funding_notice_required"]:
        yield Issue(
            _("Publicity is counted as eligible, but no publication is entered that names the grant."),
            "expenditure_type",
            at=paid[0],
            hint=_("Enter what was published, with medium and date, and whether it names the grant."),
        )


@rule(
    "NRW-OEK-4.3",
    _("An own share remains despite donations"),
    basis=in_guideline("donations"),
    severity=Severity.WARNING,
    each=the_grant,
)
def own_share_beside_donations(_grant: Grant, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """Donations leave the share that the guideline asks for to the recipient; those that do not reduce the grant.

    Why: earmarked donations stay out of account as far as an own share of the eligible expenditure remains; whether
    they do at all, the authority decides.
    Fails: at least 10 %, eligible 25,000, a donation of 3,000 of which 500 leave an own share of 2,500.
    Passes: at least 10 %, eligible 25,000, a donation of 500 that does; without a donation nothing is judged.
    """
    if not any(income.source is FundingSource.DONATION for income in case.project.incomes):
        raise NotApplicable
    least, left_out = terms["own_share_minimum"], case.figure("settlement.disregarded")
    counted: Decimal = case.figure("settlement.donations") - left_out
    if counted > 0:
        yield Issue(
            _(
                "Of donations of {donations}, {left_out} stay out of account, so that {least} % of the eligible "
                "expenditure remain as own share; {counted} count as cover funds.",
                donations=euro(left_out + counted),
                left_out=euro(left_out),
                least=least,
                counted=euro(counted),
            ),
            hint=_("Notify the authority of the donations; the grant due is already reduced by them."),
        )
