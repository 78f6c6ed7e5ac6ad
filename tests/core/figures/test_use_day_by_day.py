"""Use and interest once more: cent by cent and day by day, without a formula; and what holds of them always."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import floor
from random import Random
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from oekoreport.figures import CHAPTERS, debts_of
from oekoreport.figures.engine import Figures
from oekoreport.figures.values import Fact
from oekoreport.law import Parameter, Presence, Sort, Status, Terms
from oekoreport.records.assembly import assemble
from oekoreport.records.record import Origin, Record

HERE = Origin("test.csv")
DAY = timedelta(days=1)
FIRST, LAST = date(2022, 11, 1), date(2024, 3, 31)
CHANGE = date(2023, 5, 5)
"""The day from which it is three points and no longer five."""

THREE = Parameter("interest_points", "", Presence.VALUE, Decimal(3), status=Status.CONFIRMED, sort=Sort.NUMBER)
POINTS = replace(THREE, value=Decimal(5), steps=((CHANGE, THREE),))
SILENT = (
    "reduction_threshold",
    "interest_threshold",
    "fixed_amount_limited",
    "donations_replace_own_funds",
    "gap_reduction_shared",
    "recall_minimum",
    "line_tolerance",
)
"""What this law has no rule on."""

RATES = {(2022, 2): "-0.88", (2023, 1): "1.62", (2023, 2): "3.12", (2024, 1): "3.62"}
"""The base rates of the half-years that the rounds lie in, as the Bundesbank gave them out."""


class Moved(NamedTuple):
    """Money that moved on a day, in cents."""

    day: date
    cents: int


class Amended(NamedTuple):
    """A later notice with a plan of its own: its day, how many cents more it grants, and what it plans."""

    day: date
    more: int
    planned: int


@dataclass(frozen=True)
class Round:
    """A round of made-up days and amounts: 800 cents granted, 1,000 planned as eligible unless it says otherwise."""

    kind: str
    payments: tuple[Moved, ...]
    payouts: tuple[Moved, ...]
    planned: int = 1000
    public: int = 0
    fees: int = 0
    method: str = "pro_rata"
    claim: date | None = None
    repaid: date | None = None
    count: str = "30/360"
    transition: str = "split"
    through: bool = False
    down: bool = False
    amended: Amended | None = None

    def funds_on(self, day: date) -> tuple[int, int]:
        """Return what is granted and what is planned as eligible on a day."""
        if self.amended and day >= self.amended.day:
            return 800 + self.amended.more, self.amended.planned
        return 800, self.planned

    @property
    def free(self) -> date | None:
        """The first day without interest for what was repaid: that of the repayment, or the one after it."""
        return self.repaid + DAY if self.repaid and self.through else self.repaid

    def amendment(self, amended: Amended) -> list[Record]:
        """Return the later notice as an importer reads it."""
        changed = entry("notice", "M", notice_kind="amendment", amount=euros(amended.more), date=f"{amended.day}")
        return [changed, *plan("Q", "M", amended.planned, self.public)]

    @property
    def records(self) -> list[Record]:
        """Return it as an importer reads it."""
        grant = {"financing_type": self.kind, "rate": "80 %", "cap": "20", "reduction_method": self.method}
        days = {"claim_on": self.claim, "repaid_on": self.repaid}
        terms = {
            "interest_day_count": self.count,
            "interest_transition": self.transition,
            "interest_through_repayment": "yes" if self.through else "no",
            "interest_rounded_down": "yes" if self.down else "no",
            "drawdown_window_months": "2",
        }
        terms |= dict.fromkeys(SILENT, "none")
        return [
            entry("grant", "grant", **grant, **{name: f"{day}" for name, day in days.items() if day}),
            entry("notice", "N", notice_kind="grant", amount="8", date="2022-10-01"),
            *(entry("term", name, "N", parameter=name, value=value) for name, value in terms.items()),
            *plan("P", "N", self.planned, self.public),
            *(self.amendment(self.amended) if self.amended else ()),
            entry("income", "E1", income_line="third", source="third", amount=euros(self.fees), date="2022-11-01"),
            entry("income", "E2", income_line="public", source="public", amount=euros(self.public), date="2022-11-01"),
            *(record for number, paid in enumerate(self.payments) for record in receipt(f"B{number}", paid)),
            *(
                entry("drawdown", str(number), amount=euros(paid.cents), paid_on=f"{paid.day}")
                for number, paid in enumerate(self.payouts)
            ),
        ]


def plan(key: str, notice: str, eligible: int, public: int) -> list[Record]:
    return [
        entry("plan", key, notice=notice),
        entry("expenditure_line", "1", key, planned=euros(eligible), planned_eligible=euros(eligible)),
        entry("income_line", "third", key, source="third", planned="0"),
        entry("income_line", "public", key, source="public", planned=euros(public)),
    ]


def entry(kind: str, key: str, parent: str = "", **values: object) -> Record:
    return Record(kind, key, values, HERE, parent)


def euros(cents: int) -> Decimal:
    return Decimal(cents) / 100


def receipt(key: str, paid: Moved) -> list[Record]:
    return [
        entry("receipt", key),
        entry("allocation", f"{key}/1", key, line="1", amount=euros(paid.cents)),
        entry("payment", f"{key}/1", key, amount=euros(paid.cents), date=f"{paid.day}"),
    ]


def figures_of(records: list[Record]) -> Figures:
    project = assemble(records).project
    return Figures(project, Terms({POINTS.name: POINTS}, notices=project.notices), CHAPTERS)


# --- the second computation ------------------------------------------------------------------------------------------


def days(start: date, end: date) -> list[date]:
    """Return every day from one to the day before another."""
    return [start + number * DAY for number in range((end - start).days)]


ALL_DAYS = days(FIRST, LAST)


def used_by_day(made: Round, due: int) -> dict[date, int]:
    """Return how many cents of the grant are used at the end of each day."""
    found = {}
    used = 0
    last = max(paid.day for paid in made.payments if paid.cents > 0)
    for day in ALL_DAYS:
        spent = min(
            sum(paid.cents for paid in made.payments if paid.day <= later)
            for later in (day, *(paid.day for paid in made.payments if paid.day > day))
        )
        used = max(used, wanted(made, spent, day), due if day >= last else 0)
        found[day] = used
    return found


def wanted(made: Round, spent: int, day: date) -> int:
    """Return how many cents of the grant are needed for what was spent, in the order that the law has."""
    granted, planned = made.funds_on(day)
    if made.kind in ("gap", "full"):
        given = granted + made.public
        exact = Fraction(granted, given) * max(spent - max(planned - given, 0), 0)
    elif made.kind == "share" and made.method == "rate":
        exact = Fraction(80, 100) * spent
    else:
        exact = Fraction(granted, planned) * spent
    return max(floor(exact + Fraction(1, 2)), 0)


class Cent(NamedTuple):
    """A cent of the grant: its drawdown, when it was paid out and used, and whether it is to be repaid."""

    drawdown: int
    paid_on: date
    used_on: date | None
    back: bool

    @property
    def late(self) -> bool:
        return self.used_on is not None and self.used_on > two_months_after(self.paid_on)


def two_months_after(day: date) -> date:
    year, month = (day.year, day.month + 2) if day.month <= 10 else (day.year + 1, day.month - 10)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError


def cents_of(made: Round, due: int) -> Counter[Cent]:
    """Return all cents that were paid out, those alike together."""
    used, found = used_by_day(made, due), Counter[Cent]()
    number = 0
    for _day, drawdown in sorted((paid.day, str(index)) for index, paid in enumerate(made.payouts)):
        paid = made.payouts[int(drawdown)]
        for _cent in range(paid.cents):
            used_on = next((day for day in ALL_DAYS if used[day] > number), None)
            found[Cent(int(drawdown), paid.day, used_on and max(used_on, paid.day), number >= due)] += 1
            number += 1
    return found


def rate_on(day: date, made: Round, start: date) -> Fraction:
    """Return per cent a year on a day of a time that began on another."""
    points = 5 if (start if made.transition == "by_claim_date" else day) < CHANGE else 3
    return Fraction(RATES[day.year, 1 if day.month < 7 else 2]) + points


def weight_of(day: date, made: Round, start: date, goes_on: date | None = None) -> Fraction:
    """Return which part of a year a day is: of months of 30 days the 31st is none, and the last of February several.

    Where interest goes on from a 31st, that day is the thirtieth, which counts there and not before.
    """
    if made.count == "actual/365":
        return Fraction(1, 365)
    if day.day == 31:
        return Fraction(day == start, 360)
    if goes_on is not None and goes_on.day == 31 and day + DAY == goes_on:
        return Fraction(0)
    ends_february = day.month == 2 and (day + DAY).month == 3
    return Fraction(31 - day.day if ends_february else 1, 360)


def interest_of(counted: Counter[date], made: Round, start: date, goes_on: date | None = None) -> Fraction:
    """Return the exact interest in cents on so many cents on each day of a time."""
    rates = {day: rate_on(day, made, start) / 100 * weight_of(day, made, start, goes_on) for day in counted}
    return sum((cents * rates[day] for day, cents in counted.items()), Fraction(0))


def rounded(cents: Fraction, made: Round) -> Decimal:
    """Return euros, to the cent: down where the law says so, else half up."""
    return euros(floor(cents + (0 if made.down else Fraction(1, 2))))


def late_days(cent: Cent, made: Round, claim: date) -> list[date]:
    """Return the days on which a cent bears interest because it was used late."""
    if not cent.late or cent.used_on is None:
        return []
    over = min(max(claim, cent.paid_on), made.free or LAST) if cent.back else LAST
    return [day for day in days(cent.paid_on, cent.used_on) if day < over]


def repayment_days(cent: Cent, made: Round, claim: date) -> list[date]:
    """Return the days on which a cent bears interest because it is to be repaid."""
    if not cent.back or made.free is None:
        return []
    return [day for day in days(cent.paid_on, made.free) if day >= claim]


# --- rounds of all kinds ---------------------------------------------------------------------------------------------

some_day = st.dates(FIRST, date(2023, 12, 31))
payments = st.lists(st.builds(Moved, some_day, st.integers(1, 900)), min_size=1, max_size=5)
refunds = st.lists(st.builds(Moved, some_day, st.integers(-200, -1)), max_size=1)
early = st.dates(FIRST, date(2023, 5, 31))
payouts = st.lists(st.builds(Moved, early, st.integers(1, 400)), min_size=1, max_size=3).map(tuple)


@st.composite
def rounds(draw: st.DrawFn) -> Round:
    paid = draw(payouts)
    after = st.dates(max(each.day for each in paid), date(2024, 3, 30))
    kind = draw(st.sampled_from(["share", "gap", "fixed", "full"]))
    return Round(
        kind,
        (*draw(payments), *draw(refunds)),
        paid,
        draw(st.sampled_from([1000, 1280, 930])),
        draw(st.sampled_from([0, 100])) if kind == "gap" else 0,
        draw(st.integers(0, 300)),
        draw(st.sampled_from(["rate", "pro_rata"])),
        draw(st.one_of(st.none(), some_day)),
        draw(st.one_of(st.none(), after)),
        draw(st.sampled_from(["30/360", "actual/365"])),
        draw(st.sampled_from(["split", "by_claim_date"])),
        draw(st.booleans()),
        draw(st.booleans()),
        draw(st.one_of(st.none(), st.builds(Amended, some_day, st.integers(-200, 400), st.integers(900, 1400)))),
    )


def value(figures: Figures, name: str) -> Decimal:
    amount = figures[name].value
    assert amount is not None, (name, figures[name].missing)
    return amount


@settings(max_examples=60, deadline=None)
@given(rounds())
def test_figures_are_what_a_count_of_cents_and_days_gives(made: Round) -> None:
    figures = figures_of(made.records)
    due = int(value(figures, "settlement.grant_due") * 100)
    claim = made.claim or max(paid.day for paid in made.payouts)
    cents = cents_of(made, due)
    late = {number: Counter[date]() for number in range(len(made.payouts))}
    taken_over = {number: Counter[date]() for number in range(len(made.payouts))}
    back: dict[date, Counter[date]] = {}
    for cent, count in cents.items():
        of_late_use, of_repayment = late_days(cent, made, claim), repayment_days(cent, made, claim)
        assert not set(of_late_use) & set(of_repayment)
        late[cent.drawdown].update(dict.fromkeys(of_late_use, count))
        if of_repayment and of_late_use[-1:] == [claim - DAY]:
            taken_over[cent.drawdown].update(dict.fromkeys(of_late_use, count))
        back.setdefault(max(claim, cent.paid_on), Counter()).update(dict.fromkeys(of_repayment, count))
    for number, paid in enumerate(made.payouts):
        own = {cent: count for cent, count in cents.items() if cent.drawdown == number}
        used = sum(count for cent, count in own.items() if cent.used_on and not cent.late)
        too_late = sum(count for cent, count in own.items() if cent.late)
        assert value(figures, f"drawdown.used_in_time/{number}") == euros(used)
        assert value(figures, f"drawdown.used_late/{number}") == euros(too_late)
        assert value(figures, f"drawdown.unused/{number}") == euros(paid.cents - used - too_late)
        exact = interest_of(late[number] - taken_over[number], made, paid.day)
        exact += interest_of(taken_over[number], made, paid.day, goes_on=claim)
        assert value(figures, f"drawdown.interest/{number}") == rounded(exact, made)
        assert_borne(figures, number, late[number])
    if made.repaid or not any(cent.back for cent in cents):
        exact = sum((interest_of(counted, made, start) for start, counted in back.items()), Fraction(0))
        assert value(figures, "settlement.repayment_interest") == rounded(exact, made)
        assert_borne(figures, None, sum(back.values(), Counter()))


def assert_borne(figures: Figures, number: int | None, expected: Counter[date]) -> None:
    """Assert that so many cents bear interest on each day, of a drawdown or of the repayment."""
    noun = (
        figures.project.grant
        if number is None
        else next(each for each in figures.project.drawdowns if each.key == str(number))
    )
    assert noun is not None
    found = Counter[date]()
    for debt in debts_of(figures, noun):
        found.update(dict.fromkeys(days(debt.start, debt.end), int(debt.amount * 100)))
    assert found == expected


# --- what holds of any round -----------------------------------------------------------------------------------------

NAMES = (
    "drawdowns.used_in_time",
    "drawdowns.used_late",
    "drawdowns.unused",
    "settlement.use_interest",
    "settlement.repayment_interest",
)


def told(figures: Figures) -> dict[str, tuple[Decimal | None, date | None]]:
    names = [*NAMES, *(name for name in figures if name.startswith("drawdown."))]
    return {name: (figures[name].value, figures[name].day) for name in names}


@settings(max_examples=30, deadline=None)
@given(rounds(), st.randoms())
def test_the_order_of_rows_changes_nothing(made: Round, random: Random) -> None:
    rows = [record for record in made.records if not record.parent]
    below = [record for record in made.records if record.parent]
    random.shuffle(rows)
    random.shuffle(below)
    assert told(figures_of([*rows, *below])) == told(figures_of(made.records))


@settings(max_examples=30, deadline=None)
@given(rounds(), st.data())
def test_instalments_of_one_day_use_what_the_whole_payment_does(made: Round, data: st.DataObject) -> None:
    def split(paid: Moved) -> list[Moved]:
        first = data.draw(st.integers(0, paid.cents)) if paid.cents > 1 else paid.cents
        return [Moved(paid.day, first), Moved(paid.day, paid.cents - first)]

    instalments = tuple(part for paid in made.payments for part in split(paid) if part.cents)
    assert told(figures_of(replace(made, payments=instalments).records)) == told(figures_of(made.records))


@settings(max_examples=40, deadline=None)
@given(rounds())
def test_nothing_that_is_due_and_spent_is_called_unused(made: Round) -> None:
    due = int(value(figures_of(made.records), "settlement.grant_due") * 100)
    if due:
        called = replace(made, payouts=(Moved(FIRST, due),))
        assert value(figures_of(called.records), "drawdowns.unused") == 0


@settings(max_examples=40, deadline=None)
@given(rounds())
def test_the_interest_that_is_explained_adds_up_to_what_is_printed(made: Round) -> None:
    figures = figures_of(made.records)
    names = ["settlement.repayment_interest", *(f"drawdown.interest/{number}" for number in range(len(made.payouts)))]
    for name in names:
        figure = figures[name]
        if figure.value:
            pieces = [part.value for part in figure.basis if isinstance(part, Fact)]
            assert sum(pieces) == figure.rounded == figure.value
            assert all(piece == piece.quantize(Decimal("0.01")) for piece in pieces)
