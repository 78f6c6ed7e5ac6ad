"""Origins: where every figure comes from, down to cells, files and facts; and what was read to compute it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from operator import itemgetter
from typing import NamedTuple

from oekoreport import (
    Fact,
    FieldRef,
    Figure,
    FigureRef,
    Message,
    Parameter,
    Place,
    Quantity,
    Report,
    catalogue,
    describe,
)
from oekoreport.kit.sheets import BLANK, Worksheet
from oekoreport_workbook.book import CohortBook
from oekoreport_workbook.fields import joined, title_of
from oekoreport_workbook.listing import Block, Column, keep_head, listing, section

_ = catalogue("oekoreport_workbook")

MOST_RANGES = 30
"""How many ranges of cells are named; beyond that their number stands, and the command "explain" names them all."""

MOST_MISSING = 30
"""How many fields are named that a figure lacks; a total of many measures may lack more than a cell can name."""


Runs = list[tuple[int, int]]
"""First and last rows of cells below each other, in order; (0, 0) is a place that is in no row."""

Cells = dict[tuple[str, str], dict[tuple[str, int], Runs]]
"""Runs by file and sheet, then by column and line, each in order of first use."""


class Ground(NamedTuple):
    """What a figure rests on in the end: cells that were read, and facts, each once. Totals rest on very many cells."""

    cells: Cells
    facts: dict[Fact | Parameter, None]


class Grounds:
    """The grounds of figures, followed down through the figures that they are computed from."""

    def __init__(self, report: Report) -> None:
        self._figures = report.figures
        self._origins = report.origins
        self._memo: dict[str, Ground] = {}

    def __getitem__(self, name: str) -> Ground:
        if name not in self._memo:
            self._memo[name] = self._found(name)
        return self._memo[name]

    def _found(self, name: str) -> Ground:
        ground = Ground({}, {})
        for part in self._figures[name].basis:
            match part:
                case FieldRef():
                    if place := self._origins.place((part.kind, part.key), part.field):
                        sheet = ground.cells.setdefault(place[:2], {})
                        sheet.setdefault((place.column, place.line), []).append((place.row, place.row))
                case Fact() | Parameter():
                    ground.facts[part] = None
                case FigureRef():
                    below = self[part.name]
                    ground.facts.update(below.facts)
                    for spot, columns in below.cells.items():
                        sheet = ground.cells.setdefault(spot, {})
                        for column, runs in columns.items():
                            sheet.setdefault(column, []).extend(runs)
        for columns in ground.cells.values():
            for runs in columns.values():
                runs[:] = _merged(runs)
        return ground


def _merged(runs: Runs) -> Iterator[tuple[int, int]]:
    """Yield runs in order, those that overlap or touch as one."""
    start = end = -1
    for first, last in sorted(runs):
        if start == -1:
            start, end = first, last
        elif first <= end + bool(end):
            end = max(end, last)
        else:
            yield start, end
            start, end = first, last
    yield start, end


def write(book: CohortBook, report: Report) -> None:
    """Write the sheets: the figures, and the inputs with the versions of the programs."""
    note = _("Internal, not submitted to the authority. Inputs are identified by their SHA-256.")
    sheet = book.sheet(_("Origins"), _("Where each figure comes from"), note=note)
    keep_head(sheet, _figures(sheet, report), 1)
    sheet = book.sheet(_("Inputs"), _("Inputs and versions"), note=note)
    sheet.freeze(sheet.row, 1)
    section(sheet, _("Versions"))
    versions = [Column(_("Part"), itemgetter(0), most=40), Column(_("Version"), itemgetter(1))]
    listing(sheet, versions, sorted(report.versions.items()))
    section(sheet, _("Files"))
    inputs = [
        Column(_("File"), itemgetter(0), most=40),
        Column(_("SHA-256"), itemgetter(1), width=34, most=34),
    ]
    files = listing(sheet, inputs, sorted(report.inputs.items()), table="inputs")
    sheet.repeat(files.head, files.head)


def _figures(sheet: Worksheet, report: Report) -> Block:
    grounds = Grounds(report)
    columns: list[Column[Figure]] = [
        Column(_("Name"), lambda figure: figure.name, width=36, most=40),
        Column(_("Figure"), lambda figure: figure.title, width=32),
        Column(_("Subject"), lambda figure: describe(figure.subject) if figure.subject else BLANK, width=20),
        Column(_("Value"), lambda figure: figure, "number"),
        Column(_("Unit"), lambda figure: figure.unit or BLANK, "mark"),
        Column(_("From the cells"), lambda figure: _places(grounds[figure.name].cells), width=40, most=60),
        Column(_("From facts"), lambda figure: joined(map(_fact, grounds[figure.name].facts)), most=40),
        Column(_("Computation"), lambda figure: figure.how or BLANK, most=34),
        Column(_("Missing inputs"), lambda figure: _lacking(report, figure.missing), most=34),
    ]
    return listing(sheet, columns, list(report.figures.values()), table="figures")


def _lacking(report: Report, missing: Sequence[FieldRef | Parameter | Message]) -> object:
    """Return what is missing as text, with the number of what is not named."""
    named = joined(_missing(report, part) for part in missing[:MOST_MISSING])
    rest = len(missing) - MOST_MISSING
    return _("{named}; and {rest} more", named=named, rest=rest) if rest > 0 else named


def _fact(fact: Fact | Parameter) -> Message:
    held = fact.held if isinstance(fact, Parameter) else Quantity(fact.value, fact.unit)
    return _("{title}: {value} ({source})", title=fact.title, value=held, source=fact.source)


def _missing(report: Report, part: FieldRef | Parameter | Message) -> Message:
    if isinstance(part, Parameter):
        return _("the legal value “{title}”", title=part.title)
    if isinstance(part, Message):
        return part
    place = report.origins.place((part.kind, part.key), part.field)
    words = {"title": title_of(part.kind, part.field), "subject": describe((part.kind, part.key))}
    return _("{title} of {subject}, {place}", **words, place=place) if place else _("{title} of {subject}", **words)


def _places(cells: Cells) -> object:
    """Return places as text: by sheet, the cells below each other as ranges."""
    ranges = (part for spot, columns in cells.items() for part in _ranges(spot, columns))
    named = joined(islice(ranges, MOST_RANGES))
    rest = sum(len(runs) for columns in cells.values() for runs in columns.values()) - MOST_RANGES
    return _("{places}; and {rest} more ranges of cells", places=named, rest=rest) if rest > 0 else named


def _ranges(spot: tuple[str, str], columns: dict[tuple[str, int], Runs]) -> Iterator[object]:
    """Yield the ranges of one sheet: the first with file and sheet, the others by their cells alone."""
    named = False
    for (column, line), runs in columns.items():
        for start, end in runs:
            first, last = Place(*spot, column, start, line), Place(*spot, column, end, line)
            if named and first.cell:
                yield first.cell if start == end else f"{first.cell}:{last.cell}"
            else:
                yield first if start == end else Message("{first}:{last}", first=first, last=last.cell)
            named = True
