"""The list of figures, in the order of definition."""

from __future__ import annotations

from collections.abc import Iterator

from oekoreport.figures import CHAPTERS

from .markdown import ENGLISH, GERMAN, table

HEADS = ("name", "German title", "English title", "unit", "how it is computed")


def figures() -> str:
    """Return the page."""
    lines = [
        "# Figures\n",
        "Every number that a document may print. Those marked /key exist for each object.\n",
        *table(HEADS, _rows()),
    ]
    return "\n".join(lines) + "\n"


def _rows() -> Iterator[tuple[str, ...]]:
    for chapter in CHAPTERS:
        for definition in chapter.definitions:
            name = f"{definition.name}/key" if definition.each else definition.name
            how = ENGLISH.show(definition.how) if definition.how else ""
            yield f"`{name}`", GERMAN.show(definition.title), ENGLISH.show(definition.title), definition.unit, how
