"""Every message that people read has a German translation, and German readers can tell all fields apart."""

from __future__ import annotations

import re
import string
from collections import Counter
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import hatch_build
from oekoreport.language import LANGUAGES, Locale
from oekoreport.model import KINDS, Noun, attributes
from oekoreport.model.codes import Code

ROOT = Path(__file__).parents[2]
PACKAGES = [ROOT / "oekoreport", *sorted((ROOT / "plugins").glob("oekoreport_*"))]


@cache
def messages(package: Path) -> frozenset[str]:
    """The messages that `make catalogues` finds in a package."""
    methods = [("**.py", "hatch_build:messages"), ("**/texts.toml", "hatch_build:texts")]
    found = extract_from_dir(package, method_map=methods, keywords={"_": None})
    return frozenset(message for _file, _line, message, _comments, _context in found if isinstance(message, str))


@cache
def german(package: Path) -> Catalog:
    source = package / "locale" / "de.po"
    if not source.exists():
        return Catalog("de", fuzzy=False)
    with source.open("rb") as file:
        return read_po(file, locale="de")


def translations(package: Path) -> dict[str, str]:
    return {str(entry.id): str(entry.string) for entry in german(package) if entry.id}


def placeholders(pattern: str) -> set[str]:
    return {name for _text, name, _format, _conversion in string.Formatter().parse(pattern) if name is not None}


@pytest.fixture(params=PACKAGES, ids=lambda package: package.name)
def package(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


def test_a_message_inside_an_f_string_is_found() -> None:
    source = BytesIO(b'text = f\'{show(_("A"))}: {_("B {c}", c=1)}\'')
    assert {found[2] for found in hatch_build.messages(source, ["_"], (), {})} == {"A", "B {c}"}


def test_the_docstring_of_a_rule_is_a_message() -> None:
    source = b'@rule("R-1", _("A"))\ndef r():\n    """What holds.\n\n    Why: so.\n    """\n'
    others = b'@cache\ndef f():\n    """No message."""\n\ndef g():\n    """None either."""\n'
    found = hatch_build.messages(BytesIO(source + others), ["_"], (), {})
    assert {message for _line, _name, message, _comments in found} == {"A", "What holds.\n\nWhy: so."}


def test_a_message_that_is_put_together_is_refused() -> None:
    with pytest.raises(ValueError, match=r"line 1: the message is no plain text: _\('A' \+ b\)"):
        list(hatch_build.messages(BytesIO(b"_('A' + b)"), ["_"], (), {}))


def test_every_text_of_a_file_of_texts_is_a_message() -> None:
    source = BytesIO(b'[CODE]\ntitle = "A"\nhelp = "B {c}"\n')
    assert {found[2] for found in hatch_build.texts(source, ["_"], (), {})} == {"A", "B {c}"}


def test_every_message_is_translated(package: Path) -> None:
    translated = translations(package)
    assert not sorted(message for message in messages(package) if not translated.get(message)), (
        "run make catalogues, translate"
    )


def test_no_translation_is_left_over(package: Path) -> None:
    catalogue = german(package)
    assert not sorted(translations(package).keys() - messages(package)), "run: make catalogues"
    assert not list(catalogue.obsolete)
    assert not [entry.id for entry in catalogue if entry.fuzzy]


def test_a_translation_has_the_placeholders_of_its_message(package: Path) -> None:
    for message, translation in translations(package).items():
        if translation:
            assert placeholders(translation) == placeholders(message), message


def test_translations_are_german_to_the_quotes(package: Path) -> None:
    """No English quotes, and no blank at an end that the message has not."""
    for message, translation in translations(package).items():
        assert translation.count("„") == translation.count("“"), translation
        assert "”" not in translation, translation
        assert translation == translation.strip() or message != message.strip(), translation


def spellings(*texts: str | None) -> set[str]:
    return {text.casefold() for text in texts if text}


@pytest.mark.parametrize("noun", KINDS.values(), ids=KINDS.keys())
def test_heads_of_a_form_name_one_field_each(noun: type[Noun]) -> None:
    """A column is recognised by its head in either language, so no two fields of a kind share one."""
    heads: Counter[str] = Counter()
    for attribute in attributes(noun):
        heads.update(spellings(*(Locale(language).show(attribute.title) for language in LANGUAGES)))
    assert not [head for head, fields in heads.items() if fields > 1]


def test_kinds_have_names_of_their_own() -> None:
    for language in LANGUAGES:
        labels = Counter(Locale(language).show(noun.label) for noun in KINDS.values())
        assert not [label for label, kinds in labels.items() if kinds > 1]


@pytest.mark.parametrize("code", Code.__subclasses__(), ids=lambda code: code.__name__)
def test_choices_of_a_list_are_told_apart(code: type[Code]) -> None:
    """A choice is read by its value or its label in either language."""
    choices: Counter[str] = Counter()
    for member in code:
        choices.update(spellings(member.value, *(member.localize(Locale(language)) for language in LANGUAGES)))
    assert not [choice for choice, members in choices.items() if members > 1]


def test_no_translation_says_itself_twice(package: Path) -> None:
    """Tools that fill wrapped entries have left the old text behind the new one, without a space between."""
    glued = re.compile(r"[a-zäöüß“”)]\.[A-ZÄÖÜ][a-zäöüß]")
    assert [text for text in translations(package).values() if glued.search(text)] == []
