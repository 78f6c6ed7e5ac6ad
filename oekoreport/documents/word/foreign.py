"""What a Word file takes from outside of itself: linked pictures, objects, documents, data, scripts.

A document for the authority must show what was checked, and nothing may be fetched while it is made or read. So a
template that refers to anything but web and mail addresses is refused, and so is a finished document.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from oekoreport.documents.elements import W
from oekoreport.documents.word.file import WordFile
from oekoreport.language import Message, catalogue
from oekoreport.package import Element, local_name, tree_of

_ = catalogue("oekoreport")

ATTACHED = "attachedTemplate"
"""The relation to the template that a file was made with, which Word notes on its own: it is taken off."""

RELATIONS = ".rels"
REFERENCES = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
STRICT_REFERENCES = "{http://purl.oclc.org/ooxml/officeDocument/relationships}"
CHARTS = "word/charts/"
ADDRESS = re.compile(r"(?:https?|mailto|tel):|#", re.IGNORECASE)
"""How an address begins that a reader may follow: nothing is fetched unless they click."""

TAG = re.compile(r"\{\{|%7B%7B", re.IGNORECASE)
SWITCH = re.compile(r"(?:^|(?<=\s))\\(?:[lot]\s+(?:\"[^\"]*\"|\S+)|[a-z](?=\s|$))", re.IGNORECASE)
"""A switch of a link's field, with its argument."""

SHOWN = 100
"""How much of an address is told."""


class Foreign(NamedTuple):
    """Something that a part takes from outside; ``element`` is where, None where nothing in the part uses it."""

    part: str
    element: Element | None
    message: Message
    hint: Message


OBJECT = (
    _("An object of another program is embedded or linked."),
    _("Replace it by a picture: cut it, and paste it so."),
)
DOCUMENT = _("Another document is included."), _("Copy its text into the template.")
MACRO = _("The file contains macros."), _("Save the template in Word as a Word document (*.docx).")
DATA = (
    _("The file is connected to a data source for mail merge."),
    _("Mailings > Start Mail Merge > Normal Word Document removes the connection."),
)
FRAME = _("The file shows other files in frames."), _("Copy the text into a new document.")
SCHEMA = _("The file names an XML schema outside of it."), _("Copy the text into a new document.")

NEVER: Mapping[str, tuple[Message, Message]] = {
    **dict.fromkeys(("oleObject", "package", "control", "activeXControlBinary"), OBJECT),
    **dict.fromkeys(("aFChunk", "subDocument"), DOCUMENT),
    **dict.fromkeys(("vbaProject", "wordVbaData", "attachedToolbars"), MACRO),
    **dict.fromkeys(("mailMergeSource", "mailMergeHeaderSource", "recipientData"), DATA),
    "frame": FRAME,
}
"""The relations that no template has, wherever they lead."""

FIELDS: Mapping[str, tuple[Message, Message]] = {
    **dict.fromkeys(("INCLUDETEXT", "INCLUDE", "RD"), DOCUMENT),
    **dict.fromkeys(("LINK", "EMBED", "DDE", "DDEAUTO"), OBJECT),
    "DATABASE": DATA,
}
"""The fields that fetch something, by their first word."""

VECTOR = re.compile(
    rb"(?:href|src)\s*=\s*[\"']\s*(?!#|data:)[^\"'\s]|url\(\s*[\"']?\s*(?!#|data:)[^)\"'\s]|@import|<script"
)
"""What a picture in SVG takes from outside of itself."""


def foreign(file: WordFile, trees: Mapping[str, Element]) -> Iterator[Foreign]:
    """Yield what a file takes from outside; ``trees`` are its parts that are at hand as trees.

    Raises:
        SyntaxError: a part that may refer to something is not well-formed.
    """
    for name in file.parts:
        if name.lower().endswith(RELATIONS):
            part = _owner(name)
            for relation in file.tree(name).iter("{*}Relationship"):
                if told := _of_relation(relation, part):
                    tree = trees.get(part)
                    yield Foreign(part, _user(tree, relation.get("Id", "")), *told)
        elif name.lower().endswith(".svg"):
            if VECTOR.search(file.parts[name]):
                yield Foreign(name, None, *_picture(posixpath.basename(name)))
        elif name.lower().endswith((".xml", ".vml")):
            tree = trees.get(name)
            yield from _in_tree(name, file.tree(name) if tree is None else tree)


def foreign_relations(parts: Mapping[str, bytes]) -> Iterator[str]:
    """Yield the target of each relation of a finished document that leads to what it must not have."""
    for name, content in parts.items():
        if name.lower().endswith(RELATIONS):
            for relation in tree_of(content).iter("{*}Relationship"):
                if _kind(relation) == ATTACHED or _of_relation(relation, _owner(name)):
                    yield str(relation.get("Target", ""))


def foreign_fields(tree: Element) -> Iterator[tuple[Element, Message, Message]]:
    """Yield each field that fetches something, with what and the way out."""
    for element, code in _codes(tree):
        word, _blank, rest = code.strip().partition(" ")
        word = word.strip('\\"“”').upper()
        if word in ("INCLUDEPICTURE", "IMPORT"):
            yield element, *_picture(_argument(rest))
        elif word in FIELDS:
            yield element, *FIELDS[word]
        elif word == "HYPERLINK" and (told := _link(_argument(rest))):
            yield element, *told


def attached_template(file: WordFile) -> bool:
    """Tell whether a file names the template that it was made with."""
    return any(ATTACHED.encode() in content for name, content in file.parts.items() if name.lower().endswith(RELATIONS))


def without_attached(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the parts without the name of the template that the file was made with."""
    changed = dict(parts)
    for name, content in parts.items():
        if ATTACHED.encode() in content and name.lower().endswith((RELATIONS, ".xml")):
            tree = tree_of(content)
            for each in [*tree.iter("{*}Relationship", f"{{*}}{ATTACHED}")]:
                if local_name(each) == ATTACHED or _kind(each) == ATTACHED:
                    each.getparent().remove(each)
            changed[name] = _written(tree)
    return changed


def _written(tree: Element) -> bytes:
    from lxml import etree

    return bytes(etree.tostring(tree, encoding="UTF-8", xml_declaration=True, standalone=True))


# --- relations -------------------------------------------------------------------------------------------------------


def _kind(relation: Element) -> str:
    return str(relation.get("Type", "")).rpartition("/")[2]


def _owner(name: str) -> str:
    """Return the part whose relations a part holds."""
    folder, leaf = posixpath.split(name)
    return posixpath.join(posixpath.dirname(folder), leaf[: -len(RELATIONS)])


def _of_relation(relation: Element, part: str) -> tuple[Message, Message] | None:
    kind, target = _kind(relation), str(relation.get("Target", ""))
    outside = str(relation.get("TargetMode", "")).lower() == "external" or "://" in target or target.startswith("\\\\")
    if kind == ATTACHED or (kind == "package" and not outside and part.startswith(CHARTS)):
        return None  # the one is taken off; the other holds the numbers of a chart, which shows them by itself
    if kind in NEVER:
        return NEVER[kind]
    if not outside:
        return None
    if kind == "hyperlink":
        return _link(target)
    return _picture(target) if kind in ("image", "video", "audio", "media") else _elsewhere(target)


def _user(tree: Element | None, identity: str) -> Element | None:
    """Return the element that uses a relation."""
    for element in tree.iter("*") if tree is not None else ():
        for name, value in element.attrib.items():
            if value == identity and name.startswith((REFERENCES, STRICT_REFERENCES)):
                return element
    return None


def _picture(target: str) -> tuple[Message, Message]:
    told = _("A picture is linked, not inserted: {target}", target=target.strip()[:SHOWN])
    return told, _("Insert the picture itself: Insert > Pictures, without a link to the file.")


def _elsewhere(target: str) -> tuple[Message, Message]:
    told = _("The file refers to something outside of it: {target}", target=target[:SHOWN])
    return told, _("Copy the text into a new document.")


def _link(target: str) -> tuple[Message, Message] | None:
    """Return what is wrong with the address of a link; a tag in it is told elsewhere."""
    if not target or ADDRESS.match(target) or TAG.search(target):
        return None
    told = _("A link leads to a file or a program, not to a web page: {target}", target=target[:SHOWN])
    return told, _("Remove the link, or link to an address that begins with https:// or mailto:.")


# --- elements --------------------------------------------------------------------------------------------------------


def _in_tree(name: str, tree: Element) -> Iterator[Foreign]:
    yield from (Foreign(name, *told) for told in foreign_fields(tree))
    yield from (Foreign(name, element, *told) for element, told in _elements(tree))


def _elements(tree: Element) -> Iterable[tuple[Element, tuple[Message, Message]]]:
    """Yield what refers to something outside without a relation."""
    for element in tree.iter("{urn:schemas-microsoft-com:vml}*"):
        if source := element.get("src"):
            yield element, _picture(source)
        address = element.get("href")
        if address and not ADDRESS.match(address):
            yield element, _link(address) or _elsewhere(address)
    yield from ((each, DATA) for each in tree.iter(f"{W}mailMerge"))
    yield from ((each, FRAME) for each in tree.iter(f"{W}sourceFileName"))
    for element in tree.iter("{http://schemas.openxmlformats.org/schemaLibrary/2006/main}schema"):
        if any(local.endswith(("schemaLocation", "manifestLocation")) for local in element.attrib):
            yield element, SCHEMA


def _codes(tree: Element) -> Iterator[tuple[Element, str]]:
    """Yield each field's code with the element that it begins in; Word may have cut it into pieces."""
    open_fields: list[tuple[Element, list[str]]] = []
    for element in tree.iter(*(f"{W}{name}" for name in ("fldSimple", "fldChar", "instrText", "delInstrText"))):
        kind = element.get(f"{W}fldCharType")
        if local_name(element) == "fldSimple":
            yield element, element.get(f"{W}instr", "")
        elif kind == "begin":
            open_fields.append((element, []))
        elif kind == "end" and open_fields:
            begun, pieces = open_fields.pop()
            yield begun, "".join(pieces)
        elif kind is None:
            if not open_fields:
                open_fields.append((element, []))
            open_fields[-1][1].append(element.text or "")
    yield from ((begun, "".join(pieces)) for begun, pieces in open_fields)


def _argument(rest: str) -> str:
    """Return the address of a link's field, which may stand behind switches; a link within the file has none."""
    bare = SWITCH.sub(" ", rest).strip()
    return bare.split('"')[1] if bare.count('"') > 1 else bare.split(" ")[0]
