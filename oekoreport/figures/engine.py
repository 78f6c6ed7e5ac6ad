"""The figure engine: every number that a document may print has a name, a unit and a basis.

A value carries where it came from through all arithmetic. One unknown addend makes the sum unknown: there is no
partial sum. Figures are computed exactly; they are rounded half up where they are shown, and where the law rounds (a
grant to the cent). A printed total is the rounded exact total, never the sum of rounded rows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple, Protocol, TypeAlias, TypeVar, cast

from oekoreport.errors import OekoreportError
from oekoreport.language import Locale, Message, catalogue
from oekoreport.law.terms import Parameter, Terms
from oekoreport.model import Noun, Project
from oekoreport.units import Amount, quantity

_ = catalogue("oekoreport")

UNKNOWN = _("[unknown]")
"""What documents print for a value that is not known."""


class FieldRef(NamedTuple):
    """A field of an object as the basis of a figure."""

    kind: str
    key: str
    field: str


class FigureRef(NamedTuple):
    """Another figure as the basis of a figure."""

    name: str


class Fact(NamedTuple):
    """A fact from reference data or law as the basis of a figure."""

    title: Message | str
    value: Decimal
    unit: str
    source: str
    status: str


Basis: TypeAlias = FieldRef | FigureRef | Fact


@dataclass(frozen=True, slots=True)
class Value:
    """A number or day with its basis; None is unknown, then ``missing`` says which fields or facts are lacking."""

    amount: Decimal | None
    basis: tuple[Basis, ...] = ()
    missing: tuple[FieldRef | Message, ...] = ()

    @property
    def known(self) -> bool:
        """Whether the value is known."""
        return self.amount is not None

    def _with(self, other: Value | Decimal | int, compute: Callable[[Decimal, Decimal], Decimal]) -> Value:
        if not isinstance(other, Value):
            other = Value(Decimal(other))
        basis, missing = _joined((self, other))
        if self.amount is None or other.amount is None:
            return Value(None, basis, missing)
        return Value(compute(self.amount, other.amount), basis)

    def __add__(self, other: Value | Decimal | int) -> Value:
        return self._with(other, lambda a, b: a + b)

    def __sub__(self, other: Value | Decimal | int) -> Value:
        return self._with(other, lambda a, b: a - b)

    def __mul__(self, other: Value | Decimal | int) -> Value:
        return self._with(other, lambda a, b: a * b)

    def __truediv__(self, other: Value | Decimal | int) -> Value:
        """Divide; a quotient by zero is unknown."""
        if (other.amount if isinstance(other, Value) else other) == 0:
            return unknown(_("division by zero"), basis=self._with(other, lambda a, _b: a).basis)
        return self._with(other, lambda a, b: a / b)

    def __neg__(self) -> Value:
        return Value(None if self.amount is None else -self.amount, self.basis, self.missing)

    def plus_percent(self) -> Value:
        """Return the factor that adds this per cent: 20 gives 1.2."""
        return (self + 100) / 100

    def cents(self) -> Value:
        """Round half up to the cent."""
        amount = self.amount
        return self if amount is None else Value(amount.quantize(Decimal("0.01"), ROUND_HALF_UP), self.basis)


ZERO = Value(Decimal(0))


def _joined(values: Collection[Value]) -> tuple[tuple[Basis, ...], tuple[FieldRef | Message, ...]]:
    basis = dict.fromkeys(part for value in values for part in value.basis)
    missing = dict.fromkeys(part for value in values for part in value.missing)
    return tuple(basis), tuple(missing)


def unknown(*missing: FieldRef | Message, basis: tuple[Basis, ...] = ()) -> Value:
    """Return an unknown value, with what it lacks."""
    return Value(None, basis, missing)


def total(values: Iterable[Value]) -> Value:
    """Return the sum of all values; unknown if one of them is."""
    values = list(values)
    basis, missing = _joined(values)
    amounts = [value.amount for value in values if value.amount is not None]
    if len(amounts) < len(values):
        return Value(None, basis, missing)
    return Value(sum(amounts, Decimal(0)), basis)


def least(*values: Value) -> Value:
    """Return the smallest of the values; unknown if one of them is."""
    return _chosen(values, min)


def greatest(*values: Value) -> Value:
    """Return the largest of the values; unknown if one of them is."""
    return _chosen(values, max)


def _chosen(values: tuple[Value, ...], choose: Callable[[list[Decimal]], Decimal]) -> Value:
    basis, missing = _joined(values)
    amounts = [value.amount for value in values if value.amount is not None]
    return Value(choose(amounts), basis) if len(amounts) == len(values) else Value(None, basis, missing)


def count(objects: Iterable[tuple[Noun, str]]) -> Value:
    """Return how many objects there are, each counted for what the named field says."""
    references = tuple(FieldRef(noun.kind, noun.key, name) for noun, name in objects)
    return Value(Decimal(len(references)), references)


def unread(nouns: Iterable[Noun], *names: str) -> tuple[FieldRef, ...]:
    """Return those of the named fields of the objects that are unknown."""
    return tuple(FieldRef(noun.kind, noun.key, name) for noun in nouns for name in names if getattr(noun, name) is None)


def read(noun: Noun, name: str) -> Value:
    """Return a number of an object as a value; amounts with units in their base unit (kWh, t, m³, EUR)."""
    reference = FieldRef(noun.kind, noun.key, name)
    raw = getattr(noun, name)
    if isinstance(raw, Amount):
        return Value(raw.base(), (reference,))
    if raw is None:
        return unknown(reference, basis=(reference,))
    return Value(Decimal(raw), (reference,))


def read_day(noun: Noun, name: str) -> Day:
    """Return a day of an object with its basis."""
    reference = FieldRef(noun.kind, noun.key, name)
    day = getattr(noun, name)
    return Day(day, (reference,), () if day else (reference,))


def fact(fact: Fact) -> Value:
    """Return a fact as a value."""
    return Value(fact.value, (fact,))


def term(parameter: Parameter) -> Value:
    """Return a numeric legal parameter as a value; unknown where the law in force is unknown."""
    if isinstance(parameter.value, Decimal):
        status = str(parameter.status)
        return fact(Fact(parameter.title, parameter.value, parameter.unit, parameter.source, status))
    return unknown(_("the parameter {title}", title=parameter.title))


@dataclass(frozen=True, slots=True)
class Day:
    """A day with its basis, for figures that are dates; None is unknown."""

    day: date | None
    basis: tuple[Basis, ...] = ()
    missing: tuple[FieldRef | Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A named number or day with unit and basis.

    ``subject`` is what it is of, ``how`` how it is computed. One with the unit ``date`` has a ``day`` and no value.
    """

    name: str
    title: Message
    unit: str
    places: int
    value: Decimal | None
    basis: tuple[Basis, ...]
    missing: tuple[FieldRef | Message, ...]
    how: Message | None = None
    subject: tuple[str, str] | None = None
    day: date | None = None

    @property
    def known(self) -> bool:
        """Whether the figure is known."""
        return self.value is not None or self.day is not None

    @property
    def rounded(self) -> Decimal | None:
        """The value as documents print it, rounded half up."""
        return None if self.value is None else self.value.quantize(Decimal(1).scaleb(-self.places), ROUND_HALF_UP)

    def localize(self, locale: Locale) -> str:
        """Return number and unit, or the day, as a document prints them; or the mark for unknown."""
        if self.day is not None:
            return locale.date(self.day)
        if self.value is None:
            return locale.show(UNKNOWN)
        return quantity(locale, self.value, self.unit, self.places)

    def as_day(self) -> Day:
        """Return the figure's day as the basis of others."""
        return Day(self.day, (FigureRef(self.name),), self.missing)

    def as_value(self) -> Value:
        """Return the figure as the basis of others."""
        return Value(self.value, (FigureRef(self.name),), self.missing)


T = TypeVar("T")


class Keyed(Protocol):
    """What a figure can be of: anything with a key."""

    @property
    def key(self) -> str:
        """The key that follows the slash in the figure's name."""


Compute: TypeAlias = Callable[..., Value | Day]
Each: TypeAlias = Callable[[Project], Iterable[Keyed]]


@dataclass(frozen=True, slots=True)
class Definition:
    """How a figure is computed; with ``each`` there is one for every object that it yields, named ``name/key``."""

    name: str
    unit: str
    title: Message
    places: int
    compute: Compute
    each: Each | None
    how: Message | None


class Chapter:
    """A group of figure definitions. A module makes one and decorates functions with it."""

    def __init__(self) -> None:
        self.definitions: list[Definition] = []

    def figure(  # noqa: PLR0913 - the parts of a definition
        self,
        name: str,
        unit: str,
        title: Message,
        *,
        each: Each | None = None,
        places: int = 0,
        how: Message | None = None,
    ) -> Callable[[Compute], Compute]:
        """Register a function ``(figures)`` or, with ``each``, ``(figures, object)`` that returns a Value.

        Args:
            name: dotted lower-case name; with ``each`` the object's key follows after a slash.
            unit: "EUR", "EUR/a", "kWh/a", "t/a", "m³/a", "%", "" for counts, "date" for days.
            title: what a document calls it.
            each: yields the objects that have the figure.
            places: decimals that documents print.
            how: how it is computed, in words.
        """

        def register(compute: Compute) -> Compute:
            self.definitions.append(Definition(name, unit, title, places, compute, each, how))
            return compute

        return register


class NoSuchFigure(OekoreportError):
    """A figure is asked for that does not exist."""

    def __init__(self, name: str, close: list[str]) -> None:
        super().__init__(
            _("There is no figure “{name}”.", name=name),
            hint=_("Did you mean: {close}?", close=tuple(close)) if close else None,
        )


class CircularFigure(OekoreportError):
    """Figures that lean on each other in a circle: a fault of a definition."""

    def __init__(self, name: str) -> None:
        super().__init__(_("The figure “{name}” is computed from itself.", name=name))


class Figures(Mapping[str, Figure]):
    """All figures of a project, computed once each. Iteration follows the order of definition."""

    def __init__(self, project: Project, terms: Terms, chapters: Iterable[Chapter]) -> None:
        self.project = project
        self.terms = terms
        self._jobs: dict[str, tuple[Definition, Keyed | None]] = {}
        for chapter in chapters:
            for definition in chapter.definitions:
                self._plan(definition)
        self._memo: dict[str, Figure] = {}
        self._running: set[str] = set()
        self._once: dict[Callable[[Figures], object], object] = {}

    def _plan(self, definition: Definition) -> None:
        if definition.each is None:
            self._jobs[definition.name] = definition, None
            return
        for noun in definition.each(self.project):
            self._jobs[f"{definition.name}/{noun.key}"] = definition, noun

    def __getitem__(self, name: str) -> Figure:
        if name not in self._memo:
            self._memo[name] = self._computed(name)
        return self._memo[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._jobs)

    def __len__(self) -> int:
        return len(self._jobs)

    def __contains__(self, name: object) -> bool:
        return name in self._jobs

    def value(self, name: str) -> Value:
        """Return a figure as the basis of another."""
        return self[name].as_value()

    def day(self, name: str) -> Day:
        """Return a figure that is a day as the basis of another."""
        return self[name].as_day()

    def once(self, compute: Callable[[Figures], T]) -> T:
        """Return what a function makes of these figures, computed once: steps that several figures share."""
        if compute not in self._once:
            self._once[compute] = compute(self)
        return cast(T, self._once[compute])

    def term(self, name: str) -> Value:
        """Return a numeric legal parameter as the basis of a figure."""
        return term(self.terms[name])

    def values_of(self, name: str, objects: Iterable[Keyed]) -> Iterator[Value]:
        """Yield the figure ``name/key`` of each object, as the basis of another."""
        return (self.value(f"{name}/{item.key}") for item in objects)

    def _computed(self, name: str) -> Figure:
        if name not in self._jobs:
            import difflib

            raise NoSuchFigure(name, difflib.get_close_matches(name, self._jobs))
        if name in self._running:
            raise CircularFigure(name)
        definition, noun = self._jobs[name]
        self._running.add(name)
        value = definition.compute(self) if noun is None else definition.compute(self, noun)
        self._running.discard(name)
        return Figure(
            name,
            definition.title,
            definition.unit,
            definition.places,
            value.amount if isinstance(value, Value) else None,
            value.basis,
            value.missing,
            definition.how,
            getattr(noun, "identity", None),
            value.day if isinstance(value, Day) else None,
        )
