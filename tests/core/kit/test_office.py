"""LibreOffice: found or named as missing, many files in one process, and ended when it hangs."""

import os
import stat
import sys
import time
from io import BytesIO
from pathlib import Path

import docx
import pytest

from oekoreport.kit import office
from oekoreport.language import Locale


def word(text: str) -> bytes:
    file = docx.Document()
    file.add_paragraph(text)
    buffer = BytesIO()
    file.save(buffer)
    return buffer.getvalue()


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Let the search for LibreOffice start anew, and leave nothing found for other tests."""
    office._program.cache_clear()
    monkeypatch.setattr(office, "ELSEWHERE", ())
    return monkeypatch


def command(folder: Path, script: str) -> None:
    """Put a soffice of our own into a folder."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


def said(error: office.OfficeError) -> str:
    return error.localize(Locale("de"))


def test_where_there_is_none_it_says_so(fresh: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fresh.setenv("PATH", str(tmp_path))
    assert not office.available()
    with pytest.raises(office.OfficeError) as caught:
        office.to_pdf({"a": b""})
    office._program.cache_clear()
    assert said(caught.value) == (
        "LibreOffice ist nicht installiert.\n"
        "Wandeln Sie das Word-Dokument von Hand in PDF um oder erstellen Sie die Dokumente ohne PDF."
    )


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for LibreOffice is a shell script")
def test_one_that_hangs_is_ended_with_all_that_it_started(fresh: pytest.MonkeyPatch, tmp_path: Path) -> None:
    command(tmp_path, f"sleep 60 & echo $! > {tmp_path}/child; wait")
    fresh.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    started = time.monotonic()
    with pytest.raises(office.OfficeError) as caught:
        office.to_pdf({"a": b""}, seconds=1)
    office._program.cache_clear()
    assert said(caught.value).startswith("LibreOffice hat länger als 1 Sekunden gebraucht.")
    assert time.monotonic() - started < 20
    child = int((tmp_path / "child").read_text(encoding="utf-8"))
    assert not _lives(child)


def _lives(process: int) -> bool:
    """Tell whether a process runs; one that ended and waits to be collected does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for LibreOffice is a shell script")
def test_one_that_leaves_a_document_out_is_quoted(fresh: pytest.MonkeyPatch, tmp_path: Path) -> None:
    command(tmp_path, "echo 'source file could not be loaded'")
    fresh.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(office.OfficeError) as caught:
        office.to_pdf({"bericht": b""})
    office._program.cache_clear()
    assert "bericht kein PDF erzeugt: source file could not be loaded" in said(caught.value)


@pytest.mark.office
@pytest.mark.skipif(not office.available(), reason="LibreOffice is not installed")
def test_several_documents_become_pdf_at_once() -> None:
    made = office.to_pdf({"eins": word("Eins"), "zwei": word("Zwei")})
    assert {name: content[:5] for name, content in made.items()} == {"eins": b"%PDF-", "zwei": b"%PDF-"}
