"""What holds of every settlement, whatever its type of financing and terms: over odd rounds, without a threshold.

A threshold is left out on purpose: across it the law itself jumps (ANBest 2.2).
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from oekoreport.figures import CHAPTERS
from oekoreport.figures.engine import Figures
from oekoreport.law import terms_in_force
from oekoreport.records.assembly import assemble
from oekoreport.records.record import Origin, Record

HERE = Origin("test.csv")
CENT = Decimal("0.01")
DAY = "01.03.2024"

money = st.decimals(min_value=0, max_value=2000, places=2)
rates = st.decimals(min_value=1, max_value=100, places=1)
INCOMES = ["fees", "donation", "public", "covering", "earmarked"]


@dataclass(frozen=True)
class Paid:
    """A receipt: its line, what was paid, what is stated as eligible of it (None: nothing is stated)."""

    line: str
    amount: Decimal
    eligible: Decimal | None = None
    instalments: tuple[Decimal, ...] = ()


@dataclass(frozen=True)
class Round:
    """A round of a line that is eligible, one that is in part, and one that is not, beside kinds of income.

    ``earmarked`` is a donation for the line ``purpose``.
    """

    kind: str
    rate: Decimal
    method: str
    granted: Decimal
    cap: Decimal
    planned: tuple[Decimal, Decimal, Decimal]
    fees_planned: Decimal
    donation_planned: Decimal
    public_planned: Decimal
    paid: tuple[Paid, ...]
    fees: Decimal
    donation: Decimal
    public: Decimal
    covering: Decimal
    earmarked: Decimal
    purpose: str
    terms: tuple[tuple[str, str], ...]

    def records(self) -> list[Record]:
        return [*self._frame(), *self._receipts(), *self._incomes()]

    def _frame(self) -> list[Record]:
        grant = {"financing_type": self.kind, "rate": self.rate, "cap": self.cap, "reduction_method": self.method}
        first, second, third = self.planned
        return [
            Record("grant", "grant", grant, HERE),
            entry("notice", "N", notice_kind="grant", amount=self.granted),
            *(entry("term", name, "N", parameter=name, value=value) for name, value in self.terms),
            entry("plan", "P"),
            entry("expenditure_line", "1", "P", planned=first, planned_eligible=first),
            entry("expenditure_line", "2", "P", planned=second, planned_eligible=second, cap=second),
            entry("expenditure_line", "3", "P", planned=third, planned_eligible="0"),
            entry("income_line", "fees", "P", source="third", planned=self.fees_planned),
            entry("income_line", "given", "P", source="donation", planned=self.donation_planned),
            entry("income_line", "bund", "P", source="public", planned=self.public_planned),
            entry("income_line", "own", "P", source="own", planned="0"),
            entry("income_line", "land", "P", source="grant", planned=self.granted),
        ]

    def _receipts(self) -> list[Record]:
        found = []
        for number, paid in enumerate(self.paid):
            key = f"B{number}"
            stated = {} if paid.eligible is None else {"eligible": paid.eligible}
            found += [
                entry("receipt", key),
                entry("allocation", f"{key}/1", key, line=paid.line, amount=paid.amount, **stated),
            ]
            found += [
                entry("payment", f"{key}/{n}", key, allocation=f"{key}/1", amount=amount, date=DAY)
                for n, amount in enumerate(paid.instalments or (paid.amount,))
            ]
        return found

    def _incomes(self) -> list[Record]:
        said = (("fees", "third", self.fees), ("given", "donation", self.donation), ("bund", "public", self.public))
        free = [
            entry("income", f"E-{key}", income_line=key, source=source, amount=amount) for key, source, amount in said
        ]
        covers = {"covers": self.purpose} if self.purpose else {}
        return [
            *free,
            entry("income", "E-3", income_line="fees", source="third", amount=self.covering, covers="3"),
            entry("income", "E-line", income_line="given", source="donation", amount=self.earmarked, **covers),
        ]

    def figures(self) -> Figures:
        return figures_of(self.records())

    @property
    def due(self) -> Decimal:
        value = self.figures()["settlement.grant_due"].value
        assert value is not None
        return value


def entry(kind: str, key: str, parent: str = "", **values: object) -> Record:
    return Record(kind, key, values, HERE, parent)


def figures_of(records: list[Record]) -> Figures:
    assembly = assemble(records)
    assert assembly.findings == ()
    return Figures(assembly.project, terms_in_force(assembly.project, []), CHAPTERS)


paid = st.one_of(
    st.builds(Paid, st.sampled_from("123"), money),
    money.flatmap(lambda amount: st.builds(Paid, st.just("1"), st.just(amount), st.decimals(0, amount, places=2))),
)
terms = st.tuples(
    st.tuples(st.just("line_tolerance"), st.sampled_from(["20", "none"])),
    st.tuples(st.just("reduction_threshold"), st.just("none")),
    st.tuples(st.just("own_share_minimum"), st.sampled_from(["10", "25", "none"])),
    st.tuples(st.just("donations_replace_own_funds"), st.sampled_from(["ja", "nein"])),
    st.tuples(st.just("donations_reduce_gap"), st.sampled_from(["ja", "nein"])),
    st.tuples(st.just("gap_reduction_shared"), st.sampled_from(["ja", "nein"])),
    st.tuples(st.just("fixed_amount_limited"), st.sampled_from(["ja", "nein"])),
)


@st.composite
def rounds(draw: st.DrawFn) -> Round:
    """Return a round whose plan is one that a notice could approve: the grant lies within the eligible expenditure."""
    planned = draw(st.tuples(st.decimals(1, 2000, places=2), money, money))
    granted = draw(st.decimals(0, planned[0] + planned[1], places=2))
    cap = draw(st.one_of(st.just(granted), st.decimals(0, granted, places=2)))
    kind, method = draw(st.sampled_from(["share", "gap", "fixed", "full"])), draw(st.sampled_from(["rate", "pro_rata"]))
    some = st.one_of(st.just(Decimal(0)), money)
    return Round(
        kind,
        draw(rates),
        method,
        granted,
        cap,
        planned,
        *draw(st.tuples(some, some, some)),
        tuple(draw(st.lists(paid, max_size=4))),
        *draw(st.tuples(some, some, some, some, some)),
        draw(st.sampled_from("123")),
        draw(terms),
    )


def changed(case: Round, number: int, by: Decimal, eligible: Decimal | None = None) -> Round:
    """Return the round with another amount paid on a receipt."""
    before = case.paid[number]
    after = replace(before, amount=before.amount + by, eligible=before.eligible if eligible is None else eligible)
    return replace(case, paid=(*case.paid[:number], after, *case.paid[number + 1 :]))


@given(rounds(), st.sampled_from(INCOMES), st.one_of(st.just(CENT), money))
def test_the_grant_never_rises_with_income(case: Round, name: str, more: Decimal) -> None:
    assert replace(case, **{name: getattr(case, name) + more}).due <= case.due


@given(rounds(), st.sampled_from(INCOMES))
def test_a_cent_more_of_income_moves_the_grant_by_a_cent_at_most(case: Round, name: str) -> None:
    assert replace(case, **{name: getattr(case, name) + CENT}).due >= case.due - CENT


@given(rounds(), st.sampled_from(["", "1", "2", "3"]))
def test_the_purpose_of_a_donation_moves_nothing(case: Round, purpose: str) -> None:
    other = replace(case, purpose=purpose)
    figures, others = case.figures(), other.figures()
    for name in ("grant_due", "direct_cover", "free_cover", "recognized", "disregarded", "own_funds"):
        assert figures[f"settlement.{name}"].value == others[f"settlement.{name}"].value, name


@given(rounds(), st.sampled_from("123"), st.one_of(st.just(CENT), money))
def test_the_grant_never_falls_when_more_is_spent(case: Round, line: str, more: Decimal) -> None:
    assert replace(case, paid=(*case.paid, Paid(line, more))).due >= case.due


@given(rounds(), st.sampled_from("123"))
def test_a_cent_more_spent_moves_the_grant_by_a_cent_at_most(case: Round, line: str) -> None:
    assert replace(case, paid=(*case.paid, Paid(line, CENT))).due <= case.due + CENT


@given(rounds(), money, st.one_of(st.just(CENT), money))
def test_the_grant_never_rises_when_a_receipt_is_refused(case: Round, amount: Decimal, cut: Decimal) -> None:
    before = replace(case, paid=(*case.paid, Paid("1", amount, amount)))
    after = replace(case, paid=(*case.paid, Paid("1", amount, max(amount - cut, Decimal(0)))))
    assert after.due <= before.due
    if cut == CENT:
        assert after.due >= before.due - CENT


@given(rounds())
def test_all_money_adds_up_to_what_was_spent(case: Round) -> None:
    figures = case.figures()
    names = ("own_funds", "cover_funds", "grant_due")
    parts = [figures[f"settlement.{name}"].value or Decimal(0) for name in names]
    assert sum(parts) == figures["expenditure.spent"].value == sum(paid.amount for paid in case.paid)
    assert 0 <= case.due <= case.cap


@given(rounds(), st.randoms())
def test_the_order_of_rows_is_nothing(case: Round, random: object) -> None:
    rows = case.records()
    random.shuffle(rows)  # type: ignore[attr-defined]
    assert figures_of(rows)["settlement.grant_due"].value == case.due


@given(rounds(), money, st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=3))
def test_instalments_of_one_day_are_one_payment(case: Round, last: Decimal, others: list[Decimal]) -> None:
    whole = sum(others, last)
    single, split = Paid("1", whole), Paid("1", whole, instalments=(*others, last))
    first = replace(case, paid=(*case.paid, single))
    second = replace(case, paid=(*case.paid, split))
    assert first.due == second.due


@given(rounds(), st.sampled_from(["own_share_minimum", "gap_reduction_shared", "fixed_amount_limited"]))
def test_what_nobody_settled_is_unknown_or_the_same_either_way(case: Round, name: str) -> None:
    ways = {"own_share_minimum": ("10", "none")}.get(name, ("ja", "nein"))
    known = [replace(case, terms=settled(case, name, way)).due for way in ways]
    left_open = replace(case, terms=settled(case, name, "")).figures()["settlement.grant_due"]
    if name != "own_share_minimum":
        assert left_open.value == (known[0] if known[0] == known[1] else None)
    elif left_open.value is not None:
        assert left_open.value == known[0] == known[1]


def settled(case: Round, name: str, value: str) -> tuple[tuple[str, str], ...]:
    return tuple((each, value if each == name else said) for each, said in case.terms)
