"""Characters that no document can print, and the ends of lines that programs differ in."""

from __future__ import annotations

import re

MARK = "\ufffd"
"""Replaces a character that cannot be printed."""

ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML cannot hold, and so no Word document, no workbook and no PDF."""

UNPRINTABLE = re.compile("[\x00-\x08\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Control characters but tab and line feed, halves of characters, and what Unicode calls no character at all."""

INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Signs that a reader does not see: soft hyphens, joiners, and what has no width."""

SOFT_BREAKS = re.compile("\r\n|[\r\v]")
"""The ends of lines of other systems, and the one that Word and Excel make with Shift and Enter."""


def folded(text: str) -> str:
    """Return a text as it is compared where case and blanks do not matter."""
    return " ".join(text.split()).casefold()


def marked(text: str) -> str:
    """Return a text with a mark for each character that XML cannot hold."""
    return ILLEGAL.sub(MARK, text)


def printable(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a printable text, and the codes (``U+0007``) of the characters that were replaced by the mark."""
    text = SOFT_BREAKS.sub("\n", text)
    codes = (f"U+{ord(character):04X}" for character in dict.fromkeys(UNPRINTABLE.findall(text)))
    return UNPRINTABLE.sub(MARK, text), tuple(codes)
