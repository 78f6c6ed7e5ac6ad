"""The files of a project's folder, as entries name them: found however a path is typed, and what is wrong with each."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from enum import Enum

from oekoreport.language import Message, catalogue
from oekoreport.records.source import Source

_ = catalogue("oekoreport")


class Flaw(Enum):
    """What makes a file no proof of anything."""

    EMPTY = _("the file is empty")
    FOREIGN = _("the file is not what its ending says")
    CUT_OFF = _("the file is cut off")

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

SEARCHED = 1024
"""Within so many bytes of its beginning and its end PDF readers look for the marks of a PDF."""


def flaw_of(source: Source) -> Flaw | None:
    """Return what is wrong with a file, by its ending and its first and last bytes; None if nothing is."""
    content, suffix = source.content, source.suffix
    if not content.strip(b"\0 \t\r\n"):
        return Flaw.EMPTY
    if suffix == ".pdf":
        if BEGINNINGS[".pdf"][0] not in content[:SEARCHED]:
            return Flaw.FOREIGN
        return None if b"%%EOF" in content[-SEARCHED:] else Flaw.CUT_OFF
    beginning = content[:SEARCHED].lstrip(MARKS) if suffix == ".xml" else content
    return None if beginning.startswith(BEGINNINGS.get(suffix, (b"",))) else Flaw.FOREIGN


class Files:
    """The input files of a folder by name, which is a path below it with forward slashes."""

    def __init__(self, sources: Iterable[Source] = ()) -> None:
        self._flaws = {source.name: flaw_of(source) for source in sources}
        self._typed: dict[str, set[str]] = {}
        for name in self._flaws:
            for way in (_plain(name), _last(_plain(name))):
                self._typed.setdefault(way, set()).add(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._flaws)

    def find(self, path: str) -> str | None:
        """Return the file that a path means: as it is, else in other case, signs or slashes, else by its name alone.

        “Belege/b09.PDF”, “B09.pdf” and the whole path on somebody's disk are belege/B09.pdf as long as no other file is
        called so; Windows' slashes are slashes.
        """
        if path in self._flaws:
            return path
        for way in (_plain(path), _last(_plain(path))):
            found = self._typed.get(way, set())
            if len(found) == 1:
                return next(iter(found))
        return None

    def flaw(self, name: str) -> Flaw | None:
        """Return what is wrong with a file of the folder; None if nothing is."""
        return self._flaws[name]


def _plain(path: str) -> str:
    """Return a path as it is compared: macOS splits umlauts, Windows turns slashes and heeds no case."""
    return unicodedata.normalize("NFC", path.strip().replace("\\", "/")).casefold().removeprefix("./")


def _last(path: str) -> str:
    return path.rpartition("/")[2]
