"""Key figures: what each site used in the year of its inventory, and what that is per head and per floor area."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from oekoreport import BASE_UNITS, Consumption, FieldRef, Figure, Participant, Report, Site, catalogue
from oekoreport.kit.sheets import BLANK, Worksheet, number_format
from oekoreport_workbook.book import CohortBook
from oekoreport_workbook.fields import field, of_field, of_figure, title_of
from oekoreport_workbook.listing import Column, keep_head, listing
from oekoreport_workbook.savings import titled

_ = catalogue("oekoreport_workbook")

FIGURES = (
    ("baseline.electricity", _("Electricity, {unit}")),
    ("baseline.energy", _("Total energy, {unit}")),
    ("baseline.water", _("Water, {unit}")),
    ("baseline.waste", _("Waste, {unit}")),
    ("baseline.energy_per_staff", _("Energy per full-time equivalent, {unit}")),
    ("baseline.energy_per_area", _("Energy per floor area, {unit}")),
)


def write(book: CohortBook, report: Report) -> None:
    """Write the sheets: a row for each site, for each year of it, and for each resource that it used in a year."""
    sites = [(participant, site) for participant in report.project.participants for site in participant.sites]
    released = [(owner, site) for owner, site in sites if report.figures.releases(owner.key)]
    years = [(*entry, baseline) for entry in released for baseline in entry[-1].baselines]
    note = _("Latest year stated for each site. Energy in net calorific value (Hi).")
    sheet = book.sheet(_("Key figures"), _("Key figures by site"), note=note)
    keep_head(sheet, listing(sheet, _site_columns(report, sites), sites), 2)
    sheet = book.sheet(_("Inventory"), _("Inventory by site and year"))
    keep_head(sheet, listing(sheet, _year_columns(sheet), years), 2)
    sheet = book.sheet(_("Consumption"), _("Consumption by resource"))
    uses = [(*entry, consumption) for entry in years for consumption in entry[-1].consumptions]
    keep_head(sheet, listing(sheet, _use_columns(sheet), uses, table="consumption"), 2)


def _where() -> tuple[Column[Any], ...]:
    return of_field("participant", "name", title=_("Participant"), width=30), of_field("site", "name", title=_("Site"))


def _site_columns(report: Report, sites: Sequence[tuple[Participant, Site]]) -> list[Column[Any]]:
    columns = [*_where(), of_field("site", "town")]
    for name, title in FIGURES:
        example = next((report.figures[f"{name}/{site.key}"] for _owner, site in sites), None)
        shown = of_figure(report.figures, name, titled(title, example) if example else title, width=12)
        columns.append(replace(shown, cell=partial(_if_stated, shown)))
    return columns


def _if_stated(column: Column[Any], entry: tuple[Participant, Site]) -> object:
    """Return a site's figure; blank where it is unknown because the inventory says nothing that it needs."""
    figure, (_owner, site) = column.cell(entry), entry
    stated = {
        (noun.key, name)
        for baseline in site.baselines
        for noun in (baseline, *baseline.consumptions)
        for name in type(noun).model_fields
        if noun.stated(name)
    }
    missing = figure.missing if isinstance(figure, Figure) else ()
    is_silent = missing and not any(isinstance(each, FieldRef) and (each.key, each.field) in stated for each in missing)
    return BLANK if is_silent else figure


def _year_columns(sheet: Worksheet) -> list[Column[Any]]:
    return [
        *_where(),
        of_field("baseline", "year", "mark", "0"),
        of_field("baseline", "staff", "number"),
        of_field("baseline", "area", "number", title=_("Floor area, m²")),
        of_field("baseline", "turnover", "number", number_format(sheet.locale.language, "EUR", 2)),
    ]


def _use_columns(sheet: Worksheet) -> list[Column[Any]]:
    return [
        *_where(),
        of_field("baseline", "year", "mark", "0"),
        of_field("consumption", "resource"),
        Column(title_of("consumption", "amount"), lambda entry: _used(entry[-1]), "number"),
        Column(_("Unit"), lambda entry: BASE_UNITS[entry[-1].amount.dimension] if entry[-1].amount else BLANK, "mark"),
        of_field("consumption", "cost", "number", number_format(sheet.locale.language, "EUR", 2)),
    ]


def _used(entry: Consumption) -> object:
    return entry.amount.base() if entry.amount else field(entry, "amount")
