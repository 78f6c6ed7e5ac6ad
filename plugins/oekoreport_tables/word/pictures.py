"""Drawings of a Word document: pictures as Markdown holds them, and what of a drawing is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from oekoreport import Finding, Locale, Place
from oekoreport.kit.package import Element, Package, Relation, local_name
from oekoreport.kit.pictures import NO_WORDS, NoPicture, Picture
from oekoreport_tables.word import remarks
from oekoreport_tables.word.markup import picture_markdown
from oekoreport_tables.word.photos import QUARTER, WHOLE, Shown, as_shown
from oekoreport_tables.word.xml import attribute, child, inside, number, signed, written

EMU = 36_000
"""Word's units in a millimetre."""

OLD_WIDTH = re.compile(r"(?:^|;)\s*width:\s*(\d+(?:\.\d+)?)(pt|in|mm|cm|px)")
UNITS = {"pt": 25.4 / 72, "in": 25.4, "mm": 1.0, "cm": 10.0, "px": 25.4 / 96}
"""How pictures of the old kind say their width, and the millimetres of its units."""

DEGREE = 60_000
"""Word's units in a degree; it turns clockwise."""


class Drawings:
    """Reads the drawings of one part; ``relations`` say where the files of its pictures lie."""

    def __init__(self, package: Package, relations: Mapping[str, Relation]) -> None:
        self._package = package
        self._relations = relations

    def read(self, drawing: Element, place: Place) -> Iterator[str | Finding]:
        """Yield what a drawing (of today's or the old kind) holds: pictures in Markdown, and findings."""
        boxes = [text for box in inside(drawing, "txbxContent") if (text := written(box))]
        yield from (remarks.TEXT_BOX.at(place, text=text) for text in dict.fromkeys(boxes))
        pictures = [*inside(drawing, "blip", "imagedata")]
        for each in pictures:
            yield from self._picture(each, drawing, place)
        if not pictures and not boxes:
            yield from _left_out(drawing, place)

    def _picture(self, image: Element, drawing: Element, place: Place) -> Iterator[str | Finding]:
        relation = self._relations.get(attribute(image, "embed") or attribute(image, "id"))
        if relation is None or relation.external:
            outside = relation is not None or attribute(image, "link") or attribute(image, "href")
            yield remarks.LINKED_PICTURE.at(place) if outside else remarks.MISSING_PICTURE.at(place)
            return
        if relation.target not in self._package:
            yield remarks.MISSING_PICTURE.at(place)
            return
        shown, is_whole = _shown(image)
        try:
            content = as_shown(self._package.read(relation.target), shown)
        except NoPicture:
            yield remarks.FOREIGN_PICTURE.at(place, kind=relation.target.rpartition(".")[2].upper())
            return
        words = _words(image, drawing)
        if not words and not any(_is_true(each, "val") for each in inside(drawing, "decorative")):
            yield remarks.NO_WORDS.at(place)
        if not is_whole:
            yield remarks.CHANGED_PICTURE.at(place)
        yield picture_markdown(Picture(content, words or Locale("de").show(NO_WORDS), _width(drawing, shown)))


def floats(drawing: Element) -> bool:
    """Tell whether a drawing floats instead of being in line with the text."""
    return child(drawing, "anchor") is not None or any(
        "position:absolute" in attribute(each, "style").replace(" ", "") for each in inside(drawing, "shape")
    )


def _left_out(drawing: Element, place: Place) -> Iterator[Finding]:
    """Yield the finding for a drawing without pictures and text; a horizontal line is ignored."""
    kind = attribute(next(inside(drawing, "graphicData"), None), "uri").rpartition("/")[2]
    if kind in {"chart", "chartex"}:
        yield remarks.CHART.at(place)
    elif kind == "diagram":
        yield remarks.SMART_ART.at(place)
    elif not any(attribute(each, "hr") for each in drawing.iter()):
        yield remarks.SHAPE.at(place)


def _words(image: Element, drawing: Element) -> str:
    """Return the alternative text of a picture: its own in a group, that of the drawing where it stands alone."""
    own = next((each for each in image.iterancestors() if local_name(each) in {"pic", "shape"}), None)
    names = [child(own, "nvPicPr", "cNvPr"), own, next(inside(drawing, "docPr"), None)]
    for each in reversed(names) if len([*inside(drawing, "blip")]) == 1 else names:
        if text := attribute(each, "descr") or attribute(each, "alt"):
            return " ".join(text.split())
    return ""


def _width(drawing: Element, shown: Shown) -> float:
    """Return how wide Word shows a picture in millimetres; 0 where it stands in a group or nothing is said."""
    if len([*inside(drawing, "blip", "imagedata")]) != 1:
        return 0.0
    extent = next(inside(drawing, "extent"), None)
    if extent is None:
        old = OLD_WIDTH.search(attribute(next(inside(drawing, "shape"), None), "style"))
        return float(old[1]) * UNITS[old[2]] if old else 0.0
    return (number(extent, "cy" if shown.lies_across else "cx") or 0) / EMU


def _shown(image: Element) -> tuple[Shown, bool]:
    """Return how Word shows a picture, and whether that can be said: it may be turned askew, or cut to a shape."""
    frame = next((each for each in image.iterancestors() if local_name(each) == "pic"), None)
    cut = child(frame, "blipFill", "srcRect")
    left, top, right, bottom = (_part(cut, side) for side in "ltrb")
    if min(left, top, right, bottom) < 0 or left + right >= 1 or top + bottom >= 1:
        return Shown(), False
    place = child(frame, "spPr", "xfrm")
    turned = round((signed(place, "rot") or 0) / DEGREE) % 360
    straight = turned % QUARTER == 0
    rectangle = attribute(child(frame, "spPr", "prstGeom"), "prst") in {"", "rect"}
    mirrored, upside_down = _is_true(place, "flipH"), _is_true(place, "flipV")
    shown = Shown(left, top, right, bottom, turned if straight else 0, mirrored, upside_down)
    return shown, straight and rectangle


def _part(element: Element | None, side: str) -> float:
    """Return the fraction cropped at a side (``l``); a negative one adds a margin."""
    return (signed(element, side) or 0) / WHOLE


def _is_true(element: Element | None, name: str) -> bool:
    return attribute(element, name) in {"1", "true"}
