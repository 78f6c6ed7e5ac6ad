"""The built-in rulebooks as a whole: the clean round is green, the demo has one warning, the packs invent nothing."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest

from oekoreport import Outcome, Pack, Presence, Record, Rule, Status, Verdict
from oekoreport.build.demo import demo_narrative, demo_records
from oekoreport.contract.registry import Registry
from oekoreport.figures import CHAPTERS
from oekoreport.figures.engine import Figures
from oekoreport.language import Locale
from oekoreport.law import terms_in_force
from oekoreport.model import KINDS, attributes
from oekoreport.records.assembly import assemble
from oekoreport.records.record import UNREADABLE, Origin
from oekoreport.rules.case import Case
from oekoreport.rules.judging import judge
from oekoreport.testing.round import clean_round

RULEBOOKS = Registry.discover().rulebooks
PACKS = [pack for book in RULEBOOKS for pack in book.packs]
RULES = {rule.code: rule for book in RULEBOOKS for rule in book.rules}
PLUGINS = ("oekoreport_data", "oekoreport_nrw", "oekoreport_award", "oekoreport_deminimis")


def verdicts_on(records: Iterable[Record], day: date | None = None) -> tuple[Verdict, ...]:
    assembly = assemble(records)
    project = assembly.project
    terms = terms_in_force(project, PACKS)
    case = Case(project, Figures(project, terms, CHAPTERS), assembly.origins, day or project.reference_date)
    return judge(RULEBOOKS, case, terms)


def rule_modules() -> list[ModuleType]:
    return [
        importlib.import_module(f"{name}.{module.name}")
        for name in PLUGINS
        for module in pkgutil.iter_modules(importlib.import_module(name).__path__)
        if module.name.startswith("rules_")
    ]


def law_modules() -> list[ModuleType]:
    return [
        importlib.import_module(f"oekoreport.rules.provisions.{module.name}")
        for module in pkgutil.iter_modules(importlib.import_module("oekoreport.rules.provisions").__path__)
    ]


# --- rounds ----------------------------------------------------------------------------------------------------------


def test_the_clean_round_is_green_under_every_rule() -> None:
    verdicts = verdicts_on(clean_round())
    assert [verdict.code for verdict in verdicts if verdict.findings or verdict.undecided] == []
    idle = {verdict.code for verdict in verdicts if verdict.outcome is Outcome.NOT_APPLICABLE}
    assert idle == {
        "CORE-UNQUANTIFIED",
        "CORE-LINE-MOVED",
        "CORE-LINE-NUMBER",
        "CORE-REPLACED",
        "CORE-LEFT",
        "CORE-COVERS",
        "CORE-CREDIT",
        "CORE-ELIGIBLE",
        "CORE-REFUND",
        "CORE-WASTE",
        "CORE-WAIVER",
        "CORE-REVERSE",
        "CORE-FILE",
        "CORE-SUBMITTED",
        "CORE-DOUBTFUL",
        "NRW-DISCOUNT",
        "NRW-G-7.4",
        "NRW-POSITION-CAP",
        *(f"NRW-OEK-{number}" for number in ("2.2", "4.1", "4.3", "5.5.2", "5.5.3", "5.5.5")),
    }
    project = assemble(clean_round()).project
    asked = {rule.code for book in RULEBOOKS if book.applies_to(project) for rule in book.rules}
    assert {verdict.code for verdict in verdicts} == asked


def demo_round() -> list[Record]:
    """Return the demo with a narrative: its own is read by an importer."""
    sections = ("course", "results", "deviations")
    told = [
        Record("narrative", key, {"section": key, "text": demo_narrative()}, Origin("sachbericht.md"))
        for key in sections
    ]
    return [*demo_records(), *told]


def test_the_demo_has_one_warning_and_one_waiver_and_little_is_idle() -> None:
    verdicts = verdicts_on(demo_round())
    open_ = [finding for verdict in verdicts for finding in (*verdict.open_findings, *verdict.undecided)]
    waived = [finding for verdict in verdicts for finding in verdict.findings if finding.waived_by]
    assert [Locale("de").show(finding.message).replace("\u00a0", " ") for finding in open_] == [
        "„Veranstaltungen“: 1.820,70 € von 2.500,00 € ausgegeben, −27,2 % gegenüber dem Plan."
    ]
    assert [(finding.code, finding.subject) for finding in waived] == [("NRW-ADVANCE", ("receipt", "B04"))]
    assert {verdict.code for verdict in verdicts if verdict.outcome is Outcome.NOT_APPLICABLE} == {
        "CORE-LEFT",
        "CORE-LINE-MOVED",
        "CORE-LINE-NUMBER",
        "CORE-REFUND",
        "CORE-REPLACED",
        "CORE-FILE",
        "CORE-SUBMITTED",
        "CORE-DOUBTFUL",
        "NRW-DISCOUNT",
        "NRW-G-7.4",
        *(f"NRW-OEK-{number}" for number in ("2.2", "4.1", "4.3", "5.5.3")),
    }
    assert not any(verdict.blocks for verdict in verdicts)


def test_the_demo_leans_on_the_notice_and_says_where_it_leans_on_unconfirmed_facts() -> None:
    leaned_on = {parameter.name for verdict in verdicts_on(demo_round()) for parameter in verdict.leaned_on}
    assert {name for name in leaned_on if name in PACKS_OF_LAW} == {
        "advance_payments_restricted",
        "direct_order_limit",
        "minimum_grant",
        "minimum_participants_entry",
        "negotiated_award_limit",
        "reduction_threshold",
        "use_in_proportion",
    }


@pytest.mark.parametrize("kind", dict.fromkeys(record.kind for record in clean_round()))
def test_whatever_is_unknown_makes_rules_undecided_and_breaks_none(kind: str) -> None:
    base = clean_round()
    first = next(record for record in base if record.kind == kind)
    for attribute in attributes(KINDS[kind]):
        for value in (None, UNREADABLE):
            values = {**first.values, attribute.name: value}
            changed = Record(kind, first.key, values, first.origin, first.parent)
            verdicts = verdicts_on(changed if record is first else record for record in base)
            broken = [str(finding.message) for verdict in verdicts for finding in verdict.undecided]
            assert not [text for text in broken if text.startswith("The rule could not be evaluated")], attribute.name


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_is_left_out_breaks_no_rule(kind: str) -> None:
    verdicts = verdicts_on(record for record in clean_round() if record.kind != kind)
    undecided = [str(finding.message) for verdict in verdicts for finding in verdict.undecided]
    assert not [text for text in undecided if text.startswith("The rule could not be evaluated")]


# --- rules -----------------------------------------------------------------------------------------------------------


def test_no_rule_is_left_undecorated_or_out_of_its_rulebook() -> None:
    for module in rule_modules():
        for name, value in vars(module).items():
            if isinstance(value, Rule) and value.judge.__module__ == module.__name__:
                assert value.code in RULES, f"{module.__name__}.{name} is in no rulebook"
                assert RULES[value.code].judge is value.judge, f"{module.__name__}.{name} is in no rulebook"
            elif inspect.isgeneratorfunction(value) and value.__module__ == module.__name__:
                assert "terms" not in " ".join(inspect.signature(value).parameters), (
                    f"{module.__name__}.{name} is no rule"
                )


def test_every_parameter_that_a_rule_asks_for_is_in_a_pack() -> None:
    known = {name for pack in PACKS for name in pack.parameters}
    sources = [inspect.getsource(module) for module in (*rule_modules(), *law_modules())]
    asked = {name for source in sources for name in re.findall(r'terms\[f?"([^"]+)"\]', source)}
    assert len(asked) > 30
    for name in asked:
        pattern = re.compile(re.sub(r"\{[^}]*\}", r"\\w+", name))
        assert any(pattern.fullmatch(other) for other in known), name


# --- packs -----------------------------------------------------------------------------------------------------------

LAW = [pack for pack in PACKS if pack.level in ("conditions", "guideline")]
PACKS_OF_LAW = {name for pack in LAW for name in pack.parameters}


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)
def test_every_fact_has_title_source_and_status_and_none_is_half_stated(pack: Pack) -> None:
    assert pack.title
    assert pack.parameters
    for parameter in pack.parameters.values():
        assert parameter.title
        assert parameter.title != parameter.name
        assert parameter.source
        assert (parameter.value is None) == (parameter.presence is not Presence.VALUE), parameter.name


NOT_READ = re.compile(r"nicht (im Ganzen )?(gelesen|nachgesehen|gefunden|bekannt)|erschlossen|übernommen|inferred")
"""How a source says that the text itself was not read."""


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)
def test_nothing_is_confirmed_whose_source_says_that_it_was_not_read(pack: Pack) -> None:
    steps = [step for each in pack.parameters.values() for _day, step in each.steps]
    parameters, others = (*pack.parameters.values(), *steps), (pack.passages, pack.confirmations)
    facts = [(each.status, each.source) for each in parameters]
    facts += [(each.status, each.source) for kind in others for each in kind.values()]
    assert [source for status, source in facts if status.sure and NOT_READ.search(source)] == []
    assert all(source for _status, source in facts)


@pytest.mark.parametrize("kind", sorted({(pack.land, pack.instrument, pack.legal_kind) for pack in LAW}))
def test_editions_follow_each_other_without_gap_or_overlap(kind: tuple[str, str, str]) -> None:
    editions = sorted(
        (pack for pack in LAW if (pack.land, pack.instrument, pack.legal_kind) == kind),
        key=lambda pack: pack.valid_from or date.min,
    )
    assert editions[0].valid_from is None
    for before, after in pairwise(editions):
        assert before.valid_to is not None
        assert after.valid_from == before.valid_to + timedelta(days=1)


def test_nothing_is_claimed_of_what_nobody_read() -> None:
    by_name = {pack.name: pack for pack in PACKS}
    for name in ("nrw/anbest-g-2026", "nrw/anbest-p-2026"):
        assert {each.presence for each in by_name[name].parameters.values()} == {Presence.UNKNOWN}
        assert not any(each.status.sure for each in by_name[name].passages.values())
    old = by_name["nrw/oekoprofit-before-2020-07-03"].parameters
    known = {name: parameter.value for name, parameter in old.items() if parameter.presence is Presence.VALUE}
    assert known == {"grant_cap_entry": 20000, "minimum_participants_entry": 10}
    for pack in LAW:
        tolerance = pack.parameters.get("line_tolerance")
        read = pack.name in ("sachsen/anbest-k-2025", "sachsen/anbest-p-2025", "laender/bund-anbest-p")
        assert tolerance is None or read is (tolerance.status is Status.CONFIRMED), pack.name


def test_the_guideline_of_2020_says_what_was_read_of_it() -> None:
    read = next(pack for pack in PACKS if pack.name == "nrw/oekoprofit-2023").parameters
    values = {
        name: read[name].value
        for name in ("rate_max", "grant_cap_entry", "grant_cap_club", "events_cap", "receipts_list")
    }
    assert values == {
        "rate_max": 80,
        "grant_cap_entry": 25000,
        "grant_cap_club": 5000,
        "events_cap": 1500,
        "receipts_list": True,
    }
    stated = [parameter for parameter in read.values() if parameter.presence is Presence.VALUE]
    assert {parameter.status for parameter in stated} == {Status.CONFIRMED}
    first = next(pack for pack in PACKS if pack.name == "nrw/oekoprofit-2020").parameters
    assert first["rate_max"].status is Status.UNCONFIRMED
    assert first["grant_cap_entry"].status is Status.CONFIRMED


@pytest.mark.parametrize("land", ["nrw", "sachsen", "laender"])
def test_packs_are_read_from_the_package(land: str) -> None:
    folder = Path(inspect.getfile(importlib.import_module(f"oekoreport_{land}"))).parent / "packs"
    named = {pack.name for pack in PACKS if pack.name.startswith(f"{land}/")}
    assert {f"{land}/{file.stem}" for file in folder.glob("*.toml") if file.stem != "declared"} == named


def test_interest_of_nrw_falls_on_5_may_2023_and_is_not_sure_from_2025() -> None:
    points = next(pack for pack in PACKS if pack.name == "nrw/vwvfg").parameters["interest_points"]
    for day, value, status in (
        (date(2023, 5, 4), 5, Status.CONFIRMED),
        (date(2023, 5, 5), 3, Status.CONFIRMED),
        (date(2024, 12, 31), 3, Status.CONFIRMED),
        (date(2025, 1, 1), 3, Status.UNCONFIRMED),
        (date(2026, 4, 22), 3, Status.UNCONFIRMED),
    ):
        assert (points.on(day).value, points.on(day).status) == (value, status)
