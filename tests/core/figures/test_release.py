"""What a reader of the printed sums can subtract: nothing that a participant withholds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oekoreport.figures import CHAPTERS, Figures, released
from oekoreport.law import terms_in_force
from oekoreport.records import Origin, Record, assemble

ORIGIN = Origin("runde.xlsx")
Amount = tuple[str, str, str]
"""Of a measure: the key of its participant, its area of work, its state. Each saves a sum of its own."""


def figures_of(amounts: Sequence[Amount], people: Iterable[str], secret: Collection[str]) -> Figures:
    """Return the figures for others of a round with these measures."""
    records = []
    for person in people:
        records += [
            Record("participant", person, {"name": person, "released": person not in secret}, ORIGIN),
            Record("site", f"{person}-s", {"name": "Werk"}, ORIGIN, person),
        ]
    for number, (person, area, state) in enumerate(amounts, 1):
        values = {
            "area": area,
            "state": state,
            "quantified": True,
            "saving": f"{number * 100},00",
            "investment": "1,00",
        }
        records.append(Record("measure", f"m{number}", {"title": "M", **values}, ORIGIN, f"{person}-s"))
    assembly = assemble(records)
    assert not assembly.findings
    return released(Figures(assembly.project, terms_in_force(assembly.project, []), CHAPTERS))


def printed_sums(figures: Figures, amounts: Sequence[Amount]) -> Iterator[tuple[int, ...]]:
    """Yield each printed sum of money as ones and zeros over the measures that it adds up: what a reader sees."""
    people = {person for person, _area, _state in amounts}
    sums = {"savings.money": amounts, "implemented.money": [each for each in amounts if each[2] == "implemented"]}
    sums |= {f"area.money/{area}": [each for each in amounts if each[1] == area] for _who, area, _state in amounts}
    sums |= {f"savings.money/{person}": [each for each in amounts if each[0] == person] for person in people}
    for name, parts in sums.items():
        if figures[name].known:
            yield tuple(int(each in parts) for each in amounts)
    shown = {person for person in people if figures[f"savings.money/{person}"].known}
    for index, (person, _area, _state) in enumerate(amounts):  # whose row is printed, has its measures listed as well
        if person in shown:
            yield tuple(int(index == other) for other in range(len(amounts)))


def subtractable(sums: Sequence[tuple[int, ...]], amounts: Sequence[Amount], secret: Collection[str]) -> list[str]:
    """Return who is given away by adding and subtracting sums, tried one by one."""
    hidden = [index for index, each in enumerate(amounts) if not any(sum(row) == 1 and row[index] for row in sums)]
    rows = list({tuple(row[index] for index in hidden) for row in sums} - {(0,) * len(hidden)})
    found: list[str] = []
    for factors in product((-1, 0, 1), repeat=len(rows)):
        left = [sum(factor * row[i] for factor, row in zip(factors, rows, strict=True)) for i in range(len(hidden))]
        owners = {amounts[index][0] for index, value in zip(hidden, left, strict=True) if value}
        if len(owners) == 1 and owners <= set(secret):
            found += owners
    alone = [amounts[row.index(1)][0] for row in sums if sum(row) == 1]
    return found + [person for person in alone if person in secret]


AREAS = st.sampled_from(["energy", "water", "waste"])
STATES = st.sampled_from(["implemented", "planned"])
AMOUNTS = st.lists(st.tuples(st.sampled_from("abc"), AREAS, STATES), min_size=1, max_size=7)


@given(AMOUNTS, st.sets(st.sampled_from("abc")))
def test_nobody_who_withholds_is_given_away(amounts: list[Amount], secret: set[str]) -> None:
    figures = figures_of(amounts, "abc", secret)
    assert not subtractable(list(printed_sums(figures, amounts)), amounts, secret)


@given(AMOUNTS)
def test_where_all_release_their_figures_every_one_is_printed(amounts: list[Amount]) -> None:
    figures = figures_of(amounts, "abc", ())
    assert not [name for name in figures if figures[name].withheld]


def test_one_participant_that_withholds_leaves_no_sum() -> None:
    figures = figures_of([("a", "energy", "implemented"), ("a", "water", "planned")], "a", "a")
    assert [figures[name].withheld for name in ("savings.money", "area.money/energy", "payback.base")] == [True] * 3
    assert figures["measures.total"].value == 2


def test_of_two_of_which_one_withholds_the_total_is_printed_and_no_row() -> None:
    amounts = [("a", "energy", "planned"), ("b", "energy", "planned"), ("b", "water", "planned")]
    figures = figures_of(amounts, "ab", "a")
    assert figures["savings.money"].value == 600
    assert figures.rows_withheld
    assert figures["savings.money/b"].withheld
    assert figures["area.money/energy"].value == 300
    assert figures["area.money/water"].value == 300


def test_where_one_alone_withholds_it_does_not_follow_either_that_it_saves_nothing() -> None:
    figures = figures_of([("b", "energy", "planned"), ("c", "energy", "planned")], "abc", "a")
    assert figures["savings.money"].value == 300
    assert figures["savings.money/b"].withheld


@pytest.mark.parametrize("others", [3, 13])
def test_an_area_of_one_that_withholds_takes_a_second_area_with_it(others: int) -> None:
    people = [f"p{number}" for number in range(1, others + 1)]
    amounts = [(person, "energy", "planned") for person in people] + [("p1", "water", "planned")]
    figures = figures_of(amounts, people, ("p1", "p2"))
    assert figures["savings.money"].known
    assert figures["savings.money/p3"].known
    assert figures["savings.money/p1"].withheld
    assert figures["area.money/water"].withheld or figures["area.money/energy"].withheld
    assert not subtractable(list(printed_sums(figures, amounts)), amounts, ("p1", "p2"))
