"""Plan and actual: expenditure and income by line of the plan, and the steps to the grant due."""

from __future__ import annotations

from oekoreport import ExpenditureLine, Figure, IncomeLine, Report, catalogue
from oekoreport.kit.sheets import BLANK, Live, Worksheet, number_format
from oekoreport_workbook.book import CohortBook
from oekoreport_workbook.fields import of_field, of_figure
from oekoreport_workbook.listing import Block, Column, listing, reserved, section
from oekoreport_workbook.looks import AMBER, ORANGE

_ = catalogue("oekoreport_workbook")

MONEY = (
    ("planned", _("Planned")),
    ("planned_eligible", _("Planned, of which eligible")),
    ("spent", _("Spent")),
    ("eligible", _("Spent, of which eligible")),
)
DEVIATION = "=E{row}-C{row}"
DEVIATION_RATE = "=G{row}/C{row}*100"
STEPS = (
    "settlement.granted",
    "settlement.cap",
    "expenditure.spent",
    "expenditure.eligible",
    "settlement.recognized",
    "settlement.cover_funds",
    "settlement.direct_cover",
    "settlement.free_cover",
    "settlement.donations",
    "settlement.disregarded",
    "settlement.free_cover_planned",
    "settlement.base",
    "settlement.rate",
    "settlement.by_rate",
    "settlement.pro_rata",
    "settlement.grant_due",
    "settlement.own_funds_planned",
    "settlement.own_funds",
    "settlement.result",
    "settlement.paid_out",
    "settlement.remaining_claim",
    "settlement.repayment",
    "settlement.repayment_due",
    "settlement.uncalled",
)
"""The steps of the settlement, in the order in which they are computed."""


def write(book: CohortBook, report: Report) -> None:
    """Write the sheet."""
    sheet = book.sheet(_("Plan and actual"), _("Plan against actual"), note=_("All amounts in euro, as paid."))
    sheet.freeze(sheet.row, 2)
    sheet.repeat(0, sheet.row - 1)
    section(sheet, _("Expenditure"))
    block = _expenditure(book, sheet, report)
    _mark_overruns(sheet, block)
    section(sheet, _("Income"))
    _income(book, sheet, report)
    section(sheet, _("Settlement"))
    _settlement(sheet, report)


def _expenditure(book: CohortBook, sheet: Worksheet, report: Report) -> Block:
    figures, plan, language = report.figures, report.project.plan, sheet.locale.language
    columns: list[Column[ExpenditureLine]] = [
        Column(_("Line"), book.key, "mark", total=_("Total")),
        of_field("expenditure_line", "title", width=34),
        *(of_figure(figures, f"line.{n}", title, width=13, total=figures[f"expenditure.{n}"]) for n, title in MONEY),
        Column(
            _("More or less than planned"),
            lambda line: _live(DEVIATION, figures[f"line.deviation/{line.key}"]),
            "number",
            number_format(language, "EUR", 2, sign="+"),
            width=14,
            total=_live(DEVIATION, figures["expenditure.deviation"]),
        ),
        Column(
            _("Deviation in %"),
            lambda line: _live(DEVIATION_RATE, figures[f"line.deviation_rate/{line.key}"]),
            "number",
            number_format(language, "%", 1, sign="+"),
            width=11,
            total=_live(DEVIATION_RATE, figures["expenditure.deviation_rate"]),
        ),
        of_field("expenditure_line", "cap", "number", number_format(language, "EUR", 2)),
    ]
    return listing(sheet, columns, plan.expenditure if plan else ())


def _live(formula: str, figure: Figure) -> object:
    """Return a live cell; a rate on a plan of nothing has no value, and a line says so instead of the mark."""
    if not figure.known and figure.unit == "%" and not any(isinstance(part, tuple) for part in figure.missing):
        return "–"
    return Live(formula, figure)


def _mark_overruns(sheet: Worksheet, block: Block) -> None:
    """Highlight spending over plan by colour, bold type and a sign."""
    for column, unit, places in ((6, "EUR", 2), (7, "%", 1)):
        number = number_format(sheet.locale.language, unit, places, sign="▲ +")
        overlay = {"bold": True, "bg_color": AMBER, "num_format": number, "left": 5, "left_color": ORANGE}
        sheet.condition((block.first, block.last), column, {"type": "cell", "criteria": ">", "value": 0}, overlay)


def _income(book: CohortBook, sheet: Worksheet, report: Report) -> None:
    figures, plan = report.figures, report.project.plan
    columns: list[Column[IncomeLine]] = [
        Column(_("Line"), book.key, "mark", total=_("Total")),
        of_field("income_line", "title", width=34),
        of_figure(figures, "income_line.planned", _("Planned"), total=figures["income.planned"]),
        of_figure(figures, "income_line.planned_share", _("Planned, share")),
        of_figure(figures, "income_line.received", _("Settlement"), total=figures["income.received"]),
        of_figure(figures, "income_line.received_share", _("Settlement, share")),
        of_field("income_line", "source", title=_("Kind of income"), width=14),
    ]
    listing(sheet, columns, plan.income if plan else ())


def _settlement(sheet: Worksheet, report: Report) -> None:
    columns: list[Column[Figure]] = [
        Column(_("No."), lambda figure: STEPS.index(figure.name) + 1, "mark"),
        Column(_("Step"), lambda figure: figure.title, width=34),
        Column(_("Value"), lambda figure: figure, "number"),
        Column(_("Computation"), lambda figure: figure.how or BLANK, "aside"),
    ]
    listing(sheet, columns, [report.figures[name] for name in STEPS])
    reserved(sheet, report, STEPS)
