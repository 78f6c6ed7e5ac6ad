"""The rulebooks of grants of Nordrhein-Westfalen, and the editions of its law as dated data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.resources import files

from oekoreport import LegalKind, Pack, Project, Rulebook, catalogue
from oekoreport.kit.law import Passage, of_conditions, of_every_grant, position_cap
from oekoreport_nrw import rules_expenditure, rules_programme

_ = catalogue("oekoreport_nrw")

LAND = "NW"
EDITION = "2026-11"
INSTRUMENTS = {LegalKind.MUNICIPAL: "ANBest-G", LegalKind.PRIVATE: "ANBest-P"}


def packs(instrument: str) -> Iterator[Pack]:
    """Yield the editions whose file names begin like this, in their order."""
    folder = files("oekoreport_nrw") / "packs"
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.startswith(instrument) and entry.name.endswith(".toml"):
            yield Pack.from_toml(entry.read_text(encoding="utf-8"), f"nrw/{entry.name.removesuffix('.toml')}")


def of_land(project: Project) -> bool:
    """Tell whether the grant is one of this Land."""
    return project.grant is not None and project.grant.land == LAND


def of_kind(kind: LegalKind) -> Callable[[Project], bool]:
    """Return what tells whether the grant is one of this Land to a recipient of a kind."""
    return lambda project: of_land(project) and project.recipient is not None and project.recipient.legal_kind is kind


def under_guideline(project: Project) -> bool:
    """Tell whether the grant is made under the programme's guideline."""
    return of_land(project) and project.grant is not None and project.grant.guideline == rules_programme.GUIDELINE


EVERY_GRANT = Rulebook(
    name="nrw",
    title=_("Grants of Nordrhein-Westfalen"),
    edition=EDITION,
    rules=of_every_grant("NRW", "Nebenbestimmungen NRW", INSTRUMENTS),
    applies=of_land,
)

TO_MUNICIPALITIES = Rulebook(
    name="nrw-anbest-g",
    title=_("ANBest-G of Nordrhein-Westfalen"),
    edition=EDITION,
    rules=of_conditions(
        "NRW-G",
        "ANBest-G NRW",
        {
            "plan": Passage("1.2", confirmed=False),
            "drawdowns": Passage("1.4"),
            "procurement": Passage("3"),
            "information": Passage("5", confirmed=False),
            "deadline": Passage("7.1"),
            "narrative": Passage("7.3"),
            "amounts": Passage("7.4"),
            "repayment": Passage("9"),
        },
    ),
    packs=tuple(packs("anbest-g")),
    applies=of_kind(LegalKind.MUNICIPAL),
)

TO_OTHERS = Rulebook(
    name="nrw-anbest-p",
    title=_("ANBest-P of Nordrhein-Westfalen"),
    edition=EDITION,
    rules=of_conditions(
        "NRW-P",
        "ANBest-P NRW",
        {
            "plan": Passage("1.2", confirmed=False),
            "drawdowns": Passage("1.4", confirmed=False),
            "procurement": Passage("3", confirmed=False),
            "information": Passage("5", confirmed=False),
            "deadline": Passage("6.1"),
            "narrative": Passage("6.2", confirmed=False),
            "amounts": Passage("6.4", confirmed=False),
            "repayment": Passage("8", confirmed=False),
        },
    ),
    packs=tuple(packs("anbest-p")),
    applies=of_kind(LegalKind.PRIVATE),
)

OEKOPROFIT = Rulebook(
    name="nrw-oekoprofit",
    title=_("Richtlinie ÖKOPROFIT of Nordrhein-Westfalen"),
    edition=EDITION,
    rules=(
        rules_programme.who_may_receive,
        rules_programme.grant_within_cap,
        rules_programme.rate_within_guideline,
        rules_programme.enough_participants,
        rules_programme.participants_at_first_call,
        rules_programme.enough_workshops,
        rules_programme.measures_in_the_club,
        rules_programme.micro_businesses,
        rules_programme.grant_is_named,
        rules_programme.own_share_beside_donations,
        rules_expenditure.type_is_stated,
        rules_expenditure.covered_directly,
        rules_expenditure.cash_only,
        rules_expenditure.events_within_cap,
        rules_expenditure.fees_not_eligible,
        rules_expenditure.print_within_cap,
        position_cap.under("NRW-POSITION-CAP", "Zuwendungsbescheid; Richtlinie ÖKOPROFIT"),
    ),
    packs=tuple(packs("oekoprofit")),
    applies=under_guideline,
)

RULEBOOKS = (EVERY_GRANT, TO_MUNICIPALITIES, TO_OTHERS, OEKOPROFIT)
