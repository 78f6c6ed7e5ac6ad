"""Plan and actual: expenditure and income by line of the plan, and the steps to the grant due."""

from __future__ import annotations

from oekoreport import ExpenditureLine, Figure, Figures, Report, catalogue
from oekoreport.kit.sheets import BLANK, Live, Worksheet, number_format
from oekoreport_workbook.book import CohortBook
from oekoreport_workbook.fields import field, title_of
from oekoreport_workbook.listing import Block, Head, listing, section
from oekoreport_workbook.looks import AMBER, ORANGE

_ = catalogue("oekoreport_workbook")

MONEY = ("planned", "planned_eligible", "spent", "eligible")
DEVIATION = "=E{row}-C{row}"
DEVIATION_RATE = "=G{row}/C{row}*100"
STEPS = (
    "settlement.granted",
    "settlement.cap",
    "settlement.rate",
    "expenditure.spent",
    "expenditure.eligible",
    "settlement.cover_funds",
    "settlement.by_rate",
    "settlement.pro_rata",
    "settlement.grant_due",
    "settlement.own_funds_planned",
    "settlement.own_funds",
    "settlement.result",
    "settlement.paid_out",
    "settlement.remaining_claim",
    "settlement.repayment",
    "settlement.uncalled",
)
"""The steps of the settlement, in the order in which they are computed."""


def write(book: CohortBook, report: Report) -> None:
    """Write the sheet."""
    sheet = book.sheet(_("Plan and actual"), _("Plan against actual"), note=_("All amounts in euro, as paid."))
    sheet.freeze(sheet.row, 2)
    sheet.repeat(0, sheet.row - 1)
    section(sheet, _("Expenditure"))
    block = _expenditure(sheet, report)
    _mark_overruns(sheet, block)
    section(sheet, _("Income"))
    _income(sheet, report)
    section(sheet, _("Settlement"))
    _settlement(sheet, report)


def _expenditure(sheet: Worksheet, report: Report) -> Block:
    figures, plan = report.figures, report.project.plan
    columns = [
        Head(_("Line"), "mark"),
        Head(title_of("expenditure_line", "title"), width=34),
        Head(_("Planned"), "number", width=13),
        Head(_("Planned, of which eligible"), "number", width=13),
        Head(_("Spent"), "number", width=13),
        Head(_("Spent, of which eligible"), "number", width=13),
        Head(_("More or less than planned"), "number", _signed(sheet, "EUR", 2), width=14),
        Head(_("Deviation in %"), "number", _signed(sheet, "%", 1), width=11),
        Head(title_of("expenditure_line", "cap"), "number", number_format(sheet.locale.language, "EUR", 2)),
    ]
    rows = [_line(figures, line) for line in (plan.expenditure if plan else ())]
    whole = [figures[f"expenditure.{name}"] for name in MONEY]
    deviations = (figures["expenditure.deviation"], figures["expenditure.deviation_rate"])
    totals = [
        _("Total"),
        BLANK,
        *whole,
        *(_live(*pair) for pair in zip((DEVIATION, DEVIATION_RATE), deviations, strict=True)),
        BLANK,
    ]
    return listing(sheet, columns, rows, totals=totals)


def _line(figures: Figures, line: ExpenditureLine) -> list[object]:
    deviations = (figures[f"line.deviation/{line.key}"], figures[f"line.deviation_rate/{line.key}"])
    return [
        line.key,
        field(line, "title"),
        *(figures[f"line.{name}/{line.key}"] for name in MONEY),
        *(_live(*pair) for pair in zip((DEVIATION, DEVIATION_RATE), deviations, strict=True)),
        field(line, "cap"),
    ]


def _live(formula: str, figure: Figure) -> object:
    """Return a live cell; a rate on a plan of nothing has no value, and a line says so instead of the mark."""
    if not figure.known and figure.unit == "%" and not any(isinstance(part, tuple) for part in figure.missing):
        return "–"
    return Live(formula, figure)


def _signed(sheet: Worksheet, unit: str, places: int) -> str:
    return number_format(sheet.locale.language, unit, places, sign="+")


def _mark_overruns(sheet: Worksheet, block: Block) -> None:
    """Set off what was spent beyond the plan: by colour, weight and a sign."""
    for column, unit, places in ((6, "EUR", 2), (7, "%", 1)):
        number = number_format(sheet.locale.language, unit, places, sign="▲ +")
        overlay = {"bold": True, "bg_color": AMBER, "num_format": number, "left": 5, "left_color": ORANGE}
        sheet.condition((block.first, block.last), column, {"type": "cell", "criteria": ">", "value": 0}, overlay)


def _income(sheet: Worksheet, report: Report) -> None:
    figures, plan = report.figures, report.project.plan
    columns = [
        Head(_("Line"), "mark"),
        Head(title_of("income_line", "title"), width=34),
        Head(_("Planned"), "number"),
        Head(_("Planned, share"), "number"),
        Head(_("Settlement"), "number"),
        Head(_("Settlement, share"), "number"),
        Head(_("Kind of income"), width=14),
    ]
    names = ("planned", "planned_share", "received", "received_share")
    rows = [
        [
            line.key,
            field(line, "title"),
            *(figures[f"income_line.{name}/{line.key}"] for name in names),
            field(line, "source"),
        ]
        for line in (plan.income if plan else ())
    ]
    totals = [_("Total"), BLANK, figures["income.planned"], BLANK, figures["income.received"], BLANK, BLANK]
    listing(sheet, columns, rows, totals=totals)


def _settlement(sheet: Worksheet, report: Report) -> None:
    columns = [
        Head(_("No."), "mark"),
        Head(_("Step"), width=34),
        Head(_("Value"), "number"),
        Head(_("How it is computed"), "aside"),
    ]
    rows = []
    for number, name in enumerate(STEPS, 1):
        figure = report.figures[name]
        rows.append([number, figure.title, figure, figure.how or BLANK])
    listing(sheet, columns, rows)
