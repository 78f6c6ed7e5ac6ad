"""Templates: the project's own go first, and what is in the wrong place is found."""

import errno
import os
import re
from hashlib import sha256
from pathlib import Path

import pytest

from oekoreport.contract.registry import Registry
from oekoreport.enclosure import Enclosure
from oekoreport.errors import SourceError
from oekoreport.places import Place
from oekoreport.report.templates import (
    MOST_BYTES,
    OwnFileTooLarge,
    TemplateBarred,
    TemplateFolder,
    TemplateNotRead,
    Templates,
)

PAGE = Path(__file__).parents[3] / "docs" / "own-templates.md"


def test_the_page_on_own_templates_names_every_template_and_slot() -> None:
    named = set(re.findall(r"^\| `templates/(.*?)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    folders = Registry.discover().templates
    slots = {f"{folder.name}/{slot}" for folder in folders for slot in folder.slots}
    files = {
        f"{folder.name}/{path.relative_to(folder.path).as_posix()}"
        for folder in folders
        for path in folder.path.rglob("*")
        if path.is_file() and not path.name.startswith(("~$", "."))
    }
    assert named == slots | files


@pytest.fixture
def folders(tmp_path: Path) -> tuple[TemplateFolder, ...]:
    for name in ("funding/bericht.docx", "award/urkunde.docx"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_bytes(name.encode())
    return TemplateFolder("funding", tmp_path / "funding"), TemplateFolder("award", tmp_path / "award", ("logo.png",))


def own(tmp_path: Path, *names: str) -> Path:
    for name in names:
        (tmp_path / "own" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "own" / name).write_bytes(b"own")
    return tmp_path / "own"


def test_the_projects_own_go_first_and_are_known_as_such(tmp_path: Path, folders: tuple[TemplateFolder, ...]) -> None:
    templates = Templates(folders, own(tmp_path, "funding/bericht.docx"))
    assert templates.read("funding/bericht.docx") == b"own"
    assert templates.read("award/urkunde.docx") == b"award/urkunde.docx"
    assert templates.is_own("funding/bericht.docx")
    assert not templates.is_own("award/urkunde.docx")


def test_files_that_nothing_uses_are_told_with_the_nearest_name(
    tmp_path: Path, folders: tuple[TemplateFolder, ...]
) -> None:
    names = ("funding/bericht.docx", "award/logo.png", "logo.png", "bericht.docx", "award/urkunden.docx", "liste.txt")
    assert dict(Templates(folders, own(tmp_path, *names)).idle()) == {
        "logo.png": "award/logo.png",
        "bericht.docx": "funding/bericht.docx",
        "award/urkunden.docx": "award/urkunde.docx",
        "liste.txt": None,
    }
    assert list(Templates(folders, tmp_path / "none").idle()) == []


def test_a_file_that_was_asked_for_is_used(tmp_path: Path, folders: tuple[TemplateFolder, ...]) -> None:
    templates = Templates(folders, own(tmp_path, "award/siegel.png"))
    assert [name for name, _near in templates.idle()] == ["award/siegel.png"]
    templates.find("award/siegel.png")
    assert list(templates.idle()) == []


LINKS = {
    "the template": "own/award/urkunde.docx",
    "the folder that it lies in": "own/award",
    "the folder of all templates": "own",
}


@pytest.mark.parametrize("what", LINKS)
def test_a_template_is_not_read_through_a_link(tmp_path: Path, folders: tuple[TemplateFolder, ...], what: str) -> None:
    outside = own(tmp_path / "outside", "award/urkunde.docx") / LINKS[what].removeprefix("own").lstrip("/")
    link = tmp_path / LINKS[what]
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(outside)
    templates = Templates(folders, tmp_path / "own")
    for touch in (templates.read, templates.look_at, templates.find, lambda name: templates.now([name])):
        with pytest.raises(TemplateBarred, match="is a link to another place, and links are not followed") as error:
            touch("award/urkunde.docx")
        assert error.value.place == Place("award/urkunde.docx")
    assert templates.is_own("award/urkunde.docx")
    with pytest.raises(SourceError if what == "the folder of all templates" else TemplateBarred):
        list(templates.idle())


def test_what_templates_hold_now_is_told_of_a_plugins_too_however_often_it_was_asked_for(
    tmp_path: Path, folders: tuple[TemplateFolder, ...]
) -> None:
    def now() -> dict[str, str | None]:
        return Templates(folders, tmp_path / "own").now(("award/urkunde.docx", "award/logo.png"))

    brought = now()
    assert brought == now() == {"award/urkunde.docx": sha256(b"award/urkunde.docx").hexdigest(), "award/logo.png": None}
    (tmp_path / "award/urkunde.docx").write_bytes(b"another")
    assert now() == brought | {"award/urkunde.docx": sha256(b"another").hexdigest()}
    own(tmp_path, "award/urkunde.docx")
    (tmp_path / "own/award/urkunde.docx").write_bytes(b"their own")
    assert now() == brought | {"award/urkunde.docx": sha256(b"their own").hexdigest()}


def test_a_template_that_cannot_be_read_is_told_and_not_replaced_by_the_plugins(
    tmp_path: Path, folders: tuple[TemplateFolder, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    templates = Templates(folders, own(tmp_path, "award/urkunde.docx", "award/logo.png"))

    def refuse(_top: Enclosure, name: str, _most: int) -> bytes:
        raise PermissionError(errno.EACCES, "Permission denied", name)

    monkeypatch.setattr(Enclosure, "read", refuse)
    for name in ("award/urkunde.docx", "award/logo.png"):
        with pytest.raises(TemplateNotRead, match=r"The template award/.* cannot be read: no permission\."):
            templates.find(name)


@pytest.mark.parametrize("name", ["award/urkunde.docx", "award/logo.png", "award/logo.svg"])
def test_a_file_that_is_larger_than_any_template_is_named_and_not_read_whole(
    tmp_path: Path, folders: tuple[TemplateFolder, ...], name: str
) -> None:
    file = own(tmp_path, name) / name
    with file.open("wb") as sparse:
        sparse.truncate(MOST_BYTES)
    assert len(Templates(folders, tmp_path / "own").find(name) or b"") == MOST_BYTES
    with file.open("wb") as sparse:
        sparse.truncate(100_000_000_000)
    templates = Templates(folders, tmp_path / "own")
    for touch in (templates.read, templates.look_at, templates.find, lambda name: templates.now([name])):
        with pytest.raises(OwnFileTooLarge, match=r"The file has more than 20 MB, and was not read\.") as error:
            touch(name)
        assert error.value.place == Place(name)


@pytest.mark.skipif(os.name == "nt", reason="pipes lie in folders of Unix only")
def test_a_pipe_among_the_templates_is_named_and_nobody_waits_for_it(
    tmp_path: Path, folders: tuple[TemplateFolder, ...]
) -> None:
    os.mkfifo(own(tmp_path, "award/logo.png") / "award" / "urkunde.docx")
    with pytest.raises(TemplateBarred, match="is neither a file nor a folder"):
        Templates(folders, tmp_path / "own").read("award/urkunde.docx")
