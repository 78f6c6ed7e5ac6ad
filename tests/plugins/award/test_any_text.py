"""Any text at all in a certificate: it stands in the PDF or a note names what does not, and what follows stands."""

import unicodedata
from collections import Counter
from dataclasses import asdict, replace
from typing import Any, cast

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from oekoreport.documents.pdf.press import REPLACEMENT, Manuscript, Press
from oekoreport_award.certificates import TYPST_TEMPLATE
from oekoreport_award.wording import Certificate, compose

END = "Ende des Textes"
UNSEEN = {"Cc", "Cf", "Cs", "Zs", "Zl", "Zp", "Mn", "Me", "Mc"}
"""What leaves no trace of its own in the text of a page: spaces, controls, and marks that melt into their letter."""


def seen(text: str) -> Counter[str]:
    plain = unicodedata.normalize("NFKD", text)
    return Counter(character for character in plain if unicodedata.category(character) not in UNSEEN)


def printed(certificate: Certificate, template: bytes) -> tuple[str, list[str]]:
    """Return the text of the certificate's PDF, and the characters that were replaced."""
    import pymupdf

    with Press(template, TYPST_TEMPLATE) as press:
        content, notes, _unknown = press.print(Manuscript({"certificates": [asdict(certificate)]}, "T", "de", None))
    with cast(Any, pymupdf).open(stream=content) as document:  # the library has no types
        return "".join(page.get_text() for page in document), [str(note.values["text"]) for note in notes]


@pytest.fixture(scope="module")
def page(request: pytest.FixtureRequest) -> tuple[Certificate, bytes]:
    report = request.getfixturevalue("round_of")()
    participant, site, decision = next(iter(report.project.decisions()))
    return replace(compose(report, participant, site, decision, {}), site=END), report.templates.read(TYPST_TEMPLATE)


ANY = st.text(min_size=1, max_size=60) | st.text(st.characters(max_codepoint=0x24F), min_size=1, max_size=200)


@settings(max_examples=60)
@example('#panic() *a* _b_ $x$ @z \\ ` <b> & "')
@example("\x00\x07\x1b\x7f\x85\ufffe\ud800 a")
@example("\u202eאבג\u202c שלום العربية")
@example("a\u2028b\u2029c\rd\ne\tf")
@example("👩‍👩‍👧 🏳️‍🌈 点心 \ue000 \U000f0000")
@example("e\u0301 ẞ ﬁ ½ ① Ǆ ㎏ …")
@given(name=ANY.filter(str.strip))
def test_it_is_printed_or_noted_and_what_follows_stands(page: tuple[Certificate, bytes], name: str) -> None:
    certificate, template = page
    text, noted = printed(replace(certificate, name=name), template)
    told = "".join(chr(int(each[2:], 16)) if each.startswith("U+") else each for each in noted)  # noqa: FURB166
    left = "".join(character for character in name if character not in told)
    without = seen(printed(replace(certificate, name=REPLACEMENT), template)[0]) - Counter(REPLACEMENT)
    assert not without + seen(left) - seen(text)
    assert END in text


def test_a_text_of_40_000_characters_runs_over_more_pages_and_loses_nothing(page: tuple[Certificate, bytes]) -> None:
    certificate, template = page
    for name in ("Wort " * 8000, "W" * 40_000):
        text, noted = printed(replace(certificate, name=name), template)
        assert text.count("W") >= name.count("W")
        assert END in text
        assert not noted
