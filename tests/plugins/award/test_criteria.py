"""Criteria: what only the program sets warns and blocks nothing; what project or notice set is binding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from oekoreport import Record, Verdict, shipped_templates
from oekoreport.figures import CHAPTERS
from oekoreport.figures.engine import Figures
from oekoreport.findings import Severity
from oekoreport.law import Pack, terms_in_force
from oekoreport.records.assembly import assemble
from oekoreport.rules.case import Case
from oekoreport.rules.judging import judge
from oekoreport.testing.round import clean_round
from oekoreport_award import oekoreport_rulebooks

(BOOK,) = oekoreport_rulebooks()
(SHIPPED,) = BOOK.packs


def own(**values: str) -> Pack:
    """The shipped criteria as a project's file changes some entries of them."""
    head = '[pack]\ntitle="Kreis"\nlevel="criteria"\ninstrument="ÖKOPROFIT"\nread="nothing"\nstatus="unconfirmed"\n'
    entries = "".join(f"[parameters.{name}]\n{entry}\n" for name, entry in values.items())
    return SHIPPED.replaced_by(f'{head}source="Beschluss"\n{entries}', "criteria.toml")


def changed(*changes: tuple[str, str, str | None]) -> list[Record]:
    """The clean round, whose notice sets no criteria, with some fields of its records changed or taken out."""
    records = [each for each in clean_round() if each.key != "ZB1/6"]
    for key, name, value in changes:
        index, record = next((n, each) for n, each in enumerate(records) if each.key == key)
        rest = {field: said for field, said in record.values.items() if field != name}
        records[index] = replace(record, values=rest if value is None else {**rest, name: value})
    return records


def verdict(code: str, records: Iterable[Record], pack: Pack = SHIPPED) -> Verdict:
    assembly = assemble(records)
    terms = terms_in_force(assembly.project, [pack])
    figures = Figures(assembly.project, terms, CHAPTERS)
    verdicts = judge([BOOK], Case(assembly.project, figures, assembly.origins, assembly.project.reference_date), terms)
    return next(each for each in verdicts if each.code == code)


def severities(judged: Verdict) -> list[Severity]:
    return [finding.severity for finding in (*judged.findings, *judged.undecided)]


MISSED = {
    "AWARD-ATTENDANCE": (("W1-klinik", "present", "nein"), ("W2-klinik", "present", "nein")),
    "AWARD-MEASURES": (("klinik-1-m1", "state", "postponed"),),
    "AWARD-CRITERIA": (("klinik", "legal_check", "nein"),),
    "AWARD-DURATION": (("klinik-1-d", "valid_until", "30.06.2026"),),
    "AWARD-JURY": (("award", "jury", None),),
    "AWARD-SITE": tuple((f"klinik-1-m{number}", "state", "planned") for number in (1, 2, 3)),
}


@pytest.mark.parametrize("code", MISSED)
def test_a_default_that_is_missed_warns_and_keeps_no_document_a_draft(code: str) -> None:
    judged = verdict(code, changed(*MISSED[code]))
    assert set(severities(judged)) == {Severity.WARNING}
    assert not judged.blocks


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("AWARD-CRITERIA", ("klinik", "legal_check", None)),
        ("AWARD-MEASURES", ("klinik-1-m1", "state", None)),
        ("AWARD-ATTENDANCE", ("W1-klinik", "present", None)),
    ],
)
def test_what_cannot_be_judged_by_a_default_stays_open_and_blocks_no_more_than_a_miss(
    code: str, change: tuple[str, str, str | None]
) -> None:
    judged = verdict(code, changed(change))
    assert judged.undecided
    assert not judged.blocks


def test_what_rests_on_data_alone_is_an_error_as_before() -> None:
    judged = verdict("AWARD-JURY", changed(("klinik-1-d", "decided_on", "16.06.2025")))
    assert severities(judged) == [Severity.ERROR]
    assert verdict("AWARD-VALIDITY", changed(("klinik-1-d", "valid_until", "15.06.2024"))).blocks


def test_a_project_changes_criteria_in_its_own_file_and_what_it_sets_is_binding() -> None:
    one = own(planned_minimum="value = 1")
    assert verdict("AWARD-MEASURES", changed()).findings
    assert not verdict("AWARD-MEASURES", changed(), one).findings
    mixed = verdict("AWARD-MEASURES", changed(("klinik-1-m1", "state", "postponed")), own(planned_minimum="value = 2"))
    assert [(str(finding.message), finding.severity) for finding in mixed.findings] == [
        ("“Klinik Muster” has implemented 2 measures; at least 3 are required.", Severity.WARNING),
        ("“Klinik Muster” has planned 1 measures; at least 2 are required.", Severity.ERROR),
        ("“Werk Muster” has planned 1 measures; at least 2 are required.", Severity.ERROR),
    ]
    confirmed = own(implemented_minimum='value = 3\nstatus = "confirmed"')
    assert verdict("AWARD-MEASURES", changed(("klinik-1-m1", "state", "postponed")), confirmed).blocks


def test_what_a_projects_file_takes_over_unchanged_is_still_the_default() -> None:
    shipped = (shipped_templates("award") / "criteria.toml").read_text(encoding="utf-8")
    copy = SHIPPED.replaced_by(shipped, "criteria.toml")
    assert copy == SHIPPED
    assert not verdict("AWARD-MEASURES", changed(*MISSED["AWARD-MEASURES"]), copy).blocks


def test_planned_measures_and_validity_are_what_graz_asks_for() -> None:
    planned, months = (SHIPPED.parameters[name] for name in ("planned_minimum", "validity_months"))
    assert (planned.value, months.value, months.unit) == (3, 12, "Monate")
    assert all("umwelt.graz.at" in each.source and not each.sure for each in (planned, months))
