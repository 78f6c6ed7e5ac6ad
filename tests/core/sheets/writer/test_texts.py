"""What a cell, a property and a page's foot hold of a text."""

from __future__ import annotations

from oekoreport.sheets.writer.texts import LONGEST, held, running_text


def test_a_cell_counts_an_emoji_as_two_characters_and_is_never_cut_within_one() -> None:
    text, notes = held("😀" * 16_384)
    assert text == "😀" * 16_383 + "…"
    assert len(notes) == 1
    assert held("x" * LONGEST) == ("x" * LONGEST, ())


def test_other_ends_of_lines_become_breaks_without_a_note() -> None:
    assert held("eins\r\nzwei\vdrei\rvier") == ("eins\nzwei\ndrei\nvier", ())


def test_a_running_text_is_shortened_and_its_ampersands_are_no_codes() -> None:
    assert running_text("A & B") == "A && B"
    assert running_text("R&G") == "R&&\u2060G"
    assert len(running_text("x" * 200)) == 80
