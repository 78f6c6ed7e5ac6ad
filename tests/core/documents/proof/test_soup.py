"""No false green and no false alarm: what the proof calls clean can be filled, what can be filled is no error."""

from __future__ import annotations

import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO
from itertools import pairwise

import docx
from hypothesis import example, given
from hypothesis import strategies as st

from oekoreport.documents.content.prose import Prose
from oekoreport.documents.filling import Template
from oekoreport.documents.proof import Fault, Kind, proof
from oekoreport.documents.views.view import Collection, Fields, Number
from oekoreport.errors import TemplateError
from oekoreport.findings import Severity


def context(*, full: bool) -> dict[str, object]:
    """Values in which everything occurs, or the same names with as little as there may be."""
    site = Fields("site", {"name": "Werk", "staff": Decimal(3)})
    sites = Collection("sites", [site, site], {})
    person = Fields("person", {"name": "Anna", "since": date(2020, 1, 2), "sites": sites})
    people = [person, Fields("person", {"name": None, "since": date(2021, 1, 2), "sites": Collection("s", [], {})})]
    return {
        "people": Collection("people", people if full else [], {"total": Number("total", Decimal(2), "", 0, "Total")}),
        "project": Fields("project", {"title": "Runde" if full else None, "done": full}),
        "figure": Number("figure", Decimal(636) if full else None, "t/a", 1, "CO2"),
        "plain": {"a": "x", "rows": [{"b": 1}, {"b": 2}] if full else []},
        "text": Prose("Ein **Text**" if full else ""),
        "draft": full,
        "p": person,
        "s": site,
    }


EXPRESSIONS = (
    "project.title",
    "project.titel",
    "project",
    "people",
    "people.total",
    "people|length",
    "p.name",
    "p.since",
    "p.sites",
    "s.name",
    "s.staff",
    "loop.index",
    "figure",
    "figure.number",
    "figure.number.x",
    "figure > 3",
    "not draft",
    "plain.a",
    "plain.rows",
    "plain.c",
    "text",
    "nothing",
    "nothing is defined",
    "draft and project.done",
    "project.title|upper",
    "project.title|uper",
    "figure * 2",
    "figure ~ 'x'",
    "project.title()",
    "'a' if draft else 'b'",
    "„project.title“",
    "project–title",
    "a b",
    "",
    "project.__class__",
    "people|first",
    "people|last",
    "-1",
    "1.5",
    "['a', 'b']",
    "people|join(', ')",
    "project.title in people",
    "figure == 636",
    "project.title > 3",
    "range(3)",
    "plain['a']",
    "x",
)
STATEMENTS = (
    *("for p in people", "for s in p.sites", "for r in plain.rows", "for x in project", "for x in nothing", "for p"),
    *(
        "endfor",
        "if draft",
        "if project.titel",
        "elif draft",
        "else",
        "endif",
        "if",
        "fro p in people",
        "set x = figure",
    ),
    *("include 'a'", "raw", "endraw", "with y = draft", "endwith", "hm", "vm", "colspan 2", "cellbg project.title"),
    *("block a", "endblock", "autoescape false", "endautoescape", "macro m()", "endmacro", "filter upper", "endfilter"),
)
PREFIXES = st.sampled_from(("", "", "", "", "p", "tr", "tc", "r"))


def _spaced(prefix: str, inside: str) -> str:
    return f"{prefix} {inside} "


marks = st.one_of(
    st.builds(lambda p, e: "{{" + _spaced(p, e) + "}}", PREFIXES, st.sampled_from(EXPRESSIONS)),
    st.builds(lambda p, e: "{%" + _spaced(p, e) + "%}", PREFIXES, st.sampled_from(STATEMENTS)),
    st.builds(lambda e: "{%- " + e + " -%}", st.sampled_from(STATEMENTS)),
    st.builds(lambda p, e: "{#" + _spaced(p, e) + "#}", PREFIXES, st.sampled_from(EXPRESSIONS)),
    st.sampled_from(("{{ ", " }}", "{%", "%}", "{ { figure } }", "{# ", "{_{ x }_}", "{", "}", "{{{", "{{p }}", "}}}")),
)
words = st.sampled_from(("Text ", "mehr", " & <b> ", "50 %", "„so“", "  "))
soup = st.lists(st.one_of(marks, marks, words), max_size=4)

good = st.sampled_from(
    (
        *(
            "{{ project.title }}",
            "{{ figure }}",
            "{{ figure.number }}",
            "{{ people.total }}",
            "{{ plain.a }}",
            "{{ p.name }}",
        ),
        *("{{ people|length }}", "{{ 'a' if draft else 'b' }}", "{{ s.name }}", "{{ s.staff }}", "{{ p.since }}"),
    )
)
BLOCKS = (
    ("for p in people", "endfor"),
    ("for s in p.sites", "endfor"),
    ("for r in plain.rows", "endfor"),
    ("if draft", "endif"),
    ("if figure > 3", "endif"),
    ("if not project.title", "endif"),
)


def _around(inner: st.SearchStrategy[list[str]]) -> st.SearchStrategy[list[str]]:
    """Blocks around texts, mostly whole ones; a prefix now and then."""

    def block(prefix: str, end: str, block: tuple[str, str], inside: list[str], between: str) -> list[str]:
        first, last = block
        return [f"{{%{prefix} {first} %}}", *inside, *([between] if between else []), *inside, f"{{%{end} {last} %}}"]

    prefixes = st.sampled_from(
        (("", ""), ("", ""), ("", ""), ("p", "p"), ("tr", "tr"), ("tc", "tc"), ("p", ""), ("-", ""))
    )
    return st.builds(
        lambda prefix, *rest: block(*prefix, *rest),
        prefixes,
        st.sampled_from(BLOCKS),
        inner,
        st.sampled_from(("", "", "", "{% else %}", "{%p else %}")),
    )


grown = st.recursive(st.lists(st.one_of(good, words), min_size=1, max_size=3), _around, max_leaves=4)
texts = st.one_of(soup, grown, grown, st.lists(good, max_size=2))
paragraphs = st.lists(texts, min_size=1, max_size=5)


def _in_paragraphs(pieces: list[str], cuts: list[int]) -> list[list[str]]:
    """Cut the pieces of a text into paragraphs."""
    places = sorted({0, len(pieces), *(cut % (len(pieces) + 1) for cut in cuts)})
    return [pieces[start:end] for start, end in pairwise(places)] or [[]]


cut = st.builds(_in_paragraphs, grown, st.lists(st.integers(0, 9), max_size=6))
bodies = st.one_of(paragraphs, cut, cut, cut)
loose = st.lists(st.lists(texts, min_size=2, max_size=2), max_size=4)
whole = st.builds(
    lambda block, cells: [[[f"{{%tr {block[0]} %}}"], []], cells, [[f"{{%tr {block[1]} %}}"], []]],
    st.sampled_from(BLOCKS),
    st.lists(st.one_of(grown, st.lists(good, max_size=2)), min_size=2, max_size=2),
)
columns = st.builds(lambda cells: [cells], st.builds(lambda a, b: [a, b], grown, grown))
tables = st.one_of(st.just([]), loose, whole, columns)


def written(body: list[list[str]], table: list[list[list[str]]], header: list[str]) -> bytes:
    """Return a Word file: paragraphs, a table, a header; each piece of a text is a run of its own."""
    file = docx.Document()
    for pieces in body:
        _write(file.add_paragraph(), pieces)
    if table:
        made = file.add_table(rows=len(table), cols=2)
        for row, cells in zip(made.rows, table, strict=True):
            for cell, pieces in zip(row.cells, cells, strict=True):
                _write(cell.paragraphs[0], pieces)
    _write(file.sections[0].header.paragraphs[0], header)
    buffer = BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def _write(paragraph: object, pieces: list[str]) -> None:
    for number, piece in enumerate(pieces):
        half = len(piece) // 2
        for run in (piece[:half], piece[half:]) if number % 2 else (piece,):
            paragraph.add_run(run)  # type: ignore[attr-defined]


def errors_of(content: bytes) -> list[Fault]:
    both = context(full=True), context(full=False)
    return [fault for fault in proof(content, both) if fault.severity is Severity.ERROR]


def failure_of(content: bytes, values: dict[str, object]) -> str:
    try:
        made = Template(content).render(values, title="", language="de", created=None).content
    except TemplateError as error:
        return str(error)
    docx.Document(BytesIO(made))
    return ""


@given(bodies, tables, texts)
@example([["{{ project.title }}"]], [], [])
@example([["{% for p in people %}"], ["{{ p.name }}"], ["{% endfor %}"]], [], [])
@example([["{%- if draft -%}", "Text ", "{%- endif -%}"]], [], [])
def test_what_is_clean_can_be_filled(body: list[list[str]], table: list[list[list[str]]], header: list[str]) -> None:
    content = written(body, table, header)
    if not errors_of(content):
        assert [failure_of(content, context(full=full)) for full in (True, False)] == ["", ""]


TOLD_THOUGH_FILLED = frozenset(
    {
        Kind.UNCLOSED_TAG,  # blanks between braces are printed
        Kind.UNKNOWN_FIELD,  # in a branch that these values do not take
        Kind.NO_VALUE,  # the same
        Kind.NO_LIST,
        Kind.MISPLACED,
        Kind.NOT_ALLOWED,
        Kind.UNKNOWN_TAG,  # blocks of Jinja that do nothing here
    }
)


def told_though_filled(fault: Fault) -> bool:
    """Tell of an error that filling does not meet; an open raw is none to docxtpl where a {#p takes its paragraph."""
    return fault.kind in TOLD_THOUGH_FILLED or (fault.kind is Kind.OPEN_BLOCK and fault.tag == "{% raw %}")


@given(bodies, tables, texts)
@example([[]], [], ["{% raw %}", "{#p project.title #}"])
def test_what_can_be_filled_is_no_error(body: list[list[str]], table: list[list[list[str]]], header: list[str]) -> None:
    content = written(body, table, header)
    errors = errors_of(content)
    changed = any(fault.kind in (Kind.DROPPED, Kind.SPLIT_TAG) for fault in errors)  # other tags are left to fill
    if not changed and not any(failure_of(content, context(full=full)) for full in (True, False)):
        assert [fault for fault in errors if not told_though_filled(fault)] == []


@given(st.text(st.sampled_from("{}%#p tr-.|'()abc\u00a0„“–"), max_size=40), st.text(max_size=20))
def test_no_text_makes_the_proof_fail(tags: str, noise: str) -> None:
    clean = "".join(char for char in noise if char.isprintable())
    content = written([[tags, clean], [clean, tags]], [[[tags], [clean]]], [tags])
    errors_of(content)


def test_what_is_no_word_document_is_told() -> None:
    for content in (b"", b"PK no archive", _archive({"a.xml": b""}), _archive({"word/document.xml": b"<w:p>"})):
        assert [fault.kind for fault in proof(content)] == [Kind.UNREADABLE]


def _archive(entries: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()
