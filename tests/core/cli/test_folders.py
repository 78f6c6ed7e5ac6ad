"""``oekoreport new``, ``forms`` and ``demo``: folders are filled, and nothing of the user's is overwritten."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from oekoreport.build.publishing.exchange import STAGING
from oekoreport.cli.program import program
from oekoreport.contract.registry import PluginInfo, Registry

Call = Callable[..., Result]


def installed(*arguments: object) -> Result:
    """Call the program with the plugins that are installed."""
    return CliRunner().invoke(program, ["--lang", "en", *map(str, arguments)], prog_name="oekoreport")


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_new_project_has_everything_to_begin_with(call: Call, tmp_path: Path) -> None:
    folder = tmp_path / "Runde 2025"
    result = call("new", folder)
    assert result.exit_code == 0
    assert set(content(folder)) == {"projekt.xlsx", "sachbericht.docx"}
    assert (folder / "belege").is_dir()
    assert (folder / "erhebung").is_dir()
    assert f"oekoreport check {folder}\n" in result.stdout


def test_a_new_project_can_be_checked_and_lacks_what_is_required(tmp_path: Path) -> None:
    installed("new", tmp_path / "runde")
    result = installed("check", tmp_path / "runde")
    assert result.exit_code == 1
    assert "DATA " in result.stdout
    assert "“Title” is missing." in result.stdout


def test_new_leaves_a_folder_that_holds_something(call: Call, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    result = call("new", tmp_path)
    assert result.exit_code == 2
    assert result.stderr == f"Error: {tmp_path} is not empty; nothing was written.\n  Name a new folder.\n"
    assert content(tmp_path) == {"notes.txt": b"mine"}


def test_each_participant_gets_one_form_and_keeps_it(call: Call, folder: Path) -> None:
    with (folder / "projekt.lines").open("a") as file:
        file.write('participant;Müller & Söhne <GmbH> "=1+1" / ..;;name=Müller\n')
    result = call("forms", folder)
    assert result.exit_code == 0
    made = sorted(path.name for path in (folder / "erhebung").iterdir())
    assert made == ["Müller_&_Söhne_GmbH_=1+1.xlsx", "klinik.xlsx"]
    before = content(folder)
    again = call("forms", folder)
    assert "left unchanged: erhebung/klinik.xlsx (Klinik Muster)\n" in again.stdout
    assert "written" not in again.stdout
    assert content(folder) == before


def test_a_participant_that_answered_under_another_name_gets_no_form(call: Call, folder: Path) -> None:
    (folder / "erhebung").mkdir()
    (folder / "erhebung" / "antwort-klinik.lines").write_text("participant;klinik;;sector=Q 86\n")
    result = call("forms", folder)
    assert "left unchanged: erhebung/antwort-klinik.lines (Klinik Muster)\n" in result.stdout
    assert [path.name for path in (folder / "erhebung").iterdir()] == ["antwort-klinik.lines"]


def test_without_participants_forms_says_what_to_do(call: Call, folder: Path) -> None:
    (folder / "projekt.lines").write_text("project;project;;title=A round\n")
    assert "no participants yet" in call("forms", folder).stdout


def test_a_form_is_filled_with_what_is_known(folder: Path, plugin: PluginInfo) -> None:
    """The form and the project agree when both are read."""
    from oekoreport.build.forms import write_forms
    from oekoreport.build.intake import take_in
    from oekoreport.contract.registry import Registry

    registry = Registry((*Registry.discover().plugins, plugin))
    write_forms(take_in(folder, registry))
    assembly = take_in(folder, registry).assembly
    assert [(each.key, each.name) for each in assembly.project.participants] == [("klinik", "Klinik Muster")]
    assert assembly.project.participants[0].staff == 120
    assert not [finding for finding in assembly.findings if finding.code == "DATA-CONTRADICTION"]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """The demo, written and built once."""
    folder = tmp_path_factory.mktemp("demo") / "runde"
    return folder, installed("demo", folder)


def test_the_demo_writes_what_an_officer_would_have(demo: tuple[Path, Result]) -> None:
    folder, result = demo
    assert result.exit_code in (0, 1), result.output
    files = content(folder)
    assert {"projekt.xlsx", "sachbericht.md"} <= set(files)
    assert len([name for name in files if name.startswith("erhebung/")]) == 13
    assert f"Documents in {folder / 'out'}:" in result.stdout
    assert "rules evaluated on" in result.stdout


def test_the_demo_goes_where_a_demo_was_but_spares_what_was_changed(demo: tuple[Path, Result]) -> None:
    from oekoreport.build.demo import DemoChanged, write_demo

    folder, _result = demo
    write_demo(folder, Registry.discover())
    (folder / "sachbericht.md").write_text("mine")
    (folder / "notes.txt").write_text("mine too")
    with pytest.raises(DemoChanged, match=r"sachbericht\.md$"):
        write_demo(folder, Registry.discover())
    assert (folder / "sachbericht.md").read_text() == "mine"
    write_demo(folder, Registry.discover(), force=True)
    assert (folder / "sachbericht.md").read_text() != "mine"
    assert (folder / "notes.txt").read_text() == "mine too"


def test_the_demo_does_not_go_where_something_else_is(tmp_path: Path) -> None:
    (tmp_path / "projekt.xlsx").write_text("mine")
    for arguments in ((), ("--force",)):
        result = installed("demo", tmp_path, *arguments)
        assert result.exit_code == 2
        assert "is not empty; nothing was written." in result.stderr
    assert content(tmp_path) == {"projekt.xlsx": b"mine"}


@pytest.fixture
def precious(tmp_path: Path) -> Path:
    """Return a folder outside the project, with the file that the attacks are after."""
    folder = tmp_path / "precious"
    folder.mkdir()
    (folder / "x").write_text("mine", encoding="utf-8")
    return folder


def test_forms_are_not_written_through_a_link(tmp_path: Path, precious: Path) -> None:
    folder = tmp_path / "runde"
    installed("demo", folder)
    for path in (folder / "erhebung").iterdir():
        path.unlink()
    (folder / "erhebung").rmdir()
    (folder / "erhebung").symlink_to(precious, target_is_directory=True)
    result = installed("forms", folder)
    assert result.exit_code == 2
    assert f"{folder / 'erhebung'} is a link to another place, and links are not followed." in result.stderr
    assert content(precious) == {"x": b"mine"}


def test_the_demo_is_not_written_through_a_link(tmp_path: Path, precious: Path) -> None:
    folder = tmp_path / "demo"
    installed("demo", folder)
    (folder / "projekt.xlsx").unlink()
    (folder / "projekt.xlsx").symlink_to(precious / "x")
    result = installed("demo", folder, "--force")
    assert result.exit_code == 2
    assert f"{folder / 'projekt.xlsx'} is a link to another place" in result.stderr
    assert content(precious) == {"x": b"mine"}


def test_a_new_project_needs_a_folder_without_links(tmp_path: Path, precious: Path) -> None:
    folder = tmp_path / "runde"
    folder.mkdir()
    (folder / "belege").symlink_to(precious, target_is_directory=True)
    result = installed("new", folder)
    assert result.exit_code == 2
    assert f"{folder} is not empty; nothing was written." in result.stderr
    assert content(precious) == {"x": b"mine"}


def test_a_new_project_that_was_broken_off_is_made_by_the_next_call(tmp_path: Path) -> None:
    folder = tmp_path / "runde"
    (folder / "belege").mkdir(parents=True)
    (folder / f"{STAGING}killed" / "new").mkdir(parents=True)
    (folder / f"{STAGING}killed" / "new" / "projekt.xlsx").write_bytes(b"half")
    assert installed("new", folder).exit_code == 0
    assert set(content(folder)) == {"projekt.xlsx", "sachbericht.docx"}
    assert sorted(path.name for path in folder.iterdir()) == ["belege", "erhebung", "projekt.xlsx", "sachbericht.docx"]


@pytest.mark.parametrize("mark", ["[]", "{", "[" * 100_000, "1"])
def test_a_mark_that_no_demo_wrote_makes_no_demo_folder(tmp_path: Path, mark: str) -> None:
    (tmp_path / ".oekoreport-demo.json").write_text(mark, encoding="utf-8")
    result = installed("demo", tmp_path)
    assert result.exit_code == 2
    assert f"{tmp_path} is not empty; nothing was written." in result.stderr
