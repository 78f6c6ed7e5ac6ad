"""Is everything there that a report is made of?"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from oekoreport import (
    KINDS,
    PRODUCT,
    Case,
    Issue,
    Noun,
    Participant,
    Presence,
    Project,
    Term,
    TermsInRule,
    attributes,
    catalogue,
    describe,
    need,
    rule,
)

_ = catalogue("oekoreport_data")

REQUIRED = {kind: tuple(each for each in attributes(noun) if each.required) for kind, noun in KINDS.items()}
"""By kind, the fields that a complete project has."""


@rule(
    "CORE-REQUIRED",
    _("Required fields are filled in"),
    basis=PRODUCT,
    each=lambda case: case.project.everything(),
)
def required_fields(noun: Noun, _case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """Every field that a complete project has is filled in.

    A field that was filled in and could not be read has its finding already, where it was read.

    Why: documents print these fields, and figures and other rules lean on them.
    Fails: a receipt without an invoice date.
    Passes: all required fields of all objects are filled in; optional ones may be empty.
    """
    for attribute in REQUIRED[noun.kind]:
        if getattr(noun, attribute.name) is None and not noun.stated(attribute.name):
            message = _("{object}: “{field}” is missing.", object=describe(noun.identity), field=attribute.title)
            hint = _("Fill in the field: {description}", description=attribute.description)
            yield Issue(message, attribute.name, hint=hint)


@rule("CORE-PARTS", _("The project’s required sheets are filled in"), basis=PRODUCT)
def parts_of_the_project(project: Project, _case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """The project has recipient, grant, grant notice, financing plan and participants.

    Why: without one of them there is nothing to settle, and nobody to report on.
    Fails: a project without a grant notice.
    Passes: a project that has each of them.
    """
    parts = (
        (project.recipient, _("The recipient of the grant is missing."), _("Fill in the sheet of the recipient.")),
        (project.grant, _("The grant is missing."), _("Fill in the sheet of the grant from the notice.")),
        (
            project.grant_notice,
            _("The grant notice is missing."),
            _("Enter the notice with its date, which decides which law applies."),
        ),
        (
            any(plan.expenditure for plan in project.plans),
            _("The expenditure of the financing plan is missing."),
            _("Enter the lines of the approved plan."),
        ),
        (
            any(plan.income for plan in project.plans),
            _("The income of the financing plan is missing."),
            _("Enter the lines of the approved plan."),
        ),
        (project.participants, _("There is no participant."), _("Enter the companies and institutions of the round.")),
    )
    for present, message, hint in parts:
        if not present:
            yield Issue(message, hint=hint)


@rule("CORE-SITE", _("Each participant has a site"), basis=PRODUCT, each=lambda case: case.project.participants)
def sites_of_participants(participant: Participant, _case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """Each participant has at least one site.

    Why: measures, visits and the award belong to a site; a participant without one drops out of every total.
    Fails: a participant without a site.
    Passes: a participant with one site.
    """
    if not participant.sites:
        yield Issue(
            _("“{name}” has no site.", name=participant.called),
            hint=_("Enter at least one site; a site with the participant's own name is enough."),
        )


@rule(
    "CORE-TERM",
    _("Terms of the notices are known"),
    basis=PRODUCT,
    each=lambda case: [term for notice in case.project.notices for term in notice.terms],
)
def known_terms(term: Term, _case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """Every parameter that a notice sets is one that a rulebook knows.

    Why: a misspelt parameter would be passed over in silence, and the general value would hold instead of the notice's.
    Fails: a notice that sets "line_tolerence".
    Passes: a notice that sets "line_tolerance" to a number.
    """
    need(term, "parameter")
    parameter = terms.set_by(term)
    name = parameter.name
    if name not in terms.known:
        close = difflib.get_close_matches(name, sorted(terms.known), n=1)
        yield Issue(
            _("No rulebook knows the parameter “{name}”.", name=name),
            "parameter",
            hint=_("Did you mean “{close}”?", close=close[0])
            if close
            else _("Enter the parameter's name as listed by the rulebooks."),
        )
    elif term.value and parameter.presence is Presence.UNKNOWN:
        yield Issue(
            _(
                "“{value}” is not a valid value of “{name}”: the parameter is treated as unknown.",
                value=term.value,
                name=parameter.title,
            ),
            "value",
            hint=_("Write a value that the parameter accepts: {takes}.", takes=terms.takes(name)),
        )
