"""Publishing: the output folder is either as before or wholly new, and nothing of anybody's is lost."""

import errno
import os
from datetime import date
from pathlib import Path

import pytest

from oekoreport.build.publishing.exchange import STAGING, FileInUse, enclosed
from oekoreport.build.publishing.lock import InTheWay, OutputLocked, OutputNotWritable, locked
from oekoreport.build.publishing.manifest_file import MANIFEST, BrokenManifest, NoManifest, read_outputs
from oekoreport.build.publishing.publication import NotAsMade, publish
from oekoreport.build.publishing.verify import verify
from oekoreport.enclosure import Enclosure
from oekoreport.folder import files_below
from oekoreport.language import Locale
from oekoreport.report.report import Document


def documents(**contents: str) -> dict[str, Document]:
    return {f"{name}.txt": Document((f"{name}.txt",), text.encode()) for name, text in contents.items()}


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_publishing_writes_files_then_the_manifest(tmp_path: Path) -> None:
    publish(tmp_path, documents(a="1", b="2"), {"examined": {"sample": True}})
    assert (tmp_path / "a.txt").read_text() == "1"
    assert '"sample": true' in (tmp_path / "manifest.json").read_text()
    assert list(read_outputs(tmp_path)) == ["a.txt", "b.txt"]
    assert verify(tmp_path) == (2, [])


def test_files_of_an_earlier_build_that_are_no_more_are_deleted(tmp_path: Path) -> None:
    old = {"urkunden/a.txt": Document(("urkunden", "a.txt"), b"1"), **documents(b="2")}
    publish(tmp_path, old, {})
    assert publish(tmp_path, documents(b="3"), {}) == ("urkunden/a.txt",)
    assert files_below(tmp_path) == ["b.txt", "manifest.json"]


def test_documents_of_a_folder_that_was_copied_without_its_manifest_do_not_go_out_again(tmp_path: Path) -> None:
    old = {"urkunden/a.txt": Document(("urkunden", "a.txt"), b"1"), **documents(b="2")}
    publish(tmp_path, old, {})
    (tmp_path / "manifest.json").unlink()
    with pytest.raises(NotAsMade) as error:
        publish(tmp_path, documents(b="3"), {})
    assert error.value.localize(Locale("de")) == (
        f"{tmp_path} enthält Dateien, die nicht dem Stand der letzten Erstellung entsprechen: "
        "b.txt (steht nicht im Manifest), urkunden/a.txt (steht nicht im Manifest).\n"
        "Verschieben Sie, was Sie behalten möchten, in einen anderen Ordner und erstellen Sie die Dokumente erneut. "
        "Mit --force werden diese Dateien ersetzt oder gelöscht. Es wurde nichts geändert."
    )
    assert files_below(tmp_path) == ["b.txt", "urkunden/a.txt"]
    assert publish(tmp_path, documents(b="3"), {}, force=True) == ("urkunden/a.txt",)
    assert files_below(tmp_path) == ["b.txt", "manifest.json"]
    assert verify(tmp_path) == (1, [])


def test_what_somebody_changed_after_the_build_is_neither_replaced_nor_deleted(tmp_path: Path) -> None:
    publish(tmp_path, documents(a="1", b="2", c="3"), {})
    (tmp_path / "a.txt").write_text("signed")
    (tmp_path / "c.txt").write_text("signed")
    with pytest.raises(NotAsMade, match=r"a\.txt \(was changed\), c\.txt \(was changed\)"):
        publish(tmp_path, documents(a="new", b="new"), {})
    assert [(tmp_path / f"{name}.txt").read_text() for name in "abc"] == ["signed", "2", "signed"]
    assert publish(tmp_path, documents(a="new", b="new"), {}, force=True) == ("c.txt",)
    assert verify(tmp_path) == (2, [])


def test_a_build_that_was_killed_before_its_manifest_is_made_good_by_the_next(tmp_path: Path) -> None:
    publish(tmp_path, documents(a="1", b="2"), {})
    (tmp_path / "manifest.json").unlink()
    assert publish(tmp_path, documents(a="1", b="2"), {}) == ()
    assert verify(tmp_path) == (2, [])


def test_changed_and_missing_files_are_found(tmp_path: Path) -> None:
    publish(tmp_path, documents(a="1", b="2"), {})
    (tmp_path / "a.txt").write_text("other")
    (tmp_path / "b.txt").unlink()
    assert [(each.path, str(each.message)) for each in verify(tmp_path)[1]] == [
        ("a.txt", "was changed"),
        ("b.txt", "is missing"),
    ]


def test_a_folder_without_a_manifest_is_unfinished(tmp_path: Path) -> None:
    with pytest.raises(NoManifest) as error:
        verify(tmp_path)
    assert error.value.localize(Locale("en")) == (
        f"{tmp_path} has no manifest: the output is incomplete or was not made by oekoreport.\nBuild the project again."
    )


def test_two_builds_are_kept_apart(tmp_path: Path) -> None:
    with locked(enclosed(tmp_path)), pytest.raises(OutputLocked, match="Another build"):
        publish(tmp_path, documents(a="1"), {})
    assert "a.txt" not in files(tmp_path)


def test_a_folder_in_a_files_place_stops_before_anything_is_changed(tmp_path: Path) -> None:
    publish(tmp_path, documents(a="1", b="2"), {})
    before = (tmp_path / MANIFEST).read_bytes()
    (tmp_path / "b.txt").unlink()
    (tmp_path / "b.txt").mkdir()
    with pytest.raises(InTheWay) as error:
        publish(tmp_path, documents(a="new", b="new"), {})
    assert error.value.localize(Locale("en")) == (
        f"{tmp_path / 'b.txt'} is a folder, but a file is needed there.\n"
        "Move or rename it and build again; nothing was changed."
    )
    assert (tmp_path / "a.txt").read_text() == "1"
    assert (tmp_path / MANIFEST).read_bytes() == before


@pytest.mark.parametrize("folder", ["out", "out/deeper"])
def test_a_file_in_a_folders_place_is_named(tmp_path: Path, folder: str) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(InTheWay, match=r"out is a file, but a folder is needed there\."):
        publish(tmp_path / folder, documents(a="1"), {})
    assert files(tmp_path) == ["out"]


def test_a_file_in_the_place_of_a_documents_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "urkunden").write_text("mine")
    with pytest.raises(InTheWay, match=r"urkunden is a file, but a folder is needed there\."):
        publish(tmp_path, {"urkunden/a.txt": Document(("urkunden", "a.txt"), b"1")}, {})
    assert (tmp_path / "urkunden").read_text() == "mine"


def refusing(monkeypatch: pytest.MonkeyPatch, call: str, name: str, number: int) -> None:
    """Let the operating system refuse what is to be done to files of this name."""
    real = getattr(Enclosure, call)

    def refuse(top: Enclosure, path: str, *arguments: object, **named: object) -> object:
        if path.rpartition("/")[2] == name:
            raise OSError(number, "said by the system", str(top.path(path)))
        return real(top, path, *arguments, **named)

    monkeypatch.setattr(Enclosure, call, refuse)


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.EACCES, "Berechtigung fehlt"),
        (errno.EPERM, "Berechtigung fehlt"),
        (errno.ELOOP, "said by the system"),
    ],
)
def test_a_file_that_cannot_be_replaced_stops_before_anything_is_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, reason: str
) -> None:
    publish(tmp_path, documents(a="1", b="2"), {})
    refusing(monkeypatch, "open", "b.txt", number)
    with pytest.raises(FileInUse) as error:
        publish(tmp_path, documents(a="new", b="new"), {})
    assert error.value.localize(Locale("de")).splitlines()[0] == (
        f"{tmp_path / 'b.txt'} kann nicht ersetzt werden: {reason}."
    )
    monkeypatch.undo()
    assert verify(tmp_path) == (2, [])
    assert (tmp_path / "a.txt").read_text() == "1"


@pytest.mark.parametrize("name", ["b.txt", "c.txt", "manifest.json"])
def test_where_a_step_fails_all_are_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    publish(tmp_path, documents(a="1", b="2"), {})
    refusing(monkeypatch, "move", f"{name}", errno.EPERM)
    new = {"neu/d.txt": Document(("neu", "d.txt"), b"d"), **documents(a="new", b="new", c="new")}
    with pytest.raises(FileInUse, match="no permission"):
        publish(tmp_path, new, {})
    monkeypatch.undo()
    assert verify(tmp_path) == (2, [])
    assert (tmp_path / "a.txt").read_text() == "1"
    assert not (tmp_path / "neu").exists()


@pytest.mark.parametrize(
    ("number", "reason", "way_out"),
    [
        (errno.ENOSPC, "kein Speicherplatz mehr", "Speicherplatz schaffen"),
        (errno.EROFS, "schreibgeschützt", "Schreibrecht"),
    ],
)
def test_a_drive_that_takes_nothing_is_told_with_the_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, reason: str, way_out: str
) -> None:
    publish(tmp_path, documents(a="1"), {})
    refusing(monkeypatch, "write", "a.txt", number)
    with pytest.raises(OutputNotWritable) as error:
        publish(tmp_path, documents(a="new"), {})
    told, hint = error.value.localize(Locale("de")).splitlines()
    assert str(tmp_path) in told
    assert reason in told
    assert way_out in hint
    monkeypatch.undo()
    assert verify(tmp_path) == (1, [])


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions bind users of Unix other than root")
def test_a_folder_without_permission_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    with pytest.raises(OutputNotWritable, match="no permission"):
        publish(tmp_path / "out", documents(a="1"), {})
    tmp_path.chmod(0o755)


def test_what_a_killed_build_left_behind_goes_with_the_next(tmp_path: Path) -> None:
    (tmp_path / f"{STAGING}killed").mkdir()
    publish(tmp_path, documents(a="1"), {})
    assert verify(tmp_path) == (1, [])
    assert not (tmp_path / f"{STAGING}killed").exists()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"format": 99, "outputs": {}}',
        '{"format": 1}',
        '{"format": 2}',
        '{"format": 2, "outputs": {"a.txt": {}}}',
        '{"format": 2, "outputs": {"../a.txt": {"sha256": "", "reproducible": true}}}',
    ],
)
def test_a_damaged_manifest_is_told_from_none_and_does_no_harm(tmp_path: Path, text: str) -> None:
    out = tmp_path / "out"
    (tmp_path / "a.txt").write_text("mine")
    out.mkdir()
    (out / "manifest.json").write_text(text)
    with pytest.raises(BrokenManifest, match=r"manifest\.json is damaged"):
        verify(out)
    publish(out, documents(b="1"), {})
    assert verify(out) == (1, [])
    assert (tmp_path / "a.txt").read_text() == "mine"


def test_the_manifest_does_not_know_the_clock(tmp_path: Path) -> None:
    publish(tmp_path / "1", documents(a="1"), {"reference_date": date(2021, 10, 29).isoformat()})
    publish(tmp_path / "2", documents(a="1"), {"reference_date": "2021-10-29"})
    assert (tmp_path / "1" / MANIFEST).read_bytes() == (tmp_path / "2" / MANIFEST).read_bytes()
