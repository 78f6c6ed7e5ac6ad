"""Document properties: title, language and date are passed in; the template's editors and dates are removed."""

from __future__ import annotations

import re
from datetime import date

from markupsafe import escape

PROPERTIES = "docProps/core.xml"
DUBLIN = "http://purl.org/dc/elements/1.1/"
TERMS = "http://purl.org/dc/terms/"
SCHEMA = "http://www.w3.org/2001/XMLSchema-instance"

REPLACED = re.compile(
    r"<(?P<tag>\w+:(?:title|language|lastModifiedBy|revision|created|modified|lastPrinted))\b[^>]*?"
    r"(?:/>|>.*?</(?P=tag)>)",
    re.DOTALL,
)
END = "</cp:coreProperties>"


def stripped(xml: str) -> str:
    """Return the template's properties without those that a document gets anew."""
    return REPLACED.sub("", xml)


def stamped(content: bytes, title: str, language: str, created: date | None) -> bytes:
    """Return properties with title and language, and the day as the time of making and of the last change."""
    added = f'<dc:title xmlns:dc="{DUBLIN}">{escape(title)}</dc:title>'
    added += f'<dc:language xmlns:dc="{DUBLIN}">{escape(_tag(language))}</dc:language>'
    for name in ("created", "modified") if created is not None else ():
        added += (
            f'<dcterms:{name} xmlns:dcterms="{TERMS}" xmlns:xsi="{SCHEMA}" xsi:type="dcterms:W3CDTF">'
            f"{created}T00:00:00Z</dcterms:{name}>"
        )
    return content.replace(END.encode(), added.encode() + END.encode())


def _tag(language: str) -> str:
    return f"{language}-DE" if language == "de" else language
