"""Disks and systems that refuse: what is full, broken or short costs no document that was made before."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.attacks.attack import attack
from tests.attacks.ground import Ground


def _as_before(ground: Ground, *says: str, **surroundings: dict[str, str]) -> None:
    """Demand that a build is refused for the system's sake, that no plugin is blamed, and ``out`` stays as it was."""
    ground.build_before()
    before = _contents(ground.out)
    ground.put("sachbericht.md", (ground.project / "sachbericht.md").read_text() + "\n\nNeu.\n")
    run = ground.ends(2, *says, by=("build", "runde"), **surroundings)
    assert "plugin" not in run.said.lower(), f"a plugin is blamed: {run.said}"
    assert _contents(ground.out) == before, "out is not as it was"
    ground.demand_nothing_left()


def _contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".oekoreport.lock"
    }


@contextmanager
def _disk(folder: Path, size: str) -> Iterator[None]:
    """Let a folder be a disk of this size; skipped where nobody may do that."""
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=False, capture_output=True
    )
    if made.returncode:
        pytest.skip("only root makes disks")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@contextmanager
def _limited(kind: int, limit: int) -> Iterator[None]:
    """Let what is started within be limited."""
    soft, hard = resource.getrlimit(kind)
    resource.setrlimit(kind, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(kind, (soft, hard))


def _allowed(limit: str) -> tuple[str, ...]:
    """Return the command that starts another within a limit of the shell's, too narrow for this process itself."""
    return ("sh", "-c", f'ulimit {limit} && exec "$@"', "sh")


@attack("TMPDIR is full", always=True)
def full_temporary(ground: Ground) -> None:
    with _disk(ground.temporary, "200k"):
        (ground.temporary / "voll").write_bytes(b"x" * 190_000)
        ground.keep(ground.temporary)
        _as_before(ground, "no space")


@attack("TMPDIR gets full in the middle of the work")
def filling_temporary(ground: Ground) -> None:
    with _disk(ground.temporary, "60k"):
        _as_before(ground, "no space")


@attack("The disk of the project is full")
def full_project(ground: Ground) -> None:
    ground.out.mkdir()
    with _disk(ground.out, "3m"):
        ground.build_before()
        _fill(ground.out)
        before = _contents(ground.out)
        ground.put("sachbericht.md", (ground.project / "sachbericht.md").read_text() + "\n\nNeu.\n")
        ground.ends(2, "no space", by=("build", "runde"))
        assert _contents(ground.out) == before


@attack("Files may have at most 100 kB")
def small_files(ground: Ground) -> None:
    ground.build_before()
    before = _contents(ground.out)
    with _limited(resource.RLIMIT_FSIZE, 100_000):
        running = ground.start("build", "runde", "--force")
    run = ground.hold(running.ended())
    assert run.code == 2, run.said
    assert _contents(ground.out) == before, "out is not as it was"


@attack("Files may have at most 0 bytes")
def no_files(ground: Ground) -> None:
    with _limited(resource.RLIMIT_FSIZE, 0):
        running = ground.start("check", "runde")
    ground.hold(running.ended())


@attack("A process may open 20 files")
def few_files(ground: Ground) -> None:
    ground.build_before()
    before = _contents(ground.out)
    ground.behind(*_allowed("-n 20"))
    run = ground.run("build", "runde")
    assert run.code == 0 or _contents(ground.out) == before, run.said


@attack("A process may open 8 files")
def fewer_files(ground: Ground) -> None:
    ground.behind(*_allowed("-n 8"))
    ground.run("check", "runde")


@attack("A process may have 400 MB of addresses")
def few_addresses(ground: Ground) -> None:
    ground.build_before()
    ground.behind(*_allowed("-v 400000"))
    run = ground.run("build", "runde", "--force")
    assert "author" not in run.said, run.said
    ground.behind()
    ground.demand_whole()


@attack("A process may use 1 second of CPU")
def little_time(ground: Ground) -> None:
    ground.build_before()
    before = _contents(ground.out)
    with _limited(resource.RLIMIT_CPU, 1):
        running = ground.start("build", "runde")
    run = running.ended()
    assert run.code in (2, -9, -24), run.said
    assert _contents(ground.out) == before
    ground.runs.append(run)


@attack("A user may have no more processes")
def no_processes(ground: Ground) -> None:
    with _limited(resource.RLIMIT_NPROC, 1):
        running = ground.start("build", "runde")
    ground.hold(running.ended())
    ground.demand_whole()


@attack("The disk of a batch gets full")
def full_batch(ground: Ground) -> None:
    ground.several(2)
    with _disk(ground.root / "runden/0/out", "500k"):
        ground.ends(2, "runden/0/out cannot be written: no space", by=("batch", "runden"))
    built = [number for number in range(2) if (ground.root / f"runden/{number}/out/manifest.json").exists()]
    assert built == [1], f"built: {built}"


@attack("HOME does not exist, and cannot be made")
def no_home(ground: Ground) -> None:
    ground.ends(0, by=("build", "runde"), environment={"HOME": "/nirgends/daheim"})
    ground.demand_whole()


@attack("HOME is full")
def full_home(ground: Ground) -> None:
    with _disk(ground.home, "16k"):
        ground.run("build", "runde")


def _fill(folder: Path) -> None:
    """Write a file of the folder full, hidden as what systems leave."""
    try:
        with (folder / ".voll").open("wb") as file:
            while True:
                file.write(b"x" * 4096)
                file.flush()
    except OSError:
        os.sync()
