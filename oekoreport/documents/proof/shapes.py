"""What names can stand for, as examples tell: the values of a project first, those of the reference round beside.

A shape is a set of examples. It has a part if one of them has it; its items are the items of all of them. Where the
project shows nothing (an empty list, an unknown value), the reference round speaks for it; where that shows nothing
either, anything may be there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from itertools import chain
from typing import Any

from oekoreport.documents.content import Chart, Picture, Prose
from oekoreport.documents.docxtpl_values import docxtpl_class
from oekoreport.documents.views import LOOP, VALUES, Fields, View

SAMPLE = 60
"""How many examples are searched first; the others follow only if none of these has the part."""


class Sort(Enum):
    """What can be done with a value in a template."""

    VALUE = "value"
    PROSE = "prose"
    PICTURE = "picture"
    LIST = "list"
    OBJECT = "object"
    FOREIGN = "foreign"
    STRANGE = "strange"


def sort_of(value: object) -> Sort:
    """Return how a template sees a value."""
    if value is None or isinstance(value, (bool, float, *VALUES)):
        return Sort.VALUE
    if isinstance(value, Prose):
        return Sort.PROSE
    if isinstance(value, Picture | Chart):
        return Sort.PICTURE
    if isinstance(value, list | tuple) or (isinstance(value, View) and hasattr(value, "__iter__")):
        return Sort.LIST
    if isinstance(value, View | Mapping):
        return Sort.OBJECT
    return Sort.FOREIGN if docxtpl_class(value) in PREFIXES else Sort.STRANGE


PREFIXES = {"InlineImage": "", "Listing": "", "RichText": "r", "RichTextParagraph": "p", "Subdoc": "p"}
"""How docxtpl's own objects are printed: within a text, between its runs, or as paragraphs."""


def prefix_for(value: object) -> str:
    """Return the letter of the tag that prints a value: ``p`` for whole paragraphs, ``r`` for runs, or none."""
    return "p" if isinstance(value, Prose) else PREFIXES.get(docxtpl_class(value), "")


def made_by_docxtpl(value: object) -> bool:
    """Tell whether docxtpl itself has to put the document together that prints this."""
    return docxtpl_class(value) in ("InlineImage", "Subdoc")


@dataclass
class Shape:
    """The possible values of a name: examples from the project, and from the reference round."""

    own: tuple[object, ...]
    others: tuple[object, ...] = ()
    _parts: dict[str, Shape | None] = field(default_factory=dict)
    _items: Shape | None = None

    @property
    def examples(self) -> tuple[object, ...]:
        """What is known of it: the project's examples, or the reference round's where the project has none."""
        return tuple(_known(self.own)) or tuple(_known(self.others))

    @property
    def anything(self) -> bool:
        """Whether nothing is known of it, so that nothing can be said."""
        return not self.examples

    @property
    def example(self) -> object:
        """One possible value; None if no value is known."""
        return next(chain(_known(self.own), _known(self.others)), None)

    @property
    def sort(self) -> Sort:
        """What can be done with it, as most of its examples tell."""
        return sort_of(self.example)

    def names(self) -> list[str]:
        """Return the names of its parts."""
        return list(dict.fromkeys(name for each in _sample(self.examples) for name in names_of(each)))

    def part(self, name: str) -> Shape | None:
        """Return a part's shape; None if no example has the part."""
        if name not in self._parts:
            self._parts[name] = self._found(name)
        return self._parts[name]

    def _found(self, name: str) -> Shape | None:
        if self.anything:
            return ANYTHING
        own, others = tuple(_got(self.own, name)), tuple(_got(self.others, name))
        exists = own if any(True for _each in _known(self.own)) else others
        return Shape(own, others) if exists else None

    def items(self) -> Shape:
        """Return the shape of its items."""
        if self._items is None:
            self._items = Shape(tuple(_items(self.own)), tuple(_items(self.others)))
        return self._items

    def __or__(self, other: Shape) -> Shape:
        return Shape((*self.own, *other.own), (*self.others, *other.others))


ANYTHING = Shape(())
TEXT = Shape(("",))
TRUTH = Shape((True,))
NUMBER = Shape((1,))
LOOPING = Shape((Fields("loop", {name: name in ("first", "last") or 1 for name in sorted(LOOP)}),))
"""The shape of ``loop`` inside a loop."""


def shapes_of(own: Iterable[Mapping[str, object]], others: Iterable[Mapping[str, object]] = ()) -> dict[str, Shape]:
    """Return the shapes of the contexts' names."""
    own, others = tuple(own), tuple(others)
    chosen = own or others
    names = dict.fromkeys(name for context in chosen for name in context if not name.startswith("_"))
    return {
        name: Shape(
            tuple(context[name] for context in own if name in context),
            tuple(context[name] for context in others if name in context),
        )
        for name in names
    }


def names_of(value: object) -> Iterator[str]:
    """Yield the names of a value's parts, as a template writes them."""
    if isinstance(value, View):
        yield from value.names()
    elif isinstance(value, Mapping):
        yield from (str(name) for name in value)


def _known(values: Iterable[object]) -> Iterator[object]:
    return (value for value in values if value is not None)


def _sample(values: tuple[object, ...]) -> tuple[object, ...]:
    return values if len(values) <= SAMPLE else (*values[: SAMPLE // 2], *values[-SAMPLE // 2 :])


def _got(values: tuple[object, ...], name: str) -> Iterator[object]:
    """Yield the parts of this name of some values; all are asked only where those have none."""
    found = list(_parts(_sample(values), name))
    yield from found or (_parts(values, name) if len(values) > SAMPLE else ())


def _parts(values: Iterable[object], name: str) -> Iterator[object]:
    for value in values:
        try:
            if isinstance(value, View):
                yield value.get(name)
            elif isinstance(value, Mapping) and name in value:
                yield value[name]
        except KeyError:
            continue


def _items(values: Iterable[object]) -> Iterator[Any]:
    for value in values:
        if isinstance(value, str):
            yield from value[:1]
        elif isinstance(value, list | tuple | Mapping) or (isinstance(value, View) and hasattr(value, "__iter__")):
            yield from value
