"""A folder that no path leads out of: attacked with links, pipes and paths, on systems with and without descriptors."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from oekoreport import enclosure
from oekoreport.enclosure import Barred, Enclosure, Kind, LeadsOut, Linked, NotAFile


@pytest.fixture(params=["by descriptor", "by path"], autouse=True)
def _system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each attack meet the system that opens names in open folders, and the one that knows paths only."""
    if request.param == "by path":
        monkeypatch.setattr(enclosure, "BY_DESCRIPTOR", False)
        monkeypatch.setattr(enclosure, "OPEN_FILE", enclosure.OPEN_FILE & ~os.O_NOFOLLOW)
    elif not enclosure.BY_DESCRIPTOR:
        pytest.skip("this system knows paths only")


@pytest.fixture
def precious(tmp_path: Path) -> Path:
    """Return a folder outside, with the file that every attack is after."""
    folder = tmp_path / "precious"
    folder.mkdir()
    (folder / "x").write_text("mine", encoding="utf-8")
    return folder


@pytest.fixture
def inside(tmp_path: Path, precious: Path) -> Enclosure:
    """Return the enclosure: ``link`` leads to the precious folder, ``file`` to the precious file, ``gone`` nowhere."""
    folder = tmp_path / "runde"
    (folder / "a" / "b").mkdir(parents=True)
    (folder / "a" / "x").write_text("ours", encoding="utf-8")
    (folder / "link").symlink_to(precious, target_is_directory=True)
    (folder / "file").symlink_to(precious / "x")
    (folder / "gone").symlink_to(folder / "nowhere")
    return Enclosure(folder)


Attack = Callable[[Enclosure], object]

ATTACKS: dict[str, Attack] = {
    "read behind a link": lambda top: top.read("link/x"),
    "read a link": lambda top: top.read("file"),
    "read a link to nowhere": lambda top: top.read("gone"),
    "open for writing behind a link": lambda top: top.open("link/x", changing=True),
    "open a link for writing": lambda top: top.open("file", changing=True),
    "hash behind a link": lambda top: top.sha256("link/x"),
    "hash a link": lambda top: top.sha256("file"),
    "list a link": lambda top: top.entries("link"),
    "look behind a link": lambda top: top.kind("link/x"),
    "write behind a link": lambda top: top.write("link/new", b""),
    "make a folder behind a link": lambda top: top.make_folder("link/new"),
    "make a folder where a link is": lambda top: top.make_folder("link"),
    "move in behind a link": lambda top: top.move("a/x", "link/new"),
    "move out from behind a link": lambda top: top.move("link/x", "stolen"),
    "remove behind a link": lambda top: top.remove("link/x"),
    "remove a folder behind a link": lambda top: top.below("link").remove_folder("x"),
    "remove a tree that is a link": lambda top: top.remove_tree("link"),
    "remove a tree behind a link": lambda top: top.below("link").remove_tree("x"),
    "read in an inner folder that is a link": lambda top: top.below("link").read("x"),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_outside_is_read_written_or_removed(inside: Enclosure, precious: Path, attack: str) -> None:
    with pytest.raises(Linked, match="is a link to another place, and links are not followed"):
        ATTACKS[attack](inside)
    assert sorted(path.name for path in precious.iterdir()) == ["x"]
    assert (precious / "x").read_text(encoding="utf-8") == "mine"
    assert inside.read("a/x") == b"ours"


@pytest.mark.parametrize("name", ["../precious/x", "a/../../precious/x", "/etc/hostname", "a//x", ".", "a\0"])
def test_a_path_that_leads_out_is_refused(inside: Enclosure, name: str) -> None:
    for attack in (inside.read, inside.remove, inside.remove_tree, inside.below, inside.kind):
        with pytest.raises(LeadsOut):
            attack(name)


def test_windows_ways_out_are_refused_there(inside: Enclosure, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enclosure, "LEADING_ELSEWHERE", frozenset("\0\\:"))
    for name in ("..\\x", "C:\\x", "C:x", "a\\x", "x:stream"):
        with pytest.raises(LeadsOut):
            inside.read(name)


def test_a_link_is_moved_and_removed_as_the_link_that_it_is(inside: Enclosure, precious: Path) -> None:
    inside.move("file", "elsewhere")
    inside.remove("elsewhere")
    assert inside.kind("elsewhere") is None
    assert (precious / "x").exists()


def test_of_a_tree_with_links_the_links_are_removed(inside: Enclosure, precious: Path) -> None:
    inside.move("link", "a/link")
    inside.remove_tree("a")
    assert (precious / "x").exists()
    assert inside.kind("a") is None


def test_nothing_is_overwritten(inside: Enclosure) -> None:
    inside.write("a/y", b"new")
    attempts: list[Callable[[], None]] = [
        lambda: inside.write("a/x", b"new"),
        lambda: inside.move("a/y", "a/x"),
    ]
    for attempt in attempts:
        with pytest.raises(FileExistsError) as error:
            attempt()
        assert error.value.filename == str(inside.path("a/x")) or error.value.filename == str(inside.path("a/y"))
    assert inside.read("a/x") == b"ours"


@pytest.mark.skipif(os.name == "nt", reason="pipes and sockets lie in folders of Unix only")
def test_a_pipe_and_a_socket_are_refused_and_nobody_waits_for_them(
    inside: Enclosure, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(inside.path("pipe"))
    with socket.socket(socket.AF_UNIX) as server:
        monkeypatch.chdir(inside.path())
        server.bind("socket")
        for name in ("pipe", "socket", "pipe/x"):
            for attack in (inside.read, inside.sha256, inside.entries):
                with pytest.raises((NotAFile, NotADirectoryError)):
                    attack(name)
    assert {name: kind for name, kind in inside.entries() if kind is Kind.OTHER} == {
        "pipe": Kind.OTHER,
        "socket": Kind.OTHER,
    }


def test_a_link_that_takes_the_place_of_a_file_after_the_look_is_not_followed(
    inside: Enclosure, precious: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not enclosure.BY_DESCRIPTOR:
        pytest.skip("between look and step there is a moment on a system that knows paths only")
    real = enclosure._demand

    def swap(leaf: str, folder: int | None, *path: str | Path) -> Kind:
        kind = real(leaf, folder, *path)
        if Path(*path).name == "x":
            inside.path("a/x").unlink()
            inside.path("a/x").symlink_to(precious / "x")
        return kind

    monkeypatch.setattr(enclosure, "_demand", swap)
    with pytest.raises(OSError, match="symbolic link"):
        inside.open("a/x", changing=True)


def test_the_folder_that_the_user_names_may_lie_behind_links(inside: Enclosure, tmp_path: Path) -> None:
    (tmp_path / "way").symlink_to(inside.root, target_is_directory=True)
    top = Enclosure(tmp_path / "way")
    assert top.read("a/x") == b"ours"
    assert top.kind() is Kind.FOLDER
    assert ("a", Kind.FOLDER) in top.entries()


def test_what_is_missing_is_told_with_its_whole_path(inside: Enclosure) -> None:
    assert inside.kind("a/none/x") is None
    assert inside.kind("a/x/y") is None
    assert inside.sha256("a/none") is None
    with pytest.raises(FileNotFoundError) as error:
        inside.read("a/none/x")
    assert error.value.filename == str(inside.path("a/none/x"))


def test_a_folder_is_no_file(inside: Enclosure) -> None:
    with pytest.raises(IsADirectoryError):
        inside.read("a")
    with pytest.raises(NotADirectoryError):
        inside.make_folder("a/x")
    with pytest.raises(NotADirectoryError):
        inside.entries("a/x")


def test_junctions_count_as_links_and_files_in_the_cloud_as_files() -> None:
    class Status:
        st_mode = 0o040755
        st_reparse_tag = 0xA000_0003

    assert enclosure._kind(Status()) is Kind.LINK  # type: ignore[arg-type]
    Status.st_mode, Status.st_reparse_tag = 0o100644, 0x9000_001A
    assert enclosure._kind(Status()) is Kind.FILE  # type: ignore[arg-type]


def test_every_refusal_is_a_barred_path() -> None:
    for error in (Linked(Path("x")), NotAFile(Path("x")), LeadsOut(Path("x"))):
        assert isinstance(error, Barred)
        assert error.hint is not None


def test_it_stays_where_it_was_whatever_the_working_folder_becomes(
    inside: Enclosure, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    relative = Enclosure(Path(inside.root.name))
    monkeypatch.chdir("/")
    assert relative.read("a/x") == b"ours"
    assert relative.entries("a") == inside.entries("a")
    assert str(relative.path("a/x")) == f"{inside.root.name}/a/x"
