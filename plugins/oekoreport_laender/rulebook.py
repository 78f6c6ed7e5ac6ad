"""A rulebook of packs alone: a grant under one of them is never green, for its rules are judged by nobody here."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from oekoreport import Pack, Rulebook, catalogue

_ = catalogue("oekoreport_laender")


def packs() -> Iterator[Pack]:
    """Yield the packs in the order of their file names."""
    folder = files("oekoreport_laender") / "packs"
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".toml"):
            yield Pack.from_toml(entry.read_text(encoding="utf-8"), f"laender/{entry.name.removesuffix('.toml')}")


RULEBOOK = Rulebook(
    name="laender",
    title=_("Numbers of Bund and Bayern"),
    edition="2026-11",
    packs=tuple(packs()),
)
