"""The part of a text that a cell can hold, and notes on the rest.

The library beneath writes a control character as an escape (``_x0007_``): Excel shows nothing there, other programs
show the escape. A lone surrogate stops it, and what is too long it cuts. Here a mark stands instead, and a note tells.
"""

from __future__ import annotations

import re

from oekoreport.characters import ILLEGAL, MARK, SOFT_BREAKS, marked
from oekoreport.language import Message, catalogue

_ = catalogue("oekoreport")

CUT = "…"
LONGEST = 32_767
"""The most that a cell holds, counted as Excel does: an emoji counts two."""

AROUND = 20
OVERLAP = re.compile("(?<=_x[0-9A-Fa-f]{4}_)(?=x[0-9A-Fa-f]{4}_)")
"""Where two texts that look like escapes share their underscore: of these the library protects the first alone."""

JOINER = "\u2060"
"""A character without width that parts the two."""

RUNNING_TITLE = 80
"""What a page's foot shows of a title; the sheet itself shows all of it."""


def is_plain(text: str) -> bool:
    """Tell cheaply whether a cell can hold a text unchanged; if False, ``held`` decides."""
    return len(text) <= LONGEST // 2 and text.isprintable() and "_x" not in text


def too_long(text: str) -> bool:
    """Tell whether a text is longer than a cell."""
    return len(text.encode("utf-16-le", errors="surrogatepass")) > 2 * LONGEST


def held(text: str) -> tuple[str, tuple[Message, ...]]:
    """Return the part of a text that a cell can hold, and notes on replaced or cut characters."""
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
    return _(
        "{codes} cannot be written to a file; replaced by “{mark}” in “{text}”", codes=codes, mark=MARK, text=shown
    )


def _cut(text: str, length: int) -> Message:
    return _(
        "the text was cut: it has {length} characters, a cell can hold {most}: “{text}…”",
        length=length,
        most=LONGEST,
        text=text[:AROUND],
    )


def running_text(text: str) -> str:
    """Return a text for a page's foot: shortened, its ampersands kept from being codes.

    The library takes any "&G" for a picture, a doubled ampersand before a G too; a word joiner parts the two.
    """
    text = marked(text)
    if len(text) > RUNNING_TITLE:
        text = f"{text[: RUNNING_TITLE - 1]}…"
    return " ".join(text.split()).replace("&", "&&").replace("&G", "&\u2060G").replace("&[", "&\u2060[")
