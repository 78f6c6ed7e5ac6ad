"""What a worker may take. Figures were seen on two cores; whoever has slower ones, or more data, allows more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one process.

    Attributes:
        seconds: of computing, for one step or one document of it. The slowest step of an ordinary round takes half of
            one; what is done once more after a step was stopped takes three to four.
        silence: seconds without any computing. Whoever waits so long for a network drive waits for nothing.
        memory: bytes that the process may hold. An ordinary round takes a third of it.
        steps: how many steps of one call may be left out before the call itself is given up.
    """

    seconds: float = 3.0
    silence: float = 30.0
    memory: int = 768 << 20
    steps: int = 3

    def times(self, factor: float) -> Self:
        """Return limits so many times as wide."""
        return type(self)(self.seconds * factor, self.silence * factor, round(self.memory * factor), self.steps)
