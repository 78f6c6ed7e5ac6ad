"""Documents from templates, Word and PDF side by side: an exporter says which papers there are."""

from oekoreport.documents.papers import Paper, PaperExporter
from oekoreport.documents.pdf import PDF_CHOICES, PdfChoice

__all__ = ["PDF_CHOICES", "Paper", "PaperExporter", "PdfChoice"]
