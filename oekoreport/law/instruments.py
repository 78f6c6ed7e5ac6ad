"""Which general conditions (ANBest) a grant is under: those that its notice attaches, else those for its recipient."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from oekoreport.characters import folded
from oekoreport.law.packs import Pack
from oekoreport.model import Project
from oekoreport.model.notice import NoticeKind
from oekoreport.model.recipient import LegalKind

DASHES = r"[\s./\-\u2010-\u2015]*"
SHORT = re.compile(rf"AN[\s\-]*Best{DASHES}([GKPI][a-z]?)(?![a-z]){DASHES}(Kosten)?", re.IGNORECASE)
"""“ANBest-G”, “ANBest G”, “AN-Best–P”, “ANBest-Gk”, “ANBest-P-Kosten”: what stands behind tells the instrument."""

TITLE = re.compile(r"Nebenbestimmungen|ANBest", re.IGNORECASE)
MUNICIPAL = re.compile(r"Gemeinde|kommunal|Gebietskörperschaft", re.IGNORECASE)
PROJECTS = re.compile(r"Projektförderung", re.IGNORECASE)
ON_COSTS = re.compile(r"Kostenbasis", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Instrument:
    """General conditions of a Land: for which kind of recipient, and as which annex notices cite them."""

    name: str
    legal_kind: LegalKind
    annexes: tuple[str, ...] = ()

    def annexed_in(self, text: str) -> bool:
        """Tell whether a text cites one of the annexes: “Anlage 1 zu Nummer 5.1 VVG”."""
        return any(re.search(rf"\b{re.escape(_folded(each))}\b", _folded(text)) for each in self.annexes)


def instruments_in(packs: Iterable[Pack]) -> tuple[Instrument, ...]:
    """Return the general conditions that packs of a Land have editions of."""
    found: dict[str, Instrument] = {}
    for pack in packs:
        if pack.level == "conditions":
            before = found[pack.instrument].annexes if pack.instrument in found else ()
            annexes = tuple(dict.fromkeys((*before, *pack.annexes)))
            found[pack.instrument] = Instrument(pack.instrument, LegalKind(pack.legal_kind), annexes)
    return tuple(found.values())


def attached(project: Project) -> str:
    """Return what the grant notice says of its general conditions, as it was typed; empty where it says nothing."""
    granting = (notice for notice in project.notices if notice.notice_kind is NoticeKind.GRANT)
    return "; ".join(notice.conditions for notice in granting if notice.conditions)


def instrument_of(project: Project, instruments: Iterable[Instrument]) -> Instrument | None:
    """Return the instrument that the grant is under: the one attached, else the one for the recipient's kind.

    One that is none of this Land decides nothing; of several attached, the one for the recipient's kind holds.
    """
    instruments = tuple(instruments)
    named, usual = named_in(attached(project), instruments), usual_for(project, instruments)
    return named[0] if len(named) == 1 else usual


def usual_for(project: Project, instruments: Iterable[Instrument]) -> Instrument | None:
    """Return the instrument that is for recipients of the project's kind."""
    kind = project.recipient.legal_kind if project.recipient else None
    return next((each for each in instruments if each.legal_kind is kind), None)


def named_in(text: str, instruments: Iterable[Instrument]) -> list[Instrument]:
    """Return the instruments that a text names: by a short name, an annex, or where it has neither by the title."""
    instruments = tuple(instruments)
    short = list(_short_names(text))
    if short:
        return [each for each in instruments if each.name.casefold() in short]
    annexed = [each for each in instruments if each.annexed_in(text)]
    return annexed or [each for each in instruments if each.legal_kind is _kind_in_title(text)]


def _short_names(text: str) -> Iterator[str]:
    for letter, costs in SHORT.findall(text):
        yield f"ANBest-{letter}{'-Kosten' if costs else ''}".casefold()


def _kind_in_title(text: str) -> LegalKind | None:
    """Return for whom conditions are by their title; those on a cost basis are for none of our kinds."""
    if not TITLE.search(text) or ON_COSTS.search(text):
        return None
    if MUNICIPAL.search(text):
        return LegalKind.MUNICIPAL
    return LegalKind.PRIVATE if PROJECTS.search(text) else None


def _folded(text: str) -> str:
    words = folded(text.replace("Nummer", "Nr.")).split()
    return " ".join(word for word in words if word not in ("der", "den", "des"))
