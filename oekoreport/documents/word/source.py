"""A Word template as docxtpl opens it: the parts with text, their marks put in order, and all entries of its archive.

The entries are those that python-docx writes of the file, as they would be in docxtpl's own result.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any

from oekoreport.documents.tags import has_tags
from oekoreport.documents.word.faults import ForeignReference, NoWordTemplate
from oekoreport.documents.word.file import NoWordFile, WordFile, word_file
from oekoreport.documents.word.foreign import attached_template, foreign, without_attached
from oekoreport.documents.word.properties import PROPERTIES, stripped
from oekoreport.documents.word.saving import saved_parts
from oekoreport.errors import SourceError
from oekoreport.package import packed

BODY = "word/document.xml"
NOTES = re.compile(r"word/(footnotes|endnotes)\.xml")
DECLARATION = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
DELETED = re.compile(r"<w:delText(?: [^>]*)?(?<!/)>[^<]*</w:delText>")
"""Text that a tracked change deleted: whoever accepts the change has it no more, and neither have documents."""

DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>\s*")


@dataclass(frozen=True, slots=True)
class MarkedPart:
    """A part of the template with text: ``before`` and ``after`` stand around what is rendered.

    Attributes:
        name: its name in the archive.
        written: the XML as Word wrote it.
        marked: the same with its marks in order, as docxtpl puts them.
        opening: the first tag of the body with its namespaces, which ``before`` declares already.
    """

    name: str
    before: str
    written: str
    marked: str
    after: str = ""
    opening: str = ""


@dataclass(frozen=True, slots=True)
class OpenedTemplate:
    """A template, opened."""

    entries: Mapping[str, bytes]
    parts: tuple[MarkedPart, ...]
    attached: bool = False
    """Whether the name of the template that it was made with was taken off."""


@lru_cache(maxsize=32)
def opened(content: bytes) -> OpenedTemplate:
    """Open a template, once for its proof and for the documents made of it.

    Raises:
        NoWordTemplate: it is no Word document, or is damaged, hostile or larger than any template.
        ForeignReference: it takes something from outside of itself.
    """
    from docx.opc.exceptions import PackageNotFoundError
    from docxtpl import DocxTemplate
    from lxml.etree import XMLSyntaxError

    try:
        file = word_file(content)
        demand_nothing_foreign(file)
        template = DocxTemplate(BytesIO(packed(without_attached(file.parts))))
        template.init_docx()
    except SourceError as error:
        raise NoWordTemplate(error) from error
    except (PackageNotFoundError, KeyError, ValueError, XMLSyntaxError) as error:
        raise NoWordTemplate(NoWordFile()) from error
    properties = template.docx.core_properties  # made by python-docx where the file has none
    for each in ("author", "comments", "identifier", "subject"):
        setattr(properties, each, getattr(properties, each))  # docxtpl does the same: an absent one is there, empty
    entries = saved_parts(template.docx)
    entries[PROPERTIES] = stripped(entries[PROPERTIES].decode()).encode()
    return OpenedTemplate(entries, tuple(_parts(template, entries)), attached_template(file))


def demand_nothing_foreign(file: WordFile) -> None:
    """Refuse a file that takes something from outside of itself.

    Raises:
        ForeignReference: it does.
    """
    for found in foreign(file, {}):
        raise ForeignReference(found.message, hint=found.hint)


def _parts(template: Any, entries: Mapping[str, bytes]) -> Iterator[MarkedPart]:
    yield _body(template)
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        for _relation, part in template.get_headers_footers(uri):
            written = DELETED.sub("", template.get_part_xml(part))
            if has_tags(written):
                yield MarkedPart(part.partname.lstrip("/"), DECLARATION, written, template.patch_xml(written))
    for name, content in entries.items():
        if NOTES.fullmatch(name) and has_tags(text := content.decode("utf-8-sig")):
            written = DELETED.sub("", DECLARED.sub("", text))
            yield MarkedPart(name, DECLARATION, written, template.patch_xml(written))
    properties = DECLARED.sub("", entries[PROPERTIES].decode("utf-8-sig"))
    if has_tags(properties):
        yield MarkedPart(PROPERTIES, DECLARATION, properties, template.patch_xml(properties))


def _body(template: Any) -> MarkedPart:
    from copy import deepcopy

    from lxml import etree

    written = DELETED.sub("", template.get_xml())
    marked = template.patch_xml(written)
    opening = marked[: marked.index(">") + 1]
    bare = re.sub(r' xmlns(?::\w+)?="[^"]*"', "", opening)
    root = deepcopy(template.docx.element)
    root.body.clear()
    before, _body_tag, after = etree.tostring(root, encoding="unicode").partition("<w:body/>")
    return MarkedPart(BODY, DECLARATION + before, written, bare + marked[len(opening) :], after, opening)
