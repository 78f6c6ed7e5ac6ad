"""Links, pipes and devices where files should be: whoever has an account on the share can put them there."""

from __future__ import annotations

import os
from pathlib import Path

from tests.attacks.attack import attack
from tests.attacks.ground import Ground


def _linked(path: Path, target: Path | str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(target)


@attack("out/link leads outside, and a manifest made by hand says that a file in it was ours")
def link_in_out(ground: Ground) -> None:
    import json

    ground.build_before()
    _linked(ground.out / "link", "../../outside")
    manifest = json.loads((ground.out / "manifest.json").read_text())
    entry = {"sha256": "0" * 64, "reproducible": True}
    manifest["outputs"] |= {"link/secret.txt": entry, "link/deep/secret.txt": entry}
    (ground.out / "manifest.json").write_text(json.dumps(manifest))
    ground.ends(2, "link", by=("build", "runde"))
    ground.ends(2, "link", by=("build", "runde", "--force"))


@attack("out/urkunden is a link that leads outside")
def folder_of_documents(ground: Ground) -> None:
    _linked(ground.out / "urkunden", "../../outside/deep")
    ground.ends(2, "urkunden", by=("build", "runde"))
    ground.ends(2, "urkunden", by=("build", "runde", "--force"))


@attack("out itself is a link that leads outside")
def out_itself(ground: Ground) -> None:
    _linked(ground.out, "../outside")
    ground.ends(2, "out", by=("build", "runde"))
    ground.ends(2, "out", by=("build", "runde", "--force"))


@attack("out/verwendungsnachweis.docx is a link to a file outside")
def document(ground: Ground) -> None:
    _linked(ground.out / "verwendungsnachweis.docx", "../../outside/verwendungsnachweis.docx")
    ground.ends(2, "verwendungsnachweis.docx", by=("build", "runde"))
    ground.ends(2, "verwendungsnachweis.docx", by=("build", "runde", "--force"))


@attack("out/manifest.json is a link to a file outside")
def manifest(ground: Ground) -> None:
    _linked(ground.out / "manifest.json", "../../outside/manifest.json")
    ground.ends(2, "manifest.json", by=("build", "runde", "--force"))
    ground.ends(2, by=("verify", "runde/out"))


@attack("The lock in out is a link to a file outside")
def lock(ground: Ground) -> None:
    _linked(ground.out / ".oekoreport.lock", "../../outside/secret.txt")
    ground.run("build", "runde")


@attack("A folder in out that looks like one of an earlier build is a link that leads outside")
def staging(ground: Ground) -> None:
    ground.build_before()
    _linked(ground.out / ".staging-abc", "../../outside")
    ground.run("build", "runde")


@attack("A document of a build before was changed for a link to the same bytes outside the folder")
def document_moved_away(ground: Ground) -> None:
    ground.build_before()
    name = "verwendungsnachweis.docx"
    (ground.out / name).replace(ground.project.parent / "home" / name)
    ground.keep(ground.home)
    _linked(ground.out / name, f"../../home/{name}")
    ground.ends(1, name, by=("verify", "runde/out"))
    ground.ends(2, name, by=("build", "runde"))


@attack("A dangling link lies in out: verify tells it")
def dangling_in_out(ground: Ground) -> None:
    ground.build_before()
    _linked(ground.out / "nirgends.docx", "nowhere.docx")
    ground.ends(1, "nirgends.docx", by=("verify", "runde/out"))
    ground.ends(2, "nirgends.docx", by=("build", "runde"))


@attack("An empty folder lies in out: verify tells it")
def empty_folder_in_out(ground: Ground) -> None:
    ground.build_before()
    (ground.out / "leer").mkdir()
    ground.ends(1, "leer", by=("verify", "runde/out"))


@attack("A form of a company is a link to a file outside", always=True)
def linked_form(ground: Ground) -> None:
    _linked(ground.project / "erhebung/fremd.xlsx", "../../outside/secret.txt")
    ground.check(1, "fremd.xlsx")


@attack("The folder of forms is a link that leads outside")
def linked_folder(ground: Ground) -> None:
    (ground.project / "erhebung").rename(ground.home / "erhebung")
    ground.keep(ground.home)
    _linked(ground.project / "erhebung", "../outside")
    ground.check(1, "erhebung")


@attack("projekt.xlsx is a link to a file outside")
def linked_workbook(ground: Ground) -> None:
    (ground.project / "projekt.xlsx").unlink()
    _linked(ground.project / "projekt.xlsx", "../outside/secret.txt")
    ground.check(2, "projekt.xlsx")


@attack("The narrative is a link to a file outside")
def linked_narrative(ground: Ground) -> None:
    (ground.project / "sachbericht.md").unlink()
    _linked(ground.project / "sachbericht.md", "../outside/secret.txt")
    ground.check(1, "sachbericht.md")
    ground.run("build", "runde")
    ground.demand_whole()


@attack("A receipt in belege is a link to a file of the system")
def linked_receipt(ground: Ground) -> None:
    _linked(ground.project / "belege/passwd.pdf", "/etc/passwd")
    ground.check(1, "passwd.pdf")


@attack("The logo of the certificates is a link to a file outside")
def linked_logo(ground: Ground) -> None:
    _linked(ground.project / "templates/award/logo.png", "../../../outside/secret.txt")
    ground.ends(2, "logo.png", by=("build", "runde", "-e", "certificates"))


@attack("A template of the project is a link to a file outside")
def linked_template(ground: Ground) -> None:
    _linked(ground.project / "templates/award/urkunde.typ", "../../../outside/secret.txt")
    ground.ends(2, "urkunde.typ", by=("build", "runde", "-e", "certificates"))
    ground.run("template", "check", "runde")


@attack("The folder of templates is a link that leads outside")
def linked_templates(ground: Ground) -> None:
    _linked(ground.project / "templates", "../outside")
    ground.ends(2, "templates", by=("build", "runde", "-e", "certificates"))


@attack("Folders are linked in a circle")
def circle(ground: Ground) -> None:
    _linked(ground.project / "belege/a/b/c", "../../..")
    ground.check(1, "belege")


@attack("A dangling link lies among the forms")
def dangling(ground: Ground) -> None:
    _linked(ground.project / "erhebung/weg.xlsx", "nowhere.xlsx")
    ground.check(1, "weg.xlsx")


@attack("A form is a pipe that nobody writes to", always=True)
def pipe(ground: Ground) -> None:
    os.mkfifo(ground.project / "erhebung/rohr.xlsx")
    ground.check(1, "rohr.xlsx")


@attack("projekt.xlsx is a pipe")
def pipe_as_project(ground: Ground) -> None:
    (ground.project / "projekt.xlsx").unlink()
    os.mkfifo(ground.project / "projekt.xlsx")
    ground.check(2, "projekt.xlsx")


@attack("A pipe lies in out")
def pipe_in_out(ground: Ground) -> None:
    ground.build_before()
    os.mkfifo(ground.out / "rohr.docx")
    ground.ends(1, "rohr.docx", by=("verify", "runde/out"))
    ground.ends(2, "rohr.docx", by=("build", "runde"))


@attack("The manifest is a pipe")
def pipe_as_manifest(ground: Ground) -> None:
    ground.out.mkdir()
    os.mkfifo(ground.out / "manifest.json")
    ground.ends(2, "manifest.json", by=("verify", "runde/out"))
    ground.ends(2, "manifest.json", by=("build", "runde"))


@attack("A form is a link to a device that never ends")
def device(ground: Ground) -> None:
    _linked(ground.project / "erhebung/null.xlsx", "/dev/zero")
    ground.check(1, "null.xlsx")


@attack("A form is a socket")
def unix_socket(ground: Ground) -> None:
    import socket

    with socket.socket(socket.AF_UNIX) as made:
        before = Path.cwd()
        os.chdir(ground.project / "erhebung")  # the name of a socket has at most a hundred signs
        try:
            made.bind("s.xlsx")
        finally:
            os.chdir(before)
        ground.check(1, "s.xlsx")


@attack("A project below the folder of a batch is a link that leads outside")
def linked_project(ground: Ground) -> None:
    (ground.outside / "projekt.csv").write_text("Titel\n")
    ground.look_again()
    _linked(ground.root / "runden/fremd", "../outside")
    run = ground.run("batch", "runden")
    assert run.code == 2, run.said
    assert not (ground.outside / "out").exists()


@attack("A folder of temporary files that looks like ours is a link that leads outside")
def linked_temporary(ground: Ground) -> None:
    _linked(ground.temporary / "oekoreport-1-abc-def", ground.outside)
    _linked(ground.temporary / "oekoreport-999999999-1-press-def", ground.outside)
    ground.keep(ground.temporary)
    ground.run("check", "runde")


@attack("An input is a second name of a file outside (a hard link)")
def hard_link(ground: Ground) -> None:
    os.link(ground.project / "projekt.xlsx", ground.root / "home/projekt.xlsx")
    ground.keep(ground.home)
    before = (ground.home / "projekt.xlsx").stat()
    ground.build(0)
    after = (ground.home / "projekt.xlsx").stat()
    assert (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, after.st_size)


@attack("A document in out is a second name of a file outside (a hard link)")
def hard_link_in_out(ground: Ground) -> None:
    ground.build_before()
    kept = ground.home / "kept.docx"
    os.link(ground.out / "verwendungsnachweis.docx", kept)
    content = kept.read_bytes()
    ground.keep(ground.home)
    ground.put("sachbericht.md", (ground.project / "sachbericht.md").read_text() + "\n\nNeu.\n")
    ground.build(0)
    assert kept.read_bytes() == content, "a file outside was written through its second name"
