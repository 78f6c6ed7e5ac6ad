"""A Word file: its parts, and what they refer to. The archive is unpacked with the bounds that workbooks have."""

from __future__ import annotations

import posixpath
from typing import NamedTuple

from oekoreport import Place, Source, catalogue
from oekoreport.kit.tables import Archive, NotAWorkbook, PasswordProtected, UnpacksTooLarge, UnsafeMarkup
from oekoreport_tables.word.errors import DocumentTooLarge, NoWordDocument
from oekoreport_tables.word.xml import Element, name_of

_ = catalogue("oekoreport_tables")

ZIP = b"PK"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")

LARGEST_PART = 50_000_000
"""The most bytes of XML that a part may have: a thousand pages have some ten million."""


class Relation(NamedTuple):
    """What a part refers to: the last word of the relation's type, and a path in the archive or an address."""

    kind: str
    target: str
    external: bool


class Package:
    """An opened document; a part is named by its path, the main one is ``main``.

    Raises:
        SourceError: ``NoWordDocument``, ``PasswordProtected`` or ``DocumentTooLarge``.
    """

    def __init__(self, source: Source) -> None:
        self.place = Place(source.name)
        if source.content.startswith(OLE):
            if ENCRYPTED_PACKAGE in source.content:
                raise PasswordProtected(self.place)
            raise NoWordDocument(self.place, _("it has the format of Word before 2007."))
        if not source.content.startswith(ZIP):
            raise NoWordDocument(self.place, _("it was not written by Word.") if source.content else _("it is empty."))
        try:
            self._archive = Archive(source)
        except NotAWorkbook as error:
            raise self._broken(error) from error
        roots = self.relations("").values() if "_rels/.rels" in self._archive else ()
        self.main = next((each.target for each in roots if each.kind == "officeDocument"), "word/document.xml")
        if self.main not in self._archive:
            raise NoWordDocument(self.place, _("it was not written by Word."))

    def _broken(self, error: NotAWorkbook) -> NoWordDocument:
        return NoWordDocument(self.place, error.message.values["reason"])  # type: ignore[arg-type]

    def __contains__(self, part: str) -> bool:
        return part in self._archive

    def read(self, part: str) -> bytes:
        """Return a part's bytes."""
        try:
            return self._archive.read(part)
        except NotAWorkbook as error:
            raise self._broken(error) from error
        except UnpacksTooLarge as error:
            raise DocumentTooLarge(self.place, LARGEST_PART) from error

    def xml(self, part: str) -> Element:
        """Return a part's root element; nothing outside of the file is ever fetched."""
        from lxml import etree

        try:
            content = self._archive.read_xml(part)
            if len(content) > LARGEST_PART:
                raise DocumentTooLarge(self.place, LARGEST_PART)
            return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
        except NotAWorkbook as error:
            raise self._broken(error) from error
        except (UnsafeMarkup, etree.XMLSyntaxError) as error:
            raise NoWordDocument(self.place, _("its part “{part}” is damaged.", part=part)) from error
        except UnpacksTooLarge as error:
            raise DocumentTooLarge(self.place, LARGEST_PART) from error

    def relations(self, part: str) -> dict[str, Relation]:
        """Return what a part refers to, by identifier; what the package itself does for the empty name."""
        folder, leaf = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{leaf}.rels")
        if path not in self._archive:
            return {}
        found = {}
        for each in self.xml(path):
            if name_of(each) == "Relationship":
                target, external = str(each.get("Target", "")), each.get("TargetMode") == "External"
                kind = str(each.get("Type", "")).rpartition("/")[2]
                found[str(each.get("Id"))] = Relation(kind, target if external else _path(folder, target), external)
        return found

    def related(self, kind: str) -> Element | None:
        """Return the root of the part that the main one refers to as this (``styles``); None where there is none."""
        for relation in self.relations(self.main).values():
            if relation.kind == kind and not relation.external and relation.target in self._archive:
                return self.xml(relation.target)
        return None


def _path(folder: str, target: str) -> str:
    target = target.replace("\\", "/")
    return posixpath.normpath(target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target))
