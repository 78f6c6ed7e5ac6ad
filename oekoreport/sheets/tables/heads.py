"""Recognising heads and sheets: by German title, English title or field name, whatever the case, marks and units."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from oekoreport.units import UNITS, is_per_year, unit_named

HEAD_ROWS = 20
"""The heading row is sought among this many first rows."""

FORM_ROWS = 100
ENOUGH = 3
"""So many recognised heads make a sheet's kind certain enough, where its name does not tell."""

Heading = Column | ResourceColumn
"""The field, or the amount of a resource, that a column's heading names."""

LOCALES = tuple(Locale(language) for language in LANGUAGES)
BARE_UNIT = (
    r"(?:[kmg]wh|[mg]j|kg|to?|m³|m3|l|(?:(?:t|k|tsd\.?|mio\.?)\s?)?(?:eur|€|euro)|%)(?:\s?(?:/|pro|je|p\.)\s?\w+\.?)?"
)
REMARK_AT_END = re.compile(rf"\s*(?:\(([^()]*)\)|\[([^\[\]]*)\]|\bin\s+([^()\[\]]+)|(?<=[\s,;:/–-])({BARE_UNIT}))$")
"""What stands behind the title of a heading: in brackets, after “in”, or as a bare unit (“Strom MWh/a”)."""

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def normalized(text: str) -> str:
    """Return a text in the form in which heads are compared: small letters, single spaces, no required mark."""
    return " ".join(text.split()).removesuffix("*").strip().rstrip(":").casefold()


def variants(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield pairs of heading and remarks: the heading unchanged, then without one remark after the other."""
    head, remarks = normalized(text), tuple[str, ...]()
    yield head, remarks
    while match := REMARK_AT_END.search(head):
        head, remarks = head[: match.start()].rstrip(" ,;:/–-"), (next(filter(None, match.groups()), ""), *remarks)
        yield head, remarks


def _spellings(message: Message) -> set[str]:
    return {normalized(locale.translate(message)) for locale in LOCALES}


@dataclass(frozen=True, slots=True)
class Head:
    """What a heading says: the column that it names, by which title, and the remarks that stand behind it.

    ``stand_in`` tells that the title is not the column's own, but what people call it besides: it gives way to a column
    of the same sheet that has the title itself.
    """

    column: Heading
    title: str
    remarks: tuple[str, ...] = ()
    stand_in: bool = False


@cache
def head_table(layout: Layout) -> Mapping[str, Column]:
    """Return a sheet's own headings. A heading that two columns share belongs to the first."""
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


@cache
def _stand_ins(layout: Layout) -> Mapping[str, Column]:
    """Return what people call the columns of a sheet besides: a company by its name, money saved “Einsparung”."""
    table: dict[str, Column] = {}
    for column in columns(layout):
        for text in (*ALIASES["columns"].get(column.kind, {}).get(column.field, ()), *_kind_names(column)):
            table.setdefault(text, column)
    return table


def _kind_names(column: Column) -> Iterator[str]:
    """Yield the names of the kind that a column refers to; a participant with one site stands for its site."""
    kinds = ("site", "participant") if column.field == PARENT and column.refers == "site" else (column.refers,)
    for kind in filter(None, kinds):
        yield from (*_spellings(KINDS[kind].label), kind, *ALIASES["kinds"].get(kind, ()))


ALIASES = tomllib.loads(files("oekoreport.sheets.tables").joinpath("aliases.toml").read_text(encoding="utf-8"))
"""What people call resources, sheets, kinds and columns besides, and what they write behind a heading's title."""

WASTE = ("abfall", "abfälle", "waste")
GAS = ("erdgas", "gas", "natural gas")
COST = re.compile(r"\s*(?:kosten|cost|costs)$")
ONCE = re.compile(r"\s*(?:einmalig|once)$")


@cache
def _resources() -> Mapping[str, Resource]:
    table = {alias: Resource(name) for name, aliases in ALIASES["resources"].items() for alias in aliases}
    for resource in Resource:
        for text in (*_spellings(resource.label), resource.value):
            table[_words(text)] = resource
    return table


def _words(text: str) -> str:
    return " ".join(re.sub(r"[()\[\],:;]", " ", text).split())


def _resource_head(layout: Layout, text: str) -> Head | None:
    """Return the resource that a heading names, with the remarks behind it; None for any other heading.

    “Erdgas” alone is not accepted: it does not state which calorific value its kilowatt-hours refer to.
    """
    for head, remarks in variants(text):
        bare, costs = COST.subn("", _words(head))
        bare, once = ONCE.subn("", bare)
        resource = _resources().get(bare)
        if bare in WASTE:
            units = filter(None, map(unit_named, remarks))
            resource = Resource.WASTE_VOLUME if any(unit.dimension == "volume" for unit in units) else Resource.WASTE
        if resource and not (costs and layout.kind == "measure"):  # what a measure saves in money is not told apart
            yearly = layout.kind != "measure" or any(map(is_per_year, remarks))
            recurrence = Recurrence.ONCE if once else Recurrence.ANNUAL if yearly else None
            column = ResourceColumn(resource, "EUR" if costs else resource.unit, recurrence, cost=bool(costs))
            return Head(column, head, remarks)
    return None


def is_gas(text: str) -> bool:
    """Tell whether a heading names natural gas and not the calorific value that its kilowatt-hours refer to."""
    return any(COST.sub("", _words(head)) in GAS for head, _remarks in variants(text))


def is_label(text: str) -> bool:
    """Tell whether a heading is that of running numbers, telephones, postcodes or of what is computed from others."""
    return any(head in ALIASES["labels"]["heads"] for head, _remarks in variants(text))


def names_unit(text: str) -> bool:
    """Tell whether a text names a unit, in any spelling."""
    return unit_named(text) is not None


def units_of(resource: Resource) -> tuple[str, ...]:
    """Return the units that amounts of a resource may be written in."""
    return tuple(unit.symbol for unit in UNITS.values() if unit.dimension == resource.dimension)


@lru_cache(maxsize=65_536)  # every text near the top of a sheet is asked of every layout
def heading(layout: Layout, text: str) -> Head | None:
    """Return what a heading says; None if it is not recognised."""
    for head, remarks in variants(text):
        if column := head_table(layout).get(head):
            return Head(column, head, remarks)
    if layout.shape is Shape.WIDE and (found := _resource_head(layout, text)):
        return found
    for head, remarks in variants(text):
        if column := _stand_ins(layout).get(head):
            return Head(column, head, remarks, stand_in=True)
    return None


def _columns_named(layout: Layout, texts: Iterable[str]) -> frozenset[Heading]:
    return frozenset(head.column for text in texts if text and (head := heading(layout, text)))


@dataclass(frozen=True, slots=True)
class Recognized:
    """A sheet whose kind is known: the row of its heads (from 1), and the columns that these name.

    A form has no heads; its ``row`` is 0 and its titles stand in the first column.
    """

    layout: Layout
    row: int
    columns: frozenset[Heading]

    @property
    def score(self) -> int:
        """How many columns are named."""
        return len(self.columns)

    @property
    def fields(self) -> frozenset[str]:
        """The fields that are named, keys and parents included."""
        return frozenset(column.field for column in self.columns if isinstance(column, Column))

    @property
    def is_placed(self) -> bool:
        """Whether the rows can say what they belong to, where that is anything but the project."""
        return KINDS[self.layout.kind].parent == "project" or PARENT in self.fields


def recognize(sheet: Sheet, name: str, *, own: bool) -> list[Recognized]:
    """Return what a sheet can be, best first; more than one of equal score cannot be told apart.

    What a project has once is read from its own workbook, or from a sheet that is named for it: three heads, such as
    Telefon, IBAN and Kreditinstitut, are no proof that a sheet is of the recipient.

    Args:
        sheet: the sheet.
        name: its name, or the stem of a file that has no sheets.
        own: whether it is a sheet of the project workbook.
    """
    named = layouts_named(name)
    found = [match for match in _matches(sheet) if own or match.layout in named or match.layout.kind not in SINGLE]
    best = max((match.score for match in found), default=0)
    # A name counts, unless the heads speak clearly of something else.
    by_name = [match for match in found if match.layout in named and 2 * match.score >= best]
    if by_name:
        return [max(by_name, key=lambda match: match.score)]
    if not own and (once := resembled(sheet)) and best <= once.score:
        found = [match for match in found if match.is_placed]  # a list of addresses is no list of sites
    return [match for match in found if match.score == best] if best >= ENOUGH else []


def resembled(sheet: Sheet) -> Recognized | None:
    """Return which of the kinds that a project has once a sheet looks like, by its heads or titles."""
    found = [match for match in _matches(sheet) if match.layout.kind in SINGLE and match.score >= ENOUGH]
    return max(found, key=lambda match: match.score, default=None)


def _matches(sheet: Sheet) -> list[Recognized]:
    top = [{text_of(cell) for cell in cells if isinstance(cell, str)} - {""} for cells in sheet.rows[:HEAD_ROWS]]
    return [match for layout in (*LAYOUTS, INTAKE[0]) if (match := _match(sheet, top, layout))]


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
    return Recognized(layout, 0, _columns_named(layout, titles))


def _match_heads(top: Sequence[set[str]], layout: Layout) -> Recognized:
    named = [_columns_named(layout, texts) for texts in top]
    most = max(named, key=len, default=frozenset())
    return Recognized(layout, named.index(most) + 1 if most else 0, most)
