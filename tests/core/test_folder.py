"""Listings of a project's folder: nothing in it disappears, and what is left behind by programs is no input."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from oekoreport.build.batch import BuildState, build_one
from oekoreport.build.intake import read_sources
from oekoreport.build.manifest import Order
from oekoreport.cli.program import program
from oekoreport.folder import FolderNotListed, files_below, is_project, projects_below

Close = Callable[[Path], None]


@pytest.fixture
def close(monkeypatch: pytest.MonkeyPatch) -> Close:
    """Take away the right to list a folder, for root too, who may list any."""
    closed: set[Path] = set()

    def refusing(system: Callable[..., object]) -> Callable[..., object]:
        def ask(path: str | os.PathLike[str] = ".") -> object:
            if Path(path) in closed:
                raise PermissionError(13, "Permission denied", str(path))
            return system(path)

        return ask

    for name in ("scandir", "listdir"):
        monkeypatch.setattr(os, name, refusing(getattr(os, name)))
    return closed.add


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


def test_a_linked_folder_is_read_once_and_a_circle_of_links_ends(tmp_path: Path) -> None:
    share = _filled(tmp_path / "share", "klinik.xlsx")
    folder = _filled(tmp_path / "runde", "projekt.xlsx")
    (folder / "erhebung").symlink_to(share, target_is_directory=True)
    (share / "zurueck").symlink_to(folder, target_is_directory=True)
    assert files_below(folder) == ["erhebung/klinik.xlsx", "projekt.xlsx"]


def test_two_links_to_one_folder_are_read_once(tmp_path: Path) -> None:
    share = _filled(tmp_path / "share", "klinik.xlsx")
    folder = _filled(tmp_path / "runde", "projekt.xlsx")
    for name in ("a", "b"):
        (folder / name).symlink_to(share, target_is_directory=True)
    assert files_below(folder) == ["a/klinik.xlsx", "projekt.xlsx"]


def test_a_link_to_a_file_that_is_gone_is_an_error_and_not_an_absent_file(tmp_path: Path) -> None:
    _filled(tmp_path, "projekt.xlsx")
    (tmp_path / "klinik.xlsx").symlink_to(tmp_path / "gone.xlsx")
    result = CliRunner().invoke(program, ["--lang", "en", "check", str(tmp_path)])
    assert result.exit_code == 2
    assert "klinik.xlsx: it does not exist" in result.output


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


def test_a_batch_names_the_folder_that_it_cannot_list(tmp_path: Path, close: Close) -> None:
    _filled(tmp_path, "kreis/closed/projekt.xlsx", "kreis/a/projekt.xlsx", "stadt/notiz.txt")
    closed = tmp_path / "kreis" / "closed"
    close(closed)
    assert projects_below(tmp_path) == [tmp_path / "kreis" / "a", closed]
    result = build_one(closed, Order(), frozenset())
    assert result.state is BuildState.FAILED
    assert [str(reason) for reason in result.reasons] == [f"{closed} cannot be listed: no permission."]
