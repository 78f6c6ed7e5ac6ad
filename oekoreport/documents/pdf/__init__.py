"""PDF: printed by Typst from the same values as the Word document, or by LibreOffice from the document itself."""

from oekoreport.documents.pdf.fonts import font_paths
from oekoreport.documents.pdf.press import Manuscript, Press
from oekoreport.documents.pdf.typesetters import LIBRARY
from oekoreport.documents.pdf.ways import PDF_CHOICES, Choice, PdfChoice, TemplatePair, Way, way_of

__all__ = [
    "LIBRARY",
    "PDF_CHOICES",
    "Choice",
    "Manuscript",
    "PdfChoice",
    "Press",
    "TemplatePair",
    "Way",
    "font_paths",
    "way_of",
]
