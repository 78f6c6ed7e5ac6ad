"""Origins: where every figure comes from, down to cells, files and facts; and what was read to compute it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from oekoreport import Fact, FieldRef, Figure, FigureRef, Message, Place, Report, catalogue, describe
from oekoreport_workbook.book import Book
from oekoreport_workbook.fields import joined, title_of
from oekoreport_workbook.listing import Block, Column, listing
from oekoreport_workbook.sheet import BLANK, Sheet

_ = catalogue("oekoreport_workbook")

MOST_RANGES = 30
"""How many ranges of cells are named; beyond that their number stands, and the command "explain" names them all."""


class Ground(NamedTuple):
    """What a figure rests on in the end: fields that were read, and facts; each once, in order of first use."""

    fields: dict[FieldRef, None]
    facts: dict[Fact, None]


class Grounds:
    """The grounds of figures, followed down through the figures that they are computed from."""

    def __init__(self, report: Report) -> None:
        self._figures = report.figures
        self._memo: dict[str, Ground] = {}

    def __getitem__(self, name: str) -> Ground:
        if name not in self._memo:
            ground = Ground({}, {})
            for part in self._figures[name].basis:
                match part:
                    case FieldRef():
                        ground.fields[part] = None
                    case Fact():
                        ground.facts[part] = None
                    case FigureRef():
                        below = self[part.name]
                        ground.fields.update(below.fields)
                        ground.facts.update(below.facts)
            self._memo[name] = ground
        return self._memo[name]


def write(book: Book, report: Report) -> None:
    """Write the sheet: figures, then inputs, then versions."""
    note = _("Internal: not part of what goes to the authority. Inputs are told by their SHA-256.")
    sheet = book.sheet(_("Origins"), _("Where each figure comes from"), note=note)
    sheet.section(_("Figures"))
    block = _figures(sheet, report)
    sheet.freeze(block.first, 1)
    sheet.repeat(block.head, block.head)
    sheet.section(_("Inputs"))
    inputs = [Column(_("File"), most=40), Column(_("SHA-256"), width=34, most=34)]
    listing(sheet, inputs, [[name, digest] for name, digest in sorted(report.inputs.items())], table="inputs")
    sheet.section(_("Versions"))
    versions = [Column(_("Part"), most=40), Column(_("Version"))]
    listing(sheet, versions, [[name, version] for name, version in sorted(report.versions.items())])


def _figures(sheet: Sheet, report: Report) -> Block:
    columns = [
        Column(_("Name"), width=36, most=40),
        Column(_("Figure"), width=32),
        Column(_("Of"), width=20),
        Column(_("Value"), "number"),
        Column(_("Unit"), "mark"),
        Column(_("From the cells"), width=40, most=60),
        Column(_("From facts"), most=40),
        Column(_("How it is computed"), most=34),
        Column(_("What is missing"), most=34),
    ]
    grounds = Grounds(report)
    rows = [list(_cells(report, figure, grounds[name])) for name, figure in report.figures.items()]
    return listing(sheet, columns, rows, table="figures")


def _cells(report: Report, figure: Figure, ground: Ground) -> Iterator[object]:
    yield figure.name
    yield figure.title
    yield describe(figure.subject) if figure.subject else BLANK
    yield figure
    yield figure.unit or BLANK
    yield _places(report.origins.place((ref.kind, ref.key), ref.field) for ref in ground.fields)
    yield joined(_fact(fact) for fact in ground.facts)
    yield figure.how or BLANK
    yield joined(_missing(report, part) for part in figure.missing)


def _fact(fact: Fact) -> Message:
    return _(
        "{title}: {value} {unit} ({source})", title=fact.title, value=fact.value, unit=fact.unit, source=fact.source
    )


def _missing(report: Report, part: FieldRef | Message) -> Message:
    if isinstance(part, Message):
        return part
    place = report.origins.place((part.kind, part.key), part.field)
    words = {"title": title_of(part.kind, part.field), "subject": describe((part.kind, part.key))}
    return _("{title} of {subject}, {place}", **words, place=place) if place else _("{title} of {subject}", **words)


def _places(places: Iterable[Place | None]) -> object:
    """Return places as text: by sheet, the cells below each other joined to ranges."""
    sheets: dict[tuple[str, str], dict[str, set[Place]]] = {}
    for place in places:
        if place:
            sheets.setdefault((place.file, place.sheet), {}).setdefault(place.column, set()).add(place)
    texts = [part for columns in sheets.values() for part in _cells_of(columns)]
    if len(texts) <= MOST_RANGES:
        return joined(texts)
    rest = len(texts) - MOST_RANGES
    return _("{places}; and {rest} more ranges of cells", places=joined(texts[:MOST_RANGES]), rest=rest)


def _cells_of(columns: dict[str, set[Place]]) -> Iterator[object]:
    """Yield the ranges of one sheet: the first with file and sheet, the others by their cells alone."""
    ranges = [part for places in columns.values() for part in _ranges(sorted(places))]
    first, last = ranges[0]
    yield first if first == last else Message("{first}:{last}", first=first, last=last.cell)
    for first, last in ranges[1:]:
        if not first.cell:
            yield first
        else:
            yield first.cell if first == last else f"{first.cell}:{last.cell}"


def _ranges(places: list[Place]) -> Iterator[tuple[Place, Place]]:
    """Yield first and last of the runs of places that follow each other in rows."""
    start = previous = places[0]
    for place in places[1:]:
        if not place.row or place.row != previous.row + 1:
            yield start, previous
            start = place
        previous = place
    yield start, previous
