"""The plan of an exchange: what goes, what comes, written down before the first file is moved."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from oekoreport.enclosure import Enclosure
from oekoreport.errors import PublishingError
from oekoreport.folder import files_below
from oekoreport.language import catalogue

_ = catalogue("oekoreport")

PLAN = "plan.json"


class BrokenPlan(PublishingError):
    """A run that was broken off left files that it had moved away, and nobody can tell any more where they belong."""

    def __init__(self, staging: Path) -> None:
        super().__init__(
            _(
                "{folder} was left by a run that was broken off; where its files belong is not known.",
                folder=str(staging),
            ),
            hint=_("Take the files that you need out of it, then delete the folder and build again."),
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """What an exchange does, by paths below its folder.

    Attributes:
        away: the files that go, as far as they are there.
        folders: the folders that are made for new files, the outer ones first.
        new: the files that come, each with its hash; the last one makes the exchange valid.
    """

    away: tuple[str, ...]
    folders: tuple[str, ...]
    new: dict[str, str]

    @classmethod
    def of(cls, folder: Enclosure, files: Mapping[str, bytes], away: Iterable[str]) -> Self:
        """Return the plan for a folder as it is now."""
        parents = sorted({parent for path in files for parent in _parents(path)})
        missing = tuple(parent for parent in parents if folder.kind(parent) is None)
        return cls(tuple(away), missing, {path: hashlib.sha256(content).hexdigest() for path, content in files.items()})

    @property
    def last(self) -> str:
        """The file that comes last."""
        return next(reversed(list(self.new)))

    def write(self, folder: Enclosure, staging: str) -> None:
        """Write the plan into a staging, whole or not at all."""
        folder.write(f"{staging}/{PLAN}~", json.dumps(asdict(self)).encode())
        folder.move(f"{staging}/{PLAN}~", f"{staging}/{PLAN}")


def read_plan(folder: Enclosure, staging: str) -> Plan | None:
    """Return the plan that lies in a staging; None where it was not written yet, or is done with.

    Raises:
        BrokenPlan: it is not what a run writes, or files were moved away without one.
    """
    if folder.kind(f"{staging}/{PLAN}") is None:
        if files_below(folder.below(f"{staging}/old")):
            raise BrokenPlan(folder.path(staging))
        return None
    try:
        return _plan(json.loads(folder.read(f"{staging}/{PLAN}")))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise BrokenPlan(folder.path(staging)) from None


def _plan(read: Any) -> Plan:
    plan = Plan(tuple(read["away"]), tuple(read["folders"]), dict(read["new"]))
    if not plan.new or not all(isinstance(text, str) for text in (*plan.away, *plan.folders, *plan.new.values())):
        raise ValueError(read)
    return plan


def _parents(path: str) -> Iterator[str]:
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path
