"""What of a text can stand in a document: the core's words for it, for plugins that write files of their own."""

from oekoreport.characters import ILLEGAL, INVISIBLE, MARK, SOFT_BREAKS, marked

__all__ = ["ILLEGAL", "INVISIBLE", "MARK", "SOFT_BREAKS", "marked"]
