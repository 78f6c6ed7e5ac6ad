"""Values: a number or a day that carries where it came from through all arithmetic.

One unknown addend makes the sum unknown: there is no partial sum. Values are exact; they are rounded half up where they
are shown, and where the law rounds (a grant to the cent). A printed total is the rounded exact total, never the sum of
rounded rows.
"""

from __future__ import annotations

import decimal
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import add, mul, sub, truediv
from typing import NamedTuple, ParamSpec, TypeAlias, TypeVar

from oekoreport.language import Message, catalogue
from oekoreport.law import Parameter
from oekoreport.model import Noun
from oekoreport.model.money import half_up
from oekoreport.units import Amount

_ = catalogue("oekoreport")

Given = ParamSpec("Given")
Made = TypeVar("Made")

EXACT = decimal.Context()
"""Python's own precision: 28 digits. A rule of a plugin may have set another when it asks for a figure first."""


def exactly(compute: Callable[Given, Made], *given: Given.args, **named: Given.kwargs) -> Made:
    """Return what a function computes, whatever precision the code has set that asks for it."""
    with decimal.localcontext(EXACT):
        return compute(*given, **named)


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


Basis: TypeAlias = FieldRef | FigureRef | Fact | Parameter
"""What a figure rests on. A parameter may be unknown: then it could have mattered, and the figure goes without it."""


Lack: TypeAlias = FieldRef | Parameter | Message
"""What an unknown figure lacks: a field, a legal parameter that nobody knows, or what else it is, in words."""


@dataclass(frozen=True, slots=True)
class Value:
    """A number or day with its basis; None is unknown, then ``missing`` says which fields or facts are lacking."""

    amount: Decimal | None
    basis: tuple[Basis, ...] = ()
    missing: tuple[Lack, ...] = ()

    @property
    def known(self) -> bool:
        """Whether the value is known."""
        return self.amount is not None

    def _with(self, other: Value | Decimal | int, compute: Callable[[Decimal, Decimal], Decimal]) -> Value:
        both = (self, other if isinstance(other, Value) else Value(Decimal(other)))
        return combined(both, lambda amounts: compute(*amounts))

    def __add__(self, other: Value | Decimal | int) -> Value:
        return self._with(other, add)

    def __sub__(self, other: Value | Decimal | int) -> Value:
        return self._with(other, sub)

    def __mul__(self, other: Value | Decimal | int) -> Value:
        return self._with(other, mul)

    def __truediv__(self, other: Value | Decimal | int) -> Value:
        """Divide; a quotient by zero is unknown."""
        if (other.amount if isinstance(other, Value) else other) == 0:
            return unknown(_("division by zero"), basis=self._with(other, mul).basis)
        return self._with(other, truediv)

    def __neg__(self) -> Value:
        return Value(None if self.amount is None else -self.amount, self.basis, self.missing)

    def plus_percent(self) -> Value:
        """Return the factor that adds this per cent: 20 gives 1.2."""
        return (self + 100) / 100

    def cents(self) -> Value:
        """Round half up to the cent."""
        amount = self.amount
        return self if amount is None else Value(half_up(amount), self.basis)


@dataclass(frozen=True, slots=True)
class DayValue:
    """A day with its basis, for figures that are dates; None is unknown.

    ``how`` says how this day came to be, where the figure's own words do not.
    """

    day: date | None
    basis: tuple[Basis, ...] = ()
    missing: tuple[Lack, ...] = ()
    how: Message | None = None


ZERO = Value(Decimal(0))


def combined(values: tuple[Value, ...], compute: Callable[[list[Decimal]], Decimal]) -> Value:
    """Return what is computed from the amounts, on the basis of all values; unknown if one of them is."""
    basis = tuple(dict.fromkeys(part for value in values for part in value.basis))
    amounts = [value.amount for value in values if value.amount is not None]
    if len(amounts) == len(values):
        return Value(compute(amounts), basis)
    return Value(None, basis, tuple(dict.fromkeys(part for value in values for part in value.missing)))


def unknown(*missing: Lack, basis: tuple[Basis, ...] = ()) -> Value:
    """Return an unknown value, with what it lacks."""
    return Value(None, basis, missing)


def total(values: Iterable[Value]) -> Value:
    """Return the sum of all values; unknown if one of them is."""
    return combined(tuple(values), lambda amounts: sum(amounts, Decimal(0)))


def least(*values: Value) -> Value:
    """Return the smallest of the values; unknown if one of them is."""
    return combined(values, min)


def greatest(*values: Value) -> Value:
    """Return the largest of the values; unknown if one of them is."""
    return combined(values, max)


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


def read_day(noun: Noun, name: str) -> DayValue:
    """Return a day of an object with its basis."""
    reference = FieldRef(noun.kind, noun.key, name)
    day = getattr(noun, name)
    return DayValue(day, (reference,), () if day else (reference,))


def fact(fact: Fact) -> Value:
    """Return a fact as a value."""
    return Value(fact.value, (fact,))


def term(parameter: Parameter) -> Value:
    """Return a numeric legal parameter as a value; unknown where the law in force is unknown."""
    if isinstance(parameter.value, Decimal):
        return Value(parameter.value, (parameter,))
    return unknown(parameter, basis=(parameter,))
