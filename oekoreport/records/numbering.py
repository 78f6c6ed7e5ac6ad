"""Keys that nobody typed: each becomes a short number of what its row says, and a row that repeats another is a copy.

The number of a row holds when rows are inserted above it or sorted, and when it moves to another file: its first four
digits come from the fields that tell what it is (name, title, number, day …). Only where two rows share them the number
is longer, by digits that come from the whole row.

Forms are made with these numbers as keys: what comes back under one speaks of the same row, and is no copy of it.

A row repeats another if both tell the same and contradict each other in no field; one of them may lack columns. It is
not counted again: the finding names it, and the original.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import pairwise, takewhile

from oekoreport.findings import Finding
from oekoreport.language import catalogue
from oekoreport.model import KINDS
from oekoreport.model.noun import attributes, readers
from oekoreport.model.spelling import BadValue
from oekoreport.records.record import STAND_IN, UNREADABLE, Record, error_in, is_stand_in
from oekoreport.units import Amount

_ = catalogue("oekoreport")

TELLING = ("name", "title", "subject", "number", "payee", "payer", "participant", "issued_on", "date", "amount")
"""The fields that tell what an object is, whatever its kind; what a row says besides may be corrected later."""

NUMBER = "#"
"""How a number begins."""

DIGITS = 4
"""How many digits a number has where no other row shares them."""

OURS = re.compile(rf"(?:^|/){NUMBER}\d{{{DIGITS}}}")
"""Where a number of ours begins in a key: the key itself, or the part of it that nobody typed."""

ALIKE = 50
"""With so many rows that tell the same a row is compared at most, lest a sheet of nothing else takes hours."""


Said = dict[str, str]
"""What a row says: the texts of its values by field."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """Records with numbers for stand-ins, the findings on them, and the identities that have such a number."""

    records: Sequence[Record]
    findings: Sequence[Finding]
    made_up: frozenset[tuple[str, str]] = frozenset()


def numbered(records: Sequence[Record], findings: Sequence[Finding]) -> Numbered:
    """Give every record a key and leave out copies; the subjects of importers' findings follow."""
    if not any(is_stand_in(record.key) for record in records):
        return Numbered(records, findings, _numbers_among(records))
    numbering = _Numbering(records)
    kept = [record for record in records if id(record) not in numbering.left_out]
    named = [numbering.named(record) for record in kept]
    told = (numbering.told(finding) for finding in findings)
    return Numbered(named, [*told, *_findings(numbering.copies)], _numbers_among(named))


def _numbers_among(records: Iterable[Record]) -> frozenset[tuple[str, str]]:
    """Return the identities of those whose key is a number of ours, be it that it came back in a form."""
    return frozenset((record.kind, record.key) for record in records if OURS.search(record.key))


class _Numbering:
    """The numbers of all stand-ins, found kind by kind, parents first.

    Attributes:
        copies: each record that repeats another, with that other.
        left_out: by ``id``, the copies and what stands in their rows.
    """

    def __init__(self, records: Sequence[Record]) -> None:
        self.copies: list[tuple[Record, Record]] = []
        self.left_out: set[int] = set()
        self._keys: dict[str, str] = {}
        self._beside: dict[tuple[str, str, int, str], list[Record]] = defaultdict(list)
        by_kind: dict[str, list[Record]] = defaultdict(list)
        for record in records:
            by_kind[record.kind].append(record)
        keyless = [kind for kind in KINDS if any(is_stand_in(record.key) for record in by_kind[kind])]
        for kind, noun in KINDS.items():
            for record in by_kind[kind] if noun.parent in keyless else ():
                self._beside[_row(record, record.parent)].append(record)
        for kind in keyless:
            self._number(by_kind[kind])

    def named(self, record: Record) -> Record:
        """Return a record with numbers for stand-ins."""
        keys = [value for name in _references(record.kind) if type(value := record.values.get(name)) is str]
        if not any("\0" in text for text in (record.key, record.parent, *keys)):
            return record
        values = {name: self._plain(value) if type(value) is str else value for name, value in record.values.items()}
        return replace(record, key=self._plain(record.key), parent=self._plain(record.parent), values=values)

    def told(self, finding: Finding) -> Finding:
        """Return a finding on an object under the object's number."""
        if finding.subject is None:
            return finding
        return replace(finding, subject=(finding.subject[0], self._plain(finding.subject[1])))

    def _plain(self, text: str) -> str:
        return STAND_IN.sub(lambda match: self._keys.get(match[0], match[0]), text) if "\0" in text else text

    def _number(self, records: Sequence[Record]) -> None:
        """Number the records of a kind that have no key; those that repeat another are copies of it."""
        alike: dict[str, list[tuple[Record, Said]]] = defaultdict(list)
        digits: dict[str, Record] = {}
        keyless = [record for record in records if is_stand_in(record.key)]
        for record in records:
            if not is_stand_in(record.key) and not record.key.startswith(NUMBER):
                said = self._said(record)
                alike[self._telling(record, said)].append((record, said))
        for record in keyless:
            said = self._said(record)
            telling = self._telling(record, said)
            original = next((other for other, says in alike[telling][:ALIKE] if _repeats(said, says)), None)
            if original is None:
                alike[telling].append((record, said))
                digits[f"{_digits(telling)[:DIGITS]}{_digits(f'{telling} {sorted(said.items())}')}"] = record
            else:
                self.copies.append((record, original))
                self.left_out |= {id(record), *map(id, self._in_row(record))}
        for number, length in _lengths(digits):
            self._keys[digits[number].key] = f"{NUMBER}{number[:length]}"
        for copy, original in self.copies:
            self._keys.setdefault(copy.key, self._plain(original.key))

    def _said(self, record: Record) -> Said:
        """Return what a record and the children in its row say, by field; keys of children are told by their ends."""
        said = {name: self._plain(text) for name, text in _texts(record)}
        for child in self._in_row(record):
            end = child.key.removeprefix(record.key)
            said |= {f"{child.kind}{end}.{name}": self._plain(text) for name, text in _texts(child)}
        return said

    def _in_row(self, record: Record) -> list[Record]:
        """Return the children of a record that stand in its row."""
        return self._beside.get(_row(record, record.key), []) if record.origin.row else []

    def _telling(self, record: Record, said: Said) -> str:
        """Return what tells the object from others: parent and telling fields, or all where it has none of them."""
        telling = [(name, said[name]) for name in TELLING if name in said] or sorted(said.items())
        return f"{self._plain(record.parent)} {telling}"


def _repeats(said: Said, other: Said) -> bool:
    """Tell whether two rows contradict each other in no field."""
    return all(said[name] == other[name] for name in said.keys() & other.keys())


@cache
def _references(kind: str) -> tuple[str, ...]:
    """Return the fields of a kind that hold the key of another object."""
    return tuple(each.name for each in attributes(KINDS[kind]) if each.refers)


def _row(record: Record, parent: str) -> tuple[str, str, int, str]:
    return record.origin.file, record.origin.sheet, record.origin.row, parent


def _texts(record: Record) -> Iterator[tuple[str, str]]:
    """Yield the fields that a record states, each value as one text, however it was typed."""
    read = readers(KINDS[record.kind])
    for name, value in record.values.items():
        if value is UNREADABLE:  # like no other
            yield name, str(record.origin.place(name))
        elif value not in (None, ""):
            try:
                yield name, _text(value if record.plain or name not in read else read[name](value))
            except BadValue:
                yield name, str(value)


def _text(value: object) -> str:
    match value:
        case Decimal():
            return f"{value.normalize():f}"
        case Amount():
            return f"{value.value.normalize():f} {value.unit}"
    return str(value)


def _digits(text: str) -> str:
    return f"{int.from_bytes(hashlib.sha256(text.encode()).digest()):078}"[::-1]


def _lengths(digits: Mapping[str, Record]) -> Iterator[tuple[str, int]]:
    """Yield each text of digits with the least length that tells it from all others, and is at least ``DIGITS``."""
    ordered = sorted(digits)
    shared = [0, *(_shared(*pair) for pair in pairwise(ordered)), 0]
    for index, number in enumerate(ordered):
        yield number, max(DIGITS, shared[index] + 1, shared[index + 1] + 1)


def _shared(one: str, other: str) -> int:
    """Return how many characters two texts have in common from the left."""
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _findings(copies: Iterable[tuple[Record, Record]]) -> Iterator[Finding]:
    """Yield a finding for each copied row of a sheet, and one for all that a sheet or file repeats of another."""
    groups: dict[object, list[tuple[Record, Record]]] = defaultdict(list)
    for copy, original in copies:
        here, there = (each.origin.place()._replace(row=0) for each in (copy, original))
        groups[(here, there) if here != there else id(copy)].append((copy, original))
    for group in groups.values():
        copy, original = group[0]
        yield error_in(
            copy,
            "",
            "DATA-COPY",
            _("The row repeats {place}; it is not counted again.", place=original.origin.place())
            if len(group) == 1
            else _(
                "From here on, {count} rows repeat those from {place} on; they are not counted again.",
                count=len(group),
                place=original.origin.place(),
            ),
            _(
                "Delete one of the two. If both are meant, give each its own key; a further payment of one receipt "
                "repeats the receipt’s key."
            ),
        )
