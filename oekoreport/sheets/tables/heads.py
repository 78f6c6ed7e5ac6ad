"""Recognising heads and sheets: by German title, English title or field name, whatever the case, marks and units."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from oekoreport.language import LANGUAGES, Locale, Message
from oekoreport.model import KINDS
from oekoreport.model.measure import Recurrence, Resource
from oekoreport.sheets.forms.layout import (
    GUIDE_SHEETS,
    INTAKE,
    KEY,
    KEY_TITLE,
    LAYOUTS,
    PARENT,
    SINGLE,
    Column,
    Layout,
    ResourceColumn,
    Shape,
    columns,
)
from oekoreport.sheets.tables.book import Sheet, text_of
from oekoreport.units import UNITS, unit_named

HEAD_ROWS = 20
"""The heading row is sought among this many first rows."""

FORM_ROWS = 100
ENOUGH = 3
"""So many recognised heads make a sheet's kind certain enough, where its name does not tell."""

Heading = Column | ResourceColumn
"""The field, or the amount of a resource, that a column's heading names."""

LOCALES = tuple(Locale(language) for language in LANGUAGES)
UNIT_AT_END = re.compile(r"\s*(?:\(([^()]*)\)|\[([^\[\]]*)\]|\bin\s+(\S+))$")
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def normalized(text: str) -> str:
    """Return a text in the form in which heads are compared: small letters, single spaces, no required mark."""
    return " ".join(text.split()).removesuffix("*").strip().rstrip(":").casefold()


def _variants(text: str) -> Iterator[tuple[str, str]]:
    """Yield pairs of heading and unit: the heading unchanged, then without its unit."""
    head = normalized(text)
    yield head, ""
    if match := UNIT_AT_END.search(head):
        yield head[: match.start()], next(filter(None, match.groups()), "")


def _spellings(message: Message) -> set[str]:
    return {normalized(locale.translate(message)) for locale in LOCALES}


@cache
def head_table(layout: Layout) -> Mapping[str, Column]:
    """Return a sheet's possible headings. A heading that two columns share belongs to the first."""
    table: dict[str, Column] = {}
    if layout.kind in SINGLE:  # its key is its kind; a column or row that says so is no surprise
        table["key"] = Column(layout.kind, KEY, KEY_TITLE)
    for column in columns(layout):
        for text in (*_spellings(column.title), f"{column.kind}.{column.field}"):
            table.setdefault(text, column)
    for column in columns(layout):
        for text in _further_names(column):
            table.setdefault(text, column)
    return table


def _further_names(column: Column) -> Iterator[str]:
    """Yield a column's alternative headings: its field's name, and for keys and parents the kind."""
    yield column.field
    noun = KINDS[column.kind]
    if column.field == KEY:
        yield from _spellings(KEY_TITLE)
        yield from _spellings(noun.label)
        yield column.kind
    elif column.field == PARENT:
        yield noun.parent
        if noun.parent == "site":  # a participant with one site stands for it
            yield from _spellings(KINDS["participant"].label)
            yield "participant"


def is_stand_in(layout: Layout, text: str) -> bool:
    """Tell whether a heading names a stand-in for the sheet's parent: the participant instead of its only site."""
    parent = KINDS[layout.kind].parent
    return parent == "site" and normalized(text) in {*_spellings(KINDS["participant"].label), "participant"}


ALIASES = tomllib.loads(files("oekoreport.sheets.tables").joinpath("aliases.toml").read_text(encoding="utf-8"))
"""What people call resources and sheets besides."""

WASTE = ("abfall", "abfälle", "waste")
COST = re.compile(r"\s*[:,]?\s*(?:kosten|cost|costs)$")
ONCE = re.compile(r"\s*[:,]?\s*\(?(?:einmalig|once)\)?$")


@cache
def _resources() -> Mapping[str, Resource]:
    table = {alias: Resource(name) for name, aliases in ALIASES["resources"].items() for alias in aliases}
    for resource in Resource:
        for text in (*_spellings(resource.label), resource.value):
            table[text] = resource
    return table


def resource_head(text: str) -> ResourceColumn | None:
    """Return the resource that a heading names, with its unit; None for any other heading.

    “Erdgas” alone is not accepted: it does not state which calorific value its kilowatt-hours refer to.
    """
    for head, unit_text in _variants(text):
        unit = unit_named(unit_text)
        if unit_text and unit is None:
            continue
        bare, costs = COST.subn("", head)
        bare, once = ONCE.subn("", bare)
        resource = _resources().get(bare)
        if bare in WASTE:
            resource = Resource.WASTE_VOLUME if unit and unit.dimension == "volume" else Resource.WASTE
        if resource:
            recurrence = Recurrence.ONCE if once else Recurrence.ANNUAL
            return ResourceColumn(resource, unit.symbol if unit else "", recurrence, cost=bool(costs))
    return None


def names_unit(text: str) -> bool:
    """Tell whether a text names a unit, in any spelling."""
    return unit_named(text) is not None


def units_of(resource: Resource) -> tuple[str, ...]:
    """Return the units that amounts of a resource may be written in."""
    return tuple(unit.symbol for unit in UNITS.values() if unit.dimension == resource.dimension)


@lru_cache(maxsize=65_536)  # every text near the top of a sheet is asked of every layout
def heading(layout: Layout, text: str) -> Heading | None:
    """Return the column that a heading names; None if it is not recognised."""
    table = head_table(layout)
    for head, _unit in _variants(text):
        if column := table.get(head):
            return column
    return resource_head(text) if layout.shape is Shape.WIDE else None


@dataclass(frozen=True, slots=True)
class Recognized:
    """A sheet whose kind is known: the row of its heads (from 1), and what each column stands for.

    A form has no heads; its ``row`` is 0 and its titles stand in the first column.
    """

    layout: Layout
    row: int
    score: int


def recognize(sheet: Sheet, name: str) -> list[Recognized]:
    """Return what a sheet can be, best first; more than one of equal score cannot be told apart.

    Args:
        sheet: the sheet.
        name: its name, or the stem of a file that has no sheets.
    """
    top = [{text_of(cell) for cell in cells if isinstance(cell, str)} - {""} for cells in sheet.rows[:HEAD_ROWS]]
    found = [match for layout in (*LAYOUTS, INTAKE[0]) if (match := _match(sheet, top, layout))]
    best = max((match.score for match in found), default=0)
    # A name counts, unless the heads speak clearly of something else.
    named = [match for match in found if match.layout in layouts_named(name) and 2 * match.score >= best]
    if named:
        return [max(named, key=lambda match: match.score)]
    return [match for match in found if match.score == best] if best >= ENOUGH else []


def is_called(name: str, title: Message) -> bool:
    """Tell whether a sheet's name is a title, in either language."""
    return normalized(name) in _spellings(title)


def is_guide(name: str) -> bool:
    """Tell whether a sheet's name is that of the explanation or of the choices."""
    return any(is_called(name, title) for title in GUIDE_SHEETS)


@cache
def layouts_named(name: str) -> tuple[Layout, ...]:
    """Return the layouts of the kind that a sheet's or a file's name tells; none if it tells none."""
    words = {_plain(name), *map(_plain, re.split(r"[^\w]|_|\d", name))} - {""}
    return tuple(layout for layout in (*LAYOUTS, INTAKE[0]) if words & _names(layout))


@cache
def _names(layout: Layout) -> frozenset[str]:
    noun = KINDS[layout.kind]
    texts = {*_spellings(layout.title), *_spellings(noun.label), layout.kind, f"{layout.kind}s"}
    texts.update(ALIASES["sheets"].get(layout.kind, ()))
    return frozenset(map(_plain, texts))


def _plain(text: str) -> str:
    return re.sub(r"[\W_\d]", "", text.casefold().translate(UMLAUTS))


def _match(sheet: Sheet, top: Sequence[set[str]], layout: Layout) -> Recognized | None:
    candidates = [_match_form(sheet, layout)] if layout.shape is Shape.FORM else []
    if layout.kind not in SINGLE or not candidates or candidates[0].score < ENOUGH:
        candidates.append(_match_heads(top, layout))
    best = max(candidates, key=lambda match: match.score)
    return best if best.score else None


def _match_form(sheet: Sheet, layout: Layout) -> Recognized:
    titles = [text_of(sheet.cell(row, 0)) for row in range(1, min(len(sheet.rows), FORM_ROWS) + 1)]
    return Recognized(layout, 0, len({heading(layout, title) for title in titles if title} - {None}))


def _match_heads(top: Sequence[set[str]], layout: Layout) -> Recognized:
    scores = [(len({heading(layout, text) for text in texts} - {None}), -number) for number, texts in enumerate(top, 1)]
    score, row = max(scores, default=(0, 0))
    return Recognized(layout, -row, score)
