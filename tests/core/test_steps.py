"""Steps: whoever watches is told what is being done, and a step that was refused raises its own kind of error."""

from collections.abc import Iterator

import pytest

from oekoreport.errors import OekoreportError, PluginError, SourceError, TemplateError
from oekoreport.language import Locale
from oekoreport.steps import Excess, Kind, Step, Told, be_watched, beat, grow, step

SHEET = Step(Kind.READING, "belege.xlsx")


@pytest.fixture
def told() -> Iterator[list[Told]]:
    """What a watcher of this process is told."""
    heard: list[Told] = []
    be_watched(heard.append, {})
    yield heard
    be_watched(None, {})


def test_a_watcher_hears_of_each_step_and_of_the_one_around_it(told: list[Told]) -> None:
    with step(Kind.EXPORTER, "award", seconds=2):
        with step(Kind.TEMPLATE, "award/urkunde.docx"):
            beat()
        grow(100)
    assert told == [
        Told(Step(Kind.EXPORTER, "award"), 2),
        Told(Step(Kind.TEMPLATE, "award/urkunde.docx"), 2),
        Told(Step(Kind.TEMPLATE, "award/urkunde.docx"), 2),
        Told(Step(Kind.EXPORTER, "award"), 2),
        Told(Step(Kind.EXPORTER, "award"), 2, 100),
        Told(None, 0, 100),
    ]


def test_a_step_that_raises_is_over(told: list[Told]) -> None:
    with pytest.raises(ValueError, match="torn"), step(*SHEET):
        raise ValueError("torn")
    assert told[-1] == Told(None)


@pytest.mark.parametrize(
    ("refused", "kind", "said"),
    [
        (SHEET, SourceError, "belege.xlsx: The file was not read: it took more memory than it is allowed."),
        (
            Step(Kind.IMPORTER, "portal"),
            SourceError,
            (
                "The importer portal was stopped and is asked no more: it took more memory than it is allowed. "
                "Files that it alone can read are missing."
            ),
        ),
        (
            Step(Kind.RULEBOOK, "nrw"),
            PluginError,
            "The rulebook nrw was stopped: it took more memory than it is allowed.",
        ),
        (
            Step(Kind.RULE, "NRW-G-9"),
            OekoreportError,
            "The rule was not evaluated: it took more memory than it is allowed.",
        ),
        (
            Step(Kind.PROJECT, "runden/soest"),
            SourceError,
            "The project in runden/soest was not examined: it took more memory than it is allowed.",
        ),
        (
            Step(Kind.TEMPLATE, "award/urkunde.typ"),
            TemplateError,
            "award/urkunde.typ: The template could not be filled: it took more memory than it is allowed.",
        ),
        (
            Step(Kind.EXPORTER, "award"),
            OekoreportError,
            "The exporter award was stopped: it took more memory than it is allowed.",
        ),
    ],
)
def test_a_refused_step_raises_as_its_own_faults_do(
    told: list[Told], refused: Step, kind: type[OekoreportError], said: str
) -> None:
    be_watched(told.append, {refused: Excess.MEMORY})
    with pytest.raises(kind) as caught, step(*refused):
        pytest.fail("it was entered")
    hint = "If it is right as it is, allow more: --limits 4"
    assert caught.value.localize(Locale("en")) == f"{said}\n{hint}"
    with step(refused.kind, "another"):
        pass
    assert told[-1] == Told(None)
