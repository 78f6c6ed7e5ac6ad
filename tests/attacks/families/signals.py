"""Signals and streams: a build that is killed at any moment, ended by Ctrl-C, or speaks to nobody."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from random import Random

import psutil

from tests.attacks.attack import attack
from tests.attacks.dice import dice
from tests.attacks.ground import BUGS, PROGRAM, Ground
from tests.attacks.running import Running

ALL = os.environ.get("OEKOREPORT_ATTACKS") == "all"
BUILDS, BATCHES = (120, 80) if ALL else (3, 1)
"""How often builds and batches are killed."""

PATIENCE = 5.0
"""After so many seconds the last process of a command that was told to end is gone."""

MOMENTS = (0.02, 0.15, 0.5, 1.0, 1.8)
"""Seconds after which a command is told to end: at its first breath, while it loads, reads and makes documents."""


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _equal(found: Path, wanted: Path) -> None:
    """Demand that two folders of documents hold the same files; locks and the record of the run are no documents."""
    passing = (".oekoreport.lock", "intern/lauf.json")
    one, two = ({name: each for name, each in _contents(out).items() if name not in passing} for out in (found, wanted))
    other = [name for name in sorted({*one, *two}) if one.get(name) != two.get(name)]
    assert not other, f"{found}: {other} are not as of an undisturbed build"


def _killed(running: Running, chance: Random, longest: float) -> str:
    """Kill a process of a command after some time, and return which."""
    time.sleep(chance.uniform(0, longest))
    tree = running.tree()
    which = "nobody"
    if tree:
        victim = chance.choice(tree)
        which = "parent" if victim.pid == running.process.pid else "worker"
        with suppress(psutil.Error):
            victim.kill()
    run = running.ended()
    assert not any(bug in run.said for bug in BUGS), run.said
    assert not run.alive(), f"workers live on: {run.alive(0)}"
    return which


@attack("Builds are killed at any moment; the next one makes all as if nothing had been", always=True)
def killed_builds(ground: Ground) -> None:
    chance, text = dice(12), (ground.project / "sachbericht.md").read_text()
    ground.build_before()
    killed = []
    for number in range(BUILDS):
        ground.put("sachbericht.md", text + "\n\nNeu.\n" * (number % 2))
        killed.append(_killed(ground.start("build", "runde"), chance, 3.5))
    ground.put("sachbericht.md", text)
    ground.build(0)
    ground.told = f"{len(killed)} kills ({killed.count('worker')} of workers); then exit 0, all bytes as undisturbed"
    _equal(ground.out, ground.built)


@attack("Batches are killed at any moment; the next one makes all as if nothing had been")
def killed_batches(ground: Ground) -> None:
    chance, text = dice(13), (ground.project / "sachbericht.md").read_text()
    ground.several(4)
    killed = []
    for number in range(BATCHES):
        for each in range(4):
            changed = text + "\n\nNeu.\n" * ((number + each) % 2)
            (ground.root / f"runden/{each}/sachbericht.md").write_text(changed)
        killed.append(_killed(ground.start("batch", "runden", "-j", "2"), chance, 7.0))
    for each in range(4):
        (ground.root / f"runden/{each}/sachbericht.md").write_text(text)
    ground.ends(0, by=("batch", "runden", "-j", "2"))
    for each in range(4):
        _equal(ground.root / f"runden/{each}/out", ground.built)
        left = [path.name for path in (ground.root / f"runden/{each}").rglob(".*") if path.name != ".oekoreport.lock"]
        assert left == [".oekoreport-demo.json"], left
    ground.told = f"{len(killed)} kills ({killed.count('worker')} of workers); then exit 0, all bytes as undisturbed"


def _told_to_end(ground: Ground, command: tuple[str, ...], number: int, *, twice: bool) -> None:
    """Tell a command to end at different moments, and demand that all is over soon and told as it is.

    Ctrl-C goes to all processes of a terminal's group; SIGTERM to the one that was started.
    """
    longest = 0.0
    for moment in MOMENTS:
        running = ground.start(*command)
        time.sleep(moment)
        began = time.monotonic()
        for _time in range(1 + twice):
            with suppress(ProcessLookupError):
                if number == signal.SIGINT:
                    os.killpg(running.process.pid, number)
                else:
                    running.process.send_signal(number)
            time.sleep(0.2 * twice)
        run = running.ended()
        ground.runs.append(run)
        alive = run.alive()
        longest = max(longest, time.monotonic() - began)
        assert not alive, f"after {moment} s: {alive} live on"
        assert longest < PATIENCE, f"after {moment} s it took {longest:.1f} s to end"
        assert "Traceback" not in run.said or not _was_ours(run.said), f"after {moment} s: {run.said[:500]}"
        assert "oekoreport.lock" not in run.said
        assert run.code in (0, 2, 128 + number, -number), f"after {moment} s: exit {run.code}"
    ground.ends(0, by=("batch", "runden") if command[0] == "batch" else ("build", "runde"))
    left = [path.name for path in ground.temporary.iterdir()]
    assert not left, f"left in TMPDIR: {left}"
    ground.told = f"over after at most {longest:.1f} s; last: exit {run.code}: {run.said[:100]}"


def _was_ours(said: str) -> bool:
    """Tell whether a traceback is of a time when the program had begun: before, Python itself is loading it."""
    return "in main" in said


def _ending(name: str, number: int, how: str, *, twice: bool) -> None:
    """Register the attacks that tell a build and a batch to end."""

    @attack(f"{name} {how} ends a build at any moment", always=name == "Ctrl-C" and twice)
    def ended_build(ground: Ground) -> None:
        _told_to_end(ground, ("build", "runde"), number, twice=twice)

    @attack(f"{name} {how} ends a batch at any moment")
    def ended_batch(ground: Ground) -> None:
        ground.several(4)
        _told_to_end(ground, ("batch", "runden", "-j", "2"), number, twice=twice)


_ending("Ctrl-C", signal.SIGINT, "once", twice=False)
_ending("Ctrl-C", signal.SIGINT, "twice", twice=True)
_ending("SIGTERM", signal.SIGTERM, "once", twice=False)
_ending("SIGTERM", signal.SIGTERM, "twice", twice=True)


@attack("SIGHUP ends a batch whose terminal was closed")
def hangup(ground: Ground) -> None:
    ground.several(4)
    running = ground.start("batch", "runden", "-j", "2")
    time.sleep(1.5)
    running.process.send_signal(signal.SIGHUP)
    run = running.ended()
    assert not run.alive(), "workers live on"
    ground.ends(0, by=("batch", "runden"))


@attack("A batch is stopped for a while and goes on")
def stopped(ground: Ground) -> None:
    ground.several(2)
    running = ground.start("batch", "runden", "-j", "2")
    time.sleep(1)
    tree = running.tree()
    for process in tree:
        process.suspend()
    time.sleep(12)
    for process in tree:
        process.resume()
    run = ground.hold(running.ended())
    assert run.code == 0, run.said


def _through(ground: Ground, line: str) -> tuple[int, str]:
    """Run a line of a shell in which $oe is the command line, and return its exit code and what it said on stderr."""
    variables = {**ground.environment, "oe": str(PROGRAM)}
    ended = subprocess.run(
        ["bash", "-c", line], cwd=ground.root, env=variables, capture_output=True, text=True, check=False, timeout=120
    )
    said = ended.stdout + ended.stderr
    assert not any(bug in said for bug in BUGS), said
    assert "BrokenPipe" not in said, said
    ground.demand_untouched()
    ground.told = f"exit {ended.returncode}: {' '.join(said.split())[:120]}"
    return ended.returncode, said


@attack("Who reads the output goes away after a line (| head -1): the exit code stays", always=True)
def broken_pipe(ground: Ground) -> None:
    for command, code in (
        ("check runde", 0),
        ("build runde", 0),
        ("template fields urkunde", 0),
        ("check nirgends", 2),
    ):
        ended, _said = _through(ground, f"$oe {command} | head -1 >/dev/null; exit ${{PIPESTATUS[0]}}")
        assert ended == code, f"{command}: exit {ended} instead of {code}"


@attack("Who reads the output was never there")
def no_reader(ground: Ground) -> None:
    for command, code in (("check runde", 0), ("build runde", 0), ("check nirgends", 2)):
        ended, _said = _through(ground, f"$oe {command} | true; exit ${{PIPESTATUS[0]}}")
        assert ended == code, f"{command}: exit {ended} instead of {code}"


@attack("Standard output is full (/dev/full): it is told, and is no success")
def full_output(ground: Ground) -> None:
    for command in ("check runde", "build runde", "status runde", "plugin list"):
        ended, said = _through(ground, f"$oe {command} >/dev/full")
        assert ended == 2, f"{command}: exit {ended}: {said}"


@attack("Standard error is full: the exit code stays")
def full_error(ground: Ground) -> None:
    for command, code in (("check nirgends", 2), ("build nirgends", 2), ("check runde", 0), ("build --nichts", 2)):
        ended, _said = _through(ground, f"$oe {command} 2>/dev/full")
        assert ended == code, f"{command}: exit {ended} instead of {code}"


@attack("Standard output is closed: what was published stays, and no bug is told")
def closed_output(ground: Ground) -> None:
    for command in ("build runde", "check runde", "plugin list", "--help"):
        ended, said = _through(ground, f"$oe {command} >&-")
        assert ended in (0, 2), f"{command}: exit {ended}: {said}"
    assert (ground.out / "manifest.json").exists()
    ground.demand_whole()


@attack("Standard error and standard input are closed too")
def all_closed(ground: Ground) -> None:
    for command, code in (("build runde", (0, 2)), ("check nirgends", (2,))):
        ended, said = _through(ground, f"$oe {command} >&- 2>&- <&-")
        assert ended in code, f"{command}: exit {ended}: {said}"
    ground.demand_whole()


@attack("Two builds of a project run at once: one waits or is refused, and all is whole")
def two_builds(ground: Ground) -> None:
    both = [ground.start("build", "runde") for _number in range(3)]
    codes = [running.ended().code for running in both]
    assert set(codes) <= {0, 2}, codes
    assert 0 in codes
    ground.build(0)
    _equal(ground.out, ground.built)


@attack("An input is changed while the project is built")
def changed_meanwhile(ground: Ground) -> None:
    running = ground.start("build", "runde")
    while running.process.poll() is None:
        ground.put("sachbericht.md", f"# Sachbericht\n\n{time.monotonic()}\n")
        time.sleep(0.01)
    ground.hold(running.ended())
    ground.demand_whole()


@attack("An input goes while the project is built")
def gone_meanwhile(ground: Ground) -> None:
    for moment in (0.3, 0.6, 0.9, 1.2):
        running = ground.start("build", "runde")
        time.sleep(moment)
        for path in (ground.project / "erhebung").iterdir():
            path.rename(path.with_suffix(".weg"))
        run = ground.hold(running.ended())
        assert run.code in (0, 1, 2)
        for path in (ground.project / "erhebung").iterdir():
            path.rename(path.with_suffix(".xlsx"))
    ground.build(0)
    _equal(ground.out, ground.built)
