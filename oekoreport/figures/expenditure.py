"""What was spent: by receipt, part and line of the plan; and which of it is eligible.

What counts as spent is what was paid. Net amounts count on a line whose input tax is deducted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from oekoreport.figures.cover import received_for
from oekoreport.figures.engine import Chapter, Figures
from oekoreport.figures.payments import ReceiptPart, parts, shares_of
from oekoreport.figures.period import counts
from oekoreport.figures.values import ZERO, FieldRef, Value, combined, greatest, least, read, total, unknown
from oekoreport.language import catalogue
from oekoreport.law import Presence
from oekoreport.model import Project
from oekoreport.model.plan import ExpenditureLine
from oekoreport.model.receipt import Payment, Receipt

_ = catalogue("oekoreport")

EXPENDITURE = Chapter()

FORGONE_DEDUCTED = "forgone_discount_deducted"


def expenditure_lines(project: Project) -> Iterable[ExpenditureLine]:
    """Return the expenditure lines of the plan in force."""
    return project.plan.expenditure if project.plan else ()


def no_plan(project: Project) -> Value | None:
    """Return why no sum over the lines of the plan is known; None where there is a plan in force."""
    return None if project.plan else unknown(_("the financing plan in force"))


def line_of(figures: Figures, key: str | None) -> ExpenditureLine | None:
    """Return the line of the plan in force with this key."""
    return figures.once(_lines_by_key).get(key)


def _lines_by_key(figures: Figures) -> Mapping[str | None, ExpenditureLine]:
    return {line.key: line for line in expenditure_lines(figures.project)}


# --- receipts and their parts ----------------------------------------------------------------------------------------


@EXPENDITURE.figure("receipt.spent", "EUR", _("Paid on the receipt"), each=lambda project: project.receipts)
def _receipt_spent(_figures: Figures, receipt: Receipt) -> Value:
    return total(read(payment, "amount") for payment in receipt.payments)


@EXPENDITURE.figure(
    "allocation.paid",
    "EUR",
    _("Paid"),
    each=lambda project: (part for part in parts(project) if len(part.receipt.allocations) > 1),
    how=_("Payments on this part, gross; one on the whole receipt pays what is open on all parts, in proportion"),
)
def _allocation_paid(figures: Figures, part: ReceiptPart) -> Value:
    return total(share.paid for share in shares_of(figures, part))


@EXPENDITURE.figure(
    "allocation.spent", "EUR", _("Spent"), each=parts, how=_("Payments on this part; net where input tax is deducted")
)
def _allocation_spent(figures: Figures, part: ReceiptPart) -> Value:
    return total(spent for _payment, spent in spent_on(figures, part))


def spent_on(figures: Figures, part: ReceiptPart) -> Iterator[tuple[Payment, Value]]:
    """Yield what each payment spends on a part: net where input tax is deducted, rounded on the running total."""
    line = line_of(figures, part.allocation.line)
    gross = line is None or line.input_tax_deductible is False
    running = done = ZERO
    for payment, paid in shares_of(figures, part):
        if gross or paid.amount == 0:
            yield payment, paid
        else:
            running += paid
            until = _net(running, part, line)
            yield payment, until - done
            done = until


def _net(paid: Value, part: ReceiptPart, line: ExpenditureLine | None) -> Value:
    if line is None or line.input_tax_deductible is None:
        lacking = FieldRef("expenditure_line", part.allocation.line or "", "input_tax_deductible")
        return unknown(lacking, basis=paid.basis)
    return (paid * read(part.allocation, "net") / read(part.allocation, "amount")).cents()


@EXPENDITURE.figure(
    "allocation.forgone",
    "EUR",
    _("Discount forgone"),
    each=lambda project: (part for part in parts(project) if part.receipt.has_forgone_discount),
    how=_("Its share of the discount not used with its payments; net where input tax is deducted"),
)
def _allocation_forgone(figures: Figures, part: ReceiptPart) -> Value:
    return total(_forgone(payment, spent) for payment, spent in spent_on(figures, part))


def _forgone(payment: Payment, spent: Value) -> Value:
    """Return the discount that was forgone with what a payment spends on a part."""
    if not payment.stated("discount_forgone") or spent.amount == 0:
        return ZERO
    return (read(payment, "discount_forgone") * spent / read(payment, "amount")).cents()


@EXPENDITURE.figure(
    "allocation.eligible",
    "EUR",
    _("Eligible"),
    each=parts,
    how=_(
        "The eligible amount stated, limited to what was spent. If none is stated: what was spent within the "
        "period on an eligible line, less any unused discount, unless the law in force deducts only what was taken"
    ),
)
def _allocation_eligible(figures: Figures, part: ReceiptPart) -> Value:
    if part.allocation.stated("eligible"):
        stated, spent = read(part.allocation, "eligible"), figures.value(f"allocation.spent/{part.key}")
        return greatest(least(stated, greatest(spent, ZERO)), least(spent, ZERO))
    return total(eligible_by(figures, payment, spent, part) for payment, spent in spent_on(figures, part))


def eligible_by(figures: Figures, payment: Payment, spent: Value, part: ReceiptPart) -> Value:
    """Return the eligible amount of what a payment spends on a part.

    Where an eligible amount is stated, each payment has its share of it. Else it is what was spent within the period
    on a line that is eligible, less the discount forgone with the payment unless the law in force lets that be.
    """
    if spent.amount == 0:
        return spent
    if part.allocation.stated("eligible"):
        whole = figures.value(f"allocation.spent/{part.key}")
        return spent * figures.value(f"allocation.eligible/{part.key}") / whole if whole.amount != 0 else spent * 0
    line = line_of(figures, part.allocation.line)
    if line is None:
        return unknown(FieldRef("allocation", part.key, "line"))
    planned = read(line, "planned_eligible")
    if planned.amount is None or planned.amount == 0:
        return planned
    inside = counts(figures, payment, part)
    if isinstance(inside, Value):
        return inside
    return _thriftily(figures, payment, spent) if inside else Value(Decimal(0), spent.basis)


def _thriftily(figures: Figures, payment: Payment, spent: Value) -> Value:
    """Return what a payment spends, less the discount forgone with it.

    ANBest Sachsen 6.4 deducts only what was taken. Where no text was read what was forgone is left out, as courts of
    audit object to it (LRH Brandenburg JB 2017, 13.2.2.2), and the amount leans on that.
    """
    forgone = _forgone(payment, spent)
    if forgone.amount == 0:
        return spent
    deducted = figures.terms[FORGONE_DEDUCTED]
    only_taken = deducted.presence is Presence.NONE or deducted.value is False
    eligible = spent if only_taken else spent - forgone
    return Value(eligible.amount, (*eligible.basis, deducted), eligible.missing)


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
    received = received_for(figures, line.key)
    return least(received, figures.value(f"line.spent/{line.key}")) if received.amount != 0 else received


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
    return combined(
        (eligible, figures.value(f"line.spent/{line.key}"), covered), lambda amounts: beyond_cover(*amounts)
    )


def beyond_cover(eligible: Decimal, spent: Decimal, covered: Decimal) -> Decimal:
    """Return what of the eligible is left after money that covers the line: that pays the part not eligible first."""
    return max(eligible - max(covered - (spent - eligible), Decimal(0)), Decimal(0)) if covered else eligible


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
    if within:
        return eligible
    if tolerance.presence is Presence.NONE:
        return Value(eligible.amount, (*eligible.basis, tolerance), eligible.missing)
    if not isinstance(tolerance.value, Decimal):
        return unknown(tolerance, basis=(*eligible.basis, tolerance))
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
