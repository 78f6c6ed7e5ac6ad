"""Files are read when their bytes are asked for, once and unchanged, and those that nobody reads cost nothing."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from oekoreport.build.intake import inputs_now, read_sources, take_in
from oekoreport.build.new import new_project
from oekoreport.build.reading import read
from oekoreport.contract import Registry
from oekoreport.enclosure import Enclosure
from oekoreport.records import Cells, Claim, Record, Source
from oekoreport.records.source import LARGEST, FileChanged, FileNotRead, FileTooLarge

REGISTRY = Registry.discover()
FILM = "belege/begehung.mp4"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """An empty project with a film that claims 100 GB."""
    folder = tmp_path / "runde"
    new_project(folder, REGISTRY, None)
    with (folder / FILM).open("wb") as film:
        film.truncate(100_000_000_000)
    return folder


def source(folder: Path, name: str = "a.csv", content: bytes = b"a;b\n") -> Source:
    (folder / name).write_bytes(content)
    return Source(name, Enclosure(folder))


def test_the_bytes_of_a_test_are_those_of_a_file(tmp_path: Path) -> None:
    for each in (Source("a.csv", b"a;b\n"), source(tmp_path)):
        assert (each.beginning, each.content, b"".join(each.pieces())) == (b"a;b\n",) * 3
        assert each.sha256 == hashlib.sha256(b"a;b\n").hexdigest()


def test_a_film_of_a_hundred_gigabytes_is_told_and_is_no_input(project: Path) -> None:
    intake = take_in(project, REGISTRY)
    told = [finding.code for finding in intake.assembly.findings if finding.place and finding.place.file == FILM]
    assert told == ["DATA-UNCLAIMED"]
    assert FILM not in intake.files.inputs.hashes
    assert set(intake.files.inputs.hashes) == {"projekt.xlsx", "sachbericht.docx"}


def test_an_importer_that_reads_all_to_know_its_own_does_not_get_the_film(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Greedy:
        name = "greedy"

        def claims(self, source: Source) -> Claim:
            return Claim.CERTAIN if b"{" in source.content else Claim.NONE

        def read(self, _source: Source) -> Iterator[Record | Cells]:
            yield from ()

    monkeypatch.setattr(Registry, "importers", (Greedy(),))
    reading = read([Source(FILM, Enclosure(project))], REGISTRY)
    assert [each.name for each in reading.unclaimed] == [FILM]
    assert not list(reading.findings)


def test_documents_depend_on_unread_files_by_name_and_beginning_alone(project: Path) -> None:
    before = take_in(project, REGISTRY).files.inputs
    assert inputs_now(project, before.hashes) == before
    with (project / FILM).open("r+b") as film:
        film.seek(5_000_000)
        film.write(b"other")
    assert inputs_now(project, before.hashes) == before
    (project / FILM).rename(project / "belege" / "andere.mp4")
    assert inputs_now(project, before.hashes).unread != before.unread
    assert inputs_now(project, before.hashes).hashes == before.hashes


def test_a_file_that_was_read_is_an_input_by_all_its_bytes(project: Path) -> None:
    before = take_in(project, REGISTRY).files.inputs
    content = (project / "projekt.xlsx").read_bytes()
    (project / "projekt.xlsx").write_bytes(content + b"\0")
    assert inputs_now(project, before.hashes).hashes != before.hashes
    assert inputs_now(project, before.hashes).unread == before.unread


def test_what_is_too_large_to_be_read_whole_is_refused_before(tmp_path: Path) -> None:
    large = source(tmp_path)
    os.truncate(tmp_path / "a.csv", LARGEST + 1)
    with pytest.raises(FileTooLarge, match="larger than 200 MB"):
        _content = large.content
    assert not large.is_read


def test_a_workbook_that_is_too_large_is_a_finding(project: Path) -> None:
    with (project / "messwerte.xlsx").open("wb") as file:
        file.truncate(LARGEST + 1)
    findings = take_in(project, REGISTRY).assembly.findings
    (told,) = (each for each in findings if each.place and each.place.file == "messwerte.xlsx")
    assert told.code == "DATA-FILE"
    assert told.message == "The file is larger than 200 MB and is not read."


def test_a_file_that_vanishes_is_named(project: Path) -> None:
    sources = {each.name: each for each in read_sources(project)}
    (project / FILM).unlink()
    with pytest.raises(FileNotRead, match="it does not exist"):
        _beginning = sources[FILM].beginning


def test_a_file_that_grows_while_it_is_read_is_named(tmp_path: Path) -> None:
    growing = source(tmp_path, content=b"a" * 3_000_000)
    pieces = growing.pieces()
    next(pieces)
    with (tmp_path / "a.csv").open("ab") as file:
        file.write(b"more")
    with pytest.raises(FileChanged, match="changed while it was being read"):
        list(pieces)
    assert not growing.is_read


def test_other_bytes_at_a_second_reading_are_an_error_and_not_another_hash(tmp_path: Path) -> None:
    once = source(tmp_path)
    first = once.content
    once.release()
    assert once.content == first
    once.release()
    (tmp_path / "a.csv").write_bytes(b"a;c\n")
    with pytest.raises(FileChanged):
        _content = once.content
    assert once.sha256 == hashlib.sha256(first).hexdigest()
