"""The rulebook of aid as a whole: silent without aid, two windows that differ, nothing claimed of what nobody read."""

from __future__ import annotations

from datetime import date, timedelta
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oekoreport import Origin, Outcome, Presence, Record, Report, Status, attributes
from oekoreport.build.demo import demo_records
from oekoreport.contract.hookspecs import NoOptions
from oekoreport.model import KINDS
from oekoreport.records.record import UNREADABLE
from oekoreport.testing.reports import report_of, sample_report
from oekoreport.testing.round import clean_round
from oekoreport_deminimis.certificates import AidCertificates
from oekoreport_deminimis.rulebook import RULEBOOK
from oekoreport_deminimis.windows import first_day_of_fiscal_years, working_days_after, years_before

OWN = {
    "regulation": "2023/2831",
    "granted_on": "10.01.2024",
    "amount": "1500,00",
    "authority": "Kreis Muster",
    "own": True,
    "road_freight": False,
}
BEFORE = {"regulation": "1407/2013", "granted_on": "15.03.2021", "amount": "299000,00", "authority": "NRW.BANK"}
CODES = {rule.code for rule in RULEBOOK.rules}


def judged(own: dict[str, object]) -> Report:
    """Return the clean round with an aid of 2021 and one of the round itself."""
    aids = (("B0", BEFORE), ("B1", own))
    return report_of([*clean_round(), *(Record("aid", key, values, Origin("test"), "werk") for key, values in aids)])


def outcomes(report: Report) -> dict[str, Outcome]:
    return {verdict.code: verdict.outcome for verdict in report.verdicts if verdict.code in CODES}


def test_a_project_without_aid_hears_nothing_of_it() -> None:
    report = sample_report()
    assert not any(participant.aids for participant in report.project.participants)
    assert outcomes(report) == {}
    assert not [pack.name for pack in report.terms.packs if pack.name.startswith("deminimis")]
    assert report.terms["deminimis_2023_ceiling"].presence is Presence.UNKNOWN
    assert not list(AidCertificates().render(report, NoOptions()))


def test_a_parameter_of_a_rulebook_that_is_silent_is_known_all_the_same() -> None:
    records = demo_records()
    notice = next(record for record in records if record.kind == "notice")
    values = {"parameter": "deminimis_applies", "value": "nein"}
    report = report_of([*records, Record("term", "T99", values, Origin("test"), notice.key)])
    verdict = next(verdict for verdict in report.verdicts if verdict.code == "CORE-TERM")
    assert verdict.outcome is Outcome.PASSED


def test_the_same_aid_passes_under_three_fiscal_years_and_fails_under_three_rolling_ones() -> None:
    fiscal, rolling = judged({**OWN, "regulation": "1407/2013"}), judged(OWN)
    assert outcomes(fiscal)["DEMINIMIS-2013"] is Outcome.PASSED
    assert outcomes(rolling)["DEMINIMIS-2023"] is Outcome.FAILED


def test_verdicts_say_what_they_lean_on() -> None:
    report = judged({**OWN, "regulation": "1407/2013"})
    leaned_on = {verdict.code: {each.name for each in verdict.leaned_on} for verdict in report.verdicts}
    assert {code: names for code, names in leaned_on.items() if code in CODES and names} == {
        "DEMINIMIS-2013": {"deminimis_2013_fiscal_year_month"},
        "DEMINIMIS-CERTIFICATE": {"deminimis_certificate_fields"},
        "DEMINIMIS-REGULATION": {"deminimis_2013_last_day"},
        "DEMINIMIS-UNDERTAKING": {"deminimis_applies"},
    }
    assert [pack.name for pack in report.terms.packs if pack.name.startswith("deminimis")] == [
        "deminimis/eu-1407-2013",
        "deminimis/eu-2023-2831",
        "deminimis/general",
    ]


@pytest.mark.parametrize("day", ["10.01.2024", "10.01.2026"])
@pytest.mark.parametrize("name", [attribute.name for attribute in attributes(KINDS["aid"])])
def test_whatever_is_unknown_makes_rules_undecided_and_breaks_none(name: str, day: str) -> None:
    for value in (None, UNREADABLE):
        report = judged({**OWN, "granted_on": day, name: value})
        said = [str(finding.message) for verdict in report.verdicts for finding in verdict.undecided]
        assert not [text for text in said if text.startswith("The rule could not be evaluated")], name


def test_nothing_is_claimed_of_what_nobody_read() -> None:
    unsure = {
        parameter.name: parameter.status
        for pack in RULEBOOK.packs
        for parameter in pack.parameters.values()
        if not parameter.status.sure
    }
    assert unsure == {
        "deminimis_applies": Status.UNCONFIRMED,
        "deminimis_certificate_fields": Status.UNCONFIRMED,
        "deminimis_2013_last_day": Status.UNCONFIRMED,
        "deminimis_2013_fiscal_year_month": Status.UNCONFIRMED,
        "deminimis_2023_register_working_days": Status.SECONDARY,
    }


def test_packs_are_read_from_the_package() -> None:
    folder = files("oekoreport_deminimis") / "packs"
    assert {pack.name for pack in RULEBOOK.packs} == {
        f"deminimis/{entry.name.removesuffix('.toml')}" for entry in folder.iterdir() if entry.name != "declared.toml"
    }


DAYS = st.dates(date(2010, 1, 1), date(2040, 12, 31))


@given(DAYS, st.integers(1, 12))
def test_three_fiscal_years_begin_within_the_three_rolling_ones(day: date, month: int) -> None:
    first = first_day_of_fiscal_years(day, 3, month)
    assert (first.day, first.month) == (1, month)
    assert years_before(day, 3) < first <= years_before(day, 2)


@given(DAYS)
def test_three_years_before_is_the_same_day_or_the_last_of_february(day: date) -> None:
    before = years_before(day, 3)
    assert day.year - before.year == 3
    assert before.month == day.month
    assert before.day == day.day or (day.day, before.day) == (29, 28)


@pytest.mark.parametrize(
    ("day", "count", "last"),
    [
        (date(2026, 2, 12), 20, date(2026, 3, 12)),  # Rose Monday is no nationwide holiday
        (date(2026, 3, 20), 20, date(2026, 4, 21)),  # Good Friday and Easter Monday are
        (date(2026, 5, 29), 5, date(2026, 6, 5)),  # Corpus Christi is a holiday in some Länder only
        (date(2026, 12, 23), 3, date(2026, 12, 29)),  # 24 December is a working day, both days of Christmas are none
        (date(2026, 3, 7), 1, date(2026, 3, 9)),  # from a Saturday
    ],
)
def test_working_days_are_monday_to_friday_without_nationwide_holidays(day: date, count: int, last: date) -> None:
    assert working_days_after(day, count) == last


@given(DAYS, st.integers(1, 40))
def test_a_number_of_working_days_ends_on_one_and_takes_at_least_so_many_days(day: date, count: int) -> None:
    last = working_days_after(day, count)
    assert last.weekday() < 5
    assert last - day >= timedelta(days=count)
    assert working_days_after(working_days_after(day, count - 1), 1) == last
