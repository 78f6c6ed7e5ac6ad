"""LibreOffice: found or named as missing, many files in one process, and ended when it hangs."""

import os
import select
import stat
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
import pytest

from oekoreport.documents.pdf import office
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


STAND_IN = """
for file in "$@"; do
  case "$file" in
    *.docx)
      echo x >> {tries}/$(cat "$file")
      case $(cat "$file") in
        hangs) sleep 60 & echo $! > {tries}/child; wait;;
        dies) echo broken > "${{file%.docx}}.pdf"; kill -9 $$;;
        left-out) echo 'source file could not be loaded';;
        *) printf '%%PDF-1.7 %%%%EOF' > "${{file%.docx}}.pdf";;
      esac;;
    *) ;;
  esac
done
"""
"""A soffice that does with each file what the file says, and notes each try."""


@pytest.fixture
def tries(fresh: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Put the stand-in in the place of LibreOffice; return the folder of its notes."""
    if sys.platform == "win32":
        pytest.skip("the stand-in for LibreOffice is a shell script")
    folder = tmp_path / "tries"
    folder.mkdir()
    command(tmp_path, STAND_IN.format(tries=folder))
    fresh.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    yield folder
    office._program.cache_clear()


MOMENT = 10
"""Seconds, far fewer than the stand-in's child lives if nobody ends it."""


def converted(*names: str) -> tuple[list[str], dict[str, str]]:
    """Return which documents were made of files with these words in them, and why others were not."""
    result = office.to_pdf({name: name.rstrip("0123456789").encode() for name in names}, start=0.5, each=0.5)
    assert all(content.startswith(b"%PDF") for content in result.made.values())
    return list(result.made), {name: Locale("de").show(reason) for name, reason in result.failed.items()}


def test_one_that_hangs_is_tried_alone_once_and_named_and_the_rest_is_done(tries: Path) -> None:
    made, failed = converted("eins", "hangs", "zwei", "drei")
    assert made == ["eins", "zwei", "drei"]
    assert failed == {"hangs": "LibreOffice hat aus hangs kein PDF erzeugt: Es kam 0 Sekunden lang nicht weiter."}
    assert (tries / "hangs").read_text(encoding="utf-8").count("x") == 2
    assert (tries / "eins").read_text(encoding="utf-8").count("x") == 1


def test_one_that_hangs_is_ended_with_all_that_it_started(tries: Path) -> None:
    converted("hangs")
    assert _ended(int((tries / "child").read_text(encoding="utf-8")))


def test_one_that_kills_the_program_costs_no_other_and_half_a_file_is_none(tries: Path) -> None:
    made, failed = converted("eins", "dies", "zwei", "dies2", "drei")
    assert made == ["eins", "zwei", "drei"]
    assert list(failed) == ["dies", "dies2"]
    assert (tries / "dies").read_text(encoding="utf-8").count("x") == 4


def test_one_that_leaves_a_document_out_is_quoted(tries: Path) -> None:
    made, failed = converted("eins", "left-out", "zwei")
    assert made == ["eins", "zwei"]
    assert failed == {"left-out": "LibreOffice hat aus left-out kein PDF erzeugt: source file could not be loaded"}
    assert (tries / "zwei").read_text(encoding="utf-8").count("x") == 1


def test_a_program_that_does_nothing_is_not_asked_for_each_document(tries: Path) -> None:
    made, failed = converted(*(f"dies{number}" for number in range(9)))
    assert not made
    assert len(failed) == 9
    assert (tries / "dies").read_text(encoding="utf-8").count("x") == 2 * office.PATIENCE
    assert failed["dies8"].startswith("LibreOffice arbeitet hier nicht: ")


def _ended(process: int) -> bool:
    """Tell whether a process ended. One that was killed takes the kernel a moment, which it tells the end of."""
    if sys.platform != "linux":
        pytest.skip("only Linux tells when the process of another ends")
    try:
        handle = os.pidfd_open(process)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], MOMENT)[0])
    finally:
        os.close(handle)


@pytest.mark.office
@pytest.mark.skipif(not office.available(), reason="LibreOffice is not installed")
def test_several_documents_become_pdf_at_once() -> None:
    made = office.to_pdf({"eins": word("Eins"), "zwei": word("Zwei")})
    assert not made.failed
    assert {name: content[:5] for name, content in made.made.items()} == {"eins": b"%PDF-", "zwei": b"%PDF-"}
