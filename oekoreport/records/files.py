"""The files of a project's folder, as entries name them: found however a path is typed, and what is wrong with each."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from hashlib import sha256

from oekoreport.errors import SourceError
from oekoreport.language import Message, catalogue
from oekoreport.records.source import FileTooLarge, Source

_ = catalogue("oekoreport")


class Flaw(Enum):
    """What makes a file no proof of anything."""

    EMPTY = _("the file is empty")
    FOREIGN = _("the file is not what its ending says")
    CUT_OFF = _("the file is cut off")
    TOO_LARGE = _("the file is too large to be read")
    NOT_READ = _("the file cannot be read, or was changed while it was read")

    @property
    def message(self) -> Message:
        """The flaw in words."""
        return self.value


BEGINNINGS = {
    ".pdf": (b"%PDF-",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".gif": (b"GIF8",),
    ".tif": (b"II*\0", b"MM\0*"),
    ".tiff": (b"II*\0", b"MM\0*"),
    ".bmp": (b"BM",),
    ".docx": (b"PK",),
    ".xlsx": (b"PK",),
    ".zip": (b"PK",),
    ".msg": (b"\xd0\xcf\x11\xe0",),
    ".xml": (b"<", b"<\0", b"\0<"),
}
"""By ending, how such a file begins; other endings are not judged. XML may be UTF-16."""

MARKS = b"\xef\xbb\xbf\xff\xfe \t\r\n"
"""What may stand before the first sign of an XML file: byte order marks and blanks."""

NOTHING = b"\0 \t\r\n"
"""What a file that is empty consists of: disks that failed leave zeros behind."""

SEARCHED = 1024
"""Within so many bytes of its beginning and its end PDF readers look for the marks of a PDF."""


def flaw_of(source: Source) -> Flaw | None:
    """Return what is wrong with a file, by its ending and its first and last bytes; None if nothing is.

    Raises:
        FileTooLarge, FileNotRead, FileChanged: it cannot be had.
    """
    first = last = b""
    is_empty = True
    for piece in source.pieces():
        first, last = first or piece[:SEARCHED], (last + piece[-SEARCHED:])[-SEARCHED:]
        is_empty = is_empty and not piece.strip(NOTHING)
    return Flaw.EMPTY if is_empty else _flaw(source.suffix, first, last)


def _flaw(suffix: str, first: bytes, last: bytes) -> Flaw | None:
    if suffix == ".pdf":
        if BEGINNINGS[".pdf"][0] not in first:
            return Flaw.FOREIGN
        return None if b"%%EOF" in last else Flaw.CUT_OFF
    beginning = first.lstrip(MARKS) if suffix == ".xml" else first
    return None if beginning.startswith(BEGINNINGS.get(suffix, (b"",))) else Flaw.FOREIGN


@dataclass(frozen=True, slots=True)
class Inputs:
    """What documents depend on of a folder's files.

    Attributes:
        hashes: SHA-256 of each file that was read whole, by name: those that were parsed, and those that entries name.
        unread: one hash for all others, of their names and beginnings: which they are is told, and what lies in them is
            not known.
    """

    hashes: Mapping[str, str] = field(default_factory=dict)
    unread: str = ""


class Files:
    """The input files of a folder by name, which is a path below it with forward slashes."""

    def __init__(self, sources: Iterable[Source] = ()) -> None:
        self._sources = {source.name: source for source in sources}
        self._flaws: dict[str, Flaw | None] = {}
        self._typed: dict[str, set[str]] = {}
        for name in self._sources:
            for way in (_plain(name), _last(_plain(name))):
                self._typed.setdefault(way, set()).add(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._sources)

    def find(self, path: str) -> str | None:
        """Return the file that a path means: as it is, else in other case, signs or slashes, else by its name alone.

        “Belege/b09.PDF”, “B09.pdf” and the whole path on somebody's disk are belege/B09.pdf as long as no other file is
        called so; Windows' slashes are slashes.
        """
        if path in self._sources:
            return path
        for way in (_plain(path), _last(_plain(path))):
            found = self._typed.get(way, set())
            if len(found) == 1:
                return next(iter(found))
        return None

    def flaw(self, name: str) -> Flaw | None:
        """Return what is wrong with a file of the folder, which is read for it; None if nothing is."""
        if name not in self._flaws:
            self._flaws[name] = self._look_at(self._sources[name])
        return self._flaws[name]

    def _look_at(self, source: Source) -> Flaw | None:
        try:
            return flaw_of(source)
        except FileTooLarge:
            return Flaw.TOO_LARGE
        except SourceError:
            return Flaw.NOT_READ

    @property
    def inputs(self) -> Inputs:
        """What was read of all files until now."""
        unread = sha256()
        for source in self._sources.values():
            if not source.is_read:
                unread.update(f"{source.name}\0{source.look}\n".encode(errors="surrogateescape"))
        return Inputs({name: each.sha256 for name, each in self._sources.items() if each.is_read}, unread.hexdigest())


def _plain(path: str) -> str:
    """Return a path as it is compared: macOS splits umlauts, Windows turns slashes and heeds no case."""
    return unicodedata.normalize("NFC", path.strip().replace("\\", "/")).casefold().removeprefix("./")


def _last(path: str) -> str:
    return path.rpartition("/")[2]
