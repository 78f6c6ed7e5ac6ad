"""Pictures without alternative text."""

from __future__ import annotations

from collections.abc import Iterator

from oekoreport.documents.elements import MC, W, above
from oekoreport.documents.proof.faults import Fault, Kind
from oekoreport.documents.proof.spots import Spot
from oekoreport.documents.proof.tags import WrittenPart
from oekoreport.language import catalogue

_ = catalogue("oekoreport")

WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"


def pictures_without_words(part: WrittenPart) -> Iterator[Fault]:
    """Yield each picture, chart or shape without alternative text, text boxes and decoration left out."""
    for properties in part.tree.iter(f"{WP}docPr"):
        drawing = properties.getparent()
        marks = (each.get("val") for each in properties.iter(DECORATIVE))
        if (
            (properties.get("descr") or properties.get("title") or "").strip()
            or any(mark in ("1", "true") for mark in marks)
            or next(drawing.iter(f"{W}txbxContent"), None) is not None
            or next(drawing.iterancestors(f"{MC}Fallback"), None) is not None
        ):
            continue
        paragraph = above(properties, "p")
        told = _("The picture “{name}” has no alternative text.", name=properties.get("name") or "?")
        hint = _("Right click > View Alt Text: describe what it shows, or mark it as decorative.")
        text = " ".join(part.text_of(paragraph).split())
        yield Fault(Kind.ALT_TEXT, part.spots.get(paragraph, Spot(part.name)), told, hint, "", text)
