"""The grant: does it agree with notices and plan, and do the right conditions go with it?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from oekoreport.figures import exact_rate, explained_by_rounding
from oekoreport.findings import Severity
from oekoreport.language import Message, catalogue
from oekoreport.law import Instrument, instrument_of, named_in, usual_for
from oekoreport.model.grant import FinancingType, Grant
from oekoreport.model.notice import Notice, NoticeKind
from oekoreport.model.recipient import LegalKind
from oekoreport.rules import Case, Issue, NotApplicable, TermsInRule, Undecided, need
from oekoreport.rules.provisions.provision import Provision, provision
from oekoreport.rules.provisions.subjects import the_grant
from oekoreport.units import euro

_ = catalogue("oekoreport")


@provision(_("The notices add up to the grant"), each=the_grant)
def notices_make_the_grant(grant: Grant, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """The amounts of all notices make the grant's maximum.

    Why: the report's head adds up the notices; a missing amendment or revocation makes it wrong.
    Fails: notice of 20,000, partial revocation of -1,000, maximum 20,000.
    Passes: notice of 20,000, amendment of 0, maximum 20,000.
    """
    granted, cap = case.figure("settlement.granted"), need(grant, "cap")
    if granted != cap:
        yield Issue(
            _("The notices add up to {granted}; the maximum grant is {cap}.", granted=euro(granted), cap=euro(cap)),
            "cap",
            expected=Message("{amount}", amount=euro(granted)),
            found=Message("{amount}", amount=euro(cap)),
            hint=_("Enter every notice with its amount, a revocation with a minus sign; correct the maximum."),
        )


@provision(_("The grant matches rate and plan"), each=the_grant)
def grant_by_rate_of_plan(grant: Grant, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """The grant of share financing is no more than the rate of the eligible expenditure planned.

    Why: rate, plan and amount come from one notice; where they contradict each other, one of them is mistyped. A
    difference that the rounding of the printed rate explains is none.
    Fails: 80 % of 24,000 eligible, grant of 20,000.
    Passes: 80 % of 25,000 eligible, grant of 20,000; 74.3 % of 416,976 eligible, grant of 310,000 (74.345 %).
    """
    if need(grant, "financing_type") is not FinancingType.SHARE:
        raise NotApplicable
    cap, rate = need(grant, "cap"), need(grant, "rate")
    eligible = case.figure("expenditure.planned_eligible")
    share = eligible * rate / 100
    if cap > share and not explained_by_rounding(rate, cap, eligible):
        yield Issue(
            _(
                "The grant is {cap}; {rate} % of the {eligible} planned as eligible is {share}.",
                cap=euro(cap),
                rate=rate,
                eligible=euro(eligible),
                share=euro(share),
            ),
            "cap",
            expected=Message("{rate} %", rate=rate),
            found=Message("{rate} %", rate=exact_rate(rate, cap, eligible)) if eligible else None,
            hint=_("Compare rate, maximum and the eligible part of each line with the notice."),
        )


@provision(_("The grant is above the minimum"), each=the_grant)
def above_the_minimum(grant: Grant, _case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """The grant is not below the amount from which grants are made at all (Bagatellgrenze), or above it by some laws.

    Why: an amount below it is mistyped, or the notice has a reason that belongs on file.
    Fails: at least 2,000, grant of 1,500; more than 10,000, grant of 10,000.
    Passes: at least 2,000, grant of 20,000; at least 12,500, grant of 12,500.
    """
    least, cap = terms["minimum_grant"], need(grant, "cap")
    hint = _("Compare the amount with the notice.")
    if cap < least:
        yield Issue(
            _("The grant is {cap}; the minimum is {least}.", cap=euro(cap), least=euro(least)),
            "cap",
            expected=_("at least {least}", least=euro(least)),
            hint=hint,
        )
    elif cap == least and terms["minimum_grant_exceeded"]:
        yield Issue(
            _("The grant is {cap}; it has to be more than the minimum of {least}.", cap=euro(cap), least=euro(least)),
            "cap",
            expected=_("more than {least}", least=euro(least)),
            hint=hint,
        )


@provision(_("Grant and income do not exceed expenditure"), each=the_grant)
def no_surplus(grant: Grant, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """Money received and grant due are no more than was spent: nobody earns on a grant.

    Why: own funds are what remains; where they come out below zero, the project was financed beyond its cost.
    Fails: spent 1,500, contributions 600, grant due 1,000.
    Passes: spent 1,500, contributions 200, grant due 1,200; a fixed amount that stays, because nothing limits it.
    """
    case.figure("settlement.grant_due")  # where it is open, that is the question, and not what remains
    own = case.figure("settlement.own_funds")
    if own < 0:
        if need(grant, "financing_type") is FinancingType.FIXED and not terms["fixed_amount_limited"]:
            raise NotApplicable
        yield Issue(
            _(
                "Grant and income exceed the expenditure of {spent} by {surplus}.",
                spent=euro(case.figure("expenditure.spent")),
                surplus=euro(-own),
            ),
            hint=_("Check whether income is entered twice; notify the authority of new income."),
        )


def conditions_of_recipient(instruments: Sequence[Instrument]) -> Provision:
    """Return the provision that a notice has the conditions attached that are usual for the recipient's kind."""

    @provision(_("The attached conditions match the recipient"), severity=Severity.WARNING, each=_grant_notices)
    def conditions_attached(notice: Notice, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
        """The notice has the general conditions attached that are for recipients of this kind.

        What is attached holds, and is what the grant is judged by; conditions that this Land does not have cannot be.

        Why: municipal recipients and others have conditions of their own, with other deadlines and other numbers; what
        is unusual is a slip of the notice, or of the data, or has a reason that belongs on file.
        Fails: a district whose notice has ANBest-P attached; a notice with “ANBest-Gk”, which the Land does not have.
        Passes: a district whose notice has ANBest-G attached; a notice that names none is judged by its day.
        """
        if not notice.stated("conditions"):
            raise NotApplicable
        if case.project.recipient is None:
            raise Undecided(_("There is no recipient."))
        kind = need(case.project.recipient, "legal_kind")
        usual = usual_for(case.project, instruments)
        if usual is None:
            raise NotApplicable
        text, followed = need(notice, "conditions"), instrument_of(case.project, instruments) or usual
        named = named_in(text, instruments)
        if usual not in named:
            yield _unusual(text, kind, followed.name, usual.name) if named else _not_known(text, followed.name)

    return conditions_attached


def _unusual(text: str, kind: LegalKind, followed: str, usual: str) -> Issue:
    return Issue(
        _(
            "“{attached}” is attached; usual for “{kind}” is {expected}. The grant is judged by {followed}.",
            attached=text,
            kind=kind,
            expected=usual,
            followed=followed,
        ),
        "conditions",
        expected=usual,
        found=text,
        hint=_("Compare it with the notice, and the recipient’s legal kind; ask the authority if both are right."),
    )


def _not_known(text: str, followed: str) -> Issue:
    return Issue(
        _(
            "“{attached}” names no general conditions that are known here; the grant is judged by {followed}.",
            attached=text,
            followed=followed,
        ),
        "conditions",
        expected=followed,
        found=text,
        hint=_(
            "Write the short name as in the notice, for example {followed}; check other conditions by hand.",
            followed=followed,
        ),
    )


def _grant_notices(case: Case) -> list[Notice]:
    return [notice for notice in case.project.notices if notice.notice_kind is NoticeKind.GRANT]
