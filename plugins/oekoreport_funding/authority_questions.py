"""The letter to the authority (Anfrage): what law and notice leave open, as questions that a letter can answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from oekoreport import Matter, Message, NoOptions, Parameter, Presence, Report, Sort, Status, Unsure, catalogue
from oekoreport.kit.papers import Paper, PaperExporter
from oekoreport.kit.views import Fields, View, Views
from oekoreport_funding import word

_ = catalogue("oekoreport_funding")

TEMPLATE = "funding/anfrage.docx"


class AuthorityQuestions(PaperExporter[NoOptions]):
    """One letter, made as long as there is something to ask; what the answers set is entered as terms of the notice."""

    name = "authority-questions"
    title = _("Questions to the authority")
    options = NoOptions
    placeholder_titles = word.titles("anfrage")

    def papers(self, report: Report, options: NoOptions) -> Iterator[Paper]:  # noqa: ARG002 - it has none
        """Yield the one paper, or none."""
        report = report.outward()
        if asked := [each for each in report.unsure() if is_asked(each)]:
            title = _("Questions to the authority: {project}", project=word.project_title(report))
            yield Paper(("anfrage-bewilligungsbehoerde",), title, context(report, asked), word=TEMPLATE)


def is_asked(each: Unsure) -> bool:
    """Tell whether the authority is asked: something hangs on it, and neither print nor a field settles it."""
    parameter = each.parameter
    elsewhere = parameter.settled_by and not parameter.question
    printed = parameter.presence is not Presence.UNKNOWN and parameter.status is Status.SECONDARY
    return not elsewhere and not printed and (each.decides or parameter.status is Status.ASSUMED)


def context(report: Report, asked: Sequence[Unsure]) -> dict[str, object]:
    """Return what the template may name: besides the project the questions, numbered through all matters."""
    due = report.figures["deadline.report_due"].day
    ahead = due is not None and report.date is not None and report.date <= due
    in_order = [each for matter in Matter for each in asked if each.parameter.matter is matter]
    return {
        **word.context(report, Views(report)),
        "report_due": due if ahead else None,
        "matters": list(_matters(report, in_order)),
    }


def _matters(report: Report, asked: Sequence[Unsure]) -> Iterator[View]:
    for matter in dict.fromkeys(each.parameter.matter for each in asked):
        questions = [
            _question(report, number, each)
            for number, each in enumerate(asked, start=1)
            if each.parameter.matter is matter
        ]
        yield Fields("matter", {"title": report.locale.show(matter.label), "questions": questions})


def _question(report: Report, number: int, each: Unsure) -> View:
    show = report.locale.show
    parameter = each.parameter
    titles = tuple(dict.fromkeys(figure.title for figure in each.figures))
    texts = {
        "text": parameter.question or _asked_by_title(parameter),
        "reason": _reason(parameter),
        "depends": titles or None,
        "meanwhile": _meanwhile(each),
        "unit": parameter.unit or None,
    }
    told = {name: None if text is None else show(text) for name, text in texts.items()}
    return Fields("question", {"number": str(number), **told, "yes_or_no": parameter.sort is Sort.FLAG})


def _asked_by_title(parameter: Parameter) -> Message:
    if parameter.status is Status.ASSUMED:
        return _("Is our assumption correct?")
    return _("Which provision applies: “{title}”?", title=parameter.title)


def _reason(parameter: Parameter) -> Message:
    """Return why it is asked: which text was not at hand; what nobody wrote down, notice and law leave open."""
    where = parameter.where
    if not where or parameter.status is Status.ASSUMED:
        return _("We found no provision on this in the notice and in the texts available to us.")
    if parameter.status is Status.CONTRADICTED:
        return _("{where}: what we found on this is contradictory.", where=where)
    if parameter.status.sure:
        return _("{where}: the text does not settle this point.", where=where)
    return _("{where}: we could not see the wording.", where=where)


def _meanwhile(each: Unsure) -> Message:
    """Return what is gone by until the answer comes."""
    parameter = each.parameter
    if parameter.status is Status.ASSUMED:
        return _("Until you answer we assume: {title}.", title=parameter.title)
    if parameter.presence is Presence.NONE:
        return _("Until you answer we assume that there is no such provision.")
    if parameter.presence is Presence.VALUE:
        return _("Until you answer we go by: {value}.", value=parameter.held)
    if parameter.outcomes:
        return _("Depending on your answer: {outcomes}.", outcomes=parameter.outcomes)
    if each.figures and all(figure.known for figure in each.figures):
        return _("Until you answer our calculation disregards such a provision.")
    return _("Until you answer this point stays open.")
