"""Are decisions and certificates in order?"""

from __future__ import annotations

from collections.abc import Iterator

from oekoreport import (
    Case,
    Decision,
    DecisionKind,
    FieldRef,
    Issue,
    NotApplicable,
    Participant,
    State,
    TermsInRule,
    Undecided,
    catalogue,
    need,
    rule,
)
from oekoreport_award.rules_criteria import CRITERIA, awarded, name_of

_ = catalogue("oekoreport_award")

STATE_OF = {DecisionKind.AWARDED: State.AWARDED, DecisionKind.RECERTIFIED: State.RECERTIFIED}


def _standing(case: Case) -> list[Decision]:
    return [decision for _participant, _site, decision in case.project.decisions() if decision.stands]


def _holder(decision: Decision, case: Case) -> str:
    """Return the name of the participant that a decision is on."""
    return next(name_of(participant) for participant, _site, other in case.project.decisions() if other is decision)


@rule("AWARD-DECISION", _("Decisions and steps agree"), basis=CRITERIA, each=awarded)
def decision_and_state(participant: Participant, _case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """A participant with an award among its steps has a decision of the same kind on a site, and the other way round.

    Why: the report counts steps, certificates are made of decisions; both have to come to the same number.
    Fails: the last step is the award, but no site has a decision.
    Passes: awarded, and one site has the decision "awarded"; an award that was withdrawn has its day in the decision.
    """
    decisions = [decision for site in participant.sites for decision in site.decisions if not decision.duplicate]
    kinds = {STATE_OF.get(need(decision, "decision")) for decision in decisions} - {None}
    steps = {step.state for step in participant.states} & set(STATE_OF.values())
    if steps - kinds:
        yield Issue(
            _("“{name}” is marked as awarded, but no site has a decision of that kind.", name=name_of(participant)),
            hint=_("Enter the jury’s decision for the site, with its certificate number."),
        )
    if kinds - steps:
        yield Issue(
            _("“{name}” has a decision on an award, but no such step.", name=name_of(participant)),
            hint=_("Enter the award among its steps, with its day."),
        )


@rule("AWARD-NUMBER", _("Certificate numbers are unique"), basis=CRITERIA, each=_standing)
def numbers(decision: Decision, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """Every certificate has a number, and none has the number of another.

    Why: the register answers by number whether a certificate is genuine.
    Fails: two decisions with number OEP-2025-01; an award without a number.
    Passes: each its own number; a duplicate of a certificate bears the number of the first.
    """
    number = decision.certificate_number
    if number is None:
        if "certificate_number" in decision.model_fields_set:
            need(decision, "certificate_number")
        yield Issue(
            _("“{name}”: the certificate has no number.", name=_holder(decision, case)),
            "certificate_number",
            hint=_("Give each certificate a number of its own."),
        )
        return
    others = [other for other in _standing(case) if other.certificate_number == number and not other.duplicate]
    if not decision.duplicate and others[0].key != decision.key:
        yield Issue(
            _(
                "“{name}”: the number “{number}” is on another certificate too.",
                name=_holder(decision, case),
                number=number,
            ),
            "certificate_number",
            hint=_("Give each certificate a number of its own; mark a second copy as a duplicate."),
        )


@rule("AWARD-VALIDITY", _("Awards hold beyond their day"), basis=CRITERIA, each=_standing)
def validity(decision: Decision, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """An award is valid until a day after the ceremony.

    Why: a certificate that has expired on the day when it is handed over was mistyped.
    Fails: ceremony on 15.06.2025, valid until 15.06.2024.
    Passes: ceremony on 15.06.2025, valid until 30.06.2026; one without a last day is not judged.
    """
    if decision.valid_until is None and "valid_until" not in decision.model_fields_set:
        raise NotApplicable
    if case.project.award is None:
        raise Undecided(_("The award has no day."), FieldRef("award", "award", "date"))
    until, day = need(decision, "valid_until"), need(case.project.award, "date")
    if until <= day:
        yield Issue(
            _("“{name}”: valid until {until}, awarded on {day}.", name=_holder(decision, case), until=until, day=day),
            "valid_until",
            hint=_("Correct the last day of the award."),
        )
