"""The file ``manifest.json``: without it an output folder is unfinished. It is read only if it is what we write.

What it says is what a build came to; nobody signs for it. So its reader knows its form alone: whether what it says is
true is told by a second build, whether it is still what somebody held true by its digest or a signature.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from oekoreport.enclosure import Enclosure
from oekoreport.errors import PublishingError
from oekoreport.language import catalogue
from oekoreport.report import Document

_ = catalogue("oekoreport")

MANIFEST = "manifest.json"


FORMAT = 2
"""The version of the manifest's own form."""

LARGEST = 10_000_000
"""The most bytes that a manifest has: ten thousand documents take three million."""

EXAMINED = ("inputs", "templates", "order", "verdicts", "versions")
"""The parts of what was examined that are read, not only compared."""


class NoManifest(PublishingError):
    """A folder has no manifest: nothing was published there, or a build did not end."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("{folder} has no manifest: the output is incomplete or was not made by oekoreport.", folder=str(folder)),
            hint=_("Build the project again."),
        )


class BrokenManifest(PublishingError):
    """A manifest is there but is not what oekoreport writes."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _(
                "{path} is damaged, was edited, or comes from another version of oekoreport.",
                path=str(folder / MANIFEST),
            ),
            hint=_("Build the project again; then files are compared with a new manifest."),
        )


class Digests(NamedTuple):
    """What can be noted, printed or signed of a manifest: the SHA-256 of the whole file, and of what was examined."""

    manifest: str
    examined: str


def manifest_bytes(manifest: Mapping[str, Any], documents: Mapping[str, Document]) -> bytes:
    """Return a manifest as it is written, with its documents: sorted, indented, UTF-8."""
    return _written({"format": FORMAT, **manifest, "outputs": _outputs(documents)})


def digest_of(examined: Mapping[str, Any]) -> str:
    """Return the SHA-256 of what was examined, written as JSON on one line: ten times faster than with indents."""
    try:
        line = json.dumps(examined, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    except RecursionError:
        return ""  # nothing of ours is nested so deep
    return hashlib.sha256(line.encode(errors="surrogatepass")).hexdigest()


def digests_of(manifest: Mapping[str, Any]) -> Digests:
    """Return the digests of a manifest; the first is that of the file as it lies on the disk."""
    return Digests(hashlib.sha256(_written(manifest)).hexdigest(), digest_of(manifest["examined"]))


def _written(content: Mapping[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode(errors="surrogatepass")


def _outputs(documents: Mapping[str, Document]) -> dict[str, dict[str, Any]]:
    return {
        path: {
            "sha256": hashlib.sha256(document.content).hexdigest(),
            "exporter": document.exporter,
            "reproducible": document.reproducible,
            "signable": document.signable,
        }
        for path, document in documents.items()
    }


def is_draft(manifest: Mapping[str, Any]) -> bool:
    """Tell whether documents are drafts by the verdicts that a manifest names."""
    return any(verdict["blocking"] for verdict in manifest["examined"]["verdicts"].values())


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of an output folder.

    Raises:
        NoManifest: there is none.
        BrokenManifest: it is not what oekoreport writes, byte by byte.
    """
    return parsed(_content(folder), folder)


def parsed(content: bytes, folder: Path) -> dict[str, Any]:
    """Return the manifest that these bytes are; ``folder`` is named in the error.

    Raises:
        BrokenManifest: they are none.
    """
    manifest = _with_parts(content, folder)
    try:
        as_written = _written(manifest) == content
    except RecursionError:
        as_written = False
    if not as_written:
        raise BrokenManifest(folder)
    return manifest


def glance_at(folder: Path) -> dict[str, Any]:
    """Return the manifest of an output folder, whose form alone is looked at: in a batch each millisecond counts.

    Raises:
        NoManifest: there is none.
        BrokenManifest: it lacks what is read of one.
    """
    return _with_parts(_content(folder), folder)


def _with_parts(content: bytes, folder: Path) -> dict[str, Any]:
    manifest = _with_outputs(content, folder)
    if not _has_parts(manifest):
        raise BrokenManifest(folder)
    return manifest


def read_outputs(folder: Path) -> dict[str, dict[str, Any]]:
    """Return what the manifest of an output folder says of its files. They lie in the folder and have their hashes.

    Raises:
        NoManifest: there is none.
        BrokenManifest: it is not what oekoreport writes.
    """
    outputs: dict[str, dict[str, Any]] = _with_outputs(_content(folder), folder)["outputs"]
    return outputs


def _content(folder: Path) -> bytes:
    try:
        with Enclosure(folder).open(MANIFEST) as file:
            size = os.fstat(file.fileno()).st_size
            content = file.read(min(size, LARGEST) + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise NoManifest(folder) from None
    except OSError:
        raise BrokenManifest(folder) from None
    if len(content) > LARGEST:
        raise BrokenManifest(folder)
    return content


def _with_outputs(content: bytes, folder: Path) -> dict[str, Any]:
    try:
        manifest = json.loads(content)
        sound = isinstance(manifest, dict) and _is_format(manifest.get("format"))
    except (ValueError, RecursionError):
        sound = False
    if not sound or not _names_outputs(manifest.get("outputs")):
        raise BrokenManifest(folder)
    return dict(manifest)


def _is_format(number: object) -> bool:
    return isinstance(number, int) and number == FORMAT  # 2.0 is not what we write


def _has_parts(manifest: Mapping[str, Any]) -> bool:
    """Tell whether all is there that is read of a manifest without comparing it with a second one."""
    examined = manifest.get("examined")
    return (
        isinstance(examined, dict)
        and all(isinstance(examined.get(part), dict) for part in EXAMINED)
        and isinstance(manifest.get("templates"), dict)
        and all(isinstance(each, dict) and isinstance(each.get("blocking"), int) for each in _verdicts(examined))
    )


def _verdicts(examined: Mapping[str, Any]) -> list[Any]:
    return list(examined["verdicts"].values())


def _names_outputs(outputs: object) -> bool:
    return isinstance(outputs, dict) and all(
        isinstance(entry, dict)
        and isinstance(entry.get("sha256"), str)
        and isinstance(entry.get("reproducible"), bool)
        and ".." not in path.split("/")  # what a manifest names may be deleted: it must lie in the folder
        and not path.startswith("/")
        and not set(path) & set("\\:")
        for path, entry in outputs.items()
    )
