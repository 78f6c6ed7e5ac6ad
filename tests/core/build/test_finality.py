"""Final papers print no unknown: the place is named in the document that would."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pytest

from oekoreport import Document, Locale
from oekoreport.build.finality import PrintsUnknown, demand_known

GERMAN = Locale("de")


def paper(text: str, *cells: str) -> Document:
    file = docx.Document()
    file.add_paragraph(text)
    table = file.add_table(2, 2)
    for cell, value in zip((cell for row in table.rows for cell in row.cells), cells, strict=False):
        cell.text = value
    buffer = BytesIO()
    file.save(buffer)
    return Document(("nachweis.docx",), buffer.getvalue())


def refusal(document: Document, path: str = "nachweis.docx") -> str:
    with pytest.raises(PrintsUnknown) as refused:
        demand_known(Path("runde"), {path: document}, GERMAN)
    return GERMAN.show(refused.value.message)


def test_a_cell_is_named_by_its_row_and_column() -> None:
    told = refusal(paper("Alles da.", "Betrieb", "Gemeinde", "Klinik Muster", "[unbekannt]"))
    assert "nachweis.docx: Zeile „Klinik Muster“, Spalte „Gemeinde“" in told


def test_a_paragraph_is_quoted() -> None:
    assert "nachweis.docx: „Bis zum [unbekannt]“" in refusal(paper("Bis zum [unbekannt]"))


def test_what_is_known_or_stays_inside_is_not_refused() -> None:
    demand_known(Path("runde"), {"nachweis.docx": paper("Alles da.")}, GERMAN)
    demand_known(Path("runde"), {"intern/pruefvermerk.docx": paper("[unbekannt]")}, GERMAN)
