"""What a document says: the text and the numbers of Word, Excel and text files."""

from __future__ import annotations

import html
import re
import zipfile
from io import BytesIO

from oekoreport.report.report import Document

SHARED_STRING = re.compile(r'<c [^>]*t="s"[^>]*>.*?</c>')
"""A cell that holds the number of a text; the text itself stands in a part of its own."""

TAG = re.compile(r"<[^>]*>")
END = re.compile(r"</(?:w:p|w:tc|c|si|a:p)>|<w:tab/>|<w:br/>")


def text_of(document: Document) -> str:
    """Return a document's text, a line for each paragraph and cell; of a PDF nothing, for its text is compressed."""
    content = document.content
    if content.startswith(b"%PDF"):
        return ""
    if not content.startswith(b"PK"):
        return content.decode("utf-8", errors="replace")
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = [archive.read(name).decode("utf-8") for name in archive.namelist() if name.endswith(".xml")]
    return "\n".join(html.unescape(TAG.sub("", END.sub("\n", SHARED_STRING.sub("", part)))) for part in parts)
