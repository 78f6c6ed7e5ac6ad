"""Compile the catalogues for every build, and carry the templates into real wheels.

The compiled ``.mo`` files lie beside their sources, so that an editable install finds them too. Templates go into the
wheel here and not by ``force-include`` in pyproject.toml: hatchling would copy those into an editable install as well,
where the copy grows stale beside the folder that people edit.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CATALOGUES = ("oekoreport/locale/*.po", "plugins/*/locale/*.po")


class CompileCatalogues(BuildHookInterface):  # type: ignore[type-arg] # hatchling's own hooks leave the config open
    """Runs for wheels, real ("standard") and editable."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile all catalogues and, in a real wheel, add the templates."""
        root = Path(self.root)
        for pattern in CATALOGUES:
            for source in sorted(root.glob(pattern)):
                compile_catalogue(source)
        if version == "standard":
            build_data["force_include"][str(root / "templates")] = "oekoreport/templates"


def compile_catalogue(source: Path) -> None:
    """Write the ``.mo`` of a ``.po`` beside it; the same source gives the same bytes."""
    with source.open("rb") as file:
        catalogue = read_po(file)
    with source.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)
