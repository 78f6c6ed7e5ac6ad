"""Pictures in a Word document: the drawing in the text, the file beside it, and the relation between the two."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

from markupsafe import Markup, escape

from oekoreport.documents.content import Picture
from oekoreport.package import relations_name

EMU = 36_000
"""Word's units in a millimetre."""

DRAWING = (
    '</w:t></w:r><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
    '<wp:docPr id="{number}" name="Picture {number}" descr="{alt}"/>'
    '<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' noChangeAspect="1"/></wp:cNvGraphicFramePr>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:nvPicPr><pic:cNvPr id="{number}" name="Picture {number}" descr="{alt}"/><pic:cNvPicPr/></pic:nvPicPr>'
    '<pic:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
    '</wp:inline></w:drawing></w:r><w:r><w:t xml:space="preserve">'
)

TYPES = "[Content_Types].xml"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
NO_RELATIONS = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="{RELATIONS}"/>'.encode()
DRAWING_ID = re.compile(r'(<wp:docPr\b[^>]*?\sid=")[^"]*')


def drawing(picture: Picture, relation: str, number: int) -> Markup:
    """Return the XML that shows a picture in the middle of a text."""
    xml = DRAWING.format(
        relation=relation,
        number=number,
        width=round(picture.width * EMU),
        height=round(picture.height * EMU),
        alt=escape(picture.alt),
    )
    return Markup(xml)  # noqa: S704 - made of numbers and escaped text


def numbered(text: str, above: int) -> str:
    """Return a part's XML with its drawings numbered from ``above`` + 1: a loop repeats ids that must not repeat."""
    number = above

    def next_number(found: re.Match[str]) -> str:
        nonlocal number
        number += 1
        return f"{found[1]}{number}"

    return DRAWING_ID.sub(next_number, text)


def with_pictures(part: str, pictures: Mapping[str, Picture], entries: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the entries that a part's pictures need: the files, the part's relations, the types of the files."""
    folder = posixpath.dirname(part)
    name = relations_name(part)
    changed: dict[str, bytes] = {}
    links = []
    for relation, picture in pictures.items():
        changed[f"{folder}/media/{picture.file}"] = picture.content
        links.append(f'<Relationship Id="{relation}" Type="{IMAGE}" Target="media/{picture.file}"/>')
    relations = entries.get(name, NO_RELATIONS)
    changed[name] = _with_children(relations, "Relationships", "".join(links))
    types = {picture.ending: picture.media_type for picture in pictures.values()}
    known = entries[TYPES].lower()
    missing = [ending for ending in sorted(types) if f'extension="{ending}"'.encode() not in known]
    if missing:
        defaults = (f'<Default Extension="{ending}" ContentType="{types[ending]}"/>' for ending in missing)
        changed[TYPES] = _with_children(entries[TYPES], "Types", "".join(defaults))
    return changed


def _with_children(content: bytes, root: str, children: str) -> bytes:
    """Return XML with children added: at the front for types (defaults come first), which no relation minds."""
    text = content.decode("utf-8-sig")
    if re.search(rf"<{root}[^>]*/>", text):
        return re.sub(rf"<{root}([^>]*)/>", rf"<{root}\1>{children}</{root}>", text, count=1).encode()
    return re.sub(rf"(<{root}[^>]*>)", lambda found: found[1] + children, text, count=1).encode()
