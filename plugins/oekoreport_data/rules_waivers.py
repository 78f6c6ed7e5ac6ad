"""Does each waiver still do something?"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from oekoreport import (
    LEFT_OUT_NUMBERS,
    PRODUCT,
    Case,
    Issue,
    Message,
    Severity,
    TermsInRule,
    Waiver,
    WaiverKind,
    catalogue,
    need,
    number_of,
    rule,
)

_ = catalogue("oekoreport_data")


@rule(
    "CORE-WAIVER",
    _("Every waiver covers a finding"),
    basis=PRODUCT,
    severity=Severity.WARNING,
    each=lambda case: case.project.waivers,
    last=True,
)
def waivers_in_use(waiver: Waiver, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """Every waiver names a rule, has not expired, and covers a finding.

    Why: a waiver that covers nothing hides the next finding that fits it, and one that ran out covers no longer.
    Fails: a waiver for a rule that does not exist; one that expired before the reference date; one without a finding.
    Passes: a consent with its reference, for a finding that is there.
    """
    code = need(waiver, "rule")
    codes = [LEFT_OUT_NUMBERS, *(verdict.code for verdict in case.verdicts)]
    if code not in codes:
        close = difflib.get_close_matches(code, codes, n=1)
        yield Issue(
            _("There is no rule “{code}”.", code=code),
            "rule",
            hint=_("Did you mean “{close}”?", close=close[0])
            if close
            else _("Write the rule’s code as the check lists it."),
        )
    elif waiver.expires is not None and waiver.expires < case.today():
        yield Issue(
            _("The waiver for {code} expired on {day}.", code=code, day=waiver.expires),
            "expires",
            hint=_("Ask for an extension, or delete the waiver."),
        )
    elif not _covers(waiver, case):
        yield Issue(
            _("The waiver for {code} does not cover any finding.", code=code),
            "subject",
            hint=_reason(waiver, code, case),
        )


def _covers(waiver: Waiver, case: Case) -> bool:
    return any(finding.waived_by == waiver.key for verdict in case.verdicts for finding in verdict.findings)


def _reason(waiver: Waiver, code: str, case: Case) -> Message:
    """Say why a waiver does not reach a finding of its rule, if there is one for its object."""
    if code == LEFT_OUT_NUMBERS:
        return _answer(waiver, case)
    findings = next(verdict.findings for verdict in case.verdicts if verdict.code == code)
    keys = [finding.subject[1] for finding in findings if finding.subject]
    all_listed = number_of(findings) == len(findings)
    if waiver.subject not in (None, *keys) and all_listed:
        return _("The entry has no such finding: correct the key, or delete the waiver.")
    if findings and waiver.waiver_kind is WaiverKind.NOTE:
        return _("An internal note cannot cover an error: only the authority’s consent can.")
    if findings and waiver.reference is None:
        return _("A consent needs the reference of the authority’s letter.")
    return _("The rule no longer has a finding: delete the waiver.")


def _answer(waiver: Waiver, case: Case) -> Message:
    """Say why a waiver answers no question on numbers that are left out."""
    questions = [question for verdict in case.verdicts for question in verdict.undecided]
    subjects = [question.subject[1] for question in questions if question.code == LEFT_OUT_NUMBERS and question.subject]
    column = (waiver.subject or "").rpartition(" (")[0]
    now = next((subject for subject in subjects if column and subject.startswith(f"{column} (")), None)
    if now is None:
        return _("No such column is left out: copy the subject from the question, or delete the waiver.")
    return _("The column has changed. If it is still not needed, the subject is now “{subject}”.", subject=now)
