"""What a template can hold in its hand: things with named parts, numbers with units, collections; nothing of Python."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from oekoreport.figures import UNKNOWN, WITHHELD, WITHHELD_NARROW
from oekoreport.language import Locale, Message
from oekoreport.model import Noun, attributes, nested
from oekoreport.units import quantity


class View:
    """A thing with named parts. ``path`` is how messages call it."""

    def __init__(self, path: str) -> None:
        self.path = path

    def get(self, name: str) -> object:
        """Return the part with this name.

        Raises:
            KeyError: there is none.
        """
        raise KeyError(name)

    def names(self) -> Iterable[str]:
        """Return the names of all parts, in the order of the model."""
        return ()


class Fields(View):
    """A view of the given values by name, for rows that an exporter puts together."""

    def __init__(self, path: str, values: Mapping[str, object]) -> None:
        super().__init__(path)
        self._values = dict(values)

    def get(self, name: str) -> object:
        """Return the value with this name."""
        return self._values[name]

    def names(self) -> Iterable[str]:
        """Return the names in the order given."""
        return tuple(self._values)


class Number(View):
    """A number with its unit. Its parts: ``number`` (without the unit), ``unit``, ``known``, ``withheld``, ``title``.

    It compares with numbers; what is unknown or withheld is neither less nor more nor equal.
    """

    withheld = False
    """Whether the number must not be printed: its participant did not release it."""

    def __init__(  # noqa: PLR0913 - what a number is
        self,
        path: str,
        value: Decimal | None,
        unit: str,
        places: int | None,
        title: str,
        parts: Mapping[str, View] | None = None,
    ) -> None:
        super().__init__(path)
        self.value = value
        self.unit = unit
        self.places = places
        self.title = title
        self.parts = parts or {}

    def localize(self, locale: Locale) -> str:
        """Return number and unit, or the mark for unknown."""
        if self.value is None:
            return locale.show(self.mark)
        return quantity(locale, self.value, self.unit, None if self._is_money else self.places)

    @property
    def mark(self) -> Message:
        """What is printed where there is no value."""
        return WITHHELD if self.withheld else UNKNOWN

    @property
    def _is_money(self) -> bool:
        return self.unit in ("EUR", "EUR/a") and self.places in (None, 2)

    def get(self, name: str) -> object:
        """Return a part of the number, or a figure whose name goes on from this one's."""
        match name:
            case "number":
                return Bare(self)
            case "unit":
                return self.unit.replace("EUR", "€")
            case "known":
                return self.value is not None
            case "withheld":
                return self.withheld
            case "title":
                return self.title
        return self.parts[name]

    def names(self) -> Iterable[str]:
        """Return the names of its parts."""
        return ("number", "unit", "known", "withheld", "title", *self.parts)

    def __bool__(self) -> bool:
        return bool(self.value)

    def __eq__(self, other: object) -> bool:
        return self.value is not None and self.value == _number(other)

    def __lt__(self, other: object) -> bool:
        limit = _number(other)
        return self.value is not None and limit is not None and self.value < limit

    def __gt__(self, other: object) -> bool:
        limit = _number(other)
        return self.value is not None and limit is not None and self.value > limit

    def __le__(self, other: object) -> bool:
        return self < other or self == other

    def __ge__(self, other: object) -> bool:
        return self > other or self == other

    __hash__ = None  # type: ignore[assignment] # equal by value to plain numbers; never a key


def _number(other: object) -> Decimal | None:
    if isinstance(other, Number):
        return other.value
    return Decimal(str(other)) if isinstance(other, Decimal | int | float) else None


class Withheld(Number):
    """A number of a field that must not be printed."""

    withheld = True

    def __init__(self, path: str, unit: str, title: str) -> None:
        super().__init__(path, None, unit, None, title)


class Bare:
    """A number as a table's column prints it, the unit standing in its head."""

    def __init__(self, number: Number) -> None:
        self._number = number

    def localize(self, locale: Locale) -> str:
        """Return the number without its unit; money with cents."""
        number = self._number
        if number.value is None:
            return locale.show(WITHHELD_NARROW if number.withheld else UNKNOWN)
        return locale.number(number.value, 2 if number._is_money else number.places)  # noqa: SLF001 - two halves of one thing


class Group(View):
    """Figures that share the beginning of their names: ``savings`` of ``savings.co2``, ``savings.water``."""

    def __init__(self, path: str, parts: Mapping[str, View]) -> None:
        super().__init__(path)
        self.parts = parts

    def get(self, name: str) -> object:
        """Return the figure or group with this name."""
        return self.parts[name]

    def names(self) -> Iterable[str]:
        """Return the names of its figures and groups."""
        return tuple(self.parts)


class Collection(Group):
    """Objects to loop over, with the figures of the collection's name."""

    def __init__(self, path: str, items: Iterable[View], parts: Mapping[str, View]) -> None:
        super().__init__(path, parts)
        self._items = tuple(items)

    def __iter__(self) -> Iterator[View]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)


class Reference(View):
    """A field that holds another object's key: prints the key as it was typed, leads on to the object."""

    def __init__(self, key: str, target: View, typed: str) -> None:
        super().__init__(target.path)
        self._key = key
        self._target = target
        self._typed = typed

    def localize(self, locale: Locale) -> str:  # noqa: ARG002 - a key is written as it is
        """Return the key, empty where nobody typed it."""
        return self._typed

    def get(self, name: str) -> object:
        """Return a part of the object that is referred to."""
        return self._target.get(name)

    def names(self) -> Iterable[str]:
        """Return the names of that object's parts."""
        return self._target.names()

    def __eq__(self, other: object) -> bool:
        return self._key == (other._key if isinstance(other, Reference) else other)

    def __hash__(self) -> int:
        return hash(self._key)


class Absent(View):
    """An object that the project does not have: each of its fields is unknown."""

    def __init__(self, path: str, noun: type[Noun]) -> None:
        super().__init__(path)
        self._fields = ("key", *(attribute.name for attribute in attributes(noun)))
        self._children = dict(nested(noun).values())

    def get(self, name: str) -> object:
        """Return unknown, or an empty collection."""
        if self._children.get(name):
            return Collection(f"{self.path}.{name}", (), {})
        if name in self._fields or name in self._children:
            return None
        raise KeyError(name)

    def names(self) -> Iterable[str]:
        """Return the names that the object would have."""
        return (*self._fields, *self._children)

    def __bool__(self) -> bool:
        return False
