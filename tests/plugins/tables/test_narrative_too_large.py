"""Narratives that hold more than is printed are refused where they are read, by file and place."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document

from oekoreport import Record, Source, SourceError
from oekoreport_tables.narrative import NarrativeImporter


def refused(content: bytes, name: str = "sachbericht.md") -> str:
    """Return the place and the words of the refusal."""
    with pytest.raises(SourceError) as caught:
        list(NarrativeImporter().read(Source(name, content)))
    return f"{caught.value.place}: {caught.value.message}"


def table(rows: int, columns: int) -> str:
    return f"|{' a |' * columns}\n|{' - |' * columns}\n" + f"|{' b |' * columns}\n" * rows


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x" * 100_001, "line 4: A paragraph has more than 100,000 characters; so much is not printed."),
        ("Zeile\n" * 20_000, "line 4: A paragraph has more than 100,000 characters; so much is not printed."),
        (
            f"{'x' * 99_999}\n\n" * 6,
            "line 12: The text has more than 500,000 characters; so much is not printed.",
        ),
        (
            "x\n\n" * 10_000,
            "line 20000: The text has more than 20,000 paragraphs, items and cells; so many are not printed.",
        ),
        (table(1, 101), "line 4: A table has more than 100 columns; so many are not printed."),
        (
            "```\n" + "x\n" * 40_001 + "```",
            "line 4: The text changes its look or breaks its lines more than 40,000 times; it is not printed.",
        ),
        (
            ("[" * 999 + "\n\n") * 6,
            "line 14: The text has more than 5,000 opening square brackets; so many are not looked through.",
        ),
        ("a" + "\u0301" * 101, "line 4: More than 100 accents are on one letter; they are not printed."),
        (
            f"[a]: /{'y' * 50_000}\n\n[a] [a]",
            "line 6: A paragraph has more than 100,000 characters; so much is not printed.",
        ),
    ],
)
def test_a_text_is_refused_at_its_line(text: str, said: str) -> None:
    assert refused(f"# Verlauf\nText\n\n{text}\n".encode()) == f"sachbericht.md: {said}"


def test_a_long_report_is_read() -> None:
    text = "# Verlauf\n" + ("Ein **Satz** von [vielen](https://x.example). " * 12 + "\n\n") * 200 + table(300, 12)
    read = NarrativeImporter().read(Source("sachbericht.md", text.encode()))
    assert [item.key for item in read if isinstance(item, Record)] == ["course"]


def in_word(*paragraphs: str, rows: int = 0, columns: int = 0) -> bytes:
    document = Document()
    document.add_heading("Verlauf", 1)
    for text in paragraphs:
        document.add_paragraph(text)
    if rows:
        document.add_table(rows, columns)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (in_word("Text", "x" * 100_001), "paragraph 2: A paragraph has more than 100,000 characters; so much is not"),
        (in_word(*["x" * 99_999] * 6), "paragraph 5: The text has more than 500,000 characters; so much is not"),
        (in_word("a" + "\u0301" * 101), "paragraph 1: More than 100 accents are on one letter; they are not"),
        (in_word(rows=1, columns=101), "paragraph 1: A table has more than 100 columns; so many are not"),
    ],
)
def test_a_narrative_in_word_is_refused_at_its_paragraph(content: bytes, said: str) -> None:
    assert refused(content, "sachbericht.docx") == f"sachbericht.docx: Verlauf, {said} printed."


def test_a_text_of_more_bytes_than_a_narrative_has_is_not_looked_at() -> None:
    told = refused(b"# Verlauf\n\nText\n\n" * 600_000)
    assert told == "sachbericht.md: The text has more than 10 MB and is not read."
