"""``oekoreport check``: the verdicts on a project, rule by rule and cell by cell."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from oekoreport.cli.arguments import AS_OF, output_format, project_folder
from oekoreport.cli.exits import Exit
from oekoreport.cli.session import Session
from oekoreport.cli.texts import Option, command
from oekoreport.errors import UsageError
from oekoreport.language import catalogue

_ = catalogue("oekoreport")


class NoFolder(UsageError):
    """A check is asked for without a project and without a rule to explain."""

    def __init__(self) -> None:
        super().__init__(
            _("Which project should be checked?"),
            hint=_("Give its folder: oekoreport check DIR. One rule alone: oekoreport check --explain CODE."),
        )


class TextOnly(UsageError):
    """One rule is to be explained to another program."""

    def __init__(self) -> None:
        super().__init__(
            _("--explain prints text only."),
            hint=_("Leave out --format. The verdicts in JSON name the published cases of every rule."),
        )


@command(
    _(
        "Check a project against all rules.\n\nPrints a verdict for each rule, then every finding with its "
        "place, its code, what is wrong and how to fix it. With --explain: one rule alone, with its passage, "
        "what it came to, and published cases. Writes nothing."
    ),
    project_folder(required=False),
    Option(
        ["--explain", "code"],
        metavar=_("CODE"),
        help=_("Explain this rule, for example NRW-START; the folder may be left out."),
    ),
    output_format("text", "json", "sarif"),
    AS_OF,
)
def check(session: Session, folder: Path | None, code: str | None, form: str, as_of: date | None) -> Exit:
    """Return FINDINGS if there are errors or open questions; explaining a rule is always CLEAN."""
    if code is not None:
        return _explained(session, folder, code, form, as_of)
    if folder is None:
        raise NoFolder
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


def _explained(session: Session, folder: Path | None, code: str, form: str, as_of: date | None) -> Exit:
    from oekoreport.build.examination import report_on
    from oekoreport.cli.rule import print_rule

    if form != "text":
        raise TextOnly
    print_rule(session, code, None if folder is None else report_on(folder, session.sound_registry, as_of))
    return Exit.CLEAN
