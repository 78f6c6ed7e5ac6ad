"""Help, languages, errors and exit codes, as a user meets them."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from oekoreport import __version__
from oekoreport.cli import texts
from oekoreport.contract.registry import PluginInfo
from oekoreport.language import Message

Call = Callable[..., Result]

HEAVY = ("pydantic", "pluggy", "rich", "babel", "lxml", "docxtpl", "xlsxwriter", "typst", "oekoreport_tables")


def oekoreport(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Call the program as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "oekoreport", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"} | environment,
    )


def test_help_names_every_command_and_its_exit_codes(call: Call) -> None:
    result = call("--help")
    assert result.exit_code == 0
    listed = [line.split()[0] for line in result.output.partition("Commands:")[2].splitlines() if line.strip()]
    assert listed == [
        "demo",
        "new",
        "forms",
        "check",
        "build",
        "status",
        "batch",
        "explain",
        "verify",
        "sign",
        "template",
        "plugin",
    ]
    assert "Exit codes: 0 clean, 1 findings, 2" in result.output
    assert "--without PLUGIN" in result.output


@pytest.mark.parametrize(
    "command",
    ["demo", "new", "forms", "check", "build", "status", "batch", "explain", "verify", "sign", "template", "plugin"],
)
def test_help_of_every_command_is_german(call: Call, command: str) -> None:
    english, german = call(command, "--help"), call("--lang", "de", command, "--help")
    assert german.output.startswith(f"Aufruf: oekoreport {command} [OPTIONEN]")
    assert "Diese Hilfe zeigen." in german.output
    left = set(english.output.splitlines()) & set(german.output.splitlines())
    assert not {line for line in left if line.strip()}


def test_the_language_may_stand_behind_the_command_and_after_help(call: Call) -> None:
    assert call("check", "--help", "--lang", "de").output.startswith("Aufruf:")
    assert call("check", "--help", "--lang=de").output.startswith("Aufruf:")


def test_messages_follow_the_system() -> None:
    assert oekoreport("--help", LC_ALL="de_DE.UTF-8").stdout.startswith("Aufruf:")
    assert oekoreport("--help", LC_ALL="fr_FR.UTF-8", LANGUAGE="de").stdout.startswith("Usage:")


def test_clicks_own_words_are_german_in_errors(call: Call) -> None:
    result = call("--lang", "de", "chekc")
    assert result.exit_code == 2
    assert "Hilfe gibt „oekoreport --help“." in result.output
    assert "Fehler: Den Befehl 'chekc' gibt es nicht. Meinten Sie 'check'?" in result.output
    assert "Es fehlt das Argument" in call("--lang", "de", "explain").output


def test_the_catalogue_of_clicks_words_is_compiled() -> None:
    """The build compiles it; run ``make test`` or install again after a change."""
    source = texts.CLICK_CATALOGUE / "de" / "LC_MESSAGES" / "click.po"
    assert source.with_suffix(".mo").stat().st_mtime >= source.stat().st_mtime


def test_version(call: Call) -> None:
    assert call("--version").output == f"oekoreport {__version__}\n"


def test_an_error_is_told_on_stderr_with_its_way_out(call: Call, tmp_path: Path) -> None:
    result = call("check", tmp_path / "nowhere")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == (
        f"Error: {tmp_path / 'nowhere'} is not a project folder: it contains no readable file.\n"
        f"  Create one with: oekoreport new {tmp_path / 'nowhere'}\n"
    )


def test_an_unreadable_project_is_an_error_with_its_place(call: Call, folder: Path) -> None:
    (folder / "projekt.lines").write_text("refuse\n")
    result = call("check", folder)
    assert result.exit_code == 2
    message = f"It is torn. Without this file the project in {folder} cannot be read."
    assert result.stderr == f"Error: projekt.lines: {message}\n  Glue it.\n"


def test_a_folder_that_no_importer_reads_is_no_project(call: Call, tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"")
    assert "is not a project folder" in call("check", tmp_path).stderr


def test_a_broken_plugin_stops_check_and_build_but_not_help(call: Call, folder: Path, plugin: PluginInfo) -> None:
    broken = PluginInfo("torn", "torn-plugin", "0.3", problem=Message("it is torn"))
    for command in ("check", "build", "status", "batch", "explain", "forms"):
        result = call(command, folder, plugins=(plugin, broken))
        assert result.exit_code == 2, command
        assert "torn 0.3: it is torn" in result.stderr
    assert call("--help", plugins=(plugin, broken)).exit_code == 0


def test_what_should_not_happen_is_told_without_a_traceback(
    call: Call, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_arguments: object) -> None:
        message = "no luck"
        raise RuntimeError(message)

    monkeypatch.setattr("oekoreport.build.examination.examine", fails)
    result = call("check", folder)
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: This should not have happened: RuntimeError: no luck\n  ")
    assert "--debug" in result.stderr
    assert "Traceback" not in result.output
    assert "Traceback" in call("check", folder, "--debug").stderr
    monkeypatch.setenv("OEKOREPORT_DEBUG", "1")
    assert "Traceback" in call("check", folder).stderr


def test_what_the_system_refuses_is_told_in_its_words(call: Call, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = call("new", tmp_path / "file" / "below")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"Error: {tmp_path / 'file' / 'below'}")


def test_help_imports_nothing_heavy() -> None:
    code = f"""
import atexit, sys
from oekoreport.cli.program import program
atexit.register(lambda: print([name for name in {HEAVY} if name in sys.modules]))
program.main(["--help"])
"""
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.splitlines()[-1] == "[]"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals of this kind")
def test_a_terminal_gets_colours_and_lines_that_fit(tmp_path: Path) -> None:
    import pty
    import re

    oekoreport("new", str(tmp_path / "runde"))
    command = [sys.executable, "-m", "oekoreport", "--lang", "de", "check", str(tmp_path / "runde")]
    terminal, inside = pty.openpty()
    environment = os.environ | {"TERM": "xterm-256color", "COLUMNS": "80"}
    with subprocess.Popen(command, stdout=inside, stderr=inside, env=environment) as running:
        os.close(inside)
        output = b"".join(iter(lambda: _read(terminal), b"")).decode()
    assert running.returncode == 1
    assert "\x1b[" in output
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", output)
    assert max(len(line.rstrip()) for line in plain.splitlines()) <= 80
    assert "nicht einschlägig" in plain


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so when the other side has closed
        return b""


def test_the_process_ends_with_the_exit_code(tmp_path: Path) -> None:
    assert oekoreport("check", str(tmp_path)).returncode == 2
    assert oekoreport("plugin", "list").returncode == 0
    assert oekoreport("verify").returncode == 2
