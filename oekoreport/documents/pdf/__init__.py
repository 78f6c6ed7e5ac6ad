"""PDF: printed by Typst from the same values as the Word document, or by LibreOffice from the document itself.

In come a Typst template with plain values, or Word documents; out come accessible PDFs (PDF/A, PDF/UA) from Typst, and
whatever LibreOffice makes of the documents, marked as not reproducible.
"""

from oekoreport.documents.pdf.fonts import font_paths
from oekoreport.documents.pdf.press import Manuscript, Press
from oekoreport.documents.pdf.typesetters import LIBRARY
from oekoreport.documents.pdf.ways import PDF_CHOICES, Choice, PdfChoice, TemplatePair, Way, way_of
