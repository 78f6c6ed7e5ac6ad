"""What a file says of participants, sites and workshops, so that other sheets may name them as people do."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from oekoreport import Record
from oekoreport.kit.tables import Cell, text_of


class Index:
    """The participants, sites and workshops that were read so far; none where another file holds them."""

    def __init__(self) -> None:
        self.participants: dict[str, str] = {}
        self.sites: dict[str, str] = {}
        self.workshops: dict[str, str] = {}

    def note(self, record: Record) -> None:
        """Remember a record, if it is of a kind that is referred to."""
        values = record.values
        if record.kind == "participant":
            self.participants[record.key] = text_of(_as_cell(values.get("name")))
        elif record.kind == "site":
            self.sites[record.key] = record.parent
        elif record.kind == "workshop":
            for other in (values.get("date"), values.get("number"), record.key):
                if text := text_of(_as_cell(other)):
                    self.workshops[text] = record.key

    def participant(self, text: str) -> str:
        """Return the key of a participant given by key or by exact name; blank is the only one of the file."""
        if text in self.participants:
            return text
        if not text:
            return next(iter(self.participants)) if len(self.participants) == 1 else ""
        keys = [key for key, name in self.participants.items() if name == text]
        return keys[0] if len(keys) == 1 else text

    def site(self, text: str) -> str:
        """Return the key of a site given by key, or by a participant that has one; blank is the file's only one."""
        if text in self.sites:
            return text
        if not text:
            return next(iter(self.sites)) if len(self.sites) == 1 else ""
        participant = self.participant(text)
        keys = [key for key, owner in self.sites.items() if owner == participant]
        return keys[0] if len(keys) == 1 else text

    def workshop(self, text: str) -> str:
        """Return the key of a workshop given by key, number or date."""
        return self.workshops.get(text, text)

    def parent(self, kind: str, text: str) -> str:
        """Return the key of a parent of a kind, as far as the file tells."""
        if kind == "site":
            return self.site(text)
        if kind == "participant":
            return self.participant(text)
        return self.workshop(text) if kind == "workshop" else text


def _as_cell(value: object) -> Cell:
    return value if isinstance(value, str | Decimal | date) else None
