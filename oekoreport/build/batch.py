"""Many projects: each built in a worker process, what is up to date skipped, no project harmed by another."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread

from oekoreport.build.manifest import Order, is_up_to_date
from oekoreport.build.pipeline import build, exporters_of
from oekoreport.build.publishing import read_manifest
from oekoreport.contract import Registry
from oekoreport.errors import OekoreportError, UsageError
from oekoreport.folder import OUTPUT, projects_below
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


class WorkerDied(OekoreportError):
    """The process that built a project came to a sudden end (out of memory, a crash in a library)."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("The process that built {folder} ended unexpectedly.", folder=str(folder)),
            hint=_("Build it on its own to see more: oekoreport build {folder}", folder=str(folder)),
        )


class Crashed(OekoreportError):
    """A bug: building a project raised an exception that is not an OekoreportError."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(
            _("This should not have happened: {kind}: {error}", kind=type(error).__name__, error=str(error))
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


def find_projects(root: Path) -> list[Path]:
    """Return the project folders below ``root``, as ``projects_below`` finds them.

    Raises:
        NoProjects: there is none.
    """
    found = projects_below(root) if root.is_dir() else []
    if not found:
        raise NoProjects(root)
    return found


def run(
    folders: Iterable[Path], order: Order, registry: Registry, *, jobs: int | None = None, force: bool = False
) -> Iterator[Result]:
    """Build every project that is not up to date; yield each result as it comes.

    Raises:
        BrokenPlugins: an installed plugin is broken; nothing was built.
        UsageError: an exporter or an option is asked for that does not exist.
    """
    registry.demand_sound()
    exporters_of(order, registry)
    due = []
    for folder in folders:
        if not force and _is_up_to_date(folder, order, registry):
            yield _skipped(folder)
        else:
            due.append(folder)
    yield from _built(due, order, registry.left_out, jobs or os.cpu_count() or 1)


def _is_up_to_date(folder: Path, order: Order, registry: Registry) -> bool:
    """Tell whether a project needs no build; one that cannot be looked at does, and says then what is wrong."""
    try:
        return is_up_to_date(folder, registry, order)
    except (OekoreportError, OSError):
        return False


def _skipped(folder: Path) -> Result:
    manifest = read_manifest(folder / OUTPUT)
    return Result(folder, BuildState.SKIPPED, bool(manifest["draft"]), len(manifest["outputs"]))


def _built(folders: Sequence[Path], order: Order, without: frozenset[str], jobs: int) -> Iterator[Result]:
    """Build in a pool; where a worker dies, what was not done is built one by one, each in a pool of its own."""
    left = set(folders)
    for result in _pooled(folders, order, without, min(jobs, len(folders))):
        left.discard(result.folder)
        yield result
    for folder in sorted(left):
        yield next(
            _pooled([folder], order, without, 1), Result(folder, BuildState.FAILED, reasons=(WorkerDied(folder),))
        )


def _pooled(folders: Sequence[Path], order: Order, without: frozenset[str], jobs: int) -> Iterator[Result]:
    """Yield the results until all are done or a worker dies."""
    if not folders:
        return
    # Processes are started afresh, on every system as on Windows: a forked copy of threads and locks may hang.
    pool = ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), initializer=end_with_parent)
    try:
        futures = {pool.submit(build_one, folder, order, without): folder for folder in folders}
        for future in as_completed(futures):
            error = future.exception()
            if error is None:
                yield future.result()
            elif not isinstance(error, BrokenProcessPool):
                yield Result(futures[future], BuildState.FAILED, reasons=(Crashed(error),))
    except BrokenProcessPool:
        return  # it broke before all were submitted
    finally:
        pool.shutdown(cancel_futures=True)


def end_with_parent() -> None:
    """Let this worker end when its parent does: one that was killed cannot tell its workers to go."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)  # nobody is left to hear of anything else


def build_one(folder: Path, order: Order, without: frozenset[str]) -> Result:
    """Build one project in this process. Whatever goes wrong is in the result."""
    try:
        made = build(folder, _registry(without), order)
    except OekoreportError as error:
        return Result(folder, BuildState.FAILED, reasons=(error,))
    except OSError as error:
        return Result(folder, BuildState.FAILED, reasons=(SystemRefusal(error),))
    except Exception as error:  # noqa: BLE001 - one project must not end the others
        return Result(folder, BuildState.FAILED, reasons=(Crashed(error),))
    reasons = tuple(failure.error for failure in made.failures)
    state = BuildState.FAILED if reasons else BuildState.BUILT
    return Result(folder, state, made.report.draft, len(made.documents), reasons, made.notes)


@cache
def _registry(without: frozenset[str]) -> Registry:
    """Load the plugins once in each worker."""
    return Registry.discover(without)
