"""``oekoreport check``: the verdicts on a project, rule by rule and cell by cell."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from oekoreport.cli.arguments import AS_OF, project_folder
from oekoreport.cli.exits import Exit
from oekoreport.cli.texts import Command, Option, session_of
from oekoreport.language import catalogue

_ = catalogue("oekoreport")


@click.command(
    cls=Command,
    help=_(
        "Check a project against all rules.\n\n"
        "Prints a verdict for each rule and below them every finding: its place, its code, what is wrong, and the way"
        " out. Writes nothing."
    ),
    params=[
        project_folder(),
        Option(
            ["--format", "form"],
            type=click.Choice(("text", "json", "sarif")),
            default="text",
            help=_("For reading, or for other programs."),
        ),
        AS_OF,
    ],
)
@click.pass_context
def check(context: click.Context, folder: Path, form: str, as_of: date | None) -> Exit:
    """Return FINDINGS if there are errors or open questions."""
    from oekoreport.build.intake import take_in
    from oekoreport.build.pipeline import examine

    session = session_of(context)
    registry = session.sound_registry
    report = examine(take_in(folder, registry), registry, as_of)
    if form == "json":
        from oekoreport.cli.verdicts_json import verdicts_json

        click.echo(verdicts_json(report, session.locale))
    elif form == "sarif":
        from oekoreport.cli.verdicts_sarif import verdicts_sarif

        click.echo(verdicts_sarif(report, registry.rulebooks, session.locale))
    else:
        from oekoreport.cli.verdicts import print_verdicts

        print_verdicts(session, report)
    return Exit.FINDINGS if report.draft else Exit.CLEAN
