"""Any text at all in the funding report's PDF: it is printed or a note names what is not, and what follows stands."""

import unicodedata
from collections import Counter
from dataclasses import replace
from typing import Any, cast

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from oekoreport.records.record import Record
from oekoreport.report.report import Report
from oekoreport.testing.reports import report_of
from oekoreport.testing.round import clean_round
from oekoreport_funding.funding_report import FundingReport, FundingReportOptions

FIELDS = {
    "participant": "name",
    "expenditure_line": "title",
    "receipt": "purpose",
    "workshop": "topic",
    "recipient": "contact_role",
    "publication": "medium",
}
LAST = "Summe land"
"""What stands at the end of the last table."""

UNSEEN = {"Cc", "Cf", "Cs", "Zs", "Zl", "Zp", "Mn", "Me", "Mc"}
"""What leaves no trace of its own in the text of a page: spaces, controls, and marks that melt into their letter."""


def with_text(text: str) -> Report:
    """Return the clean round with this text in fields of all chapters."""

    def changed(record: Record) -> Record:
        values = {FIELDS[record.kind]: text} if record.kind in FIELDS else {}
        return replace(record, values={**record.values, **values})

    return report_of(map(changed, clean_round()))


def printed(report: Report) -> tuple[str, str]:
    """Return the text of the PDF, and the characters that notes name."""
    import pymupdf

    _word, pdf = FundingReport().render(report, FundingReportOptions(pdf="typst"))
    told = (str(note.values["text"]) for note in pdf.notes)
    with cast(Any, pymupdf).open(stream=pdf.content) as document:  # the library has no types
        text = "".join(page.get_text() for page in document)
    return text, "".join(chr(int(each[2:], 16)) if each.startswith("U+") else each for each in told)  # noqa: FURB166


def seen(text: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", text)
    return {character for character in plain if unicodedata.category(character) not in UNSEEN}


@settings(max_examples=8)
@example('#panic() *a* _b_ $x$ @z \\ ` <b> & "')
@example("a\x07b 点心 😀 \ue000 \u202eאבג\u202c é")
@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60).filter(str.strip))
def test_it_is_printed_or_noted_and_what_follows_stands(text: str) -> None:
    said, told = printed(with_text(text))
    assert not seen("".join(character for character in text if character not in told)) - seen(said)
    assert LAST in said


@pytest.mark.parametrize("text", ["Wort " * 8000, "W" * 40_000], ids=["words", "one word"])
def test_a_text_of_40_000_characters_runs_over_more_pages_and_loses_nothing(text: str) -> None:
    one = next(record for record in clean_round() if record.kind == "participant")
    narrative = Record("narrative", "long", {"section": "course", "text": f"# {text}\n\n{text}"}, one.origin)
    records = [
        replace(record, values={**record.values, FIELDS[record.kind]: text})
        if record.kind in {"participant", "receipt"} and record.key in {one.key, "R1"}
        else record
        for record in clean_round()
    ]
    said, told = printed(report_of([*records, narrative]))
    assert Counter(said)["W"] >= 5 * text.count("W")  # twice in the chapters, once in the list, twice in the narrative
    assert LAST in said
    assert not told
