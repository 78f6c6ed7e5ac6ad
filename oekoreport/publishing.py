"""Publishing: safe names, staging, one atomic step into place, and the manifest that says what was made of what.

Without ``manifest.json`` an output folder is unfinished. The order: old manifest removed, files renamed into place,
files of the old manifest that are no more deleted, new manifest last. A lock keeps two builds apart.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from oekoreport.errors import PublishingError
from oekoreport.language import Message, catalogue
from oekoreport.report import Document

_ = catalogue("oekoreport")

MANIFEST = "manifest.json"
LOCK = ".oekoreport.lock"
FORMAT = 1
"""The version of the manifest's own form."""

RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})
LONGEST_NAME = 120


class OutputLocked(PublishingError):
    """Another build writes the same folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("Another build is writing {folder}.", folder=str(folder)),
            hint=_("Wait until it has ended, then try again."),
        )


class FileInUse(PublishingError):
    """A file cannot be replaced, usually because it is open in Word or Excel."""

    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(
            _("{path} cannot be replaced: {error}.", path=str(path), error=error.strerror or str(error)),
            hint=_("Close the file in Word or Excel and build again; nothing was changed."),
        )


class NoManifest(PublishingError):
    """A folder has no manifest: nothing was published there, or a build did not end."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("{folder} holds no manifest: it is unfinished, or no output of oekoreport.", folder=str(folder)),
            hint=_("Build the project again."),
        )


def safe_name(text: str) -> str:
    """Return a file name that every system takes: letters, digits and few marks, never reserved, never too long.

    The ending is kept. Umlauts stay; what cannot be in a name becomes a hyphen.
    """
    text = unicodedata.normalize("NFC", text)
    text = re.sub(r"[^\w.()&+,=@-]+", "-", text.replace(" ", "_"), flags=re.UNICODE)
    text = re.sub(r"-*_-*|-{2,}", lambda match: "_" if "_" in match[0] else "-", text)
    stem, dot, ending = text.rpartition(".")
    if not dot or not ending.isalnum():
        stem, dot, ending = text, "", ""
    stem = stem.strip("-_. ")[: LONGEST_NAME - len(ending)].rstrip("-_. ") or "datei"
    if stem.casefold().split(".")[0] in RESERVED:
        stem = f"_{stem}"
    return f"{stem}{dot}{ending}"


def place_documents(documents: Iterable[Document]) -> dict[str, Document]:
    """Return documents by the path that each is published under; names that collide get a number."""
    placed: dict[str, Document] = {}
    taken: set[str] = {MANIFEST.casefold(), LOCK.casefold()}
    for document in documents:
        path = "/".join(safe_name(part) for part in document.name)
        stem, dot, ending = path.rpartition(".")
        number = 2
        while path.casefold() in taken:
            path = f"{stem}-{number}{dot}{ending}" if dot else f"{ending}-{number}"
            number += 1
        taken.add(path.casefold())
        placed[path] = document
    return placed


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of an output folder.

    Raises:
        OutputLocked: another process holds it.
    """
    from filelock import FileLock, Timeout

    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise OutputLocked(folder) from None
    try:
        yield
    finally:
        lock.release()


def publish(folder: Path, documents: Mapping[str, Document], manifest: Mapping[str, Any]) -> Path:
    """Write documents into ``folder`` so that it is either as before or wholly new; return the manifest's path.

    Raises:
        OutputLocked: another build writes there.
        FileInUse: a file is open elsewhere; nothing was changed.
    """
    with locked(folder):
        old = _old_outputs(folder)
        staging = Path(tempfile.mkdtemp(prefix=".staging-", dir=folder))
        try:
            _stage(staging, documents)
            _demand_replaceable(folder, [*documents, *old])
            (folder / MANIFEST).unlink(missing_ok=True)
            _move_into_place(staging, folder, documents)
            _delete_stale(folder, set(old) - set(documents))
            staged = staging / MANIFEST
            staged.write_bytes(manifest_bytes({**manifest, "outputs": _outputs(documents)}))
            staged.replace(folder / MANIFEST)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    return folder / MANIFEST


def manifest_bytes(manifest: Mapping[str, Any]) -> bytes:
    """Return a manifest as it is written: sorted, indented, UTF-8."""
    text = json.dumps({"format": FORMAT, **manifest}, ensure_ascii=False, indent=1, sort_keys=True)
    return (text + "\n").encode()


def _outputs(documents: Mapping[str, Document]) -> dict[str, dict[str, Any]]:
    return {
        path: {"sha256": hashlib.sha256(document.content).hexdigest(), "reproducible": document.reproducible}
        for path, document in documents.items()
    }


def _old_outputs(folder: Path) -> list[str]:
    try:
        return list(read_manifest(folder)["outputs"])
    except NoManifest:
        return []


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of an output folder.

    Raises:
        NoManifest: there is none, or it cannot be read.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise NoManifest(folder) from None
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise NoManifest(folder)
    return manifest


def _stage(staging: Path, documents: Mapping[str, Document]) -> None:
    for path, document in documents.items():
        target = staging / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(document.content)


def _demand_replaceable(folder: Path, paths: Iterable[str]) -> None:
    """Open each file that is to go for writing, so that one held by Word stops the build before anything is moved."""
    for path in paths:
        target = folder / path
        if target.is_dir():
            raise FileInUse(target, IsADirectoryError(21, "is a folder"))
        if target.exists():
            try:
                with target.open("r+b"):
                    pass
            except OSError as error:
                raise FileInUse(target, error) from error


def _move_into_place(staging: Path, folder: Path, paths: Iterable[str]) -> None:
    for path in paths:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            (staging / path).replace(target)
        except OSError as error:
            raise FileInUse(target, error) from error


def _delete_stale(folder: Path, paths: Iterable[str]) -> None:
    """Delete files of an earlier build that are no more, and folders that this leaves empty."""
    for path in sorted(paths):
        target = folder / path
        target.unlink(missing_ok=True)
        for parent in target.parents:
            if parent == folder or not parent.is_dir() or any(parent.iterdir()):
                break
            parent.rmdir()


@dataclass(frozen=True, slots=True)
class Deviation:
    """A file that is not as the manifest says."""

    path: str
    message: Message


def verify(folder: Path) -> tuple[int, list[Deviation]]:
    """Compare an output folder with its manifest; return how many files were checked and what deviates.

    Raises:
        NoManifest: there is none.
    """
    outputs = read_manifest(folder)["outputs"]
    deviations = [
        Deviation(path, message) for path, entry in outputs.items() if (message := _deviation(folder / path, entry))
    ]
    deviations += [Deviation(path, _("is not in the manifest")) for path in _strangers(folder, outputs)]
    return len(outputs), deviations


def _deviation(path: Path, entry: Mapping[str, Any]) -> Message | None:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return _("is missing")
    return None if hashlib.sha256(content).hexdigest() == entry["sha256"] else _("was changed")


def _strangers(folder: Path, outputs: Mapping[str, Any]) -> Sequence[str]:
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in found if path not in outputs and path not in (MANIFEST, LOCK))


def compare(folder: Path, documents: Mapping[str, Document]) -> tuple[int, list[Deviation]]:
    """Compare a manifest with documents made again; return how many must be the same, and what deviates.

    Raises:
        NoManifest: there is none.
    """
    outputs = read_manifest(folder)["outputs"]
    bound = {path: entry["sha256"] for path, entry in outputs.items() if entry["reproducible"]}
    again = {path: hashlib.sha256(document.content).hexdigest() for path, document in documents.items()}
    deviations = [Deviation(path, _("is not made any more")) for path in outputs if path not in again]
    deviations += [Deviation(path, _("is new")) for path in again if path not in outputs]
    deviations += [
        Deviation(path, _("comes out differently")) for path in bound if path in again and again[path] != bound[path]
    ]
    return len(bound), deviations
