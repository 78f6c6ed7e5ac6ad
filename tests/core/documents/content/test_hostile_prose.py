"""Texts that no person writes: all of it is printed, and nothing takes long."""

from typing import Any, cast

import pytest

from oekoreport.documents.content import Prose, blocks, paragraphs
from oekoreport.documents.content.prose_text import DEEPEST, MOST_MARKS
from oekoreport.documents.pdf import Manuscript, Press
from oekoreport.language import Locale

TEMPLATE = b'#import "prose.typ": prose\n= x\n#prose(data.text, level: 2)'

HOSTILE = {
    "quotes": ">" * 20_000 + " Ende",
    "quotes in lists": "> - " * 2_000 + "Ende",
    "lists in a line": "- " * 5_000 + "Ende",
    "lists by indent": "".join("  " * depth + "- x\n" for depth in range(100)) + "\nEnde",
    "emphasis": "*" * 20_000 + "x" + "*" * 20_000 + " Ende",
    "emphasis of both kinds": "*a **b " * 10_000 + "Ende",
    "brackets": "[" * 20_000 + " Ende",
    "links": "[a](" * 10_000 + " Ende",
    "pictures in pictures": "![" * 10_000 + "](a)" * 10_000 + " Ende",
    "few pictures in pictures": "![" * 300 + "](a)" * 300 + " Ende",
    "no pictures": "![a" * 20_000 + " Ende",
    "a picture of blanks": "![a](data:image/png;base64,AAAA" + "\n" * 20_000 + "x Ende",
    "comments": "<!-- " * 10_000 + "Ende",
    "entities": "&amp;" * 20_000 + " Ende",
    "a long word": "x" * 200_000 + " Ende",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_it_is_printed_to_its_end(kind: str) -> None:
    import pymupdf

    text = Prose(HOSTILE[kind])
    assert "Ende" in paragraphs(text, {}, "", lambda _picture: "")
    with Press(TEMPLATE, "x.typ") as press:
        content = press.print(Manuscript({"text": blocks(text, Locale("de"), {})}, "T", "de", None)).content
    with pymupdf.open(stream=content) as document:  # type: ignore[no-untyped-call]
        assert "Ende" in document[-1].get_text()


def test_what_is_nested_too_deep_is_printed_as_it_was_typed() -> None:
    (block,) = cast(Any, blocks(Prose(">" * (DEEPEST + 3) + " tief"), Locale("de"), {}))
    for _depth in range(DEEPEST - 1):
        assert block["kind"] == "quote"
        (block,) = block["blocks"]
    (inner,) = block["blocks"]
    assert inner["runs"][0]["text"] == ">>> tief"


def test_marks_beyond_the_limit_stay_as_they_were_typed() -> None:
    written = paragraphs(Prose("*a* " * MOST_MARKS), {}, "", lambda _picture: "")
    assert written.count("<w:i/>") == MOST_MARKS // 2
    assert "*a*" in written


def test_bold_in_bold_ends_with_the_outer_one() -> None:
    (block,) = cast(Any, blocks(Prose("**a **b** c** d"), Locale("de"), {}))
    shown = [(run["text"], run["bold"]) for run in block["runs"] if run["text"]]
    assert "".join(text for text, _bold in shown) == "a b c d"
    assert shown[-1] == (" d", False)
    assert all(bold for _text, bold in shown[:-1])


def test_mark_up_of_others_is_text() -> None:
    hostile = '<script>x</script> #eval("1") #import "@preview/a:1.0.0" $x$ `#read("y")`'
    with Press(TEMPLATE, "x.typ") as press:
        printed = press.print(Manuscript({"text": blocks(Prose(hostile), Locale("de"), {})}, "T", "de", None))
    assert printed.content
    assert "&lt;script&gt;" in paragraphs(Prose(hostile), {}, "", lambda _picture: "")
