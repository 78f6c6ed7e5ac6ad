"""Verdicts: what became of each rule, and what was found, with its place and the way out."""

from __future__ import annotations

from oekoreport import Finding, Message, Outcome, Report, Verdict, catalogue, describe, number_of
from oekoreport.kit.sheets import BLANK, Worksheet
from oekoreport_workbook.book import CohortBook
from oekoreport_workbook.fields import joined
from oekoreport_workbook.listing import Block, Column, keep_head, listing
from oekoreport_workbook.looks import AMBER, ORANGE, PALE

_ = catalogue("oekoreport_workbook")

SIGNS = {Outcome.PASSED: "✓", Outcome.FAILED: "✗", Outcome.NOT_APPLICABLE: "–", Outcome.UNDECIDED: "?"}


def write(book: CohortBook, report: Report) -> None:
    """Write the sheets: the rules, and the findings and open questions."""
    note = _("Internal, not submitted to the authority. What could not be decided counts as an error.")
    sheet = book.sheet(_("Verdicts"), _("Verdicts by rule"), note=note)
    block = _rules(sheet, report)
    _set_off(sheet, block)
    keep_head(sheet, block, 1)
    sheet = book.sheet(_("Findings"), _("Findings and open questions"), note=note)
    keep_head(sheet, _findings(sheet, report), 1)


def _rules(sheet: Worksheet, report: Report) -> Block:
    columns: list[Column[Verdict]] = [
        Column(_("Code"), lambda verdict: verdict.code, width=26),
        Column(_("Result"), _result, width=18),
        Column(_("Rule"), lambda verdict: verdict.title, width=40, most=40),
        Column(_("Basis"), lambda verdict: verdict.basis, width=26),
        Column(_("Based on unconfirmed facts"), _unsure, width=36, most=36),
        Column(_("Rulebook"), lambda verdict: verdict.rulebook, width=14),
        Column(_("Rule severity"), lambda verdict: verdict.severity.label, width=14),
        Column(_("Objects judged"), lambda verdict: verdict.evaluated, "number"),
        Column(_("Findings"), lambda verdict: number_of(verdict.findings), "number"),
        Column(_("Of which waived"), lambda verdict: verdict.waived, "number"),
        Column(_("Open questions"), lambda verdict: number_of(verdict.undecided), "number"),
    ]
    return listing(sheet, columns, report.verdicts, table="rules")


def _result(verdict: Verdict) -> Message:
    return Message("{sign} {label}", sign=SIGNS[verdict.outcome], label=verdict.outcome.label)


def _unsure(verdict: Verdict) -> object:
    unsure = ((parameter.title, parameter.standing) for parameter in verdict.leaned_on)
    return joined(Message("{title} ({status})", title=title, status=status) for title, status in unsure)


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
    questions = {id(question) for verdict in report.verdicts for question in verdict.undecided}
    columns: list[Column[Finding]] = [
        Column(_("Code"), lambda finding: finding.code),
        Column(_("Severity"), lambda each: _("? open question") if id(each) in questions else each.severity.label),
        Column(_("Finding"), lambda finding: finding.message, most=40),
        Column(_("Place"), lambda finding: finding.place or BLANK),
        Column(_("Remedy"), lambda finding: finding.hint or BLANK, most=36),
        Column(_("Basis"), lambda finding: finding.basis or BLANK),
        Column(_("Subject"), lambda finding: describe(finding.subject) if finding.subject else BLANK),
        Column(_("Expected"), lambda finding: finding.expected or BLANK, most=20),
        Column(_("Actual"), lambda finding: finding.found or BLANK, most=20),
        Column(_("Covered by waiver"), lambda finding: finding.waived_by or BLANK, most=16),
    ]
    return listing(sheet, columns, report.findings(), table="findings")
