"""The financing plan: does it balance, and was it kept?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from oekoreport.findings import Severity
from oekoreport.language import Message, catalogue
from oekoreport.model.income import Income
from oekoreport.model.plan import ExpenditureLine, FinancingPlan
from oekoreport.model.receipt import Allocation
from oekoreport.rules import Case, Issue, NotApplicable, TermsInRule, need
from oekoreport.rules.provisions.provision import provision
from oekoreport.rules.provisions.subjects import after_the_period, lines, parts, plan_in_force, the_plan
from oekoreport.units import euro

_ = catalogue("oekoreport")

UNDERSPENT = Decimal(25)
"""Per cent below plan from which a line wants an explanation: a setting of the product, no law has it."""


@provision(_("The financing plan balances"), each=the_plan)
def plan_is_balanced(_plan: FinancingPlan, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """Income planned and expenditure planned are the same.

    Why: a plan that does not balance was not approved like this; a line is missing or mistyped.
    Fails: income 60,000, expenditure 59,000.
    Passes: income 60,000, own funds among it, expenditure 60,000.
    """
    income, expenditure = case.figure("income.planned"), case.figure("expenditure.planned")
    if income != expenditure:
        yield Issue(
            _(
                "The plan has an income of {income} and an expenditure of {expenditure}.",
                income=euro(income),
                expenditure=euro(expenditure),
            ),
            expected=Message("{amount}", amount=euro(expenditure)),
            found=Message("{amount}", amount=euro(income)),
            hint=_("Compare the lines with the plan that the notice approved; own funds are a line of the plan too."),
        )


@provision(_("Lines stay within the tolerance"), each=lines)
def line_within_tolerance(line: ExpenditureLine, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """No expenditure line exceeds its plan by more than the tolerance, and the other lines save what it exceeds.

    Why: the plan's total binds; a line may exceed its plan only so far, and only if other lines save as much.
    Fails: planned 1,000, spent 1,250, tolerance 20 %.
    Passes: planned 1,000, spent 1,200, saved elsewhere 200.
    """
    tolerance = terms["line_tolerance"]
    planned, spent = need(line, "planned"), case.figure(f"line.spent/{line.key}")
    if spent <= planned:
        return
    limit = planned * (100 + tolerance) / 100
    if spent > limit:
        yield Issue(
            _(
                "“{line}”: {spent} spent; {limit} is allowed including the tolerance.",
                line=line.called,
                spent=euro(spent),
                limit=euro(limit),
            ),
            "planned",
            expected=_("at most {limit}", limit=euro(limit)),
            found=Message("{spent}", spent=euro(spent)),
            hint=_("Check how receipts are assigned, or ask for the authority’s consent and enter it as a waiver."),
        )
    else:
        yield from _saved_elsewhere(line, spent - planned, case)


def _saved_elsewhere(line: ExpenditureLine, excess: Decimal, case: Case) -> Iterator[Issue]:
    over, saved = _over_and_saved(case)
    if over > saved:
        yield Issue(
            _(
                "“{line}”: {own} over plan; all lines together exceed their plan by {over} and save {saved}.",
                line=line.called,
                own=euro(excess),
                over=euro(over),
                saved=euro(saved),
            ),
            "planned",
            hint=_(
                "The excess not saved on other lines must be paid by the recipient, or needs the authority’s consent."
            ),
        )


def _over_and_saved(case: Case) -> tuple[Decimal, Decimal]:
    """Return by how much all lines together exceed their plan, and how much they leave of it."""
    deviations = [case.figure(f"line.deviation/{line.key}") for line in lines(case)]
    over = sum((value for value in deviations if value > 0), Decimal(0))
    return over, -sum((value for value in deviations if value < 0), Decimal(0))


@provision(_("The plan’s total is not exceeded"), each=the_plan)
def total_within_plan(_plan: FinancingPlan, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """Not more is spent than the plan has in total.

    Why: the financing plan binds in its total; what goes beyond it is the recipient's own affair.
    Fails: planned 60,000, spent 60,500.
    Passes: planned 60,000, spent 59,428.54.
    """
    planned, spent = case.figure("expenditure.planned"), case.figure("expenditure.spent")
    if spent > planned:
        yield Issue(
            _("{spent} spent, {planned} planned in total.", spent=euro(spent), planned=euro(planned)),
            expected=_("at most {limit}", limit=euro(planned)),
            found=Message("{spent}", spent=euro(spent)),
            hint=_("Check for receipts entered twice; ask for the authority’s consent where the total was exceeded."),
        )


@provision(_("Large underspending is explained"), severity=Severity.WARNING, each=lines)
def line_underspent(line: ExpenditureLine, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """After the approval period, no line lies more than 25 % below its plan without a word.

    Why: the authority will ask for the reason; it belongs into the narrative report, and a note here keeps it.
    Fails: planned 2,500, spent 1,820.70.
    Passes: planned 2,500, spent 1,875; nothing is judged while the approval period runs.
    """
    planned = need(line, "planned")
    if case.project.grant is None or planned == 0:
        raise NotApplicable
    after_the_period(case)
    spent = case.figure(f"line.spent/{line.key}")
    rate = (spent - planned) * 100 / planned
    if rate < -UNDERSPENT:
        yield Issue(
            _(
                "“{line}”: {spent} of {planned} spent, a deviation of {rate} %.",
                line=line.called,
                spent=euro(spent),
                planned=euro(planned),
                rate=rate.quantize(Decimal("0.1")),
            ),
            "planned",
            hint=_("Explain it in the narrative report, under deviations; then enter an internal note as a waiver."),
        )


@provision(_("Receipts belong to lines of the plan in force"), each=parts)
def parts_on_lines_in_force(part: Allocation, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """Every part of a receipt is on an expenditure line of the financing plan in force.

    Why: what is on a line of an older plan is in no total of the settlement.
    Fails: a part on line 3a of the first plan, which the amended plan no longer has.
    Passes: a part on line 3 of the plan in force.
    """
    key = need(part, "line")
    if key not in [line.key for line in lines(case)]:
        yield Issue(
            _("Part {part} belongs to line “{line}”, which the plan in force does not have.", part=part.key, line=key),
            "line",
            hint=_(
                "Assign it to a line of the plan approved last, or name its line under “Continues” on the line that "
                "took its place."
            ),
        )


@provision(_("Income belongs to lines of the plan in force"), each=lambda case: case.project.incomes)
def income_on_lines_in_force(income: Income, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """All money received is on an income line of the plan in force, and of that line's kind.

    Why: the report sets income against the plan line by line; a donation among the fees hides new cover funds.
    Fails: a donation on the line of the companies' contributions; income on a line of an older plan.
    Passes: a contribution on the line of the companies' contributions.
    """
    key, source = need(income, "income_line"), need(income, "source")
    line = next((line for line in plan_in_force(case).income if line.key == key), None)
    if line is None:
        yield Issue(
            _(
                "Income {income} belongs to line “{line}”, which the plan in force does not have.",
                income=income.key,
                line=key,
            ),
            "income_line",
            hint=_(
                "Assign it to a line of the plan approved last, or name its line under “Continues” on the line that "
                "took its place."
            ),
        )
    elif need(line, "source") is not source:
        yield Issue(
            _(
                "Income {income} is “{source}”, but its line “{line}” is planned as “{planned}”.",
                income=income.key,
                source=source,
                line=line.called,
                planned=line.source,
            ),
            "source",
            hint=_("Correct its kind or its line; notify the authority of income that the plan does not have."),
        )


@provision(_("Planned amounts keep within the caps of lines"), each=lines)
def position_cap(line: ExpenditureLine, _case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """The eligible part of a line is not planned above the line's cap.

    Why: the settlement counts no more than the cap; a plan above it promises a grant that will not come.
    Fails: cap 1,500, planned as eligible 2,500.
    Passes: cap 1,500, planned in total 2,500, of which 1,500 eligible; a line without a cap is not judged.
    """
    if line.cap is None and not line.stated("cap"):
        raise NotApplicable
    cap, eligible = need(line, "cap"), need(line, "planned_eligible")
    if eligible > cap:
        yield Issue(
            _(
                "“{line}”: {eligible} planned as eligible; the maximum is {cap}.",
                line=line.called,
                eligible=euro(eligible),
                cap=euro(cap),
            ),
            "planned_eligible",
            expected=_("at most {limit}", limit=euro(cap)),
            found=Message("{spent}", spent=euro(eligible)),
            hint=_("Correct the eligible part to match the notice; the rest must be paid from other funds."),
        )
