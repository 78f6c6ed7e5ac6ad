"""Measures: a row for each, a column for each resource that is saved; an Excel table to filter and sort."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from oekoreport import (
    WITHHELD,
    FieldRef,
    Figure,
    Measure,
    Message,
    Participant,
    Recurrence,
    Report,
    Resource,
    Site,
    catalogue,
)
from oekoreport.kit.sheets import BLANK, number_format
from oekoreport_workbook.book import CohortBook
from oekoreport_workbook.fields import field, joined, of_field, of_own_number, title_of
from oekoreport_workbook.listing import Column, keep_head, listing

_ = catalogue("oekoreport_workbook")

FIELDS = ("area", "state", "implemented_on", "responsible", "quantified")
MARKS = ("implemented_on", "quantified")

Entry = tuple[Participant, Site, Measure]
Kind = tuple[Resource | None, Recurrence | None]
"""What a column of effects is of; None where a source's entry could not be read."""


def write(book: CohortBook, report: Report) -> None:
    """Write the sheet."""
    counts = {
        name: report.figures[f"measures.{name}"] for name in ("total", "programme", "implemented", "unquantified")
    }
    entries = list(_entries(report))
    left_out = sum(1 for _each in report.project.measures()) - len(entries)
    sheet = book.sheet(_("Measures"), note=_summary(counts, left_out))
    money = number_format(book.locale.language, "EUR", 2)
    columns: list[Column[Entry]] = [
        Column(_("No."), lambda entry: book.key(entry[-1]), "mark"),
        of_field("participant", "name", title=_("Participant"), most=24),
        of_field("site", "name", title=_("Site"), most=14),
        of_field("measure", "title", most=34),
        *(of_field("measure", name, "mark" if name in MARKS else "text", most=20) for name in FIELDS),
        of_own_number(report.figures, "measure", "investment", money),
        of_own_number(report.figures, "measure", "saving", money),
        *(
            Column(_title(kind), partial(_amounts, report, kind), "number", width=8)
            for kind in effect_kinds(measure for _who, _site, measure in entries)
        ),
        Column(title_of("measure", "method"), partial(_method, report), most=26),
    ]
    keep_head(sheet, listing(sheet, columns, entries, table="measures"), 4)


def _entries(report: Report) -> Iterator[Entry]:
    """Yield the measures; none of a participant that did not release its figures, where those are withheld."""
    for participant in report.project.participants:
        if report.figures.releases(participant.key):
            for site in participant.sites:
                yield from ((participant, site, measure) for measure in participant.measures_at(site))


def _summary(counts: dict[str, Figure], left_out: int) -> Message:
    summary = _(
        "{total} measures, {programme} of them in the environmental programme, {implemented} implemented; "
        "{unquantified} are not quantified: they are counted, not summed.",
        **counts,
    )
    if not left_out:
        return summary
    return _("{summary} Not listed because not released: {count}.", summary=summary, count=left_out)


def effect_kinds(measures: Iterable[Measure]) -> list[Kind]:
    """Return what measures have effects on, in the order of the model, effects every year before those once."""
    present = {(effect.resource, effect.recurrence) for measure in measures for effect in measure.effects}
    resources: tuple[Resource | None, ...] = (*Resource, None)
    recurrences: tuple[Recurrence | None, ...] = (*Recurrence, None)
    return [(resource, turn) for turn in recurrences for resource in resources if (resource, turn) in present]


def _title(kind: Kind) -> Message:
    resource, recurrence = kind
    if resource is None:
        name: object = _("Effect on an unreadable resource")
        unit = BLANK
    else:
        name, unit = resource, resource.unit
    match recurrence:
        case Recurrence.ANNUAL:
            return (
                _("{resource}, {unit}/a", resource=name, unit=unit)
                if unit
                else _("{resource}, per year", resource=name)
            )
        case Recurrence.ONCE:
            return _("{resource}, {unit}, once", resource=name, unit=unit)
    return _("{resource}, {unit}, recurrence unknown", resource=name, unit=unit)


def _method(report: Report, entry: Entry) -> object:
    """Return how the saving was computed; the text may name the numbers, and is withheld with any of them."""
    measure = entry[-1]
    own = [FieldRef("measure", measure.key, name) for name in ("investment", "saving")]
    numbers = [*own, *(FieldRef("effect", effect.key, "amount") for effect in measure.effects)]
    return WITHHELD if any(map(report.figures.hides, numbers)) else field(measure, "method")


def _amounts(report: Report, kind: Kind, entry: Entry) -> object:
    """Return the amount in the unit of its column; several of one kind as they were stated: no figure sums them."""
    effects = [effect for effect in entry[-1].effects if (effect.resource, effect.recurrence) == kind]
    if any(report.figures.hides(FieldRef("effect", effect.key, "amount")) for effect in effects):
        return WITHHELD
    if len(effects) == 1 and effects[0].resource is not None:
        amount = effects[0].amount
        return amount.base() if amount else field(effects[0], "amount")
    return joined(field(effect, "amount") for effect in effects)
