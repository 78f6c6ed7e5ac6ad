"""PDF from Typst templates, for an exporter that has no Word template beside them."""

from oekoreport.documents.pdf.press import Manuscript, Press

__all__ = ["Manuscript", "Press"]
