"""Footnotes and endnotes: numbered as they are referred to, printed at the end of their chapter."""

from __future__ import annotations

from collections.abc import Mapping

from oekoreport.kit.package import Element
from oekoreport_tables.word.xml import attribute, inside

RAISED = str.maketrans("0123456789+-−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾")


class Notes:
    """Footnotes and endnotes, numbered through the document as they are referred to.

    ``waiting`` are those that were referred to and not printed yet: mark, kind, and the note.
    """

    def __init__(self, parts: Mapping[str, Element | None]) -> None:
        self._notes = {
            (kind, attribute(each, "id")): each
            for kind, root in parts.items()
            for each in (inside(root, kind) if root is not None else ())
        }
        self._count = 0
        self.waiting: list[tuple[str, str, Element]] = []

    def refer(self, kind: str, identifier: str) -> str:
        """Return the raised number of a note, which waits to be printed; empty where there is no such note."""
        note = self._notes.get((kind, identifier))
        if note is None:
            return ""
        self._count += 1
        mark = str(self._count).translate(RAISED)
        self.waiting.append((mark, kind, note))
        return mark
