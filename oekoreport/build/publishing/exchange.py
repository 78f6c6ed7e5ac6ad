"""Files take their place in one step: a folder is as before or wholly new, also after a kill.

The order: the new files are written into a folder of their own (the staging); what is to be done is written down beside
them; old files are renamed away, new ones into place. The last new file makes the step valid. Where it does not come to
that, all is taken back: at once after an error, by the next run after a kill. Each rename is done or not done, so what
is left to do shows in where the files are, and taking back may itself be interrupted.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path

from oekoreport.build.publishing.lock import OutputLocked, OutputNotWritable, locked
from oekoreport.build.publishing.names import LOCK, numbered
from oekoreport.build.publishing.plan import PLAN, Plan, read_plan
from oekoreport.enclosure import Enclosure, Kind, Linked
from oekoreport.errors import PublishingError
from oekoreport.folder import FolderNotListed
from oekoreport.language import Message, catalogue
from oekoreport.steps import beat
from oekoreport.system import NO_SPACE, reason_of

_ = catalogue("oekoreport")

STAGING = ".oekoreport-staging-"
"""How the folder begins that new files are written to; old ones go there until the step is done. Nobody else calls a
folder so, for what is left of one is removed."""


class FileInUse(PublishingError):
    """A file cannot be replaced: it is open in Word or Excel, or protected."""

    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(
            _("{path} cannot be replaced: {error}.", path=str(path), error=reason_of(error)),
            hint=_("Close the file in Word or Excel, or lift its protection, and build again; nothing was changed."),
        )


class NotTakenBack(PublishingError):
    """A step was broken off half-way, and the system does not let us take it back now."""

    def __init__(self, staging: Path, error: OSError) -> None:
        super().__init__(
            _(
                "The files in {folder} are half replaced, and it could not be undone: {path}: {reason}.",
                folder=str(staging.parent),
                path=str(error.filename),
                reason=reason_of(error),
            ),
            hint=_(
                "Close the files in Word or Excel, check the drive and build again: that undoes it. The earlier files "
                "lie in {staging}.",
                staging=str(staging),
            ),
        )


def enclosed(folder: Path) -> Enclosure:
    """Return a folder of a project that is written to; it is no link itself, whatever its user reached it by."""
    return Enclosure(folder.parent).below(folder.name)


def exchange(folder: Enclosure, files: Mapping[str, bytes], away: Iterable[str] = ()) -> None:
    """Give files their place in a folder whose lock is held, the last of them last; those that are to go ``away`` go.

    Raises:
        OutputNotWritable, FileInUse, Barred: all is as it was.
        NotTakenBack: it is not, and the next run takes it back.
    """
    staging = f"{STAGING}{secrets.token_hex(4)}"
    try:
        _stage(folder, staging, files)
        plan = Plan.of(folder, files, away)
        plan.write(folder, staging)
    except BaseException as error:
        _discard(folder, staging)
        if isinstance(error, OSError):
            raise OutputNotWritable(folder.path(), error) from error
        raise
    try:
        _carry_out(folder, staging, plan)
    finally:
        try:
            _settle(folder, staging, plan)
        except OSError as error:
            raise NotTakenBack(folder.path(staging), error) from error


def put(folder: Path, files: Mapping[str, bytes], *, replacing: Iterable[str] = ()) -> None:
    """Write files into a project's folder in one step; it is made if it does not exist.

    Args:
        folder: the folder as its user names it.
        files: by path; what is there already is not overwritten.
        replacing: the files that go before.

    Raises:
        PublishingError, Barred: nothing was changed.
    """
    top = Enclosure(folder)
    with locked(top):
        recover_locked(top)
        exchange(top, files, away=replacing)


def is_left(folder: Path) -> bool:
    """Tell whether a run is at work in a folder, or was killed there and left something.

    Raises:
        Linked: a link has the name of what runs leave.
        FolderNotListed: the system refuses.
    """
    if not _is_ours(folder):
        return False
    top = enclosed(folder)
    try:
        entries = top.entries()
        return bool(_stagings(top, entries)) or any(name == LOCK for name, _kind in entries)
    except OSError as error:
        raise FolderNotListed(folder, error) from error


def recover(folder: Path) -> tuple[Message, ...]:
    """Finish or take back what killed runs began in a folder, remove what they left there, and say so.

    Nothing is done where another run is at work, or where the folder itself is a link: who writes there refuses it.

    Raises:
        OutputNotWritable, NotTakenBack: the system refuses.
        Barred, BrokenPlan: what lies there is not what a run leaves.
    """
    if not _is_ours(folder):
        return ()
    top = enclosed(folder)
    try:
        if _stagings(top, top.entries()):
            with locked(top):
                return recover_locked(top)
        if top.kind(LOCK) is Kind.FILE:
            with suppress(OutputNotWritable), locked(top):
                pass  # which removes the lock that a killed run left
    except OutputLocked:
        pass
    except OSError as error:
        raise FolderNotListed(folder, error) from error
    return ()


def recover_locked(folder: Enclosure) -> tuple[Message, ...]:
    """Do what ``recover`` does for a folder whose lock is held."""
    told: list[Message] = []
    for staging in _stagings(folder, folder.entries()):
        try:
            told += _settle(folder, staging, read_plan(folder, staging))
        except OSError as error:
            raise NotTakenBack(folder.path(staging), error) from error
    return tuple(told)


def _is_ours(folder: Path) -> bool:
    return folder.name not in ("", "..") and not folder.is_symlink() and folder.is_dir()


def _stagings(folder: Enclosure, entries: Iterable[tuple[str, Kind]]) -> list[str]:
    found = [(name, kind) for name, kind in entries if name.startswith(STAGING)]
    for name, kind in found:
        if kind is Kind.LINK:
            raise Linked(folder.path(name))
    return [name for name, kind in found if kind is Kind.FOLDER]


def _stage(folder: Enclosure, staging: str, files: Mapping[str, bytes]) -> None:
    for path, content in files.items():
        folder.write(f"{staging}/new/{path}", content)
        beat()


def _discard(folder: Enclosure, staging: str) -> None:
    """Remove a staging; what the system refuses to remove goes with the next run."""
    with suppress(OSError):
        folder.remove_tree(staging)


def _carry_out(folder: Enclosure, staging: str, plan: Plan) -> None:
    for parent in plan.folders:
        with _named(folder, parent):
            folder.make_folder(parent)
    for path in plan.away:
        with _named(folder, path):
            if folder.kind(path) is not None:
                _move(folder, path, f"{staging}/old/{path}")
    for path in plan.new:
        with _named(folder, path):
            _move(folder, f"{staging}/new/{path}", path)


@contextmanager
def _named(folder: Enclosure, path: str) -> Iterator[None]:
    try:
        yield
        beat()
    except OSError as error:
        if reason_of(error) == NO_SPACE:
            raise OutputNotWritable(folder.path(), error) from error
        raise FileInUse(folder.path(path), error) from error


def _move(folder: Enclosure, source: str, target: str) -> None:
    try:
        folder.move(source, target)
    except FileNotFoundError:
        folder.make_folder(target.rpartition("/")[0])
        folder.move(source, target)


def _settle(folder: Enclosure, staging: str, plan: Plan | None) -> list[Message]:
    """Finish an exchange that became valid, take back one that did not, discard one that did not begin; say which."""
    path = str(folder.path())
    if plan is None:
        _discard(folder, staging)
        return [_("A run was broken off before it changed anything in {folder}; what it left is removed.", folder=path)]
    if folder.kind(f"{staging}/new/{plan.last}") is None:
        _finish(folder, staging, plan)
        return [_("A run was broken off when all was in place in {folder}; what it left is removed.", folder=path)]
    kept = _take_back(folder, staging, plan)
    return [
        _("A run was broken off while it replaced files in {folder}; they are as before again.", folder=path),
        *kept,
    ]


def _finish(folder: Enclosure, staging: str, plan: Plan) -> None:
    """Remove what an exchange replaced. The plan goes last: until then another run knows that the exchange is valid."""
    for path in plan.away:
        if path not in plan.new:
            _drop_empty(folder, path)
    with suppress(OSError):
        for part in ("old", "new"):
            if folder.kind(f"{staging}/{part}") is not None:
                folder.remove_tree(f"{staging}/{part}")
        folder.remove(f"{staging}/{PLAN}")
        folder.remove_folder(staging)


def _take_back(folder: Enclosure, staging: str, plan: Plan) -> list[Message]:
    """Give every file its place of before; what somebody put there meanwhile stays, and the file from before beside it.

    The plan goes before what is then of no use: a run that finds none discards the rest.
    """
    told: list[Message] = []
    for path in reversed(plan.new):
        if folder.kind(f"{staging}/new/{path}") is None and folder.sha256(path) == plan.new[path]:
            _move(folder, path, f"{staging}/new/{path}")
    for path in reversed(plan.away):
        if folder.kind(f"{staging}/old/{path}") is not None:
            free = _free(folder, path)
            _move(folder, f"{staging}/old/{path}", free)
            if free != path:
                told.append(
                    _("{path} was put there meanwhile and stays; the earlier file is {free} now.", path=path, free=free)
                )
    for parent in reversed(plan.folders):
        with suppress(OSError):
            folder.remove_folder(parent)
    folder.remove(f"{staging}/{PLAN}")
    _discard(folder, staging)
    return told


def _free(folder: Enclosure, path: str) -> str:
    return next(name for name in chain((path,), numbered(path)) if folder.kind(name) is None)


def _drop_empty(folder: Enclosure, path: str) -> None:
    """Remove the folders that a file lay in, as far as they are empty."""
    while "/" in path:
        path = path.rpartition("/")[0]
        try:
            folder.remove_folder(path)
        except OSError:
            return
