"""Income: does it say of which expenditure it is, as the plan does?"""

from __future__ import annotations

from collections.abc import Iterator

from oekoreport import PRODUCT, Case, Income, Issue, NotApplicable, TermsInRule, catalogue, need, rule
from oekoreport.kit.law import lines

_ = catalogue("oekoreport_data")


@rule(
    "CORE-COVERS", _("Income covers the line that the plan says"), basis=PRODUCT, each=lambda case: case.project.incomes
)
def covers_as_planned(income: Income, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """Income covers the expenditure line that its line of the plan covers, and the plan in force has that line.

    Income that says nothing covers what its line of the plan covers.

    Why: money that covers a line directly leaves the base with that line; on the wrong line it lowers the grant twice.
    Fails: the fees' line of the plan covers line 2, a fee covers line 3.
    Passes: the fees' line of the plan covers line 2, a fee covers line 2 or says nothing.
    """
    if not income.stated("covers"):
        raise NotApplicable
    covers = need(income, "covers")
    plan = case.project.plan
    planned = next((line for line in plan.income if line.key == income.income_line), None) if plan else None
    if covers not in [line.key for line in lines(case)]:
        yield Issue(
            _(
                "Income {income} covers line “{line}”, which the plan in force does not have.",
                income=income.key,
                line=covers,
            ),
            "covers",
            hint=_("Enter a line of the plan approved last, or leave it empty: then the plan’s income line decides."),
        )
    elif planned is not None and planned.stated("covers") and need(planned, "covers") != covers:
        yield Issue(
            _(
                "Income {income} covers line “{line}”, but by the plan “{title}” covers line “{planned}” ({place}).",
                income=income.key,
                line=covers,
                title=planned.called,
                planned=planned.covers,
                place=case.origins.place(planned.identity, "covers"),
            ),
            "covers",
            expected=planned.covers,
            found=covers,
            hint=_("Correct one of the two; if it is empty here, the plan’s income line decides."),
        )
