"""Whole commands on a folder: seconds of computing and peak memory, of all processes that take part.

    .venv/bin/python benchmarks/commands.py FOLDER [--beside CHECKOUT] [--rounds 3] [--only check build]

With another checkout, which has its own .venv, both run in turns in one run. Each call gets a fresh copy of the folder.
"""

from __future__ import annotations

import statistics
import subprocess
import tempfile
import time
from argparse import ArgumentParser
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copytree, ignore_patterns

import psutil

HERE = Path(__file__).parents[1]
COMMANDS = ("check", "build")
GLANCE = 0.02
"""Seconds from one look at the processes to the next."""


@dataclass(slots=True)
class Score:
    """What the calls of one command came to, by one checkout."""

    computed: list[float] = field(default_factory=list)
    clock: list[float] = field(default_factory=list)
    peaks: list[int] = field(default_factory=list)


def main() -> None:
    """Run the commands and print a line for each and each checkout."""
    asked = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("folder", type=Path)
    asked.add_argument("--beside", type=Path)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--only", nargs="*", default=COMMANDS, choices=COMMANDS)
    chosen = asked.parse_args()
    checkouts = {"this checkout": HERE} | ({"the other": chosen.beside} if chosen.beside else {})
    scores = {(command, title): Score() for command in chosen.only for title in checkouts}
    for _round in range(chosen.rounds):
        for (command, title), score in scores.items():
            measure(checkouts[title], command, chosen.folder, score)
    say(f"{'':24}{'computing s':>12}{'clock s':>10}{'peak MiB':>10}   medians of {chosen.rounds}")
    for (command, title), score in scores.items():
        computed, clock, peak = map(statistics.median, (score.computed, score.clock, score.peaks))
        say(f"{command + ', ' + title:24}{computed:>12.1f}{clock:>10.1f}{peak / 2**20:>10,.0f}")


def measure(checkout: Path, command: str, folder: Path, score: Score) -> None:
    """Call a command once and add what it took."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
        project = Path(copytree(folder, Path(name) / "project", ignore=ignore_patterns("out")))
        program = [str(checkout / ".venv/bin/oekoreport"), "--lang", "en", command, str(project)]
        began, peak = time.perf_counter(), 0
        computed: dict[int, float] = {}
        with subprocess.Popen(program, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as call:
            while call.poll() is None:
                peak = max(peak, look(call.pid, computed))
                time.sleep(GLANCE)
            said = call.stderr.read().decode() if call.stderr else ""
        if call.returncode not in (0, 1):
            raise SystemExit(said)
    score.computed.append(sum(computed.values()))
    score.clock.append(time.perf_counter() - began)
    score.peaks.append(peak)


def look(pid: int, computed: dict[int, float]) -> int:
    """Note how long each process of a call has computed, and return how many bytes they hold together."""
    held = 0
    try:
        first = psutil.Process(pid)
        for process in (first, *first.children(recursive=True)):
            times = process.cpu_times()
            computed[process.pid] = times.user + times.system
            held += process.memory_info().rss
    except psutil.NoSuchProcess:
        pass  # it ended while we looked
    return held


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
