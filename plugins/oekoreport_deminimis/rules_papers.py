"""Are certificate, declaration and register entry in order?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from oekoreport import (
    Aid,
    AidRegulation,
    Case,
    Issue,
    NotApplicable,
    Noun,
    Participant,
    Severity,
    TermsInRule,
    Undecided,
    attributes,
    catalogue,
    need,
    rule,
)
from oekoreport_deminimis.aids import favoured, granted_here, holder
from oekoreport_deminimis.rules_grant import BOTH
from oekoreport_deminimis.windows import working_days_after, years_before

_ = catalogue("oekoreport_deminimis")

REGISTER = "VO (EU) 2023/2831 Art. 6 Abs. 1"


@rule(
    "DEMINIMIS-DECLARATION",
    _("Earlier aid was declared"),
    basis=BOTH,
    severity=Severity.WARNING,
    each=favoured,
)
def earlier_aid_declared(participant: Participant, _case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """Who receives aid of this round has declared its earlier aid, as long as the register does not yet show it.

    Why: the ceiling can be judged only where earlier aid is known, and nothing entered may also mean not asked.
    Fails: aid of this round, and no other aid entered.
    Passes: earlier aid is entered; or a note on this rule says that the participant declared that it had none.
    """
    own = [aid for aid in participant.aids if need(aid, "own")]
    if len(own) < len(participant.aids):
        return
    if all(_in_register(need(aid, "granted_on"), terms) for aid in own):
        raise NotApplicable
    yield Issue(
        _("“{name}”: no earlier de minimis aid is entered.", name=participant.called),
        hint=_("Enter the aid that it declared; if it declared none, record that in a note on this rule."),
    )


@rule("DEMINIMIS-CERTIFICATE", _("The certificate of aid is complete"), basis=BOTH, each=granted_here)
def certificate_is_complete(aid: Aid, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """Everything that a certificate of aid has to say is entered.

    Why: the undertaking counts aid by its certificates; one without amount, day or regulation is of no use to it.
    Fails: aid without the sector of the participant.
    Passes: name, authority, regulation, amount, day of granting and sector are entered.
    """
    for noun, name, title in _lacking(aid, holder(aid, case), terms["deminimis_certificate_fields"]):
        yield Issue(
            _("“{name}”: “{title}” is missing for the certificate.", name=holder(aid, case).called, title=title),
            name,
            at=noun,
            hint=_("Enter it before the certificate is issued."),
        )


@rule("DEMINIMIS-REGISTER-DATA", _("Data required by the aid register are complete"), basis=REGISTER, each=granted_here)
def register_data(aid: Aid, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """Aid that goes into the central register has all that the register asks for.

    Why: without these fields no entry can be made, and the time limit for it is short.
    Fails: granted on 12.02.2026, the instrument is not entered.
    Passes: recipient, amount, day, authority, instrument and sector are entered; aid before 2026 is not judged.
    """
    _demand_register(aid, terms)
    for noun, name, title in _lacking(aid, holder(aid, case), terms["deminimis_2023_register_fields"]):
        yield Issue(
            _("“{name}”: “{title}” is missing for the register.", name=holder(aid, case).called, title=title),
            name,
            at=noun,
            hint=_("Enter it; the register does not accept aid without it."),
        )


@rule(
    "DEMINIMIS-REGISTER",
    _("Aid is entered in the register in time"),
    basis=REGISTER,
    severity=Severity.WARNING,
    each=granted_here,
)
def register_entry(aid: Aid, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """Aid granted from 2026 on is entered in the central register within 20 working days of granting.

    Working days are Monday to Friday without nationwide holidays; that is from a secondary source.

    Why: the time limit runs from granting, not from payment, and is easily missed.
    Fails: granted on 12.02.2026, no day of entry, or one after 12.03.2026.
    Passes: entered on 12.03.2026; aid before 2026 is not judged.
    """
    _demand_register(aid, terms)
    granted_on = need(aid, "granted_on")
    count, kind = terms["deminimis_2023_register_days"], terms["deminimis_2023_register_working_days"]
    due = working_days_after(granted_on, int(count))
    values = {"name": holder(aid, case).called, "day": granted_on, "due": due}
    if aid.registered_on is None and not aid.stated("registered_on"):
        message = _("“{name}”: aid of {day} must be in the register by {due}; no entry is recorded.", **values)
    elif (entered := need(aid, "registered_on")) > due:
        message = _(
            "“{name}”: aid of {day} had to be in the register by {due}; it was entered on {entered}.",
            **values,
            entered=entered,
        )
    else:
        return
    yield Issue(
        message,
        "registered_on",
        expected=_("{count} working days after granting ({kind})", count=count, kind=kind),
        hint=_("Have the authority enter it, and record the date."),
    )


def _in_register(granted_on: date, terms: TermsInRule) -> bool:
    """Tell whether the register shows all aid of the years that count at a grant."""
    first = years_before(granted_on, int(terms["deminimis_2023_years"]))
    return bool(first >= terms["deminimis_2023_register_from"])


def _demand_register(aid: Aid, terms: TermsInRule) -> None:
    """Let pass what goes into the register.

    Raises:
        NotApplicable: it is older, or under the earlier regulation.
    """
    need(aid, "own")
    before = need(aid, "granted_on") < terms["deminimis_2023_register_from"]
    if before or need(aid, "regulation") is not AidRegulation.REGULATION_2023:
        raise NotApplicable


def _lacking(aid: Aid, participant: Participant, names: str) -> list[tuple[Noun, str, str]]:
    """Return which fields of aid or participant are not filled in: object, name and title.

    Raises:
        Undecided: a field was filled in and cannot be read, or there is none with such a name.
    """
    lacking: list[tuple[Noun, str, str]] = []
    for name in (part.strip() for part in names.split(",")):
        noun, title = _field(name, aid, participant)
        if getattr(noun, name) is None and not noun.stated(name):
            lacking.append((noun, name, title))
        else:
            need(noun, name)
    return lacking


def _field(name: str, *nouns: Noun) -> tuple[Noun, str]:
    """Return the first object that has a field of this name, and the field's title."""
    for noun in nouns:
        for attribute in attributes(type(noun)):
            if attribute.name == name:
                return noun, attribute.title
    raise Undecided(_("Neither aid nor participant has a field “{name}”.", name=name))
