"""``oekoreport build`` and ``oekoreport verify``: documents, drafts, failures, and whether they still hold."""

import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import Result

from oekoreport.registry import PluginInfo

Call = Callable[..., Result]


@pytest.fixture
def failing(tiny: ModuleType) -> PluginInfo:
    """A plugin whose exporter breaks after its first document."""
    return PluginInfo("failing", "failing-plugin", "0.1", exporters=(tiny.Failing(),))


def retitle(folder: Path, title: str) -> None:
    file = folder / "projekt.lines"
    file.write_text(file.read_text().replace("A round", title))


def test_documents_are_written_and_listed_with_their_sizes(call: Call, folder: Path) -> None:
    result = call("build", folder)
    assert result.exit_code == 0
    assert (folder / "out" / "lists" / "listing.txt").read_text() == "A round, 1"
    assert result.stdout.splitlines() == [
        f"Documents in {folder / 'out'}:",
        "  clock.txt               1 kB",
        "  lists/listing.txt       1 kB",
    ]
    assert result.stderr == ""


def test_drafts_are_named_with_the_reason_and_the_next_step(call: Call, folder: Path) -> None:
    retitle(folder, "wrong")
    result = call("build", folder)
    assert result.exit_code == 1
    assert (folder / "out" / "manifest.json").exists()
    assert "The documents are drafts. Still open: TINY-TITLE\n" in result.stdout
    assert f"oekoreport check {folder}\n" in result.stdout


def test_final_refuses_drafts_and_leaves_what_was_there(call: Call, folder: Path) -> None:
    call("build", folder)
    before = (folder / "out" / "manifest.json").read_bytes()
    retitle(folder, "wrong")
    result = call("build", folder, "--final")
    assert result.exit_code == 2
    assert "cannot be made final: TINY-TITLE" in result.stderr
    assert (folder / "out" / "manifest.json").read_bytes() == before


def test_an_exporter_that_fails_is_named_and_harms_no_other(
    call: Call, folder: Path, plugin: PluginInfo, failing: PluginInfo
) -> None:
    result = call("build", folder, plugins=(plugin, failing))
    assert result.exit_code == 2
    assert (folder / "out" / "lists" / "listing.txt").exists()
    assert not (folder / "out" / "half.txt").exists()
    assert "failing: The exporter failing failed: ValueError: A round" in result.stdout
    assert "Documents of these exporters are missing: failing\n" in result.stdout


def test_one_exporter_is_chosen(call: Call, folder: Path, plugin: PluginInfo, failing: PluginInfo) -> None:
    assert call("build", folder, "-e", "listing", plugins=(plugin, failing)).exit_code == 0
    result = call("build", folder, "-e", "lsting")
    assert result.exit_code == 2
    assert result.stderr == "Error: There is no exporter “lsting”.\n  There are: listing.\n"


def test_options_reach_the_exporter(call: Call, folder: Path) -> None:
    call("build", folder, "-o", "listing.shout=yes")
    assert (folder / "out" / "lists" / "listing.txt").read_text() == "A ROUND, 1"


@pytest.mark.parametrize("text", ["listing", "listing.shout", "shout=yes", ".shout=yes", "listing.=yes"])
def test_what_is_no_option_is_refused(call: Call, folder: Path, text: str) -> None:
    result = call("build", folder, "-o", text)
    assert result.exit_code == 2
    assert f"“{text}” is no option of an exporter. Write EXPORTER.OPTION=VALUE." in result.stderr


def test_an_option_that_the_exporter_does_not_take_is_refused(call: Call, folder: Path) -> None:
    for text in ("listing.whisper=yes", "listing.shout=perhaps"):
        result = call("build", folder, "-o", text)
        assert result.exit_code == 2
        assert f"“{text.partition('=')[0]}”" in result.stderr


def test_as_of_is_in_the_manifest(call: Call, folder: Path) -> None:
    call("build", folder, "--as-of", "2022-01-31")
    assert json.loads((folder / "out" / "manifest.json").read_text())["reference_date"] == "2022-01-31"


def test_verify_holds_after_a_build(call: Call, folder: Path) -> None:
    call("build", folder)
    for place in (folder, folder / "out"):
        result = call("verify", place)
        assert result.exit_code == 0
        assert result.stdout == "Files checked against their hashes: 2\nEverything is as it was made.\n"


def test_verify_names_what_was_changed_lost_or_added(call: Call, folder: Path) -> None:
    call("build", folder)
    (folder / "out" / "clock.txt").unlink()
    (folder / "out" / "lists" / "listing.txt").write_text("nicer")
    (folder / "out" / "note.txt").write_text("")
    result = call("verify", folder / "out")
    assert result.exit_code == 1
    assert set(result.stdout.splitlines()[1:]) == {
        "clock.txt  is missing",
        "lists/listing.txt  was changed",
        "note.txt  is not in the manifest",
        "Deviations: 3",
    }


def test_verify_of_what_is_no_output_is_an_error(call: Call, tmp_path: Path) -> None:
    result = call("verify", tmp_path)
    assert result.exit_code == 2
    assert "holds no manifest" in result.stderr


def test_rebuilding_uses_the_options_of_that_build_and_spares_what_is_not_reproducible(
    call: Call, folder: Path
) -> None:
    call("build", folder, "-o", "listing.shout=yes", "--as-of", "2022-01-31", "-e", "listing")
    result = call("verify", folder, "--rebuild")
    assert result.exit_code == 0
    assert "Files made again and compared byte by byte: 1\n" in result.stdout


def test_rebuilding_finds_that_the_project_has_changed(call: Call, folder: Path) -> None:
    call("build", folder)
    retitle(folder, "Another round")
    assert call("verify", folder).exit_code == 0
    result = call("verify", folder, "--rebuild")
    assert result.exit_code == 1
    assert "lists/listing.txt  comes out differently\n" in result.stdout
    assert (folder / "out" / "lists" / "listing.txt").read_text() == "A round, 1"


def test_rebuilding_names_other_versions(call: Call, folder: Path, plugin: PluginInfo) -> None:
    call("build", folder)
    newer = PluginInfo(
        "tiny", "tiny-plugin", "2.0", plugin.module, plugin.importers, plugin.exporters, plugin.rulebooks
    )
    result = call("verify", folder, "--rebuild", plugins=(newer,))
    assert "These have another version than at that time: plugin tiny\n" in result.stdout
