"""Comparing what lies in an output folder with a second build of its project."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from oekoreport.build.pipeline import Build
from oekoreport.build.publishing import (
    Deviation,
    Named,
    differences,
    inputs_changed,
    manifest_bytes,
    names_of_inputs,
    parsed,
    read_manifest,
)


@dataclass(frozen=True, slots=True)
class Compared:
    """How many documents must be the same, byte by byte; what deviates; whether inputs or templates do."""

    number: int
    deviations: list[Deviation]
    sources_changed: bool


def compare(out: Path, made: Build) -> Compared:
    """Compare the manifest of an output folder with that of a second build.

    Raises:
        NoManifest, BrokenManifest: nothing was published there, or nobody can tell what.
    """
    then = read_manifest(out)
    now = parsed(manifest_bytes(made.manifest, made.documents), out)
    inputs = Named(names_of_inputs(out, then["examined"]["inputs"]), made.report.inputs)
    number = sum(document.reproducible for path, document in made.documents.items() if path in then["outputs"])
    return Compared(number, differences(then, now, inputs), inputs_changed(then, now))
