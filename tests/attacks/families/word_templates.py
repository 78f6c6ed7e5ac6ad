"""Word templates of somebody who means no good: loops, growth, code, and parts that lie elsewhere."""

from __future__ import annotations

from tests.attacks.attack import attack
from tests.attacks.ground import Ground
from tests.attacks.office import (
    Endless,
    linked_picture,
    with_body,
    with_parts,
    word,
)

TEMPLATE = "templates/award/urkunde.docx"
BY_OFFICE = ("-e", "certificates", "-o", "certificates.pdf=office")
PEOPLE = "{% for p in participants %}"
NAMESPACE = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def _refused(ground: Ground, content: bytes, *says: str) -> None:
    """Demand that a build and the check of templates refuse a template, and that what was built before stays."""
    ground.build_before()
    ground.put(TEMPLATE, content)
    ground.ends(1, "urkunde.docx", *says, by=("template", "check", "runde"))
    ground.build(2, "urkunde.docx", *says)
    assert len(list(ground.out.glob("urkunden/KS-*.docx"))) == 13, "what was built before is gone"


@attack("A macro calls itself")
def recursive_macro(ground: Ground) -> None:
    _refused(ground, word("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"))


@attack("A loop goes over range(10**9)")
def range_loop(ground: Ground) -> None:
    _refused(ground, word("{% for i in range(1000000000) %}x{% endfor %}"))


@attack("A template multiplies a text by a thousand million")
def multiplied(ground: Ground) -> None:
    _refused(ground, word("{{ 'x' * 1000000000 }}"))


@attack("A filter centres a text in a thousand million blanks")
def centred(ground: Ground) -> None:
    _refused(ground, word("{{ 'x'|center(1000000000) }}"))


@attack("A template reaches for the classes of Python")
def classes(ground: Ground) -> None:
    _refused(ground, word("{{ ''.__class__.__mro__[1].__subclasses__() }}"))


@attack("A template asks Jinja for its globals by a filter")
def attr_filter(ground: Ground) -> None:
    _refused(ground, word("{{ participants|attr('__class__') }}"))


@attack("A template includes a file outside")
def include(ground: Ground) -> None:
    _refused(ground, word("{% include '" + str(ground.outside / "secret.txt") + "' %}"))


@attack("A template has 20,000 paragraphs with a placeholder each")
def many_placeholders(ground: Ground) -> None:
    paragraph = "<w:p><w:r><w:t>{{ project.title }}</w:t></w:r></w:p>"
    ground.put(TEMPLATE, with_body(paragraph * 20_000))
    ground.run("build", "runde", "-e", "certificates", "-o", "certificates.pdf=never")


@attack("A template holds 300 MB in a part that it does not print")
def heavy_part(ground: Ground) -> None:
    ground.put(TEMPLATE, with_parts(word("Text"), {"word/media/film.mp4": Endless(b"\0", 300_000_000)}))
    ground.run("build", "runde", "-e", "certificates", "-o", "certificates.pdf=never")


@attack("A template has a linked picture by HTTP, and LibreOffice is to make its PDF", always=True)
def picture_by_http(ground: Ground) -> None:
    ground.put(TEMPLATE, linked_picture(f"{ground.listener.url}/bild.png", word("{{ participant.name }}")))
    ground.ends(1, "urkunde.docx", by=("template", "check", "runde"))
    ground.build(2, "urkunde.docx", more=BY_OFFICE)


@attack("A template has a linked picture of a file outside")
def picture_of_a_file(ground: Ground) -> None:
    ground.put(TEMPLATE, linked_picture(f"file://{ground.outside}/secret.txt", word("{{ participant.name }}")))
    ground.build(2, "urkunde.docx", more=BY_OFFICE)
