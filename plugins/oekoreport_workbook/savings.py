"""Savings: by participant and by area of work, with totals that are live sums."""

from __future__ import annotations

from functools import partial

from oekoreport import Area, Figure, Message, Participant, Report, catalogue
from oekoreport.kit.sheets import BLANK, Worksheet
from oekoreport_workbook.book import CohortBook
from oekoreport_workbook.fields import of_field
from oekoreport_workbook.listing import Block, Column, keep_head, listing, section

_ = catalogue("oekoreport_workbook")

BY_PARTICIPANT = (
    ("measures.programme", _("Measures in the programme")),
    ("investment.total", _("Investment")),
    ("savings.money", _("Money saved per year")),
    ("savings.electricity", _("Electricity, {unit}")),
    ("savings.heat", _("Heat, {unit}")),
    ("savings.fuel", _("Fuel, {unit}")),
    ("savings.energy", _("Total energy, {unit}")),
    ("savings.co2", _("CO2, {unit}")),
    ("savings.water", _("Water, {unit}")),
    ("savings.waste", _("Waste, {unit}")),
    ("savings.waste_volume", _("Waste by volume, {unit}")),
    ("savings.material", _("Material, {unit}")),
)
BY_AREA = (
    ("measures", "measures.programme", _("Measures in the programme")),
    ("investment", "investment.total", _("Investment")),
    ("money", "savings.money", _("Money saved per year")),
    ("energy", "savings.energy", _("Total energy, {unit}")),
    ("co2", "savings.co2", _("CO2, {unit}")),
    ("water", "savings.water", _("Water, {unit}")),
    ("waste", "savings.waste", _("Waste, {unit}")),
)
COUNTED = ("measures", "investment")
"""The figures of an area that say something where none of its measures is quantified."""

NOTHING = "–"
IMPLEMENTED = ("investment", "money", "energy", "co2", "water", "waste")


def write(book: CohortBook, report: Report) -> None:
    """Write the sheets: a row for each participant, and the sums by area of work."""
    note = _("Measures implemented or planned; effects that come every year. Energy in net calorific value (Hi).")
    sheet = book.sheet(_("Savings"), _("Savings per year"), note=note)
    keep_head(sheet, _by_participant(sheet, report), 1)
    sheet = book.sheet(_("Areas of work"), _("Savings per year by area of work"), note=note)
    sheet.freeze(sheet.row, 1)
    sheet.repeat(0, sheet.row - 1)
    _by_area(sheet, report)
    _implemented(sheet, report)


def titled(title: Message, figure: Figure) -> Message:
    """Return a head with the figure's unit filled in where it has a place for it."""
    return _(title.msgid, unit=figure.unit) if "{unit}" in title.msgid else title


def _by_participant(sheet: Worksheet, report: Report) -> Block:
    figures = report.figures
    columns: list[Column[Participant]] = [
        of_field("participant", "name", title=_("Participant"), width=30, total=_("Total")),
        *(
            Column(titled(title, figures[name]), partial(_of, report, name), "number", width=11, total=figures[name])
            for name, title in BY_PARTICIPANT
        ),
    ]
    return listing(sheet, columns, report.project.participants)


def _of(report: Report, name: str, participant: Participant) -> Figure | str:
    """Return a figure of a participant; a dash where its measures do not count, which is no zero."""
    return report.figures[f"{name}/{participant.key}"] if participant.contributes else NOTHING


def _by_area(sheet: Worksheet, report: Report) -> None:
    section(sheet, _("By area of work"))
    columns: list[Column[Area]] = [Column(_("Area of work"), lambda area: area, width=30, total=_("Total"))]
    for short, name, title in BY_AREA:
        whole = report.figures[name]
        cell = partial(of_area, report, short)
        columns.append(Column(titled(title, whole), cell, "number", width=11, total=whole))
    listing(sheet, columns, areas(report))


def areas(report: Report) -> list[Area]:
    """Return the areas of work that figures speak of."""
    return [area for area in Area if f"area.measures/{area.value}" in report.figures]


def of_area(report: Report, name: str, area: Area) -> Figure | str:
    """Return a figure of an area of work; a dash where none of its measures is quantified, which is no zero."""
    if name not in COUNTED and report.figures[f"area.quantified/{area.value}"].value == 0:
        return NOTHING
    return report.figures[f"area.{name}/{area.value}"]


def unit_beside(figure: Figure) -> str:
    """Return the unit to stand beside a figure; euro and per cent stand with the number itself."""
    return BLANK if figure.unit in ("EUR", "EUR/a", "%") else figure.unit


def _implemented(sheet: Worksheet, report: Report) -> None:
    section(sheet, _("Of which implemented"))
    columns: list[Column[Figure]] = [
        Column(_("Figure"), lambda figure: figure.title, width=30),
        Column(_("Value"), lambda figure: figure, "number"),
        Column(_("Unit"), unit_beside, "mark"),
    ]
    listing(sheet, columns, [report.figures[f"implemented.{short}"] for short in IMPLEMENTED])
