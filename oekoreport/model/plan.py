"""The financing plan: what was to be spent on what, and from which money."""

from __future__ import annotations

from oekoreport.language import catalogue
from oekoreport.model.codes import Code
from oekoreport.model.fields import Flag, Money, Text
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

    title: Text = field(_("Title"), _("The line as the plan names it."), example="Beiträge der Betriebe", required=True)
    source: FundingSource | None = field(_("Kind"), _("Where the money comes from."), example="third", required=True)
    planned: Money = field(
        _("Planned"), _("The amount in the approved plan."), example="30000.00", unit="EUR", required=True
    )
    covers: Text = field(
        _("Covers line"),
        _(
            "The expenditure line that it is planned to cover directly; both amounts are deducted from the "
            "eligible base."
        ),
        example="2",
        refers="expenditure_line",
    )


class ExpenditureLine(Noun):
    """A line of planned expenditure (Ausgabenansatz, Einzelansatz)."""

    kind = "expenditure_line"
    label = _("Expenditure line")
    parent = "plan"

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
