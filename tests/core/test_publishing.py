"""Publishing: hostile names become safe ones, and a folder is either as before or wholly new."""

import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oekoreport.language import Locale
from oekoreport.publishing import (
    FileInUse,
    NoManifest,
    OutputLocked,
    locked,
    place_documents,
    publish,
    read_manifest,
    safe_name,
    verify,
)
from oekoreport.report import Document


def documents(**contents: str) -> dict[str, Document]:
    return {f"{name}.txt": Document((f"{name}.txt",), text.encode()) for name, text in contents.items()}


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("urkunde.pdf", "urkunde.pdf"),
        ('Müller & Söhne <GmbH> "=1+1" / ..', "Müller_&_Söhne_GmbH_=1+1"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("../../etc/passwd", "etc-passwd"),
        ("", "datei"),
        ("...", "datei"),
        ("x" * 300 + ".docx", "x" * 116 + ".docx"),
        ("Tagungs- und Kongreßzentrum Bad Sassendorf GmbH.pdf", "Tagungs_und_Kongreßzentrum_Bad_Sassendorf_GmbH.pdf"),
    ],
)
def test_names_become_safe(text: str, name: str) -> None:
    assert safe_name(text) == name


@given(st.text())
def test_any_text_gives_a_name_that_can_be_written(text: str) -> None:
    name = safe_name(text)
    assert name == safe_name(name)
    assert name not in ("", ".", "..")
    assert not set(name) & set('/\\:*?"<>|\0')
    assert len(name) <= 121
    assert not name.endswith((".", " "))


def test_names_that_collide_without_regard_to_case_get_a_number() -> None:
    placed = place_documents(
        [Document(("A", "x.txt"), b"1"), Document(("a", "X.txt"), b"2"), Document(("A", "x.txt"), b"3")]
    )
    assert list(placed) == ["A/x.txt", "a/X-2.txt", "A/x-3.txt"]


def test_a_document_cannot_take_the_place_of_the_manifest() -> None:
    assert list(place_documents([Document(("Manifest.json",), b"")])) == ["Manifest-2.json"]


def test_publishing_writes_files_then_the_manifest(tmp_path: Path) -> None:
    publish(tmp_path, documents(a="1", b="2"), {"sample": True})
    assert (tmp_path / "a.txt").read_text() == "1"
    manifest = read_manifest(tmp_path)
    assert manifest["sample"] is True
    assert list(manifest["outputs"]) == ["a.txt", "b.txt"]
    assert verify(tmp_path) == (2, [])


def test_files_of_an_earlier_build_that_are_no_more_are_deleted_and_strangers_are_left(tmp_path: Path) -> None:
    old = {"urkunden/a.txt": Document(("urkunden", "a.txt"), b"1"), **documents(b="2")}
    publish(tmp_path, old, {})
    (tmp_path / "notiz.txt").write_text("mine")
    publish(tmp_path, documents(b="3"), {})
    assert not (tmp_path / "urkunden").exists()
    assert (tmp_path / "notiz.txt").read_text() == "mine"
    assert [deviation.path for deviation in verify(tmp_path)[1]] == ["notiz.txt"]


def test_changed_and_missing_files_are_found(tmp_path: Path) -> None:
    publish(tmp_path, documents(a="1", b="2"), {})
    (tmp_path / "a.txt").write_text("other")
    (tmp_path / "b.txt").unlink()
    assert [(each.path, str(each.message)) for each in verify(tmp_path)[1]] == [
        ("a.txt", "was changed"),
        ("b.txt", "is missing"),
    ]


def test_a_folder_without_a_manifest_is_unfinished(tmp_path: Path) -> None:
    with pytest.raises(NoManifest) as error:
        verify(tmp_path)
    assert error.value.localize(Locale("en")) == (
        f"{tmp_path} holds no manifest: it is unfinished, or no output of oekoreport.\nBuild the project again."
    )


def test_two_builds_are_kept_apart(tmp_path: Path) -> None:
    with locked(tmp_path), pytest.raises(OutputLocked, match="Another build"):
        publish(tmp_path, documents(a="1"), {})
    assert "a.txt" not in files(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="a folder in a file's place stands for a file that is open in Word")
def test_a_file_that_cannot_be_replaced_stops_before_anything_is_changed(tmp_path: Path) -> None:
    publish(tmp_path, documents(a="1", b="2"), {})
    before = read_manifest(tmp_path)
    (tmp_path / "b.txt").unlink()
    (tmp_path / "b.txt").mkdir()
    with pytest.raises(FileInUse, match="cannot be replaced"):
        publish(tmp_path, documents(a="new", b="new"), {})
    assert (tmp_path / "a.txt").read_text() == "1"
    assert read_manifest(tmp_path) == before


def test_the_manifest_does_not_know_the_clock(tmp_path: Path) -> None:
    first = publish(tmp_path / "1", documents(a="1"), {"reference_date": date(2021, 10, 29).isoformat()}).read_bytes()
    second = publish(tmp_path / "2", documents(a="1"), {"reference_date": "2021-10-29"}).read_bytes()
    assert first == second
