"""Text that was written in Word is printed as it was written, whatever it would mean in Markdown."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from oekoreport import Record, Source
from oekoreport.documents.content.prose_text import parsed
from oekoreport_tables.narrative import NarrativeImporter
from oekoreport_tables.word.markup import CELL_BREAK, Piece, markdown
from oekoreport_tables.word.tables import table_markdown

SIGNS = 'ab1 .)*_#<>|&;[]()!\\`~-+=:"\n\t„“ö\u00a0\u2028{}%'
TEXTS = st.text(st.sampled_from(SIGNS) | st.characters(exclude_categories=["Cc", "Cs", "Cn"]), max_size=16)
LINKS = st.sampled_from(["", "https://x.de/?a&lt;"])
PIECES = st.lists(st.builds(Piece, TEXTS, st.booleans(), st.booleans(), LINKS, st.just("")))

Look = tuple[str, bool, bool, bool]


def printed(text: str) -> list[Look]:
    """The characters of one paragraph as documents print them: sign, bold, italic, part of a link."""
    signs: list[Look] = []
    bold = italic = link = False
    for block in parsed(text).tokens:
        assert block.type in {"paragraph_open", "inline", "paragraph_close"}
        for token in block.children or ():
            match token.type.partition("_")[0]:
                case "strong":
                    bold = token.nesting > 0
                case "em":
                    italic = token.nesting > 0
                case "link":
                    link = token.nesting > 0
                case "hardbreak":
                    signs.append(("\n", bold, italic, link))
                case "text":
                    signs += [(sign, bold, italic, link) for sign in token.content]
                case other:
                    pytest.fail(f"{other} in {text!r}")
    return signs


def trimmed(text: str) -> str:
    """A text without blanks at the ends of its lines, which no document shows."""
    return "\n".join(line.strip() for line in text.split("\n")).strip()


@settings(max_examples=300)
@given(PIECES)
def test_text_and_looks_come_out_as_they_were_written(pieces: list[Piece]) -> None:
    signs = printed(markdown(pieces))
    assert "".join(sign[0] for sign in signs) == trimmed("".join(piece.text for piece in pieces))
    seen = [sign for sign in signs if not sign[0].isspace()]
    assert seen == [(sign, *look) for sign, *look in written(pieces) if not sign.isspace()]


def written(pieces: list[Piece]) -> list[Look]:
    return [(sign, piece.bold, piece.italic, bool(piece.link)) for piece in pieces for sign in piece.text]


@settings(max_examples=60)
@given(st.lists(TEXTS.filter(str.strip), min_size=1, max_size=4))
def test_paragraphs_of_word_are_printed_with_the_same_text(texts: list[str]) -> None:
    document = Document()
    document.add_heading("Verlauf", 1)
    for text in texts:
        document.add_paragraph(text)
    buffer = BytesIO()
    document.save(buffer)
    items = NarrativeImporter().read(Source("sachbericht.docx", buffer.getvalue()))
    (record,) = (item for item in items if isinstance(item, Record))
    assert isinstance(record, Record)
    tokens = parsed(str(record.values["text"])).tokens
    shown = [
        "".join("\n" if part.type == "hardbreak" else part.content for part in token.children or ())
        for token in tokens
        if token.type == "inline"
    ]
    assert {token.type for token in tokens} == {"paragraph_open", "inline", "paragraph_close"}
    assert shown == [trimmed(text) for text in texts]


@given(st.lists(st.lists(TEXTS, min_size=2, max_size=2), min_size=1, max_size=3))
def test_cells_are_printed_with_the_same_text(rows: list[list[str]]) -> None:
    cells = [[markdown([Piece(text)], CELL_BREAK) for text in row] for row in rows]
    tokens = parsed(table_markdown(cells)).tokens
    shown = ["".join(part.content for part in token.children or ()) for token in tokens if token.type == "inline"]
    assert shown == [trimmed(text) for row in rows for text in row]


def test_the_markdown_stays_readable() -> None:
    pieces = [Piece("Am "), Piece("5. März", bold=True), Piece(" begann Müller & Söhne, 1.200 € (netto)!")]
    assert markdown(pieces) == "Am **5. März** begann Müller & Söhne, 1.200 € (netto)!"


@pytest.mark.parametrize(
    ("text", "link", "expected"),
    [
        ("Kreis Soest", "https://kreis-soest.de", "[Kreis Soest](<https://kreis-soest.de>)"),
        ("https://kreis-soest.de", "https://kreis-soest.de/", "https://kreis-soest.de"),
        ("a@b.de", "mailto:a@b.de", "a@b.de"),
        ("Liste", "file:///C:/liste.xlsx", "Liste (file:///C:/liste.xlsx)"),
        ("Böse", "javascript:x", "Böse (javascript:x)"),
    ],
)
def test_links_can_be_followed_or_are_text(text: str, link: str, expected: str) -> None:
    assert markdown([Piece(text, link=link)]) == expected
