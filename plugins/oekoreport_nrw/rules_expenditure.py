"""Richtlinie ÖKOPROFIT: which expenditure counts, and up to what amount."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from oekoreport import (
    Allocation,
    Case,
    ExpenditureLine,
    ExpenditureType,
    Issue,
    NotApplicable,
    Project,
    TermsInRule,
    catalogue,
    euro,
    need,
    rule,
)
from oekoreport.kit.law import lines, may_be_eligible, parts, planned_to_cover
from oekoreport_nrw.rules_programme import in_guideline

_ = catalogue("oekoreport_nrw")

FEES = (ExpenditureType.LICENCE_FEE, ExpenditureType.USAGE_FEE)
NOT_PAID = {
    ExpenditureType.IN_KIND: "in_kind_eligible",
    ExpenditureType.INTERNAL_CHARGE: "internal_charges_eligible",
    ExpenditureType.APPLICATION: "application_costs_eligible",
}


@rule("NRW-OEK-5.5", _("Eligible parts state the type of expenditure"), basis=in_guideline("types"), each=parts)
def type_is_stated(part: Allocation, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """A part of a receipt that is to be eligible has a type of expenditure.

    Why: the guideline has maximums and exclusions by type; what has none passes them by.
    Fails: an eligible part without a type.
    Passes: an eligible part for consultancy; a part that is not eligible, with a type or without.
    """
    if not may_be_eligible(part, case):
        raise NotApplicable
    if part.expenditure_type is None:
        if part.stated("expenditure_type"):
            need(part, "expenditure_type")
        yield Issue(
            _("Part {part} does not state the type of expenditure.", part=part.key),
            "expenditure_type",
            hint=_("Choose the type of expenditure: consultancy, event, print and so on."),
        )


@rule(
    "NRW-OEK-5.5.2",
    _("What companies cover directly is not counted"),
    basis=in_guideline("covered_directly"),
    each=lines,
)
def covered_directly(line: ExpenditureLine, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """Expenditure that contributions of companies cover directly is neither planned nor counted as eligible.

    Why: it costs the municipality nothing; a grant on it would pay it twice.
    Fails: 30,000 planned, 20,000 of it as eligible, contributions of 30,000 planned to cover that line.
    Passes: 30,000 planned, none of it as eligible, contributions of 30,000 planned to cover that line.
    """
    covering = planned_to_cover(case.project, line.key)
    if not covering:
        raise NotApplicable
    if not terms["contributions_reduce_base"]:
        raise NotApplicable
    covered = sum((need(each, "planned") for each in covering), Decimal(0))
    eligible, left = need(line, "planned_eligible"), max(need(line, "planned") - covered, Decimal(0))
    if eligible > left:
        yield Issue(
            _(
                "“{line}”: {eligible} planned as eligible, although contributions directly cover all but {left}.",
                line=line.called,
                eligible=euro(eligible),
                left=euro(left),
            ),
            "planned_eligible",
            expected=_("at most {limit}", limit=euro(left)),
            hint=_("Remove what is covered directly from the eligible part, as set by the notice."),
        )


def _of_types(case: Case, types: tuple[ExpenditureType, ...]) -> list[Allocation]:
    return [part for part in parts(case) if part.expenditure_type in types]


@rule(
    "NRW-OEK-5.5.3",
    _("Only payments to third parties are counted"),
    basis=in_guideline("cash_only"),
    each=lambda case: _of_types(case, tuple(NOT_PAID)),
)
def cash_only(part: Allocation, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """Own work in kind, internal charges and the cost of the application are not in the eligible expenditure.

    Why: only money paid for the project counts; what the recipient charges itself is no expenditure.
    Fails: an internal charge of 500 that is to be eligible.
    Passes: the same with 0 stated as eligible.
    """
    if terms[NOT_PAID[need(part, "expenditure_type")]]:
        raise NotApplicable
    yield from _if_counted(part, case)


def _if_counted(part: Allocation, case: Case) -> Iterator[Issue]:
    eligible = case.figure(f"allocation.eligible/{part.key}")
    if eligible:
        yield Issue(
            _(
                "Part {part}: {eligible} is claimed as eligible, although “{type}” is not.",
                part=part.key,
                eligible=euro(eligible),
                type=need(part, "expenditure_type"),
            ),
            "eligible",
            expected=_("Eligible amount of 0"),
            hint=_("Enter 0 as the eligible amount, with the reason."),
        )


@rule("NRW-OEK-5.5.4", _("Events stay within their maximum"), basis=in_guideline("events"))
def events_within_cap(_project: Project, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """Kick-off and award event together count no more than the guideline allows.

    Why: what goes beyond is not eligible, on whichever line of the plan it stands.
    Fails: at most 1,500; kick-off 800 and award 900, all of it counted.
    Passes: at most 1,500; 1,820.70 spent on a line with a cap of 1,500.
    """
    limit = terms["events_cap"]
    yield from _above(limit, _counted(case, ExpenditureType.EVENT), ExpenditureType.EVENT)


@rule(
    "NRW-OEK-5.5.5",
    _("Licence and usage fees are not counted"),
    basis=in_guideline("fees"),
    each=lambda case: _of_types(case, FEES),
)
def fees_not_eligible(part: Allocation, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """Licence fees and usage fees are not in the eligible expenditure.

    Why: the guideline leaves them out, though the round cannot do without them.
    Fails: a licence fee of 1,200 on a line that is eligible.
    Passes: a licence fee on a line that is not eligible, or with 0 stated as eligible.
    """
    if terms["licence_fees_eligible"]:
        raise NotApplicable
    yield from _if_counted(part, case)


@rule("NRW-OEK-5.5.6", _("Brochure printing stays within its maximum"), basis=in_guideline("print"))
def print_within_cap(_project: Project, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """The print of the brochure counts no more than the guideline allows.

    Why: what goes beyond is not eligible, on whichever line of the plan it stands.
    Fails: at most 1,500; print for 1,800, all of it counted.
    Passes: at most 1,500; print for 1,468.04.
    """
    limit = terms["brochure_cap"]
    yield from _above(limit, _counted(case, ExpenditureType.PRINT), ExpenditureType.PRINT)


def _counted(case: Case, kind: ExpenditureType) -> Decimal:
    """Return what counts of a type of expenditure: its eligible parts on each line, at most the line's cap."""
    return sum((_counted_on(line, case, kind) for line in lines(case)), Decimal(0))


def _counted_on(line: ExpenditureLine, case: Case, kind: ExpenditureType) -> Decimal:
    on_line = [part for part in _of_types(case, (kind,)) if need(part, "line") == line.key]
    eligible = sum((case.figure(f"allocation.eligible/{part.key}") for part in on_line), Decimal(0))
    return min(eligible, need(line, "cap")) if line.stated("cap") else eligible


def _above(limit: Decimal, counted: Decimal, kind: ExpenditureType) -> Iterator[Issue]:
    if counted > limit:
        yield Issue(
            _(
                "“{type}”: {counted} counted as eligible; the maximum is {limit}.",
                type=kind,
                counted=euro(counted),
                limit=euro(limit),
            ),
            expected=_("at most {limit}", limit=euro(limit)),
            hint=_("Enter the maximum as the cap of the line, or state a lower eligible amount with its reason."),
        )
