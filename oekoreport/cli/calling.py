"""Calls of the program: at a console, and once more in the worker process that a command does its work in."""

from __future__ import annotations

import gc
import signal
from collections.abc import Sequence
from functools import partial
from typing import Any

from oekoreport.cli.exits import stopped, told_of_lost_output
from oekoreport.cli.session import Session
from oekoreport.cli.streams import output_lost, settle_streams

COLLECTED = (100_000, 50, 100)
"""When Python looks for objects that nobody holds: seldom, for those of a project live to the end. Looking through them
again and again took a third of the time of reading 100,000 receipts."""

ENDING = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""The signals that end a program, the first of them by Ctrl+C, where the system has them."""


def call_at_the_console(arguments: Sequence[str]) -> int:
    """Run a call of the program; return its exit code."""
    session = Session(again=partial(call_in_a_worker, tuple(arguments)))
    try:
        _at_the_end(signal.default_int_handler)
        code = _call(arguments, session)
    except KeyboardInterrupt:
        _at_the_end(signal.SIG_IGN)  # it ends anyhow
        return stopped(session)
    _at_the_end(signal.SIG_IGN)
    return code


def call_in_a_worker(arguments: Sequence[str]) -> int:
    """Run a call of the program that was begun at a console; return its exit code."""
    return _call(arguments, Session())


def _at_the_end(do: Any) -> None:
    """Set what the signals do that end a program: raise KeyboardInterrupt, or nothing."""
    for name in ENDING:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), do)


def _call(arguments: Sequence[str], session: Session) -> int:
    gc.set_threshold(*COLLECTED)
    settle_streams()
    try:
        from oekoreport.cli.program import program

        program.main(list(arguments), prog_name="oekoreport", obj=session)
    except SystemExit as ended:
        code = int(ended.code or 0)
    lost = output_lost()
    return code if lost is None else told_of_lost_output(session, lost)
