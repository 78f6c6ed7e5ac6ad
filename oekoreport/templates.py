"""Templates: data files of plugins; those in a project's own ``templates`` folder go first."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from oekoreport.errors import TemplateError
from oekoreport.language import catalogue

_ = catalogue("oekoreport")


@dataclass(frozen=True, slots=True)
class TemplateFolder:
    """A folder of templates that a plugin brings, under a name: ``nrw`` gives ``nrw/report.docx``."""

    name: str
    path: Path


def shipped_templates(name: str) -> Path:
    """Return a folder of this distribution's templates, installed or in the source tree.

    An editable install has no copy of its own: there the folder beside our own pyproject.toml is used.
    """
    package = Path(__file__).parent
    root = package.parent
    if (root / "pyproject.toml").exists() and (root / "templates" / name).is_dir():
        return root / "templates" / name
    return package / "templates" / name


class NoSuchTemplate(TemplateError):
    """A template is asked for that no plugin brings and the project does not hold."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(
            _("There is no template “{name}”.", name=name),
            hint=_("There are: {known}.", known=tuple(sorted(known))),
        )


class Templates:
    """Finds templates by name and remembers the hashes of those that were used."""

    def __init__(self, folders: Iterable[TemplateFolder], own: Path | None = None) -> None:
        self._folders = {folder.name: folder.path for folder in folders}
        self._own = own
        self._used: dict[str, str | None] = {}

    def read(self, name: str) -> bytes:
        """Return a template's bytes: ``nrw/report.docx`` is the project's own if it has one, else the plugin's.

        Raises:
            NoSuchTemplate: nobody has it.
        """
        path = self._path(name)
        if path is None:
            raise NoSuchTemplate(name, self._names())
        content = path.read_bytes()
        self._used[name] = hashlib.sha256(content).hexdigest()
        return content

    def find(self, name: str) -> bytes | None:
        """Return the bytes of a file that a project may have or not (a logo); None where nobody has it."""
        self._used[name] = None
        return None if self._path(name) is None else self.read(name)

    @property
    def used(self) -> Mapping[str, str | None]:
        """The SHA-256 of each template that was asked for, by name; None for one that nobody has."""
        return dict(sorted(self._used.items()))

    def unchanged(self, used: Mapping[str, str | None]) -> bool:
        """Tell whether asking for the same templates again gives the same bytes."""
        for name in used:
            self.find(name)
        return self.used == used

    def _path(self, name: str) -> Path | None:
        if self._own is not None and (own := self._own / name).is_file():
            return own
        folder, _slash, rest = name.partition("/")
        if folder in self._folders and (path := self._folders[folder] / rest).is_file():
            return path
        return None

    def _names(self) -> Iterable[str]:
        for name, folder in self._folders.items():
            for path in folder.rglob("*"):
                if path.is_file():
                    yield f"{name}/{path.relative_to(folder).as_posix()}"
