"""Verdicts and findings as an officer reads them: a table by rulebook, the findings below it, a line that sums up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from oekoreport.language import Locale, Message, catalogue

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table
    from rich.text import Text

    from oekoreport.cli.session import Session
    from oekoreport.findings import Finding
    from oekoreport.report import Report
    from oekoreport.rules import Outcome, Verdict

_ = catalogue("oekoreport")

STYLES = {"passed": "green", "failed": "bold red", "not_applicable": "dim", "undecided": "bold yellow"}


def print_verdicts(session: Session, report: Report) -> None:
    """Print the table of verdicts, every finding, the unsure values that verdicts lean on, and the counts."""
    console = session.console()
    print_table(session, report)
    for title, style, findings in _sections(report):
        console.print()
        console.print(f"{session.locale.show(title)} ({len(findings)})", style=f"bold {style}")
        for finding in findings:
            _print_finding(console, session.locale, finding, style)
    _print_unsure(console, session.locale, report.verdicts)
    print_counts(session, report)


def print_table(session: Session, report: Report) -> None:
    """Print one table for each rulebook, all with the same columns."""
    console = session.console()
    titles = {book.name: book.title for book in session.registry.rulebooks}
    widths = _widths(session.locale, report.verdicts)
    for name in dict.fromkeys(verdict.rulebook for verdict in report.verdicts):
        console.print()
        console.print(session.locale.show(titles.get(name, _("Reading the files"))), style="bold")
        console.print(_table(session.locale, [v for v in report.verdicts if v.rulebook == name], widths))


def _heads() -> tuple[Message, ...]:
    return _("Rule"), _("What it demands"), _("Outcome"), _("Judged"), _("Open")


def _widths(locale: Locale, verdicts: Sequence[Verdict]) -> tuple[int, ...]:
    """Return the widths of all columns but the second, which takes what is left."""
    rule, _title, outcome, objects, findings = (len(locale.show(head)) for head in _heads())
    codes = max((len(verdict.code) for verdict in verdicts), default=0)
    outcomes = max((len(locale.show(verdict.outcome.label)) for verdict in verdicts), default=0)
    counts_of = max((len(str(_count(locale, verdict))) for verdict in verdicts), default=0)
    return max(codes, rule), max(outcomes, outcome), objects, max(counts_of, findings)


def _table(locale: Locale, verdicts: Iterable[Verdict], widths: tuple[int, ...]) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, show_edge=False, expand=True, padding=(0, 1, 0, 0), pad_edge=False, header_style="dim")
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

    standing = len(verdict.open_findings) + len(verdict.undecided)
    return Text.assemble(locale.show(standing or "–"), (f" ({verdict.waived})" if verdict.waived else "", "dim"))


def _sections(report: Report) -> Iterator[tuple[Message, str, list[Finding]]]:
    """Yield title, colour and findings of each group that has any, what weighs most first."""
    from oekoreport.findings import Severity

    standing = [finding for verdict in report.verdicts for finding in verdict.open_findings]
    groups = (
        (_("Errors"), "red", [each for each in standing if each.severity is Severity.ERROR]),
        (_("Open questions"), "yellow", [each for verdict in report.verdicts for each in verdict.undecided]),
        (_("Warnings"), "magenta", [each for each in standing if each.severity is Severity.WARNING]),
        (_("Notes"), "cyan", [each for each in standing if each.severity is Severity.NOTE]),
        (_("Waived"), "blue", [each for each in report.findings() if each.waived_by is not None]),
    )
    yield from (group for group in groups if group[2])


def _print_finding(console: Console, locale: Locale, finding: Finding, style: str) -> None:
    """Print ``place  CODE  message``, and the way out indented below; a pipe gets each on one line, however long."""
    from rich.padding import Padding
    from rich.text import Text

    line = Text()
    if finding.place:
        line.append(f"{locale.show(finding.place)}  ", "cyan")
    line.append(finding.code, f"bold {style}")
    line.append(f"  {locale.show(finding.message)}")
    if finding.waived_by is not None:
        line.append(f"  ({locale.show(_('waived by {waiver}', waiver=finding.waived_by))})", "dim")
    below = Text(locale.show(finding.hint)) if finding.hint else None
    if console.is_terminal:
        console.print(line)
        if below:
            console.print(Padding(below, (0, 0, 0, 2)))
        return
    console.print(line, soft_wrap=True)
    if below:
        console.print(Text("  ") + below, soft_wrap=True)


def _print_unsure(console: Console, locale: Locale, verdicts: Iterable[Verdict]) -> None:
    """Name each legal value that a verdict leans on though nobody has confirmed it, with the rules that do."""
    leaning: dict[tuple[str, str, str], list[str]] = {}
    for verdict in verdicts:
        for parameter in verdict.leaned_on:
            told = locale.show(parameter.title), locale.show(parameter.status.label), parameter.source
            leaning.setdefault(told, []).append(verdict.code)
    if not leaning:
        return
    console.print()
    title = locale.show(_("Verdicts lean on values that are not confirmed"))
    console.print(f"{title} ({len(leaning)})", style="bold yellow")
    for (name, status, source), codes in leaning.items():
        console.print(f"{name}: {status} ({source})  {', '.join(codes)}", soft_wrap=not console.is_terminal)


def counts(report: Report) -> Mapping[str, int]:
    """Return how many rules there are, on how many objects they were evaluated, and what they came to."""
    from oekoreport.findings import Severity
    from oekoreport.rules import Summary

    standing = [finding for verdict in report.verdicts for finding in verdict.open_findings]
    return {
        "rules": len(report.verdicts),
        "objects": sum(verdict.evaluated for verdict in report.verdicts),
        **Summary.of(report.verdicts)._asdict(),
        "errors": sum(finding.severity is Severity.ERROR for finding in standing),
        "warnings": sum(finding.severity is Severity.WARNING for finding in standing),
        "notes": sum(finding.severity is Severity.NOTE for finding in standing),
        "waived": sum(verdict.waived for verdict in report.verdicts),
    }


def print_counts(session: Session, report: Report) -> None:
    """Print the counts, and what they mean for the documents."""
    console, show, number = session.console(), session.locale.show, counts(report)
    console.print()
    rules = _("{rules} rules on {objects} objects", rules=number["rules"], objects=number["objects"])
    console.print(show(rules))
    from oekoreport.rules import Outcome

    console.print(" · ".join(_counted(session.locale, outcome, number[outcome.value]) for outcome in Outcome))
    weights = _(
        "Errors: {errors} · warnings: {warnings} · notes: {notes} · waived: {waived}",
        **{name: number[name] for name in ("errors", "warnings", "notes", "waived")},
    )
    console.print(show(weights))
    if report.draft:
        console.print(show(_("Documents are marked as drafts while errors and open questions stand.")), style="bold")


def _counted(locale: Locale, outcome: Outcome, number: int) -> str:
    return f"{locale.show(outcome.label)}: {number}"
