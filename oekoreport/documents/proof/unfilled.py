"""Tags in parts of a Word file that nothing fills: addresses of links, charts, SmartArt, comments, properties."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from oekoreport.documents.elements import W
from oekoreport.documents.proof.comments import AUTHOR
from oekoreport.documents.proof.faults import Fault, Kind
from oekoreport.documents.proof.spots import Spot
from oekoreport.documents.proof.tags import WrittenPart
from oekoreport.documents.tags import scanned
from oekoreport.language import catalogue
from oekoreport.package import tree_of

_ = catalogue("oekoreport")

RELATIONS = ".rels"
ENTRY = re.compile(r".*(\.xml|\.rels)")
UNPRINTED = re.compile(r"word/(glossary/.*|diagrams/drawing\d*\.xml)|\[Content_Types\]\.xml")
"""Building blocks, which no document prints, and what Word keeps of SmartArt a second time."""
LONGEST = 200
"""Tags are never longer: a longer match is some program's data that contains braces."""

BRACES = re.compile(rb"\{|%7b|&#(123|x0*7b);", re.IGNORECASE)
BRACE = re.compile("[{}]")
LINKED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def unfilled(name: str, content: bytes, parts: Mapping[str, WrittenPart]) -> Iterator[Fault]:
    """Yield each tag of a part that nothing fills; one in the address of a link is told at the link's paragraph."""
    if UNPRINTED.fullmatch(name) or not BRACES.search(content):
        return
    try:
        tree = tree_of(content)
    except SyntaxError:
        return
    for tag, element in dict(_tags(tree, links=name.endswith(RELATIONS))).items():
        spot = _spot_of_link(name, element.get("Id", ""), parts) if name.endswith(RELATIONS) else Spot(name)
        if name.endswith(RELATIONS):
            told = _("Link addresses are not filled in; the tag stays in this one.")
            hint = _("Write the address as text without a link, or link to a fixed address.")
        else:
            told = _("Nothing is filled in here; the tag stays unchanged.")
            hint = _("Write plain text here; only text, tables, headers, footers and notes are filled in.")
        yield Fault(Kind.NOT_FILLED, spot, told, hint, tag)


def _tags(tree: Any, *, links: bool) -> Iterator[tuple[str, Any]]:
    """Yield tags in texts, which Word may have cut into pieces, and in attributes; our own comments hold none."""
    for comment in [*tree.iter(f"{W}comment")]:
        if comment.get(f"{W}author") == AUTHOR:
            tree.remove(comment)
    yield from ((tag, tree) for tag in _in("".join(tree.itertext())))
    for element in tree.iter("*"):
        for value in element.attrib.values():
            yield from ((tag, element) for tag in _in(unquote(value) if links else value))


def _in(text: str) -> Iterator[str]:
    for start, end, trouble in scanned(text):
        inside = text[start + 2 : end - 2]
        if trouble is None and text[start + 1] != "#" and 0 < len(inside) <= LONGEST and not BRACE.search(inside):
            yield text[start:end]


def _spot_of_link(name: str, identity: str, parts: Mapping[str, WrittenPart]) -> Spot:
    """Return the paragraph of the link whose address it is; the entry itself where there is none."""
    part = parts.get(name.replace("_rels/", "").removesuffix(RELATIONS))
    for element in part.tree.iter(f"{W}hyperlink") if part else ():
        if element.get(LINKED) == identity and part is not None:
            return part.spots.get(next(element.iterancestors(f"{W}p"), None), Spot(name))
    return Spot(name)
