"""The tags of a Word template as docxtpl and Jinja know them: ``{{ … }}``, ``{% … %}``, ``{# … #}``.

``TOKEN`` takes apart the XML that docxtpl leaves to Jinja; ``scanned`` finds tags in a text as people wrote it, those
that are broken included.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

TOKEN = re.compile(
    r"(?P<remark>\{#.*?#\})"
    r"|(?P<raw>\{%[-+]?\s*raw\s*[-+]?%\}.*?\{%[-+]?\s*endraw\s*[-+]?%\})"
    r"|\{%[-+]?\s*(?P<word>\w*)(?P<rest>.*?)%\}"
    r"|\{\{(?P<value>.*?)\}\}"
    r"|<[!?][^>]*>"
    r"|<(?P<closing>/?)(?P<name>[^\s/<>{}!?]++)(?P<inside>(?>\{\{.*?\}\}|\{%.*?%\}|[^<>/]|/(?!>))*+)(?P<empty>/?)>",
    re.DOTALL,
)
"""A tag, or a tag of XML, whose attributes may hold tags. What stands in ``raw`` is one token: nothing in it is a tag.

Groups: ``remark``, ``raw``, ``value`` (what is printed), ``word`` and ``rest`` of a statement; ``closing``, ``name``,
``inside`` and ``empty`` of XML. All are None for declarations.
"""

ESCAPES = {"{_{": "{{", "}_}": "}}", "{_%": "{%", "%_}": "%}"}
"""docxtpl's way to print braces, and what is printed."""

OPENING = re.compile(r"\{[{%#]")
CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
BLANKS_BEHIND = re.compile(r"\{([{%])[^{}]*?[}%][ \u00a0]+\}")
LOOSE = re.compile(r"(?P<blanks>\{[ \u00a0]+[{%][^{}]*?[}%][ \u00a0]*\})|[}%]\}")
"""What looks like a tag, or the end of one, between tags."""

MARKUP = re.compile(r"<[^>]*>")

FAR = 80
"""How many characters past its paragraph a tag may be closed; braces further away do not belong to it."""


class Trouble(Enum):
    """Why a tag cannot be read as one."""

    UNCLOSED = "unclosed"
    BLANKS = "blanks"
    STRAY = "stray"


class Stretch(NamedTuple):
    """A tag's position in a text: start, and end (exclusive)."""

    start: int
    end: int
    trouble: Trouble | None = None


def has_tags(xml: str) -> bool:
    """Tell whether XML holds a tag in its texts, which Word may have cut into pieces, or an escaped opening."""
    text = MARKUP.sub("", xml)
    return OPENING.search(text) is not None or any(escape in text for escape in ("{_{", "{_%"))


def scanned(text: str, ends: Sequence[int] = ()) -> Iterator[Stretch]:
    """Yield the tags of a text in their order; ``ends`` are the places in it where a paragraph ends, in their order."""
    at = 0
    while found := OPENING.search(text, at):
        start = found.start()
        yield from _between(text, at, start)
        closed = text.find(CLOSING[found[0]], start + 2)
        other = OPENING.search(text, start + 2)
        behind = bisect_right(ends, start)
        line = ends[behind] if behind < len(ends) else len(text)
        if blanks := BLANKS_BEHIND.match(text, start):
            at = blanks.end()
            yield Stretch(start, at, Trouble.BLANKS)
        elif closed < 0 or (found[0] != "{#" and ((other and other.start() < closed) or closed > line + FAR)):
            at = max(start + 2, min(line, other.start() if other else line))
            yield Stretch(start, at, Trouble.UNCLOSED)
        else:
            at = closed + 2
            yield Stretch(start, at)
    yield from _between(text, at, len(text))


def _between(text: str, start: int, end: int) -> Iterator[Stretch]:
    """Yield what looks like a tag in the text between tags."""
    for found in LOOSE.finditer(text, start, end):
        yield Stretch(found.start(), found.end(), Trouble.BLANKS if found["blanks"] else Trouble.STRAY)
