"""A worker: a process that does one call after the other and tells its steps; and its parent's view of it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Lock, Thread
from typing import Any, NamedTuple

from oekoreport.build.watching.limits import Limits
from oekoreport.build.watching.network import drop_network
from oekoreport.scratch import sweep
from oekoreport.steps import Excess, Step, Told, be_watched

GRACE = 5.0
"""How many seconds a killed process may take to go."""

KINDRED_SECONDS = 1.0
"""How often a worker is asked which programs it has started; asking goes through all processes of the machine."""


SHARE = 0.8
"""The share of the machine's memory that no worker goes beyond, whatever it has to do: others need the rest."""

IDLE_SECONDS = 0.02
"""Less computing than this is none: a thread that waits for its turn wakes now and then."""

STARTED_WITH = {"PYTHONSAFEPATH": "1", "MALLOC_ARENA_MAX": "1"}
"""The environment of a process that starts. The first is Python's option -P: multiprocessing starts Python with -c,
which looks for modules in the current folder first. The second keeps glibc from holding freed memory for each thread
apart: of a round of 20,000 receipts it was 160 MiB."""

HANGING_UP = {signal.SIGINT, signal.SIGTERM}
"""What people end a program with."""


CRASHES = {
    -number for name in ("SIGSEGV", "SIGABRT", "SIGBUS", "SIGILL", "SIGFPE") if (number := getattr(signal, name, 0))
}
"""The exit codes of a process that its own code brought down, on systems that have signals."""

WINDOWS_CRASHES = 0xC0000000
"""From this number on those of Windows."""


class _Use(NamedTuple):
    """How much a process has computed by some moment, both in seconds."""

    computed: float
    clock: float


class Call(NamedTuple):
    """What a worker is to do: a function of a module, with arguments that can be sent to another process."""

    work: Callable[..., Any]
    arguments: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """The result of a call."""

    value: Any


@dataclass(frozen=True, slots=True)
class Raised:
    """What a call raised, in words; a bug, for it has to return what goes wrong."""

    kind: str
    said: str


def serve(connection: Connection) -> None:
    """Do calls until there are no more; this is all that a worker runs."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C goes to the parent too, which ends its workers
    drop_network()
    parent = multiprocessing.parent_process()
    if parent is not None:
        Thread(target=_end_after, args=(parent,), daemon=True).start()
    while (order := connection.recv()) is not None:
        call, refused = order
        be_watched(_Teller(connection), refused)
        connection.send(_answer(call))


class _Teller:
    """Tells a parent the steps; several threads may."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._lock = Lock()

    def __call__(self, told: Told) -> None:
        with self._lock:
            self._connection.send(told)


def _answer(call: Call) -> Done | Raised:
    try:
        return Done(call.work(*call.arguments))
    except Exception as error:  # noqa: BLE001 - the parent tells it
        return Raised(type(error).__name__, str(error))


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)  # a parent that was killed cannot tell its workers to go


class Worker:
    """A worker as its parent sees it: it is given one call after the other, and looked at in between."""

    def __init__(self, limits: Limits) -> None:
        import psutil

        self._limits = limits
        self._most = psutil.virtual_memory().total * SHARE
        # Processes are started afresh, on every system as on Windows: a forked copy of threads and locks may hang.
        system = multiprocessing.get_context("spawn")
        self.connection, theirs = system.Pipe()
        self._process = system.Process(target=serve, args=(theirs,))
        with _environment(), _deaf():  # the first process of all starts another of its own
            self._process.start()
        theirs.close()
        self._seen = psutil.Process(self._process.pid)
        self._kindred: dict[int, psutil.Process] = {}
        self._asked = 0.0
        self._told, self._begun, self._last = Told(None), _Use(0, 0), _Use(0, 0)

    @property
    def sentinel(self) -> int:
        """What becomes ready when the process ends."""
        return self._process.sentinel

    @property
    def step(self) -> Step | None:
        """What it is doing."""
        return self._told.step

    @property
    def has_crashed(self) -> bool:
        """Tell whether its own code brought it down, rather than somebody who killed it."""
        code = self._process.exitcode
        return code is not None and (code in CRASHES or code >= WINDOWS_CRASHES)

    @property
    def is_worn(self) -> bool:
        """Tell whether it holds so much between two calls that the next one would be blamed for it."""
        return bool(self._seen.memory_info().rss > self._limits.memory / 2)

    def begin(self, call: Call, refused: Mapping[Step, Excess]) -> None:
        """Let it do a call, without the steps that are refused."""
        self._heard(Told(None))
        with suppress(OSError):  # it has ended; whoever looks will see
            self.connection.send((call, dict(refused)))

    def look(self) -> Done | Raised | Excess | None:
        """Return the result of its call, or which limit it went over; None while it works."""
        import psutil

        try:
            while self.connection.poll():
                heard = self.connection.recv()
                if isinstance(heard, Done | Raised):
                    return heard
                self._heard(heard)
            return self._excess()
        except (EOFError, OSError, psutil.NoSuchProcess):
            return Excess.END

    def end(self) -> None:
        """End it, and the programs that it has started."""
        import psutil

        with suppress(psutil.Error):
            self._look_for_kindred()
        for process in (self._seen, *self._kindred.values()):
            with suppress(psutil.Error):
                process.kill()
        self._process.join(GRACE)
        self.connection.close()
        sweep()

    def _heard(self, told: Told) -> None:
        self._told = told
        self._begun = self._last = self._use()

    def _use(self) -> _Use:
        spent = self._seen.cpu_times()
        return _Use(spent.user + spent.system, time.monotonic())

    def _excess(self) -> Excess | None:
        use = self._use()
        if use.computed - self._last.computed > IDLE_SECONDS:
            self._last = use
        if use.clock - self._asked > KINDRED_SECONDS:
            self._asked = use.clock
            self._look_for_kindred()
        if self._seen.memory_info().rss > min(self._limits.memory + self._told.memory, self._most):
            return Excess.MEMORY
        if use.computed - self._begun.computed > self._limits.seconds + self._told.seconds:
            return Excess.SECONDS
        return Excess.SILENCE if use.clock - self._last.clock > self._limits.silence else None

    def _look_for_kindred(self) -> None:
        self._kindred.update((each.pid, each) for each in self._seen.children(recursive=True))


@contextmanager
def _deaf() -> Iterator[None]:
    """Keep Ctrl+C from a process that is just starting; this one hears it afterwards."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # the first process of all starts it, and hears again as soon as it has
    before = signal.pthread_sigmask(signal.SIG_BLOCK, HANGING_UP)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _environment() -> Iterator[None]:
    """Give a process that is just starting the environment that it is to have."""
    before = {name: os.environ[name] for name in STARTED_WITH if name in os.environ}
    os.environ.update(STARTED_WITH)
    try:
        yield
    finally:
        for name in STARTED_WITH:
            del os.environ[name]
        os.environ.update(before)
