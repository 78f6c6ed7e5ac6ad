"""Documents take their place in one step: the folder is as before or wholly new.

The order: old manifest and old files renamed away, new files renamed into place, new manifest last; where one step
fails, all are taken back. A lock keeps two builds apart.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from oekoreport.build.publishing.manifest_file import (
    MANIFEST,
    BrokenManifest,
    NoManifest,
    manifest_bytes,
    read_manifest,
)
from oekoreport.build.publishing.names import LOCK
from oekoreport.build.publishing.verify import Deviation, not_as_made
from oekoreport.errors import PublishingError
from oekoreport.language import catalogue
from oekoreport.report import Document
from oekoreport.system import NO_SPACE, reason_of

_ = catalogue("oekoreport")

STAGING = ".staging-"


class OutputLocked(PublishingError):
    """Another build writes the same folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("Another build is writing {folder}.", folder=str(folder)),
            hint=_("Wait until it has ended, then try again."),
        )


class OutputNotWritable(PublishingError):
    """Nothing can be written to the output folder: no permission, no space, a drive that can only be read."""

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


class FileInUse(PublishingError):
    """A file cannot be replaced: it is open in Word or Excel, or protected."""

    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(
            _("{path} cannot be replaced: {error}.", path=str(path), error=reason_of(error)),
            hint=_("Close the file in Word or Excel, or lift its protection, and build again; nothing was changed."),
        )


class NotAsMade(PublishingError):
    """The output folder holds files that somebody changed after the build, or that no build is known to have made."""

    def __init__(self, folder: Path, deviations: Sequence[Deviation]) -> None:
        files = tuple(_("{path} ({what})", path=each.path, what=each.message) for each in deviations)
        super().__init__(
            _(
                "{folder} holds files that are not as the last build left them: {files}.",
                folder=str(folder),
                files=files,
            ),
            hint=_(
                "Move what you want to keep to another folder and build again. With --force these files are replaced "
                "or deleted. Nothing was changed."
            ),
        )


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of an output folder, which is created if it does not exist.

    Raises:
        OutputLocked: another process holds it.
        OutputNotWritable, InTheWay: the folder cannot be made or written.
    """
    from filelock import FileLock, Timeout

    for place in (folder, *folder.parents):
        if place.exists() and not place.is_dir():
            raise InTheWay(place)
    lock = FileLock(folder / LOCK)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout:
        raise OutputLocked(folder) from None
    except OSError as error:
        raise OutputNotWritable(folder, error) from error
    try:
        yield
    finally:
        lock.release()


def publish(
    folder: Path, documents: Mapping[str, Document], manifest: Mapping[str, Any], *, force: bool = False
) -> tuple[str, ...]:
    """Write documents into ``folder`` so that it is either as before or wholly new; return which files went.

    Afterwards it holds these documents and nothing else: nothing old goes out beside them. ``force`` gives up what
    somebody changed or put there.

    Raises:
        NotAsMade: files there are not as the last build left them.
        PublishingError: another build writes there, a file is open elsewhere, the folder cannot be written; nothing was
            changed.
    """
    with locked(folder):
        outputs = _old_outputs(folder)
        _demand_room(folder, documents)
        _demand_replaceable(folder, [MANIFEST, *documents, *outputs])
        foreign = [each.path for each in _foreign(folder, outputs, documents, give_up=force)]
        _demand_replaceable(folder, foreign)
        old = [path for path in dict.fromkeys((*outputs, *foreign)) if (folder / path).is_file()]
        with _staging(folder) as staging:
            try:
                _stage(staging / "new", documents, manifest)
            except OSError as error:
                raise OutputNotWritable(folder, error) from error
            _exchange(staging, folder, documents, old)
    removed = sorted(set(old) - set(documents))
    for path in removed:
        _drop_empty_folders(folder / path, folder)
    return tuple(removed)


def _outputs(documents: Mapping[str, Document]) -> dict[str, dict[str, Any]]:
    return {
        path: {"sha256": hashlib.sha256(document.content).hexdigest(), "reproducible": document.reproducible}
        for path, document in documents.items()
    }


def _old_outputs(folder: Path) -> dict[str, dict[str, Any]]:
    """Return what the manifest says of the files of an earlier build; nothing where there is none to be read."""
    try:
        outputs: dict[str, dict[str, Any]] = read_manifest(folder)["outputs"]
    except (NoManifest, BrokenManifest):
        return {}
    return outputs


def _foreign(
    folder: Path, outputs: Mapping[str, Mapping[str, Any]], documents: Mapping[str, Document], *, give_up: bool
) -> list[Deviation]:
    """Return the files that the last build did not make as they are now.

    One that has the bytes which it is to have is none: a build that was killed leaves documents without a manifest.

    Raises:
        NotAsMade: there are such files, and they are not to be given up.
    """
    foreign = [
        each
        for each in not_as_made(folder, outputs)
        if each.path not in documents or (folder / each.path).read_bytes() != documents[each.path].content
    ]
    if foreign and not give_up:
        raise NotAsMade(folder, foreign)
    return foreign


def _demand_room(folder: Path, documents: Iterable[str]) -> None:
    """Demand that files stand where files have to go, and folders where folders have to go."""
    for path in (MANIFEST, *documents):
        target = folder / path
        if target.is_dir():
            raise InTheWay(target)
        for parent in target.relative_to(folder).parents:
            if (folder / parent).exists() and not (folder / parent).is_dir():
                raise InTheWay(folder / parent)


def _demand_replaceable(folder: Path, paths: Iterable[str]) -> None:
    """Open each file that is to go for writing, so that one held by Word stops the build before anything is moved."""
    for path in paths:
        target = folder / path
        try:
            if target.exists():
                with target.open("r+b"):
                    pass
        except OSError as error:
            raise FileInUse(target, error) from error


@contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    """Make a folder for files that are to be moved; those that a build left which was killed go too."""
    for left in folder.glob(f"{STAGING}*"):
        shutil.rmtree(left, ignore_errors=True)
    try:
        staging = Path(tempfile.mkdtemp(prefix=STAGING, dir=folder))
    except OSError as error:
        raise OutputNotWritable(folder, error) from error
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _stage(staging: Path, documents: Mapping[str, Document], manifest: Mapping[str, Any]) -> None:
    for path, document in documents.items():
        target = staging / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(document.content)
    staging.mkdir(exist_ok=True)
    (staging / MANIFEST).write_bytes(manifest_bytes({**manifest, "outputs": _outputs(documents)}))


def _exchange(staging: Path, folder: Path, documents: Iterable[str], old: Iterable[str]) -> None:
    """Rename what was there away and what is new into place; where one rename fails, take all back."""
    new = [*documents, MANIFEST]
    away = [path for path in dict.fromkeys((MANIFEST, *documents, *old)) if (folder / path).exists()]
    steps = [(folder / path, folder / path, staging / "old" / path) for path in away]
    steps += [(folder / path, staging / "new" / path, folder / path) for path in new]
    done: list[tuple[Path, Path]] = []
    for named, source, target in steps:
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            source.replace(target)
        except OSError as error:
            _take_back(done, folder)
            raise FileInUse(named, error) from error
        done.append((source, target))


def _take_back(done: Iterable[tuple[Path, Path]], folder: Path) -> None:
    for source, target in reversed(list(done)):
        with suppress(OSError):
            target.replace(source)
            if folder in target.parents:
                _drop_empty_folders(target, folder)


def _drop_empty_folders(path: Path, folder: Path) -> None:
    """Remove the folders between a file that is gone and the output folder, as far as they are empty."""
    for parent in path.parents:
        if parent == folder or not parent.is_dir() or any(parent.iterdir()):
            break
        parent.rmdir()
