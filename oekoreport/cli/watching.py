"""Commands in worker processes: the same arguments, the same output, the same exit code, and a parent that watches.

Whatever somebody's files make a command do, there is somebody to end it, to say what it was, and to let the rest go on.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from oekoreport.cli.exits import Exit
from oekoreport.cli.session import Session
from oekoreport.language import catalogue

_ = catalogue("oekoreport")

Command = Callable[..., Exit]


def in_a_worker(command: Command) -> Command:
    """Let a command do its work in a worker where it was called at a console; else it is done in this process."""

    @wraps(command)
    def begun(session: Session, **values: Any) -> Exit:
        return command(session, **values) if session.again is None else _watched(session, session.again)

    return begun


def sweep_up(session: Session) -> None:
    """Remove the temporary folders that runs left which were killed, and say so."""
    from oekoreport.scratch import sweep

    if number := sweep():
        session.mention(_("Temporary folders of a run that was interrupted were removed: {number}", number=number))


def _watched(session: Session, again: Callable[[], int]) -> Exit:
    from oekoreport.build.watching import Call, watched

    sweep_up(session)
    (_key, ended), *_none = watched([(None, Call(again, ()))], session.limits)
    if isinstance(ended, Exception):
        raise ended
    return Exit(ended)
