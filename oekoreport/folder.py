"""A project's folder: what its parts are called, and listings from which nothing disappears.

A folder that the system does not let us list would look like an empty one, and what lies in it would be missing from
the project without a word. So every listing of a project goes through this module, which raises in that case, and
names links, pipes and devices instead of following or opening them.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from oekoreport.enclosure import Barred, Enclosure, Kind, Linked, NotAFile
from oekoreport.errors import OekoreportError, SourceError
from oekoreport.language import catalogue
from oekoreport.system import reason_of

_ = catalogue("oekoreport")

PROJECT_FILE = "projekt.xlsx"
NARRATIVE_FILE = "sachbericht.docx"
INTAKE_FOLDER = "erhebung"
"""Where the forms lie that participants send back."""

EVIDENCE_FOLDER = "belege"
"""Where scans and e-invoices of receipts lie."""

OUTPUT = "out"
INTERNAL = "intern"
"""Where in it the documents lie that nobody outside is given."""

OWN_TEMPLATES = "templates"
"""Where a project's own templates lie; they go before those that plugins bring."""

SIGNED = "unterzeichnet"
"""Where signed documents lie, beside those that builds replace: no build reads or touches them."""

NO_INPUTS = (OUTPUT, OWN_TEMPLATES, SIGNED)
"""The folders of a project in which no input lies, and no project either."""

PROJECT_STEMS = ("projekt", "project")
"""A folder that holds a file of this name, whatever its ending, is a project."""

LEFT_BEHIND = (".", "~$")
"""How the names begin of what systems and open programs leave in a folder: never an input."""

LEFT_BY_WINDOWS = frozenset({"thumbs.db", "desktop.ini"})

DEEPEST = 64
"""How many folders within each other are entered; each listing goes the whole way from the top."""


class FolderNotListed(SourceError):
    """The system does not let us see what a folder holds."""

    def __init__(self, folder: Path, error: OSError) -> None:
        super().__init__(
            _("{folder} cannot be listed: {reason}.", folder=str(folder), reason=reason_of(error)),
            hint=_("Get permission to read the folder, or move it elsewhere; otherwise its contents would be missing."),
        )
        self.folder = folder


def is_project(folder: Path) -> bool:
    """Tell whether a folder holds a project.

    Raises:
        FolderNotListed: nobody can tell.
    """
    return folder.is_dir() and any(map(_names_project, listed(folder)))


def listed(folder: Path) -> list[str]:
    """Return the names in a folder, sorted.

    Raises:
        FolderNotListed: the system refuses.
    """
    return [name for name, _kind in _entries(Enclosure(folder), "")]


def files_below(
    folder: Enclosure | Path,
    *,
    without: Collection[str] = (),
    barred: Callable[[str, Barred], object] | None = None,
    empty: Callable[[str], object] | None = None,
) -> list[str]:
    """Return the files below a folder, as sorted paths with forward slashes; links are not followed.

    Args:
        folder: where to look; no files lie below a folder that does not exist.
        without: names directly in it that are left out.
        barred: takes the path of each link and of each thing that is no file and no folder, with the error on it.
        empty: takes the path of each folder in which nothing lies.

    Raises:
        Barred: there is such a thing, and nobody takes it.
        FolderNotListed: the system refuses to list the folder or one below it.
    """
    top = folder if isinstance(folder, Enclosure) else Enclosure(folder)
    found: list[str] = []
    for place, entries in _walk(top, _refuse) if _is_there(top) else ():
        left_out = without if not place else ()
        entries[:] = [each for each in entries if each[0] not in left_out and not _is_left_behind(each[0])]
        if place and not entries and empty is not None:
            empty(place.removesuffix("/"))
        for name, kind in entries:
            if kind is Kind.FILE:
                found.append(f"{place}{name}")
            elif kind is not Kind.FOLDER:
                (barred or _bar)(f"{place}{name}", _error_on(top.path(f"{place}{name}"), kind))
    return sorted(found)


@dataclass(frozen=True, slots=True)
class Found:
    """The project folders below another, sorted; and those that may hold one and are closed, with the reason."""

    projects: tuple[Path, ...]
    closed: Mapping[Path, OekoreportError]


def projects_below(root: Path) -> Found:
    """Return the project folders below ``root``, itself included; no project lies within another.

    Closed are folders that cannot be listed and links to folders, which are not followed.
    """
    found: list[Path] = []
    closed: dict[Path, OekoreportError] = {}

    def note(error: FolderNotListed) -> None:
        closed[error.folder] = error

    for place, entries in _walk(Enclosure(root), note):
        if any(_names_project(name) for name, kind in entries if kind is not Kind.FOLDER):
            found.append(root / place)
            entries.clear()
        entries[:] = [each for each in entries if each[0] not in NO_INPUTS]
        links = (root / place / name for name, kind in entries if kind is Kind.LINK and not _is_left_behind(name))
        closed.update((link, Linked(link)) for link in links if not os.path.isfile(link))  # noqa: PTH113 - False if refused
    return Found(tuple(sorted(found)), dict(sorted(closed.items())))


Entries = list[tuple[str, Kind]]
"""The names in a folder, with what they stand for."""


def _walk(top: Enclosure, refused: Callable[[FolderNotListed], object]) -> Iterator[tuple[str, Entries]]:
    """Yield the way to each folder (``""``, ``"a/"``, ``"a/b/"``) with its entries; what is removed is not entered."""
    ahead = [""]
    while ahead:
        place = ahead.pop()
        try:
            entries = _entries(top, place.removesuffix("/"))
        except FolderNotListed as error:
            refused(error)
            continue
        yield place, entries
        inner = [f"{place}{name}/" for name, kind in entries if kind is Kind.FOLDER and not _is_left_behind(name)]
        ahead += reversed(inner)


def _entries(top: Enclosure, name: str) -> Entries:
    if name.count("/") > DEEPEST:
        raise FolderNotListed(top.path(name), OSError(errno.ENAMETOOLONG, ""))
    try:
        return top.entries(name)
    except OSError as error:
        raise FolderNotListed(top.path(name), error) from error


def _is_there(folder: Enclosure) -> bool:
    try:
        return folder.kind() is not None
    except OSError as error:
        raise FolderNotListed(folder.path(), error) from error


def _refuse(error: FolderNotListed) -> NoReturn:
    raise error


def _bar(_name: str, error: Barred) -> NoReturn:
    raise error


def _error_on(path: Path, kind: Kind) -> Barred:
    return Linked(path) if kind is Kind.LINK else NotAFile(path)


def sha256_of(file: Path) -> str | None:
    """Return the hash of a file's bytes; None if there is no such file."""
    return Enclosure(file.parent).sha256(file.name)


def _is_left_behind(name: str) -> bool:
    return name.startswith(LEFT_BEHIND) or name.casefold() in LEFT_BY_WINDOWS


def _names_project(name: str) -> bool:
    return Path(name).stem.casefold() in PROJECT_STEMS
