"""Merging: what several sources say of one object becomes one noun; what they contradict each other on is unknown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeGuard

from oekoreport.findings import Finding, Severity
from oekoreport.language import Message, catalogue
from oekoreport.model import KINDS, Noun
from oekoreport.model.spelling import read_text
from oekoreport.places import Place
from oekoreport.records.record import Origin, Record, error_in

_ = catalogue("oekoreport")

LONGEST_TOLD = 80
"""How much of a text a contradiction tells: a chapter would bury what is to be done about it."""


class Merged:
    """The objects of a project by kind and key, with the place and the parent of each, as far as they were entered."""

    def __init__(self) -> None:
        self.nouns: dict[str, dict[str, Noun]] = {kind: {} for kind in KINDS}
        self.origins: dict[tuple[str, str], Origin] = {}
        self.parents: dict[tuple[str, str], str] = {}
        self._files: dict[tuple[str, str], set[str]] = {}
        self._contradicted: set[tuple[str, str, str]] = set()
        self._repeated: Counter[tuple[str, str]] = Counter()

    def enter(self, record: Record, noun: Noun) -> Iterator[Finding]:
        """Add an object, or join it with what another file says of it; yield what does not go together."""
        present = self.nouns[record.kind].get(record.key)
        if present is None:
            self._add(record, noun)
        elif record.origin.file in self._files[noun.identity] or self.parents[noun.identity] != record.parent:
            yield self._add_twin(record, noun)
        else:
            self._files[noun.identity].add(record.origin.file)
            yield from self._merge(record, present, noun)

    def _add(self, record: Record, noun: Noun) -> None:
        self.nouns[record.kind][noun.key] = noun
        self.origins[noun.identity] = record.origin
        self.parents[noun.identity] = record.parent
        self._files[noun.identity] = {record.origin.file}

    def _add_twin(self, record: Record, noun: Noun) -> Finding:
        """Add a second object of one key under a key of its own, so that nothing of it is lost."""
        number = 2
        while f"{record.key}#{number}" in self.nouns[record.kind]:
            number += 1
        twin = f"{record.key}#{number}"
        first = self.origins[noun.identity].place()
        self._add(replace(record, key=twin), noun.model_copy(update={"key": twin}))
        return error_in(
            record,
            "",
            "DATA-TWICE",
            _("“{key}” occurs twice; it was first used at {place}.", key=record.key, place=first),
            _("Give each its own key, or delete one of the two."),
        )

    def _merge(self, record: Record, present: Noun, noun: Noun) -> Iterator[Finding]:
        """Join what two sources say of one object; where they contradict each other, the field is unknown."""
        origin = self.origins[noun.identity]
        update: dict[str, object] = {}
        others: dict[str, Origin] = dict(origin.others)
        for name in record.values:
            old, new = getattr(present, name), getattr(noun, name)
            silent = new is None and (old is not None or not noun.stated(name))
            if silent or (*noun.identity, name) in self._contradicted:
                continue
            if old is None or not present.stated(name):
                update[name] = new
                others[name] = record.origin
            elif old != new:
                update[name] = None
                self._contradicted.add((*noun.identity, name))
                yield _contradiction(record, origin, name, old, new)
        disputed = any((*noun.identity, name) in self._contradicted for name in record.values)
        if record.values and not update and not disputed:
            self._repeated[record.origin.file, origin.file] += 1
        self.nouns[record.kind][record.key] = present.model_copy(update=update)
        self.origins[noun.identity] = replace(origin, others=others)

    def repeats(self) -> Iterator[Finding]:
        """Warn of a file that only says again what another says: a backup copy would bring back what was deleted."""
        for (file, other), times in self._repeated.items():
            yield Finding(
                "DATA-REPEATED",
                Severity.WARNING,
                _("{times} entries are identical to entries in {other}.", times=times, other=other),
                Place(file),
                hint=_(
                    "If the file is a copy, move it out of the project folder; otherwise entries that you delete "
                    "reappear."
                ),
            )


def _contradiction(record: Record, origin: Origin, name: str, old: object, new: object) -> Finding:
    return error_in(
        record,
        name,
        "DATA-CONTRADICTION",
        _("{new} here contradicts {old} at {place}.", new=_told(new), old=_told(old), place=origin.place(name)),
        _("Keep one of the two texts; until then neither is printed.")
        if _is_long(new) or _is_long(old)
        else _("Correct one of the two; until then the value is unknown."),
        _beginning(new) if _is_long(new) else read_text(new),
    )


def _told(value: object) -> Message | object:
    """Return a value as a contradiction tells it; of a long text the beginning, on one line."""
    return _("“{text}”", text=_beginning(value)) if _is_long(value) else value


def _beginning(text: str) -> str:
    line = " ".join(text[: 2 * LONGEST_TOLD].split())
    return f"{line[:LONGEST_TOLD].rstrip()}…" if len(line) > LONGEST_TOLD else line


def _is_long(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and (len(value) > LONGEST_TOLD or "\n" in value)
