"""Are decisions and certificates in order?"""

from __future__ import annotations

from collections.abc import Iterator

from oekoreport import (
    Case,
    Decision,
    DecisionKind,
    Issue,
    MeasureState,
    NotApplicable,
    Participant,
    Severity,
    State,
    TermsInRule,
    catalogue,
    need,
    rule,
)
from oekoreport.kit.law import add_months
from oekoreport_award.rules_criteria import CRITERIA, awarded, the_award

_ = catalogue("oekoreport_award")

STATE_OF = {DecisionKind.AWARDED: State.AWARDED, DecisionKind.RECERTIFIED: State.RECERTIFIED}


def _standing(case: Case) -> list[Decision]:
    return [decision for _participant, _site, decision in case.project.decisions() if decision.stands]


def _holder(decision: Decision, case: Case) -> str:
    """Return the name of the participant that a decision is on."""
    return next(participant.called for participant, _site, other in case.project.decisions() if other is decision)


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
            _("“{name}” is marked as awarded, but no site has a decision to that effect.", name=participant.called),
            hint=_("Enter the jury’s decision for the site, with its certificate number."),
        )
    if kinds - steps:
        yield Issue(
            _("“{name}” has a decision on an award, but the award is not entered as a step.", name=participant.called),
            hint=_("Enter the award as one of its steps, with its date."),
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
        if decision.stated("certificate_number"):
            need(decision, "certificate_number")
        yield Issue(
            _("“{name}”: the certificate has no number.", name=_holder(decision, case)),
            "certificate_number",
            hint=_("Give each certificate a unique number."),
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
            hint=_("Give each certificate a unique number; mark a second copy as a duplicate."),
        )


@rule("AWARD-VALIDITY", _("An award is valid for longer than its award date"), basis=CRITERIA, each=_standing)
def validity(decision: Decision, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """An award is valid until a day after the ceremony.

    Why: a certificate that has expired on the day when it is handed over was mistyped.
    Fails: ceremony on 15.06.2025, valid until 15.06.2024.
    Passes: ceremony on 15.06.2025, valid until 14.06.2026; one without a last day is not judged.
    """
    if decision.valid_until is None and not decision.stated("valid_until"):
        raise NotApplicable
    award = the_award(case)
    until, day = need(decision, "valid_until"), need(award, "date")
    if until <= day:
        yield Issue(
            _("“{name}”: valid until {until}, awarded on {day}.", name=_holder(decision, case), until=until, day=day),
            "valid_until",
            hint=_("Correct the last day of the award."),
        )


@rule("AWARD-DURATION", _("An award is valid as long as the criteria say"), basis=CRITERIA, each=_standing)
def duration(decision: Decision, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """An award has a last day, and that is not after the months that the criteria set, counted from the ceremony.

    Why: the title is for a limited time; a certificate that names no last day, or a later one, promises more.
    Fails: ceremony on 15.06.2025, twelve months, valid until 30.06.2026; no last day entered.
    Passes: ceremony on 15.06.2025, twelve months, valid until 14.06.2026 or 15.06.2026.
    """
    with terms.criterion("validity_months") as months:
        day = need(the_award(case), "date")
        last = add_months(day, int(months))
        if not decision.stated("valid_until"):
            yield Issue(
                _("“{name}”: the certificate names no last day of the award.", name=_holder(decision, case)),
                "valid_until",
                expected=_("not after {last}", last=last),
                hint=_(
                    "Enter “Valid until”: {months} months from the award of {day} end on {last}.",
                    months=months,
                    day=day,
                    last=last,
                ),
            )
        elif need(decision, "valid_until") > last:
            yield Issue(
                _(
                    "“{name}”: the certificate says “valid until {until}”; {months} months from the award of {day} end "
                    "on {last}.",
                    name=_holder(decision, case),
                    until=decision.valid_until,
                    months=months,
                    day=day,
                    last=last,
                ),
                "valid_until",
                expected=_("not after {last}", last=last),
                hint=_(
                    "Enter {last} at the latest, or the months of your programme as “validity_months” in "
                    "templates/award/criteria.toml.",
                    last=last,
                ),
            )


@rule("AWARD-SITE", _("Awarded sites have measures of their own"), basis=CRITERIA, each=_standing)
def measures_of_the_site(decision: Decision, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """A site that is awarded has measures of its own that were implemented.

    Why: the award is for the site; what another site of the participant did does not earn it.
    Fails: two sites awarded, all measures on the first.
    Passes: each site that is awarded has implemented one measure at least.
    """
    participant, site = next((who, site) for who, site, other in case.project.decisions() if other is decision)
    with terms.criterion("site_measures_minimum") as least:
        done = sum(need(measure, "state") is MeasureState.IMPLEMENTED for measure in participant.measures_at(site))
        if done < least:
            yield Issue(
                _(
                    "“{name}”, site “{site}”: {done} measures implemented; at least {least} are required.",
                    name=_holder(decision, case),
                    site=site.called,
                    done=done,
                    least=least,
                ),
                hint=_("Enter measures with the site that they were implemented on, or withdraw the decision."),
            )


@rule("AWARD-JURY", _("The jury decided before the award ceremony"), basis=CRITERIA, each=_standing)
def decided_before_ceremony(decision: Decision, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """The award has a jury, and it decided on the site not after the ceremony.

    Why: the certificate attests the jury's decision; without one there is nothing to attest.
    Fails: decided on 20.06.2025, ceremony on 15.06.2025; no jury named.
    Passes: decided on 25.05.2025 by a jury that is named, ceremony on 15.06.2025.
    """
    award = the_award(case)
    with terms.criterion("jury_required") as required:
        if required and not award.stated("jury"):
            yield Issue(
                _("No jury is named."), "jury", at=award, hint=_("Enter the bodies that decided on the awards.")
            )
    decided, day = need(decision, "decided_on"), need(award, "date")
    if decided > day:
        yield Issue(
            _(
                "“{name}”: decided on {decided}, awarded on {day}.",
                name=_holder(decision, case),
                decided=decided,
                day=day,
            ),
            "decided_on",
            hint=_("Correct one of the two dates."),
        )


@rule(
    "AWARD-RELEASE",
    _("Awarded participants stated what may be published"),
    basis=CRITERIA,
    severity=Severity.WARNING,
    each=awarded,
)
def release_is_on_record(participant: Participant, _case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """It is on record whether a participant's own figures may be published, be it yes or no.

    Why: brochure and open data name what each has saved; that takes the participant's consent.
    Fails: an awarded participant where neither yes nor no was entered.
    Passes: an awarded participant that said yes; one that said no.
    """
    with terms.criterion("release_required") as required:
        if required and not participant.stated("released"):
            yield Issue(
                _("“{name}” has not said whether its figures may be published.", name=participant.called),
                "released",
                hint=_("Ask for it in writing and enter yes or no."),
            )
