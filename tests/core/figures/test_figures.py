"""The figure engine: values carry their basis, and one unknown addend makes a sum unknown."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oekoreport.figures.engine import AS_STATED, Chapter, CircularFigure, Figures, NoSuchFigure
from oekoreport.figures.values import FieldRef, FigureRef, Value, greatest, least, read, total, unknown
from oekoreport.language import Locale, Message
from oekoreport.law import Parameter, Presence, Status, Terms
from oekoreport.model import Project
from oekoreport.model.income import Income

cents = st.decimals(min_value=-(10**7), max_value=10**7, places=2)


def income(key: str, amount: str | None) -> Income:
    return Income(key=key, amount=None if amount is None else Decimal(amount))


def figures_of(chapter: Chapter, *incomes: Income) -> Figures:
    return Figures(Project(key="project", incomes=incomes), Terms({}), [chapter])


CHAPTER = Chapter()


@CHAPTER.figure("income.amount", "EUR", Message("Amount"), each=lambda project: project.incomes)
def _amount(_figures: Figures, income: Income) -> Value:
    return read(income, "amount")


CHAPTER.sum("income.total", "EUR", Message("Total"), of="income.amount", each=lambda project: project.incomes)


@CHAPTER.figure("income.share", "%", Message("Share"), each=lambda project: project.incomes, places=1)
def _share(figures: Figures, income: Income) -> Value:
    return figures.value(f"income.amount/{income.key}") * 100 / figures.value("income.total")


@CHAPTER.figure("loop.a", "", Message("A"))
def _a(figures: Figures) -> Value:
    return figures.value("loop.b")


@CHAPTER.figure("failed", "", Message("Failed"))
def _failed(_figures: Figures) -> Value:
    raise ValueError("failed")


@CHAPTER.figure("loop.b", "", Message("B"))
def _b(figures: Figures) -> Value:
    return figures.value("loop.a")


def test_a_figure_leads_to_its_figures_and_fields() -> None:
    figures = figures_of(CHAPTER, income("1", "10.50"), income("2", "4.50"))
    assert figures["income.total"].value == 15
    assert figures["income.total"].basis == (FigureRef("income.amount/1"), FigureRef("income.amount/2"))
    assert figures["income.amount/1"].basis == (FieldRef("income", "1", "amount"),)
    assert figures["income.amount/1"].subject == ("income", "1")


def test_one_unknown_addend_makes_the_sum_unknown_and_says_what_is_missing() -> None:
    figures = figures_of(CHAPTER, income("1", "10.50"), income("2", None))
    assert figures["income.total"].value is None
    assert figures["income.total"].missing == (FieldRef("income", "2", "amount"),)
    assert figures["income.share/1"].value is None
    assert figures["income.total"].localize(Locale("de")) == "[unbekannt]"


def test_figures_print_rounded_half_up_with_their_unit() -> None:
    figures = figures_of(CHAPTER, income("1", "2"), income("2", "1"))
    assert figures["income.share/1"].localize(Locale("de")) == "66,7\u00a0%"
    assert figures["income.total"].localize(Locale("de")) == "3,00\u00a0€"
    assert figures["income.share/1"].rounded == Decimal("66.7")


def test_a_quotient_by_zero_is_unknown() -> None:
    assert figures_of(CHAPTER, income("1", "0"))["income.share/1"].value is None


def test_names_that_do_not_exist_name_the_nearest() -> None:
    with pytest.raises(NoSuchFigure) as error:
        figures_of(CHAPTER)["income.totale"]
    assert error.value.localize(Locale("en")) == ("There is no figure “income.totale”.\nDid you mean: income.total?")


def test_a_figure_computed_from_itself_is_named() -> None:
    with pytest.raises(CircularFigure, match="loop"):
        figures_of(CHAPTER)["loop.a"]


def test_a_figure_that_failed_is_no_circle_when_it_is_asked_again() -> None:
    figures = figures_of(CHAPTER)
    for _attempt in range(2):
        with pytest.raises(ValueError, match="failed"):
            figures["failed"]


@given(st.lists(cents, max_size=20))
def test_a_total_is_exact_and_does_not_depend_on_order(amounts: list[Decimal]) -> None:
    values = [Value(amount) for amount in amounts]
    assert total(values).amount == sum(amounts, Decimal(0)) == total(reversed(values)).amount


@given(cents, cents)
def test_arithmetic_carries_the_basis_of_both_sides(left: Decimal, right: Decimal) -> None:
    first = Value(left, (FieldRef("income", "1", "amount"),))
    second = Value(right, (FieldRef("income", "2", "amount"),))
    for result in (first + second, first - second, first * second, least(first, second), greatest(first, second)):
        assert result.basis == first.basis + second.basis
    assert (first - second).amount == left - right
    assert (-first).amount == -left
    lacking = unknown(FieldRef("income", "3", "amount"))
    assert (first * lacking).missing == lacking.missing
    assert not least(first, lacking).known


@pytest.mark.parametrize(
    ("stated", "shown"),
    [("62.5", "62,5\u00a0%"), ("80.00", "80\u00a0%"), ("74.345", "74,345\u00a0%"), ("100", "100\u00a0%")],
)
def test_a_rate_is_shown_with_the_decimals_that_were_stated(stated: str, shown: str) -> None:
    chapter = Chapter()
    chapter.figure("rate", "%", Message("Rate"), places=AS_STATED)(lambda _figures: Value(Decimal(stated)))
    figure = figures_of(chapter)["rate"]
    assert figure.localize(Locale("de")) == shown
    assert figure.rounded == Decimal(stated)


def test_a_rate_that_is_unknown_is_shown_as_unknown() -> None:
    chapter = Chapter()
    chapter.figure("rate", "%", Message("Rate"), places=AS_STATED)(lambda _figures: unknown(Message("no grant")))
    assert figures_of(chapter)["rate"].localize(Locale("en")) == "[unknown]"


def test_a_figure_leans_on_what_is_not_sure_behind_the_figures_that_it_is_made_of() -> None:
    chapter = Chapter()
    unread = Parameter("limit", "Grenze", unit="EUR", source="nicht gelesen")
    assumed = Parameter("day", "Tag", Presence.VALUE, Decimal(3), status=Status.ASSUMED)
    sure = Parameter("rate", "Satz", Presence.VALUE, Decimal(2), status=Status.CONFIRMED)
    chapter.figure("below", "EUR", Message("Below"))(lambda _figures: Value(Decimal(1), (unread, sure)))
    chapter.figure("above", "EUR", Message("Above"))(
        lambda figures: figures.value("below") * Value(Decimal(1), (assumed,))
    )
    figures = Figures(Project(key="project"), Terms({}), [chapter])
    assert set(figures.leaning("below")) == {"limit"}
    assert figures.leaning("above") == {"limit": unread, "day": assumed}


def test_figures_can_be_had_as_they_would_be_if_a_notice_settled_a_parameter() -> None:
    chapter = Chapter()
    chapter.figure("share", "%", Message("Share"))(lambda figures: figures.term("rate"))
    figures = Figures(Project(key="project"), Terms({}), [chapter])
    assert not figures["share"].known
    assert figures.supposing("rate", Decimal(80))["share"].value == 80
    assert figures.supposing("rate", None).terms["rate"].presence is Presence.NONE
    assert not figures["share"].known
