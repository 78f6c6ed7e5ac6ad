"""What a document says: the text and the numbers of Word, Excel and text files."""

from __future__ import annotations

import html
import re

from oekoreport.package import unpacked
from oekoreport.report import Document

SHARED_STRING = re.compile(r'<c [^>]*t="s"[^>]*>.*?</c>')
"""A cell that refers to a shared string by its number; the strings are in a separate part."""

TAG = re.compile(r"<[^>]*>")
END = re.compile(r"</(?:w:p|w:tc|c|si|a:p)>|<w:tab/>|<w:br/>")


def text_of(document: Document) -> str:
    """Return a document's text, a line for each paragraph and cell; of a PDF nothing, for its text is compressed."""
    content = document.content
    if content.startswith(b"%PDF"):
        return ""
    if not content.startswith(b"PK"):
        return content.decode("utf-8", errors="replace")
    parts = [part.decode("utf-8") for name, part in unpacked(content).items() if name.endswith(".xml")]
    return "\n".join(html.unescape(TAG.sub("", END.sub("\n", SHARED_STRING.sub("", part)))) for part in parts)
