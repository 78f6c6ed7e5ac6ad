"""Verdicts: what became of each rule, and what was found, with its place and the way out."""

from __future__ import annotations

from collections.abc import Iterator

from oekoreport import Finding, Message, Outcome, Parameter, Report, Verdict, catalogue, describe
from oekoreport_workbook.book import Book
from oekoreport_workbook.fields import joined
from oekoreport_workbook.listing import Block, Column, keep_head, listing
from oekoreport_workbook.sheet import BLANK, Sheet
from oekoreport_workbook.styles import AMBER, ORANGE, PALE

_ = catalogue("oekoreport_workbook")

SIGNS = {Outcome.PASSED: "✓", Outcome.FAILED: "✗", Outcome.NOT_APPLICABLE: "–", Outcome.UNDECIDED: "?"}


def write(book: Book, report: Report) -> None:
    """Write the sheets: the rules, and the findings and open questions."""
    note = _("Internal: not part of what goes to the authority. What could not be decided counts like an error.")
    sheet = book.sheet(_("Verdicts"), _("Verdicts by rule"), note=note)
    block = _rules(sheet, report)
    _set_off(book, sheet, block)
    keep_head(sheet, block, 1)
    sheet = book.sheet(_("Findings"), _("Findings and open questions"), note=note)
    keep_head(sheet, _findings(sheet, report), 1)


def _rules(sheet: Sheet, report: Report) -> Block:
    columns = [
        Column(_("Code"), width=26),
        Column(_("Result"), width=18),
        Column(_("Rule"), width=40, most=40),
        Column(_("Basis"), width=26),
        Column(_("Leans on facts that are not confirmed"), width=36, most=36),
        Column(_("Rulebook"), width=14),
        Column(_("Weight"), width=14),
        Column(_("Objects judged"), "number"),
        Column(_("Findings"), "number"),
        Column(_("Of which waived"), "number"),
        Column(_("Open questions"), "number"),
    ]
    return listing(sheet, columns, [list(_rule(verdict)) for verdict in report.verdicts], table="rules")


def _rule(verdict: Verdict) -> Iterator[object]:
    yield verdict.code
    yield Message("{sign} {label}", sign=SIGNS[verdict.outcome], label=verdict.outcome.label)
    yield verdict.title
    yield verdict.basis
    yield joined(_unsure(parameter) for parameter in verdict.leaned_on)
    yield verdict.rulebook
    yield verdict.severity.label
    yield verdict.evaluated
    yield len(verdict.findings)
    yield verdict.waived
    yield len(verdict.undecided)


def _unsure(parameter: Parameter) -> Message:
    return Message("{title} ({status})", title=parameter.title, status=parameter.status.label)


def _set_off(book: Book, sheet: Sheet, block: Block) -> None:
    """Set results off by weight and colour; sign and word say the same."""
    looks = {
        "✗": book.overlay(bold=True, bg_color=AMBER, left=5, left_color=ORANGE),
        "?": book.overlay(bold=True, bg_color=PALE),
    }
    for sign, look in looks.items():
        options = {"type": "text", "criteria": "begins with", "value": sign, "format": look}
        sheet.condition(block.first, block.last, (1, 1), options)


def _findings(sheet: Sheet, report: Report) -> Block:
    columns = [
        Column(_("Code")),
        Column(_("Severity")),
        Column(_("Finding"), most=40),
        Column(_("Place")),
        Column(_("Way out"), most=36),
        Column(_("Basis")),
        Column(_("Subject")),
        Column(_("Expected"), most=20),
        Column(_("Found"), most=20),
        Column(_("Covered by waiver"), most=16),
    ]
    rows = [
        list(_finding(finding, opened=opened))
        for verdict in report.verdicts
        for opened, findings in ((False, verdict.findings), (True, verdict.undecided))
        for finding in findings
    ]
    return listing(sheet, columns, rows, table="findings")


def _finding(finding: Finding, *, opened: bool) -> Iterator[object]:
    yield finding.code
    yield _("? open question") if opened else finding.severity.label
    yield finding.message
    yield finding.place or BLANK
    yield finding.hint or BLANK
    yield finding.basis or BLANK
    yield describe(finding.subject) if finding.subject else BLANK
    for part in (finding.expected, finding.found, finding.waived_by):
        yield part or BLANK
