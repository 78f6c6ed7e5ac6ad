"""``oekoreport check``: the verdicts on a project, rule by rule and cell by cell."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from oekoreport.cli.arguments import AS_OF, output_format, project_folder
from oekoreport.cli.exits import Exit
from oekoreport.cli.session import Session
from oekoreport.cli.texts import command
from oekoreport.language import catalogue

_ = catalogue("oekoreport")


@command(
    _(
        "Check a project against all rules.\n\nPrints a verdict for each rule, then every finding with its "
        "place, its code, what is wrong and how to fix it. Writes nothing."
    ),
    project_folder(),
    output_format("text", "json", "sarif"),
    AS_OF,
)
def check(session: Session, folder: Path, form: str, as_of: date | None) -> Exit:
    """Return FINDINGS if there are errors or open questions."""
    from oekoreport.build.examination import report_on

    registry = session.sound_registry
    report = report_on(folder, registry, as_of)
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
