"""Help texts and click's own words in the reader's language.

click translates its words by gettext from the catalogue ``locale/click``; ours are messages, shown as help is printed.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click

from oekoreport.cli.exits import Exit
from oekoreport.cli.session import Session
from oekoreport.cli.watching import in_a_worker
from oekoreport.language import LANGUAGES, Message, catalogue

_ = catalogue("oekoreport")

CLICK_CATALOGUE = Path(__file__).parents[1] / "locale" / "click"


def speak(language: str) -> None:
    """Make click's words come in this language. gettext takes it from the environment, where workers find it too."""
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("click", str(CLICK_CATALOGUE))
    gettext.textdomain("click")


def session_of(context: click.Context) -> Session:
    """Return what the commands of this call share."""
    return context.ensure_object(Session)


class Told(click.Parameter):
    """A parameter whose help and whose word for the value are messages."""

    def __init__(self, declarations: Sequence[str], *, help: Message, **settings: Any) -> None:  # noqa: A002 - click's
        super().__init__(declarations, **settings, help=help)
        self.told = help

    def make_metavar(self, ctx: click.Context) -> str:
        """Return the word for the value in the reader's language."""
        return _shown(self.metavar, ctx) if self.metavar else super().make_metavar(ctx)


class Option(Told, click.Option):
    """An option whose help is a message."""


class Argument(Told, click.Argument):
    """An argument whose help is a message."""


def _shown(text: str, context: click.Context) -> str:
    return session_of(context).locale.show(text)


def _keep_without(context: click.Context, _option: click.Parameter, names: tuple[str, ...]) -> None:
    session_of(context).without.update(names)


def _keep_debug(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    session_of(context).debug |= wanted


def _keep_limits(context: click.Context, _option: click.Parameter, times: float | None) -> None:
    if times is not None:
        session_of(context).wider = times


def _shared_options(*, hidden: bool) -> list[click.Parameter]:
    """Return the options that stand before or behind a command's name alike; help lists them once."""
    shared = partial(Option, expose_value=False, hidden=hidden)
    return [
        # Program.main has read the language before: click's words are needed earlier than its values.
        shared(["--lang"], type=click.Choice(LANGUAGES), help=_("Language of messages; the system's if left out.")),
        shared(
            ["--without"],
            metavar=_("PLUGIN"),
            multiple=True,
            callback=_keep_without,
            help=_("Exclude this plugin; may be repeated."),
        ),
        shared(
            ["--debug"],
            is_flag=True,
            envvar="OEKOREPORT_DEBUG",
            callback=_keep_debug,
            help=_("Show where in the program an unexpected error occurred."),
        ),
        shared(
            ["--limits"],
            metavar=_("TIMES"),
            type=click.FloatRange(min=0, min_open=True),
            envvar="OEKOREPORT_LIMITS",
            callback=_keep_limits,
            help=_("Allow each file, template and exporter so many times the usual time and memory."),
        ),
    ]


class Command(click.Command):
    """A command whose help is a message, and which takes the shared options too."""

    lists_shared_options = False

    def __init__(self, name: str | None, *, help: Message, **settings: Any) -> None:  # noqa: A002 - click's
        super().__init__(name, help=help, options_metavar=_("[OPTIONS]"), **settings)
        self.told = help
        self.params += _shared_options(hidden=not self.lists_shared_options)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the parts of the usage line in the reader's language."""
        return [_shown(piece, ctx) for piece in super().collect_usage_pieces(ctx)]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return ``--help``; click keeps it from the first call on, whatever language that was in."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = gettext.gettext("Show this message and exit.")
        return option

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help in the reader's language."""
        for each in (self, *self.params, *getattr(self, "commands", {}).values()):
            if isinstance(told := getattr(each, "told", None), Message):
                each.help = _shown(told, ctx)
        super().format_help(ctx, formatter)


def command(
    told: Message, *params: click.Parameter, name: str = "", watched: bool = True
) -> Callable[[Callable[..., Exit]], Command]:
    """Make a command of a function, which takes the session and the parameters' values, and gives its name.

    ``watched``: it reads files that others wrote, in a worker process.
    """

    def made(run: Callable[..., Exit]) -> Command:
        run = in_a_worker(run) if watched else run
        callback = click.make_pass_decorator(Session, ensure=True)(run)
        return Command(name or run.__name__, help=told, params=list(params), callback=callback)

    return made


class Group(Command, click.Group):
    """A command that holds others."""

    def __init__(self, name: str | None, *, help: Message, **settings: Any) -> None:  # noqa: A002 - click's
        super().__init__(name, help=help, subcommand_metavar=_("COMMAND [ARGUMENTS]"), **settings)
