"""PDF: printed by Typst from the same values as the Word document, or by LibreOffice from the document itself."""
