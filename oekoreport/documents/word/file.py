"""A Word file, unpacked within bounds before any program opens it: python-docx and docxtpl measure nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from oekoreport.documents.word.effort import readable
from oekoreport.errors import SourceError
from oekoreport.language import catalogue
from oekoreport.package import DamagedArchive, Element, Package, tree_of
from oekoreport.places import Place

_ = catalogue("oekoreport")

LARGEST_FILE = 100_000_000
"""The most bytes that a template's parts unpack to, pictures included."""

LARGEST_PART = 20_000_000
"""The most bytes of a part that is XML: a thousand pages of text have ten million."""

MOST_MARKUP = 600_000
"""The most tags of XML in all parts: a tree takes a kilobyte for each, in all that look at it. A hundred pages of
tables have sixty thousand."""

MOST_ATTRIBUTES = 5_000
"""The most attributes of an element: lxml seeks each from the first on."""

LONG_TAG = re.compile(rb"<[^<]{20000,}")
MARKUP = (".xml", ".rels", ".svg", ".vml")


class NoWordFile(SourceError):
    """The bytes are no archive that holds a document."""

    def __init__(self) -> None:
        super().__init__(
            _("This is not a Word document (.docx)."),
            hint=_("Save the template in Word as a Word document (*.docx)."),
        )


class TooLargeForATemplate(SourceError):
    """A Word file holds more than any template: opening it would eat the memory."""

    def __init__(self, part: str) -> None:
        super().__init__(
            _("“{member}” inside the file is far larger than a template needs.", member=part),
            hint=_("Copy what the template needs into a new document, and save that."),
        )


class TagsWithoutEnd(SourceError):
    """A Word file has so many tags without an end that looking for them would take hours."""

    def __init__(self, part: str) -> None:
        super().__init__(
            _("“{member}” inside the file has many tags that do not end, or a tag with many blanks.", member=part),
            hint=_("Each tag ends in the paragraph in which it begins: {braces}.", braces=("{{ … }}", "{% … %}")),
        )


@dataclass(frozen=True, eq=False, slots=True)
class WordFile:
    """The parts of a Word file by name; those that are XML have no document type and an encoding that extends ASCII."""

    parts: Mapping[str, bytes]

    def tree(self, name: str) -> Element:
        """Return the root element of a part that is XML.

        Raises:
            SyntaxError: it is not well-formed.
        """
        return tree_of(self.parts[name])


@lru_cache(maxsize=8)
def word_file(content: bytes) -> WordFile:
    """Return a Word file, unpacked.

    Raises:
        SourceError: it is no archive, damaged, protected, hostile or too large.
    """
    try:
        package = Package(content, Place(""), LARGEST_FILE)
    except DamagedArchive as error:
        raise NoWordFile from error
    parts, left = {}, MOST_MARKUP
    for name in package.names:
        part = parts[name] = package.read(name)
        if name.lower().endswith(MARKUP) or part[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            package.demand_plain(name, part)
            left -= part.count(b"<")
            attributes = max((tag.count(b"=") for tag in LONG_TAG.findall(part)), default=0)
            if left < 0 or len(part) > LARGEST_PART or attributes > MOST_ATTRIBUTES:
                raise TooLargeForATemplate(name)
            if not readable(part.decode("utf-8", "replace")):
                raise TagsWithoutEnd(name)
    return WordFile(parts)
