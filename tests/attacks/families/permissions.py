"""Permissions that are missing, or go in mid-run: nothing vanishes without a word."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from oekoreport.documents.pdf import fonts
from tests.attacks.attack import attack
from tests.attacks.ground import ORDINARY, Ground


def _closed(ground: Ground, *paths: str, mode: int = 0) -> None:
    """Close some of it to whoever runs the command."""
    ground.give_away()
    for path in paths:
        (ground.root / path).chmod(mode)


@attack("The folder of forms may not be listed", always=True)
def forms(ground: Ground) -> None:
    _closed(ground, "runde/erhebung")
    ground.check(2, "erhebung")


@attack("One form may not be read", always=True)
def form(ground: Ground) -> None:
    _closed(ground, "runde/erhebung/ford.xlsx")
    ground.check(1, "ford.xlsx")


@attack("The project's workbook may not be read")
def workbook(ground: Ground) -> None:
    _closed(ground, "runde/projekt.xlsx")
    ground.check(2, "projekt.xlsx")


@attack("The project may not be entered")
def project(ground: Ground) -> None:
    _closed(ground, "runde")
    ground.check(2, "runde")


@attack("A project of a batch may not be listed: the batch names it and is no success")
def in_batch(ground: Ground) -> None:
    ground.several(2)
    _closed(ground, "runden/1")
    ground.ends(2, "runden/1", by=("batch", "runden"))


@attack("The folder of a batch may not be listed")
def whole_batch(ground: Ground) -> None:
    ground.several(2)
    _closed(ground, "runden")
    ground.ends(2, "runden", by=("batch", "runden"))


@attack("A form of a project in a batch may not be read")
def form_in_batch(ground: Ground) -> None:
    ground.several(2)
    _closed(ground, "runden/1/erhebung/ford.xlsx")
    ground.ends(1, "runden/1", "drafts", by=("batch", "runden"))


@attack("Nothing may be written to out")
def out(ground: Ground) -> None:
    ground.build_before()
    ground.put("sachbericht.md", "# Neu\n\nNeu.\n")
    _closed(ground, "runde/out", mode=0o555)
    ground.ends(2, "out", by=("build", "runde"))


@attack("Nothing may be written to the project, and out does not exist")
def no_out(ground: Ground) -> None:
    _closed(ground, "runde", mode=0o555)
    ground.ends(2, "out", by=("build", "runde"))


@attack("A document in out may not be replaced")
def document(ground: Ground) -> None:
    ground.build_before()
    ground.put("sachbericht.md", "# Neu\n\nNeu.\n")
    _closed(ground, "runde/out/urkunden", mode=0o555)
    ground.ends(2, "urkunden", by=("build", "runde"))


@attack("The manifest may not be read")
def manifest(ground: Ground) -> None:
    ground.build_before()
    _closed(ground, "runde/out/manifest.json")
    ground.ends(2, "manifest.json", by=("verify", "runde/out"))
    ground.run("status", "runde")
    ground.run("build", "runde")


@attack("A document in out may not be read: verify does not call it unchanged")
def unreadable_document(ground: Ground) -> None:
    ground.build_before()
    _closed(ground, "runde/out/verwendungsnachweis.docx")
    run = ground.run("verify", "runde/out")
    assert run.code in (1, 2), run.said
    assert "verwendungsnachweis.docx" in run.said


@attack("A folder in out may not be listed: verify does not call it unchanged")
def unlisted_documents(ground: Ground) -> None:
    ground.build_before()
    _closed(ground, "runde/out/urkunden")
    run = ground.run("verify", "runde/out")
    assert run.code in (1, 2), run.said
    assert "urkunden" in run.said


@attack("The lock in out may not be opened")
def lock(ground: Ground) -> None:
    ground.build_before()
    (ground.out / ".oekoreport.lock").touch()
    ground.give_away()
    (ground.out / ".oekoreport.lock").chmod(0)
    ground.run("build", "runde", "--force")


@attack("A template of the project may not be read")
def template(ground: Ground) -> None:
    ground.put("templates/award/urkunde.typ", "x")
    _closed(ground, "runde/templates/award/urkunde.typ")
    ground.ends(2, "urkunde.typ", by=("build", "runde"))


@attack("The folder of templates may not be listed")
def templates(ground: Ground) -> None:
    ground.put("templates/award/urkunde.typ", "x")
    _closed(ground, "runde/templates/award")
    ground.ends(2, "templates", by=("build", "runde"))


@attack("A receipt that is named may not be read")
def receipt(ground: Ground) -> None:
    ground.put("belege/b01.pdf", b"%PDF-1.7 %%EOF")
    _closed(ground, "runde/belege/b01.pdf")
    ground.check(1, "b01.pdf")


@attack("The folder for temporary files does not exist, or may not be written", always=True)
def temporary(ground: Ground) -> None:
    for folder in ("nirgends", "outside/secret.txt"):
        place = str(ground.root / folder)
        ground.ends(2, f"written to {place}", by=("build", "runde"), environment={"TMPDIR": place})
    ground.give_away()
    ground.temporary.chmod(0o555)
    ground.ends(2, f"written to {ground.temporary}", by=("build", "runde"))
    assert not ground.out.exists() or not list(ground.out.rglob("*.*x"))


@attack("The home may not be written, is full, is a file, or is not there")
def home(ground: Ground) -> None:
    ground.give_away()
    ground.home.chmod(0o555)
    for place in (ground.home, ground.root / "nirgends", "/dev/full"):
        ground.ends(0, by=("build", "runde", "--force"), environment={"HOME": str(place)})
        _demand_as_built(ground)


@attack("Whoever calls has taken all permissions from their own files")
def mask(ground: Ground) -> None:
    ground.behind(*(ORDINARY if os.geteuid() == 0 else ()), "sh", "-c", 'umask 777; exec "$@"', "sh")
    ground.ends(2, "umask 0777", by=("build", "runde"))


@attack("No file may be larger than 5, 100 or 300 kB")
def size(ground: Ground) -> None:
    for blocks in (10, 200, 600):
        ground.behind("sh", "-c", f'ulimit -f {blocks}; exec "$@"', "sh")
        run = ground.run("build", "runde", "--force")
        assert run.code == 2, run.said
        assert "allows no file of that size" in run.said
        assert not list(ground.out.glob("*.docx"))


@attack("The cache of typefaces holds others under our names, and one more")
def typefaces(ground: Ground) -> None:
    folder = ground.home / ".cache/oekoreport/fonts-source-sans-pro-1"
    folder.mkdir(parents=True)
    packaged = fonts._packaged()
    for face in ("Regular", "Bold", "It", "BoldIt"):
        name = f"SourceSansPro-{face}.ttf"
        (folder / name).write_bytes(bytes((packaged / name).stat().st_size))
    ground.build(0)
    _demand_as_built(ground)
    (folder / "SourceSansPro-Regular2.ttf").write_bytes((packaged / "SourceSansPro-Black.ttf").read_bytes())
    ground.build(0, more=("--force",))
    _demand_as_built(ground)


def _demand_as_built(ground: Ground) -> None:
    """Demand that each document is that of a build that nothing disturbed."""
    for path in ground.built.rglob("*.*"):
        name = path.relative_to(ground.built).as_posix()
        if path.suffix in (".docx", ".pdf", ".xlsx"):
            assert (ground.out / name).read_bytes() == path.read_bytes(), name


@attack("Whatever is made may be read by everybody (umask 0): temporary folders are closed all the same")
def open_umask(ground: Ground) -> None:
    before = os.umask(0)
    try:
        running = ground.start("build", "runde")
    finally:
        os.umask(before)
    seen: dict[Path, int] = {}
    while running.process.poll() is None:
        for path in ground.temporary.iterdir():
            with suppress(FileNotFoundError):  # it was gone before we looked
                seen.setdefault(path, path.stat().st_mode & 0o077)
    ground.hold(running.ended())
    assert seen
    assert not any(seen.values()), f"others may look into {seen}"
