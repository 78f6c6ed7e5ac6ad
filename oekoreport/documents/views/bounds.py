"""What a template may ask of the program that fills it: how many tags, how long, how deep; turns and text.

A page of an officer's template has dozens of tags, a list a hundred thousand rows. What goes beyond these bounds by far
fills no document: it would take hours, or all memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.lexer import Token

from oekoreport.errors import TemplateError
from oekoreport.language import Message, catalogue

_ = catalogue("oekoreport")

MOST_TAGS = 20_000
"""The most tags of a part: each becomes a few lines of program, which take a tenth of a millisecond to compile."""

LONGEST_TAG = 150
"""The most names, operators and brackets of a tag: each may nest what follows, and Python nests two hundred."""

LONGEST_LIST = 2_000
"""The most texts, numbers and commas of a tag."""

LARGEST_NUMBER = 1e100

DEEPEST = 15
"""How many loops and conditions may stand in one another, and how many brackets: Python nests twenty loops."""

MOST_TURNS = 2_000_000
"""The most turns of all loops of a part: a hundred thousand receipts, each with a dozen lines below it, take half."""

LONGEST_TEXT = 200_000_000
"""The most characters that a part becomes: a hundred thousand rows of a table have a hundred million."""

BLOCKS = frozenset(("for", "if", "with", "block", "macro", "call", "filter", "autoescape"))
ENDS = frozenset(f"end{word}" for word in BLOCKS)
LITERALS = frozenset(("comma", "string", "integer", "float"))
OPENING = frozenset(("lparen", "lbracket", "lbrace"))
CLOSING = frozenset(("rparen", "rbracket", "rbrace"))


class TooMuchAsked(TemplateError):
    """A template asks for more than any document needs; ``line`` is where, 0 where that is not known."""

    def __init__(self, what: Message, line: int = 0) -> None:
        self.line = line
        super().__init__(
            _("The template asks for more than a document needs: {what}.", what=what),
            hint=_("Print less in this place, or divide it among several templates."),
        )


class Bounds(Extension):
    """Counts the tags while Jinja reads them, so that what is too much never becomes a program."""

    def filter_stream(self, stream: Iterable[Token]) -> Iterator[Token]:
        """Yield the tokens of a template.

        Raises:
            TooMuchAsked: a tag is too long or too deep, or there are too many.
        """
        count = _Count()
        for token in stream:
            count.add(token)
            yield token


class _Count:
    """How much of a template was read."""

    def __init__(self) -> None:
        self.tags = self.blocks = self.brackets = self.words = self.literals = 0
        self.begins = False

    def add(self, token: Token) -> None:
        """Count a token."""
        if token.type == "data":
            return
        if token.type in ("block_begin", "variable_begin"):
            self.tags += 1
            self.words = self.literals = self.brackets = 0
        elif self.begins and token.type == "name":
            self.blocks += (token.value in BLOCKS) - (token.value in ENDS)
        elif token.type in LITERALS:
            self.literals += 1
            _demand_small(token)
        else:
            self.words += 1
            self.brackets += (token.type in OPENING) - (token.type in CLOSING)
        self.begins = token.type == "block_begin"
        self._demand(token.lineno)

    def _demand(self, line: int) -> None:
        if self.tags > MOST_TAGS:
            raise TooMuchAsked(_("it has more than {limit} tags", limit=MOST_TAGS), line)
        if self.blocks > DEEPEST or self.brackets > DEEPEST:
            raise TooMuchAsked(_("more than {limit} loops, conditions or brackets are nested", limit=DEEPEST), line)
        if self.words > LONGEST_TAG or self.literals > LONGEST_LIST:
            raise TooMuchAsked(_("a tag has more than {limit} names and signs", limit=LONGEST_TAG), line)


def _demand_small(token: Token) -> None:
    """Refuse a number that no program of Python can hold."""
    if token.type in ("integer", "float") and not -LARGEST_NUMBER < float(token.value) < LARGEST_NUMBER:
        raise TooMuchAsked(_("a number is too large"), token.lineno)


class Budget:
    """What one part may still take: turns of loops, and characters."""

    __slots__ = ("characters", "turns")

    def __init__(self) -> None:
        self.turns = MOST_TURNS
        self.characters = LONGEST_TEXT

    def loop(self, turns: int, size: int) -> None:
        """Take the turns of a loop that prints so many characters of the template in each.

        Raises:
            TooMuchAsked: there are not so many left.
        """
        self.turns -= turns
        if self.turns < 0:
            raise TooMuchAsked(_("its loops take more than {limit} turns", limit=MOST_TURNS))
        self.write(turns * size)

    def write(self, characters: int) -> None:
        """Take characters.

        Raises:
            TooMuchAsked: there are not so many left.
        """
        self.characters -= characters
        if self.characters < 0:
            raise TooMuchAsked(_("it becomes more than {limit} characters", limit=LONGEST_TEXT))


def size_of(body: Iterable[nodes.Node]) -> int:
    """Return how many characters of a template one pass through it prints at most, inner loops left out."""
    size = 0
    for node in body:
        match node:
            case nodes.For():
                pass
            case nodes.If():
                ways = (node.body, *(each.body for each in node.elif_), node.else_)
                size += max(size_of(way) for way in ways)
            case nodes.TemplateData():
                size += len(node.data)
            case nodes.Stmt():
                size += size_of(node.iter_child_nodes())
    return size
