"""A project's folder: what its parts are called, and listings from which nothing disappears.

A folder that the system does not let us list would look like an empty one, and what lies in it would be missing from
the project without a word. So every listing of a project goes through this module, which raises in that case.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from oekoreport.errors import SourceError
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

PROJECT_STEMS = ("projekt", "project")
"""A folder that holds a file of this name, whatever its ending, is a project."""

LEFT_BEHIND = (".", "~$")
"""How the names begin of what systems and open programs leave in a folder: never an input."""

LEFT_BY_WINDOWS = frozenset({"thumbs.db", "desktop.ini"})


class FolderNotListed(SourceError):
    """The system does not let us see what a folder holds."""

    def __init__(self, folder: Path, error: OSError) -> None:
        super().__init__(
            _("{folder} cannot be listed: {reason}.", folder=str(folder), reason=reason_of(error)),
            hint=_("Get permission to read the folder, or move it elsewhere; otherwise its contents would be missing."),
        )


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
    try:
        return sorted(path.name for path in folder.iterdir())
    except OSError as error:
        raise FolderNotListed(folder, error) from error


def files_below(folder: Path, *, without: Collection[str] = ()) -> list[str]:
    """Return the files below a folder, as sorted paths with forward slashes; links to folders are followed once.

    Args:
        folder: where to look; no files lie below a folder that does not exist.
        without: folders directly below it that are left out.

    Raises:
        FolderNotListed: the system refuses to list the folder or one below it.
    """

    def refuse(error: OSError) -> None:
        raise FolderNotListed(Path(error.filename), error) from error

    found: list[str] = []
    for place, below, files in _walk(folder, refuse) if folder.is_dir() else ():
        if place == folder:
            below[:] = [name for name in below if name not in without]
        paths = (place / name for name in files if not _is_left_behind(name))
        found += [path.relative_to(folder).as_posix() for path in paths if path.is_file() or path.is_symlink()]
    return sorted(found)


def projects_below(root: Path) -> list[Path]:
    """Return the project folders below ``root``, itself included, sorted; no project lies within another.

    A folder that cannot be listed is among them, for it may hold a project: whoever opens it is told why it is closed.
    """
    found: list[Path] = []
    for place, below, files in _walk(root, lambda error: found.append(Path(error.filename))):
        if any(map(_names_project, files)):
            found.append(place)
            below.clear()
        below[:] = [name for name in below if name not in (OUTPUT, OWN_TEMPLATES)]
    return sorted(found)


def _walk(folder: Path, refused: Callable[[OSError], None]) -> Iterator[tuple[Path, list[str], list[str]]]:
    """Yield folders from the top with the names of folders and files in them; what is removed is not entered."""
    seen: set[tuple[int, int]] = set()
    for place, below, files in os.walk(folder, onerror=refused, followlinks=True):
        below[:] = [name for name in sorted(below) if not _is_left_behind(name)]
        if _is_new(Path(place), seen):
            yield Path(place), below, files
        else:
            below.clear()


def _is_new(folder: Path, seen: set[tuple[int, int]]) -> bool:
    """Tell whether neither a folder nor a link to it was entered before; note that it is now."""
    status, known = folder.stat(), len(seen)
    seen.add((status.st_dev, status.st_ino))
    return len(seen) > known


def sha256_of(file: Path) -> str | None:
    """Return the hash of a file's bytes; None if there is no such file."""
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else None


def _is_left_behind(name: str) -> bool:
    return name.startswith(LEFT_BEHIND) or name.casefold() in LEFT_BY_WINDOWS


def _names_project(name: str) -> bool:
    return Path(name).stem.casefold() in PROJECT_STEMS
