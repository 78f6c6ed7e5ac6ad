"""What can be wrong with a Word template: the kinds of faults, each with its weight, and one fault with its place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from oekoreport.documents.proof.spots import Spot
from oekoreport.findings import Severity
from oekoreport.language import Locale, Message, texts


class Kind(Enum):
    """A kind of fault, by its code; ``texts.toml`` says what it is called and what it does to a document."""

    UNREADABLE = "TEMPLATE-UNREADABLE"
    UNKNOWN_FIELD = "TEMPLATE-UNKNOWN-FIELD"
    NO_VALUE = "TEMPLATE-NO-VALUE"
    NO_LIST = "TEMPLATE-NO-LIST"
    BROKEN_TAG = "TEMPLATE-BROKEN-TAG"
    SPLIT_TAG = "TEMPLATE-SPLIT-TAG"
    UNCLOSED_TAG = "TEMPLATE-UNCLOSED-TAG"
    MIXED_FORMAT = "TEMPLATE-MIXED-FORMAT"
    OPEN_BLOCK = "TEMPLATE-OPEN-BLOCK"
    WRONG_END = "TEMPLATE-WRONG-END"
    TORN_BLOCK = "TEMPLATE-TORN-BLOCK"
    ACROSS_CELLS = "TEMPLATE-ACROSS-CELLS"
    UNKNOWN_TAG = "TEMPLATE-UNKNOWN-TAG"
    UNKNOWN_FILTER = "TEMPLATE-UNKNOWN-FILTER"
    AUTOCORRECT = "TEMPLATE-AUTOCORRECT"
    LITERAL = "TEMPLATE-LITERAL"
    NOT_ALLOWED = "TEMPLATE-NOT-ALLOWED"
    MISPLACED = "TEMPLATE-MISPLACED-TAG"
    DROPPED = "TEMPLATE-DROPPED-TEXT"
    STRAY_BRACES = "TEMPLATE-STRAY-BRACES"
    ALT_TEXT = "TEMPLATE-ALT-TEXT"
    OWN_OBJECT = "TEMPLATE-OWN-OBJECT"
    NOT_FILLED = "TEMPLATE-NOT-FILLED"
    FOREIGN = "TEMPLATE-FOREIGN"
    ATTACHED = "TEMPLATE-ATTACHED"
    TOO_MUCH = "TEMPLATE-TOO-MUCH"
    FAILS = "TEMPLATE-FAILS"

    @property
    def code(self) -> str:
        """The code: ``TEMPLATE-NO-LIST``."""
        return self.value

    @property
    def severity(self) -> Severity:
        """How much it weighs; an error keeps a build from beginning."""
        return WEIGHTS.get(self, Severity.ERROR)

    @property
    def title(self) -> Message:
        """What it is called."""
        return TEXTS[self.value]["title"]

    @property
    def help(self) -> Message:
        """What it does to a document."""
        return TEXTS[self.value]["help"]


TEXTS = texts("oekoreport.documents.proof")
WARNINGS = (Kind.ACROSS_CELLS, Kind.LITERAL, Kind.STRAY_BRACES, Kind.ALT_TEXT, Kind.NOT_FILLED)
WEIGHTS = {
    **dict.fromkeys(WARNINGS, Severity.WARNING),
    **dict.fromkeys((Kind.MIXED_FORMAT, Kind.OWN_OBJECT, Kind.ATTACHED), Severity.NOTE),
}
"""The kinds that are no errors."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault at a place. ``text`` is the paragraph around it, ``tag`` the faulty part of that."""

    kind: Kind
    spot: Spot
    message: Message
    hint: Message | None = None
    tag: str = ""
    text: str = ""

    @property
    def severity(self) -> Severity:
        """How much it weighs."""
        return self.kind.severity

    def localize(self, locale: Locale) -> str:
        """Return the fault in a line: where, what, which tag."""
        tag = f"  {self.tag}" if self.tag else ""
        return f"{locale.show(self.spot)}: {locale.show(self.message)}{tag}"
