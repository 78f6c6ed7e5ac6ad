"""What all code of a process shares is after a call of somebody else's code as it was before."""

from __future__ import annotations

import decimal
import locale
import os
import random
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest

from oekoreport.surroundings import NotPutBack, kept_surroundings


def _state() -> dict[str, object]:
    """Return what this process shares now."""
    mask = os.umask(0o077)
    os.umask(mask)
    return {
        "folder": Path.cwd(),
        "variables": (id(os.environ), dict(os.environ)),
        "zone": (time.tzname, time.timezone),
        "umask": mask,
        "locale": locale.setlocale(locale.LC_ALL),
        "chance": random.getstate(),
        "decimals": (repr(decimal.getcontext()), repr(decimal.DefaultContext)),
        "streams": [id(stream) for stream in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__, sys.stdin)],
        "open": [os.fstat(number).st_ino for number in (0, 1, 2)],
        "closed": [stream.closed for stream in (sys.stdout, sys.stderr)],
        "paths": (id(sys.path), [*sys.path]),
        "depth": sys.getrecursionlimit(),
        "warnings": [*warnings.filters],
        "signals": [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)],
    }


def _new_zone() -> None:
    os.environ["TZ"] = "Asia/Tokyo"
    time.tzset()


def _zone_without_a_trace() -> None:
    _new_zone()
    del os.environ["TZ"]


def _other_variables() -> None:
    os.environ = {"HOME": "/nowhere"}  # type: ignore[assignment]  # noqa: B003 - as a plugin may


def _precision() -> None:
    decimal.getcontext().prec = 2
    decimal.DefaultContext.prec = 3
    decimal.DefaultContext.traps[decimal.Inexact] = True


def _no_streams() -> None:
    sys.stdout.close()
    for name in ("stdout", "stderr", "__stdout__"):
        setattr(sys, name, None)


def _close_bytes() -> None:
    sys.stdout.buffer.close()


def _close_descriptors() -> None:
    for number in (0, 1, 2):
        os.close(number)


def _ignore_signals() -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)


HARM: list[Callable[[], object]] = [
    lambda: os.chdir("/"),
    os.environ.clear,
    lambda: os.environ.update(HOME="/nowhere", OTHER="x"),
    _other_variables,
    lambda: os.umask(0o777),
    lambda: locale.setlocale(locale.LC_ALL, "C"),
    lambda: random.seed(1),
    _precision,
    lambda: decimal.setcontext(decimal.Context(prec=1)),
    _no_streams,
    _close_bytes,
    _close_descriptors,
    lambda: os.dup2(os.open(os.devnull, os.O_WRONLY), 2),
    sys.path.clear,
    lambda: setattr(sys, "path", []),
    lambda: sys.setrecursionlimit(200),
    lambda: warnings.simplefilter("error"),
    _ignore_signals,
]
if sys.platform != "win32":
    HARM += [_new_zone, _zone_without_a_trace]


@pytest.mark.parametrize("harm", HARM)
def test_whatever_is_changed_is_as_before(harm: Callable[[], object]) -> None:
    before = _state()
    with kept_surroundings():
        harm()
    assert _state() == before
    with suppress(ZeroDivisionError), kept_surroundings():
        harm()
        raise ZeroDivisionError
    assert _state() == before


@pytest.mark.skipif(sys.platform == "win32", reason="alarms, bounds and masks are those of POSIX")
def test_no_alarm_no_bound_and_no_blocked_signal_stays() -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    with kept_surroundings():
        signal.setitimer(signal.ITIMER_VIRTUAL, 1000)
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
        resource.setrlimit(resource.RLIMIT_FSIZE, (10, before[1]))
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0, 0)
    assert signal.SIGTERM not in signal.pthread_sigmask(signal.SIG_BLOCK, ())
    assert resource.getrlimit(resource.RLIMIT_FSIZE) == before


def test_it_holds_in_a_thread_too() -> None:
    before = _state()

    def work() -> None:
        with kept_surroundings():
            os.chdir("/")
            os.environ.clear()

    thread = Thread(target=work)
    thread.start()
    thread.join()
    assert _state() == before


def test_what_is_printed_goes_to_standard_error_whichever_way() -> None:
    code = (
        "import os, subprocess, sys\n"
        "from oekoreport.surroundings import kept_surroundings\n"
        "with kept_surroundings():\n"
        "    print('eins')\n"
        "    sys.stdout.buffer.write('zwäi\\n'.encode())\n"
        "    sys.__stdout__.write('drei\\n')\n"
        "    os.write(1, b'vier\\n')\n"
        "    subprocess.run([sys.executable, '-c', 'print(\"fuenf\")'])\n"
        "print('Ergebnis')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "Ergebnis\n"
    assert sorted(done.stderr.splitlines()) == ["drei", "eins", "fuenf", "vier", "zwäi"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody remove the working folder")
def test_what_cannot_be_put_back_is_told_and_the_rest_is_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "hier").mkdir()
    monkeypatch.chdir(tmp_path / "hier")
    variables = dict(os.environ)

    @kept_surroundings()
    def harm() -> None:
        os.environ.clear()
        os.chdir("/")
        (tmp_path / "hier").rmdir()

    with pytest.raises(NotPutBack, match="it changed what cannot be put back"):
        harm()
    assert dict(os.environ) == variables
