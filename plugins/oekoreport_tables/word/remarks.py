"""What a narrative in Word holds that does not come into the report as it stands: each a finding with its way out."""

from __future__ import annotations

from typing import NamedTuple

from oekoreport import Finding, Message, Place, Severity, texts

QUOTED = 60
"""How much of a text a finding quotes."""

TEXTS = texts("oekoreport_tables.word")


class Remark(NamedTuple):
    """A kind of finding; under its key, ``texts.toml`` has the message, which may quote a text, and the way out."""

    code: str
    key: str

    def at(self, place: Place, **said: str) -> Finding:
        """Return the finding at a place; ``said`` is what the message quotes."""
        quoted = {name: text if len(text) <= QUOTED else f"{text[:QUOTED]}…" for name, text in said.items()}
        told = TEXTS[self.key]
        message = Message(told["message"].msgid, told["message"].domain, **quoted)
        return Finding(
            self.code, Severity.WARNING, message, place, found=next(iter(said.values()), None), hint=told["hint"]
        )


TEXT_BOX = Remark("DATA-NOT-READ", "text_box")
EQUATION = Remark("DATA-NOT-READ", "equation")
CHART = Remark("DATA-NOT-READ", "chart")
SMART_ART = Remark("DATA-NOT-READ", "smart_art")
SHAPE = Remark("DATA-NOT-READ", "shape")
EMBEDDED = Remark("DATA-NOT-READ", "embedded")
SYMBOL = Remark("DATA-NOT-READ", "symbol")
HIDDEN = Remark("DATA-NOT-READ", "hidden")
PROMPT = Remark("DATA-NOT-READ", "prompt")
WRITTEN_ON = Remark("DATA-INSTRUCTION", "written_on")
IN_TABLE = Remark("DATA-HEADING", "in_table")
NO_HEADING = Remark("DATA-HEADING", "no_heading")
TRACKED = Remark("DATA-TRACKED-CHANGES", "tracked")
STRUCK = Remark("DATA-STRUCK", "struck")
FOREIGN_PICTURE = Remark("DATA-PICTURE", "foreign_picture")
LINKED_PICTURE = Remark("DATA-PICTURE", "linked_picture")
MISSING_PICTURE = Remark("DATA-PICTURE", "missing_picture")
CHANGED_PICTURE = Remark("DATA-PICTURE", "changed_picture")
NO_WORDS = Remark("DATA-ALT-TEXT", "no_words")
