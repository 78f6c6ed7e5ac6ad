"""Verdicts and findings as an officer reads them: a table by rulebook, the findings below it, a line that sums up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from oekoreport.cli.balance import print_balance, sum_of_cells
from oekoreport.cli.findings import print_findings
from oekoreport.cli.session import bare_table
from oekoreport.cli.unsure import name_unsure
from oekoreport.language import Locale, Message, catalogue

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

    from oekoreport.cli.session import Session
    from oekoreport.findings import Finding
    from oekoreport.report import Report
    from oekoreport.rules import Verdict

_ = catalogue("oekoreport")

STYLES = {"passed": "green", "failed": "bold red", "not_applicable": "dim", "undecided": "bold yellow"}


def print_verdicts(session: Session, report: Report) -> None:
    """Print the table of verdicts, all findings, the unconfirmed values behind verdicts, the cells and the counts."""
    print_table(session, report)
    print_findings(session, report)
    name_unsure(session, report.unsure())
    print_balance(session, report.balance)
    print_counts(session, report)


def print_table(session: Session, report: Report) -> None:
    """Print one table for each rulebook, all with the same columns."""
    titles = {book.name: book.title for book in session.registry.rulebooks}
    widths = _widths(session.locale, report.verdicts)
    for name in dict.fromkeys(verdict.rulebook for verdict in report.verdicts):
        session.say("")
        session.say(titles.get(name, _("Reading the files")), "bold")
        session.console().print(_table(session.locale, [v for v in report.verdicts if v.rulebook == name], widths))


def _heads() -> tuple[Message, ...]:
    return _("Rule"), _("Requirement"), _("Outcome"), _("Judged"), _("Open")


def _widths(locale: Locale, verdicts: Sequence[Verdict]) -> tuple[int, ...]:
    """Return the widths of all columns but the second, which takes what is left."""
    rule, _title, outcome, objects, findings = (len(locale.show(head)) for head in _heads())
    codes = max((len(verdict.code) for verdict in verdicts), default=0)
    outcomes = max((len(locale.show(verdict.outcome.label)) for verdict in verdicts), default=0)
    counts_of = max((len(str(_count(locale, verdict))) for verdict in verdicts), default=0)
    return max(codes, rule), max(outcomes, outcome), objects, max(counts_of, findings)


def _table(locale: Locale, verdicts: Iterable[Verdict], widths: tuple[int, ...]) -> Table:
    table = bare_table()
    rule, title, outcome, objects, findings = (locale.show(head) for head in _heads())
    table.add_column(rule, width=widths[0], no_wrap=True)
    table.add_column(title, ratio=1, overflow="fold")
    table.add_column(outcome, width=widths[1], no_wrap=True)
    table.add_column(objects, width=widths[2], justify="right")
    table.add_column(findings, width=widths[3], justify="right")
    for verdict in verdicts:
        table.add_row(*_cells(locale, verdict))
    return table


def _cells(locale: Locale, verdict: Verdict) -> Iterator[RenderableType]:
    from rich.text import Text

    yield verdict.code
    yield locale.show(verdict.title)
    yield Text(locale.show(verdict.outcome.label), STYLES[verdict.outcome.value])
    yield locale.show(verdict.evaluated)
    yield _count(locale, verdict)


def _count(locale: Locale, verdict: Verdict) -> Text:
    """Return how many findings and questions are open, with those that are waived in brackets."""
    from rich.text import Text

    return Text.assemble(locale.show(verdict.open or "–"), (f" ({verdict.waived})" if verdict.waived else "", "dim"))


def judged(report: Report) -> Iterator[tuple[Finding, bool]]:
    """Yield every finding, and every open question marked by True, in the order of the verdicts."""
    for verdict in report.verdicts:
        yield from ((finding, False) for finding in verdict.findings)
        yield from ((question, True) for question in verdict.undecided)


def counts(report: Report) -> Mapping[str, int]:
    """Return how many rules there are, how many had an object to judge, on how many objects, and what they came to."""
    from oekoreport.findings import Severity, number_of
    from oekoreport.rules import Summary

    standing = [finding for verdict in report.verdicts for finding in verdict.open_findings]
    return {
        "rules": len(report.verdicts),
        "evaluated": sum(verdict.evaluated > 0 for verdict in report.verdicts),
        "objects": sum(verdict.evaluated for verdict in report.verdicts),
        **Summary.of(report.verdicts)._asdict(),
        "errors": number_of(finding for finding in standing if finding.severity is Severity.ERROR),
        "warnings": number_of(finding for finding in standing if finding.severity is Severity.WARNING),
        "notes": number_of(finding for finding in standing if finding.severity is Severity.NOTE),
        "waived": sum(verdict.waived for verdict in report.verdicts),
    }


def print_counts(session: Session, report: Report) -> None:
    """Print the counts, and what they mean for the documents."""
    from oekoreport.rules import Outcome

    show, number = session.locale.show, counts(report)
    session.say("")
    evaluated = _(
        "{evaluated} of {rules} rules evaluated on {objects} objects",
        **{name: number[name] for name in ("evaluated", "rules", "objects")},
    )
    session.say(evaluated)
    session.say(" · ".join(f"{show(outcome.label)}: {number[outcome.value]}" for outcome in Outcome))
    weights = _(
        "Errors: {errors} · warnings: {warnings} · notes: {notes} · waived: {waived}",
        **{name: number[name] for name in ("errors", "warnings", "notes", "waived")},
    )
    session.say(weights)
    session.say(sum_of_cells(report.balance))
    if report.draft:
        session.say(_("Documents are marked as drafts as long as there are errors or open questions."), "bold")
