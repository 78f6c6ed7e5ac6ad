"""Prose of narratives: Markdown that Word and PDF print, and its words."""

from oekoreport.characters import INVISIBLE
from oekoreport.documents.content.prose import Prose
from oekoreport.documents.content.prose_text import DAMAGED, Parsed, parsed, words

__all__ = ["DAMAGED", "INVISIBLE", "Parsed", "Prose", "parsed", "words"]
