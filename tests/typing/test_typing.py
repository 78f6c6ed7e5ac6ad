"""One fact, however typed: the same figures, or something that keeps a final build away."""

from __future__ import annotations

import os
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from oekoreport.build.examination import report_on
from oekoreport.contract import Registry
from oekoreport.findings import Severity
from oekoreport.report import Report
from tests.typing.facts import Facts, round_of
from tests.typing.folder import Folder
from tests.typing.oracle import expected
from tests.typing.typed import typed
from tests.typing.way import WAYS, NotHere, Outcome, Way
from tests.typing.ways import cells, money, savings, sheets

MODULES = (money, cells, sheets, savings)
ROUNDS = int(os.environ.get("OEKOREPORT_TYPING_ROUNDS", "2"))
"""How many rounds each way of typing is tried on; ``make long`` tries more."""

seeds = st.integers(0, 2**32 - 1)
REGISTRY = Registry.discover()

tried = settings(max_examples=ROUNDS, phases=[Phase.generate])  # a smaller seed is no simpler round


def report_of(folder: Folder) -> Report:
    """Return what the product makes of a folder."""
    with TemporaryDirectory() as root:
        folder.write(Path(root))
        return report_on(Path(root), REGISTRY)


def differences(report: Report, facts: Facts) -> dict[str, tuple[Decimal, Decimal | None]]:
    """Return the figures that are not those of the facts: expected and found."""
    found = {name: (amount, report.figures[name].value) for name, amount in expected(facts).items()}
    return {name: both for name, both in found.items() if both[0] != both[1]}


def blocking(report: Report) -> set[str]:
    """Return the codes of the errors and open questions that stand against a final build."""
    errors = (each for verdict in report.verdicts for each in verdict.open_findings if each.severity is Severity.ERROR)
    questions = (each for verdict in report.verdicts for each in verdict.undecided)
    return {finding.code for finding in (*errors, *questions)}


@settings(tried, max_examples=10 * ROUNDS)
@given(seeds)
def test_a_round_typed_as_the_workbook_asks_gives_the_figures_of_its_facts(seed: int) -> None:
    facts = round_of(seed)
    report = report_of(typed(facts))
    assert differences(report, facts) == {}
    assert blocking(report) == set()


def typed_in(way: Way, seed: int) -> tuple[Folder, Facts]:
    """Return the first round from a seed on that can be typed in a way, so typed."""
    for facts in map(round_of, range(seed, seed + 100)):
        folder = typed(facts)
        with suppress(NotHere):
            way.apply(folder, facts)
            return folder, facts
    raise AssertionError(way.name)


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
@tried
@given(seed=seeds)
def test_a_way_of_typing_gives_the_same_figures_or_is_asked_about(way: Way, seed: int) -> None:
    folder, facts = typed_in(way, seed)
    report = report_of(folder)
    against = blocking(report)
    if way.outcome is Outcome.SAME:
        assert differences(report, facts) == {}
        assert against == set()
    elif way.outcome is Outcome.ASKED:
        assert against.intersection(way.codes)
    else:
        assert against or differences(report, facts) == {}


def test_each_way_says_what_the_person_does() -> None:
    assert len(WAYS) >= 60
    assert all(way.apply.__doc__ for way in WAYS.values())
