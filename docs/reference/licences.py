"""The licences of everything that is installed with oekoreport, beside the EUPL-1.2."""

from __future__ import annotations

from .markdown import table
from .parts import Part, licences, parts

INTRODUCTION = """\
# Licences

oekoreport is licensed under the EUPL-1.2. Its wheel holds its own code alone; what it depends on is installed beside
it, unchanged, from its authors' releases. “Stated” is what a package says in its own metadata; “SPDX” and “goes
together with the EUPL” are our reading of it, and no legal advice. Who hands on an installation as one piece (an image,
a folder of a network drive) hands on those packages under their own licences, with their notices.

A test compares this page with what is installed, and what wheels list of their own parts (Rust crates, for the most
part) with the licences below; it fails where one is unknown or not among them. No run-time dependency is under the
AGPL; PyMuPDF, which is, only looks at PDFs in tests.
"""


def licences_page() -> str:
    """Return the page."""
    everything = tuple(parts())
    bundled = [(part.pin.name, each.part, each.licence, each.source) for part in everything for each in part.bundles]
    return "\n".join(
        [
            INTRODUCTION,
            "## Run-time dependencies\n",
            *table(("package", "release", "stated", "SPDX", "installed"), map(_row, everything)),
            "\n## Bundled in their wheels\n",
            *table(("in", "part", "SPDX", "who says so"), bundled),
            "\nThe Rust crates of typst, pydantic-core, python-calamine and cryptography are listed with their",
            "licences in those wheels (`*.dist-info/sboms/`).\n",
            "## What may be depended on\n",
            *table(("SPDX", "goes together with the EUPL-1.2"), licences()["allowed"].items()),
            "\n## Listed by a wheel, and not in it\n",
            *table(("part", "why"), licences()["absent"].items()),
            "",
        ]
    )


def _row(part: Part) -> tuple[str, ...]:
    when = "with an extra" if part.extra else "always"
    where = f", {part.pin.marker}" if part.pin.marker else ""
    return part.pin.name, part.pin.version, part.stated, part.licence, when + where
