"""The figure engine: every number that a document may print has a name, a unit and a basis.

A chapter defines figures; ``Figures`` computes each of them when it is first asked for, and once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol, TypeAlias, TypeVar, cast

from oekoreport.errors import OekoreportError
from oekoreport.figures.values import Basis, DayValue, FieldRef, FigureRef, Lack, Value, exactly, term, total
from oekoreport.language import Locale, Message, catalogue
from oekoreport.law import Parameter, Terms
from oekoreport.model import Project, standing
from oekoreport.model.standing import Keys
from oekoreport.units import quantity

_ = catalogue("oekoreport")

UNKNOWN = _("[unknown]")
"""What documents print for a value that is not known."""

AS_STATED = -1
"""As the places of a figure: as many as its value has. A rate of 62.5 % is no 63 %, and one of 80 % no 80.00 %."""

WITHHELD = _("not released")
"""What papers that leave the house print for a value that its participant did not release."""

WITHHELD_NARROW = _("not re\u00adleased")
"""The same, as a column of numbers prints it: soft hyphens say where it may break, or Word breaks it anywhere."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A named number or day with unit and basis.

    ``subject`` is what it is of, ``how`` how it is computed. One with the unit ``date`` has a ``day`` and no value.
    ``withheld`` is true where the value is known and must not be printed.
    """

    name: str
    title: Message
    unit: str
    places: int
    value: Decimal | None
    basis: tuple[Basis, ...]
    missing: tuple[Lack, ...]
    how: Message | None = None
    subject: tuple[str, str] | None = None
    day: date | None = None
    withheld: bool = False

    @property
    def known(self) -> bool:
        """Whether the figure is known."""
        return self.value is not None or self.day is not None

    @property
    def rounded(self) -> Decimal | None:
        """The value as documents print it, rounded half up."""
        return None if self.value is None else self.value.quantize(Decimal(1).scaleb(-self.places), ROUND_HALF_UP)

    def localize(self, locale: Locale) -> str:
        """Return number and unit, or the day, as a document prints them; or the mark for unknown or withheld."""
        if self.day is not None:
            return locale.date(self.day)
        if self.value is None:
            return locale.show(WITHHELD if self.withheld else UNKNOWN)
        return quantity(locale, self.value, self.unit, self.places)


T = TypeVar("T")


class Keyed(Protocol):
    """What a figure can be of: anything with a key."""

    @property
    def key(self) -> str:
        """The key that follows the slash in the figure's name."""


Compute: TypeAlias = Callable[..., Value | DayValue]
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
        places: int | None = None,
        how: Message | None = None,
    ) -> Callable[[Compute], Compute]:
        """Register a function ``(figures)`` or, with ``each``, ``(figures, object)`` that returns a Value.

        Args:
            name: dotted lower-case name; with ``each`` the object's key follows after a slash.
            unit: "EUR", "EUR/a", "kWh/a", "t/a", "m³/a", "%", "" for counts, "date" for days.
            title: what a document calls it.
            each: yields the objects that have the figure.
            places: decimals that documents print, or AS_STATED; 2 for EUR and 0 for other units if left out.
            how: how it is computed, in words.
        """
        decimals = (2 if unit == "EUR" else 0) if places is None else places

        def register(compute: Compute) -> Compute:
            self.definitions.append(Definition(name, unit, title, decimals, compute, each, how))
            return compute

        return register

    def sum(  # noqa: PLR0913 - the parts of a definition
        self,
        name: str,
        unit: str,
        title: Message,
        *,
        of: str,
        each: Each,
        places: int | None = None,
        how: Message | None = None,
        lacking: Callable[[Project], Value | None] = lambda _project: None,
    ) -> None:
        """Register the sum of the figures ``of/key`` of all objects that ``each`` yields.

        ``lacking`` returns an unknown value where nobody can tell which objects there are.
        """
        self.figure(name, unit, title, places=places, how=how)(
            lambda figures: lacking(figures.project) or total(figures.values_of(of, each(figures.project)))
        )


class NoSuchFigure(OekoreportError):
    """A figure is asked for that does not exist."""

    def __init__(self, name: str, close: list[str]) -> None:
        super().__init__(
            _("There is no figure “{name}”.", name=name),
            hint=_("Did you mean: {close}?", close=tuple(close)) if close else None,
        )


class CircularFigure(OekoreportError):
    """A figure depends on itself: a bug in its definition."""

    def __init__(self, name: str) -> None:
        super().__init__(_("The figure “{name}” is computed from itself.", name=name))


class Figures(Mapping[str, Figure]):
    """All figures of a project, computed once each. Iteration follows the order of definition."""

    @property
    def rows_withheld(self) -> bool:
        """Whether figures of single participants are withheld though they are released; see ``released``."""
        return False

    def __init__(self, project: Project, terms: Terms, chapters: Iterable[Chapter]) -> None:
        self.project = project
        self.terms = terms
        self._chapters = tuple(chapters)
        self._jobs: dict[str, tuple[Definition, Keyed | None]] = {}
        for chapter in self._chapters:
            for definition in chapter.definitions:
                self._plan(definition)
        self._memo: dict[str, Figure] = {}
        self._running: set[str] = set()
        self._once: dict[Callable[[Figures], object], object] = {}
        self._days: dict[date, tuple[Figures, Keys]] = {}
        self._leaning: dict[str, Mapping[str, Parameter]] = {}

    def _plan(self, definition: Definition) -> None:
        if definition.each is None:
            self._jobs[definition.name] = definition, None
            return
        for noun in definition.each(self.project):
            self._jobs[f"{definition.name}/{noun.key}"] = definition, noun

    def __getitem__(self, name: str) -> Figure:
        if name not in self._memo:
            self._memo[name] = exactly(self._computed, name)
        return self._memo[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._jobs)

    def __len__(self) -> int:
        return len(self._jobs)

    def __contains__(self, name: object) -> bool:
        return name in self._jobs

    def as_of(self, day: date) -> Figures:
        """Return the figures as the notices of a day had them: of the plan and under the terms of that day."""
        return self.standing(day)[0]

    def standing(self, day: date) -> tuple[Figures, Keys]:
        """Return the figures of a day, and the keys that lines have in these where they have others in those."""
        if day not in self._days:
            project, whole = exactly(standing, self.project, day)
            same = project is self.project
            figures = self if same else Figures(project, self.terms.as_of(day), self._chapters)
            self._days[day] = figures, whole
        return self._days[day]

    def supposing(self, name: str, value: Decimal | str | bool | None) -> Figures:  # noqa: FBT001 - a parameter's value
        """Return the figures as they would be if a notice set a parameter so; None is “no such rule”."""
        return Figures(self.project, self.terms.supposing(name, value), self._chapters)

    def releases(self, participant: str) -> bool:  # noqa: ARG002 - nothing is withheld here
        """Tell whether what belongs to a participant, by its key, may be printed."""
        return True

    def hides(self, field: FieldRef) -> bool:  # noqa: ARG002 - nothing is withheld here
        """Tell whether a field holds a number that must not be printed."""
        return False

    def value(self, name: str) -> Value:
        """Return a figure as the basis of another."""
        figure = self[name]
        return Value(figure.value, (FigureRef(name),), figure.missing)

    def day(self, name: str) -> DayValue:
        """Return a figure that is a day as the basis of another."""
        figure = self[name]
        return DayValue(figure.day, (FigureRef(name),), figure.missing)

    def leaning(self, name: str) -> Mapping[str, Parameter]:
        """Return the parameters that are not sure behind a figure, by name, through all figures in between."""
        if name not in self._leaning:
            found: dict[str, Parameter] = {}
            for part in self[name].basis:
                if isinstance(part, FigureRef):
                    found |= self.leaning(part.name)
                elif isinstance(part, Parameter) and not part.sure:
                    found[part.name] = part
            self._leaning[name] = found
        return self._leaning[name]

    def once(self, compute: Callable[[Figures], T]) -> T:
        """Return what a function makes of these figures, computed once: steps that several figures share."""
        if compute not in self._once:
            self._once[compute] = exactly(compute, self)
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
        try:
            value = definition.compute(self) if noun is None else definition.compute(self, noun)
        finally:  # a chapter that failed is no circle when it is asked again
            self._running.discard(name)
        amount = value.amount if isinstance(value, Value) else None
        said = value if isinstance(value, DayValue) else DayValue(None)
        return Figure(
            name,
            definition.title,
            definition.unit,
            places_of(amount) if definition.places == AS_STATED else definition.places,
            amount,
            value.basis,
            value.missing,
            said.how or definition.how,
            getattr(noun, "identity", None),
            said.day,
        )


def places_of(amount: Decimal | None) -> int:
    """Return how many decimals a number has, those that are 0 at its end left out."""
    exponent = 0 if amount is None else amount.normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


class SeenFigures(Figures):
    """Figures as somebody sees them: the same ones, computed once, with something done where one is looked at."""

    def __init__(self, figures: Figures) -> None:
        super().__init__(figures.project, figures.terms, ())
        self._figures = figures

    def __getitem__(self, name: str) -> Figure:
        return self._figures[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._figures)

    def __len__(self) -> int:
        return len(self._figures)

    def __contains__(self, name: object) -> bool:
        return name in self._figures

    def standing(self, day: date) -> tuple[Figures, Keys]:
        """Return the figures of a day, and the keys that lines have in these where they have others in those."""
        return self._figures.standing(day)

    def supposing(self, name: str, value: Decimal | str | bool | None) -> Figures:  # noqa: FBT001 - a parameter's value
        """Return the figures as they would be if a notice set a parameter so; None is “no such rule”."""
        return self._figures.supposing(name, value)

    def leaning(self, name: str) -> Mapping[str, Parameter]:
        """Return the parameters that are not sure and that a figure leans on, by name."""
        return self._figures.leaning(name)

    def once(self, compute: Callable[[Figures], T]) -> T:
        """Return what a function makes of these figures, computed once."""
        return self._figures.once(compute)
