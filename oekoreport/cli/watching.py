"""Commands in worker processes: the same arguments, the same output, the same exit code, and a parent that watches.

Whatever somebody's files make a command do, there is somebody to end it, to say what it was, and to let the rest go on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from oekoreport.cli.exits import Exit
from oekoreport.cli.session import Session
from oekoreport.language import catalogue

_ = catalogue("oekoreport")

FOLDERS = ("folder", "out")
"""How commands call the argument that names a project, or its documents."""

Command = Callable[..., Exit]


def in_a_worker(command: Command) -> Command:
    """Let a command do its work in a worker where it was called at a console; else it is done in this process."""

    @wraps(command)
    def begun(session: Session, **values: Any) -> Exit:
        if session.again is not None:
            return _watched(session, session.again)
        _take_back(session, values)
        return command(session, **values)

    return begun


def _take_back(session: Session, values: Mapping[str, Any]) -> None:
    """Take back or finish what a run that was killed began in the project at hand, and say so."""
    from oekoreport.build.recovery import recover_project

    for folder in (values[name] for name in FOLDERS if values.get(name)):
        for told in recover_project(folder):
            session.mention(told)


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
