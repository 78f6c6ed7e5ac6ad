"""The reference round: complete and free of contradictions, and it adds up to what was published."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from oekoreport.build.demo import demo_narrative, demo_records
from oekoreport.figures import CHAPTERS
from oekoreport.figures.engine import Figures
from oekoreport.language import Locale
from oekoreport.law import Presence, terms_in_force
from oekoreport.model import KINDS, Project, attributes
from oekoreport.model.measure import MeasureState
from oekoreport.model.narrative import Section
from oekoreport.model.participant import State
from oekoreport.places import Place
from oekoreport.records.assembly import Assembly, assemble

FACTS = Path(__file__).parents[4] / "shared" / "reference-round-receipts.csv"


@pytest.fixture(scope="module")
def round_() -> Assembly:
    return assemble(demo_records())


@pytest.fixture(scope="module")
def project(round_: Assembly) -> Project:
    return round_.project


@pytest.fixture(scope="module")
def figures(project: Project) -> Figures:
    return Figures(project, terms_in_force(project, ()), CHAPTERS)


# --- the sources -----------------------------------------------------------------------------------------------------


def test_the_round_is_read_without_a_finding(round_: Assembly) -> None:
    assert round_.findings == ()


def test_every_kind_has_records_but_the_narrative() -> None:
    assert {record.kind for record in demo_records()} == KINDS.keys() - {"narrative", "aid"}


def test_every_required_field_is_stated() -> None:
    lacking = [
        f"{record.kind} {record.key}: {attribute.name}"
        for record in demo_records()
        for attribute in attributes(KINDS[record.kind])
        if attribute.required and attribute.name not in record.values
    ]
    assert lacking == []


def test_a_field_knows_its_cell(round_: Assembly) -> None:
    place = round_.origins.place(("receipt", "B01"), "receipt_kind")
    assert place == Place("receipt.csv", column="C", row=2)


def test_the_round_says_that_it_is_a_sample(project: Project) -> None:
    assert project.sample is True
    assert project.reference_date == date(2021, 10, 29)
    assert all((receipt.payee or "").endswith("(Muster)") for receipt in project.receipts)


def test_no_confirmation_is_ticked_beforehand(project: Project) -> None:
    assert [confirmation.confirmed for confirmation in project.confirmations] == [None, None, None]


def test_the_narrative_has_each_section_under_its_german_title() -> None:
    headings = re.findall(r"^# (.+)$", demo_narrative(), re.MULTILINE)
    assert headings == [section.localize(Locale("de")) for section in Section]


def test_the_narrative_explains_the_line_that_stayed_under_its_plan() -> None:
    assert "**Veranstaltungen:** Der Ansatz wurde um mehr als ein Viertel unterschritten." in demo_narrative()


# --- the round -------------------------------------------------------------------------------------------------------


def test_participants_as_published(figures: Figures) -> None:
    counts = {name: figures[f"participants.{name}"].value for name in ("total", "started", "joined_late", "left")}
    assert counts == {"total": 13, "started": 11, "joined_late": 1, "left": 0}
    assert figures["participants.awarded"].value == 12
    assert figures["participants.recertified"].value == 1


def test_the_kick_off_and_the_eight_workshops(figures: Figures, project: Project) -> None:
    assert figures["workshops.held"].value == figures["workshops.planned"].value == 8
    assert figures["workshops.online"].value == 6
    assert figures["workshop.present/W1"].value == 11
    assert project.workshops[0].place == "CARTEC, Lippstadt"


def test_no_shortcoming_is_attached_to_a_participant(figures: Figures, project: Project) -> None:
    for participant in project.participants:
        assert participant.policy
        assert participant.team
        assert participant.legal_check
        assert not participant.has(State.LEFT)
        assert figures[f"attendance.rate/{participant.key}"].value == 100
        assert figures[f"fees.open/{participant.key}"].value == 0


def test_every_participant_has_three_measures_implemented_and_three_planned(figures: Figures, project: Project) -> None:
    for participant in project.participants:
        assert (figures[f"measures.implemented/{participant.key}"].value or 0) >= 3
        assert (figures[f"measures.planned/{participant.key}"].value or 0) >= 3


def test_measures_were_implemented_before_the_examination_and_are_planned_for_later(project: Project) -> None:
    stichtag = project.reference_date
    assert stichtag
    for participant in project.participants:
        examined = next(step.date for step in participant.states if step.state is State.EXAMINED)
        assert examined
        for measure in (measure for site in participant.sites for measure in site.measures):
            if measure.state is MeasureState.IMPLEMENTED:
                assert measure.implemented_on
                assert measure.implemented_on < examined
            if measure.state is MeasureState.PLANNED:
                assert measure.implemented_on
                assert measure.implemented_on > stichtag


def test_no_site_saves_more_than_it_uses(project: Project) -> None:
    for site in project.sites():
        used = {part.resource: part.amount.base() for part in site.baselines[0].consumptions if part.amount}
        saved: dict[object, Decimal] = defaultdict(Decimal)
        for effect in (effect for measure in site.measures for effect in measure.effects if effect.amount):
            if effect.resource and effect.resource.value != "material" and effect.amount:
                saved[effect.resource] += effect.amount.base()
        assert {resource for resource, amount in saved.items() if amount > used[resource] / 2} == set()  # type: ignore[index]


# --- the published outcome -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "published"),
    [
        ("savings.money", Decimal(242162)),
        ("savings.energy", Decimal(2600000)),
        ("savings.water", Decimal(5490)),
        ("savings.waste", Decimal(20)),
    ],
)
def test_totals_are_those_published(figures: Figures, name: str, published: Decimal) -> None:
    assert figures[name].value == published


def test_co2_is_that_published_when_rounded_to_whole_tonnes(figures: Figures) -> None:
    co2 = figures["savings.co2"].value
    assert co2 is not None
    assert Decimal("635.96") <= co2 <= Decimal("636.04")


def test_co2_fits_the_energy_of_every_participant(figures: Figures, project: Project) -> None:
    for key in (participant.key for participant in project.participants):
        co2, energy = figures[f"savings.co2/{key}"].value, figures[f"savings.energy/{key}"].value
        assert co2
        assert energy
        assert Decimal("0.10") <= co2 * 1000 / energy <= Decimal("0.65")


def test_gas_in_gross_calorific_value_is_among_the_savings(figures: Figures) -> None:
    gross = [record for record in demo_records() if record.kind == "effect" and "gas_gross" in record.values.values()]
    assert len(gross) == 2
    # 170,000 kWh Ho are 153,510 kWh Hi; electricity −6,000 + 18,500 and diesel 24,000 come on top.
    assert figures["savings.energy/lwl-lippstadt"].value == Decimal("190010.000")


def test_a_one_time_effect_is_in_no_yearly_sum(figures: Figures) -> None:
    assert figures["savings.waste/rathaus"].value == 0


def test_payback_is_spread_over_all_bands(figures: Figures) -> None:
    bands = [figures[f"payback.{band}"].value or 0 for band in ("none", "under_1", "from_1_to_3", "over_3")]
    assert min(bands) >= 10
    assert sum(bands) == figures["payback.base"].value


# --- the money -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "planned", "spent", "eligible", "rate"),
    [
        ("1", "18500.00", "16639.00", "16639.00", "-10.1"),
        ("2", "30000.00", "31279.00", "0.00", "4.3"),
        ("3", "5000.00", "5661.84", "5661.84", "13.2"),
        ("4", "2500.00", "1820.70", "1500.00", "-27.2"),
        ("5", "4000.00", "4028.00", "0.00", "0.7"),
    ],
)
def test_lines_of_the_plan(figures: Figures, line: str, planned: str, spent: str, eligible: str, rate: str) -> None:
    names = ("planned", "spent", "eligible", "deviation_rate")
    found = [figures[f"line.{name}/{line}"].rounded for name in names]
    assert found == [Decimal(planned), Decimal(spent), Decimal(eligible), Decimal(rate)]


@pytest.mark.parametrize(
    ("name", "amount"),
    [
        ("expenditure.spent", "59428.54"),
        ("expenditure.eligible", "23800.84"),
        ("expenditure.deviation", "-571.46"),
        ("income.received", "59428.54"),
        ("settlement.granted", "20000.00"),
        ("settlement.grant_due", "19040.67"),
        ("settlement.paid_out", "19040.67"),
        ("settlement.own_funds", "9137.87"),
        ("settlement.uncalled", "959.33"),
        ("settlement.repayment", "0.00"),
        ("fees.received", "31250.00"),
        ("income_line.planned_share/E1", "50.00"),
        ("income_line.planned_share/E2", "33.33"),
        ("income_line.planned_share/E3", "16.67"),
        ("income_line.received_share/E1", "52.58"),
        ("income_line.received_share/E2", "32.04"),
        ("income_line.received_share/E3", "15.38"),
    ],
)
def test_settlement(figures: Figures, name: str, amount: str) -> None:
    assert figures[name].rounded == Decimal(amount)


def test_the_books_agree_with_the_payments_of_each_year(project: Project) -> None:
    paid: dict[int, Decimal] = defaultdict(Decimal)
    for payment in (payment for receipt in project.receipts for payment in receipt.payments):
        assert payment.date
        assert payment.amount is not None
        paid[payment.date.year] += payment.amount
    assert paid == {2020: Decimal("28714.80"), 2021: Decimal("30713.74")}
    assert {control.year: control.total for control in project.ledger_controls} == paid


def test_drawdowns_are_the_sums_of_their_needs(project: Project) -> None:
    assert [(drawdown.amount, sum(need.amount or 0 for need in drawdown.needs)) for drawdown in project.drawdowns] == [
        (Decimal("9000.00"), Decimal("9000.00")),
        (Decimal("10040.67"), Decimal("10040.67")),
    ]


def test_a_receipt_is_its_parts(project: Project) -> None:
    for receipt in project.receipts:
        assert receipt.net is not None
        assert receipt.vat is not None
        assert receipt.net + receipt.vat == receipt.gross
        discount = sum(payment.discount or 0 for payment in receipt.payments)
        assert sum(part.amount or 0 for part in receipt.allocations) + discount == receipt.gross
        assert sum(payment.amount or 0 for payment in receipt.payments) + discount == receipt.gross


def test_what_is_eligible_lies_within_the_approval_period(figures: Figures, project: Project) -> None:
    grant = project.grant
    assert grant
    assert grant.period_start
    assert grant.period_end
    outside = set()
    for receipt in project.receipts:
        days = [receipt.service_from, receipt.service_to, *(payment.date for payment in receipt.payments)]
        if not all(day and grant.period_start <= day <= grant.period_end for day in days):
            outside.add(receipt.key)
    # The usage fees are for calendar years, and not eligible.
    assert outside == {"B03", "B15"}
    assert [figures[f"allocation.eligible/{key}/1"].value for key in sorted(outside)] == [0, 0]


def test_what_was_paid_under_the_contract_keeps_its_amount(project: Project) -> None:
    contract = project.contracts[0]
    ordered = [receipt.net or Decimal(0) for receipt in project.receipts if receipt.contract == contract.key]
    assert sum(ordered) == Decimal("39300.00")
    assert contract.amount == Decimal("39500.00")


def test_only_the_advance_with_the_authoritys_consent_was_paid_before_the_service(project: Project) -> None:
    early = {
        receipt.key
        for receipt in project.receipts
        for payment in receipt.payments
        if payment.date and receipt.service_from and payment.date < receipt.service_from
    }
    assert early == {"B04"}
    assert {waiver.subject for waiver in project.waivers} == early


def test_the_notice_sets_its_own_terms(project: Project) -> None:
    terms = terms_in_force(project, ())
    assert all(parameter.presence is Presence.VALUE for parameter in terms)
    assert {
        name: terms[name].value for name in ("line_tolerance", "events_cap", "brochure_cap", "licence_fees_eligible")
    } == {
        "line_tolerance": 20,
        "events_cap": 1500,
        "brochure_cap": 1500,
        "licence_fees_eligible": False,
    }


@pytest.mark.skipif(not FACTS.exists(), reason="the facts of the reference round are not beside the repository")
def test_receipts_are_those_of_the_facts(project: Project) -> None:
    with FACTS.open(encoding="utf-8", newline="") as file:
        facts = [
            (row["nr"][:3], row["line"], row["paid"], Decimal(row["net"]), Decimal(row["gross_paid"]))
            for row in csv.DictReader(file, delimiter=";")
        ]
    found = [
        (receipt.key, part.line, str(payment.date), part.net, payment.amount)
        for receipt in project.receipts
        for part, payment in zip(receipt.allocations, receipt.payments, strict=True)
    ]
    assert found == facts
    assert (len(project.receipts), len(found)) == (24, 29)
