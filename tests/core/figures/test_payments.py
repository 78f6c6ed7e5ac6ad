"""Payments on the whole receipt are split so that no part is paid above its amount."""

from decimal import ROUND_DOWN, Decimal

from hypothesis import given
from hypothesis import strategies as st

from oekoreport.figures.payments import apportioned

cents = st.integers(1, 10**7).map(lambda amount: Decimal(amount) / 100)
signed = st.integers(-(10**7), 10**7).map(lambda amount: Decimal(amount) / 100)
NOTHING = Decimal(0)


def pay(payments: list[Decimal], due: list[Decimal], paid: list[Decimal] | None = None) -> list[Decimal]:
    """Return what is paid on each part after payments on the whole receipt."""
    sums = paid or [NOTHING] * len(due)
    for payment in payments:
        shares = apportioned(payment, due, sums)
        assert sum(shares) == payment
        sums = [before + share for before, share in zip(sums, shares, strict=True)]
    return sums


@given(
    st.lists(cents, min_size=1, max_size=8),
    st.lists(st.integers(0, 100), min_size=1, max_size=6),
    st.sampled_from([1, -1]),
)
def test_no_part_is_paid_above_its_amount_while_the_receipt_is_not(
    due: list[Decimal], steps: list[int], sign: int
) -> None:
    """Instalments up to what is due, as per cent of what is left; on a credit note all amounts are negative."""
    due = [sign * amount for amount in due]
    whole = sum(due, NOTHING)
    payments: list[Decimal] = []
    for step in steps:
        left = whole - sum(payments, NOTHING)
        payments.append((left * step / 100).quantize(Decimal("0.01")))
    after = pay(payments, due)
    assert sum(after) == sum(payments)
    assert all(0 <= paid * sign <= amount * sign for paid, amount in zip(after, due, strict=True))


@given(st.lists(signed, min_size=1, max_size=6), st.lists(signed, max_size=6))
def test_nothing_is_lost_whatever_is_paid(due: list[Decimal], payments: list[Decimal]) -> None:
    assert sum(pay(payments, due)) == sum(payments)


@given(st.lists(cents, min_size=2, max_size=6), st.data())
def test_a_receipt_paid_in_full_is_paid_in_each_part(due: list[Decimal], data: st.DataObject) -> None:
    """Named payments of any part first, the rest on the whole receipt, in two instalments."""
    named = [data.draw(st.integers(0, 100)) * amount / 100 for amount in due]
    named = [amount.quantize(Decimal("0.01"), ROUND_DOWN) for amount in named]
    left = sum(due, NOTHING) - sum(named, NOTHING)
    first = (left / 3).quantize(Decimal("0.01"))
    assert pay([first, left - first], due, named) == due


def test_a_deduction_on_an_invoice_is_paid_with_it() -> None:
    due = [Decimal(1500), Decimal(-500)]
    assert pay([Decimal(1000)], due) == due
    assert pay([Decimal(500)], due) == [Decimal(750), Decimal(-250)]


def test_a_cent_goes_to_one_part_and_none_goes_below_zero() -> None:
    assert apportioned(Decimal("0.02"), [Decimal(100)] * 4, [NOTHING] * 4) == [
        Decimal("0.01"),
        Decimal("0.00"),
        Decimal("0.01"),
        Decimal("0.00"),
    ]


def test_what_exceeds_the_receipt_is_spread_by_amounts() -> None:
    due = [Decimal(100), Decimal(300)]
    assert pay([Decimal(400), Decimal(40)], due) == [Decimal(110), Decimal(330)]
    assert pay([Decimal(440)], due) == [Decimal(110), Decimal(330)]


def test_a_part_that_was_overpaid_by_name_takes_nothing_more() -> None:
    assert pay([Decimal(50)], [Decimal(100), Decimal(300)], [Decimal(150), NOTHING]) == [
        Decimal(150),
        Decimal(50),
    ]
