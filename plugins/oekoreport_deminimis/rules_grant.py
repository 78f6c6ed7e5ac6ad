"""May this aid be granted to this participant under this regulation?"""

from __future__ import annotations

from collections.abc import Iterator

from oekoreport import Aid, AidRegulation, Case, Issue, Participant, TermsInRule, catalogue, need, rule
from oekoreport_deminimis.aids import favoured, granted_here, holder
from oekoreport_deminimis.rules_ceiling import REGULATION_2013, REGULATION_2023

_ = catalogue("oekoreport_deminimis")

BOTH = f"{REGULATION_2013}; {REGULATION_2023}"


@rule("DEMINIMIS-UNDERTAKING", _("De minimis aid is granted only to undertakings"), basis=BOTH, each=favoured)
def only_undertakings(participant: Participant, _case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """Aid of this round is entered for participants that are undertakings, and for no others.

    Why: the law on aid speaks of undertakings; a school or a town hall is usually none.
    Fails: aid for a school that is marked as no undertaking.
    Passes: aid for a company; where it is not said whether it is an undertaking, that cannot be judged.
    """
    if not terms["deminimis_applies"]:
        yield Issue(
            _(
                "“{name}” is entered with aid, but according to the notice taking part is not aid.",
                name=participant.called,
            ),
            hint=_("Delete the aid granted through this round."),
        )
    if not need(participant, "undertaking"):
        yield Issue(
            _(
                "“{name}” is not an undertaking, but is entered with aid granted through this round.",
                name=participant.called,
            ),
            "undertaking",
            hint=_("Delete the aid, or correct whether the participant is an undertaking."),
        )


@rule("DEMINIMIS-REGULATION", _("The regulation is in force on the day of granting"), basis=BOTH, each=granted_here)
def regulation_in_force(aid: Aid, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """The regulation that aid was granted under holds on the day of granting.

    Until when aid could still be granted under Regulation 1407/2013 is not confirmed, and the verdict says so.

    Why: aid with a certificate under the wrong regulation is measured by the wrong ceiling.
    Fails: granted on 01.07.2024 under 1407/2013; granted on 20.12.2023 under 2023/2831.
    Passes: granted on 12.02.2024 under either.
    """
    regulation, day = need(aid, "regulation"), need(aid, "granted_on")
    if regulation is AidRegulation.REGULATION_2013:
        holds = day <= terms["deminimis_2013_last_day"]
    else:
        holds = terms["deminimis_2023_first_day"] <= day <= terms["deminimis_2023_last_day"]
    if not holds:
        yield Issue(
            _(
                "“{name}”: aid was granted on {day}; {regulation} is not in force on that day.",
                name=holder(aid, case).called,
                day=day,
                regulation=regulation,
            ),
            "regulation",
            hint=_("Correct the regulation or the day of granting, and issue a new certificate."),
        )
