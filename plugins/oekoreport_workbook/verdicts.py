"""Verdicts: what became of each rule, and what was found, with its place and the way out."""

from __future__ import annotations

from collections.abc import Iterator

from oekoreport import Finding, Message, Outcome, Parameter, Report, Verdict, catalogue, describe
from oekoreport.kit.sheets import BLANK, Worksheet
from oekoreport_workbook.book import CohortBook
from oekoreport_workbook.fields import joined
from oekoreport_workbook.listing import Block, Head, keep_head, listing
from oekoreport_workbook.looks import AMBER, ORANGE, PALE

_ = catalogue("oekoreport_workbook")

SIGNS = {Outcome.PASSED: "✓", Outcome.FAILED: "✗", Outcome.NOT_APPLICABLE: "–", Outcome.UNDECIDED: "?"}


def write(book: CohortBook, report: Report) -> None:
    """Write the sheets: the rules, and the findings and open questions."""
    note = _("Internal: not part of what goes to the authority. What could not be decided counts like an error.")
    sheet = book.sheet(_("Verdicts"), _("Verdicts by rule"), note=note)
    block = _rules(sheet, report)
    _set_off(sheet, block)
    keep_head(sheet, block, 1)
    sheet = book.sheet(_("Findings"), _("Findings and open questions"), note=note)
    keep_head(sheet, _findings(sheet, report), 1)


def _rules(sheet: Worksheet, report: Report) -> Block:
    columns = [
        Head(_("Code"), width=26),
        Head(_("Result"), width=18),
        Head(_("Rule"), width=40, most=40),
        Head(_("Basis"), width=26),
        Head(_("Leans on facts that are not confirmed"), width=36, most=36),
        Head(_("Rulebook"), width=14),
        Head(_("Weight"), width=14),
        Head(_("Objects judged"), "number"),
        Head(_("Findings"), "number"),
        Head(_("Of which waived"), "number"),
        Head(_("Open questions"), "number"),
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


def _set_off(sheet: Worksheet, block: Block) -> None:
    """Set results off by weight and colour; sign and word say the same."""
    looks = {
        "✗": {"bold": True, "bg_color": AMBER, "left": 5, "left_color": ORANGE},
        "?": {"bold": True, "bg_color": PALE},
    }
    for sign, look in looks.items():
        rule = {"type": "text", "criteria": "begins with", "value": sign}
        sheet.condition((block.first, block.last), 1, rule, look)


def _findings(sheet: Worksheet, report: Report) -> Block:
    columns = [
        Head(_("Code")),
        Head(_("Severity")),
        Head(_("Finding"), most=40),
        Head(_("Place")),
        Head(_("Way out"), most=36),
        Head(_("Basis")),
        Head(_("Subject")),
        Head(_("Expected"), most=20),
        Head(_("Found"), most=20),
        Head(_("Covered by waiver"), most=16),
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
