"""What reaches beyond a Typst template's own files is refused at the source, with its line.

Typst offers no parser to others, so a template is walked by its marks and brackets, which tell code from text. What
this walk does not see is refused when it is printed: a download fails before any connection (``typesetters``), and
Typst reads no file outside of the press's folder.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from enum import Enum
from typing import NamedTuple

from oekoreport.errors import TemplateError
from oekoreport.language import catalogue
from oekoreport.places import Place

_ = catalogue("oekoreport")

LARGEST = 1 << 20
"""In bytes: thirty times the largest template of the product; its pictures are files of their own."""


class TemplateTooLarge(TemplateError):
    """A Typst template that no person wrote."""

    def __init__(self, place: Place) -> None:
        super().__init__(
            _("The template has more than {limit} bytes; a template of this size is not read.", limit=LARGEST),
            place=place,
            hint=_("Take out what was pasted into it; pictures are files of their own."),
        )


class PackageNeeded(TemplateError):
    """A template asks for a package from the network."""

    def __init__(self, place: Place) -> None:
        super().__init__(
            _("The template asks for a Typst package; packages come from the network and are not loaded."),
            place=place,
            hint=_("Copy the parts of the package that you need into the template."),
        )


class ForeignImport(TemplateError):
    """A template imports something other than a file that it is given, named as it is."""

    def __init__(self, place: Place, files: Collection[str]) -> None:
        super().__init__(
            _("The template imports something that it is not given."),
            place=place,
            hint=_("Import one of these by its plain name: {files}.", files=", ".join(sorted(files))),
        )


class CodeFromData(TemplateError):
    """A template runs text or a program that it is given: ``eval``, ``plugin``, or ``std`` to reach for both."""

    def __init__(self, place: Place, name: str) -> None:
        super().__init__(
            _("The template uses “{name}”, which could run anything.", name=name),
            place=place,
            hint=_("Write what is to be done into the template itself."),
        )


def refuse_foreign(template: bytes, name: str, files: Collection[str]) -> None:
    """Raise what is wrong with a template that asks for more than the files that it is given.

    Raises:
        TemplateTooLarge: no person wrote it.
        PackageNeeded, ForeignImport, CodeFromData: with the line.
    """
    if len(template) > LARGEST:
        raise TemplateTooLarge(Place(name))
    text = template.decode(errors="replace")
    modules = {file for file in files if file.endswith(".typ")}
    for word in _Walk(text).words():
        if NAMES_A_FIELD.match(text, word.end()):
            continue
        if word[0] in IMPORTS:
            _refuse_import(text, word.end(), _place(name, text, word), modules)
        elif word[0] in RUNNERS or (word[0] == STANDARD and not ONE_OF_IT.match(text, word.end())):
            raise CodeFromData(_place(name, text, word), word[0])


def _place(name: str, text: str, word: re.Match[str]) -> Place:
    return Place(name, line=text.count("\n", 0, word.start()) + 1)


IMPORTS = frozenset({"import", "include"})
RUNNERS = frozenset({"eval", "plugin"})
STANDARD = "std"
"""The module of all functions. ``std.text`` says which is meant; where it is passed on whole, any may be."""

ONE_OF_IT = re.compile(r"\.(?!(?:eval|plugin)(?![\w-]))[^\W\d]")
NAMES_A_FIELD = re.compile(r"\s*:")
LITERAL = re.compile(r'\s*"([^"\\]*)"[^\S\n]*(?=[:;\n\r)\]}]|as\b|//|/\*|\Z)')
PACKAGE = re.compile(r'\s*"@')


def _refuse_import(text: str, end: int, place: Place, modules: Collection[str]) -> None:
    if PACKAGE.match(text, end):
        raise PackageNeeded(place)
    path = LITERAL.match(text, end)
    if path is None or path[1] not in modules:
        raise ForeignImport(place, modules)


# --- code and text ---------------------------------------------------------------------------------------------------

WORD = re.compile(r"[^\W\d][\w-]*")
COMMENT = r"//[^\n]*|/\*.*?(?:\*/|\Z)"
RAW = r"(?P<ticks>`{3,}).*?(?:(?P=ticks)|\Z)|`[^`]*(?:`|\Z)"
STRING = r'"(?:\\.|[^"\\])*(?:"|\Z)'
ESCAPE = r"https?://|\\."
MARK = r"(?P<mark>[\[\](){}$#\n;])"
NAME = r"(?P<word>(?<!\.)[^\W\d][\w-]*)"
NAME_IN_MATH = r"(?P<word>(?<!\.)[^\W\d_]+)"


class _Mode(Enum):
    """How a stretch is written, with what may begin in it."""

    TEXT = re.compile(f"{ESCAPE}|{COMMENT}|{RAW}|{MARK}", re.DOTALL)
    MATH = re.compile(f"{ESCAPE}|{COMMENT}|{STRING}|{MARK}|{NAME_IN_MATH}", re.DOTALL)
    CODE = re.compile(f"{COMMENT}|{RAW}|{STRING}|{MARK}|{NAME}", re.DOTALL)


class _Stretch(NamedTuple):
    """A stretch of a template: how it is written, and what ends it."""

    mode: _Mode
    end: str


WHOLE = _Stretch(_Mode.TEXT, "")
MATH = _Stretch(_Mode.MATH, "$")
STATEMENT = _Stretch(_Mode.CODE, "its line")
EXPRESSION = _Stretch(_Mode.CODE, "nothing more is asked of it")
BRACKETS = {"[": _Stretch(_Mode.TEXT, "]"), "(": _Stretch(_Mode.CODE, ")"), "{": _Stretch(_Mode.CODE, "}"), "$": MATH}

STATEMENTS = IMPORTS | {"let", "set", "show", "return", "if", "for", "while", "context"}
CONSTANT = re.compile(rf"{STRING}|\d+", re.DOTALL)
CALL = re.compile(r"(?:\.[^\W\d][\w-]*)*+[(\[]")
TEXT_AFTER_BODY = re.compile(r"(?<=[\]}])[^\S\n]*(?!(?:else|in|and|or|not)\b|[^\S\n]|[\[({.+\-*/=<>:,])")
UNFINISHED = re.compile(r"(?:[=+\-*/,:<>]|\b(?:and|or|not|in|else|import|include))\s*\Z")
FAR_ENOUGH = 100
"""How many characters before a line's end are looked at for whether a statement goes on in the next."""


class _Walk:
    """The way through a template, with the stretches that are open."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._open = [WHOLE]
        self._at = 0

    def words(self) -> Iterator[re.Match[str]]:
        """Yield the words of its code, except names of fields: of text rather too many than of code too few."""
        while True:
            self._leave()
            found = self._open[-1].mode.value.search(self._text, self._at)
            if found is None:
                return
            self._at = found.end()
            if mark := found.groupdict().get("mark"):
                yield from self._marked(mark)
            elif found.groupdict().get("word"):
                yield found

    def _leave(self) -> None:
        """Leave the expression or the statement that ends here without a mark."""
        while self._open[-1] == EXPRESSION and not CALL.match(self._text, self._at):
            self._open.pop()
        if self._open[-1] == STATEMENT and TEXT_AFTER_BODY.match(self._text, self._at):
            self._open.pop()

    def _marked(self, mark: str) -> Iterator[re.Match[str]]:
        inner = self._open[-1]
        if mark in "\n;":
            if inner == STATEMENT and not (mark == "\n" and self._is_unfinished()):
                self._open.pop()
        elif mark == "#":
            yield from self._begun()
        elif mark == inner.end:
            self._open.pop()
        elif mark in BRACKETS and (inner.mode is _Mode.CODE or mark == "$" or (mark == "[" and inner.end == "]")):
            self._open.append(BRACKETS[mark])
        elif inner in (STATEMENT, EXPRESSION) and mark in "])}":
            self._open.pop()
            self._at -= 1  # it ends what is around as well

    def _begun(self) -> Iterator[re.Match[str]]:
        """Open the code that begins after ``#``, if any does."""
        word = WORD.match(self._text, self._at)
        if word and word[0] in STATEMENTS:
            self._open.append(STATEMENT)
        elif begun := word or CONSTANT.match(self._text, self._at):
            self._open.append(EXPRESSION)
            self._at = begun.end()
            yield begun
        elif bracket := BRACKETS.get(self._text[self._at : self._at + 1]):
            self._open += [EXPRESSION, bracket]
            self._at += 1

    def _is_unfinished(self) -> bool:
        return bool(UNFINISHED.search(self._text, max(self._at - FAR_ENOUGH, 0), self._at))
