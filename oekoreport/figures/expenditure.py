"""What was spent: by receipt, part and line of the plan; and which of it is eligible.

What counts as spent is what was paid. Net amounts count on a line whose input tax is deducted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from oekoreport.figures.engine import Chapter, Figures
from oekoreport.figures.values import ZERO, FieldRef, Value, greatest, least, read, total, unknown
from oekoreport.language import catalogue
from oekoreport.law import Presence
from oekoreport.model import Project
from oekoreport.model.grant import Grant, PeriodTest
from oekoreport.model.plan import ExpenditureLine
from oekoreport.model.receipt import Allocation, Payment, Receipt

_ = catalogue("oekoreport")

EXPENDITURE = Chapter()


def expenditure_lines(project: Project) -> Iterable[ExpenditureLine]:
    """Return the expenditure lines of the plan in force."""
    return project.plan.expenditure if project.plan else ()


def no_plan(project: Project) -> Value | None:
    """Return why no sum over the lines of the plan is known; None where there is a plan in force."""
    return None if project.plan else unknown(_("the financing plan in force"))


class ReceiptPart(NamedTuple):
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


def parts(project: Project) -> Iterator[ReceiptPart]:
    """Yield the parts of all receipts."""
    for receipt in project.receipts:
        for allocation in receipt.allocations:
            yield ReceiptPart(allocation, receipt)


def line_of(project: Project, key: str | None) -> ExpenditureLine | None:
    """Return the line of the plan in force with this key."""
    return next((line for line in expenditure_lines(project) if line.key == key), None)


# --- receipts and their parts ----------------------------------------------------------------------------------------


@EXPENDITURE.figure("receipt.spent", "EUR", _("Paid on the receipt"), each=lambda project: project.receipts)
def _receipt_spent(_figures: Figures, receipt: Receipt) -> Value:
    return total(read(payment, "amount") for payment in receipt.payments)


@EXPENDITURE.figure(
    "allocation.spent", "EUR", _("Spent"), each=parts, how=_("Payments on this part; net where input tax is deducted")
)
def _allocation_spent(figures: Figures, part: ReceiptPart) -> Value:
    return total(spent_by(figures, payment, part) for payment in part.receipt.payments)


def spent_by(figures: Figures, payment: Payment, part: ReceiptPart) -> Value:
    """Return what a payment spends on a part: net where input tax is deducted."""
    paid = _paid_on(payment, part)
    line = line_of(figures.project, part.allocation.line)
    if line is None or line.input_tax_deductible is False or paid.amount == 0:
        return paid
    if line.input_tax_deductible is None:
        return unknown(FieldRef(line.kind, line.key, "input_tax_deductible"), basis=paid.basis)
    return (paid * read(part.allocation, "net") / read(part.allocation, "amount")).cents()


def _paid_on(payment: Payment, part: ReceiptPart) -> Value:
    """Return what a payment pays of a part: all, nothing, or its share of a payment on the whole receipt."""
    if payment.allocation == part.key:
        return read(payment, "amount")
    if payment.allocation is not None:
        return ZERO
    if payment.stated("allocation"):
        return unknown(FieldRef(payment.kind, payment.key, "allocation"))
    if len(part.receipt.allocations) == 1:
        return read(payment, "amount")
    return _share(payment, part)


def _share(payment: Payment, part: ReceiptPart) -> Value:
    """Split a payment over the parts by their amounts, to the cent; the last part takes what rounding leaves."""
    allocations = part.receipt.allocations
    whole = total(read(allocation, "amount") for allocation in allocations)

    def rounded(allocation: Allocation) -> Value:
        return (read(payment, "amount") * read(allocation, "amount") / whole).cents()

    if part.key != allocations[-1].key:
        return rounded(part.allocation)
    return read(payment, "amount") - total(rounded(allocation) for allocation in allocations[:-1])


@EXPENDITURE.figure(
    "allocation.eligible",
    "EUR",
    _("Eligible"),
    each=parts,
    how=_(
        "The eligible amount stated, limited to what was spent. If none is stated: what was spent within the "
        "period on an eligible line, less any unused discount"
    ),
)
def _allocation_eligible(figures: Figures, part: ReceiptPart) -> Value:
    spent = figures.value(f"allocation.spent/{part.key}")
    if part.allocation.stated("eligible"):
        stated = read(part.allocation, "eligible")
        negative = spent.amount is not None and spent.amount < 0
        return greatest(stated, spent) if negative else least(stated, spent)
    return total(eligible_by(figures, payment, part) for payment in part.receipt.payments)


def eligible_by(figures: Figures, payment: Payment, part: ReceiptPart) -> Value:
    """Return the eligible amount of what a payment spends on a part.

    Where an eligible amount is stated, each payment has its share of it. Else it is what was spent within the period
    on a line that is eligible, less the discount that was forgone with the payment.
    """
    spent = spent_by(figures, payment, part)
    if spent.amount == 0:
        return spent
    if part.allocation.stated("eligible"):
        return spent * figures.value(f"allocation.eligible/{part.key}") / figures.value(f"allocation.spent/{part.key}")
    line = line_of(figures.project, part.allocation.line)
    if line is None:
        return unknown(FieldRef("allocation", part.key, "line"))
    planned = read(line, "planned_eligible")
    if planned.amount is None or planned.amount == 0:
        return planned
    inside = _inside(figures.project.grant, payment, part.receipt)
    if isinstance(inside, Value):
        return inside
    if not inside:
        return Value(Decimal(0), spent.basis)
    forgone = payment.stated("discount_forgone") and payment.allocation == part.key
    return spent - read(payment, "discount_forgone") if forgone else spent


def _inside(grant: Grant | None, payment: Payment, receipt: Receipt) -> bool | Value:
    """Tell whether what the notice demands lies in the approval period; unknown where a day is.

    Where the notice's demand itself is unknown nothing is left out: the rule on the period is undecided then.
    """
    if grant is None or grant.period_test is None:
        return True
    first, last = _first_day(grant), grant.period_end
    days: list[tuple[FieldRef, date | None, date | None]] = []
    if grant.period_test in (PeriodTest.SERVICE, PeriodTest.BOTH):
        days.append((FieldRef("receipt", receipt.key, "service_from"), receipt.service_from, last))
        days.append((FieldRef("receipt", receipt.key, "service_to"), receipt.service_to, last))
    if grant.period_test in (PeriodTest.PAYMENT, PeriodTest.BOTH):
        days.append((FieldRef("payment", payment.key, "date"), payment.date, grant.last_payment or last))
    missing = [reference for reference, day, _end in days if day is None]
    if first is None or last is None:
        missing.append(FieldRef("grant", grant.key, "period_start" if first is None else "period_end"))
    if missing:
        return unknown(*missing)
    return all(day and first and end and first <= day <= end for _reference, day, end in days)


def _first_day(grant: Grant) -> date | None:
    """Return from when expenditure counts: an early start that was allowed goes before the period."""
    if grant.early_start is not None and grant.period_start is not None:
        return min(grant.early_start, grant.period_start)
    return grant.period_start


# --- lines of the plan -----------------------------------------------------------------------------------------------


def _on_line(figures: Figures, line: ExpenditureLine, name: str) -> Value:
    """Sum a figure of all parts on a line; a part whose line is unknown makes every line unknown."""
    by_line = figures.once(_parts_by_line)
    astray = [unknown(FieldRef("allocation", part.key, "line")) for part in by_line.get(None, ())]
    return total([*astray, *figures.values_of(name, by_line.get(line.key, ()))])


def _parts_by_line(figures: Figures) -> Mapping[str | None, Sequence[ReceiptPart]]:
    found: dict[str | None, list[ReceiptPart]] = defaultdict(list)
    for part in parts(figures.project):
        found[part.allocation.line].append(part)
    return found


@EXPENDITURE.figure("line.planned", "EUR", _("Planned"), each=expenditure_lines)
def _line_planned(_figures: Figures, line: ExpenditureLine) -> Value:
    return read(line, "planned")


@EXPENDITURE.figure("line.planned_eligible", "EUR", _("Planned, eligible"), each=expenditure_lines)
def _line_planned_eligible(_figures: Figures, line: ExpenditureLine) -> Value:
    return read(line, "planned_eligible")


@EXPENDITURE.figure("line.spent", "EUR", _("Spent"), each=expenditure_lines)
def _line_spent(figures: Figures, line: ExpenditureLine) -> Value:
    return _on_line(figures, line, "allocation.spent")


@EXPENDITURE.figure(
    "line.covered",
    "EUR",
    _("Covered directly"),
    each=expenditure_lines,
    how=_("Money received that covers this line directly, limited to what was spent on it"),
)
def _line_covered(figures: Figures, line: ExpenditureLine) -> Value:
    received: list[Value] = []
    for income in figures.project.incomes:
        if income.covers is None and income.stated("covers"):
            return unknown(FieldRef(income.kind, income.key, "covers"))
        if income.covers == line.key:
            received.append(read(income, "amount"))
    return least(total(received), figures.value(f"line.spent/{line.key}")) if received else ZERO


@EXPENDITURE.figure(
    "line.eligible",
    "EUR",
    _("Spent, eligible"),
    each=expenditure_lines,
    how=_("Eligible parts on the line, limited to its cap, less what is covered directly"),
)
def _line_eligible(figures: Figures, line: ExpenditureLine) -> Value:
    eligible = _on_line(figures, line, "allocation.eligible")
    if line.stated("cap"):
        eligible = least(eligible, read(line, "cap"))
    covered = figures.value(f"line.covered/{line.key}")
    if covered.amount == 0:
        return eligible
    not_eligible = figures.value(f"line.spent/{line.key}") - eligible
    return greatest(eligible - greatest(covered - not_eligible, ZERO), ZERO)


@EXPENDITURE.figure(
    "line.recognized",
    "EUR",
    _("Recognized"),
    each=expenditure_lines,
    how=_("Eligible expenditure, limited to the planned amount plus the tolerance for a line"),
)
def _line_recognized(figures: Figures, line: ExpenditureLine) -> Value:
    eligible = figures.value(f"line.eligible/{line.key}")
    planned = figures.value(f"line.planned_eligible/{line.key}")
    tolerance = figures.terms["line_tolerance"]
    within = eligible.amount is not None and planned.amount is not None and eligible.amount <= planned.amount
    if within or tolerance.presence is Presence.NONE:
        return eligible
    if not isinstance(tolerance.value, Decimal):
        return unknown(_("the parameter {title}", title=tolerance.title), basis=eligible.basis)
    return least(eligible, (planned * figures.term("line_tolerance").plus_percent()).cents())


@EXPENDITURE.figure("line.deviation", "EUR", _("Deviation from the plan"), each=expenditure_lines)
def _line_deviation(figures: Figures, line: ExpenditureLine) -> Value:
    return figures.value(f"line.spent/{line.key}") - figures.value(f"line.planned/{line.key}")


@EXPENDITURE.figure("line.deviation_rate", "%", _("Deviation from the plan"), each=expenditure_lines, places=1)
def _line_deviation_rate(figures: Figures, line: ExpenditureLine) -> Value:
    return figures.value(f"line.deviation/{line.key}") * 100 / figures.value(f"line.planned/{line.key}")


for _name, _title in (
    ("planned", _("Expenditure planned")),
    ("planned_eligible", _("Expenditure planned, eligible")),
    ("spent", _("Expenditure")),
    ("eligible", _("Eligible expenditure")),
    ("deviation", _("Deviation from the plan")),
):
    EXPENDITURE.sum(
        f"expenditure.{_name}",
        "EUR",
        _title,
        of=f"line.{_name}",
        each=expenditure_lines,
        how=_("Sum over the lines"),
        lacking=no_plan,
    )


@EXPENDITURE.figure("expenditure.eligible_deviation", "EUR", _("Deviation of the eligible expenditure"))
def _eligible_deviation(figures: Figures) -> Value:
    return figures.value("expenditure.eligible") - figures.value("expenditure.planned_eligible")


@EXPENDITURE.figure("expenditure.deviation_rate", "%", _("Deviation from the plan"), places=1)
def _deviation_rate(figures: Figures) -> Value:
    return figures.value("expenditure.deviation") * 100 / figures.value("expenditure.planned")
