"""The file ``manifest.json``: without it an output folder is unfinished. It is read only if it is what we write."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from oekoreport.errors import PublishingError
from oekoreport.language import catalogue

_ = catalogue("oekoreport")

MANIFEST = "manifest.json"


FORMAT = 1
"""The version of the manifest's own form."""


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
                "{path} is damaged or comes from another version of oekoreport.",
                path=str(folder / MANIFEST),
            ),
            hint=_("Build the project again; then files are compared with a new manifest."),
        )


def manifest_bytes(manifest: Mapping[str, Any]) -> bytes:
    """Return a manifest as it is written: sorted, indented, UTF-8."""
    text = json.dumps({"format": FORMAT, **manifest}, ensure_ascii=False, indent=1, sort_keys=True)
    return (text + "\n").encode()


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of an output folder. Its outputs lie in the folder and have their hashes.

    Raises:
        NoManifest: there is none.
        BrokenManifest: it is not what oekoreport writes.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise NoManifest(folder) from None
    except (OSError, ValueError, RecursionError):
        raise BrokenManifest(folder) from None
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT or not _names_outputs(manifest):
        raise BrokenManifest(folder)
    return manifest


def _names_outputs(manifest: Mapping[str, Any]) -> bool:
    outputs = manifest.get("outputs")
    return isinstance(outputs, dict) and all(
        isinstance(entry, dict)
        and isinstance(entry.get("sha256"), str)
        and isinstance(entry.get("reproducible"), bool)
        and ".." not in PurePosixPath(path).parts  # what a manifest names may be deleted: it must lie in the folder
        and not path.startswith("/")
        and not set(path) & set("\\:")
        for path, entry in outputs.items()
    )
