"""Whose a document is: what a built-in exporter makes is displaced by no other, and no two others share a path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import PurePosixPath

from oekoreport.build.jobs import Job
from oekoreport.build.publishing import alike, place_documents
from oekoreport.documents.papers import names_of
from oekoreport.errors import OekoreportError
from oekoreport.language import catalogue
from oekoreport.report import Document

_ = catalogue("oekoreport")


class SamePath(OekoreportError):
    """Two exporters of plugins yield documents of the same name, and nothing tells which one is meant."""

    def __init__(self, path: str, first: str, second: str) -> None:
        super().__init__(
            _("The exporters {first} and {second} both make {path}.", first=first, second=second, path=path),
            hint=_("The documents of both were withheld. Build with one of the two: -e NAME."),
        )


class TakesAnothers(OekoreportError):
    """An exporter yields a document that a built-in exporter makes."""

    def __init__(self, path: str, owner: str, name: str) -> None:
        super().__init__(
            _("The exporter {name} makes {path}, which is a document of {owner}.", name=name, path=path, owner=owner),
            hint=_("The documents of {name} were withheld. Report this to the plugin's author.", name=name),
        )


@dataclass(slots=True)
class Ownership:
    """Who makes which path; built-in exporters come first, and what they make for certain is theirs even if they fail.

    Attributes:
        ours: the names of the built-in exporters.
        contested: the exporters whose path another one wanted too, with why their documents are withheld.
    """

    ours: frozenset[str] = frozenset()
    contested: dict[str, SamePath] = field(default_factory=dict)
    _files: dict[str, str] = field(default_factory=dict)
    _folders: dict[str, str] = field(default_factory=dict)

    def reserve(self, jobs: Iterable[Job]) -> None:
        """Enter what built-in exporters make of their papers, as far as that is known before they run."""
        for job in jobs:
            if job.exporter.name in self.ours:
                named = (Document(name, b"") for name in chain.from_iterable(map(names_of, job.papers)))
                self.take(job.exporter.name, place_documents(named))

    def take(self, name: str, placed: Iterable[str]) -> None:
        """Enter an exporter's paths.

        Raises:
            TakesAnothers: one is a built-in exporter's.
            SamePath: one is another's, which is contested from now on.
        """
        paths = tuple(placed)
        for path in paths:
            for owner in self._owners(alike(path)) - {name}:
                if owner in self.ours:
                    raise TakesAnothers(path, owner, name)
                self.contested[owner] = SamePath(path, owner, name)
                raise self.contested[owner]
        self._files |= {alike(path): name for path in paths}
        self._folders |= {folder: name for path in paths for folder in _folders(alike(path))}

    def _owners(self, path: str) -> set[str]:
        """Return whose file stands there or where a folder of it has to be, and whose folder stands there."""
        found = {self._files.get(place) for place in (path, *_folders(path))} | {self._folders.get(path)}
        return {owner for owner in found if owner is not None}


def _folders(path: str) -> Iterator[str]:
    return (str(parent) for parent in PurePosixPath(path).parents[:-1])
