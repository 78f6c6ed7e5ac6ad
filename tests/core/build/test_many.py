"""Many projects in one batch: however many workers share them, each has the documents that it has alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from oekoreport.build.demo import write_demo
from oekoreport.build.publishing.run_file import RUN_FILE
from oekoreport.contract import Registry

COPIES, AGAIN = (20, 20) if os.environ.get("OEKOREPORT_TYPING_ROUNDS") else (3, 1)
"""How many projects, and how many of them are made once more; all in `make long`."""


def test_one_worker_and_two_make_the_same_files_and_what_is_made_again_is_the_same(tmp_path: Path) -> None:
    write_demo(tmp_path / "demo", Registry.discover())
    made = []
    for jobs in ("1", "2"):
        root = tmp_path / f"by-{jobs}"
        for number in range(COPIES):
            shutil.copytree(tmp_path / "demo", root / f"p{number}")
        _run("batch", str(root), "-j", jobs)
        made += [_files(root / f"p{number}" / "out") for number in range(COPIES)]
    assert len(made[0]) > 38
    assert all(each == made[0] for each in made)
    for number in range(AGAIN):
        _run("verify", "--rebuild", str(tmp_path / "by-2" / f"p{number}" / "out"))


def _files(out: Path) -> dict[str, bytes]:
    """Return what a build published, but for when and of which files."""
    files = {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    return {name: content for name, content in files.items() if name != RUN_FILE}


def _run(*arguments: str) -> None:
    done = subprocess.run([sys.executable, "-m", "oekoreport", *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
