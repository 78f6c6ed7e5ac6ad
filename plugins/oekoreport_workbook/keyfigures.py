"""Key figures: what each site used in the year of its inventory, and what that is per head and per floor area."""

from __future__ import annotations

from collections.abc import Iterator

from oekoreport import Baseline, Consumption, Participant, Report, Site, catalogue
from oekoreport.kit.sheets import BLANK, Worksheet, number_format
from oekoreport_workbook.book import CohortBook
from oekoreport_workbook.fields import field, title_of
from oekoreport_workbook.listing import Block, Head, keep_head, listing
from oekoreport_workbook.measures import BASE_UNITS
from oekoreport_workbook.savings import titled

_ = catalogue("oekoreport_workbook")

FIGURES = (
    ("baseline.electricity", _("Electricity, {unit}")),
    ("baseline.energy", _("Energy in all, {unit}")),
    ("baseline.water", _("Water, {unit}")),
    ("baseline.waste", _("Waste, {unit}")),
    ("baseline.energy_per_staff", _("Energy per full-time equivalent, {unit}")),
    ("baseline.energy_per_area", _("Energy per floor area, {unit}")),
)


def write(book: CohortBook, report: Report) -> None:
    """Write the sheets: a row for each site, for each year of it, and for each resource that it used in a year."""
    sites = [(participant, site) for participant in report.project.participants for site in participant.sites]
    note = _("Latest year stated for each site. Energy in net calorific value (Hi).")
    sheet = book.sheet(_("Key figures"), _("Key figures by site"), note=note)
    keep_head(sheet, _by_site(sheet, report, sites), 2)
    sheet = book.sheet(_("Inventory"), _("Inventory by site and year"))
    keep_head(sheet, _inventory(sheet, sites), 2)
    sheet = book.sheet(_("Consumption"), _("Consumption by resource"))
    keep_head(sheet, _consumption(sheet, sites), 2)


def _by_site(sheet: Worksheet, report: Report, sites: list[tuple[Participant, Site]]) -> Block:
    columns = [Head(_("Participant"), width=30), Head(_("Site")), Head(title_of("site", "town"))]
    for name, title in FIGURES:
        example = next((report.figures[f"{name}/{site.key}"] for _owner, site in sites), None)
        columns.append(Head(titled(title, example) if example else title, "number", width=12))
    rows = [
        [
            field(owner, "name"),
            field(site, "name"),
            field(site, "town"),
            *(report.figures[f"{name}/{site.key}"] for name, _title in FIGURES),
        ]
        for owner, site in sites
    ]
    return listing(sheet, columns, rows)


def _inventory(sheet: Worksheet, sites: list[tuple[Participant, Site]]) -> Block:
    money = number_format(sheet.locale.language, "EUR", 2)
    columns = [
        Head(_("Participant"), width=30),
        Head(_("Site")),
        Head(title_of("baseline", "year"), "mark", "0"),
        Head(title_of("baseline", "staff"), "number"),
        Head(_("Floor area, m²"), "number"),
        Head(title_of("baseline", "turnover"), "number", money),
    ]
    names = ("year", "staff", "area", "turnover")
    rows = [
        [field(owner, "name"), field(site, "name"), *(field(baseline, name) for name in names)]
        for owner, site, baseline in _baselines(sites)
    ]
    return listing(sheet, columns, rows)


def _baselines(sites: list[tuple[Participant, Site]]) -> Iterator[tuple[Participant, Site, Baseline]]:
    for owner, site in sites:
        for baseline in site.baselines:
            yield owner, site, baseline


def _consumption(sheet: Worksheet, sites: list[tuple[Participant, Site]]) -> Block:
    money = number_format(sheet.locale.language, "EUR", 2)
    columns = [
        Head(_("Participant"), width=30),
        Head(_("Site")),
        Head(title_of("baseline", "year"), "mark", "0"),
        Head(title_of("consumption", "resource")),
        Head(title_of("consumption", "amount"), "number"),
        Head(_("Unit"), "mark"),
        Head(title_of("consumption", "cost"), "number", money),
    ]
    rows = [
        [field(owner, "name"), field(site, "name"), field(baseline, "year"), *_used(entry)]
        for owner, site, baseline in _baselines(sites)
        for entry in baseline.consumptions
    ]
    return listing(sheet, columns, rows, table="consumption")


def _used(entry: Consumption) -> Iterator[object]:
    yield field(entry, "resource")
    yield entry.amount.base() if entry.amount else field(entry, "amount")
    yield BASE_UNITS[entry.amount.dimension] if entry.amount else BLANK
    yield field(entry, "cost")
