"""What is wrong with the data, and how much it matters."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from oekoreport.language import Locale, Message, catalogue
from oekoreport.places import Place

_ = catalogue("oekoreport")


class Severity(IntEnum):
    """How much a finding weighs: errors keep a document a draft, warnings want an explanation, notes inform."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> Message:
        """The severity in words."""
        return (_("Note"), _("Warning"), _("Error"))[self - 1]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong (Feststellung), with its place and the way out.

    ``subject`` is kind and key of the object that it speaks of; ``waived_by`` the key of the waiver that covers it.
    A ``question`` of an importer is an open question: no mistake is proven, and documents stay drafts until it is
    answered.
    """

    code: str
    severity: Severity
    message: Message
    place: Place | None = None
    subject: tuple[str, str] | None = None
    expected: Message | str | None = None
    found: Message | str | None = None
    basis: Message | str | None = None
    hint: Message | None = None
    waived_by: str | None = None
    question: bool = False

    def localize(self, locale: Locale) -> str:
        """Return the finding as text: place, code and message on one line, the way out below."""
        where = f"{locale.show(self.place)}  " if self.place else ""
        lines = [f"{where}{self.code}  {locale.show(self.message)}"]
        if self.hint:
            lines.append(f"  {locale.show(self.hint)}")
        return "\n".join(lines)
