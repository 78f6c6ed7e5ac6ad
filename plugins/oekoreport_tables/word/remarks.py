"""What a narrative in Word holds that does not come into the report as it stands: each a finding with its way out."""

from __future__ import annotations

from dataclasses import dataclass

from oekoreport import Finding, Message, Place, Severity, catalogue

_ = catalogue("oekoreport_tables")

QUOTED = 60
"""How much of a text a finding quotes."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A kind of finding; ``message`` may have a place for a text that is quoted."""

    code: str
    message: Message
    hint: Message

    def at(self, place: Place, **said: str) -> Finding:
        """Return the finding at a place; ``said`` is what the message quotes."""
        quoted = {name: text if len(text) <= QUOTED else f"{text[:QUOTED]}…" for name, text in said.items()}
        message = Message(self.message.msgid, self.message.domain, **quoted)
        return Finding(
            self.code, Severity.WARNING, message, place, found=next(iter(said.values()), None), hint=self.hint
        )


# --- what is not read ------------------------------------------------------------------------------------------------

NOT_READ = "DATA-NOT-READ"
AS_PICTURE = _("Insert it as a picture: copy it, then Paste Special, Picture (PNG).")

TEXT_BOX = Remark(NOT_READ, _("A text box is not read: “{text}”"), _("Write it into the text itself."))
EQUATION = Remark(NOT_READ, _("An equation is not read."), AS_PICTURE)
CHART = Remark(NOT_READ, _("A chart is not read."), AS_PICTURE)
SMART_ART = Remark(NOT_READ, _("SmartArt is not read."), AS_PICTURE)
SHAPE = Remark(NOT_READ, _("A drawn shape is not read."), AS_PICTURE)
EMBEDDED = Remark(NOT_READ, _("An embedded object (a sheet, a file) is not read."), AS_PICTURE)
SYMBOL = Remark(
    NOT_READ,
    _("A symbol of the font “{font}” is not read."),
    _("Choose one of the font that the text is written in."),
)
HIDDEN = Remark(
    NOT_READ,
    _("Hidden text is not read: “{text}”"),
    _("Delete it, or switch off “Hidden” in the font’s settings."),
)
PROMPT = Remark(
    NOT_READ,
    _("A field was not filled in; its prompt is not read: “{text}”"),
    _("Fill in the field or delete it."),
)

WRITTEN_ON = Remark(
    "DATA-INSTRUCTION",
    _("Your text stands in the paragraph of the form’s grey instruction, which is printed with it: “{text}”"),
    _("Delete the instruction, or begin a paragraph of its own below it."),
)

# --- what is read otherwise than it looks ----------------------------------------------------------------------------

IN_TABLE = Remark(
    "DATA-HEADING",
    _("“{title}” stands in a table; it begins no section there."),
    _("Move the heading and its text out of the table."),
)
NO_HEADING = Remark(
    "DATA-HEADING",
    _("“{title}” looks like a heading but is none; it begins no section."),
    _("Click into the line and choose the style “Heading 1” (Home, Styles)."),
)
TRACKED = Remark(
    "DATA-TRACKED-CHANGES",
    _("The document holds tracked changes: what was inserted is read, what was deleted is not."),
    _("Accept or reject them all (Review, Changes), so that the report says what you sign."),
)
STRUCK = Remark(
    "DATA-STRUCK",
    _("Struck-through text is printed like any other: “{text}”"),
    _("Delete it if it does not belong into the report."),
)

# --- pictures --------------------------------------------------------------------------------------------------------

INSERT_ANEW = _("Save the picture as PNG or JPEG and insert it anew (Insert, Pictures).")

FOREIGN_PICTURE = Remark("DATA-PICTURE", _("The picture ({kind}) cannot be printed."), INSERT_ANEW)
LINKED_PICTURE = Remark(
    "DATA-PICTURE", _("The picture is only linked, not part of the document, and not printed."), INSERT_ANEW
)
MISSING_PICTURE = Remark("DATA-PICTURE", _("The picture’s file is missing in the document."), INSERT_ANEW)
CHANGED_PICTURE = Remark(
    "DATA-PICTURE",
    _("The picture is turned askew or cut to a shape in Word; it is printed upright and as a rectangle."),
    _("Set its rotation and its shape back, or edit the picture in a picture program and insert it anew."),
)
NO_WORDS = Remark(
    "DATA-ALT-TEXT",
    _("The picture has no alternative text; who cannot see it learns nothing of it."),
    _("Right-click the picture, choose “Edit Alt Text” and say in a sentence what it shows."),
)
