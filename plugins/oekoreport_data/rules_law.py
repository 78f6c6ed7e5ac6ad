"""Is the law there that the grant is judged by?"""

from __future__ import annotations

from collections.abc import Iterator

from oekoreport import (
    PRODUCT,
    Case,
    Grant,
    Issue,
    Project,
    Severity,
    TermsInRule,
    Undecided,
    catalogue,
    need,
    rule,
)
from oekoreport.kit.law import grant_of, the_grant

_ = catalogue("oekoreport_data")


@rule("CORE-LAW", _("The general conditions are known"), basis=PRODUCT, last=True)
def conditions_are_known(project: Project, case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """There are general conditions, with rules, for the Land, the recipient and the day of the notice.

    Why: where no plugin knows the law, nothing is judged by it, and a report without findings would look clean.
    Fails: a grant of a Land of which only numbers are known; of a Land that is not known at all, it is undecided.
    Passes: a grant of Nordrhein-Westfalen to a district.
    """
    grant = grant_of(case)
    if project.recipient is None:
        raise Undecided(_("There is no recipient."))
    land, kind = need(grant, "land"), need(project.recipient, "legal_kind")
    notice = project.grant_notice
    if notice is None:
        raise Undecided(_("There is no grant notice."))
    day = need(notice, "date")
    conditions = next((pack for pack in terms.packs if pack.level == "conditions"), None)
    if conditions is None:
        raise Undecided(
            _("No general conditions of “{land}” are known for “{kind}” on {day}.", land=land, kind=kind, day=day)
        )
    issuer = conditions.name.partition("/")[0]
    if not any(verdict.rulebook.startswith(issuer) for verdict in case.verdicts):
        yield Issue(
            _("Only the values of {title} are known; its rules are not checked.", title=conditions.title),
            "land",
            at=grant,
            hint=_("Install a rulebook for this law, or check its conditions by hand."),
        )


@rule("CORE-GUIDELINE", _("The guideline is known"), basis=PRODUCT, severity=Severity.WARNING, each=the_grant)
def guideline_is_known(grant: Grant, _case: Case, terms: TermsInRule) -> Iterator[Issue]:
    """A rulebook knows the funding guideline that the notice names, in the edition of its day.

    Why: what a guideline asks for beyond the general conditions is judged only where it is known.
    Fails: "Richtlinie Ökoprofit 2026", which no rulebook has.
    Passes: "Richtlinie ÖKOPROFIT", notice of 12.02.2024.
    """
    name = need(grant, "guideline")
    if not any(pack.level == "guideline" for pack in terms.packs):
        yield Issue(
            _("No rulebook covers the guideline “{name}” on the date of the notice: it was not checked.", name=name),
            "guideline",
            hint=_(
                "Write its name as a rulebook does; if none has it, check it by hand and enter its provisions "
                "as terms of the notice."
            ),
        )
