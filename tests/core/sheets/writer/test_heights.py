from __future__ import annotations

from oekoreport.sheets.writer.heights import line_count


def test_a_long_word_begins_a_line_of_its_own() -> None:
    assert line_count("Bau- und Wohnungsgenossenschaft Lippstadt", 22) == 3
    assert line_count("", 10) == 1
    assert line_count("eins\n\nzwei", 10) == 3


def test_a_text_breaks_after_the_hyphens_of_words_but_not_of_numbers() -> None:
    assert line_count("Bau-Genossenschaft", 15) == 2
    assert line_count("2020-2021 und 2021-2022", 14) == 2
    assert line_count("x" * 30, 10) == 3
