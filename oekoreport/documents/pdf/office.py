"""LibreOffice, where it is installed: turns Word documents into PDF, many in one process that is watched.

What it makes differs from run to run, so its documents carry ``reproducible=False``. It hangs and dies in batches; so
it gets a profile of its own, which no open LibreOffice disturbs, and is ended with its whole process group once it has
finished nothing for a while or holds too much memory. What it made until then is kept, the document that it stopped at
is tried alone once, and the rest goes on in a new process.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from oekoreport.documents.pdf.office_profile import environment, profile, without_network
from oekoreport.errors import OekoreportError
from oekoreport.language import Message, catalogue
from oekoreport.scratch import scratch
from oekoreport.steps import beat
from oekoreport.system import SystemRefusal

_ = catalogue("oekoreport")

START_SECONDS = 60.0
"""How long the program may take to start; the first time that a machine runs it, that is long."""

SECONDS_PER_FILE = 30.0
"""How long it may take from one document to the next."""

GLANCE_SECONDS = 0.1
"""How often finished files are looked for."""

MOST_MEMORY = 1 << 30
"""In bytes, of all its processes: a report of 2,000 rows takes a third of it."""

PATIENCE = 3
"""After so many documents in a row that fail in the batch and alone, it is the program that fails: it is left."""

ELSEWHERE = (
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
    Path("C:/Program Files/LibreOffice/program/soffice.com"),
    Path("C:/Program Files (x86)/LibreOffice/program/soffice.com"),
)
"""Where installers put it on systems that do not list it among the commands."""


class OfficeError(OekoreportError):
    """LibreOffice is not there, or did not do what it was asked."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason, hint=_("Convert the Word document to PDF by hand, or build without PDF."))


@dataclass(frozen=True, slots=True)
class Converted:
    """The results by document name: ``made`` holds PDFs, ``failed`` the reasons why a PDF is missing."""

    made: dict[str, bytes] = field(default_factory=dict)
    failed: dict[str, Message] = field(default_factory=dict)


def available() -> bool:
    """Tell whether LibreOffice is installed."""
    return _program() is not None


def to_pdf(
    documents: Mapping[str, bytes], *, start: float = START_SECONDS, each: float = SECONDS_PER_FILE
) -> Converted:
    """Turn Word documents into PDF; one that fails costs no other.

    Args:
        documents: bytes of Word documents by any name.
        start: how many seconds the program may take to start.
        each: how many seconds it may take for one document.

    Raises:
        OfficeError: LibreOffice is missing.
        SystemRefusal: the temporary files cannot be written, or the program cannot be started.
    """
    program = _program()
    if program is None:
        raise OfficeError(_("LibreOffice is not installed."))
    with scratch("office") as folder:
        try:
            return _Batch(program, folder, start, each).converted(documents)
        except OSError as error:
            raise SystemRefusal(error) from error


@cache
def _program() -> str | None:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((str(path) for path in ELSEWHERE if path.is_file()), None)


class _Batch:
    """Documents on their way through as many processes as it takes."""

    def __init__(self, program: str, folder: Path, start: float, each: float) -> None:
        self._program = program
        self._folder = folder
        self._start = start
        self._each = each
        self._runs = 0

    def converted(self, documents: Mapping[str, bytes]) -> Converted:
        files = {title: self._folder / f"{number}.docx" for number, title in enumerate(documents)}
        for title, file in files.items():
            file.write_bytes(documents[title])
        reasons = self._done(files)
        made = {title: _pdf(file).read_bytes() for title, file in files.items() if title not in reasons}
        return Converted(made, reasons)

    def _done(self, files: Mapping[str, Path]) -> dict[str, Message]:
        """Turn the files into PDF, in their order; return why some are not."""
        reasons: dict[str, Message] = {}
        in_vain = 0
        waiting = dict(files)
        while waiting:
            self._run(list(waiting.values()))
            left = {title: file for title, file in waiting.items() if not _finished(file)}
            in_vain = in_vain if len(left) == len(waiting) else 0
            waiting = left
            if waiting:
                title = next(iter(waiting))  # the one that it stopped at, or left out
                file = waiting.pop(title)
                said = self._run([file])
                if not _finished(file):
                    reasons[title] = _("LibreOffice made no PDF of {title}: {said}", title=title, said=said)
                    in_vain += 1
                if in_vain == PATIENCE:
                    return reasons | dict.fromkeys(waiting, _("LibreOffice does not work here: {said}", said=said))
        return reasons

    def _run(self, files: Sequence[Path]) -> Message | str:
        """Let one process turn files into PDF; return what it said, or why it was ended."""
        self._runs += 1
        own = profile(self._folder / f"profile-{self._runs}")
        with (self._folder / f"said-{self._runs}").open("w+b") as said:
            process = subprocess.Popen(  # noqa: S603 - a program of the system, called with files of our own
                [*without_network(), *_command(self._program, own, self._folder), *map(str, files)],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                cwd=self._folder,
                env=environment(self._folder),
            )
            try:
                ended = self._watched(process, files)
            finally:
                _end(process)
            said.seek(0)
            words = said.read().decode(errors="replace").strip()
        return ended or words or "–"

    def _watched(self, process: subprocess.Popen[bytes], files: Sequence[Path]) -> Message | None:
        """Wait as long as documents get finished in time; return why it has to be ended, if it does not end itself."""
        finished, limit = 0, time.monotonic() + self._start + self._each
        while time.monotonic() < limit:
            try:
                process.wait(GLANCE_SECONDS)
            except subprocess.TimeoutExpired:
                beat()  # who watches this process waits as long as this one does
                if _memory(process.pid) > MOST_MEMORY:
                    return _("it took more than {limit} MB of memory", limit=MOST_MEMORY >> 20)
                now = sum(_pdf(file).is_file() for file in files)
                if now > finished:
                    finished, limit = now, time.monotonic() + self._each
            else:
                return None
        return _("no progress for {limit} seconds", limit=round(self._each))


def _command(program: str, profile: Path, folder: Path) -> list[str]:
    return [
        program,
        "--headless",
        "--norestore",
        f"-env:UserInstallation={profile.as_uri()}",
        "--convert-to",
        'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}',
        "--outdir",
        str(folder),
    ]


def _memory(number: int) -> int:
    """Return how many bytes a process and those that it started hold."""
    import psutil

    held = 0
    with suppress(psutil.Error):
        process = psutil.Process(number)
        for each in (process, *process.children(recursive=True)):
            with suppress(psutil.Error):
                held += each.memory_info().rss
    return held


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and those that it started; a launcher ended alone would leave the office itself running."""
    if sys.platform == "win32":
        taskkill = Path(os.environ.get("SYSTEMROOT", "C:/Windows")) / "System32" / "taskkill.exe"
        subprocess.run([str(taskkill), "/F", "/T", "/PID", str(process.pid)], check=False, capture_output=True)  # noqa: S603
    else:
        with suppress(ProcessLookupError, PermissionError):  # all of them ended by themselves
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _pdf(file: Path) -> Path:
    return file.with_suffix(".pdf")


def _finished(file: Path) -> bool:
    """Tell whether a file's PDF is there and whole; the process may have been ended while it was written."""
    made = _pdf(file)
    return made.is_file() and b"%%EOF" in made.read_bytes()[-1024:]
