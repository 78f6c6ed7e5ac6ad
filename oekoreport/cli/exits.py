"""How a call ends: every error becomes a message and an exit code here, and nowhere else."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from enum import IntEnum

import click

from oekoreport.cli.session import Session
from oekoreport.language import Message, catalogue

_ = catalogue("oekoreport")


class Exit(IntEnum):
    """The exit codes of every command."""

    CLEAN = 0
    FINDINGS = 1
    FAILED = 2


def guarded(run: Callable[[], object], session: Session) -> Exit:
    """Call ``run``, say what went wrong if anything did, and return the exit code."""
    from oekoreport.errors import OekoreportError
    from oekoreport.system import SystemRefusal

    try:
        ended = run()
    except click.ClickException as error:
        error.show()
        return Exit.FAILED
    except (click.Abort, KeyboardInterrupt):
        return stopped(session)
    except OekoreportError as error:
        return _told(session, error.message, place=error.place, hint=error.hint)
    except OSError as error:
        return _unexpected(session, error) if session.debug else _told(session, SystemRefusal(error).message)
    except Exception as error:  # noqa: BLE001 - a traceback tells an officer nothing
        return _unexpected(session, error)
    return Exit(ended) if isinstance(ended, int) else Exit.CLEAN


def stopped(session: Session) -> Exit:
    """Say that the user ended the work."""
    return _told(session, _("Stopped."))


def told_of_lost_output(session: Session, error: OSError) -> Exit:
    """Say that what was to be printed could not be."""
    from oekoreport.system import reason_of

    return _told(session, _("The output could not be written: {reason}.", reason=reason_of(error)))


def _unexpected(session: Session, error: Exception) -> Exit:
    if session.debug:
        traceback.print_exception(error)
    message = _("This should not have happened: {kind}: {error}", kind=type(error).__name__, error=str(error))
    hint = _(
        "Run the command again with --debug and send what it prints to those who maintain oekoreport."
        " Look it through first: it may name people."
    )
    return _told(session, message, hint=hint)


def _told(session: Session, message: Message, *, place: object = None, hint: Message | None = None) -> Exit:
    """Print an error on stderr: place and message, below it the way out."""
    show = session.locale.show
    where = f"{show(place)}: " if place else ""
    click.echo(f"{click.style(show(_('Error:')), fg='red', bold=True)} {where}{show(message)}", err=True)
    if hint:
        click.echo(f"  {show(hint)}", err=True)
    return Exit.FAILED
