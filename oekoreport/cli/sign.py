"""``oekoreport sign``: the documents of a project, signed by whoever answers for them."""

from __future__ import annotations

import os
from pathlib import Path

import click

from oekoreport.cli.arguments import project_folder
from oekoreport.cli.exits import Exit
from oekoreport.cli.session import Session
from oekoreport.cli.texts import Option, command
from oekoreport.errors import UsageError
from oekoreport.language import catalogue
from oekoreport.system import reason_of

_ = catalogue("oekoreport")

PASSPHRASE = "OEKOREPORT_PASSPHRASE"  # noqa: S105 - the name of a variable
"""The environment variable that may hold the passphrase; as an argument others could read it."""


class NoPassphrase(UsageError):
    """A file that is to hold the passphrase cannot be read."""

    def __init__(self, file: Path, error: OSError) -> None:
        super().__init__(
            _("{file} cannot be read: {reason}.", file=str(file), reason=reason_of(error)),
            hint=_("Leave out --passphrase-file, and you are asked for the passphrase."),
        )


@command(
    _(
        "Sign the documents of a project.\n\nSigns the PDFs that are meant for it (funding report, register, print "
        "file of the certificates) and the manifest, and puts them into a new numbered folder in DIR/unterzeichnet. "
        "Drafts and changed files are not signed. The passphrase is asked for, or taken from the environment variable "
        "OEKOREPORT_PASSPHRASE. The time is that of this computer’s clock; nothing is fetched or sent."
    ),
    project_folder(),
    Option(
        ["--certificate"],
        required=True,
        metavar=_("FILE"),
        type=click.Path(path_type=Path),
        help=_("Your certificate with its key, PKCS #12 (.p12, .pfx); or the certificate alone, PEM."),
    ),
    Option(
        ["--key"],
        metavar=_("FILE"),
        type=click.Path(path_type=Path),
        help=_("The key of a PEM certificate."),
    ),
    Option(
        ["--passphrase-file"],
        metavar=_("FILE"),
        type=click.Path(path_type=Path),
        help=_("A file whose first line is the passphrase."),
    ),
    watched=False,  # somebody may think for a while before the passphrase is typed
)
def sign(session: Session, folder: Path, certificate: Path, key: Path | None, passphrase_file: Path | None) -> Exit:
    """Return CLEAN where everything was signed."""
    from oekoreport.build.signing import Credentials, demand_library
    from oekoreport.build.signing import sign as sign_documents

    demand_library()
    credentials = Credentials.load(certificate, key, _passphrase(session, passphrase_file).encode())
    act = sign_documents(folder, credentials)
    session.say(_("Signed by {name}, in {folder}:", name=credentials.name, folder=str(act.folder)), "bold")
    for path in act.files:
        session.say(f"  {path}")
    session.say(_("Check the signatures with: oekoreport verify {folder}", folder=str(folder)))
    return Exit.CLEAN


def _passphrase(session: Session, file: Path | None) -> str:
    """Return the passphrase from a file, from the environment, or as it is typed without echo."""
    if file is not None:
        try:
            return file.read_text(encoding="utf-8").partition("\n")[0].removesuffix("\r")
        except OSError as error:
            raise NoPassphrase(file, error) from error
    if PASSPHRASE in os.environ:
        return os.environ[PASSPHRASE]
    asked = session.locale.show(_("Passphrase of the certificate"))
    typed: str = click.prompt(asked, default="", hide_input=True, show_default=False, err=True)
    return typed
