"""Sources: the files that a project holds, as bytes read once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from oekoreport.package import Package
from oekoreport.places import Place


class Claim(IntEnum):
    """How sure an importer is that a file is its own. The surest reads it; two equally sure are a finding."""

    NONE = 0
    POSSIBLE = 1
    LIKELY = 2
    CERTAIN = 3


@dataclass(frozen=True)
class Source:
    """A file of the project: its path below the project's folder with forward slashes, and its bytes."""

    name: str
    content: bytes

    @property
    def suffix(self) -> str:
        """The ending with its dot, in lower case."""
        stem, dot, ending = self.name.rpartition(".")
        return f".{ending.lower()}" if dot and stem else ""

    @cached_property
    def sha256(self) -> str:
        """The hash of the bytes that are parsed."""
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def package(self) -> Package:
        """The parts of an office file; it is opened once for all importers that look into it.

        Raises:
            SourceError: ``DamagedArchive`` or ``PasswordProtected``.
        """
        return Package(self.content, Place(self.name))
