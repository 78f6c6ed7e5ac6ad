"""The network: whatever is there, nobody is called; and without any, everything is made as with it."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.attacks.attack import attack
from tests.attacks.ground import PROGRAM, Ground

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


@attack("A build makes no socket but those that its own processes talk by")
def sockets(ground: Ground) -> None:
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    trace = ground.home / "trace"
    calls = ["strace", "-f", "-qq", "-e", "trace=connect,sendto,bind", "-o", str(trace), str(PROGRAM), "build", "runde"]
    subprocess.run(calls, cwd=ground.root, env=ground.environment, check=False, capture_output=True, timeout=120)
    called = [line for line in trace.read_text().splitlines() if "AF_INET" in line]
    assert not called, called


@attack("LibreOffice makes the PDFs of a machine without a network")
def office_without_network(ground: Ground) -> None:
    if shutil.which("soffice") is None or shutil.which("unshare") is None:
        pytest.skip("LibreOffice or unshare is not installed")
    ground.behind("unshare", "-n")
    ground.ends(0, by=("build", "runde", "-e", "certificates", "-o", "certificates.pdf=office"))
    assert len(list(ground.out.glob("urkunden/KS-*.pdf"))) == 13


@attack("An exporter that calls an address: where the system lets it, the line is dead")
def calling_plugin(ground: Ground) -> None:
    port = ground.listener.url.rpartition(":")[2]
    ground.plugin(
        "import socket\n"
        "class Fremd(Exporter):\n"
        "    name, title, options = 'fremd', _('Fremd'), NoOptions\n"
        "    def render(self, report, options):\n"
        f"        socket.create_connection(('127.0.0.1', {port}), timeout=2)\n"
        "        yield Document(('x.txt',), b'x')\n"
        "@hookimpl\ndef oekoreport_exporters(): return [Fremd()]\n"
    )
    ground.ends(2, "fremd", by=("build", "runde"))
