"""Does everything that counts count once, and nothing that should not?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from oekoreport import (
    PRODUCT,
    Case,
    FieldRef,
    Issue,
    Measure,
    MeasureState,
    NotApplicable,
    Participant,
    Severity,
    Site,
    TermsInRule,
    Undecided,
    catalogue,
    need,
    rule,
)

_ = catalogue("oekoreport_data")

Pairs = list[tuple[Measure, Measure]]


@rule("CORE-MEASURE-TWICE", _("No measure is entered twice"), basis=PRODUCT, each=lambda case: case.project.sites())
def entered_once(site: Site, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """A site has no two measures of one title, whatever its case, signs and small words.

    Why: what a form and a table of the consultancy both state is summed twice, and so is a corrected form beside the
    first one.
    Fails: “LED-Beleuchtung in der Halle” in a form, “LED Beleuchtung Halle” in the consultancy's table.
    Passes: the same title at another site; one of the two marked as replaced by another entry.
    """
    by_title: dict[str, list[Measure]] = defaultdict(list)
    for measure in site.standing_measures:
        if measure.wording:
            by_title[measure.wording].append(measure)
    pairs = [(first, other) for first, *others in by_title.values() for other in others]
    for together in _by_files(pairs, case):
        first, other = together[0]
        yield Issue(
            _(
                "“{site}”: these measures are entered twice: {titles}. The first of them is at {place} too.",
                site=site.called,
                titles=tuple(measure.called for _first, measure in together),
                place=case.origins.place(first.identity, "title"),
            ),
            "title",
            at=other,
            hint=_(
                "Delete the entry that no longer holds, or choose “{state}” as its state; move a form that was "
                "replaced out of the folder. Give different measures different titles.",
                state=MeasureState.SUPERSEDED,
            ),
        )


def _by_files(pairs: Pairs, case: Case) -> list[Pairs]:
    """Return pairs together whose entries stand in the same two files: a second form has one finding."""
    groups: dict[tuple[str, ...], Pairs] = defaultdict(list)
    for pair in pairs:
        places = (case.origins.place(measure.identity) for measure in pair)
        groups[tuple(place.file if place else "" for place in places)].append(pair)
    return list(groups.values())


@rule(
    "CORE-MEASURE-ALIKE",
    _("Measures from different files differ in their numbers"),
    basis=PRODUCT,
    severity=Severity.WARNING,
    each=lambda case: case.project.sites(),
)
def not_the_same_numbers(site: Site, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """A site has no two measures of different files with the same investment, saving and effects.

    Why: a measure whose title was corrected or shortened in a second file is told by its numbers only.
    Fails: “LED-Beleuchtung” in a form and “Umrüstung auf LED” in a table, both 1,000 EUR, 250 EUR a year, 1,000 kWh.
    Passes: two measures of the same numbers in one file; measures without numbers.
    """
    by_numbers: dict[object, Measure] = {}
    for measure in site.standing_measures:
        effects = frozenset((each.resource, each.amount and each.amount.base()) for each in measure.effects)
        if not measure.saving and not effects:
            continue
        first = by_numbers.setdefault((measure.investment, measure.saving, effects), measure)
        place, other = (case.origins.place(each.identity, "title") for each in (first, measure))
        if place and other and place.file != other.file and first.wording != measure.wording:
            yield Issue(
                _(
                    "“{title}” has the same investment, saving and effects as “{first}” at {place}.",
                    title=measure.called,
                    first=first.called,
                    place=place,
                ),
                "title",
                at=measure,
                hint=_("If both are one measure, delete one of the entries; otherwise add a note."),
            )


@rule(
    "CORE-LEFT",
    _("It is settled whether the measures of participants who left count"),
    basis=PRODUCT,
    severity=Severity.WARNING,
    each=lambda case: [each for each in case.project.participants if each.left],
)
def measures_of_who_left(participant: Participant, _case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """A participant who left with measures on its list says whether they count.

    Why: until somebody decides, they are in no total; what was implemented before it left may belong there.
    Fails: left on 01.12.2024, two planned measures, nothing said; open where one was implemented before that day.
    Passes: the same with “No”, or with “Yes” where the authority accepts them.
    """
    measures = [measure for site in participant.sites for measure in site.standing_measures]
    if participant.left is None or not measures:
        raise NotApplicable
    if participant.stated("measures_count"):
        need(participant, "measures_count")
        return
    day, titles = need(participant.left, "date"), tuple(measure.called for measure in measures)
    done = [each for each in measures if need(each, "state") is MeasureState.IMPLEMENTED]
    before = tuple(each.called for each in done if each.implemented_on is None or each.implemented_on <= day)
    if before:
        raise Undecided(
            _(
                "“{name}” left on {day} and had implemented measures before: {titles}. Enter “Yes” or “No” as its "
                "“Measures count”; until then they are in no total.",
                name=participant.called,
                day=day,
                titles=before,
            ),
            FieldRef("participant", participant.key, "measures_count"),
        )
    yield Issue(
        _(
            "“{name}” left on {day}; its measures are in no total: {titles}.",
            name=participant.called,
            day=day,
            titles=titles,
        ),
        "measures_count",
        hint=_("Enter “No” as its “Measures count” to confirm it, or “Yes” if the authority accepts them."),
    )
