"""Citations: what a rule rests on, whose number depends on the edition in force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from oekoreport.language import Message, catalogue
from oekoreport.law.packs import Pack

_ = catalogue("oekoreport")


@dataclass(frozen=True, slots=True)
class Citation:
    """A topic of a law as the basis of a rule.

    ``law`` is how the law is called, as in ``ANBest-G NRW``; ``level`` that of its packs; their passages say in which
    number the topic stands.
    """

    law: str
    level: str
    topic: str

    def among(self, packs: Iterable[Pack]) -> Message:
        """Return the passage of the first pack that has the topic, marked where nobody read its number."""
        for pack in packs:
            if pack.level == self.level and self.topic in pack.passages:
                return pack.passages[self.topic].of(self.law)
        return _("{law} (number unknown)", law=self.law)


Ground: TypeAlias = Message | str | Citation
"""What a rule rests on: words, or a passage of the edition in force."""
