"""Whether an output folder still holds what its manifest says, and whether building again gives the same bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from oekoreport.build.publishing.manifest_file import MANIFEST, read_manifest
from oekoreport.folder import files_below, sha256_of
from oekoreport.language import Message, catalogue
from oekoreport.report import Document

_ = catalogue("oekoreport")


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
    missing = [Deviation(path, _("is missing")) for path in outputs if not (folder / path).is_file()]
    return len(outputs), sorted([*missing, *not_as_made(folder, outputs)], key=lambda each: each.path)


def not_as_made(folder: Path, outputs: Mapping[str, Mapping[str, Any]]) -> list[Deviation]:
    """Return the files in an output folder that were changed since they were made, or that are no output at all."""
    made = {path: entry["sha256"] for path, entry in outputs.items()}
    changed = [path for path, sha256 in made.items() if sha256_of(folder / path) not in (None, sha256)]
    strangers = [path for path in files_below(folder) if path not in made and path != MANIFEST]
    return [
        *(Deviation(path, _("was changed")) for path in changed),
        *(Deviation(path, _("is not in the manifest")) for path in strangers),
    ]


def compare(folder: Path, documents: Mapping[str, Document]) -> tuple[int, list[Deviation]]:
    """Compare a manifest with documents made again; return how many must be the same, and what deviates.

    Raises:
        NoManifest: there is none.
    """
    outputs = read_manifest(folder)["outputs"]
    bound = {path: entry["sha256"] for path, entry in outputs.items() if entry["reproducible"]}
    again = {path: hashlib.sha256(document.content).hexdigest() for path, document in documents.items()}
    deviations = [Deviation(path, _("is no longer made")) for path in outputs if path not in again]
    deviations += [Deviation(path, _("is new")) for path in again if path not in outputs]
    deviations += [
        Deviation(path, _("its bytes differ")) for path in bound if path in again and again[path] != bound[path]
    ]
    return len(bound), deviations
