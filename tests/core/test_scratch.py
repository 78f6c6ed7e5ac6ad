"""Temporary folders: gone after use, swept where a process was killed, others' left alone."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil
import pytest

from oekoreport.language import Locale
from oekoreport.scratch import scratch, sweep
from oekoreport.system import SystemRefusal


@pytest.fixture(autouse=True)
def own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files lie in these tests."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
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


def test_a_system_that_gives_no_folder_is_named(own_place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(own_place / "gone"))
    with pytest.raises(SystemRefusal) as caught, scratch("press"):
        pytest.fail("there is one")
    assert Locale("en").show(caught.value.message).endswith("it does not exist")
