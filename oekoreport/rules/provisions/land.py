"""The law of a Land: the provisions that every Land shares, under the editions that its packs hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from oekoreport.language import catalogue
from oekoreport.law import Instrument, Pack, instrument_of, instruments_in, packs_in
from oekoreport.model import Project
from oekoreport.model.grant import Land
from oekoreport.model.recipient import LegalKind
from oekoreport.rules import Rulebook
from oekoreport.rules.provisions.sets import of_conditions, of_every_grant

_ = catalogue("oekoreport")


@dataclass(frozen=True, slots=True, kw_only=True)
class LandLaw:
    """A Land as its plugin brings it: a folder of packs, and what to call its law.

    Attributes:
        package: the plugin that has the folder ``packs``; its rulebooks are named after it.
        land: the Land whose grants they judge.
        prefix: what the codes of the rules begin with, as in ``NRW-PLAN`` and ``NRW-G-1.2``.
        called: the Land's name where its law is cited, as in ``ANBest-G NRW``.
        edition: as of when the law is known, for the list of plugins.
    """

    package: str
    land: Land
    prefix: str
    called: str
    edition: str

    def rulebooks(self) -> tuple[Rulebook, ...]:
        """Return a rulebook for every grant, and one for each of the general conditions that the packs hold.

        Raises:
            BadPack: a pack cannot be read.
        """
        editions = sorted(packs_in(self.package), key=lambda pack: pack.valid_from or date.min)
        statutes = [pack for pack in editions if pack.level == "statute"]
        instruments = sorted(instruments_in(editions), key=lambda each: list(LegalKind).index(each.legal_kind))
        return (
            self._every_grant(statutes, instruments),
            *(self._under_conditions(each, instruments, editions) for each in instruments),
        )

    @property
    def _name(self) -> str:
        return self.package.removeprefix("oekoreport_")

    def _every_grant(self, statutes: Sequence[Pack], instruments: Sequence[Instrument]) -> Rulebook:
        return Rulebook(
            name=self._name,
            title=_("Grants of {land}", land=self.land),
            edition=self.edition,
            rules=of_every_grant(self.prefix, f"Nebenbestimmungen {self.called}", instruments),
            packs=tuple(statutes),
            applies=self._covers,
        )

    def _under_conditions(
        self, instrument: Instrument, instruments: Sequence[Instrument], editions: Sequence[Pack]
    ) -> Rulebook:
        """Return the rulebook of general conditions; codes bear the numbers of the oldest edition."""
        name = instrument.name
        editions = [pack for pack in editions if pack.level == "conditions" and pack.instrument == name]
        numbers = {topic: each.number for pack in reversed(editions) for topic, each in pack.passages.items()}
        prefix = f"{self.prefix}-{name.rpartition('-')[2]}"
        return Rulebook(
            name=f"{self._name}-{name.casefold()}",
            title=_("{instrument} of {land}", instrument=name, land=self.land),
            edition=self.edition,
            rules=of_conditions(prefix, f"{name} {self.called}", numbers),
            packs=tuple(editions),
            applies=lambda project: self._covers(project) and instrument_of(project, instruments) == instrument,
        )

    def _covers(self, project: Project) -> bool:
        return project.grant is not None and project.grant.land is self.land
