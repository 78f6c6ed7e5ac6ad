"""Calls in watched workers: what goes too far is ended, named, and left out when the call is done once more."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from threading import current_thread, main_thread
from typing import Any, Generic, TypeVar

from oekoreport.build.watching.limits import Limits
from oekoreport.build.watching.worker import HANGING_UP, Call, Done, Raised, Worker
from oekoreport.errors import OekoreportError
from oekoreport.language import catalogue
from oekoreport.steps import MORE, Excess, Step

_ = catalogue("oekoreport")

GLANCE_SECONDS = 0.02
"""How often workers are looked at. A loop of Python takes at most some ten megabytes in that time."""

Key = TypeVar("Key")


class Stopped(OekoreportError):
    """A call that was ended because it went over a limit, and of which no step could be left out any more."""

    def __init__(self, excess: Excess, step: Step | None) -> None:
        super().__init__(
            _("The work was stopped at {name}: {reason}.", name=step.name, reason=excess.message)
            if step
            else _("The work was stopped: {reason}.", reason=excess.message),
            hint=MORE,
        )


class Crashed(OekoreportError):
    """A bug: a call raised what it has to return."""

    def __init__(self, raised: Raised) -> None:
        super().__init__(_("This should not have happened: {kind}: {error}", kind=raised.kind, error=raised.said))


@dataclass(slots=True)
class _Attempt(Generic[Key]):
    """A call, and what went too far in it so far.

    A process may end by accident: that is tried again as it is, once. A step that crashes would crash again.
    """

    key: Key
    call: Call
    refused: dict[Step, Excess] = field(default_factory=dict)
    ended: bool = False

    def goes_on(self, after: Worker, excess: Excess, limits: Limits) -> bool:
        """Tell whether it is worth another try after a step went too far, and leave the step out of that."""
        step = after.step
        if excess is Excess.END and not self.ended and not (step and after.has_crashed):
            self.ended = True
            return True
        if step is None or step in self.refused or len(self.refused) >= limits.steps:
            return False
        self.refused[step] = excess
        return True


def watched(calls: Iterable[tuple[Key, Call]], limits: Limits, jobs: int = 1) -> Iterator[tuple[Key, Any]]:
    """Do calls in so many workers at a time; yield the key of each with its result, or the error that is in its place.

    However this is left, no worker stays.
    """
    pool = _Pool[Key](limits)
    try:
        yield from pool.results(calls, jobs)
    finally:
        with undisturbed():
            pool.end()


class _Pool(Generic[Key]):
    """Workers, and what each of them is doing."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._workers: list[Worker] = []
        self._busy: dict[Worker, _Attempt[Key]] = {}

    def results(self, calls: Iterable[tuple[Key, Call]], jobs: int) -> Iterator[tuple[Key, Any]]:
        waiting = deque(_Attempt(key, call) for key, call in calls)
        while waiting or self._busy:
            while waiting and len(self._busy) < jobs:
                self._begin(waiting.popleft())
            wait([each for worker in self._busy for each in (worker.connection, worker.sentinel)], GLANCE_SECONDS)
            for worker in list(self._busy):
                answer = worker.look()
                if isinstance(answer, Excess):
                    attempt = self._busy[worker]
                    self._drop(worker)
                    if attempt.goes_on(worker, answer, self._limits):
                        waiting.appendleft(attempt)
                    else:
                        yield attempt.key, Stopped(answer, worker.step)
                elif answer is not None:
                    value = answer.value if isinstance(answer, Done) else Crashed(answer)
                    yield self._busy.pop(worker).key, value

    def end(self) -> None:
        for worker in list(self._workers):
            self._drop(worker)

    def _begin(self, attempt: _Attempt[Key]) -> None:
        """Give a call to a worker that has none; one that earlier calls have filled is replaced."""
        for worker in [each for each in self._workers if each not in self._busy]:
            if worker.is_worn:
                self._drop(worker)
            else:
                break
        else:
            worker = Worker(self._limits)
            self._workers.append(worker)
        self._busy[worker] = attempt
        worker.begin(attempt.call, attempt.refused)

    def _drop(self, worker: Worker) -> None:
        worker.end()
        self._workers.remove(worker)
        self._busy.pop(worker, None)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Do what has to be done to the end, whatever signal comes; only the main thread of a process hears any."""
    if current_thread() is not main_thread():
        yield
        return
    before = {number: signal.signal(number, signal.SIG_IGN) for number in HANGING_UP}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
