"""Documents are published: what the last build left is compared first, then they take their place in one step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from oekoreport.build.publishing.differences import Deviation
from oekoreport.build.publishing.exchange import FileInUse, enclosed, exchange, recover_locked
from oekoreport.build.publishing.lock import InTheWay, locked
from oekoreport.build.publishing.manifest_file import (
    MANIFEST,
    BrokenManifest,
    NoManifest,
    manifest_bytes,
    read_outputs,
)
from oekoreport.build.publishing.run_file import RUN_FILE, run_bytes
from oekoreport.build.publishing.verify import not_as_made
from oekoreport.enclosure import Enclosure, Kind
from oekoreport.errors import PublishingError
from oekoreport.folder import files_below
from oekoreport.language import catalogue
from oekoreport.report import Document

_ = catalogue("oekoreport")


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


def publish(
    folder: Path,
    documents: Mapping[str, Document],
    manifest: Mapping[str, Any],
    run: Mapping[str, Any] | None = None,
    *,
    force: bool = False,
) -> tuple[str, ...]:
    """Write documents into ``folder`` so that it is either as before or wholly new; return which files went.

    Afterwards it holds these documents and nothing else: nothing old goes out beside them. ``run`` is what the manifest
    leaves out; ``force`` gives up what somebody changed or put there.

    Raises:
        NotAsMade: files there are not as the last build left them.
        Barred: there is a link, a pipe or a device.
        PublishingError: another build writes there, a file is open elsewhere, the folder cannot be written; nothing was
            changed.
    """
    out = enclosed(folder)
    with locked(out):
        files_below(out)  # raises where a link lies there
        recover_locked(out)
        outputs = _old_outputs(folder)
        files = {path: document.content for path, document in documents.items()}
        if run is not None:
            files[RUN_FILE] = run_bytes(run)
        files[MANIFEST] = manifest_bytes(manifest, documents)
        _demand_room(out, files)
        _demand_replaceable(out, dict.fromkeys((*files, RUN_FILE, *outputs)))
        foreign = [each.path for each in _foreign(out, outputs, documents, give_up=force)]
        _demand_replaceable(out, foreign)
        old = [path for path in dict.fromkeys((*outputs, *foreign)) if out.kind(path) is Kind.FILE]
        exchange(out, files, away=dict.fromkeys((MANIFEST, *documents, RUN_FILE, *old)))
    return tuple(sorted(set(old) - set(documents)))


def _old_outputs(folder: Path) -> dict[str, dict[str, Any]]:
    """Return what the manifest says of the files of an earlier build; nothing where there is none to be read."""
    try:
        return read_outputs(folder)
    except (NoManifest, BrokenManifest):
        return {}


def _foreign(
    out: Enclosure, outputs: Mapping[str, Mapping[str, Any]], documents: Mapping[str, Document], *, give_up: bool
) -> list[Deviation]:
    """Return the files that the last build did not make as they are now.

    One that has the bytes which it is to have is none: a folder may have been copied without its manifest.

    Raises:
        NotAsMade: there are such files, and they are not to be given up.
    """
    foreign = [
        each
        for each in not_as_made(out.path(), outputs)
        if each.path not in documents or out.read(each.path) != documents[each.path].content
    ]
    if foreign and not give_up:
        raise NotAsMade(out.path(), foreign)
    return foreign


def _demand_room(out: Enclosure, paths: Iterable[str]) -> None:
    """Demand that files stand where files have to go, and folders where folders have to go."""
    parents = {f"{parent}" for path in paths for parent in Path(path).parents[:-1]}
    for path in paths:
        if out.kind(path) is Kind.FOLDER:
            raise InTheWay(out.path(path))
    for parent in sorted(parents):
        if out.kind(parent) is Kind.FILE:
            raise InTheWay(out.path(parent))


def _demand_replaceable(out: Enclosure, paths: Iterable[str]) -> None:
    """Open each file that is to go for writing, so that one held by Word stops the build before anything is moved."""
    for path in paths:
        try:
            out.open(path, changing=True).close()
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            raise FileInUse(out.path(path), error) from error
