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
        self._used: dict[str, str] = {}

    def read(self, name: str) -> bytes:
        """Return a template's bytes: ``nrw/report.docx`` is the project's own if it has one, else the plugin's.

        Raises:
            NoSuchTemplate: nobody has it.
        """
        content = self._path(name).read_bytes()
        self._used[name] = hashlib.sha256(content).hexdigest()
        return content

    def is_own(self, name: str) -> bool:
        """Tell whether the project has a template of its own under this name."""
        return self._own is not None and (self._own / name).is_file()

    @property
    def used(self) -> Mapping[str, str]:
        """The SHA-256 of each template that was read, by name."""
        return dict(sorted(self._used.items()))

    def _path(self, name: str) -> Path:
        if self._own is not None and self.is_own(name):
            return self._own / name
        folder, _slash, rest = name.partition("/")
        if folder in self._folders and (path := self._folders[folder] / rest).is_file():
            return path
        raise NoSuchTemplate(name, self._names())

    def _names(self) -> Iterable[str]:
        for name, folder in self._folders.items():
            for path in folder.rglob("*"):
                if path.is_file():
                    yield f"{name}/{path.relative_to(folder).as_posix()}"
