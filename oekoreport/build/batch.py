"""Many projects: each built in a worker process, what is up to date skipped, no project harmed by another."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from oekoreport.build.manifest import Order, up_to_date
from oekoreport.build.pipeline import build, exporters_of
from oekoreport.build.publishing import is_draft
from oekoreport.build.recovery import is_interrupted, recover_project
from oekoreport.build.watching import Call, Limits, watched
from oekoreport.contract import Registry
from oekoreport.errors import OekoreportError, UsageError
from oekoreport.folder import Found, projects_below
from oekoreport.language import Message, catalogue
from oekoreport.system import SystemRefusal

_ = catalogue("oekoreport")


class NoProjects(UsageError):
    """No project lies below a folder."""

    def __init__(self, root: Path) -> None:
        super().__init__(
            _("There is no project below {root}.", root=str(root)),
            hint=_("A project is a folder with a file called projekt, for example projekt.xlsx."),
        )


class BuildState(StrEnum):
    """What became of a project."""

    BUILT = "built"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one project. ``draft`` holds for documents that were skipped too; ``reasons`` say what failed."""

    folder: Path
    state: BuildState
    draft: bool = False
    documents: int = 0
    reasons: tuple[OekoreportError, ...] = ()
    notes: tuple[Message, ...] = ()


def find_projects(root: Path) -> Found:
    """Return the project folders below ``root``, as ``projects_below`` finds them.

    Raises:
        NoProjects: there is none, and no folder that may hold one.
    """
    found = projects_below(root) if root.is_dir() else Found((), {})
    if not found.projects and not found.closed:
        raise NoProjects(root)
    return found


def unopened(found: Found) -> Iterator[Result]:
    """Yield as failed each folder that may hold a project and is closed to us."""
    for folder, error in found.closed.items():
        yield Result(folder, BuildState.FAILED, reasons=(error,))


def run(  # noqa: PLR0913 - what a batch is asked for
    folders: Iterable[Path],
    order: Order,
    registry: Registry,
    *,
    jobs: int | None = None,
    force: bool = False,
    limits: Limits,
) -> Iterator[Result]:
    """Build every project that is not up to date; yield each result as it comes.

    Final documents are built always: that a project is up to date is what files say that lie beside its documents.

    Raises:
        BrokenPlugins: an installed plugin is broken; nothing was built.
        UsageError: an exporter or an option is asked for that does not exist.
    """
    registry.demand_sound()
    exporters_of(order, registry)
    due = []
    for folder in folders:
        manifest = None if force or order.final else _up_to_date(folder, order, registry)
        if manifest is None:
            due.append(folder)
        else:
            yield Result(folder, BuildState.SKIPPED, is_draft(manifest), len(manifest["outputs"]))
    yield from _built(due, order, registry.left_out, jobs or os.cpu_count() or 1, limits)


def _up_to_date(folder: Path, order: Order, registry: Registry) -> Mapping[str, Any] | None:
    """Return the manifest of a project that needs no build; one that cannot be looked at does and says why."""
    try:
        return None if is_interrupted(folder) else up_to_date(folder, registry, order)
    except (OekoreportError, OSError):
        return None


def _built(
    folders: Sequence[Path], order: Order, without: frozenset[str], jobs: int, limits: Limits
) -> Iterator[Result]:
    """Build each in a worker that is watched; one that has to be given up costs no other."""
    calls = ((folder, Call(build_one, (folder, order, without))) for folder in folders)
    for folder, result in watched(calls, limits, jobs):
        if isinstance(result, OekoreportError):
            yield Result(folder, BuildState.FAILED, reasons=(result,))
        else:
            yield result


def build_one(folder: Path, order: Order, without: frozenset[str]) -> Result:
    """Build one project in this process. What goes wrong is in the result."""
    try:
        told = recover_project(folder)
        made = build(folder, _registry(without), order)
    except OekoreportError as error:
        return Result(folder, BuildState.FAILED, reasons=(error,))
    except OSError as error:
        return Result(folder, BuildState.FAILED, reasons=(SystemRefusal(error),))
    reasons = tuple(failure.error for failure in made.failures)
    state = BuildState.FAILED if reasons else BuildState.BUILT
    return Result(folder, state, made.report.draft, len(made.documents), reasons, (*told, *made.notes))


@cache
def _registry(without: frozenset[str]) -> Registry:
    """Load the plugins once in each worker."""
    return Registry.discover(without)
