"""Packs: what an edition takes over from another, and what is refused by file, table and word."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from oekoreport.law import BadPack, Declared, Matter, Pack, Presence, Status, declared_in, packs_in, read_pack

HEAD = """
[pack]
title = "{title}"
level = "conditions"
land = "NW"
instrument = "ANBest-X"
legal_kind = "municipal"
read = "{read}"
status = "{status}"
source = "Text von {title}"
"""
DECLARED = """
[parameters]
months = { title = "Frist", sort = "number", unit = "Monate" }
kind = { title = "Art", sort = "text", choices = { short = "kurz", long = "lang" } }
list = { title = "Liste", sort = "yes or no" }
from = { title = "Beginn", sort = "day" }

[passages]
annex = "Anlagen"
"""

Write = Callable[..., tuple[Pack, ...]]


def head(title: str, read: str, status: str, extends: str = "") -> str:
    text = HEAD.format(title=title, read=read, status=status)
    return f'{text}extends = "{extends}"\n' if extends else text


@pytest.fixture
def packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Write:
    """Return what writes a plugin with these packs and reads them."""
    name = f"oekoreport_{request.node.name}"

    def write(**texts: str) -> tuple[Pack, ...]:
        folder = tmp_path / name / "packs"
        folder.mkdir(parents=True)
        (tmp_path / name / "__init__.py").touch()
        for stem, text in {"declared": DECLARED, **texts}.items():
            (folder / f"{stem}.toml").write_text(text.replace("{issuer}", name.removeprefix("oekoreport_")), "utf-8")
        monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
        return packs_in(name)

    return write


OLD = (
    head("alt", "whole", "confirmed")
    + """
[parameters]
list = { value = true }
from = { value = 2020-01-31, status = "secondary" }
kind = { presence = "none" }

[parameters.months]
value = 0.5
passage = "Nr. 1"

[[parameters.months.dated]]
from = 2023-05-05
value = 3
source = "Gesetz"

[passages]
deadline = { number = "7.1" }
annex = { number = "9", status = "unconfirmed" }
"""
)


def test_a_pack_says_all_that_it_does_not_leave_to_its_head(packs: Write) -> None:
    (old,) = packs(old=OLD)
    months = old.parameters["months"]
    assert (months.title, months.unit, months.value, months.passage) == ("Frist", "Monate", Decimal("0.5"), "Nr. 1")
    assert (months.status, months.source, months.pack) == (Status.CONFIRMED, "Text von alt", "alt")
    later = months.on(date(2023, 5, 5))
    assert (later.value, later.passage, later.status, later.source) == (3, "Nr. 1", Status.CONFIRMED, "Gesetz")
    assert (old.parameters["from"].value, old.parameters["from"].status) == (date(2020, 1, 31), Status.SECONDARY)
    assert (old.parameters["kind"].presence, old.parameters["kind"].choices) == (Presence.NONE, ("short", "long"))
    assert old.parameters["kind"].words == ("kurz", "lang")
    assert str(old.passages["deadline"].of("ANBest-X")) == "ANBest-X Nr. 7.1"
    assert str(old.passages["annex"].of("ANBest-X")) == "ANBest-X Nr. 9 (number not confirmed)"


def test_what_an_edition_takes_over_is_confirmed_only_where_its_own_text_was_read_whole(packs: Write) -> None:
    change = "[parameters]\nlist = { value = false }\n"
    whole, parts, _old = packs(
        a_whole=head("neu", "whole", "confirmed", "{issuer}/old") + change,
        b_parts=head("halb", "parts", "unconfirmed", "{issuer}/old") + change,
        old=OLD,
    )
    for pack, status in ((whole, Status.CONFIRMED), (parts, Status.UNCONFIRMED)):
        months = pack.parameters["months"]
        assert (months.value, months.status, months.source) == (Decimal("0.5"), status, "Text von alt")
        assert months.on(date(2023, 5, 5)).status is status
        assert (pack.parameters["from"].status, months.pack) == (Status.SECONDARY, pack.title)
        assert (pack.passages["deadline"].number, pack.passages["deadline"].status) == ("7.1", status)
        changed = pack.parameters["list"]
        assert (changed.value, changed.status, changed.source) == (False, status, f"Text von {pack.title}")


def test_an_edition_takes_over_what_the_other_one_took_over(packs: Write) -> None:
    newest, _middle, _old = packs(
        a_newest=head("neuest", "whole", "confirmed", "{issuer}/b_middle"),
        b_middle=head("mittel", "parts", "unconfirmed", "{issuer}/old"),
        old=OLD,
    )
    months = newest.parameters["months"]
    assert (months.value, months.status) == (Decimal("0.5"), Status.UNCONFIRMED)  # nobody read it in between


def test_an_edition_that_nobody_read_extends_nothing(packs: Write) -> None:
    with pytest.raises(BadPack) as refused:
        packs(new=head("neu", "nothing", "unconfirmed", "{issuer}/old"), old=OLD)
    assert str(refused.value).endswith(
        "/packs/new.toml: [pack]: an edition must not extend another as long as its own text has not been read."
    )


def test_packs_that_extend_each_other_or_one_that_is_not_there_are_refused(packs: Write) -> None:
    with pytest.raises(BadPack, match=r"new.toml: \[pack\]: “x/ol” is not known here; there is .*/new, .*/old"):
        packs(new=head("neu", "whole", "confirmed", "x/ol"), old=OLD)


def test_a_circle_of_packs_is_refused(packs: Write) -> None:
    with pytest.raises(BadPack, match=r"b.toml: \[pack\]: these packs extend each other in a circle: .*/a, .*/b\."):
        packs(
            a=head("a", "whole", "confirmed", "{issuer}/b"),
            b=head("b", "whole", "confirmed", "{issuer}/a"),
        )


def test_a_projects_own_file_may_name_what_the_shipped_one_names(packs: Write) -> None:
    (old,) = packs(old=OLD)
    own = old.replaced_by(
        head("eigen", "nothing", "unconfirmed") + "[parameters]\nlist = { value = false }\n", "own.toml"
    )
    assert own.name == old.name
    assert (own.parameters["list"].value, own.parameters["list"].source) == (False, "Text von eigen")
    assert own.parameters == {**old.parameters, "list": own.parameters["list"]}  # the rest stays as it was shipped
    with pytest.raises(BadPack, match=r"own.toml: \[parameters\]: “lisd” is not known here; there is list\."):
        old.replaced_by(
            head("eigen", "nothing", "unconfirmed") + "[parameters]\nlisd = { value = false }\n", "own.toml"
        )


def entry(text: str) -> str:
    return head("x", "whole", "confirmed") + f"[parameters.report_months]\n{text}\n"


TOO_MUCH = "x.toml has more than 1,000,000 characters, or is nested too deeply."
TOO_LARGE = "x.toml is not TOML: a number is too large"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("no toml", "x.toml is not TOML: Expected '=' after a key in a key/value pair (at line 1, column 4)"),
        ("a = " + "[" * 5_000 + "]" * 5_000, TOO_MUCH),
        (f"{'.'.join('a' * 1_002)} = 1", TOO_MUCH),
        ("#" * 1_000_001, TOO_MUCH),
        ("a = 1e999999", TOO_LARGE),
        ("a = nan", TOO_LARGE),
        (f"a = [{{ b = {'9' * 50} }}]", TOO_LARGE),
        (HEAD.replace('"NW"', f"0x{'f' * 5_000}"), TOO_LARGE),
        ("", "x.toml: “pack” is missing."),
        ("[pack]\n[parameter]", "x.toml: “parameter” is not known here; there is parameters."),
        (HEAD.replace("land", "lnd"), "x.toml: [pack]: “lnd” is not known here; there is land."),
        (HEAD.replace('"NW"', '"NRW"'), "x.toml: [pack]: “NRW” is not known here; there is NW."),
        (
            HEAD.replace('"municipal"', '"municipl"'),
            "x.toml: [pack]: “municipl” is not known here; there is municipal.",
        ),
        (
            HEAD.replace("conditions", "condition"),
            "x.toml: [pack]: “condition” is not known here; there is conditions.",
        ),
        (HEAD.replace('land = "NW"', ""), "x.toml: [pack]: “land” is missing."),
        (HEAD.replace('read = "{read}"', ""), "x.toml: [pack]: “read” is missing."),
        (HEAD + "valid_from = 2020\n", "x.toml: [pack]: “valid_from” must be a day, not 2020."),
        (
            HEAD + "[parameters]\nreport_month = { value = 6 }",
            "x.toml: [parameters]: “report_month” is not known here; there is report_months.",
        ),
        (
            HEAD + "[passages]\ndeadlin = { number = '6' }",
            "x.toml: [passages]: “deadlin” is not known here; there is deadline.",
        ),
        (
            HEAD + "[passages.deadline]\nnumber = 6.1",
            "x.toml: [passages.deadline]: “number” must be a text, not Decimal('6.1').",
        ),
        (entry('value = "sechs"'), "x.toml: [parameters.report_months]: “value” must be a number, not 'sechs'."),
        (entry("value = true"), "x.toml: [parameters.report_months]: “value” must be a number, not True."),
        (entry("vlue = 6"), "x.toml: [parameters.report_months]: “vlue” is not known here; there is value."),
        (
            entry('value = 6\nstatus = "confirm"'),
            "x.toml: [parameters.report_months]: “confirm” is not known here; there is confirmed.",
        ),
        (
            entry('presence = "unknwn"'),
            "x.toml: [parameters.report_months]: “unknwn” is not known here; there is unknown.",
        ),
        (
            entry('passage = "Nr. 1"'),
            "x.toml: [parameters.report_months]: a parameter has either a “value” or a “presence” (none, unknown).",
        ),
        (
            entry('value = 6\npresence = "none"'),
            "x.toml: [parameters.report_months]: a parameter has either a “value” or a “presence” (none, unknown).",
        ),
        (
            entry("value = 6\n[[parameters.report_months.dated]]\nvalue = 3"),
            "x.toml: [parameters.report_months.dated]: “from” is missing.",
        ),
        (
            HEAD + '[parameters]\ninterest_day_count = { value = "30/365" }',
            "x.toml: [parameters.interest_day_count]: “30/365” is not known here; there is 30/360.",
        ),
    ],
)
def test_what_is_no_pack_is_refused_with_file_table_and_word(text: str, message: str) -> None:
    filled = text.replace("{title}", "x").replace("{read}", "whole").replace("{status}", "confirmed")
    with pytest.raises(BadPack) as refused:
        read_pack(filled, "nrw/x", declared_in("oekoreport_sachsen"), "x.toml")
    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("questions", "problem"),
    [
        ("[questions.pln]\nlimit = '?'", "declared.toml: [questions]: “pln” is not known here; there is plan."),
        ("[questions.plan]\nlimt = '?'", "declared.toml: [questions.plan]: “limt” is not known here; there is limit."),
        ("[questions.plan]\nlimit = 1", "declared.toml: [questions.plan]: “limit” must be a text, not 1."),
    ],
)
def test_a_question_is_asked_for_a_declared_parameter_under_a_known_matter(questions: str, problem: str) -> None:
    text = '[parameters]\nlimit = { title = "Grenze", sort = "number" }\nother = { title = "Anderes", sort = "text" }\n'
    asked = Declared.from_toml(f"{text}[questions.payout]\nlimit = 'Welche Grenze gilt?'", "declared.toml").parameters
    assert (asked["limit"].question, asked["limit"].matter) == ("Welche Grenze gilt?", Matter.PAYOUT)
    assert (asked["other"].question, asked["other"].matter) == ("", Matter.OTHER)
    with pytest.raises(BadPack) as caught:
        Declared.from_toml(text + questions, "declared.toml")
    assert str(caught.value) == problem
