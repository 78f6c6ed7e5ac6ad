"""Temporary folders: gone after use, swept where a process was killed, others' left alone."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil
import pytest

from oekoreport.language import Locale
from oekoreport.scratch import _of_the_system, scratch, sweep
from oekoreport.system import SystemRefusal


@pytest.fixture(autouse=True)
def own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files lie in these tests."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


def test_a_folder_is_the_users_own_and_gone_after_use(own_place: Path) -> None:
    with scratch("press") as folder:
        assert folder.parent == own_place
        assert folder.stat().st_mode & 0o077 == 0
        (folder / "name.json").write_text("{}")
        assert sweep() == 0, "its process runs"
    assert list(own_place.iterdir()) == []


def runs(process: int) -> bool:
    """Tell whether a process runs; one that nobody waited for is listed for ever."""
    return psutil.pid_exists(process) and psutil.Process(process).status() != psutil.STATUS_ZOMBIE


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
def test_what_a_killed_process_left_is_swept_with_what_works_in_it(own_place: Path) -> None:
    killed = (
        "import os, signal, subprocess, sys\n"
        "from oekoreport.scratch import scratch\n"
        "with scratch('office') as folder:\n"
        "    (folder / 'letter.docx').write_text('Frau Muster')\n"
        "    wait = [sys.executable, '-c', 'import signal; signal.pause()']\n"
        "    child = subprocess.Popen(wait, cwd=folder, stdout=subprocess.DEVNULL, start_new_session=True)\n"
        "    os.write(1, str(child.pid).encode())\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    environment = {**os.environ, "TMPDIR": str(own_place), "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", killed], env=environment, stdout=subprocess.PIPE, check=False)
    assert runs(int(done.stdout)), "it outlives the process that started it"
    assert len(list(own_place.iterdir())) == 1
    assert sweep() == 1
    assert list(own_place.iterdir()) == []
    assert not runs(int(done.stdout))


def test_folders_of_others_are_left_alone(own_place: Path) -> None:
    for name in ("oekoreport-press-abc", "oekoreport-", "oekoreport-1-2-3-press-x", "other-1-2-3-press-x"):
        (own_place / name).mkdir()
    (own_place / "precious").mkdir()
    (own_place / "oekoreport-1-2-press-x").symlink_to(own_place / "precious")
    assert sweep() == 0
    assert len(list(own_place.iterdir())) == 6


@pytest.mark.parametrize("variable", ["TMPDIR", "TEMP", "TMP"])
def test_a_folder_that_is_named_and_cannot_be_used_is_never_silently_another(
    own_place: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.delenv("TMPDIR")
    monkeypatch.setenv(variable, str(own_place / "gone"))
    with pytest.raises(SystemRefusal) as caught, scratch("press"):
        pytest.fail("there is one")
    assert caught.value.localize(Locale("en")) == (
        f"Temporary files cannot be written to {own_place / 'gone'}: it does not exist.\n"
        "Set the variable TMPDIR (on Windows TEMP) to a folder of yours."
    )
    assert sweep() == 0


def test_a_plugin_that_names_another_folder_to_python_moves_nothing(
    own_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(own_place / "elsewhere"))
    with scratch("press") as folder:
        assert folder.parent == own_place


@pytest.mark.parametrize(("name", "taken"), [("runde", False), ("tmp", True)])
def test_the_working_folder_is_taken_by_no_accident(
    own_place: Path, monkeypatch: pytest.MonkeyPatch, name: str, *, taken: bool
) -> None:
    (own_place / name).mkdir()
    monkeypatch.chdir(own_place / name)
    monkeypatch.delenv("TMPDIR")
    monkeypatch.setattr(tempfile, "tempdir", str(own_place / name))
    _of_the_system.cache_clear()
    try:
        if taken:
            with scratch("press") as folder:
                assert folder.parent == own_place / name
        else:
            with pytest.raises(SystemRefusal, match="it does not exist"), scratch("press"):
                pytest.fail("it lies in a project")
    finally:
        _of_the_system.cache_clear()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such mask")
def test_under_a_mask_that_denies_the_owner_nothing_is_made_that_nobody_could_remove(own_place: Path) -> None:
    before = os.umask(0o777)
    try:
        with pytest.raises(SystemRefusal, match="umask 0777: no permission"), scratch("press"):
            pytest.fail("nobody could use it")
    finally:
        os.umask(before)
    assert list(own_place.iterdir()) == []
