"""Whether an output folder still holds what its manifest says, and whether building again gives the same bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from oekoreport.build.publishing.manifest_file import MANIFEST, read_manifest
from oekoreport.folder import files_below
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
    return [path for path in files_below(folder) if path not in outputs and path != MANIFEST]


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
