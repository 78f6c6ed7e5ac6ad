"""Certificates and register of a project's own Word templates: LibreOffice makes their PDFs, which say the same."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from oekoreport import Document, Locale, OekoreportError, Report, shipped_templates
from oekoreport.build.contexts import word_templates
from oekoreport.build.jobs import jobs_of
from oekoreport.documents.pdf import office
from oekoreport_award.certificates import CertificateOptions, Certificates

RoundOf = Callable[..., Report]

STAND_IN = """#!/bin/sh
echo run >> {runs}
for file in "$@"; do
  case "$file" in
    *{bad}.docx) echo 'source file could not be loaded';;
    *.docx) printf '%%PDF-1.7 %%%%EOF' > "${{file%.docx}}.pdf";;
  esac
done
"""
"""A soffice that notes each run, and leaves out the document of one number."""


@pytest.fixture
def own(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that puts copies of the shipped templates into the project's own folder."""

    def own(*names: str) -> Path:
        (tmp_path / "award").mkdir()
        for name in names:
            (tmp_path / "award" / name).write_bytes((shipped_templates("award") / name).read_bytes())
        return tmp_path

    return own


@pytest.fixture
def soffice(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Path]]:
    """Return a function that puts the stand-in in the place of LibreOffice and returns the file of its runs."""
    if sys.platform == "win32":
        pytest.skip("the stand-in for LibreOffice is a shell script")
    folder = tmp_path_factory.mktemp("office")

    def soffice(bad: str = "none") -> Path:
        (folder / "soffice").write_text(STAND_IN.format(runs=folder / "runs", bad=bad), encoding="utf-8")
        (folder / "soffice").chmod(0o700)
        return folder / "runs"

    office._program.cache_clear()
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    yield soffice
    office._program.cache_clear()


def made(report: Report, **options: object) -> dict[str, Document]:
    documents = Certificates().render(report, CertificateOptions.model_validate(options))
    return {document.name[-1]: document for document in documents}


def notes(documents: dict[str, Document]) -> dict[str, list[str]]:
    locale = Locale("de")
    return {name: [locale.show(note) for note in each.notes] for name, each in documents.items() if each.notes}


NO_PRINT_FILE = (
    "Es gibt keine Druckdatei, denn LibreOffice macht aus jeder Urkunde ein eigenes PDF: Drucken Sie diese gemeinsam, "
    "oder lassen Sie sie von Typst setzen, mit einer Vorlage award/urkunde.typ neben Ihrer eigenen oder mit "
    "-o certificates.pdf=typst."
)
NO_OFFICE = (
    "Aus der eigenen Vorlage award/urkunde.docx des Vorhabens entsteht kein PDF: LibreOffice, das es dazu braucht, ist "
    "nicht installiert. Speichern Sie in Word als PDF, was daraus entsteht, oder legen Sie eine Vorlage "
    "award/urkunde.typ daneben."
)


def test_an_own_word_certificate_becomes_pdf_in_one_run_and_the_print_file_is_left_out_with_a_note(
    round_of: RoundOf, own: Callable[..., Path], soffice: Callable[..., Path]
) -> None:
    runs = soffice()
    documents = made(round_of(own=own("urkunde.docx")))
    assert {name: each.reproducible for name, each in documents.items()} == {
        "OEP-1 Klinik Muster gGmbH.docx": True,
        "OEP-1 Klinik Muster gGmbH.pdf": False,
        "OEP-2 Hotel am Wall.docx": True,
        "OEP-2 Hotel am Wall.pdf": False,
        "urkundenregister.docx": True,
        "urkundenregister.pdf": True,
    }
    assert notes(documents) == {"OEP-1 Klinik Muster gGmbH.docx": [NO_PRINT_FILE]}
    assert runs.read_text(encoding="utf-8") == "run\n"


def test_no_print_file_is_missed_of_one_certificate_or_where_none_is_wanted(
    round_of: RoundOf, own: Callable[..., Path], soffice: Callable[..., Path]
) -> None:
    soffice()
    folder = own("urkunde.docx")
    assert notes(made(round_of({"d1": {"withdrawn_on": "1.9.2025"}}, own=folder))) == {}
    assert notes(made(round_of(own=folder), print_file=False)) == {}


def test_a_certificate_that_libreoffice_fails_at_says_so_and_the_others_are_made(
    round_of: RoundOf, own: Callable[..., Path], soffice: Callable[..., Path]
) -> None:
    soffice(bad="1")
    documents = made(round_of(own=own("urkunde.docx")), print_file=False)
    assert [name for name in documents if name.endswith(".pdf")] == [
        "OEP-1 Klinik Muster gGmbH.pdf",
        "urkundenregister.pdf",
    ]
    assert notes(documents) == {
        "OEP-2 Hotel am Wall.docx": [
            "LibreOffice hat aus OEP-2 Hotel am Wall.docx kein PDF erzeugt: source file could not be loaded"
        ]
    }


def test_without_libreoffice_one_note_says_why_there_are_no_pdfs_and_the_register_has_its_own(
    round_of: RoundOf, own: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "available", lambda: False)
    documents = made(round_of(own=own("urkunde.docx")))
    assert [name for name in documents if name.endswith(".pdf")] == ["urkundenregister.pdf"]
    assert notes(documents) == {"OEP-1 Klinik Muster gGmbH.docx": [NO_OFFICE]}


def test_an_own_typst_certificate_beside_it_needs_no_libreoffice(
    round_of: RoundOf, own: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "available", lambda: False)
    documents = made(round_of(own=own("urkunde.docx", "urkunde.typ")))
    assert "alle-urkunden.pdf" in documents
    assert notes(documents) == {}


def test_an_own_word_register_becomes_pdf_and_the_certificates_go_on_as_they_were(
    round_of: RoundOf, own: Callable[..., Path], soffice: Callable[..., Path]
) -> None:
    soffice()
    documents = made(round_of(own=own("register.docx")))
    assert not documents["urkundenregister.pdf"].reproducible
    assert documents["alle-urkunden.pdf"].reproducible
    assert notes(documents) == {}


def test_pdfs_alone_are_made_of_word_documents_that_are_not_kept(
    round_of: RoundOf, own: Callable[..., Path], soffice: Callable[..., Path]
) -> None:
    soffice()
    documents = made(round_of(own=own("urkunde.docx")), docx=False)
    assert list(documents) == ["OEP-1 Klinik Muster gGmbH.pdf", "OEP-2 Hotel am Wall.pdf", "urkundenregister.pdf"]
    assert notes(documents) == {"OEP-1 Klinik Muster gGmbH.pdf": [NO_PRINT_FILE]}


def test_a_word_template_is_proofed_wherever_something_is_made_of_it(
    round_of: RoundOf, own: Callable[..., Path]
) -> None:
    def proofed(report: Report, **options: object) -> list[str]:
        chosen = [(Certificates(), CertificateOptions.model_validate(options))]
        return list(word_templates(report, jobs_of(report, chosen)))

    both = ["award/register.docx", "award/urkunde.docx"]
    shipped, report = round_of(), round_of(own=own("urkunde.docx"))
    assert proofed(shipped) == both
    assert proofed(shipped, docx=False) == []
    assert proofed(shipped, docx=False, pdf="office") == both
    assert proofed(report, docx=False) == ["award/urkunde.docx"]


def test_libreoffice_that_is_asked_for_and_missing_is_an_error(
    round_of: RoundOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "available", lambda: False)
    with pytest.raises(OekoreportError) as caught:
        made(round_of(), pdf="office")
    assert caught.value.localize(Locale("de")) == (
        "LibreOffice ist nicht installiert.\n"
        "Erstellen Sie die Unterlagen mit -o certificates.pdf=typst, das kein LibreOffice braucht, oder mit pdf=never."
    )


@pytest.mark.office
@pytest.mark.skipif(not office.available(), reason="LibreOffice is not installed")
def test_libreoffice_itself_prints_certificates_and_register(round_of: RoundOf) -> None:
    documents = made(round_of(), pdf="office", docx=False)
    assert len(documents) == 3
    assert {(each.content[:5], each.reproducible) for each in documents.values()} == {(b"%PDF-", False)}
