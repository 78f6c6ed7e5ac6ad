"""What a project leans on that is not sure: once each, the least sure first, with all that hangs on it."""

from decimal import Decimal

from oekoreport.figures import Figures
from oekoreport.figures.engine import Chapter
from oekoreport.figures.values import Value, term
from oekoreport.findings import Finding, Severity
from oekoreport.language import Message
from oekoreport.law import Parameter, Presence, Status, Terms
from oekoreport.model import Project
from oekoreport.report.unsure import PRINTED, unsure
from oekoreport.rules.verdict import Outcome, Verdict
from oekoreport.testing.reports import sample_report


def parameter(name: str, status: Status, presence: Presence = Presence.VALUE, settled_by: str = "") -> Parameter:
    value = Decimal(1) if presence is Presence.VALUE else None
    return Parameter(name, name.capitalize(), presence, value, status=status, settled_by=settled_by)


UNKNOWN = parameter("unknown", Status.UNCONFIRMED, Presence.UNKNOWN)
ASSUMED = parameter("assumed", Status.ASSUMED)
UNREAD = parameter("unread", Status.UNCONFIRMED)
CRITERION = parameter("criterion", Status.UNCONFIRMED, settled_by="the jury")
SECONDARY = parameter("secondary", Status.SECONDARY)
NONE = parameter("none", Status.OTHER_LAND, Presence.NONE)


def verdict(code: str, *leaned_on: Parameter, findings: tuple[Finding, ...] = (), asked: bool = False) -> Verdict:
    question = Finding(code, Severity.ERROR, Message("?"))
    undecided = (question,) if asked else ()
    outcome = Outcome.of(findings, undecided, evaluated=True)
    return Verdict(
        code, Message(code), "book", "law", Severity.ERROR, outcome, 1, findings, undecided, leaned_on=leaned_on
    )


def figures(*grant_due: Parameter) -> Figures:
    """Return figures of which the grant due leans on some parameters, through a step that nobody prints."""
    chapter = Chapter()
    step = Value(Decimal(7), tuple(part for each in grant_due for part in term(each).basis))
    chapter.figure("step", "EUR", Message("Step"))(lambda _figures: step)
    chapter.figure("settlement.grant_due", "EUR", Message("Grant due"))(lambda figures: figures.value("step"))
    chapter.figure("settlement.repayment_due", "EUR", Message("Repayment"))(lambda _figures: Value(Decimal(0)))
    return Figures(Project(key="project"), Terms({}), (chapter,))


def test_the_less_sure_comes_first_and_each_comes_once() -> None:
    verdicts = [verdict("A", SECONDARY, NONE, CRITERION, UNREAD), verdict("B", UNREAD, ASSUMED, UNKNOWN)]
    found = unsure(verdicts, figures())
    assert [each.parameter for each in found] == [UNKNOWN, ASSUMED, UNREAD, CRITERION, NONE, SECONDARY]
    assert [each.rules for each in found] == [("B",), ("B",), ("A", "B"), ("A",), ("A",), ("A",)]


def test_what_an_amount_leans_on_counts_without_a_rule_and_before_what_decides_nothing() -> None:
    found = unsure([verdict("A", UNREAD)], figures(CRITERION))
    assert [(each.parameter, [figure.name for figure in each.figures], each.decides) for each in found] == [
        (CRITERION, ["settlement.grant_due"], True),
        (UNREAD, [], False),
    ]


def test_a_verdict_that_nobody_settled_is_open() -> None:
    finding = Finding("B", Severity.WARNING, Message("!"))
    waived = Finding("C", Severity.WARNING, Message("!"), waived_by="Z1")
    (each,) = unsure(
        [
            verdict("A", UNKNOWN, asked=True),
            verdict("B", UNKNOWN, findings=(finding,)),
            verdict("C", UNKNOWN, findings=(waived,)),
            verdict("D", UNKNOWN),
            verdict("E", asked=True),
        ],
        figures(),
    )
    assert (each.rules, each.open, each.decides) == (("A", "B", "C", "D"), ("A", "B"), True)


def test_what_a_project_ends_in_are_figures_that_there_are() -> None:
    assert [name for name in PRINTED if name not in sample_report().figures] == []


def test_where_all_is_sure_there_is_nothing() -> None:
    assert unsure([verdict("A")], figures()) == ()
