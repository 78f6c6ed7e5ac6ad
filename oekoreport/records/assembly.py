"""Records become the project: validated kind by kind, merged, referred, nested.

A field that a source gets wrong, or that two sources contradict each other on, becomes a finding at its cell and is
unknown; the rest of its record stays. Nothing is dropped without a finding.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pydantic import TypeAdapter, ValidationError

from oekoreport.characters import MARK, printable
from oekoreport.findings import Finding, Findings, Severity
from oekoreport.language import Message, catalogue
from oekoreport.model import KINDS, Noun, Project
from oekoreport.model.noun import readers
from oekoreport.model.spelling import BadValue, read_text
from oekoreport.records.merging import Merged
from oekoreport.records.naming import resolved
from oekoreport.records.nesting import Nest, check_references
from oekoreport.records.numbering import numbered
from oekoreport.records.record import UNREADABLE, Origins, Record, error_in
from oekoreport.records.scoping import Plans

_ = catalogue("oekoreport")

AROUND = 80
"""How many letters of a text are told around its first unprintable character."""


@dataclass(frozen=True, slots=True)
class Assembly:
    """A project with the origins of its objects and what was wrong with its sources."""

    project: Project
    origins: Origins
    findings: tuple[Finding, ...]


def assemble(records: Iterable[Record], findings: Iterable[Finding] = ()) -> Assembly:
    """Build the project from records; ``findings`` are what importers reported and come first."""
    given = numbered(resolved(records), list(findings))
    found = Findings(given.findings)
    by_kind = _by_kind(given.records, found)
    merged = Merged()
    for kind, read in by_kind.items():
        of_kind = [*map(Plans(merged).scoped, read)] if KINDS[kind].scoped else read
        for record, noun in zip(of_kind, _validated(kind, of_kind, found), strict=True):
            found.extend(merged.enter(record, noun))
    found.extend(merged.repeats())
    found.extend(check_references(merged, Plans(merged)))
    nest = Nest(merged)
    project = nest.project()
    found.extend(nest.findings)
    return Assembly(project, Origins(merged.origins, given.made_up), tuple(found))


def _by_kind(records: Iterable[Record], findings: Findings) -> dict[str, list[Record]]:
    """Return the records by kind, parents before children, their texts printable and their fields known."""
    by_kind: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        if record.kind not in KINDS:
            message = _("“{kind}” is not a kind of record.", kind=record.kind)
            findings.append(error_in(record, "", "DATA-KIND", message))
            continue
        by_kind[record.kind].append(_readable(record, findings))
    return {kind: by_kind[kind] for kind in KINDS}


def _readable(record: Record, findings: Findings) -> Record:
    """Return a record without fields that its kind does not have, of texts that documents can print."""
    names = readers(KINDS[record.kind]).keys()
    if not record.values.keys() <= names:
        for name in sorted(record.values.keys() - names):
            message = _("“{name}” is not a field of {kind}.", name=name, kind=record.kind)
            findings.append(error_in(record, name, "DATA-FIELD", message))
        record = replace(record, values={name: value for name, value in record.values.items() if name in names})
    return record if _is_printable(record) else _made_printable(record, findings)


def _is_printable(record: Record) -> bool:
    """Tell at little cost that every text of a record can be printed; where this is False, a second look decides."""
    texts = (value for value in record.values.values() if type(value) is str)
    return record.key.isprintable() and record.parent.isprintable() and all(map(str.isprintable, texts))


def _made_printable(record: Record, findings: Findings) -> Record:
    """Return the record with a mark for each unprintable character; add a finding for each text that had one."""
    texts = {name: value for name, value in record.values.items() if type(value) is str}
    read = {name: printable(text) for name, text in {"": record.key, **texts}.items()}
    values = {**record.values, **{name: text for name, (text, _codes) in read.items() if name}}
    clean = replace(record, key=read[""][0], parent=printable(record.parent)[0], values=values)
    findings.extend(_marked(clean, name, text, codes) for name, (text, codes) in read.items() if codes)
    return clean


def _marked(record: Record, name: str, text: str, codes: tuple[str, ...]) -> Finding:
    return Finding(
        "DATA-CHARACTER",
        Severity.WARNING,
        _(
            "“{text}” contains a character that no document can print; it was replaced by “{mark}”.",
            text=_around(text),
            mark=MARK,
        ),
        record.origin.place(name),
        (record.kind, record.key),
        expected=_("Letters, digits and signs, tabs and line breaks."),
        found=Message("{codes}", codes=codes),
        hint=_("Retype the text here; such characters come with pasted text."),
    )


def _around(text: str) -> str:
    """Return the text around the first mark, on one line; a short text whole."""
    if len(text) <= AROUND:
        return text
    start = max(text.index(MARK) - AROUND // 2, 0)
    return f"…{' '.join(text[start : start + AROUND].split())}…"


def _validated(kind: str, records: Sequence[Record], findings: Findings) -> list[Noun]:
    """Validate the records of a kind in one pass, and where fields are bad a second time without them."""
    noun = KINDS[kind]
    adapter: TypeAdapter[list[Noun]] = TypeAdapter(list[noun])  # type: ignore[valid-type]
    rows = [{"key": record.key, **_typed(record, findings)} for record in records]
    try:
        return adapter.validate_python(rows)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            index, name = detail["loc"][0], str(detail["loc"][1])
            assert isinstance(index, int)  # noqa: S101 - the adapter's type is a list
            findings.append(_bad_value(records[index], name, detail["input"], detail.get("ctx", {}).get("error")))
            rows[index][name] = None
    return adapter.validate_python(rows)


def _typed(record: Record, findings: Findings) -> dict[str, object]:
    """Return what a record states, read as people write it; what cannot be read is a finding, and unknown."""
    read = readers(KINDS[record.kind])
    bad: dict[str, BadValue] = {}
    typed: dict[str, object] = {}
    for name, value in record.values.items():
        if value is None or value == "":
            continue
        typed[name] = None if value is UNREADABLE else value
        if not record.plain and value is not UNREADABLE:
            try:
                typed[name] = read[name](value)
            except BadValue as error:
                typed[name] = None
                bad[name] = error
    findings.extend(_bad_value(record, name, record.values[name], bad[name]) for name in read if name in bad)
    return typed


def _bad_value(record: Record, name: str, value: object, error: object) -> Finding:
    found = read_text(value) or ""
    if isinstance(error, BadValue):
        return error_in(record, name, error.code, error.message, error.hint, found)
    return error_in(record, name, "DATA-VALUE", _("“{text}” cannot be read.", text=found), found=found)
