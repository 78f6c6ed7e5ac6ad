"""Overview: the round at a glance, its figures, and charts that are fed from cells beside them."""

from __future__ import annotations

from functools import partial
from typing import Any

from oekoreport import Area, Figure, Message, Report, catalogue
from oekoreport.kit.sheets import Worksheet, figure_format
from oekoreport_workbook.book import CohortBook
from oekoreport_workbook.fields import field, in_words, of_field, of_figure, title_of
from oekoreport_workbook.listing import Block, Column, listing, reserved, section
from oekoreport_workbook.looks import BLUE, FONT, GREY, INK, LINE, ORANGE
from oekoreport_workbook.savings import areas, of_area, unit_beside

_ = catalogue("oekoreport_workbook")

LEFT = (
    "participants.total",
    "participants.certified",
    "workshops.held",
    "attendance.rate",
    "visits.total",
    "measures.total",
    "measures.programme",
    "measures.implemented",
    "measures.unquantified",
)
RIGHT = (
    "savings.money",
    "savings.energy",
    "savings.co2",
    "savings.water",
    "savings.waste",
    "investment.total",
    "expenditure.spent",
    "expenditure.eligible",
    "settlement.grant_due",
)
BANDS = ("none", "under_1", "from_1_to_3", "over_3", "never")
ROWS_OF_CHART = 15
LABELS, VALUES = 0, 1
WIDEST_LABEL = 46
RIGHT_SIDE, LAST_COLUMN = 4, 6


def write(book: CohortBook, report: Report) -> None:
    """Write the sheet."""
    sheet = book.sheet(_("Overview"), book.title)
    _facts(sheet, report)
    _headlines(sheet, report)
    _savings_by_area(book, sheet, report)
    _payback(book, sheet, report)
    _plan_and_actual(book, sheet, report)
    sheet.portrait(pages=1)


def _facts(sheet: Worksheet, report: Report) -> None:
    project, grant = report.project, report.project.grant
    rows: list[tuple[Message | str, object]] = [
        (_("Recipient of the grant"), field(project.recipient, "name")),
        (title_of("grant", "authority"), field(grant, "authority")),
        (title_of("project", "purpose"), field(project, "purpose")),
        (_("Approval period"), _period(field(grant, "period_start"), field(grant, "period_end"))),
        (_("The round itself"), _period(field(project, "starts_on"), field(project, "ends_on"))),
        (title_of("project", "consultant"), field(project, "consultant")),
    ]
    for label, value in rows:
        sheet.put(sheet.row, 0, label, "label")
        sheet.across(sheet.row, range(1, LAST_COLUMN + 1), value, "fact")
        sheet.row += 1
    sheet.row += 1


def _period(start: object, end: object) -> Message:
    return _("{start} to {end}", start=in_words(start), end=in_words(end))


def _headlines(sheet: Worksheet, report: Report) -> None:
    section(sheet, _("The round in figures"))
    for column in (0, RIGHT_SIDE):
        sheet.widths.cap(column, WIDEST_LABEL)
    for left, right in zip(LEFT, RIGHT, strict=True):
        for column, name in ((0, left), (RIGHT_SIDE, right)):
            figure = report.figures[name]
            sheet.put(sheet.row, column, figure.title, "key_label")
            sheet.put(sheet.row, column + 1, figure, "key")
            sheet.put(sheet.row, column + 2, unit_beside(figure), "key_label")
        sheet.heights[sheet.row] = 19
        sheet.row += 1
    reserved(sheet, report, (*LEFT, *RIGHT))
    sheet.row += 1


def _savings_by_area(book: CohortBook, sheet: Worksheet, report: Report) -> None:
    section(sheet, _("Money saved per year by area of work"))
    figures = [report.figures[f"area.money/{area.value}"] for area in areas(report)]
    columns: list[Column[Area]] = [
        Column(_("Area of work"), lambda area: area, width=30, total=_("Total")),
        Column(
            _("Saving per year"), partial(of_area, report, "money"), "number", total=report.figures["savings.money"]
        ),
    ]
    top = sheet.row
    block = listing(sheet, columns, areas(report))
    words = _("Bar chart: money saved per year by area of work; the numbers are in the table to the left.")
    _bars(book, sheet, (top, block), figures, words, [(VALUES, _("Saving per year in euro"), BLUE)])


def _payback(book: CohortBook, sheet: Worksheet, report: Report) -> None:
    section(sheet, _("Payback times of measures"))
    figures = [report.figures[f"payback.{band}"] for band in BANDS]
    base = report.figures["payback.base"]
    columns: list[Column[Figure]] = [
        Column(_("Payback time"), lambda figure: figure.title, width=30, total=base.title),
        Column(_("Measures"), lambda figure: figure, "number", total=base),
        Column(_("Share"), lambda figure: report.figures[f"{figure.name}_share"], "number"),
    ]
    top = sheet.row
    block = listing(sheet, columns, figures)
    words = _("Bar chart: number of measures by payback time; the numbers are in the table to the left.")
    _bars(book, sheet, (top, block), figures, words, [(VALUES, _("Number of measures"), BLUE)])


def _plan_and_actual(book: CohortBook, sheet: Worksheet, report: Report) -> None:
    section(sheet, _("Expenditure: plan and actual"))
    figures, lines = report.figures, report.project.plan.expenditure if report.project.plan else ()
    columns = [
        of_field("expenditure_line", "title", title=_("Line"), width=30, total=_("Total")),
        of_figure(figures, "line.planned", _("Planned"), total=figures["expenditure.planned"]),
        of_figure(figures, "line.spent", _("Spent"), total=figures["expenditure.spent"]),
    ]
    top = sheet.row
    block = listing(sheet, columns, lines)
    shown = [figures[f"line.{name}/{line.key}"] for line in lines for name in ("planned", "spent")]
    words = _("Bar chart: expenditure planned and spent by line; the numbers are in the table to the left.")
    series = [(1, _("Planned"), ORANGE), (2, _("Spent"), BLUE)]
    _bars(book, sheet, (top, block), shown, words, series)


def _bars(  # noqa: PLR0913 - what a chart is made of
    book: CohortBook,
    sheet: Worksheet,
    place: tuple[int, Block],
    figures: list[Figure],
    words: Message,
    series: list[tuple[int, Message, str]],
) -> None:
    """Place a bar chart to the right of its table; none where a value is unknown: a bar of no length would lie."""
    top, block = place
    if figures and all(figure.known for figure in figures):
        chart = _chart(book, sheet, block, figures[0], series)
        options = {"description": book.locale.show(words), "object_position": 2, "y_offset": 2}
        sheet.place_chart(top, RIGHT_SIDE, chart, options)
        sheet.row = max(sheet.row, top + ROWS_OF_CHART)
    else:
        why = _("No chart: there are no values, or one is unknown or not released.")
        sheet.put(top, RIGHT_SIDE, why, "note", wide=False)


def _chart(
    book: CohortBook, sheet: Worksheet, block: Block, example: Figure, series: list[tuple[int, Message, str]]
) -> Any:
    chart = book.chart("bar")
    font = {"name": FONT["font_name"], "size": 9, "color": GREY}
    number = figure_format(book.locale.language, example)
    for column, title, colour in series:
        chart.add_series(
            {
                "name": book.locale.show(title),
                "categories": [sheet.name, block.first, LABELS, block.last, LABELS],
                "values": [sheet.name, block.first, column, block.last, column],
                "fill": {"color": colour},
                "gap": 60 if len(series) == 1 else 45,
                "overlap": 0,
                "data_labels": {"value": True, "num_format": number, "font": {**font, "size": 8}},
            }
        )
    chart.set_y_axis({"reverse": True, "num_font": font, "line": {"color": LINE}, "major_tick_mark": "none"})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_legend({"position": "bottom", "font": font} if len(series) > 1 else {"none": True})
    title_font = {**font, "size": 10, "bold": True, "color": INK}
    heading = book.locale.show(series[0][1] if len(series) == 1 else _("Planned and spent in euro"))
    chart.set_title({"name": heading, "name_font": title_font, "overlay": False})
    chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    chart.set_size({"width": sheet.pixels(range(RIGHT_SIDE, LAST_COLUMN + 1)), "height": 20 * ROWS_OF_CHART - 10})
    return chart
