"""A build leaves every module's constants as they are; a library that wrote into one would change the next build."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPT = """
import sys
from click.testing import CliRunner
from oekoreport.cli.program import program
from oekoreport.contract.registry import Registry

def constants():
    for module in [module for name, module in sys.modules.items() if name.startswith("oekoreport")]:
        for name, value in vars(module).items():
            if name.isupper() and isinstance(value, (dict, list, set)):
                yield f"{module.__name__}.{name}", repr(value)

Registry.discover()
before = dict(constants())
result = CliRunner().invoke(program, ["demo", sys.argv[1]])
after = dict(constants())
print(result.exit_code, len(before) > 50, [name for name, value in before.items() if after[name] != value])
"""


def test_a_build_leaves_every_constant_as_it_was(tmp_path: Path) -> None:
    command = [sys.executable, "-c", SCRIPT, str(tmp_path / "demo")]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    assert result.stdout == "0 True []\n"
