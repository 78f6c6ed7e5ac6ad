"""``oekoreport build``: the documents of a project."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from oekoreport.cli.arguments import ORDER, order_of, project_folder
from oekoreport.cli.exits import Exit
from oekoreport.cli.session import Session
from oekoreport.cli.texts import Option, command
from oekoreport.language import catalogue

if TYPE_CHECKING:
    from oekoreport.build.pipeline import Build

_ = catalogue("oekoreport")


@command(
    _(
        "Build a project's documents into DIR/out.\n\nDocuments are marked as drafts as long as there are "
        "errors or open questions. Files of an earlier build that are no longer made are removed; a build stops "
        "where files in DIR/out are not as the last one left them."
    ),
    project_folder(),
    *ORDER,
    Option(
        ["--force"],
        is_flag=True,
        help=_("Replace documents that were changed after the last build, and delete files that it did not make."),
    ),
)
def build(
    session: Session,
    folder: Path,
    force: bool,
    **asked: Any,
) -> Exit:
    """Return FINDINGS where drafts were written, FAILED where an exporter failed."""
    from oekoreport.build import pipeline

    with session.progress() as progress:
        order = order_of(**asked)
        made = pipeline.build(folder, session.registry, order, progress, force=force)
    print_build(session, folder, made)
    return exit_of(made)


def exit_of(made: Build) -> Exit:
    """Return how a build ended."""
    if made.failures:
        return Exit.FAILED
    return Exit.FINDINGS if made.report.draft else Exit.CLEAN


def print_build(session: Session, folder: Path, made: Build) -> None:
    """Print the documents with their sizes, what was removed, what failed, and whether the documents are drafts."""
    locale = session.locale
    width = max((len(path) for path in made.documents), default=0)
    session.say(_("Documents in {folder}:", folder=str(made.folder)), "bold")
    for path, document in sorted(made.documents.items()):
        size = _("{size} kB", size=-(-len(document.content) // 1000))
        session.say(f"  {path:<{width}}  {locale.show(size):>9}")
    _print_digest(session, made.folder)
    if made.removed:
        session.say(_("Removed because this build no longer makes them:"), "bold")
        for path in made.removed:
            session.say(f"  {path}")
    for note in made.notes:
        session.say(_("Note: {note}", note=note), "cyan")
    for failure in made.failures:
        session.say(f"{failure.exporter}: {failure.error.localize(locale)}", "red")
    if made.failures:
        lacking = _("Documents of these exporters are missing: {names}", names=tuple(f.exporter for f in made.failures))
        session.say(lacking, "bold red")
    if made.report.draft:
        codes = tuple(verdict.code for verdict in made.report.verdicts if verdict.blocks)
        session.say(_("The documents are drafts. Still open: {codes}", codes=codes), "bold yellow")
        session.say(_("List what is wrong and where: oekoreport check {folder}", folder=str(folder)))


def _print_digest(session: Session, out: Path) -> None:
    """Print what can be noted of the manifest: with it, nobody can exchange the documents unnoticed."""
    from oekoreport.build.publishing import digests_of, read_manifest

    session.say(_("SHA-256 of the manifest: {digest}", digest=digests_of(read_manifest(out)).manifest))
