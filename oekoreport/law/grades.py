"""Amounts that are graded by another amount: up to which recall, by the size of the grant, nothing is recalled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Self

from oekoreport.language import Message, catalogue
from oekoreport.law.strict import BadPack, TomlTable
from oekoreport.model.money import half_up
from oekoreport.units import euro

_ = catalogue("oekoreport")


class BadGrades(BadPack):
    """Grades that leave a size of grant out, or that say nothing."""

    def __init__(self, table: TomlTable) -> None:
        super().__init__(
            _(
                "{place}: each grade needs “percent”, “at_most” or both, and all but the last a rising “grant_up_to”.",
                place=table.place,
            )
        )


@dataclass(frozen=True, slots=True)
class Grade:
    """A share of the grant, an amount in EUR, or the lower of both, for grants up to a size; None is any size."""

    grant_up_to: Decimal | None
    percent: Decimal | None
    at_most: Decimal | None

    def amount(self, grant: Decimal) -> Decimal:
        """Return the amount that this grade allows a grant, to the cent."""
        share = None if self.percent is None else half_up(grant * self.percent / 100)
        return min(each for each in (share, self.at_most) if each is not None)

    @property
    def words(self) -> Message:
        """The grade as a pack's reader wants it: “up to 20,000 €: 5 %, at most 500 €”."""
        size = _("above") if self.grant_up_to is None else _("up to {size}", size=euro(self.grant_up_to))
        match self.percent, self.at_most:
            case None, Decimal() as most:
                return _("{size}: {most}", size=size, most=euro(most))
            case percent, Decimal() as most:
                return _("{size}: {percent} %, at most {most}", size=size, percent=percent, most=euro(most))
            case percent, _most:
                return _("{size}: {percent} %", size=size, percent=percent)


@dataclass(frozen=True, slots=True)
class Grades:
    """Grades in rising order of the grant; the last holds for every larger one."""

    grades: tuple[Grade, ...]

    @classmethod
    def from_tables(cls, tables: Iterable[TomlTable], entry: TomlTable) -> Self:
        """Read the grades of a pack's entry.

        Raises:
            BadPack: a grade is none, or their sizes do not rise.
        """
        keys = ("grant_up_to", "percent", "at_most")
        read = [table.read(dict.fromkeys(keys, Decimal)) for table in tables]
        grades = tuple(Grade(*(said.get(key) for key in keys)) for said in read)
        sizes = [grade.grant_up_to for grade in grades[:-1]]
        rising = None not in sizes and all(one < other for one, other in pairwise(sizes) if one and other)
        if not grades or grades[-1].grant_up_to is not None or not rising:
            raise BadGrades(entry)
        if any(grade.percent is None and grade.at_most is None for grade in grades):
            raise BadGrades(entry)
        return cls(grades)

    def amount(self, grant: Decimal) -> Decimal:
        """Return the amount for a grant of this size, to the cent."""
        fitting = (grade for grade in self.grades if grade.grant_up_to is None or grant <= grade.grant_up_to)
        return next(fitting).amount(grant)

    @property
    def words(self) -> Message:
        """All grades in words."""
        return Message("{grades}", grades=tuple(grade.words for grade in self.grades))

    def __str__(self) -> str:
        return str(self.words)
