"""The engine of rules: what could not be decided is never green, and a waiver covers only what it may."""

from __future__ import annotations

import decimal
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from oekoreport.errors import PluginError
from oekoreport.figures import CHAPTERS
from oekoreport.figures.engine import Figures
from oekoreport.findings import Finding, Severity
from oekoreport.language import Locale, catalogue
from oekoreport.law import Declared, read_pack, terms_in_force
from oekoreport.model import Noun, Project
from oekoreport.model.site import Site
from oekoreport.records.assembly import assemble
from oekoreport.records.record import Origin, Record
from oekoreport.rules.case import Case, Issue, NotApplicable, TermsInRule, Undecided, describe, need
from oekoreport.rules.judging import judge
from oekoreport.rules.provisions.drawdowns import paid_out_at_most
from oekoreport.rules.rule import PRODUCT, Rule, Rulebook, RulebookFailed, rule
from oekoreport.rules.verdict import Outcome, Summary, Verdict
from oekoreport.steps import Excess, Kind, Step, be_watched
from oekoreport.testing.round import clean_round

_ = catalogue("oekoreport")

PACK = """
[pack]
title = "Muster"
level = "criteria"
instrument = "Muster"
read = "nothing"
status = "unconfirmed"
source = "Muster"
[parameters]
limit = { value = 3 }
sure = { value = 3, status = "confirmed" }
absent = { presence = "none" }
open = { presence = "unknown" }
"""

DECLARED = """
[parameters]
limit = { title = "Grenze", sort = "number" }
sure = { title = "Sicher", sort = "number" }
absent = { title = "Gibt es nicht", sort = "number" }
open = { title = "Offen", sort = "number" }
"""


def test_a_rule_is_documented_in_the_readers_language() -> None:
    told = paid_out_at_most.under("T-1", "Bescheid").documentation
    assert told.startswith("All drawdowns together are no more than the notices grant.\n\nWhy: ")
    german = Locale("de").show(told)
    assert german.startswith("Alle Mittelabrufe zusammen übersteigen nicht, was die Bescheide bewilligen.\n\nWarum: ")
    assert "\nNicht erfüllt: " in german
    assert "\nErfüllt: " in german


def sites(case: Case) -> list[Site]:
    return list(case.project.sites())


def verdicts_of(
    *rules: Rule, records: tuple[Record, ...] = (), day: date | None = date(2025, 9, 15)
) -> tuple[Verdict, ...]:
    assembly = assemble([*clean_round(), *records])
    packs = (read_pack(PACK, "muster", Declared.from_toml(DECLARED, "declared.toml")),)
    terms = terms_in_force(assembly.project, packs)
    figures = Figures(assembly.project, terms, CHAPTERS)
    return judge(
        [Rulebook("muster", _("x"), "1", rules)], Case(assembly.project, figures, assembly.origins, day), terms
    )


def verdict_of(checked: Rule, **kwargs: Any) -> Verdict:
    return verdicts_of(checked, **kwargs)[0]


def message(verdict: Verdict) -> str:
    return Locale("en").show((*verdict.findings, *verdict.undecided)[0].message)


@rule("T-GOOD", _("x"), basis=PRODUCT, each=sites)
def good(_noun: Noun, _case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    yield from ()


@rule("T-BAD", _("x"), basis="law 1", each=sites)
def bad(site: Site, _case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    if site.key == "werk-1":
        yield Issue(_("bad"), "town", expected="A", found="B", hint=_("way out"))


@rule("T-WARN", _("x"), basis=PRODUCT, severity=Severity.WARNING, each=sites)
def warned(_site: Site, _case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    yield Issue(_("warned"), "town")


# --- outcomes --------------------------------------------------------------------------------------------------------


def test_a_rule_that_finds_nothing_passes_and_says_on_how_many_objects() -> None:
    verdict = verdict_of(good)
    assert (verdict.outcome, verdict.evaluated, verdict.blocks) == (Outcome.PASSED, 2, False)


def test_a_finding_bears_code_weight_subject_cell_and_basis() -> None:
    verdict = verdict_of(bad)
    (finding,) = verdict.findings
    assert (verdict.outcome, verdict.blocks) == (Outcome.FAILED, True)
    assert (finding.code, finding.severity, finding.basis) == ("T-BAD", Severity.ERROR, "law 1")
    assert finding.subject == ("site", "werk-1")
    assert finding.place is not None
    assert str(finding.place).startswith("runde.xlsx: site!E")
    assert (finding.expected, finding.found, finding.hint) == ("A", "B", "way out")


def test_an_issue_may_point_at_another_object() -> None:
    @rule("T", _("x"), basis=PRODUCT)
    def pointing(project: Project, _case: Case, _terms: TermsInRule) -> Iterator[Issue]:
        yield Issue(_("bad"), at=project.receipts[0])

    assert verdict_of(pointing).findings[0].subject == ("receipt", "R1")


def test_a_rule_without_objects_is_not_applicable() -> None:
    verdict = verdict_of(replace(good, each=lambda _case: ()))
    assert (verdict.outcome, verdict.evaluated) == (Outcome.NOT_APPLICABLE, 0)


def test_objects_that_a_rule_does_not_concern_are_not_counted() -> None:
    @rule("T", _("x"), basis=PRODUCT, each=sites)
    def picky(site: Site, _case: Case, _terms: TermsInRule) -> Iterator[Issue]:
        if site.key == "werk-1":
            raise NotApplicable
        yield from ()

    assert (verdict_of(picky).outcome, verdict_of(picky).evaluated) == (Outcome.PASSED, 1)


def test_no_object_is_concerned_where_listing_them_says_so() -> None:
    def nothing(_case: Case) -> list[Noun]:
        raise NotApplicable

    assert verdict_of(replace(good, each=nothing)).outcome is Outcome.NOT_APPLICABLE


# --- what could not be decided is never green ------------------------------------------------------------------------


def test_a_rule_that_raises_is_undecided_for_that_object_and_judges_the_others() -> None:
    @rule("T", _("x"), basis=PRODUCT, each=sites)
    def broken(site: Site, _case: Case, _terms: TermsInRule) -> Iterator[Issue]:
        if site.key == "klinik-1":
            raise ZeroDivisionError("by the rule")
        yield Issue(_("bad"))

    verdict = verdict_of(broken)
    assert (verdict.outcome, verdict.evaluated, verdict.blocks) == (Outcome.FAILED, 2, True)
    assert [finding.subject for finding in verdict.findings] == [("site", "werk-1")]
    assert verdict.undecided[0].message == "The rule could not be evaluated: ZeroDivisionError: by the rule"
    assert verdict.undecided[0].hint


def test_a_rule_whose_objects_cannot_be_listed_is_undecided() -> None:
    verdict = verdict_of(replace(good, each=lambda case: case.project.nothing))  # type: ignore[attr-defined]
    assert (verdict.outcome, verdict.blocks) == (Outcome.UNDECIDED, True)
    assert "AttributeError" in message(verdict)


def test_a_question_of_reading_blocks_whatever_it_weighs_and_one_of_a_rule_as_its_worst_answer() -> None:
    question = Finding("T", Severity.WARNING, _("open"))
    asked = replace(verdict_of(good), undecided=(question,))
    assert not asked.blocks
    assert replace(asked, undecided=(replace(question, severity=Severity.ERROR),)).blocks
    assert replace(asked, undecided=(replace(question, question=True),)).blocks


def test_what_a_rule_changes_in_its_process_is_put_back_and_costs_no_digit_of_a_figure() -> None:
    amounts: list[list[object]] = []

    @rule("T", _("x"), basis=PRODUCT)
    def looks(_project: Project, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
        amounts.append([figure.value for figure in case.figures.values()])
        yield from ()

    @rule("T", _("x"), basis=PRODUCT)
    def careless(project: Project, case: Case, terms: TermsInRule) -> Iterator[Issue]:
        os.chdir("/")
        decimal.getcontext().prec = 1
        return looks.judge(project, case, terms)

    before = Path.cwd(), decimal.getcontext().prec
    verdicts = verdict_of(careless), verdict_of(looks)
    assert [verdict.outcome for verdict in verdicts] == [Outcome.PASSED, Outcome.PASSED]
    assert (Path.cwd(), decimal.getcontext().prec) == before
    assert amounts[0] == amounts[1]


def test_a_rule_that_was_stopped_is_undecided_and_blocks() -> None:
    be_watched(None, {Step(Kind.RULE, "T"): Excess.SECONDS})
    try:
        verdict = verdict_of(replace(good, code="T"))
    finally:
        be_watched(None, {})
    assert (verdict.outcome, verdict.blocks) == (Outcome.UNDECIDED, True)
    assert message(verdict) == "The rule was not evaluated: it took more computing time than it is allowed."


def _moves(_project: Project) -> bool:
    os.chdir("/")
    return True


def test_a_rulebook_that_cannot_tell_whether_it_applies_is_named() -> None:
    project = assemble(clean_round()).project
    book = Rulebook("muster", _("x"), "1", applies=lambda project: bool(project.nothing))  # type: ignore[attr-defined]
    with pytest.raises(RulebookFailed, match="The rulebook muster failed: AttributeError"):
        book.applies_to(project)
    book = Rulebook("muster", _("x"), "1", applies=_moves)
    before = Path.cwd()
    assert book.applies_to(project)
    assert Path.cwd() == before
    be_watched(None, {Step(Kind.RULEBOOK, "muster"): Excess.SECONDS})
    try:
        with pytest.raises(PluginError, match="The rulebook muster was stopped: it took more computing time"):
            book.applies_to(project)
    finally:
        be_watched(None, {})


def test_what_was_found_before_a_rule_broke_off_stays() -> None:
    @rule("T", _("x"), basis=PRODUCT)
    def halting(_project: Project, _case: Case, _terms: TermsInRule) -> Iterator[Issue]:
        yield Issue(_("bad"))
        raise Undecided(_("open"))

    verdict = verdict_of(halting)
    assert ([f.message for f in verdict.findings], [f.message for f in verdict.undecided]) == (["bad"], ["open"])
    assert (verdict.outcome, verdict.evaluated) == (Outcome.FAILED, 1)


def test_an_unknown_field_makes_it_undecided_and_names_the_cell() -> None:
    @rule("T", _("x"), basis=PRODUCT, each=sites)
    def needing(site: Site, _case: Case, _terms: TermsInRule) -> Iterator[Issue]:
        need(site, "street")
        yield from ()

    verdict = verdict_of(needing)
    assert (verdict.outcome, verdict.blocks, len(verdict.undecided)) == (Outcome.UNDECIDED, True, 2)
    assert message(verdict) == "Site klinik-1: “Street” is unknown."
    assert str(verdict.undecided[0].place).startswith("runde.xlsx: site!")


def test_an_unknown_figure_makes_it_undecided_and_points_at_what_is_missing() -> None:
    @rule("T", _("x"), basis=PRODUCT)
    def figuring(_project: Project, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
        case.figure("expenditure.spent")
        yield from ()

    unpaid = Record("payment", "R9-1", {"date": "01.07.2024"}, Origin("belege.xlsx"), "R1")
    verdict = verdict_of(figuring, records=(unpaid,))
    assert verdict.outcome is Outcome.UNDECIDED
    assert verdict.undecided[0].subject == ("payment", "R9-1")


def test_without_a_reference_date_what_asks_for_it_is_undecided() -> None:
    @rule("T", _("x"), basis=PRODUCT)
    def dated(_project: Project, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
        case.today()
        yield from ()

    assert verdict_of(dated).outcome is Outcome.PASSED
    assert verdict_of(dated, day=None).outcome is Outcome.UNDECIDED


# --- terms -----------------------------------------------------------------------------------------------------------


def asking(name: str) -> Rule:
    def judged(_project: Project, _case: Case, terms: TermsInRule) -> Iterator[Issue]:
        terms[name]
        yield from ()

    return Rule("T", _("x"), "law", Severity.ERROR, lambda case: (case.project,), judged)


def test_a_verdict_says_which_unsure_facts_it_leans_on() -> None:
    assert [parameter.title for parameter in verdict_of(asking("limit")).leaned_on] == ["Grenze"]
    assert verdict_of(asking("sure")).leaned_on == ()


def test_a_law_without_such_a_rule_makes_it_not_applicable_and_an_unknown_one_undecided() -> None:
    assert verdict_of(asking("absent")).outcome is Outcome.NOT_APPLICABLE
    verdict = verdict_of(asking("open"))
    assert verdict.outcome is Outcome.UNDECIDED
    assert "Offen" in message(verdict)
    assert verdict_of(asking("never_heard_of")).outcome is Outcome.UNDECIDED


# --- very many -------------------------------------------------------------------------------------------------------


def many(number: int) -> Rule:
    """Return a rule that finds the same at so many sites."""
    objects = [Site(key=f"s{index}", name=f"Werk {index}") for index in range(number)]

    @rule("T-BAD", _("x"), basis=PRODUCT, each=lambda _case: objects)
    def found(site: Site, _case: Case, _terms: TermsInRule) -> Iterator[Issue]:
        yield Issue(_("bad at {site}", site=site.name), "town")

    return found


def test_of_many_alike_a_hundred_are_listed_one_counts_the_others_and_all_weigh() -> None:
    verdict = verdict_of(many(20_000))
    assert (verdict.evaluated, verdict.open, verdict.blocking, verdict.waived) == (20_000, 20_000, 20_000, 0)
    *listed, others = verdict.findings
    assert len(listed) == 100
    assert (others.message, others.number) == ("From here on there are further findings of this kind: 19,900.", 19_900)


def test_a_waiver_covers_one_of_many_that_would_not_have_been_listed() -> None:
    verdict = verdict_of(many(20_000), records=(waiver(subject="s15000"),))
    assert (verdict.open, verdict.blocking, verdict.waived) == (19_999, 19_999, 1)
    assert [each.subject for each in verdict.findings if each.waived_by] == [("site", "s15000")]


def test_one_waiver_may_cover_all_of_many() -> None:
    verdict = verdict_of(many(20_000), records=(waiver(subject=""),))
    assert (verdict.outcome, verdict.open, verdict.waived) == (Outcome.PASSED, 0, 20_000)


# --- waivers ---------------------------------------------------------------------------------------------------------


def waiver(**values: object) -> Record:
    fields = {"rule": "T-BAD", "subject": "werk-1", "waiver_kind": "consent", "reference": "Az. 1", "reason": "x"}
    return Record("waiver", "Z1", fields | {"granted_by": "Ministerium"} | values, Origin("z.xlsx"))


def test_a_consent_with_its_reference_covers_an_error_and_leaves_it_visible() -> None:
    verdict = verdict_of(bad, records=(waiver(),))
    assert (verdict.outcome, verdict.blocks, verdict.waived) == (Outcome.PASSED, False, 1)
    assert verdict.findings[0].waived_by == "Z1"
    assert verdict.open_findings == ()


def test_an_error_is_covered_by_no_note_no_consent_without_reference_and_no_other_waiver() -> None:
    for values in (
        {"waiver_kind": "note"},
        {"reference": ""},
        {"subject": "klinik-1"},
        {"rule": "T-OTHER"},
        {"expires": "14.09.2025"},
    ):
        assert verdict_of(bad, records=(waiver(**values),)).outcome is Outcome.FAILED, values


def test_a_waiver_holds_through_its_last_day_and_not_where_the_day_is_unknown() -> None:
    last = waiver(expires="15.09.2025")
    assert verdict_of(bad, records=(last,)).outcome is Outcome.PASSED
    assert verdict_of(bad, records=(last,), day=None).outcome is Outcome.FAILED


def test_a_note_covers_a_warning_for_one_object_or_for_all() -> None:
    note = {"rule": "T-WARN", "waiver_kind": "note"}
    one = verdict_of(warned, records=(waiver(**note),))
    assert (one.outcome, one.waived, one.blocks) == (Outcome.FAILED, 1, False)
    assert verdict_of(warned, records=(waiver(**note, subject=""),)).outcome is Outcome.PASSED


def test_what_unknown_law_leaves_open_is_settled_by_the_authority_alone_and_stays_visible() -> None:
    asked = replace(asking("open"), code="T-BAD")
    settled = verdict_of(asked, records=(waiver(subject=""),))
    assert (settled.outcome, settled.blocks, settled.waived) == (Outcome.PASSED, False, 1)
    assert "Offen" in message(settled)
    for values in ({"waiver_kind": "note"}, {"reference": ""}, {"subject": "klinik-1"}, {"expires": "14.09.2025"}):
        verdict = verdict_of(asked, records=(waiver(**{"subject": "", **values}),))
        assert (verdict.outcome, verdict.blocks) == (Outcome.UNDECIDED, True), values


def test_data_that_lack_and_rules_that_raise_are_settled_by_no_waiver() -> None:
    def lacking(_project: Project, _case: Case, _terms: TermsInRule) -> Iterator[Issue]:
        yield from ()
        raise Undecided(_("x"))

    def raising(_project: Project, _case: Case, _terms: TermsInRule) -> Iterator[Issue]:
        yield from ()
        raise RuntimeError

    for judged in (lacking, raising):
        asked = replace(asking("open"), code="T-BAD", judge=judged)
        verdict = verdict_of(asked, records=(waiver(subject=""),))
        assert (verdict.outcome, verdict.blocks, verdict.waived) == (Outcome.UNDECIDED, True, 0)


# --- the whole -------------------------------------------------------------------------------------------------------


def test_a_last_rule_sees_the_verdicts_of_all_others_and_keeps_its_place() -> None:
    seen: list[str] = []

    @rule("T-LAST", _("x"), basis=PRODUCT, last=True)
    def final(_project: Project, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
        seen.extend(verdict.code for verdict in case.verdicts)
        yield from ()

    verdicts = verdicts_of(final, good, bad)
    assert [verdict.code for verdict in verdicts] == ["T-LAST", "T-GOOD", "T-BAD"]
    assert seen == ["T-GOOD", "T-BAD"]


def test_a_rulebook_that_does_not_apply_gives_no_verdict() -> None:
    assembly = assemble(clean_round())
    terms = terms_in_force(assembly.project, ())
    case = Case(assembly.project, Figures(assembly.project, terms, CHAPTERS), assembly.origins, None)
    book = Rulebook("elsewhere", _("x"), "1", (bad,), applies=lambda project: project.region == "Bayern")
    assert judge([book], case, terms) == ()


def test_outcomes_are_counted() -> None:
    verdicts = verdicts_of(good, bad, warned, replace(good, each=lambda _case: ()), asking("open"))
    assert Summary.of(verdicts) == Summary(passed=1, failed=2, not_applicable=1, undecided=1)


def test_an_object_is_described_by_kind_and_key_and_one_of_its_kind_by_its_kind() -> None:
    assert describe(("receipt", "B04")) == "Receipt B04"
    assert describe(("grant", "grant")) == "Grant"
