"""Names: what people write instead of a key, in whichever file, becomes the key once all files are read.

A key is compared without regard to case and spaces. What is no key may be a name: of a participant, a site, a line, or
a workshop's number or day. A name counts if one object alone has it; failing that, if one alone has it but for signs,
case and legal form. What remains unknown is told where it is nested.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from oekoreport.characters import folded
from oekoreport.model import KINDS, attributes
from oekoreport.model.likeness import party
from oekoreport.model.spelling import BadValue, read_day, read_text
from oekoreport.records.numbering import NUMBER
from oekoreport.records.record import UNREADABLE, Record

NAMED_BY = {
    "participant": ("name", "certificate_name"),
    "site": ("name",),
    "workshop": ("number", "date"),
    "income_line": ("title",),
    "expenditure_line": ("title",),
    "notice": ("reference",),
}
"""The fields that people name an object of a kind by."""

Meanings = Mapping[object, str]
"""Keys by what people wrote instead of them."""


def resolved(records: Iterable[Record]) -> list[Record]:
    """Return records, sorted by kind, with keys wherever a parent or another object is named.

    Keys that importers make of a parent and what is referred to (``W3/klinik``) follow them.
    """
    by_kind: dict[str, list[Record]] = {kind: [] for kind in KINDS}
    strange: list[Record] = []
    for record in records:
        by_kind.get(record.kind, strange).append(record)
    registers = {kind: _Register(by_kind[kind]) for kind in KINDS}
    sites = registers["site"] = _Sites(by_kind["site"], registers["participant"])
    for kind in KINDS:
        by_kind[kind] = _of_kind(kind, by_kind[kind], registers)
        if kind == "site":
            sites.owned(by_kind[kind])
    return [*strange, *(record for of_kind in by_kind.values() for record in of_kind)]


def _of_kind(kind: str, records: list[Record], registers: Mapping[str, _Register]) -> list[Record]:
    """Return the records of a kind; where none names anything, which is asked once for all, they are as before."""
    register = registers[kind]
    parents: Meanings = {}
    if KINDS[kind].parent in registers:
        parents = registers[KINDS[kind].parent].meanings({record.parent for record in records})
    refers: dict[str, Meanings] = {}
    for each in attributes(KINDS[kind]):
        if each.refers:
            said = {record.values.get(each.name) for record in records}
            refers[each.name] = registers[each.refers].meanings(said)
    if register.is_settled and not parents and not any(refers.values()):
        return records
    return [_resolved(record, register, parents, refers) for record in records]


def _resolved(record: Record, register: _Register, parents: Meanings, refers: Mapping[str, Meanings]) -> Record:
    said = {name: record.values.get(name) for name in refers}
    changed = {name: refers[name][value] for name, value in said.items() if value in refers[name]}
    parent = parents.get(record.parent, record.parent)
    key = register.own(record.key, _following(record, parent, changed))
    if key == record.key and parent == record.parent and not changed:
        return record
    return replace(record, key=key, parent=parent, values={**record.values, **changed})


def _following(record: Record, parent: str, changed: Mapping[str, str]) -> str:
    """Return the key of a record whose parent, or what it refers to, has another key than the record says."""
    key = record.key
    if record.parent and key.startswith(f"{record.parent}/"):
        key = f"{parent}{key.removeprefix(record.parent)}"
    for name, meant in changed.items():
        said = read_text(record.values[name])
        if said and key == f"{parent}/{said}":
            key = f"{parent}/{meant}"
    return key


class _Register:
    """The keys of a kind, and the names that its objects go by.

    ``is_settled`` tells that each object goes by the key that its record has, and no two differ by case alone.
    """

    def __init__(self, records: Sequence[Record]) -> None:
        self._records = records
        keys = [record.key for record in records]
        self._known: dict[object, str] = dict(zip(keys, keys, strict=True))
        self.is_settled = len(set(map(str.casefold, keys))) == len(self._known)
        if not self.is_settled:
            self._known = {key: self._keys[key.casefold()] for key in keys}

    @cached_property
    def _keys(self) -> dict[str, str]:
        """Each key by its folded form, as it was spelled first."""
        keys = [record.key for record in reversed(self._records)]
        return dict(zip(map(str.casefold, keys), keys, strict=True))

    def own(self, said: str, key: str) -> str:
        """Return the key that a record goes by, in the spelling that came first; what it said is found under it."""
        known = self._known.get(key)
        if known is None:
            fold = key.casefold()
            known = self._known[key] = key if self._keys.get(fold, said) == said else self._keys[fold]
            self._keys[fold] = known
        if said != known:
            self._known[said] = known
            self.is_settled = False
        return known

    def meanings(self, said: set[object]) -> Meanings:
        """Return the key of the object that each text or number means; those are left out that are a key themselves."""
        named = said - self._known.keys() if self.is_settled else said
        found = {value: self.key_of(value) for value in named if value and value is not UNREADABLE}
        return {value: key for value, key in found.items() if key != read_text(value)}

    def key_of(self, value: object) -> str:
        """Return the key of the object that a value means; its text where none, or more than one, may be meant."""
        known = self._known.get(value)
        if known is None:
            text = read_text(value) or ""
            known = self._meant(text) or text
        return known

    def _meant(self, text: str) -> str | None:
        return self._keys.get(folded(text)) or self._named(text)

    def _named(self, text: str) -> str | None:
        """Return the key of the one object of this name; else of the one that has it but for signs and legal form."""
        for keys in (self._names.get(folded(_name(text) or ""), ()), self._parties.get(party(text), ())):
            if keys:
                return next(iter(keys)) if len(keys) == 1 else None
        return None

    @cached_property
    def _names(self) -> Mapping[str, set[str]]:
        names: dict[str, set[str]] = defaultdict(set)
        for record in self._records:
            for name in NAMED_BY.get(record.kind, ()):
                value = record.values.get(name)
                if value is not UNREADABLE and (text := _name(value)):
                    names[folded(text)].add(self._known[record.key])
        return names

    @cached_property
    def _parties(self) -> Mapping[str, set[str]]:
        parties: dict[str, set[str]] = defaultdict(set)
        for name, keys in self._names.items():
            parties[party(name)] |= keys
        return parties


class _Sites(_Register):
    """The sites; a participant stands for its site where it has one alone."""

    def __init__(self, records: Sequence[Record], participants: _Register) -> None:
        super().__init__(records)
        self._participants = participants
        self._of: dict[str, set[str]] = defaultdict(set)

    def owned(self, sites: Sequence[Record]) -> None:
        """Note whose the sites are, before anything refers to them.

        A form that came back says of a site that it was filled in with nothing but its number: no site of its own.
        """
        for site in sites:
            if "name" in site.values or not site.key.startswith(NUMBER):
                self._of[site.parent].add(site.key)

    def _meant(self, text: str) -> str | None:
        key = self._keys.get(folded(text))
        owned = self._of.get(self._participants.key_of(text), ())
        return key or (next(iter(owned)) if len(owned) == 1 else self._named(text))


def _name(value: object) -> str | None:
    """Return a name as text: a number digit by digit, a day as 05.03.2020 however it is typed."""
    try:
        day = read_day(value)
    except BadValue:
        return read_text(value)
    return f"{day:%d.%m.%Y}" if day else None
