"""PDF from Typst templates, or from Word documents by LibreOffice."""

from oekoreport.documents.pdf.press import Manuscript, Press
from oekoreport.documents.pdf.ways import PDF_CHOICES, Choice, PdfChoice, TemplatePair, way_of

__all__ = ["PDF_CHOICES", "Choice", "Manuscript", "PdfChoice", "Press", "TemplatePair", "way_of"]
