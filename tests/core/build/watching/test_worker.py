"""The environment that workers start with is theirs alone."""

import os

import pytest

from oekoreport.build.watching import Call, Limits, watched
from oekoreport.build.watching.worker import STARTED_WITH


def test_a_worker_has_an_environment_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MALLOC_ARENA_MAX", "7")
    monkeypatch.delenv("PYTHONSAFEPATH", raising=False)
    calls = [(name, Call(os.getenv, (name,))) for name in STARTED_WITH]
    assert dict(watched(calls, Limits())) == {"PYTHONSAFEPATH": "1", "MALLOC_ARENA_MAX": "1"}
    assert [os.environ.get(name) for name in STARTED_WITH] == [None, "7"]
