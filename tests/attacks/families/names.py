"""Names that companies have and files are given: too long, reserved, with paths, control signs or other directions."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from tests.attacks.attack import attack
from tests.attacks.ground import Ground
from tests.attacks.office import edited, head_of

CERTIFICATES = ("-e", "certificates", "-o", "certificates.pdf=never")


def _called(ground: Ground, *names: str) -> None:
    """Give the first companies of the round other names."""
    with edited(ground.project / "projekt.xlsx") as book:
        row, column = head_of(book["Teilnehmer"], "Name")
        for number, name in enumerate(names, start=1):
            book["Teilnehmer"].cell(row + number, column).value = name


def _kept_in(ground: Ground, *names: str) -> None:
    """Demand that certificates of these companies are made in their folder, each under its own name."""
    _called(ground, *names)
    run = ground.run("build", "runde", *CERTIFICATES)
    ground.told = f"exit {run.code}: {run.said[:140]}"
    assert run.code in (0, 1), run.said[-1500:]
    made = list(ground.out.rglob("KS-*.docx"))
    assert len(made) == 13, run.said[-1500:]
    assert {path.parent for path in made} == {ground.out / "urkunden"}
    assert all(len(os.fsencode(path.name)) <= 255 and path.name.isprintable() for path in made)
    ground.demand_whole()


@attack("Companies are called ../../outside/x, /etc/passwd, ..\\..\\x and C:\\x", always=True)
def climbing(ground: Ground) -> None:
    _kept_in(ground, "../../outside/x", "/etc/passwd", "..\\..\\outside\\x", "C:\\x", "..", ".")


@attack("Companies are called CON, nul.txt, COM1, a name with a point at its end, and one of blanks alone")
def reserved(ground: Ground) -> None:
    _kept_in(ground, "CON", "nul.txt", "COM1", "Firma.", "LPT1 ", "Firma:Strom")


@attack("Companies have names of 400 umlauts, 400 signs of four bytes, and 30,000 letters")
def long(ground: Ground) -> None:
    _kept_in(ground, "ä" * 400, "\N{PILE OF POO}" * 400, "x" * 30_000)


@attack("Companies have names that differ in capitals, accents and blanks alone")
def alike(ground: Ground) -> None:
    _kept_in(ground, "Müller", "MÜLLER", "Mu\u0308ller", "Müller ", "Müller\u00a0")


@attack("Names of companies hold formulas, marks of templates, markup and code of Typst")
def code(ground: Ground) -> None:
    _kept_in(
        ground, '=cmd|"/c calc"!A1', "{{ 7 * 7 }}{% raw %}", "<w:p/>]]>&", '#read("/etc/passwd")', "@SUM(1)", "-rf"
    )


@attack("Names of companies hold signs that turn the direction, end lines and steer terminals")
def steering(ground: Ground) -> None:
    _kept_in(ground, "a\u202egnp.exe", "x\ny", "x\u2028y", "\u200b", "x\ty")


@attack("The name of a file steers the terminal that lists it")
def terminal(ground: Ground) -> None:
    ground.put("erhebung/\x1b]0;gekapert\x07\x1b[2J.xlsx", b"kein Formular")
    run = ground.check(1)
    assert "\x1b" not in run.out, "a control sign was printed"


@attack("The name of a file ends a line and imitates a message", always=True)
def imitating(ground: Ground) -> None:
    ground.put("erhebung/a\nError: alles in Ordnung\n.xlsx", b"kein Formular")
    run = ground.check(1)
    assert not any(line.startswith("Error: alles") for line in run.out.splitlines()), "a file's name became a line"


@attack("The name of a file is no UTF-8")
def no_utf8(ground: Ground) -> None:
    (ground.project / "erhebung" / os.fsdecode(b"M\xfcller.xlsx")).write_bytes(b"kein Formular")
    ground.check(1)
    run = ground.run("build", "runde")
    assert run.code in (1, 2), run.said[-500:]


@attack("A file is called -rf, another --final, another =1+1.csv, another CON.xlsx")
def like_options(ground: Ground) -> None:
    for name in ("-rf", "--final", "=1+1.csv", "CON.xlsx", "$(touch x)", "a;b|c&d"):
        ground.put(f"erhebung/{name}", b"kein Formular")
    ground.check(1)


@attack("The folder of the project is called --force, and another ~")
def folder_like_an_option(ground: Ground) -> None:
    shutil.copytree(ground.project, ground.project / "x")
    ground.run("check", "--", "--force")
    ground.run("check", "~")


@attack("The name of a file has 255 bytes, in folders 30 deep")
def deep(ground: Ground) -> None:
    ground.put("belege/" + "/".join(["o" * 90] * 30) + "/" + "x" * 250 + ".pdf", b"%PDF-1.7 %%EOF")
    ground.check(0)


@attack("A path is longer than the system takes in one call")
def longer_than_taken(ground: Ground) -> None:
    before = Path.cwd()
    os.chdir(ground.project / "erhebung")
    try:
        for _depth in range(30):
            Path("o" * 200).mkdir()
            os.chdir("o" * 200)
        Path("tief.xlsx").write_bytes(b"kein Formular")
    finally:
        os.chdir(before)
    ground.run("check", "runde")


@attack("The recipient is asked for by an exporter that is called ../../x")
def exporter(ground: Ground) -> None:
    ground.ends(2, by=("build", "runde", "-e", "../../outside"))
    ground.ends(2, by=("build", "runde", "-o", "../../x.y=1"))


@attack("A folder is told by a path that climbs, and by one that is a file")
def odd_folders(ground: Ground) -> None:
    ground.ends(2, by=("check", "runde/projekt.xlsx"))
    ground.ends(2, by=("build", "/dev/null"))
    ground.ends(2, by=("verify", "/dev/zero"))
