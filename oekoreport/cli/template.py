"""``oekoreport template``: what Word templates may name, and every fault of one at once."""

from __future__ import annotations

from pathlib import Path

import click

from oekoreport.cli.arguments import output_format
from oekoreport.cli.exits import Exit
from oekoreport.cli.session import Session
from oekoreport.cli.texts import Argument, Group, Option, command
from oekoreport.language import catalogue

_ = catalogue("oekoreport")


@command(
    _(
        "List the Word templates, or the placeholders of one.\n\nWith a template: every placeholder as it is "
        "written, with its meaning, unit and an example."
    ),
    Argument(
        ["name"],
        metavar=_("[TEMPLATE]"),
        required=False,
        help=_("The template, for example funding/verwendungsnachweis.docx."),
    ),
    Option(
        ["--project", "folder"],
        metavar=_("DIR"),
        type=click.Path(path_type=Path),
        help=_("Take the examples from this project instead of the sample round."),
    ),
    Option(
        ["--search"],
        metavar=_("TEXT"),
        help=_("Show only entries whose name or title contains this text or resembles it."),
    ),
    output_format("text", "json"),
)
def fields(session: Session, name: str | None, folder: Path | None, search: str | None, form: str) -> Exit:
    """Return CLEAN."""
    from oekoreport.build.examination import report_on
    from oekoreport.build.template_proofs import Proofreader, named
    from oekoreport.cli import template_fields

    registry = session.sound_registry
    report = report_on(folder, registry) if folder else None
    known = Proofreader(registry, report).known
    if name is None and search is not None:
        raise template_fields.NothingToSearch(known)
    if name is None:
        template_fields.show_templates(session, known, form)
    else:
        template_fields.show_fields(session, known[named(name, known)], form, search)
    return Exit.CLEAN


@command(
    _(
        "Check a Word template, or all templates of a project.\n\nLists every fault with its place and the "
        "remedy before anything is built."
    ),
    Argument(
        ["path"],
        metavar=_("PATH"),
        type=click.Path(path_type=Path),
        help=_("A Word file, or the folder of a project."),
    ),
    Option(
        ["--as", "name"],
        metavar=_("TEMPLATE"),
        help=_("The template that the file is, if its name does not say so."),
    ),
    output_format("text", "json", "sarif"),
    Option(
        ["--comments"],
        metavar=_("COPY.docx"),
        type=click.Path(path_type=Path),
        help=_("Write a copy of the file with each fault as a comment; the copy must not exist yet."),
    ),
)
def check(session: Session, path: Path, name: str | None, form: str, comments: Path | None) -> Exit:
    """Return FINDINGS where a template has errors."""
    from oekoreport.build.template_proofs import idle_templates, proof_file, proof_project
    from oekoreport.cli import template_faults
    from oekoreport.findings import Severity

    registry = session.sound_registry
    whole = path.is_dir()
    if whole and (name or comments):
        raise template_faults.OneFileOnly(path)
    proofed = proof_project(path, registry) if whole else [proof_file(path, registry, name)]
    if comments:
        template_faults.write_comments(session, proofed[0], path, comments)
    if form == "json":
        from oekoreport.cli.faults_json import faults_json

        click.echo(faults_json(proofed, session.locale))
    elif form == "sarif":
        from oekoreport.cli.faults_sarif import faults_sarif

        click.echo(faults_sarif(proofed, session.locale))
    else:
        idle = idle_templates(path, registry, [each.name for each in proofed]) if whole else []
        template_faults.print_faults(session, proofed, idle, whole=whole)
    return Exit.FINDINGS if any(each.weighing(Severity.ERROR) for each in proofed) else Exit.CLEAN


template = Group(
    "template", help=_("List the placeholders of Word templates, and check templates."), commands=[fields, check]
)
