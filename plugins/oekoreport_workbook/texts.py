"""What a cell can hold of a text, and what has to be said where it cannot hold all of it.

The library beneath writes a control character as an escape (``_x0007_``): Excel shows nothing there, other programs
show the escape. A lone surrogate stops it, and what is too long it cuts. Here a mark stands instead, and a note tells.
"""

from __future__ import annotations

import re

from oekoreport import Message, catalogue
from oekoreport.kit.characters import ILLEGAL, MARK, SOFT_BREAKS, marked

_ = catalogue("oekoreport_workbook")

CUT = "…"
LONGEST = 32_767
"""The most that a cell holds, counted as Excel does: an emoji counts two."""

AROUND = 20
OVERLAP = re.compile("(?<=_x[0-9A-Fa-f]{4}_)(?=x[0-9A-Fa-f]{4}_)")
"""Where two texts that look like escapes share their underscore: of these the library protects the first alone."""

JOINER = "\u2060"
"""A character without width that parts the two."""


def is_plain(text: str) -> bool:
    """Tell at little cost that a cell holds a text as it is; where this is False, only ``held`` knows."""
    return len(text) <= LONGEST // 2 and text.isprintable() and "_x" not in text


def held(text: str) -> tuple[str, tuple[Message, ...]]:
    """Return what a cell holds of a text, and notes on what was replaced or cut."""
    whole = OVERLAP.sub(JOINER, SOFT_BREAKS.sub("\n", text))
    notes = []
    if found := ILLEGAL.search(whole):
        notes.append(_replaced(whole, found.start()))
        whole = marked(whole)
    units = whole.encode("utf-16-le")
    if len(units) > 2 * LONGEST:
        whole = units[: 2 * (LONGEST - len(CUT))].decode("utf-16-le", errors="ignore") + CUT
        notes.append(_cut(whole, len(units) // 2))
    return whole, tuple(notes)


def _replaced(text: str, first: int) -> Message:
    codes = tuple(f"U+{ord(character):04X}" for character in dict.fromkeys(ILLEGAL.findall(text)))
    shown = marked(text[max(first - AROUND, 0) : first + AROUND])
    return _("{codes} can stand in no file and became “{mark}”: “{text}”", codes=codes, mark=MARK, text=shown)


def _cut(text: str, length: int) -> Message:
    return _(
        "the text was cut, of its {length} characters a cell holds {most}: “{text}…”",
        length=length,
        most=LONGEST,
        text=text[:AROUND],
    )
