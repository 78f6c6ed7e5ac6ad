"""Origins: where every figure comes from, down to cells, files and facts; and what was read to compute it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from oekoreport import Fact, FieldRef, Figure, FigureRef, Message, Place, Report, catalogue, describe
from oekoreport_workbook.book import Book
from oekoreport_workbook.fields import joined, title_of
from oekoreport_workbook.listing import Column, listing
from oekoreport_workbook.sheet import BLANK, Sheet

_ = catalogue("oekoreport_workbook")

MOST_RANGES = 24
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
    sheet.freeze(sheet.row, 1)
    sheet.repeat(0, sheet.row - 1)
    sheet.section(_("Figures"))
    _figures(sheet, report)
    sheet.section(_("Inputs"))
    inputs = [Column(_("File"), width=40), Column(_("SHA-256"), width=40)]
    listing(sheet, inputs, [[name, digest] for name, digest in sorted(report.inputs.items())], table="inputs")
    sheet.section(_("Versions"))
    versions = [Column(_("Part"), width=40), Column(_("Version"))]
    listing(sheet, versions, [[name, version] for name, version in sorted(report.versions.items())])


def _figures(sheet: Sheet, report: Report) -> None:
    columns = [
        Column(_("Name"), width=36),
        Column(_("Figure"), width=32),
        Column(_("Of"), width=20),
        Column(_("Value"), "number"),
        Column(_("Unit"), "mark"),
        Column(_("From the cells"), width=46),
        Column(_("From facts"), width=36),
        Column(_("How it is computed"), width=32),
        Column(_("What is missing"), width=32),
    ]
    grounds = Grounds(report)
    rows = [list(_cells(report, figure, grounds[name])) for name, figure in report.figures.items()]
    listing(sheet, columns, rows, table="figures")


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
    """Return places as text, cells below each other in one column joined to ranges."""
    columns: dict[tuple[str, str, str], set[int]] = {}
    for place in places:
        if place:
            columns.setdefault((place.file, place.sheet, place.column), set()).add(place.row or place.line)
    texts = [text for key, rows in columns.items() for text in _ranges(key, sorted(rows))]
    if len(texts) <= MOST_RANGES:
        return joined(texts)
    rest = len(texts) - MOST_RANGES
    return _("{places}; and {rest} more ranges of cells", places=joined(texts[:MOST_RANGES]), rest=rest)


def _ranges(key: tuple[str, str, str], rows: list[int]) -> Iterator[Place | Message]:
    file, sheet, column = key
    start = previous = rows[0]
    for row in [*rows[1:], 0]:
        if row == previous + 1:
            previous = row
            continue
        first = Place(file, sheet, column, start if column or sheet else 0, 0 if column or sheet else start)
        yield Message("{first}:{last}", first=first, last=f"{column}{previous}") if previous > start else first
        start = previous = row
