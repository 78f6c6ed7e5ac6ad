"""The environment that workers start with is theirs alone, and what they do again after one has died."""

import os
import signal
from pathlib import Path

import pytest

from oekoreport.build.watching import Call, Limits, watched
from oekoreport.build.watching.worker import STARTED_WITH
from oekoreport.errors import OekoreportError
from oekoreport.steps import Kind, step


def test_a_worker_has_an_environment_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MALLOC_ARENA_MAX", "7")
    monkeypatch.delenv("PYTHONSAFEPATH", raising=False)
    calls = [(name, Call(os.getenv, (name,))) for name in STARTED_WITH]
    assert dict(watched(calls, Limits())) == {"PYTHONSAFEPATH": "1", "MALLOC_ARENA_MAX": "1"}
    assert [os.environ.get(name) for name in STARTED_WITH] == [None, "7"]


def dies(number: int, tries: Path) -> str:
    """Die by a signal in a step, and tell in a file that it was tried; without the step there is a result."""
    try:
        with step(Kind.EXPORTER, "fremd"):
            with tries.open("a") as file:
                file.write("x")
            os.kill(os.getpid(), number)
    except OekoreportError as error:
        return str(error)
    return "alive"


@pytest.mark.skipif(os.name == "nt", reason="signals are those of POSIX")
@pytest.mark.parametrize(("name", "tries"), [("SIGSEGV", 1), ("SIGABRT", 1), ("SIGKILL", 2)])
def test_a_step_that_was_killed_is_tried_once_more_and_one_that_crashed_is_not(
    tmp_path: Path, name: str, tries: int
) -> None:
    call = Call(dies, (getattr(signal, name), tmp_path / "tries"))
    told = "The exporter fremd was stopped: the process ended unexpectedly."
    assert list(watched([("one", call)], Limits())) == [("one", told)]
    assert len((tmp_path / "tries").read_text()) == tries
