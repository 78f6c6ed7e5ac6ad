"""How the PDF of a Word document is made: as chosen, or so that it says what the Word document says."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import BaseModel

from oekoreport import Document, Message, Report
from oekoreport.documents.pdf import office
from oekoreport.documents.pdf import ways as pdf_ways
from oekoreport.language import Locale
from oekoreport.report.templates import TemplateFolder, Templates
from oekoreport.testing.reports import report_of
from oekoreport.testing.round import clean_round

PAIR = pdf_ways.TemplatePair("letters", "post/letter.docx", "post/letter.typ")
BROKEN = Message("broken")
LOST = Message("no envelope")


class Options(BaseModel):
    pdf: pdf_ways.PdfChoice = "auto"


def report(folder: Path, *own: str) -> Report:
    """Return a report with a plugin's two templates, and own ones of these names."""
    for name in ("letter.docx", "letter.typ"):
        (folder / name).touch()
    (folder / "own" / "post").mkdir(parents=True)
    for name in own:
        (folder / "own" / "post" / name).touch()
    templates = Templates([TemplateFolder("post", folder)], folder / "own")
    return replace(report_of(clean_round()), templates=templates)


def letters(*names: str) -> list[Document]:
    return [Document(("post", f"{name}.docx"), name.encode(), (Message(f"changed in {name}"),)) for name in names]


def shown(documents: Iterable[Document]) -> list[tuple[str, list[str]]]:
    """Return names and notes; what a renderer changed is left out."""
    locale = Locale("de")
    notes = ((each.name[-1], [locale.show(note) for note in each.notes]) for each in documents)
    return [(name, [note for note in noted if not note.startswith("changed")]) for name, noted in notes]


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Put in the place of LibreOffice what fails at the content "bad"; return what it was given, call by call."""
    calls: list[list[str]] = []

    def to_pdf(documents: dict[str, bytes]) -> office.Converted:
        calls.append(list(documents))
        bad = dict.fromkeys((title for title, content in documents.items() if content == b"bad"), BROKEN)
        return office.Converted({title: b"%PDF" for title in documents if title not in bad}, bad)

    monkeypatch.setattr(office, "available", lambda: True)
    monkeypatch.setattr(office, "to_pdf", to_pdf)
    return calls


@pytest.fixture
def missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "available", lambda: False)


def never() -> Iterator[Document]:
    """Return documents that must not be asked for."""
    return (pytest.fail("asked for what is not wanted") for _document in range(1))


@pytest.mark.parametrize(
    ("own", "by"),
    [([], "typst"), (["letter.docx"], "office"), (["letter.docx", "letter.typ"], "typst"), (["letter.typ"], "typst")],
)
def test_where_it_is_left_open_the_pdf_says_what_the_word_template_says(
    tmp_path: Path, own: list[str], by: str
) -> None:
    assert pdf_ways.way_of(report(tmp_path, *own), PAIR, "auto").by == by


@pytest.mark.parametrize("choice", ["typst", "office", "never"])
def test_what_is_chosen_goes_first(tmp_path: Path, choice: pdf_ways.Choice) -> None:
    assert pdf_ways.way_of(report(tmp_path, "letter.docx"), PAIR, choice).by == choice


@pytest.mark.parametrize(
    ("text", "choice"), [("yes", "auto"), ("True", "auto"), ("no", "never"), ("FALSE", "never"), ("typst", "typst")]
)
def test_yes_and_no_are_taken_as_where_there_was_one_way(text: str, choice: str) -> None:
    assert Options.model_validate({"pdf": text}).pdf == choice


@pytest.mark.parametrize("name", ["letter.docx", "letter.typ"])
def test_an_own_template_that_is_added_later_is_noticed(tmp_path: Path, name: str) -> None:
    given = report(tmp_path)
    pdf_ways.way_of(given, PAIR, "auto", with_word=False)
    before = given.templates.used
    (tmp_path / "own" / "post" / name).write_text("x", encoding="utf-8")
    assert given.templates.now(before) != before


def test_typst_and_word_are_asked_only_for_what_is_wanted(tmp_path: Path) -> None:
    given = report(tmp_path)
    typst = [Document(("a.pdf",), b"%PDF")]
    assert shown(pdf_ways.way_of(given, PAIR, "never").documents(letters("a"), never())) == [("a.docx", [])]
    assert shown(pdf_ways.way_of(given, PAIR, "typst", with_word=False).documents(never(), typst)) == [("a.pdf", [])]
    assert not pdf_ways.way_of(given, PAIR, "typst", with_word=False).fills_word
    assert pdf_ways.way_of(given, PAIR, "office", with_word=False).fills_word


def test_all_become_pdf_in_one_call_and_what_is_lost_and_what_failed_is_noted(
    tmp_path: Path, there: list[list[str]]
) -> None:
    way = pdf_ways.way_of(report(tmp_path, "letter.docx"), PAIR, "auto")
    documents = list(way.documents(letters("a", "bad", "c"), never(), only_typst=LOST))
    assert shown(documents) == [
        ("a.docx", ["no envelope"]),
        ("a.pdf", []),
        ("bad.docx", ["broken"]),
        ("c.docx", []),
        ("c.pdf", []),
    ]
    assert [each.reproducible for each in documents] == [True, False, True, True, False]
    assert documents[1].name == ("post", "a.pdf")
    assert there == [["a.docx", "bad.docx", "c.docx"]]


def test_two_of_one_name_are_two_pdfs(tmp_path: Path, there: list[list[str]]) -> None:
    documents = list(pdf_ways.way_of(report(tmp_path), PAIR, "office").documents(letters("a", "a"), never()))
    assert [each.name[-1] for each in documents] == ["a.docx", "a.pdf", "a.docx", "a.pdf"]
    assert there == [["a.docx (1)", "a.docx (2)"]]


@pytest.mark.usefixtures("there")
def test_a_pdf_without_its_word_document_has_the_notes_of_both(tmp_path: Path) -> None:
    way = pdf_ways.way_of(report(tmp_path, "letter.docx"), PAIR, "auto", with_word=False)
    (pdf,) = way.documents(letters("a"), never(), only_typst=LOST)
    assert [str(note) for note in pdf.notes] == ["changed in a", "no envelope"]


@pytest.mark.usefixtures("missing")
def test_without_libreoffice_the_first_word_document_says_why_there_is_no_pdf_and_what_to_do(tmp_path: Path) -> None:
    way = pdf_ways.way_of(report(tmp_path, "letter.docx"), PAIR, "auto")
    why = (
        "Aus der eigenen Vorlage post/letter.docx des Vorhabens entsteht kein PDF: LibreOffice, das es dazu braucht, "
        "ist nicht installiert. Speichern Sie in Word als PDF, was daraus entsteht, oder legen Sie eine Vorlage "
        "post/letter.typ daneben."
    )
    documents = way.documents(letters("a", "b"), never(), only_typst=LOST)
    assert shown(documents) == [("a.docx", [why]), ("b.docx", [])]


def refused(way: pdf_ways.Way, *names: str) -> str:
    with pytest.raises(pdf_ways.NoPdf) as caught:
        list(way.documents(letters(*names), never()))
    return caught.value.localize(Locale("de"))


HINT = "Erstellen Sie die Unterlagen mit -o letters.pdf=typst, das kein LibreOffice braucht, oder mit pdf=never."


@pytest.mark.usefixtures("missing")
def test_libreoffice_that_is_asked_for_and_missing_is_an_error_with_a_way_out(tmp_path: Path) -> None:
    way = pdf_ways.way_of(report(tmp_path), PAIR, "office")
    assert refused(way, "a") == f"LibreOffice ist nicht installiert.\n{HINT}"


@pytest.mark.usefixtures("missing")
def test_where_no_word_document_could_say_that_a_pdf_is_missing_it_is_an_error(tmp_path: Path) -> None:
    way = pdf_ways.way_of(report(tmp_path, "letter.docx"), PAIR, "auto", with_word=False)
    assert refused(way, "a") == f"LibreOffice ist nicht installiert.\n{HINT}"


@pytest.mark.usefixtures("there")
def test_failing_is_an_error_where_no_pdf_comes_or_no_word_document_could_say_so(tmp_path: Path) -> None:
    given = report(tmp_path)
    assert refused(pdf_ways.way_of(given, PAIR, "office"), "bad") == f"broken\n{HINT}"
    assert refused(pdf_ways.way_of(given, PAIR, "office", with_word=False), "a", "bad") == f"broken\n{HINT}"
    documents = list(pdf_ways.way_of(given, PAIR, "office").documents(letters("a", "bad"), never()))
    assert shown(documents) == [("a.docx", []), ("a.pdf", []), ("bad.docx", ["broken"])]
