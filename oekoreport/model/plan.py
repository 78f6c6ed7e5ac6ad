"""The financing plan: what was to be spent on what, and from which money.

A later notice may approve a later version; the plan in force is the one whose notice has the latest day. Each version
numbers its lines for itself. The same number is the same line, unless ``continues`` says otherwise. A line of the plan
in force has its number as key, one of another version has its plan's key before it: ``FP1/3``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeAlias

from oekoreport.language import catalogue
from oekoreport.model.codes import Code
from oekoreport.model.fields import Flag, Money, Text
from oekoreport.model.notice import Notice
from oekoreport.model.noun import Noun, field

_ = catalogue("oekoreport")


class FundingSource(Code):
    """Where money comes from."""

    OWN = "own", _("Own funds")
    THIRD = "third", _("Contributions of third parties")
    PUBLIC = "public", _("Other public funding")
    DONATION = "donation", _("Donations")
    GRANT = "grant", _("Grant of the Land")
    REFUND = "refund", _("Refunds")


class IncomeLine(Noun):
    """A line of planned income (Einnahmenansatz)."""

    kind = "income_line"
    label = _("Income line")
    parent = "plan"
    scoped = True

    title: Text = field(_("Title"), _("The line as the plan names it."), example="Beiträge der Betriebe", required=True)
    source: FundingSource | None = field(_("Kind"), _("Where the money comes from."), example="third", required=True)
    planned: Money = field(
        _("Planned"), _("The amount in the approved plan."), example="30000.00", unit="EUR", required=True
    )
    covers: Text = field(
        _("Covers line"),
        _(
            "The expenditure line that it is planned to cover directly; both amounts are deducted from the "
            "eligible base, except those of a donation."
        ),
        example="2",
        refers="expenditure_line",
    )
    continues: Text = field(
        _("Continues"),
        _(
            "The line of the plan before that this one continues, if its key was another there; “new” if it had no "
            "such line, though the key was used."
        ),
        example="E2",
        refers="income_line",
    )


class ExpenditureLine(Noun):
    """A line of planned expenditure (Ausgabenansatz, Einzelansatz)."""

    kind = "expenditure_line"
    label = _("Expenditure line")
    parent = "plan"
    scoped = True

    title: Text = field(_("Title"), _("The line as the plan names it."), example="Beratung", required=True)
    planned: Money = field(
        _("Planned total"), _("The whole amount in the approved plan."), example="18500.00", unit="EUR", required=True
    )
    planned_eligible: Money = field(
        _("Of which eligible"),
        _("Its eligible part; 0 for a line that is not eligible."),
        example="18500.00",
        unit="EUR",
        required=True,
    )
    cap: Money = field(
        _("Cap of the line"),
        _("The maximum that is eligible on this line, if guideline or notice sets one."),
        example="1500.00",
        unit="EUR",
    )
    input_tax_deductible: Flag = field(
        _("Input tax deductible"),
        _("“Yes” if the recipient deducts input tax: then net amounts count."),
        example=False,
        default=False,
    )
    continues: Text = field(
        _("Continues"),
        _(
            "The line of the plan before that this one continues, if its key was another there; “new” if it had no "
            "such line, though the key was used."
        ),
        example="3",
        refers="expenditure_line",
    )


Line: TypeAlias = IncomeLine | ExpenditureLine

NEW = ("new", "neu")
"""What stands in ``continues`` of a line that no line of the plan before became, though that has one of its key."""


class FinancingPlan(Noun):
    """A version of the financing plan (Finanzierungsplan) with the notice that approved it."""

    kind = "plan"
    label = _("Financing plan")

    notice: Text = field(
        _("Approved by"), _("The notice that approved this version."), example="B1", required=True, refers="notice"
    )
    remark: Text = field(_("Remark"), _("What changed against the version before."), example="Erste Fassung")

    income: tuple[IncomeLine, ...] = ()
    expenditure: tuple[ExpenditureLine, ...] = ()


class Version(NamedTuple):
    """The lines of one kind in one version of the plan, with the plan's key."""

    plan: str
    lines: Sequence[Line]

    def number(self, line: Line) -> str:
        """Return the key that a line has within its plan."""
        return line.key.removeprefix(f"{self.plan}/")


def by_day(plans: Iterable[FinancingPlan], notices: Iterable[Notice]) -> tuple[FinancingPlan, ...]:
    """Return plans by the day of their notices, those of one day as they come; the last one is in force.

    None is returned where there are several and the day of one is unknown: nobody can tell which holds.
    """
    plans, days = tuple(plans), {notice.key: notice.date for notice in notices}
    dated = [(days.get(plan.notice or ""), plan) for plan in plans]
    if len(plans) > 1 and any(day is None for day, _plan in dated):
        return ()
    return tuple(plan for _day, plan in sorted(dated, key=lambda each: each[0] or date.min))


def in_plan(plan: str, number: str) -> str:
    """Return the key of a line of a plan that is not in force."""
    return number if number.startswith(f"{plan}/") else f"{plan}/{number}"


def lineage(versions: Sequence[Version]) -> list[Mapping[str, str]]:
    """Return for each version, oldest first, which of its lines each line of the last version is; by key.

    A line that a version did not have yet is missing there.
    """
    found: list[Mapping[str, str]] = [{line.key: line.key for line in versions[-1].lines}] if versions else []
    for older, newer in zip(reversed(versions[:-1]), reversed(versions[1:]), strict=True):
        step = _step(newer, older)
        found.append({key: step[line] for key, line in found[-1].items() if line in step})
    return found[::-1]


def _step(newer: Version, older: Version) -> dict[str, str]:
    """Return which line of the older version each line of the newer one is: the named one, else that of its number."""
    named = {line.continues for line in newer.lines}
    numbered = {older.number(line): line.key for line in older.lines if line.key not in named}
    before = {
        line.key: line.continues if line.stated("continues") else numbered.get(newer.number(line))
        for line in newer.lines
    }
    return {key: line for key, line in before.items() if line is not None}
