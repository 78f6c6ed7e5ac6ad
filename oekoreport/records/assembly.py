"""Records become the project: validated kind by kind, merged, referred, nested.

A field that a source gets wrong, or that two sources contradict each other on, becomes a finding at its cell and is
unknown; the rest of its record stays. Nothing is dropped without a finding.
"""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeGuard

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from oekoreport.characters import MARK, printable
from oekoreport.findings import Finding, Severity
from oekoreport.language import Message, catalogue
from oekoreport.model import KINDS, Noun, Project, attributes, nested
from oekoreport.model.fields import BadValue, read_text
from oekoreport.places import Place
from oekoreport.records.record import UNREADABLE, Origin, Origins, Record

_ = catalogue("oekoreport")


@dataclass(frozen=True, slots=True)
class Assembly:
    """A project with the origins of its objects and what was wrong with its sources."""

    project: Project
    origins: Origins
    findings: tuple[Finding, ...]


def assemble(records: Iterable[Record], findings: Iterable[Finding] = ()) -> Assembly:
    """Build the project from records; ``findings`` are what importers reported and come first."""
    work = _Assembler(list(findings))
    by_kind: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        if record.kind in KINDS:
            by_kind[record.kind].append(record if _is_printable(record) else work.made_printable(record))
        else:
            work.report("DATA-KIND", record, "", _("“{kind}” is not a kind of record.", kind=record.kind))
    for kind in KINDS:
        work.validate(kind, by_kind[kind])
    work.report_repeats()
    work.check_references()
    project = work.nest()
    return Assembly(project, Origins(work.origins), tuple(work.findings))


def _stated(record: Record) -> dict[str, object]:
    """Return the values that a record states; what it holds but cannot be read is stated as unknown."""
    values = record.values.items()
    return {name: None if value is UNREADABLE else value for name, value in values if value is not None and value != ""}


def _is_printable(record: Record) -> bool:
    """Tell at little cost that every text of a record can be printed; where this is False, a second look decides."""
    texts = (value for value in record.values.values() if type(value) is str)
    return record.key.isprintable() and record.parent.isprintable() and all(map(str.isprintable, texts))


LONGEST_TOLD = 80
"""How much of a text a contradiction tells: a chapter would bury what is to be done about it."""

COMPARED = 1_000
"""Among how many keys the one is sought that may have been meant: among 100,000 receipts it takes a second."""


def _nearest(key: str, known: Collection[str]) -> list[str]:
    return difflib.get_close_matches(key, known, n=1) if len(known) <= COMPARED else []


def _told(value: object) -> object:
    """Return a value as a contradiction tells it; of a long text the beginning, on one line."""
    return _("“{text}”", text=_beginning(value)) if _is_long(value) else value


def _beginning(text: str) -> str:
    line = " ".join(text[: 2 * LONGEST_TOLD].split())
    return f"{line[:LONGEST_TOLD].rstrip()}…" if len(line) > LONGEST_TOLD else line


def _is_long(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and (len(value) > LONGEST_TOLD or "\n" in value)


def _around(text: str) -> str:
    """Return what stands around the first mark of a long text, on one line; a short one whole."""
    if len(text) <= LONGEST_TOLD:
        return text
    start = max(text.index(MARK) - LONGEST_TOLD // 2, 0)
    return f"…{' '.join(text[start : start + LONGEST_TOLD].split())}…"


class _Assembler:
    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        self.origins: dict[tuple[str, str], Origin] = {}
        self.nouns: dict[str, dict[str, Noun]] = {kind: {} for kind in KINDS}
        self.parents: dict[tuple[str, str], str] = {}
        self.files: dict[tuple[str, str], set[str]] = {}
        self.contradicted: set[tuple[str, str, str]] = set()
        self.repeated: Counter[tuple[str, str]] = Counter()

    def report(  # noqa: PLR0913 - a finding is these parts
        self,
        code: str,
        record: Record,
        name: str,
        message: Message,
        hint: Message | None = None,
        found: str | None = None,
    ) -> None:
        """Note what is wrong with a field of a record, at its place."""
        self.findings.append(
            Finding(
                code,
                Severity.ERROR,
                message,
                record.origin.place(name),
                (record.kind, record.key),
                hint=hint,
                found=found,
            )
        )

    def made_printable(self, record: Record) -> Record:
        """Return a record of texts that documents can print: a mark stands for what they cannot, with a finding."""
        texts = {name: value for name, value in record.values.items() if type(value) is str}
        read = {name: printable(text) for name, text in {"": record.key, **texts}.items()}
        values = {**record.values, **{name: text for name, (text, _codes) in read.items() if name}}
        clean = replace(record, key=read[""][0], parent=printable(record.parent)[0], values=values)
        for name, (text, codes) in read.items():
            if codes:
                self._report_characters(clean, name, text, codes)
        return clean

    def _report_characters(self, record: Record, name: str, text: str, codes: tuple[str, ...]) -> None:
        self.findings.append(
            Finding(
                "DATA-CHARACTER",
                Severity.WARNING,
                _(
                    "“{text}” has a character that no document can print; it became “{mark}”.",
                    text=_around(text),
                    mark=MARK,
                ),
                record.origin.place(name),
                (record.kind, record.key),
                expected=_("Letters, digits and signs, tabs and line breaks."),
                found=Message("{codes}", codes=codes),
                hint=_("Type the text anew at this place; such characters come along when text is pasted."),
            )
        )

    def validate(self, kind: str, records: Sequence[Record]) -> None:
        """Validate the records of a kind as one list and merge those of one key."""
        names = {attribute.name for attribute in attributes(KINDS[kind])}
        records = [self._known_fields(record, names) for record in records]
        nouns = self._read(KINDS[kind], records)
        for record, noun in zip(records, nouns, strict=True):
            self._enter(record, noun)

    def _known_fields(self, record: Record, names: set[str]) -> Record:
        if record.values.keys() <= names:
            return record
        for name in record.values.keys() - names:
            self.report(
                "DATA-FIELD", record, name, _("“{name}” is not a field of {kind}.", name=name, kind=record.kind)
            )
        return replace(record, values={name: value for name, value in record.values.items() if name in names})

    def _read(self, noun: type[Noun], records: Sequence[Record]) -> list[Noun]:
        """Validate in one pass; where fields are bad, report each, clear it and validate the affected records again."""
        adapter: TypeAdapter[list[Noun]] = TypeAdapter(list[noun])  # type: ignore[valid-type]
        rows = [{"key": record.key, **_stated(record)} for record in records]
        try:
            return adapter.validate_python(rows)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                index, name = detail["loc"][0], str(detail["loc"][1])
                assert isinstance(index, int)  # noqa: S101 - the adapter's type is a list
                self._report_bad_value(records[index], name, detail)
                rows[index][name] = None
        return adapter.validate_python(rows)

    def _report_bad_value(self, record: Record, name: str, detail: ErrorDetails) -> None:
        error = detail.get("ctx", {}).get("error")
        found = read_text(detail["input"]) or ""
        if isinstance(error, BadValue):
            self.report(error.code, record, name, error.message, error.hint, found)
        else:
            self.report("DATA-VALUE", record, name, _("“{text}” cannot be read.", text=found), found=found)

    def _enter(self, record: Record, noun: Noun) -> None:
        present = self.nouns[record.kind].get(record.key)
        if present is None:
            self._add(record, noun)
        elif record.origin.file in self.files[noun.identity] or self._parent_differs(record):
            self._add_twin(record, noun)
        else:
            self.files[noun.identity].add(record.origin.file)
            self._merge(record, present, noun)

    def _add(self, record: Record, noun: Noun) -> None:
        self.nouns[record.kind][noun.key] = noun
        self.origins[noun.identity] = record.origin
        self.parents[noun.identity] = record.parent
        self.files[noun.identity] = {record.origin.file}

    def _parent_differs(self, record: Record) -> bool:
        return self.parents[record.kind, record.key] != record.parent

    def _add_twin(self, record: Record, noun: Noun) -> None:
        number = 2
        while f"{record.key}#{number}" in self.nouns[record.kind]:
            number += 1
        first = self.origins[noun.identity].place()
        self.report(
            "DATA-TWICE",
            record,
            "",
            _("“{key}” is there twice; it stands first at {place}.", key=record.key, place=first),
            _("Give each its own key, or delete one of the two."),
        )
        twin = f"{record.key}#{number}"
        self._add(replace(record, key=twin), noun.model_copy(update={"key": twin}))

    def _merge(self, record: Record, present: Noun, noun: Noun) -> None:
        """Join what two sources say of one object; where they contradict each other, the field is unknown."""
        origin = self.origins[noun.identity]
        update: dict[str, object] = {}
        others: dict[str, Origin] = dict(origin.others)
        for name in record.values:
            old, new = getattr(present, name), getattr(noun, name)
            silent = new is None and (old is not None or name not in noun.model_fields_set)
            if silent or (*noun.identity, name) in self.contradicted:
                continue
            if old is None or name not in present.model_fields_set:
                update[name] = new
                others[name] = record.origin
            elif old != new:
                update[name] = None
                self.contradicted.add((*noun.identity, name))
                self._report_contradiction(record, origin, name, old, new)
        disputed = any((*noun.identity, name) in self.contradicted for name in record.values)
        if record.values and not update and not disputed:
            self.repeated[record.origin.file, origin.file] += 1
        self.nouns[record.kind][record.key] = present.model_copy(update=update)
        self.origins[noun.identity] = replace(origin, others=others)

    def _report_contradiction(self, record: Record, origin: Origin, name: str, old: object, new: object) -> None:
        self.report(
            "DATA-CONTRADICTION",
            record,
            name,
            _("{new} here, but {old} at {place}.", new=_told(new), old=_told(old), place=origin.place(name)),
            _("Keep one of the two texts; until then neither is printed.")
            if _is_long(new) or _is_long(old)
            else _("Correct one of the two; until then the value is unknown."),
            _beginning(new) if _is_long(new) else read_text(new),
        )

    def report_repeats(self) -> None:
        """Warn of a file that only says again what another says: a backup copy would bring back what was deleted."""
        for (file, other), times in self.repeated.items():
            self.findings.append(
                Finding(
                    "DATA-REPEATED",
                    Severity.WARNING,
                    _("{times} entries stand in {other} already, word for word.", times=times, other=other),
                    Place(file),
                    hint=_("If the file is a copy, move it out of the project folder: it brings back what you delete."),
                )
            )

    def check_references(self) -> None:
        """Report every field that refers to an object that is not there, and make it unknown."""
        for kind, nouns in self.nouns.items():
            references = [attribute for attribute in attributes(KINDS[kind]) if attribute.refers]
            for attribute in references:
                targets = self.nouns[attribute.refers]
                for noun in list(nouns.values()):
                    key = getattr(noun, attribute.name)
                    if key is not None and key not in targets:
                        self._report_reference(noun, attribute.name, key, targets, KINDS[attribute.refers].label)
                        nouns[noun.key] = nouns[noun.key].model_copy(update={attribute.name: None})

    def _report_reference(self, noun: Noun, name: str, key: str, targets: Mapping[str, Noun], label: Message) -> None:
        close = _nearest(key, targets)
        hint = _("Did you mean “{close}”?", close=close[0]) if close else _("Write the key of an existing entry.")
        self.findings.append(
            Finding(
                "DATA-REFERENCE",
                Severity.ERROR,
                _("{label}: there is no “{key}”.", label=label, key=key),
                self.origins[noun.identity].place(name),
                noun.identity,
                hint=hint,
                found=key,
            )
        )

    def nest(self) -> Project:
        """Put children into their parents, deepest kinds first, and return the root."""
        children: dict[tuple[str, str], dict[str, list[Noun]]] = defaultdict(lambda: defaultdict(list))
        for kind in reversed([kind for kind in KINDS if kind != "project"]):
            parent_kind = KINDS[kind].parent
            for noun in self.nouns[kind].values():
                filled = self._filled(noun, children.pop(noun.identity, {}))
                parent = "" if parent_kind == "project" else self._parent_of(noun)
                if parent_kind == "project" or parent in self.nouns[parent_kind]:
                    children[parent_kind, parent][kind].append(filled)
                else:
                    self._report_orphan(noun, parent)
        roots = list(self.nouns["project"].values()) or [Project(key="project")]
        self._report_surplus(roots[1:])
        root = self._filled(roots[0], children.pop(("project", ""), {}))
        assert isinstance(root, Project)  # noqa: S101 - the kind says so
        return root

    def _parent_of(self, noun: Noun) -> str:
        """Return the key of a noun's parent; a participant with one site may stand for its site."""
        parent = self.parents[noun.identity]
        if noun.parent != "site" or parent in self.nouns["site"]:
            return parent
        sites = [key for key in self.nouns["site"] if self.parents["site", key] == parent]
        return sites[0] if len(sites) == 1 else parent

    def _filled(self, noun: Noun, children: Mapping[str, list[Noun]]) -> Noun:
        if not children:
            return noun
        update: dict[str, object] = {}
        for kind, nouns in children.items():
            name, many = nested(type(noun))[kind]
            update[name] = tuple(nouns) if many else nouns[0]
            if not many:
                self._report_surplus(nouns[1:])
        return noun.model_copy(update=update)

    def _report_surplus(self, nouns: Sequence[Noun]) -> None:
        for noun in nouns:
            self.findings.append(
                Finding(
                    "DATA-TWICE",
                    Severity.ERROR,
                    _("A project has one entry of this kind ({label}); this is another.", label=noun.label),
                    self.origins[noun.identity].place(),
                    noun.identity,
                    hint=_("Delete the row that does not belong."),
                )
            )

    def _report_orphan(self, noun: Noun, parent: str) -> None:
        label = KINDS[noun.parent].label
        close = _nearest(parent, self.nouns[noun.parent])
        self.findings.append(
            Finding(
                "DATA-PARENT",
                Severity.ERROR,
                _(
                    "{own} belongs to “{parent}”, and there is no such entry ({label}).",
                    own=noun.label,
                    parent=parent,
                    label=label,
                )
                if parent
                else _("{own} does not say what it belongs to ({label}).", own=noun.label, label=label),
                self.origins[noun.identity].place(),
                noun.identity,
                hint=_("Did you mean “{close}”?", close=close[0])
                if close
                else _("Write the key of an existing entry."),
            )
        )
