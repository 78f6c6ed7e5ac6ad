"""Ways of typing: what a person does to a folder without changing one fact, and what must become of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from tests.typing.facts import Facts
from tests.typing.folder import Folder


class Outcome(Enum):
    """What has to become of a way of typing.

    ``SAME``: the figures of the facts, and nothing stands against a final build. ``ASKED``: an error or an open
    question stands against it. ``EITHER``: one of the two; nobody may get other figures in silence.
    """

    SAME = "same"
    ASKED = "asked"
    EITHER = "either"


class NotHere(Exception):
    """A round has nothing that could be typed in this way."""


Typing = Callable[[Folder, Facts], None]


@dataclass(frozen=True)
class Way:
    """A way of typing: its name in words, what it does to a folder, what must become of it, and which codes ask."""

    name: str
    apply: Typing
    outcome: Outcome
    codes: tuple[str, ...] = ()


WAYS: dict[str, Way] = {}


def _entered(function: Typing, outcome: Outcome, *codes: str) -> Typing:
    name = function.__name__
    assert name not in WAYS, name
    WAYS[name] = Way(name, function, outcome, codes)
    return function


def same(function: Typing) -> Typing:
    """Enter a way that has to give the same figures; its docstring says what the person does."""
    return _entered(function, Outcome.SAME)


def either(function: Typing) -> Typing:
    """Enter a way that has to give the same figures or to be asked about."""
    return _entered(function, Outcome.EITHER)


def asked(*codes: str) -> Callable[[Typing], Typing]:
    """Enter a way that has to be asked about, by an error or a question of one of these codes."""
    return lambda function: _entered(function, Outcome.ASKED, *codes)
