"""The rulebooks of grants of Sachsen: ANBest-P, and ANBest-K for municipalities (VwV-SäHO).

The plan binds in its total alone, money is to be used within six months, and small changes and small interest do not
count: all that are parameters. What is judged is what every Land judges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.resources import files

from oekoreport import LegalKind, Pack, Project, Rulebook, catalogue
from oekoreport.kit.law import Passage, of_conditions, of_every_grant

_ = catalogue("oekoreport_sachsen")

LAND = "SN"
EDITION = "2025-05"
INSTRUMENTS = {LegalKind.MUNICIPAL: "ANBest-K", LegalKind.PRIVATE: "ANBest-P"}


def packs(instrument: str) -> Iterator[Pack]:
    """Yield the editions whose file names begin like this, in their order."""
    folder = files("oekoreport_sachsen") / "packs"
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.startswith(instrument) and entry.name.endswith(".toml"):
            yield Pack.from_toml(entry.read_text(encoding="utf-8"), f"sachsen/{entry.name.removesuffix('.toml')}")


def of_land(project: Project) -> bool:
    """Tell whether the grant is one of this Land."""
    return project.grant is not None and project.grant.land == LAND


def of_kind(kind: LegalKind) -> Callable[[Project], bool]:
    """Return what tells whether the grant is one of this Land to a recipient of a kind."""
    return lambda project: of_land(project) and project.recipient is not None and project.recipient.legal_kind is kind


EVERY_GRANT = Rulebook(
    name="sachsen",
    title=_("Grants of Sachsen"),
    edition=EDITION,
    rules=of_every_grant("SN", "Nebenbestimmungen Sachsen", INSTRUMENTS),
    applies=of_land,
)

TO_OTHERS = Rulebook(
    name="sachsen-anbest-p",
    title=_("ANBest-P of Sachsen"),
    edition=EDITION,
    rules=of_conditions(
        "SN-P",
        "ANBest-P Sachsen",
        {
            "plan": Passage("1.2"),
            "drawdowns": Passage("1.4"),
            "procurement": Passage("3", confirmed=False),
            "information": Passage("5.1"),
            "deadline": Passage("6.1"),
            "narrative": Passage("6.2"),
            "amounts": Passage("6.4"),
            "repayment": Passage("8"),
        },
    ),
    packs=tuple(packs("anbest-p")),
    applies=of_kind(LegalKind.PRIVATE),
)

TO_MUNICIPALITIES = Rulebook(
    name="sachsen-anbest-k",
    title=_("ANBest-K of Sachsen"),
    edition=EDITION,
    rules=of_conditions(
        "SN-K",
        "ANBest-K Sachsen",
        {
            "plan": Passage("1.2", confirmed=False),
            "drawdowns": Passage("1.4", confirmed=False),
            "procurement": Passage("3", confirmed=False),
            "information": Passage("5", confirmed=False),
            "deadline": Passage("6.1"),
            "narrative": Passage("6.2"),
            "amounts": Passage("6.4"),
            "repayment": Passage("8"),
        },
    ),
    packs=tuple(packs("anbest-k")),
    applies=of_kind(LegalKind.MUNICIPAL),
)

RULEBOOKS = (EVERY_GRANT, TO_OTHERS, TO_MUNICIPALITIES)
