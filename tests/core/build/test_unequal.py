"""Unequal projects one after the other in one process: nothing kept of one stands in the documents of another."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from oekoreport.build.demo import write_demo
from oekoreport.build.manifest import Order
from oekoreport.build.pipeline import make
from oekoreport.contract import Registry
from tests.typing.facts import round_of
from tests.typing.typed import typed

WHOLE = bool(os.environ.get("OEKOREPORT_TYPING_ROUNDS"))
"""Whether there is time for all projects in both orders, as in `make long`."""

ALONE = """
import sys
from pathlib import Path
from tests.core.build.test_unequal import told
print(told([Path(sys.argv[1])]))
"""


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The demo; a round with a logo and a picture; one whose own template cannot be filled; one with other formats."""
    root = tmp_path_factory.mktemp("unequal")
    write_demo(root / "demo", Registry.discover())
    for seed in (1, 2, 3) if WHOLE else (1, 2):
        typed(round_of(seed)).write(root / f"round-{seed}")
    picture = BytesIO()
    Image.new("RGB", (40, 20), "navy").save(picture, "PNG")
    for name in ("templates/award/logo.png", "bild.png"):
        (root / "round-1" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "round-1" / name).write_bytes(picture.getvalue())
    (root / "round-2" / "templates" / "award").mkdir(parents=True)
    (root / "round-2" / "templates" / "award" / "urkunde.typ").write_text("#let x = \n#nothing-of-this-name")
    return sorted(root.iterdir())


def told(folders: Iterable[Path]) -> str:
    """Return what each project comes to when they are made one after the other: hashes and failures, as JSON."""
    registry = Registry.discover()
    made = {folder.name: make(folder, registry, Order()) for folder in folders}
    return json.dumps(
        {
            name: {
                **{path: hashlib.sha256(document.content).hexdigest() for path, document in each.documents.items()},
                "failures": [f"{failure.exporter}: {failure.error}" for failure in each.failures],
            }
            for name, each in made.items()
        },
        sort_keys=True,
    )


def test_each_is_made_as_if_it_were_alone_whatever_was_made_before(projects: list[Path]) -> None:
    alone: dict[str, dict[str, Any]] = {}
    for folder in projects:
        command = [sys.executable, "-c", ALONE, str(folder)]
        done = subprocess.run(command, check=True, capture_output=True, text=True, env=_environment())
        alone |= json.loads(done.stdout)
    assert [bool(each["failures"]) for each in alone.values()] == [False, False, True, False][: len(projects)]
    for order in (projects, projects[::-1]) if WHOLE else (projects,):
        assert json.loads(told([*order, order[0]])) == alone


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONHASHSEED": "7"}
