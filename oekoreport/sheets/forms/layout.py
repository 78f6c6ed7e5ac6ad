"""Which sheets a workbook has, and which columns: the one plan that forms are written by and recognised by.

Most kinds are a plain table. Receipts carry their parts and payments in the same rows, measures their effects and
baselines their consumption in a column per resource, attendance is a matrix, and what a project has once is a form.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache

from oekoreport.language import Message, catalogue, texts
from oekoreport.model import KINDS, Attribute, attributes
from oekoreport.model.measure import Recurrence, Resource

_ = catalogue("oekoreport")

TEMPLATE_VERSION = 1
"""Counts up when columns change so that an older workbook may be misread."""

TEMPLATE_PROPERTY = "oekoreport-template"
"""The custom document property that marks our workbooks; its value is ``project 1`` or ``intake 1``."""

WITHOUT_PROPERTY = "oekoreport-without"
"""The custom property that lists the kinds that a project workbook was made without, with spaces between."""

PREFILLED_SHEET = _("Filled in before")
"""The hidden sheet of an intake form that remembers what was filled in from the project: kind, key, field, value.

What a company left as it was is not its word: the project may be corrected without contradicting the form. What it
changed is, and a difference to the project is then a contradiction that somebody has to settle.
"""

HOW_SHEET = _("How your data get in")
"""The first sheet of the project workbook: which data belong where, and how they are typed."""

GUIDE_SHEET = _("Guide")
"""The first sheet of an intake form."""

CHOICES_SHEET = _("Choices")
"""The sheet that explains what the drop-downs offer."""

LISTS_SHEET = _("Lists")
"""The hidden sheet that the drop-downs take their entries from."""

GUIDE_SHEETS = (HOW_SHEET, GUIDE_SHEET, CHOICES_SHEET, LISTS_SHEET, PREFILLED_SHEET)
"""The sheets that hold no data."""

KEY = "key"
"""The column of a row's own key, in ``Column.field``."""

PARENT = "parent"
"""The column of the key of a row's parent, in ``Column.field``."""

KEY_TITLE = _("Key")


class Shape(Enum):
    """How a sheet holds its kind."""

    TABLE = "table"
    FORM = "form"
    RECEIPTS = "receipts"
    WIDE = "wide"
    MATRIX = "matrix"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: of which kind, which field (or ``KEY``, ``PARENT``), and what describes it."""

    kind: str
    field: str
    title: Message
    attribute: Attribute | None = None

    @property
    def required(self) -> bool:
        """Whether forms mark it as required. Keys are made up where they are missing, parents are not.

        The only plan may go unnamed on its lines.
        """
        needed = self.field == PARENT and not KINDS[self.kind].scoped
        return needed or (self.attribute is not None and self.attribute.required)

    @property
    def refers(self) -> str:
        """The kind whose keys belong here; empty for a plain value."""
        if self.field == PARENT:
            return KINDS[self.kind].parent
        return self.attribute.refers if self.attribute else ""


@dataclass(frozen=True, slots=True)
class ResourceColumn:
    """A column of one resource: an amount in ``unit``, or what it cost (``cost``).

    ``recurrence`` is None where a head of measures does not say whether its amounts are saved every year or once.
    """

    resource: Resource
    unit: str
    recurrence: Recurrence | None = Recurrence.ANNUAL
    cost: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet: its kind, its shape, its name, and what belongs in it."""

    kind: str
    shape: Shape
    title: Message
    hint: Message

    @property
    def children(self) -> tuple[str, ...]:
        """The kinds that stand in the same rows."""
        return CHILDREN.get(self.kind, ()) if self.shape in (Shape.RECEIPTS, Shape.WIDE) else ()


CHILDREN = {
    "receipt": ("allocation", "payment"),
    "measure": ("effect",),
    "baseline": ("consumption",),
}
SINGLE = ("project", "recipient", "grant", "award")
"""The kinds that a project has once; their key is their kind."""

SHAPES = {
    **dict.fromkeys(SINGLE, Shape.FORM),
    **dict.fromkeys(("baseline", "measure"), Shape.WIDE),
    "attendance": Shape.MATRIX,
    "receipt": Shape.RECEIPTS,
}
"""The shapes of the sheets that are no plain tables."""

LAYOUTS = tuple(
    Layout(kind, SHAPES.get(kind, Shape.TABLE), **said) for kind, said in texts("oekoreport.sheets.forms").items()
)
"""All sheets, in the order of the workbook. The last five are written only where something does not fit elsewhere."""

APART = ("narrative", "allocation", "payment", "effect", "consumption")
"""The kinds of the last five sheets: their rows stand on their parents' sheets where they fit."""

INTAKE = (
    Layout("participant", Shape.FORM, _("Company"), _("The company or institution that takes part.")),
    *(layout for layout in LAYOUTS if layout.kind in ("site", "baseline", "measure")),
)
"""The sheets of an intake form."""


@cache
def layout_of(kind: str) -> Layout:
    """Return the project workbook's sheet for a kind."""
    return next(layout for layout in LAYOUTS if layout.kind == kind)


@cache
def columns(layout: Layout) -> tuple[Column, ...]:
    """Return the columns of a sheet in order, those of resources left out."""
    own = tuple(_own_columns(layout.kind))
    if layout.shape is Shape.RECEIPTS:
        children = [column for kind in layout.children for column in _own_columns(kind) if column.attribute]
        return own + tuple(children)
    return own


def _own_columns(kind: str) -> Iterator[Column]:
    noun = KINDS[kind]
    if kind not in SINGLE:
        yield Column(kind, KEY, noun.label if kind == "receipt" else KEY_TITLE)
    if noun.parent != "project":
        yield Column(kind, PARENT, KINDS[noun.parent].label)
    for attribute in attributes(noun):
        yield Column(kind, attribute.name, attribute.title, attribute)


def resource_columns(layout: Layout) -> tuple[ResourceColumn, ...]:
    """Return the resource columns of a sheet: what measures save in a year, or what a site uses and what it cost."""
    amounts = tuple(ResourceColumn(resource, resource.unit) for resource in Resource)
    if layout.kind == "measure":
        return amounts
    used = [column for column in amounts if layout.kind == "baseline" and column.resource is not Resource.CO2]
    return tuple(each for column in used for each in (column, ResourceColumn(column.resource, "EUR", cost=True)))


def resource_title(column: ResourceColumn, *, yearly: bool) -> Message:
    """Return the head of a resource's column; ``yearly`` says that amounts are per year (effects)."""
    if column.cost:
        return _("{resource}: cost (EUR)", resource=column.resource)
    if column.recurrence is Recurrence.ONCE:
        return _("{resource}, once ({unit})", resource=column.resource, unit=column.unit)
    unit = f"{column.unit}/a" if yearly else column.unit
    return Message("{resource} ({unit})", resource=column.resource, unit=unit)
