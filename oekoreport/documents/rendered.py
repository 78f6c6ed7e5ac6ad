"""The result of a renderer: bytes, and notes on text that had to be changed."""

from __future__ import annotations

from typing import NamedTuple

from oekoreport.language import Message


class Rendered(NamedTuple):
    """A document's bytes and notes; ``Document(name, *rendered)`` carries both.

    ``notes`` name what could not be printed as it was: a character that XML cannot hold, one that no font has.
    """

    content: bytes
    notes: tuple[Message, ...] = ()
