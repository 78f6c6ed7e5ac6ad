"""The lock of a folder that is written: it keeps two builds apart, and is gone when the work is done."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from oekoreport.build.publishing.names import LOCK
from oekoreport.enclosure import Enclosure, Kind, Linked
from oekoreport.errors import PublishingError
from oekoreport.language import catalogue
from oekoreport.system import NO_SPACE, reason_of

_ = catalogue("oekoreport")


class OutputLocked(PublishingError):
    """Another build writes the same folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("Another build is writing {folder}.", folder=str(folder)),
            hint=_("Wait until it has ended, then try again."),
        )


class OutputNotWritable(PublishingError):
    """Nothing can be written to a folder: no permission, no space, a drive that can only be read."""

    def __init__(self, folder: Path, error: OSError) -> None:
        reason = reason_of(error)
        super().__init__(
            _("{folder} cannot be written: {reason}.", folder=str(folder), reason=reason),
            hint=_("Free some space on the drive and build again; nothing was changed.")
            if reason == NO_SPACE
            else _("Get permission to write there, or copy the project to a folder of yours; nothing was changed."),
        )


class InTheWay(PublishingError):
    """A file is in the way of a folder, or a folder in the way of a file."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("{path} is a folder, but a file is needed there.", path=str(path))
            if path.is_dir()
            else _("{path} is a file, but a folder is needed there.", path=str(path)),
            hint=_("Move or rename it and build again; nothing was changed."),
        )


@contextmanager
def locked(folder: Enclosure) -> Iterator[None]:
    """Hold the lock of a folder, which is created if it does not exist.

    Raises:
        OutputLocked: another process holds it.
        OutputNotWritable, InTheWay, Linked: the folder cannot be made or written.
    """
    from filelock import FileLock, Timeout

    path = folder.path()
    lock = FileLock(path / LOCK)
    try:
        _make(folder)
        lock.acquire(timeout=0)
    except Timeout:
        raise OutputLocked(path) from None
    except OSError as error:
        raise OutputNotWritable(path, error) from error
    try:
        yield
    finally:
        if os.name == "nt":  # Windows removes no file that is held, so nobody loses a lock that they hold
            lock.release()
            _remove_lock(folder)
        else:  # here it goes before somebody else can hold it
            _remove_lock(folder)
            lock.release()


def _make(folder: Enclosure) -> None:
    for place in (folder.root, *folder.root.parents):
        if place.exists() and not place.is_dir():
            raise InTheWay(place)
    folder.root.mkdir(parents=True, exist_ok=True)
    try:
        folder.make_folder()
    except NotADirectoryError:
        raise InTheWay(folder.path()) from None
    if folder.kind(LOCK) is Kind.LINK:
        raise Linked(folder.path(LOCK))


def _remove_lock(folder: Enclosure) -> None:
    with suppress(OSError):
        folder.remove(LOCK)
