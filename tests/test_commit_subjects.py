"""The hook that `make` installs refuses long subjects of commits, and nothing else."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LONGEST = "Ä" + "x" * 71

pytestmark = pytest.mark.skipif(not (shutil.which("git") and shutil.which("make")), reason="git or make is missing")


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    alone = {"PATH": os.environ["PATH"], "GIT_CONFIG_GLOBAL": os.devnull}
    return subprocess.run(command, cwd=folder, env=alone, capture_output=True, text=True, check=False)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository of our Makefile and hooks, its hooks installed by make."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    shutil.copytree(ROOT / ".githooks", tmp_path / ".githooks")
    run(tmp_path, "git", "init")
    run(tmp_path, "git", "config", "user.name", "A")
    run(tmp_path, "git", "config", "user.email", "a@example.org")
    assert run(tmp_path, "make", "hooks").returncode == 0
    return tmp_path


def commit(checkout: Path, message: str) -> subprocess.CompletedProcess[str]:
    return run(checkout, "git", "commit", "--allow-empty", "--message", message)


@pytest.mark.parametrize(
    "message",
    [
        LONGEST,
        "Short\n\n" + "A body may have lines as long as its author likes, for instance one of more than 72 characters.",
        f"fixup! {LONGEST}",
        f'Revert "{LONGEST}"',
        f"Merge branch '{LONGEST}'",
    ],
    ids=["72 characters", "long body", "fixup", "revert", "merge"],
)
def test_a_commit_is_made(checkout: Path, message: str) -> None:
    result = commit(checkout, message)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    "message",
    [f"{LONGEST}!", f"{LONGEST}\n!", f"Merge {LONGEST}"],
    ids=["73 characters", "goes on in the next line", "merge in words of one's own"],
)
def test_a_commit_of_a_long_subject_is_refused(checkout: Path, message: str) -> None:
    result = commit(checkout, message)
    assert result.returncode == 1
    assert "characters; at most 72 are allowed:" in result.stderr
    assert message.replace("\n", " ") in result.stderr
    assert "git commit --edit --file=.git/COMMIT_EDITMSG" in result.stderr


def test_make_needs_no_repository(tmp_path: Path) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    result = run(tmp_path, "make", "hooks")
    assert (result.returncode, result.stderr) == (0, "")
