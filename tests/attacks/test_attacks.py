"""Each attack, made on the real command line: nothing from outside, nothing lost, nothing unbounded."""

from __future__ import annotations

import os
import sys

import pytest

from tests.attacks import table
from tests.attacks.attack import ATTACKS, Attack
from tests.attacks.families import load
from tests.attacks.ground import Ground

load()
MADE = [each for each in ATTACKS if each.always or os.environ.get("OEKOREPORT_ATTACKS") == "all"]
"""Those that are made now; ``make long`` makes all."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals, links and limits are those of POSIX")


@pytest.mark.parametrize("each", MADE, ids=[f"{each.family}: {each.title}" for each in MADE])
def test_an_attack(each: Attack, ground: Ground) -> None:
    try:
        each.make(ground)
    except AssertionError as error:
        table.note(each, ground, str(error))
        raise
    table.note(each, ground, None)


def test_there_are_as_many_attacks_as_promised_and_each_family_has_one_that_is_always_made() -> None:
    assert len(ATTACKS) >= 120
    assert {each.family for each in ATTACKS} == {each.family for each in ATTACKS if each.always}
