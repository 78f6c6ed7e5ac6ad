"""Office files as packages: a zip archive of parts (docx, xlsx, ods), with relations between them (docx, xlsx).

Each part is unpacked with a bound, and XML is read without document types, entities and what lies outside.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any, NamedTuple

from oekoreport.archive import ENCRYPTED, BadArchive, content_of, entries_of
from oekoreport.errors import SourceError
from oekoreport.language import Message, catalogue
from oekoreport.places import Place
from oekoreport.prolog import declares_type, extends_ascii

_ = catalogue("oekoreport")

UNPACKED_LIMIT = 500_000_000
"""The most bytes that the parts of one package may unpack to."""

LARGEST_PART = 200_000_000
"""The most bytes that one part may unpack to: the sheet of 100,000 receipts has eighty million."""

LARGEST_TREE = 50_000_000
"""The most bytes of XML that are read into a tree, which takes ten times as much memory; a thousand pages have ten
million."""

MOST_MARKS = 2_000_000
"""The most tags and attributes of XML that is read into a tree: each takes 200 bytes; a thousand pages have 600,000."""

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time that written parts bear: the earliest that ZIP can hold."""

ZIP = b"PK"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")

NEW_FILE = _("Copy what is needed into a new file.")

Element = Any
"""An element of lxml; its stubs do not know iteration with wildcards."""


class DamagedArchive(SourceError):
    """The bytes are no zip archive, or a part is missing or damaged; ``reason`` says which."""

    def __init__(self, place: Place, reason: Message) -> None:
        super().__init__(
            _("The file is damaged: {reason}", reason=reason),
            place=place,
            hint=_("Open it in the program that wrote it and save it again."),
        )
        self.reason = reason


class PasswordProtected(SourceError):
    """A file that opens with a password only."""

    def __init__(self, place: Place) -> None:
        super().__init__(
            _("The file is protected by a password."),
            place=place,
            hint=_("Open it, remove the password and save it again."),
        )


class UnpacksTooLarge(SourceError):
    """A small file that unpacks to far more than a table or a text holds."""

    def __init__(self, place: Place, limit: int) -> None:
        super().__init__(
            _("The file unpacks to more than {megabytes} MB.", megabytes=limit // 1_000_000),
            place=place,
            hint=_("Copy its contents into a new file; in Word, “Compress pictures” makes photos smaller."),
        )


class PartTooLarge(SourceError):
    """A part of a file that is too large to be read; ``at`` says better what it is than the name that it bears."""

    def __init__(self, place: Place, part: str, limit: int) -> None:
        super().__init__(
            _("“{member}” inside the file has more than {megabytes} MB.", member=part, megabytes=limit // 1_000_000),
            place=place,
            hint=NEW_FILE,
        )


class TooMuchMarkup(SourceError):
    """A part of a file with so many tags and attributes that the tree of them would eat the memory."""

    def __init__(self, place: Place, part: str) -> None:
        super().__init__(
            _("“{member}” inside the file has more than {limit} elements.", member=part, limit=MOST_MARKS),
            place=place,
            hint=NEW_FILE,
        )


class UnsafeMarkup(SourceError):
    """XML that declares entities: no office program writes that, and reading it can eat the memory."""

    def __init__(self, place: Place, part: str) -> None:
        super().__init__(
            _("“{member}” inside the file declares a document type, which is not supported.", member=part),
            place=place,
            hint=_("Open it in the program that wrote it and save it again."),
        )


class Relation(NamedTuple):
    """What a part refers to: the last word of the relation's type, and the name of a part or an address outside."""

    kind: str
    target: str
    external: bool


def is_package(content: bytes) -> bool:
    """Tell whether bytes begin as an office file of today does, open or protected by a password."""
    return content.startswith(ZIP) or _is_encrypted(content)


def is_binary(content: bytes) -> bool:
    """Tell whether bytes begin as a file of before 2007 does (xls, doc)."""
    return content.startswith(OLE) and not _is_encrypted(content)


def _is_encrypted(content: bytes) -> bool:
    return content.startswith(OLE) and ENCRYPTED_PACKAGE in content


class Package:
    """The parts of an office file by name; capitals make no difference. Reading counts against one limit for all.

    Args:
        limit: the most bytes that its parts may unpack to, where that is not the usual.

    Attributes:
        place: the file, as errors name it.
        names: the parts' names as they were written, with forward slashes.

    Raises:
        DamagedArchive: the bytes are no zip archive, or one that holds a part twice.
        PasswordProtected: the file is encrypted as a whole.
    """

    def __init__(self, content: bytes, place: Place, limit: int | None = None) -> None:
        self.place = place
        self._content = content
        self._limit = self._left = UNPACKED_LIMIT if limit is None else limit
        self._read: set[str] = set()
        self._relations: dict[str, dict[str, Relation]] = {}
        if _is_encrypted(content):
            raise PasswordProtected(place)
        try:
            entries = entries_of(content)
        except BadArchive as error:
            raise DamagedArchive(place, error.reason) from error
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            name = _key(entry.filename)
            if name in self._entries:
                raise DamagedArchive(place, _("it holds “{member}” twice.", member=entry.filename))
            self._entries[name] = entry
        self.names = tuple(_path(entry.filename) for entry in entries)

    @property
    def unread(self) -> Iterator[str]:
        """The names of the parts not read yet."""
        return (name for name in self.names if _key(name) not in self._read)

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._entries

    def read(self, name: str, limit: int = LARGEST_PART) -> bytes:
        """Return the bytes of a part, which may claim no more than a limit.

        Raises:
            DamagedArchive: there is no such part, or it is damaged.
            PasswordProtected: the part is encrypted.
            UnpacksTooLarge: the parts read so far exceed the limit.
            PartTooLarge: the part alone does.
        """
        entry = self._entries.get(_key(name))
        if entry is None:
            raise DamagedArchive(self.place, _("its part “{member}” is missing.", member=name))
        if entry.flag_bits & ENCRYPTED:
            raise PasswordProtected(self.place)
        if entry.file_size > self._left:
            raise UnpacksTooLarge(self.place, self._limit)
        if entry.file_size > limit:
            raise PartTooLarge(self.place, name, limit)
        try:
            content = content_of(self._content, entry)
        except BadArchive as error:
            raise DamagedArchive(self.place, error.reason) from error
        self._left -= len(content)
        self._read.add(_key(name))
        return content

    def markup(self, name: str, limit: int = LARGEST_PART) -> bytes:
        """Return the bytes of a part that is XML without document type, in an encoding that extends ASCII.

        Raises:
            SourceError: as ``read``, or ``UnsafeMarkup`` where it declares a document type or entities.
        """
        content = self.read(name, limit)
        self.demand_plain(name, content)
        return content

    def demand_plain(self, name: str, content: bytes) -> None:
        """Refuse XML that has a document type, or an encoding that does not extend ASCII.

        Raises:
            SourceError: as ``markup``.
        """
        if not extends_ascii(content):
            raise DamagedArchive(self.place, _("its part “{member}” is not written in UTF-8.", member=name))
        if declares_type(content):
            raise UnsafeMarkup(self.place, name)

    def tree(self, name: str) -> Element:
        """Return the root element of a part that is XML.

        Raises:
            SourceError: as ``markup``, or ``TooMuchMarkup`` where it is too large for a tree.
        """
        content = self.markup(name, LARGEST_TREE)
        if content.count(b"<") + content.count(b"=") > MOST_MARKS:
            raise TooMuchMarkup(self.place, name)
        try:
            return tree_of(content)
        except SyntaxError as error:
            raise self.damaged(name) from error

    def relations(self, part: str = "") -> Mapping[str, Relation]:
        """Return what a part refers to, by identifier; what the package itself does without a part.

        Raises:
            SourceError: as ``tree``.
        """
        if part not in self._relations:
            name = relations_name(part)
            found = self.tree(name).iter("{*}Relationship") if name in self else ()
            folder = posixpath.dirname(part)
            self._relations[part] = {str(each.get("Id")): _relation(each, folder) for each in found}
        return self._relations[part]

    def main(self, usual: str) -> str:
        """Return the name of the part that the package is about; the usual one where it does not say."""
        kinds = (each.target for each in self.relations().values() if each.kind == "officeDocument")
        return next(kinds, usual)

    def damaged(self, name: str) -> DamagedArchive:
        """Return the error that names a part whose contents make no sense."""
        return DamagedArchive(self.place, _("its part “{member}” is damaged.", member=name))


def relations_name(part: str) -> str:
    """Return the name of the part that holds another one's relations; the package's own for the empty name."""
    folder, leaf = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{leaf}.rels")


def _path(name: str) -> str:
    return name.replace("\\", "/").lstrip("/")


def _key(name: str) -> str:
    return _path(name).lower()


def _relation(element: Element, folder: str) -> Relation:
    target, external = str(element.get("Target", "")), element.get("TargetMode") == "External"
    kind = str(element.get("Type", "")).rpartition("/")[2]
    if not external:
        target = target.replace("\\", "/")
        target = posixpath.normpath(target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target))
    return Relation(kind, target, external)


# --- XML -------------------------------------------------------------------------------------------------------------

SAFE: Mapping[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False, "remove_comments": True}
"""Options of every XML parser: no external resources, no entity expansion, comments dropped."""


def tree_of(content: bytes | str) -> Element:
    """Return the root element of XML.

    Raises:
        SyntaxError: it is not well-formed.
    """
    from lxml import etree

    return etree.fromstring(content, etree.XMLParser(**SAFE))


def local_name(element: Element) -> str:
    """Return an element's name without its namespace (``p``); empty for a processing instruction."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


# --- writing ---------------------------------------------------------------------------------------------------------


def unpacked(content: bytes) -> dict[str, bytes]:
    """Return the parts of an archive that a program wrote for us, by their names and in their order."""
    package = Package(content, Place(""))
    return {name: package.read(name) for name in package.names}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return parts as an archive, in their order; they bear no time and no system, so that the bytes are the same."""
    buffer = BytesIO()
    append(buffer, parts)
    return buffer.getvalue()


def append(buffer: BytesIO, parts: Mapping[str, bytes]) -> None:
    """Append parts to an archive, or begin one."""
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # the same on every system
            file.writestr(entry, content)
