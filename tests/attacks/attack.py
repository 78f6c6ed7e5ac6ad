"""Attacks, each a sentence and a function that makes it on a ground and says what has to come of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.attacks.ground import Ground


@dataclass(frozen=True, slots=True)
class Attack:
    """An attack.

    Attributes:
        family: the file that it stands in.
        title: what is tried, as a sentence.
        make: prepares a project, runs commands, and demands what has to be.
        always: whether it is made each time the tests run; the others take the long run.
    """

    family: str
    title: str
    make: Callable[[Ground], None]
    always: bool


ATTACKS: list[Attack] = []


def attack(title: str, *, always: bool = False) -> Callable[[Callable[[Ground], None]], Callable[[Ground], None]]:
    """Register an attack."""

    def register(make: Callable[[Ground], None]) -> Callable[[Ground], None]:
        ATTACKS.append(Attack(make.__module__.rpartition(".")[2], title, make, always))
        return make

    return register
