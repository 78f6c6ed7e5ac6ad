"""One call of the command line, watched from outside: how it ended, what it said, what it took."""

from __future__ import annotations

import resource
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import IO

import psutil

LIMIT_SECONDS = 10.0
"""The most seconds of CPU that a command may take, with all its processes, whatever it was given."""

PER_PROJECT = 4.0
"""How many more it may take for each further project of a batch: an undisturbed build takes half of it."""

LIMIT_BYTES = 1 << 30
"""The most memory that a command may hold, with all its processes."""

PATIENCE = 150.0
"""After so many seconds on the clock a command is ended: the machine may be loaded, and CPU is what is judged."""

DANGER = 3 << 30
"""What a command is ended at, lest the attack takes the machine."""

GLANCE = 0.02
"""Seconds from one look at the processes to the next."""


@dataclass(frozen=True, slots=True)
class Run:
    """How a command ended.

    Attributes:
        arguments: what was called, the program first.
        code: its exit code; minus the number of the signal that ended it.
        out: what it printed.
        err: what it printed on standard error.
        seconds: by the clock.
        cpu: seconds of CPU of all its processes.
        peak: the most bytes that its processes held at one time.
        processes: those that it was seen to have.
    """

    arguments: tuple[str, ...]
    code: int
    out: str
    err: str
    seconds: float
    cpu: float
    peak: int
    processes: tuple[psutil.Process, ...] = ()

    @property
    def said(self) -> str:
        """All that it printed, in one line with single blanks."""
        return " ".join(f"{self.out}\n{self.err}".split())

    def alive(self, patience: float = 5.0) -> list[str]:
        """Return the command lines of its processes that live on, waiting so many seconds for them to end."""
        _gone, alive = psutil.wait_procs(self.processes, timeout=patience)
        return [_named(process) for process in alive]


class Running:
    """A command that is at work; its memory is looked at all the time. Wait for it with ``ended``."""

    def __init__(self, command: Sequence[str], *, cwd: Path, environment: Mapping[str, str], **streams: object) -> None:
        self._arguments = tuple(command)
        self._used = _used_by_children()
        self._began = time.monotonic()
        self.process = subprocess.Popen(  # type: ignore[call-overload] # streams may be files of any kind
            command,
            cwd=cwd,
            env=dict(environment),
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams},
        )
        self._texts: dict[str, bytes] = {"out": b"", "err": b""}
        self._readers = [
            Thread(target=self._read, args=(name, stream), daemon=True)
            for name, stream in (("out", self.process.stdout), ("err", self.process.stderr))
            if stream is not None
        ]
        self._peak = 0
        self._seen: set[psutil.Process] = set()
        self._watcher = Thread(target=self._watch, daemon=True)
        for thread in (*self._readers, self._watcher):
            thread.start()

    def _read(self, name: str, stream: IO[bytes]) -> None:
        with stream:
            self._texts[name] = stream.read()

    def _watch(self) -> None:
        while self.process.poll() is None:
            tree = self.tree()
            self._seen |= set(tree)
            held = sum(map(_held, tree))
            self._peak = max(self._peak, held)
            if held > DANGER or time.monotonic() - self._began > PATIENCE:
                for process in tree:
                    _end(process)
                return
            time.sleep(GLANCE)

    def tree(self) -> list[psutil.Process]:
        """Return the process with all that it started and that are still there."""
        try:
            process = psutil.Process(self.process.pid)
            return [process, *process.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    def ended(self) -> Run:
        """Wait until it ended, and return how."""
        code = self.process.wait()
        seconds = time.monotonic() - self._began
        for thread in (*self._readers, self._watcher):
            thread.join()
        out, err = (self._texts[name].decode(errors="replace") for name in ("out", "err"))
        return Run(
            self._arguments, code, out, err, seconds, _used_by_children() - self._used, self._peak, tuple(self._seen)
        )


def _used_by_children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _held(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0


def _named(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return str(process)


def _end(process: psutil.Process) -> None:
    try:
        process.kill()
    except psutil.Error:
        return
