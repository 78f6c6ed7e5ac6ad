"""What the attacks share: the reference round, built once, and a listener that must stay silent."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from oekoreport.cli.program import program
from tests.attacks import table
from tests.attacks.ground import Ground
from tests.attacks.listening import Listener


@pytest.fixture(scope="session")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the reference round as ``round``, and as ``built`` with its documents."""
    from shutil import copytree, rmtree

    root = tmp_path_factory.mktemp("rounds")
    result = CliRunner().invoke(program, ["demo", str(root / "built")])
    assert result.exit_code == 0, result.output
    copytree(root / "built", root / "round")
    rmtree(root / "round" / "out")
    return root


@pytest.fixture
def listener() -> Iterator[Listener]:
    with Listener() as listening:
        yield listening


@pytest.fixture(scope="session", autouse=True)
def _interrupts() -> None:
    """Hear Ctrl-C: what is started in the background of a shell is deaf to it, and so is all that it starts."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def ground(tmp_path: Path, rounds: Path, listener: Listener) -> Ground:
    return Ground(tmp_path, rounds, listener)


def pytest_sessionfinish() -> None:
    """Write the table; whichever process ends last has all rows."""
    table.write()
