"""Prose of narratives: Markdown that Word and PDF print, and its words."""

from oekoreport.characters import INVISIBLE
from oekoreport.documents.content import BLOCKS, DAMAGED, PIECES, Extent, Parsed, Prose, parsed, refuse_too_large, words

__all__ = [
    "BLOCKS",
    "DAMAGED",
    "INVISIBLE",
    "PIECES",
    "Extent",
    "Parsed",
    "Prose",
    "parsed",
    "refuse_too_large",
    "words",
]
