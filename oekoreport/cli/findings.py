"""Findings on the screen: what weighs most first, each with its place and its way out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from oekoreport.language import Message, catalogue

if TYPE_CHECKING:
    from oekoreport.cli.session import Session
    from oekoreport.findings import Finding
    from oekoreport.report import Report

_ = catalogue("oekoreport")


def print_findings(session: Session, report: Report) -> None:
    """Print every finding and open question, waived ones too."""
    from oekoreport.findings import number_of

    for title, style, findings in _sections(report):
        session.say("")
        session.say(f"{session.locale.show(title)} ({session.locale.show(number_of(findings))})", f"bold {style}")
        for finding, times in _told_once(findings):
            _print_finding(session, finding, style, times)


def _told_once(findings: Iterable[Finding]) -> Iterator[tuple[Finding, int]]:
    """Yield each distinct finding once, at the place of its first occurrence, with the number of occurrences."""
    alike: dict[object, list[Finding]] = {}
    for each in findings:
        alike.setdefault((each.code, each.message, each.place, each.hint, each.waived_by), []).append(each)
    yield from ((group[0], len(group)) for group in alike.values())


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


def _print_finding(session: Session, finding: Finding, style: str, times: int) -> None:
    """Print ``place  CODE  message × 13``, the way out indented below; a pipe gets each on one line, however long."""
    show = session.locale.show
    parts = [(f"{show(finding.place)}  ", "cyan")] if finding.place else []
    parts += [(finding.code, f"bold {style}"), (f"  {show(finding.message)}", "")]
    if times > 1:
        parts.append((f"  × {times}", "bold"))
    if finding.waived_by is not None:
        parts.append((f"  ({show(_('waived by {waiver}', waiver=finding.waived_by))})", "dim"))
    hint = show(finding.hint) if finding.hint else ""
    console = session.console()
    if not console.is_terminal:
        session.say("".join(text for text, _style in parts) + (f"\n  {hint}" if hint else ""))
        return
    from rich.padding import Padding
    from rich.text import Text

    console.print(Text.assemble(*parts))
    if hint:
        console.print(Padding(Text(hint), (0, 0, 0, 2)))
