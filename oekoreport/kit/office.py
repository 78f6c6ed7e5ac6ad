"""LibreOffice, where it is installed: turns Word documents into PDF, many in one process.

What it makes differs from run to run, so its documents carry ``reproducible=False``. It can hang; so it gets a profile
of its own, which no open LibreOffice disturbs, and a time limit, after which the whole process group is ended.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from oekoreport.errors import OekoreportError
from oekoreport.language import Message, catalogue

_ = catalogue("oekoreport")

START_SECONDS = 60.0
SECONDS_PER_FILE = 20.0
ELSEWHERE = (
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
    Path("C:/Program Files/LibreOffice/program/soffice.com"),
    Path("C:/Program Files (x86)/LibreOffice/program/soffice.com"),
)
"""Where installers put it on systems that do not list it among the commands."""


class OfficeError(OekoreportError):
    """LibreOffice is not there, or did not do what it was asked."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason, hint=_("Turn the Word document into PDF by hand, or build without PDF."))


def available() -> bool:
    """Tell whether LibreOffice is installed."""
    return _program() is not None


def to_pdf(documents: Mapping[str, bytes], *, seconds: float | None = None) -> dict[str, bytes]:
    """Return the PDF of each Word document, by the names given.

    Args:
        documents: bytes of Word documents by any name.
        seconds: the time limit for all of them; by default a minute and 20 seconds for each.

    Raises:
        OfficeError: LibreOffice is missing, took too long, or left a document out.
    """
    program = _program()
    if program is None:
        raise OfficeError(_("LibreOffice is not installed."))
    with TemporaryDirectory(prefix="oekoreport-office-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        files = [folder / f"{number}.docx" for number in range(len(documents))]
        for file, content in zip(files, documents.values(), strict=True):
            file.write_bytes(content)
        limit = seconds if seconds is not None else START_SECONDS + SECONDS_PER_FILE * len(files)
        said = _run(program, folder, files, limit)
        return {title: _result(file, title, said) for title, file in zip(documents, files, strict=True)}


@cache
def _program() -> str | None:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((str(path) for path in ELSEWHERE if path.is_file()), None)


def _run(program: str, folder: Path, files: list[Path], limit: float) -> str:
    profile = (folder / "profile").as_uri()
    command = [
        program,
        "--headless",
        "--norestore",
        f"-env:UserInstallation={profile}",
        "--convert-to",
        'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}',
        "--outdir",
        str(folder),
        *map(str, files),
    ]
    process = subprocess.Popen(  # noqa: S603 - a program of the system, called with files of our own
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        cwd=folder,
    )
    try:
        said, _nothing = process.communicate(timeout=limit)
    except subprocess.TimeoutExpired as error:
        _end(process)
        raise OfficeError(_("LibreOffice took longer than {limit} seconds.", limit=round(limit))) from error
    return said.decode(errors="replace").strip()


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and those that it started; a launcher ended alone would leave the office itself running."""
    if sys.platform == "win32":
        taskkill = Path(os.environ.get("SYSTEMROOT", "C:/Windows")) / "System32" / "taskkill.exe"
        subprocess.run([str(taskkill), "/F", "/T", "/PID", str(process.pid)], check=False, capture_output=True)  # noqa: S603
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def _result(file: Path, title: str, said: str) -> bytes:
    made = file.with_suffix(".pdf")
    if not made.is_file():
        raise OfficeError(_("LibreOffice made no PDF of {title}: {said}", title=title, said=said or "–"))
    return made.read_bytes()
