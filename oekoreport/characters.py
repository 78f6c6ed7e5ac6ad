"""Characters that no document can print, and the ends of lines that programs differ in."""

from __future__ import annotations

import re

MARK = "\ufffd"
"""Replaces a character that cannot be printed."""

ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML cannot hold, and so no Word document, no workbook and no PDF."""

UNPRINTABLE = re.compile("[\x00-\x08\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Control characters but tab and line feed, halves of characters, and what Unicode calls no character at all."""

STEERING = re.compile(f"{UNPRINTABLE.pattern}|[\u202a-\u202e\u2066-\u2069]")
"""What acts on a terminal instead of being seen: control characters, and marks that turn the direction of writing. In
documents such marks stay: names in other scripts may have them."""

LINE_END = re.compile("\r\n|[\n\v\f\r\x85\u2028\u2029]")
"""What a program takes for the end of a line."""

PILED = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0e31-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u20d0-\u20ff\ufe20-\ufe2f]{101,}"
)
"""More accents on one letter than any language has; the time to set them grows with their square."""

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
