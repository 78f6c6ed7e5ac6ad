"""Templates: data files of plugins; those in a project's own ``templates`` folder go first."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import NoReturn

from oekoreport.enclosure import Barred, Enclosure, Kind
from oekoreport.errors import TemplateError
from oekoreport.folder import files_below
from oekoreport.language import catalogue
from oekoreport.places import Place
from oekoreport.system import reason_of

_ = catalogue("oekoreport")

MOST_BYTES = 20_000_000
"""The most that a file of a project's own templates may have; a photo of 50 million pixels is that large as JPEG."""


@dataclass(frozen=True, slots=True)
class TemplateFolder:
    """A folder of templates that a plugin brings, under a name: ``funding`` gives ``funding/report.docx``.

    ``slots`` are the names of files that it looks for and does not bring: a logo. A ``*`` stands for any text.
    """

    name: str
    path: Path
    slots: tuple[str, ...] = ()


def shipped_templates(name: str) -> Path:
    """Return a folder of this distribution's templates, installed or in the source tree.

    An editable install has no copy of its own: there the folder beside our own pyproject.toml is used.
    """
    package = Path(__file__).parents[1]
    root = package.parent
    if (root / "pyproject.toml").exists() and (root / "templates" / name).is_dir():
        return root / "templates" / name
    return package / "templates" / name


class NoSuchTemplate(TemplateError):
    """A template is asked for that no plugin brings and the project does not hold."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(
            _("There is no template “{name}”.", name=name),
            hint=_("Available: {known}.", known=tuple(sorted(known))),
        )


class TemplateBarred(TemplateError):
    """A template of the project's own is a link, a pipe or a device, or lies behind a link."""

    def __init__(self, name: str, error: Barred) -> None:
        super().__init__(error.message, place=Place(name), hint=error.hint)


class TemplateNotRead(TemplateError):
    """The system does not let us read a template."""

    def __init__(self, name: str, error: OSError) -> None:
        super().__init__(
            _("The template {path} cannot be read: {reason}.", path=str(error.filename), reason=reason_of(error)),
            place=Place(name),
            hint=_("Get permission to read the file, or replace it."),
        )


class OwnFileTooLarge(TemplateError):
    """A file of the project's own templates is larger than any template or logo is; it was not read."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("The file has more than {megabytes} MB, and was not read.", megabytes=MOST_BYTES // 1_000_000),
            place=Place(name),
            hint=_("Save the pictures in it smaller; 2,000 pixels are enough for the width of a page."),
        )


class Templates:
    """Finds templates by name, reads each file once, and remembers the hashes of those that were used."""

    def __init__(self, folders: Iterable[TemplateFolder], own: Path | None = None) -> None:
        folders = tuple(folders)
        self._folders = {folder.name: folder.path for folder in folders}
        self._slots = tuple(f"{folder.name}/{slot}" for folder in folders for slot in folder.slots)
        self._own = Enclosure(own.parent).below(own.name) if own is not None else None
        self._used: dict[str, str | None] = {}
        self._contents: dict[str, bytes] = {}

    def read(self, name: str) -> bytes:
        """Return a template's bytes: ``funding/report.docx`` is the project's own if it has one, else the plugin's.

        Raises:
            NoSuchTemplate: nobody has it.
            TemplateBarred, TemplateNotRead, OwnFileTooLarge: it cannot be had.
        """
        self._used[name] = None
        content = self.look_at(name)
        self._used[name] = hashlib.sha256(content).hexdigest()
        return content

    def look_at(self, name: str) -> bytes:
        """Return a template's bytes without counting it among those that documents are made of.

        Raises:
            NoSuchTemplate, TemplateBarred, TemplateNotRead, OwnFileTooLarge: as ``read``.
        """
        if name not in self._contents:
            content = self._content(name)
            if content is None:
                raise NoSuchTemplate(name, self._names())
            self._contents[name] = content
        return self._contents[name]

    def find(self, name: str) -> bytes | None:
        """Return the bytes of a file that a project may have or not (a logo); None where nobody has it.

        Raises:
            TemplateBarred, TemplateNotRead, OwnFileTooLarge: it cannot be had.
        """
        self._used[name] = None
        content = self._contents.get(name) or self._content(name)
        if content is None:
            return None
        self._contents[name] = content
        return self.read(name)

    @property
    def used(self) -> Mapping[str, str | None]:
        """The SHA-256 of each template that was asked for, by name; None for one that nobody has."""
        return dict(sorted(self._used.items()))

    def now(self, names: Iterable[str]) -> dict[str, str | None]:
        """Return the SHA-256 of these templates as they are now; None for one that nobody has.

        Raises:
            TemplateBarred, TemplateNotRead, OwnFileTooLarge: one cannot be had.
        """
        own = None if self._own is None or self._own.kind() is None else self._own  # most projects have none
        return {name: self._sha256(name, own) for name in names}

    def is_own(self, name: str) -> bool:
        """Tell whether a template is the project's own file, be it one that cannot be read."""
        try:
            return self._own is not None and _holds(self._own, name)
        except (Barred, OSError):
            return True

    def idle(self) -> Iterator[tuple[str, str | None]]:
        """Yield each file of the project's own templates that no template has the name of, and the nearest name.

        Raises:
            TemplateBarred: a link, a pipe or a device is among them.
            FolderNotListed: nobody can tell which there are.
        """
        known = sorted({*self._names(), *self._slots, *self._used})
        for name in files_below(self._own, barred=_refuse) if self._own is not None else ():
            if not any(fnmatchcase(name, other) for other in known):
                yield name, _nearest(name, known)

    def _content(self, name: str) -> bytes | None:
        """Return what a template holds now; None for one that nobody has. A folder in its place is not it."""
        with _had(name):
            if self._own is not None and _holds(self._own, name):
                return _read(self._own, name)
            brought = self._brought(name)
            return None if brought is None else brought.read_bytes()

    def _sha256(self, name: str, own: Enclosure | None) -> str | None:
        """Return the hash of what a template holds now; None for one that nobody has."""
        with _had(name):
            if own is not None and _holds(own, name):
                return hashlib.sha256(_read(own, name)).hexdigest()
            brought = self._brought(name)
            return None if brought is None else _sha256_of(brought, _state(brought))

    def _brought(self, name: str) -> Path | None:
        """Return the file of a plugin, whose folder lies where it was installed and may be made of links."""
        folder, _slash, rest = name.partition("/")
        path = self._folders[folder] / rest if folder in self._folders else None
        return None if path is None or not path.is_file() else path

    def _names(self) -> Iterable[str]:
        for name, folder in self._folders.items():
            paths = (path for path in folder.rglob("*") if path.is_file())
            yield from (f"{name}/{path.relative_to(folder).as_posix()}" for path in paths)


@contextmanager
def _had(name: str) -> Iterator[None]:
    """Name the template that cannot be had.

    Raises:
        TemplateBarred, TemplateNotRead: it cannot.
    """
    try:
        yield
    except Barred as error:
        raise TemplateBarred(name, error) from error
    except OSError as error:
        raise TemplateNotRead(name, error) from error


def _holds(own: Enclosure, name: str) -> bool:
    return own.kind(name) not in (None, Kind.FOLDER)


def _read(own: Enclosure, name: str) -> bytes:
    """Return a file of the project's own.

    Raises:
        OwnFileTooLarge: it is larger than any template or logo is.
    """
    content = own.read(name, MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise OwnFileTooLarge(name)
    return content


def _state(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_size, status.st_mtime_ns


@lru_cache(maxsize=1024)
def _sha256_of(path: Path, _state: tuple[int, int]) -> str:
    """Return the hash of a plugin's file: a batch asks for it once as long as it has the size and time that it has."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _refuse(name: str, error: Barred) -> NoReturn:
    raise TemplateBarred(name, error)


def _nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the name that a file was meant to have: the same in another folder, else the one that is most like it."""
    known = list(known)
    leaf = name.rpartition("/")[2].casefold()
    same = [other for other in known if fnmatchcase(leaf, other.rpartition("/")[2].casefold())]
    found = difflib.get_close_matches(name, same or known, n=1, cutoff=0.0 if same else 0.6)
    if not found:
        return None
    folder, slash, pattern = found[0].rpartition("/")
    return f"{folder}{slash}{leaf}" if "*" in pattern else found[0]
