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
        "--rebuild the project is built again in memory and must give the same manifest: the same inputs, figures, "
        "verdicts, versions and bytes. Prints the digest of the manifest, to compare with one that you noted."
    ),
    Argument(
        ["out"],
        metavar=_("OUT"),
        type=click.Path(path_type=Path),
        help=_("A folder of documents, or the folder of its project."),
    ),
    Option(["--rebuild"], is_flag=True, help=_("Build again and compare everything that the manifest says.")),
    Option(
        ["--trust"],
        metavar=_("FILE"),
        multiple=True,
        type=click.Path(path_type=Path),
        help=_("A certificate whose issues you trust: signatures have to lead to it. May be repeated."),
    ),
)
def verify(session: Session, out: Path, rebuild: bool, trust: tuple[Path, ...]) -> Exit:
    """Return FINDINGS where something deviates."""
    from oekoreport.build.publishing import MANIFEST, digests_of, read_manifest
    from oekoreport.build.publishing.verify import verify as compare_hashes
    from oekoreport.folder import OUTPUT, is_project

    if not (out / MANIFEST).exists() and ((out / OUTPUT / MANIFEST).exists() or is_project(out)):
        out /= OUTPUT
    digests = digests_of(read_manifest(out))
    checked, deviations = compare_hashes(out)
    session.say(_("SHA-256 of the manifest: {digest}", digest=digests.manifest))
    session.say(_("SHA-256 of what was examined: {digest}", digest=digests.examined))
    session.say(_("Files checked against their hashes: {number}", number=checked))
    if rebuild:
        deviations += _rebuild(session, out)
    deviations += _signatures(session, out, trust)
    for deviation in deviations:
        session.say(f"{deviation.path}  {session.locale.show(deviation.message)}", "red")
    verdict = _("Deviations: {number}", number=len(deviations)) if deviations else _("Everything is unchanged.")
    session.say(verdict, "bold")
    return Exit.FINDINGS if deviations else Exit.CLEAN


def _rebuild(session: Session, out: Path) -> list[Deviation]:
    """Make the documents again, and return what the second manifest says differently."""
    from oekoreport.build.pipeline import make_again
    from oekoreport.build.publishing import Deviation
    from oekoreport.build.rebuilding import compare

    with session.progress() as progress:
        made = make_again(out, session.registry, progress)
    compared = compare(out, made)
    session.say(_("Files made again and compared byte by byte: {number}", number=compared.number))
    if compared.sources_changed:
        session.say(_("Files that the documents are made from have changed. Build the project again to update them."))
    failures = (Deviation(failure.exporter, failure.error.message) for failure in made.failures)
    return [*compared.deviations, *failures]


def _signatures(session: Session, out: Path, trust: tuple[Path, ...]) -> list[Deviation]:
    """Print who signed what of these documents; return what is wrong with signatures."""
    from oekoreport.build.publishing import Deviation
    from oekoreport.build.signing import certificates_in, signatures

    found = signatures(out.resolve().parent, certificates_in(trust))
    signed = [(each.path, each.signer) for each in found if each.signer is not None]
    for path, signer in signed:
        session.say(_("{path}: signed by {name} on {day}", path=path, name=signer.name, day=signer.day))
        session.say(_("  issued by {issuer}, valid from {first} to {last}", **signer.validity))
    if signed and not trust:
        session.say(_("Whether the issuer is to be trusted was not judged: --trust FILE."))
    return [Deviation(each.path, problem) for each in found for problem in each.problems]
