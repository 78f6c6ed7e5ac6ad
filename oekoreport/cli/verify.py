"""``oekoreport verify``: whether the documents are still those that were made."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from oekoreport.cli.exits import Exit
from oekoreport.cli.session import Session
from oekoreport.cli.texts import Argument, Option, command
from oekoreport.language import catalogue

if TYPE_CHECKING:
    from oekoreport.build.publishing import Deviation

_ = catalogue("oekoreport")


@command(
    _(
        "Verify that documents are unchanged.\n\nCompares each file with its hash in the manifest. With "
        "--rebuild the project is built again in memory and must produce the same bytes; source files that "
        "have changed since are listed first."
    ),
    Argument(
        ["out"],
        metavar=_("OUT"),
        type=click.Path(path_type=Path),
        help=_("A folder of documents, or the folder of its project."),
    ),
    Option(["--rebuild"], is_flag=True, help=_("Build again and compare the bytes.")),
)
def verify(session: Session, out: Path, rebuild: bool) -> Exit:
    """Return FINDINGS where a file deviates."""
    from oekoreport.build.publishing import MANIFEST
    from oekoreport.build.publishing.verify import verify as compare_hashes
    from oekoreport.folder import OUTPUT, is_project

    if not (out / MANIFEST).exists() and ((out / OUTPUT / MANIFEST).exists() or is_project(out)):
        out /= OUTPUT
    checked, deviations = compare_hashes(out)
    session.say(_("Files checked against their hashes: {number}", number=checked))
    if rebuild:
        deviations += _rebuild(session, out)
    for deviation in deviations:
        session.say(f"{deviation.path}  {session.locale.show(deviation.message)}", "red")
    verdict = _("Deviations: {number}", number=len(deviations)) if deviations else _("Everything is unchanged.")
    session.say(verdict, "bold")
    return Exit.FINDINGS if deviations else Exit.CLEAN


def _rebuild(session: Session, out: Path) -> list[Deviation]:
    """Make the documents again, saying first which of the files that they are made of have changed since."""
    from oekoreport.build.manifest import changes
    from oekoreport.build.pipeline import make_again
    from oekoreport.build.publishing import Deviation, compare, read_manifest

    changed = changes(out, session.registry)
    if changed:
        session.say(_("Files that the documents are made from have changed since then:"), "bold")
    for each in changed:
        session.say(f"  {each.path}  {session.locale.show(each.message)}", "yellow")
    with session.progress() as progress:
        made = make_again(out, session.registry, progress)
    number, deviations = compare(out, made.documents)
    session.say(_("Files made again and compared byte by byte: {number}", number=number))
    then = read_manifest(out)["versions"]
    if other := tuple(name for name, version in made.report.versions.items() if then.get(name) != version):
        session.say(_("These have a different version now: {names}", names=other))
    if changed and deviations:
        session.say(_("This changes the documents. Build the project again to update them."))
    deviations += [Deviation(failure.exporter, failure.error.message) for failure in made.failures]
    return deviations
