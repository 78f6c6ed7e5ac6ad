"""The register: every decision is in it, those without a certificate too."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any, cast

from oekoreport import Report
from oekoreport.documents.papers import printed
from oekoreport_award import register

RoundOf = Callable[..., Report]


def opened(content: bytes) -> Any:
    """Return a PDF as pymupdf shows it; the library has no types."""
    import pymupdf

    return cast(Any, pymupdf).open(stream=content)


def rows(report: Report) -> list[list[str]]:
    """Return the cells of the register in Word, the head left out."""
    from docx import Document

    (word,) = printed(report, "certificates", [register.paper(report, "never", with_word=True)])
    table = Document(BytesIO(word.content)).tables[0]
    return [[cell.text for cell in row.cells] for row in table.rows][1:]


def pdf(report: Report) -> bytes:
    (document,) = printed(report, "certificates", [register.paper(report, "typst", with_word=False)])
    return document.content


def test_every_decision_is_a_row_withdrawn_and_refused_ones_too(round_of: RoundOf) -> None:
    assert rows(round_of()) == [
        [
            *("OEP-1", "Klinik Muster gGmbH", "Haupthaus", "Dorf", "Ausgezeichnet"),
            *("20.05.2025", "30.06.2026", "–", "–"),
        ],
        ["OEP-2", "Hotel am Wall", "Hotel", "Musterstadt", "Rezertifiziert", "[unbekannt]", "–", "–", "ja"],
        ["OEP-3", "Hotel am Wall", "Seehotel", "Seedorf", "Ausgezeichnet", "[unbekannt]", "–", "01.09.2025", "–"],
        ["–", "Bad Muster", "Freibad", "Dorf", "Nicht ausgezeichnet", "20.05.2025", "–", "–", "–"],
    ]


def test_the_pdf_has_the_same_rows_in_a_tagged_table_with_head_cells(round_of: RoundOf) -> None:
    content = pdf(round_of())
    with opened(content) as document:
        text = " ".join(document[0].get_text().split())
    cells = [cell for row in rows(round_of()) for cell in row if cell not in ("–", "ja")]
    assert [cell for cell in cells if cell not in text] == []
    assert len(re.findall(rb"/S/TH\b", content)) == 9


def test_rows_stand_in_the_order_of_their_numbers_and_what_has_none_comes_last(round_of: RoundOf) -> None:
    swapped = {"d1": {"certificate_number": "OEP-3"}, "d3": {"certificate_number": None}, "d4": {"decision": "awarded"}}
    assert [row[0] for row in rows(round_of(swapped))] == ["OEP-2", "OEP-3", "[unbekannt]", "[unbekannt]"]


def test_a_hostile_name_is_whole(round_of: RoundOf) -> None:
    name = 'Müller & Söhne <GmbH> "=1+1" / ..'
    assert rows(round_of({"klinik": {"name": name}}))[0][1] == name


def test_a_long_register_repeats_its_head_on_every_page(round_of: RoundOf) -> None:
    with opened(pdf(round_of(copies=60))) as document:
        assert len(document) > 1
        assert all("Betrieb oder Einrichtung" in page.get_text() for page in document)


def test_without_any_decision_it_says_so(round_of: RoundOf) -> None:
    from docx import Document

    report = round_of(decisions=False)
    word, sheet = printed(report, "certificates", [register.paper(report, "typst", with_word=True)])
    with opened(sheet.content) as document:
        assert "noch keine Entscheidung" in document[0].get_text()
    paragraphs = [paragraph.text for paragraph in Document(BytesIO(word.content)).paragraphs]
    assert "Es ist noch keine Entscheidung der Jury eingetragen." in paragraphs
