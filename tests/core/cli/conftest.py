"""What the tests of the command line share: a tiny plugin, a project that it reads, and a way to call."""

import importlib.util
import json
import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner, Result

from oekoreport.cli.program import program
from oekoreport.cli.session import Session
from oekoreport.contract.registry import PluginInfo, Registry

PROJECT = "project;project;;title={title};reference_date=2021-06-30\nparticipant;klinik;;name=Klinik Muster;staff=120\n"

Call = Callable[..., Result]

MACHINE_OUTPUT = Path(__file__).parents[3] / "docs" / "machine-output.md"


@pytest.fixture(scope="session")
def tiny() -> ModuleType:
    """The plugin of ``tiny_plugin.py``."""
    spec = importlib.util.spec_from_file_location("tiny_plugin", Path(__file__).with_name("tiny_plugin.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def plugin(tiny: ModuleType) -> PluginInfo:
    return PluginInfo(
        "tiny",
        "tiny-plugin",
        "1.0",
        tiny,
        tuple(tiny.oekoreport_importers()),
        tuple(tiny.oekoreport_exporters()),
        tuple(tiny.oekoreport_rulebooks()),
    )


@pytest.fixture
def call(plugin: PluginInfo) -> Call:
    """Call the program in this process with the tiny plugin, or others; English unless told otherwise."""

    def call(*arguments: object, plugins: tuple[PluginInfo, ...] = (plugin,)) -> Result:
        session = Session(plugins=Registry(plugins))
        asked = ["--lang", "en", *(str(argument) for argument in arguments)]
        return CliRunner().invoke(program, asked, prog_name="oekoreport", obj=session)

    return call


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project without fault."""
    folder = tmp_path / "runde"
    folder.mkdir()
    write_project(folder, "A round")
    return folder


def write_project(folder: Path, title: str) -> None:
    (folder / "projekt.lines").write_text(PROJECT.format(title=title), encoding="utf-8")


@pytest.fixture(scope="session")
def schemas() -> dict[str, Any]:
    """The schemas that the documentation gives, by the command that its heading names."""
    text = MACHINE_OUTPUT.read_text(encoding="utf-8")
    chapters = re.findall(r"^## `(.*?)`\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    return {command: json.loads(re.findall(r"```json\n(.*?)```", body, re.DOTALL)[0]) for command, body in chapters}
