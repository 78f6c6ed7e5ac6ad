"""Exchanges: killed at every single step, attacked with links, on full and broken drives; nothing is lost."""

import errno
import hashlib
import json
import os
import resource
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from oekoreport.build.publishing.exchange import STAGING, FileInUse, NotTakenBack, enclosed, put, recover
from oekoreport.build.publishing.lock import OutputNotWritable, locked
from oekoreport.build.publishing.plan import PLAN, BrokenPlan
from oekoreport.build.publishing.publication import NotAsMade, publish
from oekoreport.build.publishing.verify import verify
from oekoreport.enclosure import Enclosure, Linked
from oekoreport.report.report import Document

Tree = dict[str, bytes | None]

OLD = {"b.txt": b"2", "urkunden/c.txt": b"3", "alt/d.txt": b"4"}
NEW = {"b.txt": b"new", "urkunden/e.txt": b"5", "neu/tief/f.txt": b"6"}


def documents(contents: dict[str, bytes]) -> dict[str, Document]:
    return {path: Document(tuple(path.split("/")), content) for path, content in contents.items()}


def tree(folder: Path) -> Tree:
    """Return what is below a folder: bytes of files, None for folders."""
    found = sorted(folder.rglob("*"))
    return {each.relative_to(folder).as_posix(): each.read_bytes() if each.is_file() else None for each in found}


def nothing(_out: Path) -> None:
    """Leave the folder as it is: nothing was built yet."""


def built(out: Path) -> None:
    publish(out, documents(OLD), {})


def tampered(out: Path) -> None:
    """Let somebody change, add and delete files after the build."""
    built(out)
    (out / "urkunden" / "c.txt").write_bytes(b"signed")
    (out / "mine" / "notes.txt").parent.mkdir()
    (out / "mine" / "notes.txt").write_bytes(b"mine")
    (out / "b.txt").unlink()


SCENES: dict[str, tuple[Callable[[Path], None], bool]] = {
    "first build": (nothing, False),
    "files added, changed and removed": (built, False),
    "changed files given up": (tampered, True),
}


def killed_at(step: int, run: Callable[[], object]) -> bool:
    """Run something in a process that is killed before one of its changes to the disk; tell whether it came so far."""
    child = os.fork()
    if child == 0:
        try:
            _kill_before(step)
            run()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def _kill_before(step: int) -> None:
    left = [step]

    def counting(call: Callable[..., object]) -> Callable[..., object]:
        def counted(*arguments: object, **named: object) -> object:
            if call is not opened or int(str(arguments[1])) & os.O_CREAT:
                left[0] -= 1
                if left[0] < 0:
                    os.kill(os.getpid(), signal.SIGKILL)
            return call(*arguments, **named)

        return counted

    opened = os.open
    for name in ("mkdir", "rename", "unlink", "rmdir", "open", "fdopen"):
        setattr(os, name, counting(getattr(os, name)))


unix_only = pytest.mark.skipif(os.name == "nt", reason="a process is forked and killed")


@unix_only
@pytest.mark.parametrize("scene", SCENES)
def test_a_kill_at_any_step_is_undone_or_finished_by_the_next_run(tmp_path: Path, scene: str) -> None:
    prepare, force = SCENES[scene]
    undisturbed = tmp_path / "undisturbed"
    prepare(undisturbed)
    before = tree(undisturbed)
    publish(undisturbed, documents(NEW), {}, force=force)
    after, told, step = tree(undisturbed), set[str](), 0
    while True:
        out = tmp_path / f"out{step}"
        prepare(out)
        if not killed_at(step, lambda out=out: publish(out, documents(NEW), {}, force=force)):  # type: ignore[misc]
            break
        told |= {str(message).replace(str(out), "OUT") for message in recover(out)}
        assert tree(out) in (before, after), step
        assert recover(out) == ()
        publish(out, documents(NEW), {}, force=force)
        assert tree(out) == after, step
        assert verify(out) == (3, [])
        step += 1
    assert step > 20
    assert told == {
        "A run was broken off before it changed anything in OUT; what it left is removed.",
        "A run was broken off while it replaced files in OUT; they are as before again.",
        "A run was broken off when all was in place in OUT; what it left is removed.",
    }


@unix_only
def test_a_kill_while_a_kill_is_made_good_is_made_good_too(tmp_path: Path) -> None:
    built(tmp_path / "before")
    before = tree(tmp_path / "before")
    publish(tmp_path / "before", documents(NEW), {})
    after, step, again = tree(tmp_path / "before"), 0, 0
    while True:
        out = tmp_path / f"out{step}"
        built(out)
        if not killed_at(step, lambda out=out: publish(out, documents(NEW), {})):  # type: ignore[misc]
            break
        for late in (step % 13, step % 7):  # each step of recovering meets each state that it may be in
            again += killed_at(late, lambda out=out: recover(out))  # type: ignore[misc]
        recover(out)
        assert tree(out) in (before, after), step
        step += 1
    assert step > 20
    assert again > 20


@unix_only
@pytest.mark.parametrize("scene", ["first", "again"])
def test_files_of_a_project_that_were_half_written_when_a_kill_came_are_written_by_the_next_run(
    tmp_path: Path, scene: str
) -> None:
    files, step = {"erhebung/a.xlsx": b"1", "projekt.xlsx": b"2"}, 0
    while True:
        folder = tmp_path / f"runde{step}"
        if scene == "again":
            put(folder, dict.fromkeys(files, b"old"))
        if not killed_at(step, lambda folder=folder: put(folder, files, replacing=files)):  # type: ignore[misc]
            break
        put(folder, files, replacing=files)
        assert tree(folder) == {"erhebung": None, **files}
        step += 1
    assert step > 5


def broken_off(out: Path, monkeypatch: pytest.MonkeyPatch, *, at: str) -> None:
    """Leave an output folder as a run that is killed before it moves a new file into place."""
    real = Enclosure.move

    class Killed(BaseException):
        """Nobody catches it, and nothing is done after it."""

    def killed(top: Enclosure, source: str, target: str) -> None:
        if target == at or monkeypatch.killed:  # type: ignore[attr-defined]
            monkeypatch.killed = True  # type: ignore[attr-defined]
            raise Killed
        real(top, source, target)

    monkeypatch.killed = False  # type: ignore[attr-defined]
    monkeypatch.setattr(Enclosure, "move", killed)
    with pytest.raises(Killed):
        publish(out, documents(NEW), {})
    monkeypatch.undo()


def test_what_somebody_put_there_meanwhile_stays_and_so_does_the_earlier_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    built(out)
    broken_off(out, monkeypatch, at="manifest.json")
    (out / "b.txt").write_bytes(b"signed")  # a new file, changed
    (out / "urkunden" / "c.txt").write_bytes(b"mine")  # where an old one had been
    told = [str(message) for message in recover(out)]
    assert told == [
        f"A run was broken off while it replaced files in {out}; they are as before again.",
        "urkunden/c.txt was put there meanwhile and stays; the earlier file is urkunden/c-2.txt now.",
        "b.txt was put there meanwhile and stays; the earlier file is b-2.txt now.",
    ]
    found = tree(out)
    assert {name: found[name] for name in ("b.txt", "b-2.txt", "urkunden/c.txt", "urkunden/c-2.txt")} == {
        "b.txt": b"signed",
        "b-2.txt": b"2",
        "urkunden/c.txt": b"mine",
        "urkunden/c-2.txt": b"3",
    }
    with pytest.raises(NotAsMade, match=r"b\.txt \(was changed\), urkunden/c\.txt \(was changed\), b-2\.txt"):
        publish(out, documents(NEW), {})


def test_a_file_that_appears_in_the_moment_of_publishing_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, real = tmp_path / "out", Enclosure.move
    built(out)

    def save(top: Enclosure, source: str, target: str) -> None:
        if target == "b.txt" and "/new/" in source:
            (out / "b.txt").write_bytes(b"signed")
        real(top, source, target)

    monkeypatch.setattr(Enclosure, "move", save)
    with pytest.raises(Exception, match=r"b\.txt cannot be replaced: it exists already"):
        publish(out, documents(NEW), {})
    monkeypatch.undo()
    found = tree(out)
    assert (found["b.txt"], found["b-2.txt"]) == (b"signed", b"2")
    assert not [name for name in found if name.startswith(".")]


def refusing(patch: pytest.MonkeyPatch, step: int, number: int) -> None:
    """Let the system refuse one change of the disk, after so many others."""
    left = [step]

    def change(call: Callable[..., None]) -> Callable[..., None]:
        def refused(top: Enclosure, *names: object) -> None:
            left[0] -= 1
            if left[0] == -1:
                raise OSError(number, os.strerror(number), str(top.path()))
            call(top, *names)

        return refused

    for name in ("write", "move", "make_folder"):
        patch.setattr(Enclosure, name, change(getattr(Enclosure, name)))


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES])
def test_whichever_step_the_system_refuses_the_folder_is_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    out, refused = tmp_path / "out", 0
    built(out)
    before = tree(out)
    for step in range(100):
        with monkeypatch.context() as patch:
            refusing(patch, step, number)
            try:
                publish(out, documents(NEW), {})
            except (OutputNotWritable, FileInUse):
                refused += 1
            else:
                break
        assert tree(out) == before, step
    assert refused > 15


@unix_only
def test_a_file_larger_than_the_system_allows_leaves_all_as_it_was(tmp_path: Path) -> None:
    out = tmp_path / "out"
    built(out)
    before = tree(out)

    def run() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        try:
            publish(out, documents({**NEW, "b.txt": b"x" * 100_000}), {})
        except OutputNotWritable:
            os.kill(os.getpid(), signal.SIGTERM)

    assert killed_at(1000, run)
    assert tree(out) == before


def test_what_cannot_be_taken_back_now_is_told_and_taken_back_by_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, real = tmp_path / "out", Enclosure.move
    built(out)
    before = tree(out)

    def lost(top: Enclosure, source: str, target: str) -> None:
        if "new/neu" in source or "/old/" in source:
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(top.path(source)))
        real(top, source, target)

    monkeypatch.setattr(Enclosure, "move", lost)
    with pytest.raises(NotTakenBack, match=r"are half replaced, and it could not be undone: .*drive or the network"):
        publish(out, documents(NEW), {})
    monkeypatch.undo()
    assert len(recover(out)) == 1
    assert tree(out) == before


# --- attacks ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def precious(tmp_path: Path) -> Path:
    folder = tmp_path / "precious"
    folder.mkdir()
    (folder / "x").write_bytes(b"mine")
    return folder


LINKS = {
    "a folder that a manifest names files in": ("out/link", ""),
    "a folder of documents": ("out/urkunden", ""),
    "the internal folder": ("out/intern", ""),
    "a document": ("out/b.txt", "x"),
    "a document, to nowhere": ("out/b.txt", "new"),
    "the manifest": ("out/manifest.json", "x"),
    "the lock": ("out/.oekoreport.lock", "x"),
    "a staging": (f"out/{STAGING}x", ""),
    "out": ("out", ""),
    "out, to nowhere": ("out", "new"),
}
"""What is a link: where it lies in the project, and where it leads in the precious folder."""


@pytest.mark.parametrize("force", [False, True], ids=["plainly", "forced"])
@pytest.mark.parametrize("what", LINKS)
def test_no_link_leads_a_build_out_of_its_folder(tmp_path: Path, precious: Path, what: str, *, force: bool) -> None:
    place, target = LINKS[what]
    link = tmp_path / "runde" / place
    link.parent.mkdir(parents=True)
    if what == "a folder that a manifest names files in":
        entry = {"sha256": hashlib.sha256(b"mine").hexdigest(), "reproducible": True}
        made = {"format": 2, "outputs": {"link/x": entry}}
        (link.parent / "manifest.json").write_text(json.dumps(made, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    link.symlink_to(precious / target)
    before = sorted(os.walk(tmp_path))
    new = documents({**NEW, "intern/x": b"7", "urkunden/x": b"8"})
    with pytest.raises(Linked, match="is a link to another place"):
        publish(tmp_path / "runde" / "out", new, {}, force=force)
    assert tree(precious) == {"x": b"mine"}
    assert sorted(os.walk(tmp_path)) == before


def test_a_link_that_appears_between_look_and_step_is_not_followed(
    tmp_path: Path, precious: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, real = tmp_path / "out", Enclosure.move
    built(out)

    def swap(top: Enclosure, source: str, target: str) -> None:
        if source == "urkunden/c.txt":
            (out / "urkunden").rename(tmp_path / "aside")
            (out / "urkunden").symlink_to(precious)
        real(top, source, target)

    monkeypatch.setattr(Enclosure, "move", swap)
    with pytest.raises(Linked):
        publish(out, documents({**NEW, "urkunden/x": b"8"}), {})
    assert tree(precious) == {"x": b"mine"}


def plan_of(out: Path, **changed: object) -> Path:
    """Write a plan by hand as if a run had been broken off."""
    staging = out / f"{STAGING}x"
    (staging / "new").mkdir(parents=True)
    plan = {"away": [], "folders": [], "new": {"a.txt": "0"}, **changed}
    (staging / PLAN).write_text(json.dumps(plan), encoding="utf-8")
    (staging / "new" / "a.txt").write_text("x", encoding="utf-8")
    return staging


def test_a_plan_made_by_hand_reaches_nothing_outside(tmp_path: Path, precious: Path) -> None:
    out, sha256 = tmp_path / "out", hashlib.sha256(b"mine").hexdigest()
    for changed in (
        {"new": {"../precious/x": sha256, "a.txt": "0"}},
        {"away": ["../precious/x"]},
        {"away": ["../../etc/passwd"], "folders": ["../precious"]},
    ):
        shutil.rmtree(out, ignore_errors=True)
        plan_of(out, **changed)
        with pytest.raises(Exception, match="does not lie in its folder"):
            recover(out)
        assert tree(precious) == {"x": b"mine"}


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"away": [1], "folders": [], "new": {"a": "b"}}', "[" * 100_000])
def test_a_damaged_plan_is_named_and_nothing_is_deleted(tmp_path: Path, text: str) -> None:
    out = tmp_path / "out"
    (plan_of(out) / PLAN).write_text(text, encoding="utf-8")
    before = tree(out)
    with pytest.raises(BrokenPlan, match="was left by a run that was broken off"):
        recover(out)
    assert {name: content for name, content in tree(out).items() if name != ".oekoreport.lock"} == before


def test_files_that_were_moved_away_without_a_plan_are_not_deleted(tmp_path: Path) -> None:
    old = tmp_path / "out" / f"{STAGING}x" / "old" / "a.txt"
    old.parent.mkdir(parents=True)
    old.write_bytes(b"mine")
    with pytest.raises(BrokenPlan):
        recover(tmp_path / "out")
    assert old.read_bytes() == b"mine"


def test_a_lock_that_a_killed_run_left_goes_and_one_that_is_held_stays(tmp_path: Path) -> None:
    (tmp_path / ".oekoreport.lock").touch()
    assert recover(tmp_path) == ()
    assert tree(tmp_path) == {}
    with locked(enclosed(tmp_path)):
        assert recover(tmp_path) == ()
        assert tree(tmp_path) == {".oekoreport.lock": b""}


def test_nothing_is_made_where_nothing_is_to_be_recovered(tmp_path: Path) -> None:
    assert recover(tmp_path / "nowhere") == ()
    assert recover(tmp_path) == ()
    assert tree(tmp_path) == {}
