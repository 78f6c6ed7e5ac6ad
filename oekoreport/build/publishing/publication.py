"""Documents are published: what the last build left is compared first, then they take their place in one step."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from oekoreport.build.publishing.exchange import FileInUse, enclosed, exchange, recover_locked
from oekoreport.build.publishing.lock import InTheWay, locked
from oekoreport.build.publishing.manifest_file import (
    MANIFEST,
    BrokenManifest,
    NoManifest,
    manifest_bytes,
    read_manifest,
)
from oekoreport.build.publishing.verify import Deviation, not_as_made
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
    folder: Path, documents: Mapping[str, Document], manifest: Mapping[str, Any], *, force: bool = False
) -> tuple[str, ...]:
    """Write documents into ``folder`` so that it is either as before or wholly new; return which files went.

    Afterwards it holds these documents and nothing else: nothing old goes out beside them. ``force`` gives up what
    somebody changed or put there.

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
        _demand_room(out, documents)
        _demand_replaceable(out, [MANIFEST, *documents, *outputs])
        foreign = [each.path for each in _foreign(out, outputs, documents, give_up=force)]
        _demand_replaceable(out, foreign)
        old = [path for path in dict.fromkeys((*outputs, *foreign)) if out.kind(path) is Kind.FILE]
        files = {path: document.content for path, document in documents.items()}
        files[MANIFEST] = manifest_bytes({**manifest, "outputs": _outputs(documents)})
        exchange(out, files, away=dict.fromkeys((MANIFEST, *documents, *old)))
    return tuple(sorted(set(old) - set(documents)))


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


def _demand_room(out: Enclosure, documents: Iterable[str]) -> None:
    """Demand that files stand where files have to go, and folders where folders have to go."""
    parents = {f"{parent}" for path in documents for parent in Path(path).parents[:-1]}
    for path in (MANIFEST, *documents):
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
