"""Names of documents: hostile ones become safe, long ones fit, and none takes the place of another."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from oekoreport.build.publishing.names import alike, numbered, place_documents, safe_name
from oekoreport.report.report import Document


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("urkunde.pdf", "urkunde.pdf"),
        ('Müller & Söhne <GmbH> "=1+1" / ..', "Müller_&_Söhne_GmbH_=1+1"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("../../etc/passwd", "etc-passwd"),
        ("", "datei"),
        ("...", "datei"),
        ("x" * 300 + ".docx", "x" * 116 + ".docx"),
        ("Tagungs- und Kongreßzentrum Bad Sassendorf GmbH.pdf", "Tagungs_und_Kongreßzentrum_Bad_Sassendorf_GmbH.pdf"),
    ],
)
def test_names_become_safe(text: str, name: str) -> None:
    assert safe_name(text) == name


HOSTILE = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "\0/\\:*?'<>|. \u202e\u2066\u200b\u200d\ufeff\u00ad\u0301\u0308"
            "\u00df\u017f\u0131\u0130\u00b2\U0001d518\ud55c"
        ),
    ),
    max_size=300,
)
"""Texts with what attackers put into names: controls of direction, blanks of no width, umlauts in two signs."""


def demand_safe(name: str) -> None:
    assert name == unicodedata.normalize("NFC", name)
    assert name not in ("", ".", "..")
    assert not set(name) & set('/\\:*?"<>|\0')
    assert not any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp", "Zs") for char in name)
    assert not name.startswith((".", "~", "-", " "))
    assert not name.endswith((".", " "))
    assert name.partition(".")[0].casefold() not in ("con", "prn", "aux", "nul", "com1", "lpt9", "com¹", "lpt²")
    assert len(name.encode()) <= 255
    assert len(name.encode("utf-16-le")) // 2 <= 255


@given(HOSTILE)
@example("a." + "x" * 300)
@example("\U0001d518" * 300 + ".pdf")
@example("CON.tar.gz")
@example("com¹.txt")
@example("rechnung\u202efdp.exe")
def test_any_text_gives_a_name_that_can_be_written(text: str) -> None:
    name = safe_name(text)
    assert name == safe_name(name)
    assert len(name) <= 121
    demand_safe(name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("한" * 100 + ".pdf", "한" * 78 + ".pdf"),
        ("ü" * 200, "ü" * 120),
        ("\U0001d518" * 100, "\U0001d518" * 60),
        ("a." + "x" * 300, "a." + "x" * 118),
        ("COM¹.txt", "_COM¹.txt"),
        ("rechnung\u202efdp.exe", "rechnung-fdp.exe"),
        ("a\u200bb. ", "a-b"),
    ],
)
def test_long_and_deceiving_names_are_cut_between_characters(text: str, name: str) -> None:
    assert safe_name(text) == name


@given(st.lists(st.lists(HOSTILE, min_size=1, max_size=3), max_size=8))
@example([["x"]] * 12)
@example([["한" * 200 + ".pdf"]] * 12)
@example([["stra\u00dfe"], ["STRASSE"], ["strasse", "x"]])
@example([["u\u0308ber"], ["\u00fcber"], ["\u00dcber"]])
def test_no_document_takes_the_place_of_another_on_any_system(names: list[list[str]]) -> None:
    placed = place_documents([Document(tuple(name), b"") for name in names])
    assert len(placed) == len(names)
    assert len({alike(path) for path in placed}) == len(names)
    for path in placed:
        for part in path.split("/"):
            demand_safe(part)
    folders = {alike(path.rpartition("/")[0]) for path in placed if "/" in path}
    assert folders.isdisjoint(map(alike, placed))


def test_a_number_does_not_make_a_name_too_long() -> None:
    for name in ("한" * 83 + ".pdf", "x" * 251 + ".pdf", "ü" * 127):
        for other in (next(numbered(name)), next(numbered(name, 12_345))):
            demand_safe(other)
    assert next(numbered("a/" + "한" * 83 + ".pdf")) == "a/" + "한" * 83 + "-2.pdf"


def test_thousands_of_documents_of_one_name_are_numbered_through() -> None:
    placed = list(place_documents([Document(("x.pdf",), b"")] * 20_000))
    assert (placed[1], placed[-1]) == ("x-2.pdf", "x-20000.pdf")


def test_names_that_collide_without_regard_to_case_get_a_number() -> None:
    placed = place_documents(
        [Document(("A", "x.txt"), b"1"), Document(("a", "X.txt"), b"2"), Document(("A", "x.txt"), b"3")]
    )
    assert list(placed) == ["A/x.txt", "a/X-2.txt", "A/x-3.txt"]


def test_a_file_and_a_folder_of_the_same_name_are_kept_apart() -> None:
    placed = place_documents([Document(("a.b",), b"1"), Document(("A.b", "x"), b"2"), Document(("A.b-2",), b"3")])
    assert list(placed) == ["a.b", "A-2.b/x", "A.b-2"]


def test_a_document_cannot_take_the_place_of_the_manifest() -> None:
    assert list(place_documents([Document(("Manifest.json",), b"")])) == ["Manifest-2.json"]
