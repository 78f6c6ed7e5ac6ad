"""Manifests that somebody edited who holds the output: what they claim, and what a build would do because of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.attacks.attack import attack
from tests.attacks.dice import dice
from tests.attacks.ground import Ground
from tests.attacks.office import edited

ENTRY = {"sha256": "0" * 64, "reproducible": True}


def _edited(ground: Ground, edit: Callable[[dict[str, Any]], object]) -> Path:
    """Edit the manifest of documents that were built, and return it."""
    ground.build_before()
    path = ground.out / "manifest.json"
    manifest = json.loads(path.read_text())
    edit(manifest)
    path.write_text(json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    return path


@attack("A figure in the manifest is another: verify --rebuild finds it")
def figure(ground: Ground) -> None:
    def edit(manifest: dict[str, Any]) -> None:
        manifest["examined"]["figures"]["settlement.grant_due"]["value"] = "99999.99"

    _edited(ground, edit)
    ground.ends(1, by=("verify", "--rebuild", "runde/out"))


@attack("Each part of the manifest is another in turn: verify --rebuild finds each")
def each_part(ground: Ground) -> None:
    ground.build_before()
    path = ground.out / "manifest.json"
    whole = path.read_text()
    for name in sorted(json.loads(whole)):
        manifest = json.loads(whole)
        manifest[name] = _other(manifest[name])
        path.write_text(json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
        run = ground.run("verify", "--rebuild", "runde/out")
        assert run.code != 0, f"{name} was edited, and verify --rebuild says that all is as it was"


@attack("A part was added to the manifest")
def added(ground: Ground) -> None:
    _edited(ground, lambda manifest: manifest.update(approved_by="Bezirksregierung"))
    ground.ends(1, by=("verify", "--rebuild", "runde/out"))


@attack("All documents are marked as not reproducible, and one of them is another")
def not_reproducible(ground: Ground) -> None:
    import hashlib

    forged = b"gefaelscht"

    def edit(manifest: dict[str, Any]) -> None:
        for entry in manifest["outputs"].values():
            entry["reproducible"] = False
        manifest["outputs"]["verwendungsnachweis.docx"]["sha256"] = hashlib.sha256(forged).hexdigest()

    _edited(ground, edit)
    (ground.out / "verwendungsnachweis.docx").write_bytes(forged)
    ground.ends(1, by=("verify", "--rebuild", "runde/out"))


@attack("Drafts are declared final by hand: batch --final does not believe it")
def declared_final(ground: Ground) -> None:
    with edited(ground.project / "projekt.xlsx") as book:
        for row in book["Belege"].iter_rows(min_row=5, max_row=7):
            row[1].value = None
    ground.ends(1, "drafts", by=("build", "runde"))
    path = ground.out / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["draft"] = False
    path.write_text(json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    (ground.root / "runden").mkdir()
    ground.project.rename(ground.root / "runden/runde")
    run = ground.run("batch", "runden", "--final")
    (ground.root / "runden/runde").rename(ground.project)
    assert run.code == 2, run.said


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


@attack("The manifest has 400 MB")
def heavy(ground: Ground) -> None:
    ground.build_before()
    with (ground.out / "manifest.json").open("w") as file:
        file.write('{"format": 1, "x": "')
        for _number in range(400):
            file.write("x" * 1_000_000)
        file.write('"}')
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


@attack("A byte of a document is another: verify finds each of 24, one in each place of the folder")
def bytes_flipped(ground: Ground) -> None:
    ground.build_before()
    chance = dice(7)
    files = sorted(
        path for path in ground.out.rglob("*") if path.is_file() and path.suffix in (".docx", ".pdf", ".xlsx")
    )
    for path in chance.sample(files, 24):
        content = bytearray(path.read_bytes())
        place = chance.randrange(len(content))
        content[place] ^= 1 << chance.randrange(8)
        path.write_bytes(content)
    run = ground.ends(1, by=("verify", "runde/out"))
    told = sum(path.name in run.said for path in files)
    assert told == 24, run.said


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
