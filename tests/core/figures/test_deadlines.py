"""Days by which something is due: moved off weekends and holidays, which are named, and counted from the submission."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oekoreport.figures import CHAPTERS, FieldRef, Figure, Figures
from oekoreport.figures.working_days import days_off
from oekoreport.language import Locale
from oekoreport.law import Parameter, Presence, Status, Terms
from oekoreport.model import Project
from oekoreport.model.grant import Grant, Land

RETENTION = Parameter(
    "retention_years", "Aufbewahrung", Presence.VALUE, Decimal(5), unit="Jahre", status=Status.CONFIRMED
)


def figures(land: str, due: str, kind: str = "period", **more: str) -> Figures:
    grant = Grant.model_validate({"key": "grant", "land": land, "report_due": due, "report_due_kind": kind, **more})
    return Figures(Project(key="project", grant=grant), Terms({RETENTION.name: RETENTION}), CHAPTERS)


def due(land: str, day: str, kind: str = "period") -> tuple[str, str]:
    figure = figures(land, day, kind)["deadline.report_due"]
    return str(figure.day), how(figure)


def how(figure: Figure) -> str:
    return Locale("de").show(figure.how)


LIMIT = "eine Frist endet am nächsten Werktag (§ 193 BGB)"
STAYS = "Tag laut Bescheid; eine Frist verschiebt sich auf den nächsten Werktag im Land"


@pytest.mark.parametrize(
    ("land", "day", "moved", "why"),
    [
        (
            "NW",
            "2021-10-31",
            "2021-11-02",
            f"31.10.2021 ist ein Sonntag, 01.11.2021 ist Allerheiligen (Feiertag in Nordrhein-Westfalen); {LIMIT}",
        ),
        ("BE", "2021-10-31", "2021-11-01", f"31.10.2021 ist ein Sonntag; {LIMIT}"),
        (
            "SN",
            "2022-10-31",
            "2022-11-01",
            f"31.10.2022 ist Reformationstag (Feiertag in Sachsen); {LIMIT}",
        ),
        ("NW", "2022-10-31", "2022-10-31", STAYS),
        (
            "DE",
            "2023-10-03",
            "2023-10-04",
            f"03.10.2023 ist Tag der Deutschen Einheit (Feiertag in allen Ländern); {LIMIT}",
        ),
        (
            "NW",
            "2022-12-31",
            "2023-01-02",
            f"31.12.2022 ist ein Samstag, 01.01.2023 ist ein Sonntag; {LIMIT}",
        ),
    ],
)
def test_a_time_limit_names_each_day_that_it_moves_off(land: str, day: str, moved: str, why: str) -> None:
    assert due(land, day) == (moved, why)


def test_a_fixed_day_says_that_it_stays() -> None:
    assert due("NW", "2021-10-31", "day") == (
        "2021-10-31",
        "31.10.2021 ist ein Sonntag; ein Termin verschiebt sich nicht",
    )
    assert due("NW", "2021-11-02", "day") == ("2021-11-02", STAYS)


@pytest.mark.parametrize(
    ("land", "day", "holiday"),
    [
        ("BY", "2022-08-15", "in einem Teil des Landes (Bayern) Mariä Himmelfahrt"),
        ("BY", "2022-08-08", "in einem Teil des Landes (Bayern) Augsburger Hohes Friedensfest"),
        ("SN", "2022-06-16", "in einem Teil des Landes (Sachsen) Fronleichnam"),
        ("TH", "2022-06-16", "in einem Teil des Landes (Thüringen) Fronleichnam"),
    ],
)
def test_a_holiday_in_part_of_a_land_moves_nothing_and_is_told(land: str, day: str, holiday: str) -> None:
    there = f"hat die Bewilligungsbehörde dort ihren Sitz, endet {LIMIT.replace('endet ', '')}"
    assert due(land, day) == (day, f"{date.fromisoformat(day):%d.%m.%Y} ist {holiday}; {there}")


def test_the_day_rests_on_day_kind_and_land() -> None:
    basis = figures("NW", "2021-10-31")["deadline.report_due"].basis
    assert basis == tuple(FieldRef("grant", "grant", name) for name in ("report_due", "report_due_kind", "land"))


@given(st.dates(date(2002, 1, 1), date(2040, 12, 31)), st.sampled_from(Land))
def test_a_time_limit_ends_on_the_first_working_day_from_its_own(day: date, land: Land) -> None:
    off = list(days_off(day, land))
    assert not list(days_off(day + timedelta(days=len(off)), land))
    assert all(list(days_off(day + timedelta(days=n), land)) == off[n:] for n in range(len(off)))


# --- retention -------------------------------------------------------------------------------------------------------


def test_receipts_are_kept_from_the_day_of_submission() -> None:
    found = figures("NW", "2021-10-31", submitted_on="2021-09-15")
    assert found["deadline.retention_until"].day == date(2026, 9, 15)
    assert found.leaning("deadline.retention_until") == {}


def test_until_then_from_the_day_that_the_report_is_due_which_is_marked_as_an_assumption() -> None:
    found = figures("NW", "2021-10-31")
    assert found["deadline.retention_until"].day == date(2026, 11, 2)
    (assumed,) = found.leaning("deadline.retention_until").values()
    assert (assumed.value, assumed.status) == (date(2021, 11, 2), Status.ASSUMED)
    assert Locale("de").show(assumed.title) == "Der Verwendungsnachweis wird an dem Tag vorgelegt, an dem er fällig ist"
    assert Locale("de").show(assumed.settled_by).startswith("„Verwendungsnachweis vorgelegt am“")
