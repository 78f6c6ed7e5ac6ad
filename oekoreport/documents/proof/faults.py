"""What can be wrong with a Word template: the kinds of faults, each with its weight, and one fault with its place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Self

from oekoreport.documents.proof.spots import Spot
from oekoreport.findings import Severity
from oekoreport.language import Locale, Message, catalogue

_ = catalogue("oekoreport")


class Kind(Enum):
    """A kind of fault: its code, how much it weighs, what it is called, and what it does to a document."""

    code: str
    severity: Severity
    title: Message
    help: Message

    def __new__(cls, code: str, severity: Severity, title: Message, help: Message) -> Self:  # noqa: A002 - SARIF's word
        member = object.__new__(cls)
        member._value_ = code
        member.code, member.severity, member.title, member.help = code, severity, title, help
        return member

    UNREADABLE = (
        "TEMPLATE-UNREADABLE",
        Severity.ERROR,
        _("The file cannot be read as a Word document"),
        _("It is no .docx file, or a part of it is damaged. Open it in Word and save it as a Word document (*.docx)."),
    )
    UNKNOWN_FIELD = (
        "TEMPLATE-UNKNOWN-FIELD",
        Severity.ERROR,
        _("A name does not exist"),
        _("A placeholder, loop or condition names something that the project does not have. Nothing could be printed."),
    )
    NO_VALUE = (
        "TEMPLATE-NO-VALUE",
        Severity.ERROR,
        _("A placeholder names no value"),
        _("It names a list, a group of figures or an object; only its parts can be printed."),
    )
    NO_LIST = (
        "TEMPLATE-NO-LIST",
        Severity.ERROR,
        _("A loop goes over what is no list"),
        _("Only lists can be repeated: participants, measures, receipts."),
    )
    BROKEN_TAG = (
        "TEMPLATE-BROKEN-TAG",
        Severity.ERROR,
        _("A tag cannot be understood"),
        _("What stands between the braces is no name, loop or condition."),
    )
    SPLIT_TAG = (
        "TEMPLATE-SPLIT-TAG",
        Severity.ERROR,
        _("A tag is torn apart"),
        _(
            "Something stands within the braces that is no text: a paragraph’s end, a tab, a picture, a tracked change."
            " It would be lost, or the document could not be opened."
        ),
    )
    UNCLOSED_TAG = (
        "TEMPLATE-UNCLOSED-TAG",
        Severity.ERROR,
        _("A tag does not end"),
        _("The closing braces are missing, or blanks stand between the two braces."),
    )
    MIXED_FORMAT = (
        "TEMPLATE-MIXED-FORMAT",
        Severity.NOTE,
        _("A placeholder is formatted in pieces"),
        _("Only the formatting of its beginning counts for what is printed."),
    )
    OPEN_BLOCK = (
        "TEMPLATE-OPEN-BLOCK",
        Severity.ERROR,
        _("A loop or condition has no end"),
        _("Each {% for … %} needs its {% endfor %}, each {% if … %} its {% endif %}."),
    )
    WRONG_END = (
        "TEMPLATE-WRONG-END",
        Severity.ERROR,
        _("An end stands where nothing or something else ends"),
        _("Ends stand in the reverse order of beginnings, and are of the same kind."),
    )
    TORN_BLOCK = (
        "TEMPLATE-TORN-BLOCK",
        Severity.ERROR,
        _("Beginning and end stand in different places"),
        _("A loop that begins in a table and ends outside of it would make a document that does not open."),
    )
    ACROSS_CELLS = (
        "TEMPLATE-ACROSS-CELLS",
        Severity.WARNING,
        _("A loop or condition goes across cells or tables"),
        _("The row gets more or fewer cells than its table has columns, or two tables become one."),
    )
    UNKNOWN_TAG = (
        "TEMPLATE-UNKNOWN-TAG",
        Severity.ERROR,
        _("There is no such loop or condition"),
        _("Templates know for, if, elif, else, set, with and their ends."),
    )
    UNKNOWN_FILTER = (
        "TEMPLATE-UNKNOWN-FILTER",
        Severity.ERROR,
        _("There is no such filter"),
        _("What stands behind a “|” is a filter; there are only a few."),
    )
    AUTOCORRECT = (
        "TEMPLATE-AUTOCORRECT",
        Severity.ERROR,
        _("Word’s autocorrect changed a tag"),
        _("German quotation marks, dashes and no-break blanks are no part of the language of templates."),
    )
    LITERAL = (
        "TEMPLATE-LITERAL",
        Severity.WARNING,
        _("A text in quotation marks is taken literally"),
        _("What stands in quotation marks is printed or compared as it is; a name needs none."),
    )
    NOT_ALLOWED = (
        "TEMPLATE-NOT-ALLOWED",
        Severity.ERROR,
        _("A template may only read, loop and ask"),
        _("It calls, computes or joins; what documents print is computed where it can be explained."),
    )
    MISPLACED = (
        "TEMPLATE-MISPLACED-TAG",
        Severity.ERROR,
        _("A tag stands where its kind cannot stand"),
        _("{%tr …%} and {%tc …%} stand in a table, {{p …}} is for texts of several paragraphs, and those need it."),
    )
    DROPPED = (
        "TEMPLATE-DROPPED-TEXT",
        Severity.ERROR,
        _("What stands beside a tag is lost"),
        _("{%tr …%} takes its whole row away, {%tc …%} its cell, {%p …%} and {{p …}} their paragraph."),
    )
    STRAY_BRACES = (
        "TEMPLATE-STRAY-BRACES",
        Severity.WARNING,
        _("Closing braces end nothing"),
        _("They are printed as they stand; their beginning may be mistyped."),
    )
    ALT_TEXT = (
        "TEMPLATE-ALT-TEXT",
        Severity.WARNING,
        _("A picture has no alternative text"),
        _("Screen readers have nothing to say of it. Mark it as decorative where it says nothing."),
    )
    OWN_OBJECT = (
        "TEMPLATE-OWN-OBJECT",
        Severity.NOTE,
        _("A placeholder holds an object of docxtpl"),
        _("The document is filled by docxtpl itself, which is slower."),
    )
    NOT_FILLED = (
        "TEMPLATE-NOT-FILLED",
        Severity.WARNING,
        _("A tag stands where nothing is filled in"),
        _(
            "Addresses of links, charts, SmartArt, comments and most of the file’s properties stay as they are; the tag"
            " would stand in the document."
        ),
    )
    FAILS = (
        "TEMPLATE-FAILS",
        Severity.ERROR,
        _("The template cannot be filled"),
        _("Filling it on trial failed, though no single tag is wrong."),
    )


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong. ``text`` is the paragraph that it stands in, ``tag`` what is wrong in it."""

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
