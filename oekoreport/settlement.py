"""Plan against actual, and the grant due: every step is a figure.

What counts as spent is what was paid. Net amounts count on a line whose input tax is deducted. Own funds are what
remains.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from oekoreport.figures import ZERO, Chapter, FieldRef, Figures, Value, greatest, least, read, total, unknown
from oekoreport.language import catalogue
from oekoreport.model import Project
from oekoreport.model.grant import FinancingType, ReductionMethod
from oekoreport.model.income import Income
from oekoreport.model.participant import Participant
from oekoreport.model.plan import ExpenditureLine, FundingSource, IncomeLine
from oekoreport.model.receipt import Allocation, Payment, Receipt
from oekoreport.results import participants

_ = catalogue("oekoreport")

SETTLEMENT = Chapter()


def expenditure_lines(project: Project) -> Iterable[ExpenditureLine]:
    """Return the expenditure lines of the plan in force."""
    return project.plan.expenditure if project.plan else ()


def income_lines(project: Project) -> Iterable[IncomeLine]:
    """Return the income lines of the plan in force."""
    return project.plan.income if project.plan else ()


def receipts(project: Project) -> Iterable[Receipt]:
    """Return the receipts."""
    return project.receipts


class Part(NamedTuple):
    """A part of a receipt together with its receipt, as the key of figures."""

    allocation: Allocation
    receipt: Receipt

    @property
    def key(self) -> str:
        """The allocation's key."""
        return self.allocation.key

    @property
    def identity(self) -> tuple[str, str]:
        """Kind and key of the allocation."""
        return self.allocation.identity


def parts(project: Project) -> Iterator[Part]:
    """Yield the parts of all receipts."""
    for receipt in project.receipts:
        for allocation in receipt.allocations:
            yield Part(allocation, receipt)


def _line_of(project: Project, key: str | None) -> ExpenditureLine | None:
    return next((line for line in expenditure_lines(project) if line.key == key), None)


# --- what was spent --------------------------------------------------------------------------------------------------


@SETTLEMENT.figure("receipt.spent", "EUR", _("Paid on the receipt"), each=receipts, places=2)
def _receipt_spent(_figures: Figures, receipt: Receipt) -> Value:
    return total(read(payment, "amount") for payment in receipt.payments)


@SETTLEMENT.figure(
    "allocation.spent",
    "EUR",
    _("Spent"),
    each=parts,
    places=2,
    how=_("Payments on this part; net where input tax is deducted"),
)
def _allocation_spent(figures: Figures, part: Part) -> Value:
    allocation, receipt = part
    paid = total(_part_of(payment, allocation, receipt) for payment in receipt.payments)
    line = _line_of(figures.project, allocation.line)
    if line is None or not line.input_tax_deductible:
        return paid
    return (paid * read(allocation, "net") / read(allocation, "amount")).cents()


def _part_of(payment: Payment, allocation: Allocation, receipt: Receipt) -> Value:
    """Return what a payment pays of a part: all, nothing, or its share of a payment on the whole receipt."""
    if payment.allocation == allocation.key:
        return read(payment, "amount")
    if payment.allocation is not None:
        return ZERO
    if "allocation" in payment.model_fields_set:
        return unknown(FieldRef(payment.kind, payment.key, "allocation"))
    if len(receipt.allocations) == 1:
        return read(payment, "amount")
    return _share(payment, allocation, receipt)


def _share(payment: Payment, allocation: Allocation, receipt: Receipt) -> Value:
    """Split a payment over the parts by their amounts, to the cent; the last part takes what rounding leaves."""
    whole = total(read(part, "amount") for part in receipt.allocations)

    def rounded(part: Allocation) -> Value:
        return (read(payment, "amount") * read(part, "amount") / whole).cents()

    if allocation.key != receipt.allocations[-1].key:
        return rounded(allocation)
    return read(payment, "amount") - total(rounded(part) for part in receipt.allocations[:-1])


@SETTLEMENT.figure(
    "allocation.eligible",
    "EUR",
    _("Eligible"),
    each=parts,
    places=2,
    how=_(
        "The eligible amount stated, at most what was spent; all of it on a line that is eligible, nothing on others"
    ),
)
def _allocation_eligible(figures: Figures, part: Part) -> Value:
    allocation = part.allocation
    spent = figures.value(f"allocation.spent/{allocation.key}")
    if "eligible" in allocation.model_fields_set:
        stated = read(allocation, "eligible")
        negative = spent.amount is not None and spent.amount < 0
        return greatest(stated, spent) if negative else least(stated, spent)
    line = _line_of(figures.project, allocation.line)
    if line is None:
        return unknown(FieldRef("allocation", allocation.key, "line"))
    planned = read(line, "planned_eligible")
    if planned.amount is None:
        return planned
    return Value(Decimal(0), planned.basis) if planned.amount == 0 else spent


# --- lines of the plan -----------------------------------------------------------------------------------------------


def _on_line(figures: Figures, line: ExpenditureLine, name: str) -> Value:
    """Sum a figure of all parts on a line; a part whose line is unknown makes every line unknown."""
    return total(_if_on(figures, part.allocation, line, name) for part in parts(figures.project))


def _if_on(figures: Figures, allocation: Allocation, line: ExpenditureLine, name: str) -> Value:
    if allocation.line is None:
        return unknown(FieldRef("allocation", allocation.key, "line"))
    return figures.value(f"{name}/{allocation.key}") if allocation.line == line.key else ZERO


@SETTLEMENT.figure("line.planned", "EUR", _("Planned"), each=expenditure_lines, places=2)
def _line_planned(_figures: Figures, line: ExpenditureLine) -> Value:
    return read(line, "planned")


@SETTLEMENT.figure("line.planned_eligible", "EUR", _("Planned, eligible"), each=expenditure_lines, places=2)
def _line_planned_eligible(_figures: Figures, line: ExpenditureLine) -> Value:
    return read(line, "planned_eligible")


@SETTLEMENT.figure("line.spent", "EUR", _("Spent"), each=expenditure_lines, places=2)
def _line_spent(figures: Figures, line: ExpenditureLine) -> Value:
    return _on_line(figures, line, "allocation.spent")


@SETTLEMENT.figure(
    "line.eligible",
    "EUR",
    _("Spent, eligible"),
    each=expenditure_lines,
    places=2,
    how=_("Eligible parts on the line, at most the position cap"),
)
def _line_eligible(figures: Figures, line: ExpenditureLine) -> Value:
    eligible = _on_line(figures, line, "allocation.eligible")
    return least(eligible, read(line, "cap")) if "cap" in line.model_fields_set else eligible


@SETTLEMENT.figure("line.deviation", "EUR", _("Deviation from the plan"), each=expenditure_lines, places=2)
def _line_deviation(figures: Figures, line: ExpenditureLine) -> Value:
    return figures.value(f"line.spent/{line.key}") - figures.value(f"line.planned/{line.key}")


@SETTLEMENT.figure("line.deviation_rate", "%", _("Deviation from the plan"), each=expenditure_lines, places=1)
def _line_deviation_rate(figures: Figures, line: ExpenditureLine) -> Value:
    return figures.value(f"line.deviation/{line.key}") * 100 / figures.value(f"line.planned/{line.key}")


for _name, _title in (
    ("planned", _("Expenditure planned")),
    ("planned_eligible", _("Expenditure planned, eligible")),
    ("spent", _("Expenditure")),
    ("eligible", _("Eligible expenditure")),
    ("deviation", _("Deviation from the plan")),
):
    SETTLEMENT.figure(f"expenditure.{_name}", "EUR", _title, places=2, how=_("Sum over the lines"))(
        lambda figures, name=_name: total(figures.values_of(f"line.{name}", expenditure_lines(figures.project)))
    )


@SETTLEMENT.figure("expenditure.eligible_deviation", "EUR", _("Deviation of the eligible expenditure"), places=2)
def _eligible_deviation(figures: Figures) -> Value:
    return figures.value("expenditure.eligible") - figures.value("expenditure.planned_eligible")


@SETTLEMENT.figure("expenditure.deviation_rate", "%", _("Deviation from the plan"), places=1)
def _deviation_rate(figures: Figures) -> Value:
    return figures.value("expenditure.deviation") * 100 / figures.value("expenditure.planned")


# --- the grant -------------------------------------------------------------------------------------------------------


def _of_grant(project: Project, name: str) -> Value:
    return read(project.grant, name) if project.grant else unknown(_("no grant"))


@SETTLEMENT.figure("settlement.granted", "EUR", _("Granted"), places=2, how=_("Sum of all notices"))
def _granted(figures: Figures) -> Value:
    return total(read(notice, "amount") for notice in figures.project.notices)


@SETTLEMENT.figure("settlement.rate", "%", _("Rate"), places=0)
def _rate(figures: Figures) -> Value:
    return _of_grant(figures.project, "rate")


@SETTLEMENT.figure("settlement.cap", "EUR", _("Maximum grant"), places=2)
def _cap(figures: Figures) -> Value:
    return _of_grant(figures.project, "cap")


@SETTLEMENT.figure("settlement.paid_out", "EUR", _("Paid out"), places=2, how=_("Sum of the drawdowns"))
def _paid_out(figures: Figures) -> Value:
    return total(read(drawdown, "amount") for drawdown in figures.project.drawdowns)


@SETTLEMENT.figure(
    "settlement.cover_funds", "EUR", _("Other cover funds"), places=2, how=_("All money received beside the grant")
)
def _cover_funds(figures: Figures) -> Value:
    return total(read(income, "amount") for income in figures.project.incomes)


@SETTLEMENT.figure(
    "settlement.cover_funds_planned",
    "EUR",
    _("Other cover funds planned"),
    places=2,
    how=_("Planned income beside grant and own funds"),
)
def _cover_funds_planned(figures: Figures) -> Value:
    return _planned_from(figures.project, lambda source: source not in (FundingSource.GRANT, FundingSource.OWN))


def _planned_from(project: Project, wanted: Callable[[FundingSource], bool]) -> Value:
    lines = income_lines(project)
    unread = [FieldRef(line.kind, line.key, "source") for line in lines if line.source is None]
    if unread:
        return unknown(*unread)
    return total(read(line, "planned") for line in lines if line.source and wanted(line.source))


@SETTLEMENT.figure(
    "settlement.grant_due",
    "EUR",
    _("Grant due by computation"),
    places=2,
    how=_("By the type of financing, at most the amount granted, the maximum and what is not covered otherwise"),
)
def _grant_due(figures: Figures) -> Value:
    grant = figures.project.grant
    if grant is None or grant.financing_type is None:
        return unknown(FieldRef("grant", grant.key if grant else "grant", "financing_type"))
    due = BY_FINANCING_TYPE[grant.financing_type](figures)
    uncovered = figures.value("expenditure.spent") - figures.value("settlement.cover_funds")
    ceiling = least(figures.value("settlement.granted"), figures.value("settlement.cap"), uncovered)
    return greatest(least(due, ceiling), ZERO).cents()


@SETTLEMENT.figure(
    "settlement.by_rate",
    "EUR",
    _("Share of the eligible expenditure"),
    places=2,
    how=_("Rate of the eligible expenditure"),
)
def _by_rate(figures: Figures) -> Value:
    return (figures.value("expenditure.eligible") * figures.value("settlement.rate") / 100).cents()


@SETTLEMENT.figure(
    "settlement.pro_rata",
    "EUR",
    _("Grant in proportion to the plan"),
    places=2,
    how=_("Amount granted × eligible expenditure / planned eligible expenditure, where less was spent than planned"),
)
def _pro_rata(figures: Figures) -> Value:
    planned = figures.value("expenditure.planned_eligible")
    actual = least(figures.value("expenditure.eligible"), planned)
    return (figures.value("settlement.granted") * actual / planned).cents()


def _share_due(figures: Figures) -> Value:
    """Return a share by the method that the notice sets; where it is silent, only if both methods agree."""
    by_rate, pro_rata = figures.value("settlement.by_rate"), figures.value("settlement.pro_rata")
    grant = figures.project.grant
    match grant.reduction_method if grant else None:
        case ReductionMethod.RATE:
            return by_rate
        case ReductionMethod.PRO_RATA:
            return pro_rata
    ceiling = figures.value("settlement.granted")
    if least(by_rate, ceiling).amount == least(pro_rata, ceiling).amount:
        return least(by_rate, ceiling)
    return unknown(
        FieldRef("grant", grant.key if grant else "grant", "reduction_method"), basis=by_rate.basis + pro_rata.basis
    )


def _gap_due(figures: Figures) -> Value:
    """Return what own and other funds leave uncovered of the eligible expenditure; own funds as planned go first."""
    own = _planned_from(figures.project, lambda source: source is FundingSource.OWN)
    return figures.value("expenditure.spent") - figures.value("settlement.cover_funds") - own


def _fixed_due(figures: Figures) -> Value:
    """Return the fixed amount, at most the eligible expenditure."""
    return least(figures.value("settlement.granted"), figures.value("expenditure.eligible"))


def _full_due(figures: Figures) -> Value:
    """Return the eligible expenditure that no other money covers."""
    return figures.value("expenditure.eligible") - figures.value("settlement.cover_funds")


BY_FINANCING_TYPE: dict[FinancingType, Callable[[Figures], Value]] = {
    FinancingType.SHARE: _share_due,
    FinancingType.GAP: _gap_due,
    FinancingType.FIXED: _fixed_due,
    FinancingType.FULL: _full_due,
}


@SETTLEMENT.figure(
    "settlement.remaining_claim", "EUR", _("Remaining claim"), places=2, how=_("Grant due less what was paid out")
)
def _remaining_claim(figures: Figures) -> Value:
    return greatest(figures.value("settlement.grant_due") - figures.value("settlement.paid_out"), ZERO)


@SETTLEMENT.figure(
    "settlement.repayment", "EUR", _("Expected repayment"), places=2, how=_("What was paid out beyond the grant due")
)
def _repayment(figures: Figures) -> Value:
    return greatest(figures.value("settlement.paid_out") - figures.value("settlement.grant_due"), ZERO)


@SETTLEMENT.figure(
    "settlement.uncalled", "EUR", _("Granted and not called"), places=2, how=_("Amount granted less what was paid out")
)
def _uncalled(figures: Figures) -> Value:
    return figures.value("settlement.granted") - figures.value("settlement.paid_out")


@SETTLEMENT.figure(
    "settlement.own_funds",
    "EUR",
    _("Own funds"),
    places=2,
    how=_("Expenditure less other cover funds and the grant due: what remains"),
)
def _own_funds(figures: Figures) -> Value:
    spent, others = figures.value("expenditure.spent"), figures.value("settlement.cover_funds")
    return spent - others - figures.value("settlement.grant_due")


@SETTLEMENT.figure("settlement.own_funds_planned", "EUR", _("Own funds planned"), places=2)
def _own_funds_planned(figures: Figures) -> Value:
    return _planned_from(figures.project, lambda source: source is FundingSource.OWN)


@SETTLEMENT.figure("settlement.result", "EUR", _("Income less expenditure"), places=2)
def _result(figures: Figures) -> Value:
    return figures.value("income.received") - figures.value("expenditure.spent")


# --- income by line --------------------------------------------------------------------------------------------------


@SETTLEMENT.figure("income_line.planned", "EUR", _("Planned"), each=income_lines, places=2)
def _income_planned(_figures: Figures, line: IncomeLine) -> Value:
    return read(line, "planned")


@SETTLEMENT.figure(
    "income_line.received",
    "EUR",
    _("Received"),
    each=income_lines,
    places=2,
    how=_("Money received; of the grant what is due, of own funds what remains"),
)
def _income_received(figures: Figures, line: IncomeLine) -> Value:
    match line.source:
        case None:
            return unknown(FieldRef(line.kind, line.key, "source"))
        case FundingSource.GRANT:
            return figures.value("settlement.grant_due")
        case FundingSource.OWN:
            return figures.value("settlement.own_funds")
    return total(_if_of(income, line) for income in figures.project.incomes)


def _if_of(income: Income, line: IncomeLine) -> Value:
    if income.income_line is None:
        return unknown(FieldRef(income.kind, income.key, "income_line"))
    return read(income, "amount") if income.income_line == line.key else ZERO


@SETTLEMENT.figure("income.deviation", "EUR", _("Deviation from the plan"), places=2)
def _income_deviation(figures: Figures) -> Value:
    return figures.value("income.received") - figures.value("income.planned")


for _name, _title in (("planned", _("Income planned")), ("received", _("Income"))):
    SETTLEMENT.figure(f"income.{_name}", "EUR", _title, places=2, how=_("Sum over the lines"))(
        lambda figures, name=_name: total(figures.values_of(f"income_line.{name}", income_lines(figures.project)))
    )
    SETTLEMENT.figure(f"income_line.{_name}_share", "%", _("Share of the whole"), each=income_lines, places=2)(
        lambda figures, line, name=_name: (
            figures.value(f"income_line.{name}/{line.key}") * 100 / figures.value(f"income.{name}")
        )
    )


# --- fees ------------------------------------------------------------------------------------------------------------


@SETTLEMENT.figure("fees.owed", "EUR", _("Fee owed"), each=participants, places=2)
def _fee_owed(_figures: Figures, participant: Participant) -> Value:
    return read(participant, "fee")


@SETTLEMENT.figure("fees.received", "EUR", _("Fee received"), each=participants, places=2)
def _fee_received(figures: Figures, participant: Participant) -> Value:
    return total(read(income, "amount") for income in figures.project.incomes if income.participant == participant.key)


@SETTLEMENT.figure("fees.open", "EUR", _("Fee open"), each=participants, places=2)
def _fee_open(figures: Figures, participant: Participant) -> Value:
    return figures.value(f"fees.owed/{participant.key}") - figures.value(f"fees.received/{participant.key}")


for _name, _title in (("owed", _("Fees owed")), ("received", _("Fees received")), ("open", _("Fees open"))):
    SETTLEMENT.figure(f"fees.{_name}", "EUR", _title, places=2, how=_("Sum over the participants"))(
        lambda figures, name=_name: total(figures.values_of(f"fees.{name}", figures.project.participants))
    )
