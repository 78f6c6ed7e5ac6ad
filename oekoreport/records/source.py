"""Sources: the files that a project holds, read when they are asked for their bytes and let go of afterwards.

A folder may hold gigabytes of scans and films. So an importer claims a file by its name and its beginning, the bytes of
a file are in memory only while it is read, and what is named but not parsed is hashed in pieces.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from functools import cached_property
from io import BytesIO
from typing import BinaryIO

from oekoreport.enclosure import PIECE, Enclosure
from oekoreport.errors import SourceError
from oekoreport.language import catalogue
from oekoreport.package import Package
from oekoreport.places import Place
from oekoreport.system import SystemRefusal, is_of_the_system, reason_of

_ = catalogue("oekoreport")

BEGINNING = 4096
"""So many bytes of a file are read to tell whose it is."""

LARGEST = 200_000_000
"""The largest file that is read whole: 100,000 receipts have 20 MB, a narrative full of photos 100."""

LONGEST = 2_000_000_000
"""The largest file that is hashed; no receipt has as much, and hashing it takes a few seconds."""


class Claim(IntEnum):
    """How sure an importer is that a file is its own. The surest reads it; two equally sure are a finding."""

    NONE = 0
    POSSIBLE = 1
    LIKELY = 2
    CERTAIN = 3


class FileTooLarge(SourceError):
    """A file of more bytes than any that holds the data of a project."""

    def __init__(self, place: Place, limit: int) -> None:
        super().__init__(
            _("The file is larger than {megabytes} MB and is not read.", megabytes=limit // 1_000_000),
            place=place,
            hint=_("Copy what belongs to the project into a new file, and move this one out of the folder."),
        )


class FileNotRead(SourceError):
    """A file that the system does not let us read, or that is gone."""

    def __init__(self, place: Place, error: OSError) -> None:
        super().__init__(
            _("The file cannot be read: {reason}.", reason=reason_of(error)),
            place=place,
            hint=_("Check that it is still there, that you may open it, and that no other program has it open."),
        )


class FileChanged(SourceError):
    """A file that is written to while the project is read."""

    def __init__(self, place: Place) -> None:
        super().__init__(
            _("The file was changed while it was being read."),
            place=place,
            hint=_("Wait until it is saved or copied completely, then start again."),
        )


class Source:
    """A file of the project: its path below the project's folder with forward slashes, and its bytes.

    The bytes come from memory or from the disk, from there when they are asked for. What was read once is known by its
    hash: other bytes at a second reading are an error, so that what is hashed is what was parsed.

    Args:
        name: the path below the project's folder.
        content: the bytes, or the folder that the file lies in.
    """

    def __init__(self, name: str, content: bytes | Enclosure) -> None:
        self.name = name
        self._origin = content
        self._sha256 = ""

    def __repr__(self) -> str:
        return f"Source({self.name!r})"

    @property
    def suffix(self) -> str:
        """The ending with its dot, in lower case."""
        stem, dot, ending = self.name.rpartition(".")
        return f".{ending.lower()}" if dot and stem else ""

    @cached_property
    def weight(self) -> int:
        """How many bytes whoever reads it has to go through.

        Raises:
            FileNotRead, Barred: it cannot be opened.
        """
        with self._opened() as file:
            return min(self._state(file)[0], LARGEST)

    @cached_property
    def beginning(self) -> bytes:
        """The first 4,096 bytes: with the name they are enough to tell whose the file is.

        Raises:
            FileNotRead: the system refuses.
        """
        with self._opened() as file:
            return file.read(BEGINNING)

    @cached_property
    def content(self) -> bytes:
        """The whole file.

        Raises:
            FileTooLarge, FileNotRead, FileChanged: it cannot be had.
        """
        with self._opened() as file, self._unchanged(file) as size:
            if size > LARGEST:
                raise FileTooLarge(Place(self.name), LARGEST)
            content = file.read(size + 1)
            if len(content) != size:
                raise FileChanged(Place(self.name))
        self._know(hashlib.sha256(content).hexdigest())
        return content

    def pieces(self) -> Iterator[bytes]:
        """Yield the whole file in pieces; it is hashed meanwhile.

        Raises:
            FileTooLarge, FileNotRead, FileChanged: it cannot be had.
        """
        digest = hashlib.sha256()
        with self._opened() as file, self._unchanged(file) as size:
            if size > LONGEST:
                raise FileTooLarge(Place(self.name), LONGEST)
            for start in range(0, size, PIECE):
                piece = file.read(min(PIECE, size - start))  # no more than there is: room costs time
                digest.update(piece)
                yield piece
            if file.tell() != size:
                raise FileChanged(Place(self.name))
        self._know(digest.hexdigest())

    @property
    def is_read(self) -> bool:
        """Whether the whole file was read: then it is among what documents are made of."""
        return bool(self._sha256)

    @property
    def sha256(self) -> str:
        """The hash of the bytes that were parsed; a file that was not read is read for it.

        Raises:
            FileTooLarge, FileNotRead, FileChanged: as ``pieces``.
        """
        if not self._sha256:
            for _piece in self.pieces():
                pass
        return self._sha256

    @cached_property
    def look(self) -> str:
        """The hash of all that is known of a file that was not read: its beginning, and whether it is too large.

        Empty where it cannot be opened.
        """
        try:
            with self._opened() as file:
                return hashlib.sha256(file.read(BEGINNING) + bytes([self._state(file)[0] > LARGEST])).hexdigest()
        except SourceError:
            return ""

    @cached_property
    def package(self) -> Package:
        """The parts of an office file; it is opened once for all importers that look into it.

        Raises:
            SourceError: ``DamagedArchive`` or ``PasswordProtected``, or as ``content``.
        """
        return Package(self.content, Place(self.name))

    def release(self) -> None:
        """Let go of the bytes; whoever asks for them again has the file read again."""
        for kept in ("beginning", "content", "package"):
            self.__dict__.pop(kept, None)

    @contextmanager
    def _opened(self) -> Iterator[BinaryIO]:
        try:
            with BytesIO(self._origin) if isinstance(self._origin, bytes) else self._origin.open(self.name) as file:
                yield file
        except OSError as error:
            if is_of_the_system(error):
                raise SystemRefusal(error) from error
            raise FileNotRead(Place(self.name), error) from error

    @contextmanager
    def _unchanged(self, file: BinaryIO) -> Iterator[int]:
        """Give the size of an open file; after ``with`` neither it nor the time of the last change may be another."""
        before = self._state(file)
        yield before[0]
        if self._state(file) != before:
            raise FileChanged(Place(self.name))

    def _state(self, file: BinaryIO) -> tuple[int, int]:
        if isinstance(self._origin, bytes):
            return len(self._origin), 0
        status = os.fstat(file.fileno())
        return status.st_size, status.st_mtime_ns

    def _know(self, sha256: str) -> None:
        """Keep the hash of the bytes; it must be that of the reading before."""
        if self._sha256 not in ("", sha256):
            raise FileChanged(Place(self.name))
        self._sha256 = sha256
