"""Many projects: built in workers, skipped where they are up to date, none harmed by another."""

import hashlib
import importlib.metadata
import json
import os
import pickle
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from oekoreport.build.batch import BuildState, NoProjects, find_projects
from oekoreport.build.batch import Result as BatchResult
from oekoreport.build.manifest import Order
from oekoreport.build.publishing import digest_of, inputs_of, read_manifest
from oekoreport.build.watching import Stopped
from oekoreport.cli.program import program
from oekoreport.errors import SourceError
from oekoreport.language import Message
from oekoreport.places import Place
from oekoreport.steps import Excess

BUILT_IN = sorted(point.name for point in importlib.metadata.entry_points(group="oekoreport"))

Batch = Callable[..., Result]


WITHOUT = [part for name in BUILT_IN for part in ("--without", name)]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The tiny plugin installed as a distribution of its own, so that workers find it too."""
    site = tmp_path / "site-packages"
    meta = site / "tiny_plugin-1.0.dist-info"
    meta.mkdir(parents=True)
    (meta / "METADATA").write_text("Metadata-Version: 2.1\nName: tiny-plugin\nVersion: 1.0\n")
    (meta / "entry_points.txt").write_text("[oekoreport]\ntiny = tiny_plugin\n")
    (site / "tiny_plugin.py").write_bytes((Path(__file__).parents[1] / "cli" / "tiny_plugin.py").read_bytes())
    return site


@pytest.fixture
def batch(site: Path, monkeypatch: pytest.MonkeyPatch) -> Batch:
    """Call ``batch`` with the tiny plugin alone."""
    monkeypatch.syspath_prepend(str(site))

    def call(*arguments: object) -> Result:
        asked = ["--lang", "en", *WITHOUT, "batch", "-j", "2", *map(str, arguments)]
        return CliRunner().invoke(program, asked, prog_name="oekoreport")

    return call


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Three projects, one of them a level deeper."""
    root = tmp_path / "runden"
    for name in ("a", "b", "kreis/c"):
        (root / name).mkdir(parents=True)
        (root / name / "projekt.lines").write_text(f"project;project;;title={name};reference_date=2021-06-30\n")
    return root


def documents(root: Path) -> dict[str, int]:
    """When each document was written."""
    return {str(path.relative_to(root)): path.stat().st_mtime_ns for path in root.glob("**/out/lists/*.txt")}


def test_every_project_is_built_once(batch: Batch, root: Path) -> None:
    result = batch(root)
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [
        f"{root / 'a'}  documents: 2",
        f"{root / 'b'}  documents: 2",
        f"{root / 'kreis' / 'c'}  documents: 2",
        "Projects: 3 · built: 3 · up to date: 0 · drafts: 0 · failed: 0",
    ]
    assert result.stderr == ""
    before = documents(root)
    assert len(before) == 3
    again = batch(root)
    assert again.exit_code == 0
    assert again.stdout == "Projects: 3 · built: 0 · up to date: 3 · drafts: 0 · failed: 0\n"
    assert documents(root) == before


def test_only_what_changed_is_built_unless_forced(batch: Batch, root: Path) -> None:
    batch(root)
    (root / "b" / "projekt.lines").write_text("project;project;;title=new;reference_date=2021-06-30\n")
    assert "built: 1 · up to date: 2" in batch(root).stdout
    assert (root / "b" / "out" / "lists" / "listing.txt").read_text().startswith("new")
    assert "built: 3 · up to date: 0" in batch(root, "--force").stdout
    assert "built: 3 · up to date: 0" in batch(root, "-o", "listing.shout=yes").stdout


def test_final_documents_are_built_whatever_lies_beside_them(batch: Batch, root: Path) -> None:
    batch(root)
    source, out = root / "b" / "projekt.lines", root / "b" / "out"
    source.write_text("project;project;;title=wrong;reference_date=2021-06-30\n")
    manifest = read_manifest(out)
    now = {source.name: hashlib.sha256(source.read_bytes()).hexdigest()}
    manifest["examined"]["inputs"] = inputs_of(now, manifest["examined"]["inputs"]["unread"])
    manifest["examined_sha256"] = digest_of(manifest["examined"])
    written = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    (out / "manifest.json").write_text(written, encoding="utf-8")
    assert "built: 0 · up to date: 3 · drafts: 0 · failed: 0" in batch(root).stdout, "nobody signs for a manifest"
    final = batch(root, "--final")
    assert final.exit_code == 2
    assert f"{root / 'b'}  could not be built\n" in final.stdout
    assert "built: 2 · up to date: 0 · drafts: 0 · failed: 1" in final.stdout


def test_a_broken_project_is_named_and_harms_no_other(batch: Batch, root: Path) -> None:
    (root / "b" / "projekt.lines").write_text("refuse\n")
    result = batch(root)
    assert result.exit_code == 2
    assert f"{root / 'b'}  could not be built\n  projekt.lines: It is torn." in result.stdout
    assert "  Glue it.\n" in result.stdout
    assert "built: 2 · up to date: 0 · drafts: 0 · failed: 1" in result.stdout
    assert not (root / "b" / "out").exists()
    again = batch(root)
    assert again.exit_code == 2
    assert "built: 0 · up to date: 2 · drafts: 0 · failed: 1" in again.stdout


TOO_FAR = {
    "die": "the process ended unexpectedly",
    "spin": "it took more computing time than it is allowed",
    "eat": "it took more memory than it is allowed",
    "wait": "it did nothing any more",
}


@pytest.mark.parametrize("how", TOO_FAR)
def test_a_reader_that_goes_too_far_takes_no_other_project_along(batch: Batch, root: Path, how: str) -> None:
    (root / "a" / "projekt.lines").write_text(f"{how}\n")
    result = batch(root, "--limits", "0.3")
    assert result.exit_code == 2
    assert f"  projekt.lines: The file was not read: {TOO_FAR[how]}. Without this file" in result.stdout
    assert "  If it is right as it is, allow more: --limits 4\n" in result.stdout
    assert "built: 2 · up to date: 0 · drafts: 0 · failed: 1" in result.stdout
    assert len(documents(root)) == 2


def test_a_file_that_cannot_be_read_within_the_limits_is_a_finding_and_the_rest_is_built(
    batch: Batch, root: Path
) -> None:
    (root / "a" / "more.lines").write_text("spin\n")
    result = batch(root, "--limits", "0.3")
    assert result.exit_code == 1
    assert f"{root / 'a'}  documents: 2, drafts\n" in result.stdout
    assert "built: 3 · up to date: 0 · drafts: 1 · failed: 0" in result.stdout


@pytest.mark.parametrize("how", TOO_FAR)
def test_an_exporter_that_goes_too_far_is_named(batch: Batch, root: Path, how: str) -> None:
    (root / "b" / "projekt.lines").write_text(f"project;project;;title={how};reference_date=2021-06-30\n")
    result = batch(root, "--limits", "0.3")
    assert result.exit_code == 2
    assert f"{root / 'b'}  could not be built\n  The exporter listing was stopped: {TOO_FAR[how]}.\n" in result.stdout
    assert "built: 2 · up to date: 0 · drafts: 0 · failed: 1" in result.stdout
    assert not (root / "b" / "out").exists()


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="the worker calls a socket of Unix")
def test_workers_end_with_their_parent_when_that_is_killed(
    site: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)  # the path of a socket is short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("call")
        server.listen()
        server.settimeout(60)
        (root / "a" / "projekt.lines").write_text(f"hang;{root / 'call'}\n")
        command = [sys.executable, "-m", "oekoreport", *WITHOUT, "batch", "-j", "2", str(root)]
        paths = os.pathsep.join([str(site), *sys.path])
        with subprocess.Popen(command, env={**os.environ, "PYTHONPATH": paths}, stdout=subprocess.DEVNULL) as parent:
            worker, _address = server.accept()
            with worker:
                parent.kill()
                worker.settimeout(10)
                assert worker.recv(1) == b"", "the connection ends with the worker"


def test_an_output_folder_that_cannot_be_written_is_named_as_in_a_build(batch: Batch, root: Path) -> None:
    (root / "a" / "out").write_text("a file")
    result = batch(root)
    assert result.exit_code == 2
    assert f"{root / 'a' / 'out'} is a file, but a folder is needed there.\n" in result.stdout
    assert "built: 2 · up to date: 0 · drafts: 0 · failed: 1" in result.stdout


def test_options_that_do_not_exist_stop_before_anything_is_built(batch: Batch, root: Path) -> None:
    result = batch(root, "-o", "listing.whisper=yes")
    assert result.exit_code == 2
    assert result.stderr == "Error: The exporter listing has no option “whisper”.\n  Available: paper, shout, times.\n"
    assert not documents(root)


def test_a_template_of_a_project_that_nothing_uses_is_named(batch: Batch, root: Path) -> None:
    (root / "a" / "templates").mkdir()
    (root / "a" / "templates" / "logo.png").write_bytes(b"")
    assert f"{root / 'a'}  Note: Nothing uses templates/logo.png" in batch(root).stdout


def test_drafts_are_counted_when_built_and_when_skipped(batch: Batch, root: Path) -> None:
    (root / "a" / "projekt.lines").write_text("project;project;;title=wrong;reference_date=2021-06-30\n")
    first, second = batch(root), batch(root)
    assert f"{root / 'a'}  documents: 2, drafts\n" in first.stdout
    assert (first.exit_code, second.exit_code) == (1, 1)
    assert "up to date: 3 · drafts: 1" in second.stdout
    final = batch(root, "--final", "--force")
    assert final.exit_code == 2
    assert "cannot be built as final: TINY-TITLE" in final.stdout


def test_projects_are_found_where_they_are(root: Path) -> None:
    for inside in ("a/out", "a/belege", "b/templates", ".hidden"):
        (root / inside).mkdir(parents=True)
        (root / inside / "projekt.xlsx").write_bytes(b"")
    (root / "d").mkdir()
    (root / "d" / "Projekt.XLSX").write_bytes(b"")
    (root / "e").mkdir()
    (root / "e" / "~$projekt.xlsx").write_bytes(b"")
    assert [path.relative_to(root).as_posix() for path in find_projects(root).projects] == ["a", "b", "d", "kreis/c"]
    assert find_projects(root / "a").projects == (root / "a",)


def test_no_project_is_an_error(batch: Batch, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for place in ("empty", "nowhere"):
        result = batch(tmp_path / place)
        assert result.exit_code == 2
        assert result.stderr.startswith(f"Error: There is no project below {tmp_path / place}.\n")
    with pytest.raises(NoProjects):
        find_projects(tmp_path / "empty")


def test_results_cross_processes_whole() -> None:
    error = SourceError(Message("{what} is torn.", what="It"), place=Place("a.xlsx", "Belege", "F", 12))
    result = BatchResult(Path("a"), BuildState.FAILED, reasons=(error, Stopped(Excess.MEMORY, None)))
    copy = pickle.loads(pickle.dumps(result))  # noqa: S301 - its own bytes
    assert [str(reason) for reason in copy.reasons] == [str(reason) for reason in result.reasons]
    assert copy.reasons[0].place == error.place
    order = Order(("a",), {"a": {"b": "c"}})
    assert pickle.loads(pickle.dumps(order)) == order  # noqa: S301 - the same
