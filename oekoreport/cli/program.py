"""The program ``oekoreport``: its commands, the options that all share, and how a call begins and ends."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import click

from oekoreport import __version__
from oekoreport.cli.batch import batch
from oekoreport.cli.build import build
from oekoreport.cli.check import check
from oekoreport.cli.demo import demo
from oekoreport.cli.exits import guarded
from oekoreport.cli.explain import explain
from oekoreport.cli.forms import forms
from oekoreport.cli.new import new
from oekoreport.cli.plugin import plugin
from oekoreport.cli.session import ScreenLocale, Session
from oekoreport.cli.sign import sign
from oekoreport.cli.status import status
from oekoreport.cli.template import template
from oekoreport.cli.texts import Group, Option, speak
from oekoreport.cli.verify import verify
from oekoreport.language import LANGUAGES, catalogue

_ = catalogue("oekoreport")


class Program(Group):
    """The outermost command: it knows the language before anything is parsed, and gives every call its exit code."""

    lists_shared_options = True

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the commands in the order in which they are used, not of the alphabet."""
        return list(self.commands)

    def main(self, args: Sequence[str] | None = None, *settings: Any, obj: Session | None = None, **more: Any) -> Any:
        """Run a call and leave the process with its exit code; ``obj`` may bring a session with plugins of its own."""
        session = obj or Session()
        if language := _language_asked(sys.argv[1:] if args is None else args):
            session.locale = ScreenLocale(language)
        speak(session.locale.language)
        run = super().main
        sys.exit(guarded(lambda: run(args, *settings, obj=session, **(more | {"standalone_mode": False})), session))


def _language_asked(args: Sequence[str]) -> str | None:
    """Return the language of the last ``--lang`` among the arguments, if it is supported."""
    language = None
    for argument, following in zip(args, (*args[1:], ""), strict=True):
        name, _equals, value = argument.partition("=")
        if name == "--lang" and (value or following) in LANGUAGES:
            language = value or following
    return language


def _print_version(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        click.echo(f"oekoreport {__version__}")
        context.exit()


program = Program(
    "oekoreport",
    help=_(
        "Makes the documents that a district owes for an ÖKOPROFIT round from the data that it holds: the "
        "funding report for the ministry, the cohort spreadsheet and the certificates.\n\nExit codes: 0 clean, "
        "1 findings, 2 the command could not be carried out."
    ),
    params=[
        Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_print_version,
            help=_("Show the version and exit."),
        )
    ],
)

for command in (demo, new, forms, check, build, status, batch, explain, verify, sign, template, plugin):
    program.add_command(command)
