"""Listings of a project's folder: nothing in it disappears, and what is left behind by programs is no input."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from oekoreport.build.demo import write_demo
from oekoreport.build.intake import read_sources, take_in
from oekoreport.cli.program import program
from oekoreport.contract import Registry
from oekoreport.enclosure import Barred
from oekoreport.findings import Severity
from oekoreport.folder import FolderNotListed, files_below, is_project, projects_below

Close = Callable[[Path], None]


@pytest.fixture
def close(monkeypatch: pytest.MonkeyPatch) -> Close:
    """Take away the right to list a folder, for root too, who may list any."""
    closed: set[tuple[int, int]] = set()
    system = os.scandir

    def refusing(folder: int | str) -> object:
        if _identity(folder) in closed:
            raise PermissionError(13, "Permission denied", str(folder))
        return system(folder)

    monkeypatch.setattr(os, "scandir", refusing)
    return lambda folder: closed.add(_identity(folder))


def _identity(folder: int | str | Path) -> tuple[int, int]:
    status = os.stat(folder)  # noqa: PTH116 - an open folder has no path
    return status.st_dev, status.st_ino


def _filled(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x", encoding="utf-8")
    return folder


def test_files_are_listed_below_all_folders_but_those_left_out(tmp_path: Path) -> None:
    folder = _filled(
        tmp_path, "projekt.xlsx", "erhebung/klinik.xlsx", "erhebung/2020/a.csv", "out/a.pdf", "b/out/c.csv"
    )
    assert files_below(folder, without=("out",)) == [
        "b/out/c.csv",
        "erhebung/2020/a.csv",
        "erhebung/klinik.xlsx",
        "projekt.xlsx",
    ]
    assert files_below(folder / "nowhere") == []


def test_what_programs_leave_behind_is_no_input(tmp_path: Path) -> None:
    left = ("~$projekt.xlsx", ".~lock.projekt.xlsx#", "erhebung/Thumbs.db", "erhebung/desktop.ini", ".git/config")
    assert files_below(_filled(tmp_path, "projekt.xlsx", *left)) == ["projekt.xlsx"]


def _links(folder: Path) -> list[str]:
    """Put into a project a link to a folder, to a file, to nowhere and in a circle, and a pipe; return their names."""
    share = _filled(folder / ".." / "share", "klinik.xlsx", "b09.pdf")
    for name, target in {
        "erhebung": share,
        "belege/b09.pdf": share / "b09.pdf",
        "gone.xlsx": folder / "nowhere.xlsx",
        "belege/kreis": folder,
    }.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).symlink_to(target)
    os.mkfifo(folder / "belege" / "pipe.xml")
    return ["belege/b09.pdf", "belege/kreis", "belege/pipe.xml", "erhebung", "gone.xlsx"]


def test_links_and_pipes_are_named_and_neither_followed_nor_opened(tmp_path: Path) -> None:
    folder = _filled(tmp_path / "runde", "projekt.xlsx")
    names, told = _links(folder), dict[str, str]()
    assert files_below(folder, barred=lambda name, error: told.setdefault(name, str(error.what))) == ["projekt.xlsx"]
    assert sorted(told) == names
    assert told["erhebung"] == "is a link to another place, and links are not followed"
    assert told["belege/pipe.xml"] == "is neither a file nor a folder"
    with pytest.raises(Barred):
        files_below(folder)


def test_each_link_in_the_inputs_is_an_error_and_the_rest_is_read(tmp_path: Path) -> None:
    folder, registry = tmp_path / "runde", Registry.discover()
    write_demo(folder, registry)
    shutil.rmtree(folder / "erhebung")
    names = _links(folder)
    assembly = take_in(folder, registry).assembly
    links = {each.place.file: each for each in assembly.findings if each.code == "DATA-LINK" and each.place}
    assert sorted(links) == names
    assert {each.severity for each in links.values()} == {Severity.ERROR}
    assert str(links["gone.xlsx"].message) == "This is a link to another place, and links are not followed."
    assert len(assembly.project.receipts) > 0


def test_a_project_workbook_that_is_a_link_is_named(tmp_path: Path) -> None:
    _filled(tmp_path, "elsewhere/projekt.xlsx", "runde/notiz.txt")
    (tmp_path / "runde" / "projekt.xlsx").symlink_to(tmp_path / "elsewhere" / "projekt.xlsx")
    result = CliRunner().invoke(program, ["--lang", "en", "check", str(tmp_path / "runde")])
    assert result.exit_code == 2
    assert "projekt.xlsx: This is a link to another place, and links are not followed." in result.output
    assert "Put the file or the folder itself there instead of the link." in result.output


def test_a_project_is_read_where_its_user_reaches_it_by_a_link(tmp_path: Path) -> None:
    _filled(tmp_path, "runde/projekt.xlsx")
    (tmp_path / "way").symlink_to(tmp_path / "runde", target_is_directory=True)
    assert is_project(tmp_path / "way")
    assert [source.name for source in read_sources(tmp_path / "way")] == ["projekt.xlsx"]


def test_folders_within_each_other_without_end_are_an_error(tmp_path: Path) -> None:
    _filled(tmp_path, "/".join([*["a"] * 70, "x.txt"]))
    with pytest.raises(FolderNotListed, match="the name is too long"):
        files_below(tmp_path)


def test_a_folder_that_cannot_be_listed_is_an_error_and_not_an_empty_one(tmp_path: Path, close: Close) -> None:
    _filled(tmp_path, "projekt.xlsx", "erhebung/klinik.xlsx")
    close(tmp_path / "erhebung")
    with pytest.raises(FolderNotListed, match="erhebung cannot be listed: no permission"):
        read_sources(tmp_path)
    close(tmp_path)
    with pytest.raises(FolderNotListed, match="no permission"):
        is_project(tmp_path)


def test_a_closed_output_folder_is_no_input_and_stops_no_reading(tmp_path: Path, close: Close) -> None:
    _filled(tmp_path, "projekt.xlsx", "out/a.pdf")
    close(tmp_path / "out")
    assert [source.name for source in read_sources(tmp_path)] == ["projekt.xlsx"]


def test_a_closed_folder_of_own_templates_does_not_hide_them(tmp_path: Path, close: Close) -> None:
    _filled(tmp_path, "projekt.xlsx", "templates/award/urkunde.docx")
    close(tmp_path / "templates")
    with pytest.raises(FolderNotListed, match="templates cannot be listed"):
        files_below(tmp_path / "templates")


def test_a_batch_names_the_folders_that_it_cannot_look_into(tmp_path: Path, close: Close) -> None:
    _filled(tmp_path, "kreis/closed/projekt.xlsx", "kreis/a/projekt.xlsx", "stadt/notiz.txt", "elsewhere/projekt.xlsx")
    root, closed = tmp_path / "kreis", tmp_path / "kreis" / "closed"
    (root / "linked").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    (root / "gone").symlink_to(tmp_path / "nowhere")
    (root / "notiz").symlink_to(tmp_path / "stadt" / "notiz.txt")
    close(closed)
    found = projects_below(root)
    assert found.projects == (root / "a",)
    assert [(str(folder), str(error)) for folder, error in found.closed.items()] == [
        (str(closed), f"{closed} cannot be listed: no permission."),
        *(
            (str(link), f"{link} is a link to another place, and links are not followed.")
            for link in (root / "gone", root / "linked")
        ),
    ]


def test_a_batch_fails_by_name_at_a_linked_folder_and_enters_no_circle(tmp_path: Path) -> None:
    _filled(tmp_path, "elsewhere/projekt.xlsx")
    root = tmp_path / "kreis"
    root.mkdir()
    (root / "linked").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    (root / "circle").symlink_to(root, target_is_directory=True)
    result = CliRunner().invoke(program, ["--lang", "en", "batch", str(root)])
    assert result.exit_code == 2
    assert f"{root / 'linked'}  could not be built" in result.output
    assert "failed: 2" in result.output
    assert not (tmp_path / "elsewhere" / "out").exists()
