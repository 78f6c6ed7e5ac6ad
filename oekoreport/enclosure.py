"""A folder that no path leads out of: what lies in it is reached by name, and never through a link.

A link in a project's folder would let whoever sends the project have a file read, overwritten or deleted that lies
elsewhere on the officer's machine. So every file of a project is opened, written, moved and removed here. Each part of
a path is opened with the order not to follow a link; where the system knows no such order (Windows), it is looked at
first, and junctions count as links. The folder itself is the user's own choice and may lie behind links.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import BinaryIO, Self

from oekoreport.errors import SourceError
from oekoreport.language import Message, catalogue

_ = catalogue("oekoreport")

BY_DESCRIPTOR = {os.open, os.stat, os.mkdir, os.rename, os.unlink, os.rmdir} <= os.supports_dir_fd
"""Whether the system takes a name in an open folder; then nobody can put a link into a way that was gone already."""

NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
OPEN_FOLDER = getattr(os, "O_PATH", os.O_RDONLY) | getattr(os, "O_DIRECTORY", 0)
OPEN_FILE = NO_FOLLOW | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Without waiting: opening a pipe would last until somebody writes into it."""

STANDS_FOR_ANOTHER = 0x2000_0000
"""The bit in Windows' reparse tags of links and mount points; files that OneDrive keeps in the cloud lack it."""

LEADING_ELSEWHERE = frozenset("\0" if os.sep == "/" else "\0\\:")
"""What cannot be in a part of a path; Windows takes more signs for the beginning of another part."""


PIECE = 1 << 20
"""How many bytes of a file are in memory while it is hashed."""


class Kind(Enum):
    """What a name in a folder stands for."""

    FILE = "file"
    FOLDER = "folder"
    LINK = "link"
    OTHER = "other"
    """A pipe, a socket, a device."""


class Barred(SourceError):
    """A path goes through a link or another thing that is neither a file nor a folder, or out of its folder."""

    def __init__(self, path: Path, what: Message, hint: Message) -> None:
        super().__init__(_("{path} {what}.", path=str(path), what=what), hint=hint)
        self.what = what


class Linked(Barred):
    """A link stands where a file or a folder has to be."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            _("is a link to another place, and links are not followed"),
            _("Put the file or the folder itself there instead of the link."),
        )


class NotAFile(Barred):
    """A pipe, a socket or a device stands where a file or a folder has to be."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, _("is neither a file nor a folder"), _("Move it elsewhere or delete it."))


class LeadsOut(Barred):
    """A path is meant to lie below a folder and does not."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, _("does not lie in its folder"), _("Name it by its path below the folder."))


@dataclass(frozen=True, slots=True)
class Enclosure:
    """What lies below a folder, by paths with forward slashes.

    Every method raises ``Barred`` where a part of a path is a link or no file and no folder, and ``OSError`` with the
    whole path where the system refuses.

    Attributes:
        root: the folder as its user names it.
        inner: a folder below it that is meant and that no link may lead to.
    """

    root: Path
    inner: tuple[str, ...] = ()
    _place: Path = field(init=False, repr=False, compare=False)
    """Where the folder is, whatever the working folder of the process becomes."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "_place", self.root.absolute())

    def below(self, name: str) -> Self:
        """Return a folder of this one as an enclosure of its own, whether it is there or not."""
        return type(self)(self.root, (*self.inner, *self._parts(name)))

    def path(self, name: str = "") -> Path:
        """Return where a name lies, for messages."""
        return self.root.joinpath(*self.inner, name)

    def kind(self, name: str = "") -> Kind | None:
        """Return what a name stands for; None where nothing has it."""
        try:
            with self._reached(name) as (leaf, folder):
                return _kind(os.stat(leaf, dir_fd=folder, follow_symlinks=False))
        except (FileNotFoundError, NotADirectoryError):
            return None

    def entries(self, name: str = "") -> list[tuple[str, Kind]]:
        """Return the names in a folder, sorted, with what they stand for."""
        with self._reached(name) as (leaf, folder):
            _demand(leaf, folder, self.root, *self.inner, name)
            if not BY_DESCRIPTOR:
                return _entries(leaf)
            opened = os.open(leaf, os.O_RDONLY | os.O_DIRECTORY | NO_FOLLOW, dir_fd=folder)
            try:
                return _entries(opened)
            finally:
                os.close(opened)

    def open(self, name: str, *, changing: bool = False) -> BinaryIO:
        """Open a file for reading, or for reading and writing."""
        opened, _size = self._file(name, os.O_RDWR if changing else os.O_RDONLY)
        return os.fdopen(opened, "r+b" if changing else "rb")

    def read(self, name: str, most: int = -1) -> bytes:
        """Return the bytes of a file, or only so many of them."""
        with self.open(name) as file:
            return file.read(most)

    def sha256(self, name: str) -> str | None:
        """Return the hash of a file's bytes; None where there is no such file."""
        digest = hashlib.sha256()
        try:
            opened, size = self._file(name, os.O_RDONLY)
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None
        try:
            while piece := os.read(opened, min(size + 1, PIECE)):  # no more than there is: room costs time
                digest.update(piece)
        finally:
            os.close(opened)
        return digest.hexdigest()

    def _file(self, name: str, mode: int) -> tuple[int, int]:
        """Open a file; return its descriptor and its size."""
        with self._reached(name) as (leaf, folder):
            _demand(leaf, folder, self.root, *self.inner, name)
            opened = os.open(leaf, mode | OPEN_FILE, dir_fd=folder)
            status = os.fstat(opened)
            if not stat.S_ISREG(status.st_mode):  # it is a folder, or changed since we looked
                os.close(opened)
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            return opened, status.st_size

    def write(self, name: str, content: bytes) -> None:
        """Write a new file; its folders are made. What is there already is never overwritten."""
        try:
            file = self._new(name)
        except FileNotFoundError:
            self.make_folder("/".join(self._parts(name)[:-1]))
            file = self._new(name)
        try:
            with file:
                file.write(content)
        except OSError as error:
            error.filename = str(self.path(name))
            raise

    def _new(self, name: str) -> BinaryIO:
        with self._reached(name) as (leaf, folder):
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | OPEN_FILE
            return os.fdopen(os.open(leaf, flags, 0o666, dir_fd=folder), "wb")

    def make_folder(self, name: str = "") -> None:
        """Make a folder, and those that it lies in, as far as they are missing."""
        parts = (*self.inner, *self._parts(name))
        for end in range(1, len(parts) + 1):
            type(self)(self.root, parts[:end]).make_this_folder()

    def make_this_folder(self) -> None:
        """Make the inner folder itself if it is missing."""
        with self._reached("") as (leaf, folder):
            try:
                os.mkdir(leaf, dir_fd=folder)
            except FileExistsError:
                if _demand(leaf, folder, self.path()) is not Kind.FOLDER:
                    raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR)) from None

    def move(self, source: str, target: str) -> None:
        """Give a file or a folder another name. What has that name already is never overwritten."""
        with self._reached(source) as (old, origin), self._reached(target) as (new, folder):
            if _is_there(new, folder):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
            os.rename(old, new, src_dir_fd=origin, dst_dir_fd=folder)

    def remove(self, name: str) -> None:
        """Remove a file; of a link the link."""
        with self._reached(name) as (leaf, folder):
            os.unlink(leaf, dir_fd=folder)

    def remove_folder(self, name: str) -> None:
        """Remove a folder that is empty."""
        with self._reached(name) as (leaf, folder):
            os.rmdir(leaf, dir_fd=folder)

    def remove_tree(self, name: str) -> None:
        """Remove a folder with all that is in it; of links in it the links."""
        with self._reached(name) as (leaf, folder):
            _demand(leaf, folder, self.root, *self.inner, name)
            shutil.rmtree(leaf, dir_fd=folder)

    def _parts(self, name: str) -> tuple[str, ...]:
        parts = tuple(name.split("/")) if name else ()
        if any(part in ("", ".", "..") or not LEADING_ELSEWHERE.isdisjoint(part) for part in parts):
            raise LeadsOut(self.root.joinpath(*self.inner, name.replace("\0", "?")))
        return parts

    @contextmanager
    def _reached(self, name: str) -> Iterator[tuple[str, int | None]]:
        """Yield how to call a name for the system, by a name in an open folder or by its path; no link leads there."""
        parts = (*self.inner, *self._parts(name))
        folder = None
        try:
            if not parts:
                yield os.path.realpath(self._place), None
            elif BY_DESCRIPTOR:
                folder = self._opened(parts[:-1])
                yield parts[-1], folder
            else:
                yield self._looked_at(parts), None
        except OSError as error:
            error.filename, error.filename2 = str(self.path(name)), None
            raise
        finally:
            if folder is not None:
                os.close(folder)

    def _opened(self, parts: tuple[str, ...]) -> int:
        """Open a folder below the root, part by part."""
        folder = os.open(self._place, OPEN_FOLDER)
        for index, part in enumerate(parts, 1):
            outer = folder
            try:
                folder = os.open(part, OPEN_FOLDER | NO_FOLLOW, dir_fd=outer)
            except OSError:
                _demand(part, outer, self.root, *parts[:index])
                raise
            finally:
                os.close(outer)
        return folder

    def _looked_at(self, parts: tuple[str, ...]) -> str:
        """Return a path after a look at each folder in it."""
        place = self._place
        for index, part in enumerate(parts[:-1], 1):
            place /= part
            if _demand(str(place), None, self.root, *parts[:index]) is not Kind.FOLDER:
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        return str(place / parts[-1])


def _demand(leaf: str, folder: int | None, *path: str | Path) -> Kind:
    """Return whether a name stands for a file or a folder.

    Raises:
        Linked, NotAFile: it stands for neither; the path is named.
    """
    kind = _kind(os.stat(leaf, dir_fd=folder, follow_symlinks=False))
    if kind is Kind.LINK:
        raise Linked(Path(*path))
    if kind is Kind.OTHER:
        raise NotAFile(Path(*path))
    return kind


def _is_there(leaf: str, folder: int | None) -> bool:
    try:
        os.stat(leaf, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return True


def _kind(status: os.stat_result) -> Kind:
    if stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) & STANDS_FOR_ANOTHER:
        return Kind.LINK
    if stat.S_ISDIR(status.st_mode):
        return Kind.FOLDER
    return Kind.FILE if stat.S_ISREG(status.st_mode) else Kind.OTHER


def _entries(folder: int | str) -> list[tuple[str, Kind]]:
    with os.scandir(folder) as entries:
        return sorted(((entry.name, _kind_of(entry)) for entry in entries), key=lambda each: each[0])


def _kind_of(entry: os.DirEntry[str]) -> Kind:
    """Return what an entry stands for, without asking the system again where the listing told it."""
    if entry.is_symlink() or (os.name == "nt" and _kind(entry.stat(follow_symlinks=False)) is Kind.LINK):
        return Kind.LINK
    if entry.is_dir(follow_symlinks=False):
        return Kind.FOLDER
    return Kind.FILE if entry.is_file(follow_symlinks=False) else Kind.OTHER
