"""A template that asks for more than any document needs is told with its tag, and costs no time."""

from __future__ import annotations

import pytest

from oekoreport.documents.filling import Template
from oekoreport.documents.proof import Kind, proof
from oekoreport.errors import TemplateError
from tests.core.documents.word.test_foreign import template

VALUES = {"a": "x", "rows": list(range(1000)), "text": "y" * 1_000_000}
DEEP = "more than 15 loops, conditions or brackets are nested"
LONG = "a tag has more than 150 names and signs"


def told(*paragraphs: str) -> str:
    with pytest.raises(TemplateError) as caught:
        Template(template(*paragraphs), "brief.docx").render(VALUES, title="", language="de", created=None)
    assert str(caught.value.place) == "brief.docx"
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{{ a" + ".a" * 1000 + " }}", LONG),
        ("{{ " + "(" * 500 + "a" + ")" * 500 + " }}", DEEP),
        ("{% if " + "not " * 500 + "a %}x{% endif %}", LONG),
        ("{% if a %}" * 300 + "{% endif %}" * 300, DEEP),
        ("{% for a in rows %}" * 21 + "{% endfor %}" * 21, DEEP),
        ("{{ [" + "1," * 5000 + "] }}", LONG),
        ("{{ 1e999 }}", "a number is too large"),
        ("{{ a }}" * 20_001, "it has more than 20,000 tags"),
    ],
    ids=["dots", "brackets", "not", "if", "for", "list", "number", "tags"],
)
def test_what_is_too_long_or_too_deep_is_told_by_check_and_by_build(text: str, reason: str) -> None:
    sentence = f"The template asks for more than a document needs: {reason}."
    faults = [(fault.kind, str(fault.message)) for fault in proof(template(text), [VALUES])]
    assert (Kind.TOO_MUCH, sentence) in faults
    assert told(text).startswith(sentence)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{% for x in rows %}" * 3 + "x" + "{% endfor %}" * 3, "its loops take more than 2,000,000 turns"),
        ("{% set b = text %}" + "{% set b = [b, b]|join %}" * 12, "it assembles a list"),
        ("{% set b = text|join(text) %}", "it becomes more than 200,000,000 characters"),
        ("{% set b %}x{% endset %}" + "{% set b %}{{ b }}{{ b }}{% endset %}" * 40, "it becomes more than 200,000,000"),
        ("{% for x in rows %}{{ text }}{% endfor %}", "it becomes more than 200,000,000 characters"),
        ("{% if 1 is divisibleby 0 %}{% endif %}", "ZeroDivisionError"),
    ],
    ids=["loops", "lists", "join", "doubled", "text", "zero"],
)
def test_what_grows_without_end_is_stopped_and_named(text: str, reason: str) -> None:
    words = told("Anfang", text, "Ende")
    assert reason in words
    assert f"Found in: {text[:20]}" in words


def test_a_long_list_is_no_fault() -> None:
    content = template("{% for x in rows %}{% for y in rows %}{{ y }}{% endfor %}{% endfor %}")
    Template(content).render({"rows": list(range(300))}, title="", language="de", created=None)
