"""Case files: what a rule passes, what it fails and what it cannot decide, as changes to a clean round.

A file is named after its rule, ``NRW-G-1.2.toml``::

    [[fails]]
    because = "25 % over is more than the tolerance"
    set."payment/R1-1/amount" = "1250,00"
    set."grant/grant/rate" = ""
    add = [{ kind = "term", key = "T9", parent = "ZB1", parameter = "line_tolerance", value = "20 %" }]
    drop = ["receipt/R2"]
    files = { "belege/R1.pdf" = "%PDF-1.7 %%EOF" }
    as_of = 2025-11-03
    message = "„Honorar“: 1.250,00 € ausgegeben, mit Toleranz sind 1.200,00 € zulässig."
    count = 1

``set`` names kind, key and field; an empty text makes the field unknown. ``drop`` takes an object's children along.
``files`` are those of the project's folder, with what is in them; without it there are none.
A line of a second plan that has the number of a line of the first is named with its plan: ``expenditure_line/P2/1``.
A table ``[round]`` has a ``set`` that goes before those of all cases of its file, as for a rule of another Land.
``message`` is what an officer reads, in German; ``count`` is how many findings there are. The tables are ``passes``,
``fails``, ``undecided``, ``not_applicable`` and ``waived`` (a finding is there, and a waiver covers it).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from oekoreport.figures import CHAPTERS, Figures
from oekoreport.findings import Finding
from oekoreport.language import NO_BREAK_SPACE, Locale
from oekoreport.law import terms_in_force
from oekoreport.model import KINDS
from oekoreport.records import Files, Origin, Record, Source, assemble
from oekoreport.rules import Case, Outcome, Rulebook, Verdict, judge

OUTCOMES = {
    "passes": Outcome.PASSED,
    "fails": Outcome.FAILED,
    "undecided": Outcome.UNDECIDED,
    "not_applicable": Outcome.NOT_APPLICABLE,
    "waived": Outcome.PASSED,
}
GERMAN = Locale("de")
SHARED = "oekoreport.rules.provisions."


@dataclass(frozen=True, slots=True)
class RuleCase:
    """One case of a rule: the changes to the round, and what the verdict has to be."""

    code: str
    table: str
    because: str
    set: Mapping[str, object]
    add: tuple[Mapping[str, object], ...]
    drop: tuple[str, ...]
    files: Mapping[str, str]
    as_of: date | None
    message: str
    count: int | None

    def __str__(self) -> str:
        return f"{self.code} {self.table}: {self.because}"


class BadCase(ValueError):
    """A case that cannot be meant: an entry is misspelt, an object is not there, or the round does not assemble."""


def cases_in(file: Path) -> list[RuleCase]:
    """Read the cases of a file.

    Raises:
        BadCase: the file holds something that no case has.
    """
    data = tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
    common = data.pop("round", {}).get("set", {})
    if surplus := data.keys() - OUTCOMES.keys():
        raise BadCase(f"{file.name}: no table is called {', '.join(sorted(surplus))}")
    return [_case(file.stem, table, entry, common) for table, entries in data.items() for entry in entries]


def _case(code: str, table: str, entry: dict[str, Any], common: Mapping[str, object]) -> RuleCase:
    case = RuleCase(
        code=code,
        table=table,
        because=entry.pop("because", ""),
        set={**common, **entry.pop("set", {})},
        add=tuple(entry.pop("add", ())),
        drop=tuple(entry.pop("drop", ())),
        files=entry.pop("files", {}),
        as_of=entry.pop("as_of", None),
        message=entry.pop("message", ""),
        count=entry.pop("count", None),
    )
    if entry:
        raise BadCase(f"{case}: a case has no {', '.join(sorted(entry))}")
    if not case.because:
        raise BadCase(f"{case}: “because” is missing")
    if not case.message and table in ("fails", "undecided"):
        raise BadCase(f"{case}: “message” is missing")
    return case


def check(case: RuleCase, rulebooks: Sequence[Rulebook], base: Iterable[Record]) -> None:
    """Judge the changed round and compare.

    Raises:
        AssertionError: the verdict is another than the case says.
        BadCase: the case cannot be meant.
    """
    verdict = verdict_on(case, rulebooks, base)
    findings = verdict.undecided if case.table == "undecided" else verdict.findings
    messages = [_plain(finding) for finding in findings]
    context = f"{case}\n{verdict.outcome}: {[_plain(finding) for finding in (*verdict.findings, *verdict.undecided)]}"
    if verdict.outcome is not OUTCOMES[case.table]:
        raise AssertionError(f"expected {OUTCOMES[case.table]}; {context}")
    if case.table == "waived" and not verdict.waived:
        raise AssertionError(f"no waiver covers a finding; {context}")
    if case.message and case.message not in messages:
        raise AssertionError(f"expected “{case.message}”; {context}")
    if case.count is not None and len(messages) != case.count:
        raise AssertionError(f"expected {case.count} findings; {context}")


def _plain(finding: Finding) -> str:
    return GERMAN.show(finding.message).replace(NO_BREAK_SPACE, " ")


def verdict_on(case: RuleCase, rulebooks: Sequence[Rulebook], base: Iterable[Record]) -> Verdict:
    """Return the verdict of the case's rule on the changed round."""
    findings, verdicts = judged(case, rulebooks, base)
    if findings:
        raise BadCase(f"{case}: {[_plain(finding) for finding in findings]}")
    for verdict in verdicts:
        if verdict.code == case.code:
            return verdict
    raise BadCase(f"{case}: there is no such rule, or its rulebook does not apply")


def judged(
    case: RuleCase, rulebooks: Sequence[Rulebook], base: Iterable[Record]
) -> tuple[tuple[Finding, ...], tuple[Verdict, ...]]:
    """Return what is wrong with the records of the changed round, and the verdicts of all rules on it."""
    assembly = assemble(changed(base, case))
    project = assembly.project
    terms = terms_in_force(project, [pack for book in rulebooks for pack in book.packs])
    figures = Figures(project, terms, CHAPTERS)
    day = case.as_of or project.reference_date
    files = Files(Source(name, text.encode()) for name, text in case.files.items())
    verdicts = judge(rulebooks, Case(project, figures, assembly.origins, day, files), terms)
    return assembly.findings, verdicts


def changed(base: Iterable[Record], case: RuleCase) -> list[Record]:
    """Return the records of the base with the case's changes: dropped first, then added, then set."""
    records = {(record.kind, record.key): record for record in base}
    for path in case.drop:
        _drop(records, _identity(path, case, records))
    for entry in case.add:
        record = _added(entry, case)
        scoped = KINDS[record.kind].scoped and (record.kind, record.key) in records
        records[record.kind, f"{record.parent}/{record.key}" if scoped else record.key] = record
    for path, value in case.set.items():
        where, _slash, name = path.rpartition("/")
        identity = _identity(where, case, records)
        record = records[identity]
        records[identity] = replace(record, values={**record.values, name: value})
    return list(records.values())


def _identity(path: str, case: RuleCase, records: Mapping[tuple[str, str], Record]) -> tuple[str, str]:
    kind, _slash, key = path.partition("/")
    if (kind, key) not in records:
        raise BadCase(f"{case}: the round has no {path}")
    return kind, key


def _drop(records: dict[tuple[str, str], Record], identity: tuple[str, str]) -> None:
    """Drop an object and what belongs to it."""
    kind, key = identity
    del records[identity]
    children = [other for other, record in records.items() if KINDS[other[0]].parent == kind and record.parent == key]
    for child in children:
        if child in records:
            _drop(records, child)


def _added(entry: Mapping[str, object], case: RuleCase) -> Record:
    values = dict(entry)
    try:
        kind, key = str(values.pop("kind")), str(values.pop("key"))
    except KeyError as error:
        raise BadCase(f"{case}: what is added has a kind and a key") from error
    return Record(kind, key, values, Origin("fall.toml"), str(values.pop("parent", "")))


def documentation_faults(rulebook: Rulebook, folder: Path) -> list[str]:
    """Return what a rulebook's rules lack: a sentence, Why, Fails and Passes in the docstring, a case file with both.

    The docstring is the rule's documentation, the case file shows that it holds. A provision that every
    Land shares has its cases with the product; a Land that puts it under its own law owes none.
    """
    faults = []
    for rule in rulebook.rules:
        text = rule.documentation
        if not re.match(r"\w.*\.\n", text):
            faults.append(f"{rule.code}: the docstring opens with no sentence")
        faults += [
            f"{rule.code}: the docstring has no “{part}”" for part in ("Why:", "Fails:", "Passes:") if part not in text
        ]
        file = folder / f"{rule.code}.toml"
        if rule.judge.__module__.startswith(SHARED) and not file.exists():
            continue
        tables = {case.table for case in cases_in(file)} if file.exists() else set()
        faults += [f"{rule.code}: {file.name} has no “{table}”" for table in ("passes", "fails") if table not in tables]
    return faults
