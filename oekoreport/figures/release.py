"""Release: which figures may stand in a paper that leaves the house, where participants withhold their own.

A figure of one participant is withheld where the participant did not release its figures. A sum is withheld where it
would give such figures away: by itself, or by subtracting what else is printed. What can be subtracted is linear
algebra: each printed sum is a row of ones and zeros over the amounts that it adds up, and the rows give a participant
away exactly where they have more rank with its amounts than without them: a combination of them then has nothing else
in it. Sums are looked at in order, the round's totals first; each stays that gives nobody away with those before it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from oekoreport.figures.engine import Figure, Figures, SeenFigures
from oekoreport.figures.savings import BANDS, SHORT, SUMS
from oekoreport.figures.values import FieldRef, FigureRef
from oekoreport.model.standing import Keys

ENERGY = ("savings.energy", "savings.electricity", "savings.heat", "savings.fuel")
QUANTITIES = (
    ("savings.money",),
    ("investment.total",),
    (*ENERGY, "savings.co2"),
    *((name,) for name in SUMS if name not in (*ENERGY, "savings.co2", "savings.money", "investment.total")),
)
"""The round's totals, those together of which one follows from the others for a participant that shows them."""

AMOUNTS = ("measure", "effect", "baseline", "consumption")
"""The kinds of objects whose numbers are a participant's own figures."""

OF_A_SITE = "baseline."
PAYBACK = "payback."
SHARE = "_share"
"""How the name of a band's share ends: it says as much as the band's count."""


def released(figures: Figures) -> Figures:
    """Return the figures as papers for others print them; they themselves where every participant released its own."""
    if all(participant.released for participant in figures.project.participants):
        return figures
    return ReleasedFigures(figures)


class ReleasedFigures(SeenFigures):
    """Figures of which those that must not be printed are marked as withheld and have no value."""

    def __init__(self, figures: Figures) -> None:
        super().__init__(figures)
        people = figures.project.participants
        self._owners = {noun.identity: person.key for person in people for noun in person.everything()}
        self._secret = {person.key for person in people if not person.released}
        self._closed: set[str] = set()
        self._closed_fields: set[FieldRef] = set()
        self._sums: set[str] = set()
        shown = {person.key for person in people} - self._secret
        for totals in QUANTITIES:
            sums = [Sums(figures, total, parts, self._owners) for total, parts in _systems(figures, totals)]
            if any(each.closed_by(self._secret, shown) for each in sums):
                self._closed.update(totals)
                self._closed_fields.update(field for total in totals for field in _fields_behind(figures, total))
            self._hold_back(sums, set() if totals[0] in self._closed else shown)
        bands = [f"{PAYBACK}{band}" for band, _title, _within in BANDS]
        known = self._closed.isdisjoint(("savings.money", "investment.total"))
        self._hold_back([Sums(figures, f"{PAYBACK}base", bands, self._owners)], shown if known else set())

    def _hold_back(self, sums: Iterable[Sums], shown: Collection[str]) -> None:
        self._sums.update(name for each in sums for name in each.withheld(self._secret, shown))

    @property
    def rows_withheld(self) -> bool:
        """Whether figures of single participants are withheld though released: totals would give away the others'."""
        return bool(self._closed)

    def releases(self, participant: str) -> bool:
        """Tell whether what belongs to a participant, by its key, may be printed."""
        return participant not in self._secret

    def hides(self, field: FieldRef) -> bool:
        """Tell whether a field holds a number that must not be printed."""
        if field.kind not in AMOUNTS:
            return False
        return field in self._closed_fields or self._owners.get(field[:2]) in self._secret

    def standing(self, day: date) -> tuple[Figures, Keys]:
        """Return the figures of a day, with the same guard, and the keys that lines have in these."""
        figures, whole = self._figures.standing(day)
        return (self if figures is self._figures else figures.once(released)), whole

    def __getitem__(self, name: str) -> Figure:
        figure = self._figures[name]
        return replace(figure, value=None, withheld=True) if figure.known and self._hides(name) else figure

    def _hides(self, name: str) -> bool:
        of, slash, key = name.partition("/")
        if slash and of in SUMS:
            return of in self._closed or key in self._secret
        if of.startswith(OF_A_SITE):
            return self._owners["site", key] in self._secret
        return name.removesuffix(SHARE) in self._sums


def _systems(figures: Figures, totals: tuple[str, ...]) -> Iterator[tuple[str, list[str]]]:
    """Yield each total with the sums that are parts of it: those of its kind, and by state and area of work."""
    for total in totals:
        if total in ENERGY[1:]:
            continue
        parts = list(ENERGY[1:]) if total == ENERGY[0] else []
        if short := SHORT.get(total):
            parts += [f"implemented.{short}", *(each for each in figures if each.startswith(f"area.{short}/"))]
        yield total, parts


class Sums:
    """Sums that can be subtracted from each other, a total and its parts, with the amounts that are in them.

    What is unknown is not printed, and gives nothing away.
    """

    def __init__(
        self, figures: Figures, total: str, parts: Iterable[str], owners: Mapping[tuple[str, str], str]
    ) -> None:
        self._names = [name for name in (total, *parts) if figures[name].known]
        self._people = set(owners.values())
        sums_of: dict[FieldRef, set[str]] = defaultdict(set)
        for name in self._names:
            for field in _fields_behind(figures, name):
                sums_of[field].add(name)
        self._holders: dict[frozenset[str], set[str]] = defaultdict(set)
        for field, sums in sums_of.items():
            if owner := owners.get(field[:2]):
                self._holders[frozenset(sums)].add(owner)

    def withheld(self, secret: Collection[str], shown: Collection[str]) -> list[str]:
        """Return the sums that must not be printed, where the amounts of the participants shown are known."""
        printed: list[str] = []
        for name in self._names:
            if not self._give_away(secret, shown, [*printed, name]):
                printed.append(name)
        return [name for name in self._names if name not in printed]

    def closed_by(self, secret: Collection[str], shown: Collection[str]) -> bool:
        """Tell whether a sum over the whole round can be printed only as long as nobody's amounts are."""
        whole = [name for name in self._names if "/" not in name]
        with_rows, without = (set(self.withheld(secret, known)).intersection(whole) for known in (shown, ()))
        return bool(with_rows - without)

    def _give_away(self, secret: Collection[str], shown: Collection[str], printed: Sequence[str]) -> bool:
        """Tell whether these sums give away amounts of somebody, alone or subtracted from each other.

        Where one participant alone is hidden, that it adds nothing to a total follows too.
        """
        hidden = self._people.difference(shown)
        if len(hidden) == 1:
            return hidden <= set(secret)
        holders: dict[tuple[bool, ...], set[str]] = defaultdict(set)
        for sums, people in self._holders.items():
            holders[tuple(name in sums for name in printed)] |= people & hidden
        columns = [column for column, people in holders.items() if people]
        alone = {next(iter(people)) for people in holders.values() if len(people) == 1}
        return any(
            _rank(columns) > _rank([column for column in columns if holders[column] != {person}])
            for person in alone.intersection(secret)
        )


def _fields_behind(figures: Figures, name: str) -> Iterator[FieldRef]:
    for part in figures[name].basis:
        if isinstance(part, FieldRef):
            yield part
        elif isinstance(part, FigureRef):
            yield from _fields_behind(figures, part.name)


def _rank(vectors: Iterable[Sequence[int]]) -> int:
    """Return how many of the vectors are independent of each other."""
    independent: list[tuple[int, Sequence[int]]] = []
    for vector in vectors:
        rest = vector
        for pivot, other in independent:
            if rest[pivot]:
                rest = [value * other[pivot] - by * rest[pivot] for value, by in zip(rest, other, strict=True)]
        if any(rest):
            independent.append((next(index for index, value in enumerate(rest) if value), rest))
    return len(independent)
