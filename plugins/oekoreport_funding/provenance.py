"""Where a figure comes from, flattened: the cells of all sources behind it, rows that follow each other joined."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from oekoreport import Fact, FieldRef, FigureRef, Parameter, Place, Report, catalogue

_ = catalogue("oekoreport_funding")

SHOWN = 8
"""How many lines of cells stand beside a figure before the rest is only counted."""

STRETCHES = 12
"""How many stretches of one column a line names before the rest of its cells is only counted."""


def fields_behind(report: Report, name: str) -> list[FieldRef]:
    """Return every field that a figure rests on, through all figures in between, each once."""
    found: dict[FieldRef, None] = {}
    seen = {name}
    waiting = [name]
    while waiting:
        for part in report.figures[waiting.pop()].basis:
            if isinstance(part, FigureRef) and part.name not in seen:
                seen.add(part.name)
                waiting.append(part.name)
            elif isinstance(part, FieldRef):
                found[part] = None
    return list(found)


def facts(report: Report) -> list[Fact | Parameter]:
    """Return every fact and every legal parameter that any figure rests on, each once, in the order of the figures."""
    parts = (part for name in report.figures for part in report.figures[name].basis)
    return list(dict.fromkeys(part for part in parts if isinstance(part, Fact | Parameter)))


def origin(report: Report, name: str) -> str:
    """Return the cells behind a figure as text: one line for each range of cells, many ranges shortened."""
    fields = fields_behind(report, name)
    places = [report.origins.place((field.kind, field.key), field.field) for field in fields]
    ranges = list(_ranges(report, (place for place in places if place is not None)))
    lines = ranges[:SHOWN]
    if len(ranges) > SHOWN:
        lines.append(report.locale.show(_("and {count} more columns", count=len(ranges) - SHOWN)))
    derived = sum(place is None for place in places)
    if derived:
        lines.append(report.locale.show(_("{count} values from no source", count=derived)))
    return "\n".join(lines) or "–"


def _ranges(report: Report, places: Iterable[Place]) -> Iterator[str]:
    """Yield cells as ranges by column: ``projekt.xlsx: Maßnahmen!I2:I9, I12``; files without cells by their name."""
    rows: dict[tuple[str, str, str], set[int]] = defaultdict(set)
    for place in places:
        rows[place.file, place.sheet, place.column].add(place.row or place.line)
    for (file, sheet, column), numbers in sorted(rows.items()):
        where = f"{file}: {sheet}!" if sheet else f"{file}: "
        stretches = [_joined(column, first, last) for first, last in _runs(sorted(numbers))]
        joined = ", ".join(stretches[:STRETCHES])
        if len(stretches) > STRETCHES:
            joined += report.locale.show(_(" … ({count} cells in all)", count=len(numbers)))
        yield where + joined if any(numbers) else file


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last of numbers that follow each other."""
    first = last = numbers[0]
    for number in numbers[1:]:
        if number != last + 1:
            yield first, last
            first = number
        last = number
    yield first, last


def _joined(column: str, first: int, last: int) -> str:
    return f"{column}{first}" if first == last else f"{column}{first}:{column}{last}"
