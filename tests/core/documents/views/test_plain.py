"""Plain values for Typst: what the template names, as every document prints it, and nothing that it does not name."""

from collections.abc import Mapping
from decimal import Decimal

from oekoreport.documents.content.prose import Prose
from oekoreport.documents.content.prose_blocks import Block, blocks
from oekoreport.documents.views.plain import Names, plain
from oekoreport.documents.views.view import Collection, Fields, Number
from oekoreport.documents.views.views import Views
from oekoreport.language import Locale
from oekoreport.report.report import Report
from oekoreport.testing.reports import report_of, sample_report, without_figures
from oekoreport.testing.round import clean_round

GERMAN = Locale("de")


def named(report: Report, template: str) -> Mapping[str, object]:
    return plain(Views(report).context(), Names(template.encode()), GERMAN).data


def test_numbers_are_printed_as_in_word_and_can_be_asked() -> None:
    data = named(sample_report(), "#data.settlement.cap.text #data.savings.waste")
    assert data["settlement"] == {
        "cap": {"text": "20.000,00\u00a0€", "number": "20.000,00", "known": True, "withheld": False, "zero": False}
    }
    unknown = named(without_figures(sample_report()), "data.settlement.cap")
    assert unknown["settlement"] == {
        "cap": {"text": "[unbekannt]", "number": "[unbekannt]", "known": False, "withheld": False, "zero": False}
    }


def test_only_what_the_template_names_is_there() -> None:
    data = named(report_of(clean_round()), "#for p in data.participants.items { p.name }")
    assert data == {
        "participants": {"items": [{"name": "Klinik Muster"}, {"name": "Werk Muster"}]},
        "words": {"unknown": "[unbekannt]", "yes": "ja", "no": "nein"},
    }


def test_a_template_that_takes_hold_of_all_values_may_name_any() -> None:
    assert named(report_of(clean_round()), "// data\n#let d = data; d.project.region")["project"] == {
        "region": "Kreis Muster"
    }
    assert "project" not in named(report_of(clean_round()), "// data\n#data.date; project region")


def test_collections_lists_numbers_and_what_is_unknown_keep_their_shape() -> None:
    rows = Fields("x", {"day": None, "yes": True, "count": 3, "parts": ["a", "b"]})
    nothing = Number("n", Decimal(0), "EUR", 2, "", {"more": Number("n.more", None, "", 0, "")})
    context = {"x": Collection("x", [rows], {"n": nothing}), "other": 1}
    names = Names(b"#let x = data.x; n more day yes count parts items")
    assert plain(context, names, GERMAN).data["x"] == {
        "n": {
            "more": {"text": "[unbekannt]", "number": "[unbekannt]", "known": False, "withheld": False, "zero": False},
            "text": "0,00\u00a0€",
            "number": "0,00",
            "known": True,
            "withheld": False,
            "zero": True,
        },
        "items": [{"day": None, "yes": True, "count": "3", "parts": ["a", "b"]}],
    }


def test_a_reference_is_the_key_so_that_circles_end() -> None:
    data = named(sample_report(), "data.receipts.items allocations line")
    receipts = data["receipts"]
    assert isinstance(receipts, dict)
    assert receipts["items"][0]["allocations"]["items"][0]["line"] == "5"


def taken_apart(text: str) -> list[Block]:
    return blocks(Prose(text), GERMAN, {})


def words_of(text: str) -> list[object]:
    return [block["kind"] for block in taken_apart(text)]


def test_markdown_becomes_blocks() -> None:
    text = "# A\n\nx\n\n- a\n- b\n\n3. c\n\n> q\n\n```\nz\n```\n\n| h |\n|---|\n| c |\n"
    kinds = ["heading", "paragraph", "bullets", "numbers", "quote", "code", "table"]
    assert words_of(text) == kinds
    assert taken_apart(text)[3]["start"] == 3


def test_runs_keep_emphasis_breaks_and_where_links_lead() -> None:
    (paragraph,) = taken_apart("a **b *c*** `d` [e](http://f)\\\ng")
    plain_run = {"kind": "text", "bold": False, "italic": False, "code": False}
    assert [run for run in paragraph["runs"] if run.get("text") != " "] == [  # type: ignore[attr-defined]
        {**plain_run, "text": "a "},
        {**plain_run, "text": "b ", "bold": True},
        {**plain_run, "text": "c", "bold": True, "italic": True},
        {**plain_run, "text": "d", "code": True},
        {**plain_run, "text": "e"},
        {**plain_run, "text": " (http://f)"},
        {"kind": "break"},
        {**plain_run, "text": "g"},
    ]


def test_headings_begin_at_the_first_level_and_skip_none() -> None:
    assert [block["level"] for block in taken_apart("### a\n\n# b\n\n##### c\n\n## d")] == [1, 1, 2, 2]


def test_html_is_text_and_what_cannot_be_printed_is_left_to_the_printer() -> None:
    (paragraph,) = taken_apart("<b>x</b> \x07")
    assert "".join(run["text"] for run in paragraph["runs"]) == "<b>x</b> \x07"  # type: ignore[attr-defined]
