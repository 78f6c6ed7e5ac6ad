"""Manifests that somebody edited who holds the output: what they claim, and what a build would do because of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.attacks.attack import attack
from tests.attacks.ground import Ground

ENTRY = {"sha256": "0" * 64, "reproducible": True}


def _edited(ground: Ground, edit: Callable[[dict[str, Any]], object]) -> Path:
    """Edit the manifest of documents that were built, and return it."""
    ground.build_before()
    path = ground.out / "manifest.json"
    manifest = json.loads(path.read_text())
    edit(manifest)
    path.write_text(json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    return path


@attack("The manifest names files outside as its own: ../../outside/secret.txt", always=True)
def outside(ground: Ground) -> None:
    names = ("../../outside/secret.txt", f"{ground.outside}/secret.txt", "a/../../../outside/secret.txt", "..")
    _edited(ground, lambda manifest: manifest["outputs"].update(dict.fromkeys(names, ENTRY)))
    ground.run("build", "runde", "--force")
    ground.run("verify", "runde/out")


@attack("The manifest names the project's own inputs as its documents")
def inputs(ground: Ground) -> None:
    names = ("../projekt.xlsx", "./../projekt.xlsx", "intern/../../projekt.xlsx")
    _edited(ground, lambda manifest: manifest["outputs"].update(dict.fromkeys(names, ENTRY)))
    ground.run("build", "runde", "--force")
    assert (ground.project / "projekt.xlsx").exists()


@attack("The manifest names folders, itself, the lock, an empty name and one with a zero")
def odd_names(ground: Ground) -> None:
    names = ("intern", ".", "", "manifest.json", ".oekoreport.lock", "a\0b", "urkunden/", "x" * 5000)
    _edited(ground, lambda manifest: manifest["outputs"].update(dict.fromkeys(names, ENTRY)))
    ground.run("verify", "runde/out")
    ground.run("verify", "--rebuild", "runde/out")
    ground.run("build", "runde")


@attack("The manifest is nested 100,000 deep")
def deep(ground: Ground) -> None:
    ground.build_before()
    (ground.out / "manifest.json").write_text("[" * 100_000)
    ground.ends(2, "manifest.json", by=("verify", "runde/out"))


@attack("The manifest is of numbers with a million digits, of NaN, and of other types than it has")
def odd_values(ground: Ground) -> None:
    ground.build_before()
    path = ground.out / "manifest.json"
    whole = json.loads(path.read_text())
    for value in ("9" * 1_000_000, "NaN", "null", "[]", "{}", '"x"', "true", "-1"):
        for name in ("outputs", "inputs", "options", "as_of", "exporters", "figures", "versions", "templates", "draft"):
            text = json.dumps({**whole, name: "HIER"}).replace('"HIER"', value)
            path.write_text(text)
        ground.run("verify", "runde/out")
    ground.run("verify", "--rebuild", "runde/out")


@attack("The manifest is no UTF-8, is empty, is cut")
def broken(ground: Ground) -> None:
    ground.build_before()
    path = ground.out / "manifest.json"
    content = path.read_bytes()
    for bad in (b"", b"\xff\xfe", content[: len(content) // 2]):
        path.write_bytes(bad)
        ground.ends(2, "manifest.json", by=("verify", "runde/out"))
        ground.run("status", "runde")


@attack("A document is gone, another is new, two have changed places")
def moved(ground: Ground) -> None:
    ground.build_before()
    (ground.out / "kohorte.xlsx").unlink()
    (ground.out / "neu.docx").write_bytes(b"neu")
    one, two = sorted(ground.out.glob("urkunden/KS-*.pdf"))[:2]
    content = one.read_bytes()
    one.write_bytes(two.read_bytes())
    two.write_bytes(content)
    ground.ends(1, "kohorte.xlsx", "neu.docx", one.name, two.name, by=("verify", "runde/out"))


def _other(value: Any) -> Any:
    """Return a value of the same kind that is another."""
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case str():
            return f"{value}x"
        case list():
            return [*value, "x"]
        case dict():
            first = next(iter(value), None)
            return {**value, first: _other(value[first])} if first else {"x": "x"}
    return "x"
