"""Prose of narratives: Markdown that Word and PDF print, and its words."""

from oekoreport.characters import INVISIBLE
from oekoreport.documents.content import DAMAGED, Parsed, Prose, parsed, words

__all__ = ["DAMAGED", "INVISIBLE", "Parsed", "Prose", "parsed", "words"]
