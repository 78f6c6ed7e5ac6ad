"""Calls at a console: streams that end early, are full or closed, and people who end the program."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import psutil
import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and devices of Unix")

PROGRAM = [sys.executable, "-m", "oekoreport", "--lang", "en"]
FULL = Path("/dev/full")


def ended(*arguments: object, **streams: Any) -> subprocess.CompletedProcess[str]:
    """Call the program with these streams; those not named are read."""
    given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    return subprocess.run([*PROGRAM, *map(str, arguments)], text=True, check=False, **given)


@pytest.fixture
def full() -> Iterator[IO[bytes]]:
    """A drive without space."""
    if not FULL.exists():
        pytest.skip("the system has no device that is full")
    with FULL.open("wb") as stream:
        yield stream


def test_a_reader_who_leaves_changes_no_exit_code() -> None:
    with subprocess.Popen([*PROGRAM, "plugin", "list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as call:
        assert call.stdout is not None
        assert call.stderr is not None
        call.stdout.close()
        assert call.stderr.read() == b""
    assert call.returncode == 0


def test_output_that_a_full_drive_does_not_take_is_a_failure(full: IO[bytes]) -> None:
    said = ended("plugin", "list", stdout=full)
    assert (said.returncode, said.stderr) == (
        2,
        "Error: The output could not be written: no space is left on the drive.\n",
    )


def test_what_cannot_be_said_changes_no_exit_code(full: IO[bytes], tmp_path: Path) -> None:
    assert ended("check", tmp_path / "nowhere", stderr=full).returncode == 2
    assert ended("plugin", "list", stderr=full).returncode == 0


@pytest.mark.parametrize(("closed", "arguments", "code"), [(1, ["plugin", "list"], 0), (2, ["check", "nowhere"], 2)])
def test_closed_streams_change_no_exit_code(closed: int, arguments: list[str], code: int) -> None:
    assert ended(*arguments, preexec_fn=lambda: os.close(closed)).returncode == code


@pytest.fixture
def waiting(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A call whose worker waits for ever; it says so before."""
    site = tmp_path / "site-packages"
    meta = site / "waiting_plugin-1.0.dist-info"
    meta.mkdir(parents=True)
    (meta / "METADATA").write_text("Metadata-Version: 2.1\nName: waiting-plugin\nVersion: 1.0\n")
    (meta / "entry_points.txt").write_text("[oekoreport]\nwaiting = waiting_plugin\n")
    code = "import os, sys, threading\nos.write(2, b'waits\\n')\nthreading.Event().wait()\n"
    (site / "waiting_plugin.py").write_text(code)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(site), *sys.path])}
    with subprocess.Popen(
        [*PROGRAM, "plugin", "list"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=True,
    ) as call:
        assert call.stderr is not None
        assert call.stderr.readline() == "waits\n"
        yield call
        call.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("often", [1, 2])
def test_who_ends_the_program_ends_its_workers(waiting: subprocess.Popen[str], number: int, often: int) -> None:
    started = psutil.Process(waiting.pid).children(recursive=True)
    for _time in range(often):
        os.killpg(waiting.pid, number) if number == signal.SIGINT else waiting.send_signal(number)
    output, errors = waiting.communicate(timeout=60)
    assert (waiting.returncode, output, errors.strip()) == (2, "", "Error: Stopped.")
    gone, left = psutil.wait_procs(started, timeout=10)
    assert started
    assert (len(gone), left) == (len(started), [])


def test_a_worker_says_what_a_call_in_this_process_does() -> None:
    assert {each["name"] for each in json.loads(ended("plugin", "list", "--format", "json").stdout)} >= {
        "data",
        "tables",
    }
