"""Temporary folders, each named after the process that made it: what a kill leaves, the next run finds and removes.

They hold what documents are made of, names and addresses among it: nobody else may read them, and none stays.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from oekoreport.language import catalogue
from oekoreport.system import SystemRefusal, reason_of

_ = catalogue("oekoreport")

PREFIX = "oekoreport-"
"""How the folders are called; the number of the process, the time of its start, who gave the number, and the purpose
follow."""


VARIABLES = ("TMPDIR", "TEMP", "TMP")
"""Where people say which folder is for temporary files; the first that is set counts."""

DENIES_OWNER = 0o700


class NoScratch(SystemRefusal):
    """The system gives no temporary folder where one has to lie."""

    def __init__(self, place: str, error: OSError) -> None:
        super().__init__(error)
        reason = reason_of(error)
        self.message = _("Temporary files cannot be written to {folder}: {reason}.", folder=place, reason=reason)
        self.hint = _("Set the variable TMPDIR (on Windows TEMP) to a folder of yours.")


@contextmanager
def scratch(purpose: str) -> Iterator[Path]:
    """Make a temporary folder that is gone after ``with``.

    Raises:
        SystemRefusal: the system gives none where it has to lie, or none that could be removed again.
    """
    folder = _made(f"{_mark_of(os.getpid())}-{purpose}-")
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep() -> int:
    """Remove the folders of processes that run no more, and end what still works in them; return how many there were.

    Folders of other users and of other containers are left alone.
    """
    with suppress(OSError):
        return sum(_swept(folder) for folder in Path(_place()).glob(f"{PREFIX}*-*-*-*"))
    return 0


def _made(prefix: str) -> Path:
    try:
        _demand_own_rights()
        place = _place()
    except OSError as error:
        raise SystemRefusal(error) from error
    try:
        return Path(tempfile.mkdtemp(prefix=prefix, dir=place))
    except OSError as error:
        raise NoScratch(place, error) from error


def _place() -> str:
    """Return the folder for temporary files; one that was named and cannot be used is never silently another."""
    named = next((folder for name in VARIABLES if (folder := os.environ.get(name))), None)
    return str(Path(named).absolute()) if named else _of_the_system()


@cache
def _of_the_system() -> str:
    """Return the system's folder. Python takes the working folder where there is none, which may be a project's."""
    folder = tempfile.gettempdir()
    if Path(folder) == Path.cwd() and Path(folder).name.casefold() not in ("tmp", "temp"):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), "/tmp")  # noqa: S108 - where it is looked for
    return folder


def _demand_own_rights() -> None:
    """Refuse a umask under which nobody could read or remove what is put into the folder."""
    mask = os.umask(0o077)
    os.umask(mask)
    if mask & DENIES_OWNER:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), f"umask {mask:04o}")


def _swept(folder: Path) -> bool:
    number, _started, space, *_purpose = folder.name.removeprefix(PREFIX).split("-")
    if not number.isdecimal() or space != str(_number_space()) or folder.is_symlink() or not _is_mine(folder):
        return False
    if folder.name.startswith(f"{_mark_of(int(number))}-"):
        return False
    _end_those_in(folder)
    shutil.rmtree(folder, ignore_errors=True)
    return True


def _mark_of(process: int) -> str:
    """Return how the folders of a process begin; of one that does not run, as no folder begins."""
    import psutil

    try:
        started = psutil.Process(process).create_time()
    except psutil.Error:
        return f"{PREFIX}none"
    return f"{PREFIX}{process}-{round(started * 1000)}-{_number_space()}"


def _number_space() -> int:
    """Return what tells containers apart that share a folder for temporary files: each numbers its processes itself."""
    space = Path("/proc/self/ns/pid")
    return space.stat().st_ino if space.exists() else 0


def _is_mine(folder: Path) -> bool:
    return not hasattr(os, "getuid") or folder.stat().st_uid == os.getuid()


def _end_those_in(folder: Path) -> None:
    """End the programs that work in a folder whose process is no more: LibreOffice outlives who started it."""
    import psutil

    for process in psutil.process_iter(["cwd"]):
        if process.info["cwd"] and Path(process.info["cwd"]).is_relative_to(folder):
            with suppress(psutil.Error):
                process.kill()
                process.wait(5)
