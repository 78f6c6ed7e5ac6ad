"""Files are found however their path is typed, and one that proves nothing is told."""

import unicodedata

import pytest

from oekoreport.records import Files, Flaw, Source
from oekoreport.records.files import flaw_of

PDF = b"%PDF-1.7\n1 0 obj\n%%EOF\n"


def test_a_file_is_found_in_other_case_slashes_and_umlauts_and_by_its_name_alone() -> None:
    files = Files([Source("belege/Raummiete März.pdf", PDF), Source("belege/B09.pdf", PDF)])
    assert files.find("belege/B09.pdf") == "belege/B09.pdf"
    assert files.find(r"Belege\b09.PDF") == "belege/B09.pdf"
    assert files.find("./belege/B09.pdf") == "belege/B09.pdf"
    assert files.find(r"C:\Runden\2024\belege\B09.pdf") == "belege/B09.pdf"
    decomposed = unicodedata.normalize("NFD", "belege/Raummiete März.pdf")
    assert files.find(decomposed) == files.find("RAUMMIETE MÄRZ.pdf") == "belege/Raummiete März.pdf"
    assert files.find("belege/B10.pdf") is None


def test_a_name_alone_says_nothing_where_two_folders_have_it() -> None:
    files = Files([Source("belege/2024/B1.pdf", PDF), Source("belege/2025/B1.pdf", PDF)])
    assert files.find("B1.pdf") is None
    assert files.find("belege/2025/b1.pdf") == "belege/2025/B1.pdf"


@pytest.mark.parametrize(
    ("name", "content", "flaw"),
    [
        ("a.pdf", PDF, None),
        ("a.PDF", b"\r\n" + PDF + b"\0" * 900, None),
        ("a.pdf", b"", Flaw.EMPTY),
        ("a.pdf", b" \r\n\0", Flaw.EMPTY),
        ("a.pdf", b"<html></html>", Flaw.FOREIGN),
        ("a.pdf", b"%PDF-1.7\n1 0 obj\n", Flaw.CUT_OFF),
        ("a.xml", b"\xef\xbb\xbf<?xml version='1.0'?><a/>", None),
        ("a.xml", "<a/>".encode("utf-16"), None),
        ("a.xml", b"%PDF-1.7", Flaw.FOREIGN),
        ("a.png", b"\x89PNG\r\n\x1a\n...", None),
        ("a.jpg", b"\xff\xd8\xff\xe0...", None),
        ("a.jpeg", b"\x89PNG\r\n\x1a\n...", Flaw.FOREIGN),
        ("a.tif", b"II*\0...", None),
        ("a.eml", b"From: muster", None),
    ],
)
def test_a_file_that_is_no_proof_is_told(name: str, content: bytes, flaw: Flaw | None) -> None:
    assert flaw_of(Source(name, content)) is flaw
