"""Whether an output folder still holds what its manifest says, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from oekoreport.build.publishing.differences import Deviation
from oekoreport.build.publishing.manifest_file import MANIFEST, read_outputs
from oekoreport.build.publishing.run_file import RUN_FILE
from oekoreport.enclosure import Enclosure
from oekoreport.folder import files_below
from oekoreport.language import catalogue

_ = catalogue("oekoreport")

UNLISTED = frozenset({MANIFEST, RUN_FILE})
"""The files of an output folder that no manifest lists."""


def verify(folder: Path) -> tuple[int, list[Deviation]]:
    """Compare an output folder with its manifest; return how many files were checked and what deviates.

    Raises:
        NoManifest: there is none.
        FolderNotListed: what lies there cannot be seen.
    """
    outputs = read_outputs(folder)
    found: list[Deviation] = []
    files = files_below(
        folder,
        barred=lambda path, error: found.append(Deviation(path, error.what)),
        empty=lambda path: found.append(Deviation(f"{path}/", _("is an empty folder"))),
    )
    here = set(files)
    found += [Deviation(path, _("is missing")) for path in outputs if path not in here]
    found += _not_as_made(folder, outputs, files)
    return len(outputs), sorted(found, key=lambda each: each.path)


def is_as_made(folder: Path, outputs: Mapping[str, Mapping[str, Any]]) -> bool:
    """Tell whether an output folder holds all outputs as they were made, and no other file.

    Raises:
        FolderNotListed, Barred: what lies there cannot be seen, or is a link.
    """
    enclosure = Enclosure(folder)
    if {*files_below(enclosure)} - UNLISTED != {*outputs}:
        return False
    return all(enclosure.sha256(path) == entry["sha256"] for path, entry in outputs.items())


def not_as_made(folder: Path, outputs: Mapping[str, Mapping[str, Any]]) -> list[Deviation]:
    """Return the files in an output folder that were changed since they were made, or that are no output at all."""
    return list(_not_as_made(folder, outputs, files_below(folder)))


def _not_as_made(folder: Path, outputs: Mapping[str, Mapping[str, Any]], files: Sequence[str]) -> Iterator[Deviation]:
    enclosure, here = Enclosure(folder), set(files)
    for path, entry in outputs.items():
        if path in here and enclosure.sha256(path) != entry["sha256"]:
            yield Deviation(path, _("was changed"))
    for path in files:
        if path not in outputs and path not in UNLISTED:
            yield Deviation(path, _("is not in the manifest"))
