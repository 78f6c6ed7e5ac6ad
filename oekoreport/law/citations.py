"""Citations: what a rule rests on, whose number depends on the edition in force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from oekoreport.language import Message, catalogue
from oekoreport.law.facts import Passage
from oekoreport.law.packs import Pack
from oekoreport.model import Project

_ = catalogue("oekoreport")


@dataclass(frozen=True, slots=True)
class Citation:
    """A topic of a law as the basis of a rule.

    ``law`` is how the law is called, as in ``ANBest-G NRW``; ``level`` that of its packs; their passages say in which
    number the topic stands. ``by`` is a field of the project where each of its values has a passage of its own:
    ``participants`` by ``module`` stands in ``participants_entry``, and in ``participants`` where nothing else is said.
    """

    law: str
    level: str
    topic: str
    by: str = ""

    def passage(self, packs: Iterable[Pack], project: Project | None = None) -> Passage | None:
        """Return the passage of the first pack that has the topic; without a project, the one for all of them."""
        passages = [pack.passages for pack in packs if pack.level == self.level]
        value = getattr(project, self.by) if project and self.by else None
        topics = (f"{self.topic}_{value}", self.topic) if value else (self.topic,)
        return next((each[topic] for topic in topics for each in passages if topic in each), None)

    def among(self, packs: Iterable[Pack], project: Project | None = None) -> Message:
        """Return the passage in words, marked where nobody read its number."""
        found = self.passage(packs, project)
        return found.of(self.law) if found else _("{law} (number unknown)", law=self.law)


Ground: TypeAlias = Message | str | Citation
"""What a rule rests on: words, or a passage of the edition in force."""
