"""The network: whatever is there, nobody is called; and without any, everything is made as with it."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.attacks.attack import attack
from tests.attacks.ground import Ground

COMMANDS = (
    ("check", "runde"),
    ("check", "runde", "--format", "sarif"),
    ("status", "runde"),
    ("explain", "runde", "settlement.grant_due"),
    ("verify", "runde"),
    ("verify", "--rebuild", "runde"),
    ("template", "check", "runde"),
    ("template", "fields", "urkunde"),
    ("plugin", "list"),
    ("forms", "runde"),
)


def _hashes(out: Path) -> dict[str, str]:
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name not in (".oekoreport.lock", "lauf.json")
    }


@attack("Every command is given a proxy: none uses it")
def proxies(ground: Ground) -> None:
    ground.build_before()
    for command in COMMANDS:
        ground.ends(0, by=command)


@attack("A build in a machine without a network makes the same bytes", always=True)
def without_network(ground: Ground) -> None:
    if shutil.which("unshare") is None or subprocess.run(["unshare", "-n", "true"], check=False).returncode:
        pytest.skip("the system gives no network of its own")
    ground.build(0)
    with_network = _hashes(ground.out)
    shutil.rmtree(ground.out)
    ground.behind("unshare", "-n")
    ground.ends(0, by=("build", "runde"))
    assert _hashes(ground.out) == with_network
