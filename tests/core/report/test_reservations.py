"""What papers say of law that nobody read, and of what the program assumes."""

from decimal import Decimal

import pytest

from oekoreport.figures.engine import Chapter, Figures
from oekoreport.figures.values import FigureRef, Value, unknown
from oekoreport.language import Locale, Message
from oekoreport.law import Pack, Parameter, Presence, Status, Terms
from oekoreport.model import Project
from oekoreport.report.reservations import reservations

THRESHOLD = Parameter("reduction_threshold", "Threshold", passage="Nr. 2.2", pack="ANBest-G Muster")
SHARED = Parameter("gap_reduction_shared", "The reduction is split", passage="VV Nr. 9")
ASSUMED = Parameter("claim_day", "The claim arises today", Presence.VALUE, Decimal(1), status=Status.ASSUMED)
UNCONFIRMED = Parameter("line_tolerance", "Tolerance", Presence.VALUE, Decimal(20))

CHAPTER = Chapter()
CHAPTER.figure("one", "EUR", Message("One"))(lambda _figures: Value(Decimal(1), (THRESHOLD, UNCONFIRMED)))
CHAPTER.figure("two", "EUR", Message("Two"))(lambda _figures: Value(Decimal(2), (FigureRef("one"), SHARED, ASSUMED)))
CHAPTER.figure("open", "EUR", Message("Open"))(lambda _figures: unknown(Message("nobody knows"), basis=(SHARED,)))


def told(*names: str) -> list[str]:
    pack = Pack("muster/anbest-g", "ANBest-G Muster", "conditions", "ANBest-G", Status.UNCONFIRMED, "", {})
    figures = Figures(Project(key="project"), Terms({}, [pack]), (CHAPTER,))
    return [Locale("de").show(sentence) for sentence in reservations(figures, names)]


MINOR = (
    "Ob eine geringfügige Änderung (Nr. 2.2 ANBest-G) die Zuwendung unberührt lässt, ist nicht bekannt; gerechnet ist "
    "ohne einen solchen Betrag."
)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("one",), [MINOR]),
        (
            ("one", "two"),
            [
                MINOR,
                "Nicht bekannt: The reduction is split (VV Nr. 9). Die Beträge stehen unter dem Vorbehalt der Klärung.",
                "Angenommen, weil der Bescheid es nicht festlegt: The claim arises today.",
            ],
        ),
        (("open",), []),
        ((), []),
    ],
)
def test_a_paper_says_once_what_the_figures_that_it_prints_lean_on(names: tuple[str, ...], expected: list[str]) -> None:
    assert told(*names) == expected
