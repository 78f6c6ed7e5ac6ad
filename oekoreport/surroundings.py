"""What all code of a process shares, kept from a call of somebody else's code: it is afterwards as it was before.

A plugin that changes the working folder, a variable, the time zone or the precision of decimals would change what
others make after it. So its call has these to itself. What it prints goes to standard error: standard output is the
result of a command.
"""

from __future__ import annotations

import decimal
import io
import locale
import os
import random
import signal
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from threading import current_thread, main_thread
from types import ModuleType
from typing import Any, TextIO, cast

from oekoreport.errors import OekoreportError, words_of
from oekoreport.language import catalogue

_ = catalogue("oekoreport")

PutBack = Callable[[], None]


def of(module: ModuleType, *names: str) -> tuple[Any, ...]:
    """Return what a module has of these names: not every system has all."""
    return tuple(getattr(module, name) for name in names if hasattr(module, name))


STREAMS = ("stdin", "stdout", "stderr", "__stdin__", "__stdout__", "__stderr__")
STANDARD = (0, 1, 2)
"""The descriptors of standard input, output and error."""

HEARD = of(signal, "SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK", "SIGALRM", "SIGCHLD", "SIGPIPE")
"""The signals that end a program, and those that come to one that works; each takes half a microsecond a call."""

TIMERS = of(signal, "ITIMER_REAL", "ITIMER_VIRTUAL", "ITIMER_PROF")
BOUNDS = ("RLIMIT_FSIZE", "RLIMIT_NOFILE", "RLIMIT_AS", "RLIMIT_DATA", "RLIMIT_STACK", "RLIMIT_CPU")
"""What the system lets a process have, where it has such bounds."""

PRECISION = ("prec", "rounding", "Emin", "Emax", "capitals", "clamp", "traps")


class NotPutBack(OekoreportError):
    """Code has changed something that the system does not let anybody change back: it removed the working folder."""

    def __init__(self, error: OSError | ValueError) -> None:
        super().__init__(_("it changed what cannot be put back: {problem}", problem=words_of(error)))


@contextmanager
def kept_surroundings() -> Iterator[None]:
    """Run code within ``with`` that may change what the process shares; it takes some 0.1 ms.

    What it leaves running, writes elsewhere or changes in modules stays. Of signals only the main thread's are kept.

    Raises:
        NotPutBack: something cannot be put back; all else is.
    """
    kept = ExitStack()
    for keep in KEEPERS:
        kept.callback(keep())
    try:
        with decimal.localcontext(), warnings.catch_warnings():
            yield
    finally:
        _put_back(kept)


def _put_back(kept: ExitStack) -> None:
    try:
        kept.close()
    except (OSError, ValueError) as error:
        raise NotPutBack(error) from error


class _Aside(io.RawIOBase):
    """Takes bytes for standard error as it was before the call; closing it closes nothing else."""

    def __init__(self, target: TextIO | None) -> None:
        super().__init__()
        self._target = target

    def writable(self) -> bool:
        return True

    def write(self, content: Any, /) -> int:
        """Write bytes, which may have ended in the middle of a letter."""
        taken = bytes(content)
        if self._target is not None:
            self._target.write(taken.decode("utf-8", "replace"))
        return len(taken)


def _streams() -> PutBack:
    before = {name: getattr(sys, name) for name in STREAMS}
    error = sys.stderr
    for name in ("stdout", "stderr"):
        aside = io.TextIOWrapper(cast(Any, _Aside(error)), "utf-8", "replace", write_through=True)
        for each in (name, f"__{name}__"):
            setattr(sys, each, aside)

    def put_back() -> None:
        for name, stream in before.items():
            setattr(sys, name, stream)

    return put_back


def _descriptors() -> PutBack:
    """Keep the descriptors of the streams too: other languages' libraries and programs that are started print there."""
    copies = {number: copy for number in STANDARD if (copy := _copied(number)) is not None}
    if copies.keys() >= {1, 2}:
        os.dup2(2, 1)

    def put_back() -> None:
        for number, copy in copies.items():
            os.dup2(copy, number)
            os.close(copy)

    return put_back


def _copied(descriptor: int) -> int | None:
    """Return another descriptor of the same file; None where it is closed, as in a program without a console."""
    try:
        return os.dup(descriptor)
    except OSError:
        return None


def _folder() -> PutBack:
    with suppress(FileNotFoundError):  # somebody has removed it
        before = Path.cwd()

        def put_back() -> None:
            with suppress(FileNotFoundError):
                if Path.cwd() == before:
                    return
            os.chdir(before)

        return put_back
    return lambda: None


def _variables() -> PutBack:
    variables, before, zone = os.environ, dict(os.environ), (time.tzname, time.timezone)

    def put_back() -> None:
        os.environ = variables  # noqa: B003 - a plugin may have put another object there
        if (now := dict(variables)) != before:
            for name in now.keys() - before.keys():
                del variables[name]
            variables.update(before)
        if hasattr(time, "tzset") and (now.get("TZ") != before.get("TZ") or (time.tzname, time.timezone) != zone):
            time.tzset()

    return put_back


def _permissions() -> PutBack:
    before = os.umask(0o077)
    os.umask(before)

    def put_back() -> None:
        os.umask(before)

    return put_back


def _locale() -> PutBack:
    before = locale.setlocale(locale.LC_ALL)

    def put_back() -> None:
        if locale.setlocale(locale.LC_ALL) != before:
            locale.setlocale(locale.LC_ALL, before)

    return put_back


def _chance() -> PutBack:
    before = random.getstate()
    return lambda: random.setstate(before)


def _decimals() -> PutBack:
    """Keep what new threads compute with; the present thread's own context is another object."""
    before = decimal.DefaultContext.copy()

    def put_back() -> None:
        for name in PRECISION:
            setattr(decimal.DefaultContext, name, getattr(before, name))

    return put_back


def _interpreter() -> PutBack:
    paths, before, depth = sys.path, [*sys.path], sys.getrecursionlimit()

    def put_back() -> None:
        sys.path, sys.path[:] = paths, before
        if sys.getrecursionlimit() != depth:
            sys.setrecursionlimit(depth)

    return put_back


def _signals() -> PutBack:
    if current_thread() is not main_thread():
        return lambda: None
    before = {number: signal.getsignal(number) for number in HEARD}
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, ()) if hasattr(signal, "pthread_sigmask") else None
    idle = [timer for timer in TIMERS if not any(signal.getitimer(timer))]

    def put_back() -> None:
        for timer in idle:
            signal.setitimer(timer, 0)
        for number, handler in before.items():
            if handler is not None and signal.getsignal(number) is not handler:
                signal.signal(number, handler)
        if blocked is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, blocked)

    return put_back


def _bounds() -> PutBack:
    if sys.platform == "win32":
        return lambda: None
    import resource

    before = {kind: resource.getrlimit(kind) for kind in of(resource, *BOUNDS)}

    def put_back() -> None:
        for kind, bound in before.items():
            if resource.getrlimit(kind) != bound:
                resource.setrlimit(kind, bound)

    return put_back


KEEPERS: tuple[Callable[[], PutBack], ...] = (
    _streams,
    _descriptors,
    _folder,
    _variables,
    _permissions,
    _locale,
    _chance,
    _decimals,
    _interpreter,
    _signals,
    _bounds,
)
"""Each notes what one thing is like now and returns what puts it back."""
