"""``oekoreport build`` and ``oekoreport verify``: documents, drafts, failures, and whether they still hold."""

import decimal
import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import Result
from pydantic import Field, field_validator

from oekoreport import Document, NoOptions, Report, TemplateFolder
from oekoreport.contract.registry import PluginInfo
from oekoreport.documents.filling import Template
from oekoreport.language import Message

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
        f"SHA-256 of the manifest: {hashlib.sha256((folder / 'out' / 'manifest.json').read_bytes()).hexdigest()}",
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
    assert "cannot be built as final: TINY-TITLE" in result.stderr
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
    assert result.stderr == "Error: There is no exporter “lsting”.\n  Available: listing.\n"


def test_options_reach_the_exporter(call: Call, folder: Path) -> None:
    call("build", folder, "-o", "listing.shout=yes")
    assert (folder / "out" / "lists" / "listing.txt").read_text() == "A ROUND, 1"


@pytest.mark.parametrize("text", ["listing", "listing.shout", "shout=yes", ".shout=yes", "listing.=yes"])
def test_what_is_no_option_is_refused(call: Call, folder: Path, text: str) -> None:
    result = call("build", folder, "-o", text)
    assert result.exit_code == 2
    assert f"“{text}” is not an exporter option. Write EXPORTER.OPTION=VALUE." in result.stderr


@pytest.mark.parametrize(
    ("text", "told", "hint"),
    [
        ("listing.whisper=yes", "The exporter listing has no option “whisper”.", "Available: paper, shout, times."),
        ("listing.shout=perhaps", "The option listing.shout does not take “perhaps”.", "It takes: yes or no."),
        ("listing.times=often", "The option listing.times does not take “often”.", "It takes: a whole number."),
        ("listing.paper=A5", "The option listing.paper does not take “A5”.", "It takes: A4, A3."),
        ("lsting.shout=yes", "There is no exporter “lsting”.", "Available: listing."),
    ],
)
def test_an_option_that_the_exporter_does_not_take_is_refused(
    call: Call, folder: Path, text: str, told: str, hint: str
) -> None:
    result = call("build", folder, "-o", text)
    assert result.exit_code == 2
    assert result.stderr == f"Error: {told}\n  {hint}\n"
    assert not (folder / "out").exists()


def test_an_exporter_without_options_says_so(call: Call, folder: Path, failing: PluginInfo, plugin: PluginInfo) -> None:
    result = call("build", folder, "-o", "failing.foo=1", plugins=(plugin, failing))
    assert result.stderr == "Error: The exporter failing has no option “foo”.\n  It has no options.\n"


def test_an_exporter_that_breaks_at_its_options_is_named(call: Call, folder: Path, plugin: PluginInfo) -> None:
    class Broken(NoOptions):
        size: int = Field(default=1, validate_default=True)

        @field_validator("size")
        @classmethod
        def check(cls, _size: int) -> int:
            raise RuntimeError("torn")

    broken = stranger("broken", lambda *_: iter(()))
    type(broken.exporters[0]).options = Broken
    result = call("build", folder, plugins=(plugin, broken))
    assert result.exit_code == 2
    assert result.stderr == (
        "Error: The exporter broken failed: RuntimeError: torn\n"
        "  Report this to its author, or exclude its plugin by name: --without NAME.\n"
    )


def stranger(name: str, render: Callable[..., Any]) -> PluginInfo:
    """A plugin whose one exporter makes documents so."""
    methods = {"name": name, "title": Message(name), "options": NoOptions, "render": render}
    return PluginInfo(name, f"{name}-plugin", "0.1", exporters=(type("Stranger", (), methods)(),))


def exits(_exporter: object, _report: object, _options: object) -> Iterator[Document]:
    yield Document(("half.txt",), b"")
    sys.exit(3)


@pytest.mark.parametrize(
    ("document", "told"),
    [
        (Document(("a.txt",), "text"), "the content of a.txt has to be bytes, but is str."),  # type: ignore[arg-type]
        (Document("a.txt", b""), "a document’s name has to be a tuple of texts, but is 'a.txt'."),  # type: ignore[arg-type]
        (Document((), b""), "a document’s name has to be a tuple of texts, but is ()."),
        (Document((1, "a"), b""), "a document’s name has to be a tuple of texts, but is (1, 'a')."),  # type: ignore[arg-type]
        (b"a", "it yields bytes instead of a Document."),
    ],
)
def test_what_is_no_document_is_its_exporters_failure(
    call: Call, folder: Path, plugin: PluginInfo, document: Document, told: str
) -> None:
    result = call("build", folder, plugins=(plugin, stranger("odd", lambda *_: iter([document]))))
    assert result.exit_code == 2
    assert f"odd: The exporter odd failed: {told}\n" in result.stdout
    assert (folder / "out" / "lists" / "listing.txt").exists()


def test_an_exporter_that_wants_to_end_the_program_is_named(call: Call, folder: Path, plugin: PluginInfo) -> None:
    result = call("build", folder, plugins=(plugin, stranger("quitter", exits)))
    assert result.exit_code == 2
    assert "quitter: The exporter quitter failed: SystemExit: 3\n" in result.stdout
    assert not (folder / "out" / "half.txt").exists()


def test_what_an_exporter_changes_in_its_process_changes_nothing_for_others(
    call: Call, folder: Path, plugin: PluginInfo, monkeypatch: pytest.MonkeyPatch
) -> None:
    def careless(_exporter: object, report: Report, _options: NoOptions) -> Iterator[Document]:
        os.chdir("/")
        os.environ.clear()
        decimal.getcontext().prec = 1
        sys.stdout.close()
        sys.stderr.write("said by the way\n")
        yield Document(("careless.txt",), report.templates.read("tiny/own.txt"))

    monkeypatch.chdir(folder.parent)
    (folder / "templates" / "tiny").mkdir(parents=True)
    (folder / "templates" / "tiny" / "own.txt").write_text("read where it lies")
    result = call("build", folder.name, plugins=(plugin, stranger("a-careless", careless)))
    assert result.exit_code == 0, result.stdout
    assert (folder / "out" / "careless.txt").read_text() == "read where it lies"
    assert (folder / "out" / "lists" / "listing.txt").read_text() == "A round, 1"


SAME = pytest.mark.parametrize(
    "name", [("lists", "Listing.txt"), ("lists",), ("clock.txt", "deeper.txt"), ("\uff23lock.txt",)]
)
"""The paths of another exporter: in other letters, as a file in a folder's place, as a folder in a file's."""


@SAME
def test_two_plugins_that_make_the_same_path_are_both_named_and_withheld(
    call: Call, folder: Path, plugin: PluginInfo, name: tuple[str, ...]
) -> None:
    other = stranger("other", lambda *_: iter([Document(("other.txt",), b"")]))
    twin = stranger("twin", lambda *_: iter([Document(name, b"")]))
    result = call("build", folder, plugins=(plugin, twin, other))
    assert result.exit_code == 2
    told = f"The exporters listing and twin both make {'/'.join(name)}.\n"
    assert all(f"{each}: {told}" in result.stdout for each in ("listing", "twin"))
    assert "The documents of both were withheld. Build with one of the two: -e NAME." in result.stdout
    assert sorted(json.loads((folder / "out" / "manifest.json").read_text())["outputs"]) == ["other.txt"]


@SAME
@pytest.mark.parametrize("exporter", ["a-twin", "twin"])
def test_what_a_built_in_exporter_makes_is_displaced_by_no_other_whoever_comes_first(
    call: Call, folder: Path, plugin: PluginInfo, name: tuple[str, ...], exporter: str
) -> None:
    built_in = replace(plugin, distribution="oekoreport")
    result = call("build", folder, plugins=(built_in, stranger(exporter, lambda *_: iter([Document(name, b"forged")]))))
    assert result.exit_code == 2
    assert f"The exporter {exporter} makes {'/'.join(name)}, which is a document of listing.\n" in result.stdout
    assert (folder / "out" / "lists" / "listing.txt").read_text() == "A round, 1"
    assert sorted(json.loads((folder / "out" / "manifest.json").read_text())["outputs"]) == [
        "clock.txt",
        "lists/listing.txt",
    ]


def test_an_exporter_that_makes_too_many_documents_is_named(call: Call, folder: Path, plugin: PluginInfo) -> None:
    many = stranger("many", lambda *_: (Document((f"{number}.txt",), b"") for number in count()))
    result = call("build", folder, plugins=(plugin, many))
    assert result.exit_code == 2
    assert "many: The exporter many failed: it makes more than 50,000 documents.\n" in result.stdout


def test_an_importer_that_wants_to_end_the_program_is_named(call: Call, folder: Path, plugin: PluginInfo) -> None:
    quitter = type("Quitter", (), {"name": "quitter", "claims": lambda *_: sys.exit(3), "read": lambda *_: ()})()
    other = type("Other", (), {"name": "other", "claims": lambda *_: 3, "read": lambda *_: sys.exit("enough")})()
    (folder / "x.txt").write_text("x")
    result = call("check", folder, plugins=(plugin, PluginInfo("q", "q", "1", importers=(quitter,))))
    assert "x.txt  DATA-FILE  The importer quitter failed: SystemExit: 3" in result.stdout
    result = call("check", folder, plugins=(PluginInfo("o", "o", "1", importers=(other,)),))
    assert result.exit_code == 2
    assert "The importer other failed: SystemExit: enough" in result.stderr


def test_documents_of_other_exporters_that_go_are_listed(call: Call, folder: Path, plugin: PluginInfo) -> None:
    both = (plugin, stranger("other", lambda *_: iter([Document(("other.txt",), b"")])))
    assert "Removed" not in call("build", folder, plugins=both).stdout
    result = call("build", folder, "-e", "listing", plugins=both)
    assert "Removed because this build no longer makes them:\n  other.txt\n" in result.stdout
    assert not (folder / "out" / "other.txt").exists()


def test_a_template_of_the_projects_own_that_nothing_uses_is_named_with_the_place_where_it_counts(
    call: Call, folder: Path, plugin: PluginInfo, tmp_path: Path
) -> None:
    (tmp_path / "shipped").mkdir()
    (tmp_path / "shipped" / "list.docx").write_bytes(b"")
    award = PluginInfo(
        "award", "award", "1", templates=(TemplateFolder("award", tmp_path / "shipped", ("logo.png", "name-*.png")),)
    )
    for name in (
        "list.docx",
        "award/logo.png",
        "award/name-2.png",
        "name-1.png",
        "Award/logo.png",
        "x.txt",
        ".x",
        "~$y.docx",
    ):
        (folder / "templates" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "templates" / name).write_bytes(b"")
    result = call("build", folder, plugins=(plugin, award))
    assert result.exit_code == 0
    assert [line for line in result.stdout.splitlines() if line.startswith("Note")] == [
        "Note: Nothing uses templates/Award/logo.png. It would count as templates/award/logo.png.",
        "Note: Nothing uses templates/list.docx. It would count as templates/award/list.docx.",
        "Note: Nothing uses templates/name-1.png. It would count as templates/award/name-1.png.",
        "Note: Nothing uses templates/x.txt: there is no template of that name.",
    ]


def fills(_exporter: object, report: Report, _options: object) -> Iterator[Document]:
    template = Template(report.templates.read("letters/x.docx"), "letters/x.docx")
    rendered = template.render({}, title="", language="de", created=None)
    yield Document(("x.docx",), *rendered)


def test_a_faulty_template_says_whose_it_is(call: Call, folder: Path, plugin: PluginInfo, tmp_path: Path) -> None:
    (tmp_path / "shipped").mkdir()
    (tmp_path / "shipped" / "x.docx").write_bytes(b"no archive")
    letters = replace(stranger("letters", fills), templates=(TemplateFolder("letters", tmp_path / "shipped"),))
    result = call("build", folder, plugins=(plugin, letters))
    assert "letters: letters/x.docx: In the plugin’s template: This is not a Word document" in result.stdout
    (folder / "templates" / "letters").mkdir(parents=True)
    (folder / "templates" / "letters" / "x.docx").write_bytes(b"no archive")
    before = sorted((path.name, path.stat().st_mtime_ns) for path in (folder / "out").rglob("*.txt"))
    result = call("build", folder, plugins=(plugin, letters))
    assert result.exit_code == 2
    assert "Error: templates/letters/x.docx: In the project’s own template: This is not a Word" in result.stderr
    assert sorted((path.name, path.stat().st_mtime_ns) for path in (folder / "out").rglob("*.txt")) == before


def test_an_output_folder_that_is_a_file_is_named_with_the_way_out(call: Call, folder: Path) -> None:
    (folder / "out").write_text("a file")
    result = call("build", folder)
    assert result.exit_code == 2
    assert result.stderr == (
        f"Error: {folder / 'out'} is a file, but a folder is needed there.\n"
        "  Move or rename it and build again; nothing was changed.\n"
    )


def test_documents_that_no_build_is_known_to_have_made_stop_it_until_it_is_forced(call: Call, folder: Path) -> None:
    old = folder / "out" / "urkunden" / "2023.pdf"
    old.parent.mkdir(parents=True)
    old.write_text("last year's")
    result = call("build", folder)
    assert result.exit_code == 2
    assert "urkunden/2023.pdf (is not in the manifest)" in result.stderr.replace("\n", "")
    assert [path.name for path in files_in(folder / "out")] == ["2023.pdf"]
    result = call("build", folder, "--force")
    assert "Removed because this build no longer makes them:\n  urkunden/2023.pdf" in result.stdout
    assert not old.parent.exists()


def files_in(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith(".")]


def test_as_of_is_in_the_manifest(call: Call, folder: Path) -> None:
    call("build", folder, "--as-of", "2022-01-31")
    assert json.loads((folder / "out" / "manifest.json").read_text())["examined"]["reference_date"] == "2022-01-31"


def test_verify_holds_after_a_build(call: Call, folder: Path) -> None:
    call("build", folder)
    for place in (folder, folder / "out"):
        result = call("verify", place)
        assert result.exit_code == 0
        assert result.stdout.splitlines()[2:] == ["Files checked against their hashes: 2", "Everything is unchanged."]


def test_verify_names_what_was_changed_lost_or_added(call: Call, folder: Path) -> None:
    call("build", folder)
    (folder / "out" / "clock.txt").unlink()
    (folder / "out" / "lists" / "listing.txt").write_text("nicer")
    (folder / "out" / "note.txt").write_text("")
    result = call("verify", folder / "out")
    assert result.exit_code == 1
    assert set(result.stdout.splitlines()[3:]) == {
        "clock.txt  is missing",
        "lists/listing.txt  was changed",
        "note.txt  is not in the manifest",
        "Deviations: 3",
    }


def test_verify_of_what_is_no_output_is_an_error(call: Call, tmp_path: Path) -> None:
    result = call("verify", tmp_path)
    assert result.exit_code == 2
    assert "has no manifest" in result.stderr


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
    assert result.stdout.splitlines()[3:6] == [
        "Files made again and compared byte by byte: 1",
        "Files that the documents are made from have changed. Build the project again to update them.",
        "projekt.lines  was changed",
    ]
    assert "lists/listing.txt  its bytes differ\n" in result.stdout
    assert (folder / "out" / "lists" / "listing.txt").read_text() == "A round, 1"


def test_rebuilding_names_what_is_new_and_what_is_gone(call: Call, folder: Path) -> None:
    (folder / "more.lines").write_text("participant;bad;;name=Bad\n")
    call("build", folder)
    (folder / "more.lines").rename(folder / "other.lines")
    result = call("verify", folder, "--rebuild")
    assert "more.lines  is missing\nother.lines  is new\n" in result.stdout
    assert result.exit_code == 1


def test_without_their_names_inputs_are_told_by_number(call: Call, folder: Path) -> None:
    call("build", folder)
    (folder / "out" / "intern" / "lauf.json").unlink()
    retitle(folder, "Another round")
    result = call("verify", folder, "--rebuild")
    assert "manifest.json: examined → inputs → files → 1  says " in result.stdout


@pytest.mark.parametrize("text", ["{", '{"format": 1, "outputs": {}}', '{"format": 2, "outputs": {}}'])
def test_a_damaged_manifest_is_told_from_none(call: Call, folder: Path, text: str) -> None:
    (folder / "out").mkdir()
    (folder / "out" / "manifest.json").write_text(text)
    result = call("verify", folder, "--rebuild")
    assert result.exit_code == 2
    assert f"{folder / 'out' / 'manifest.json'} is damaged" in result.stderr


def test_verify_of_a_project_that_was_not_built_names_its_output_folder(call: Call, folder: Path) -> None:
    result = call("verify", folder)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"Error: {folder / 'out'} has no manifest")


def test_rebuilding_names_other_versions(call: Call, folder: Path, plugin: PluginInfo) -> None:
    call("build", folder)
    newer = PluginInfo(
        "tiny", "tiny-plugin", "2.0", plugin.module, plugin.importers, plugin.exporters, plugin.rulebooks
    )
    result = call("verify", folder, "--rebuild", plugins=(newer,))
    assert "manifest.json: examined → versions → plugin tiny  says " in result.stdout
    assert result.exit_code == 1


@pytest.mark.parametrize(
    ("how", "said"),
    [("full", "/drive/file: no space is left on the drive"), ("starved", "there is not enough memory")],
)
def test_a_fault_of_the_system_is_nobody_elses_and_costs_no_document(
    call: Call, folder: Path, how: str, said: str
) -> None:
    assert call("build", folder).exit_code == 0
    before = {path: path.read_bytes() for path in (folder / "out").rglob("*") if path.is_file()}
    (folder / "projekt.lines").write_text(f"project;project;;title={how};reference_date=2021-06-30\n")
    result = call("build", folder)
    assert (result.exit_code, result.stderr) == (2, f"Error: {said}\n")
    assert {path: path.read_bytes() for path in (folder / "out").rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("command", ["check", "build", "status", "verify"])
def test_whatever_runs_next_removes_what_a_killed_run_left_and_says_so(call: Call, folder: Path, command: str) -> None:
    call("build", folder)
    left = folder / "out" / ".oekoreport-staging-0123abcd" / "new"
    left.mkdir(parents=True)
    (left / "a.txt").write_text("half")
    result = call(command, folder)
    assert result.exit_code == 0
    assert result.stderr == (
        f"A run was broken off before it changed anything in {folder / 'out'}; what it left is removed.\n"
    )
    assert call("verify", folder).stdout.endswith("Everything is unchanged.\n")
