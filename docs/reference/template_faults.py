"""The kinds of faults that ``oekoreport template check`` tells."""

from __future__ import annotations

from oekoreport.documents.proof import Kind

from .markdown import ENGLISH, GERMAN, table

HEADS = ("code", "weight", "German", "English", "what it does")


def template_faults() -> str:
    """Return the page."""
    lines = [
        "# Faults of Word templates\n",
        "What `oekoreport template check` tells, by code. Errors keep a build from beginning; others do not.\n",
        *table(HEADS, map(_row, Kind)),
    ]
    return "\n".join(lines) + "\n"


def _row(kind: Kind) -> tuple[str, ...]:
    titles = (GERMAN.show(kind.title), ENGLISH.show(kind.title))
    return f"`{kind.code}`", kind.severity.name.lower(), *titles, ENGLISH.show(kind.help)
