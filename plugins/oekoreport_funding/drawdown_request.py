"""The drawdown request (Mittelabruf): a letter for each call, with the need by line of the plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from pydantic import BaseModel

from oekoreport import Drawdown, Message, NoOptions, Notice, Report, catalogue
from oekoreport.kit.papers import Paper, PaperExporter
from oekoreport.kit.views import Fields, View, Views
from oekoreport_funding import word

_ = catalogue("oekoreport_funding")

TEMPLATE = "funding/mittelabruf.docx"
FOLDER = "mittelabrufe"

TITLES = {
    "drawdown.number": _("Number of the drawdown"),
    "earlier": _("Drawdowns before this one"),
    "needs": _("What is needed by line"),
    "need.title": _("Line"),
    "authority_address": _("Address of the authority; none where another agency pays"),
}


class DrawdownRequest(PaperExporter[NoOptions]):
    """A letter for each drawdown that the project holds: it tells what was called before, nothing that came after."""

    name: ClassVar[str] = "drawdown-request"
    title: ClassVar[Message] = _("Drawdown requests")
    options: ClassVar[type[BaseModel]] = NoOptions
    placeholder_titles: ClassVar[Mapping[str, Message]] = {**word.TITLES, **TITLES}

    def papers(self, report: Report, options: NoOptions) -> Iterator[Paper]:  # noqa: ARG002 - it has none
        """Yield a letter for each drawdown."""
        calls = report.project.drawdowns
        for number, call in enumerate(calls):
            title = _("Drawdown request {number}: {project}", number=call.key, project=word.project_title(report))
            values = context(report, call, calls[:number])
            yield Paper((FOLDER, f"mittelabruf-{call.key}"), title, values, word=TEMPLATE)


def context(report: Report, call: Drawdown, earlier: Sequence[Drawdown]) -> dict[str, object]:
    """Return what the template may name: the project, the call, those before it, and its need by line."""
    views = Views(report)
    grant = report.project.grant
    paid_elsewhere = grant is not None and grant.paying_agency is not None
    return {
        **word.context(report, views),
        "notices": [views.of(notice) for notice in report.project.notices if not _later(notice, call)],
        "call": _call(views, call),
        "earlier": [_call(views, each) for each in earlier],
        "needs": list(_needs(report, views, call)),
        "window": word.window(report),
        "authority_address": None if paid_elsewhere or grant is None else grant.authority_address,
    }


def _later(notice: Notice, call: Drawdown) -> bool:
    """Tell whether a notice came after the call: a letter does not speak of what was still to come."""
    return notice.date is not None and call.requested_on is not None and notice.date > call.requested_on


def _call(views: Views, call: Drawdown) -> View:
    year = None if call.budget_year is None else str(call.budget_year)
    values = {"number": call.key, "budget_year": year, "requested_on": call.requested_on, "paid_on": call.paid_on}
    return Fields("drawdown", {**values, "amount": views.of(call).get("amount")})


def _needs(report: Report, views: Views, call: Drawdown) -> Iterator[View]:
    """Yield what is needed by line; a line that the plan does not have is named by its key alone."""
    lines = {line.key: line for line in report.project.plan.expenditure} if report.project.plan else {}
    for need in call.needs:
        line = lines.get(need.line or "")
        values = {
            "key": need.line,
            "title": line.title if line else None,
            "planned_eligible": views.figure(f"line.planned_eligible/{line.key}") if line else None,
            "amount": views.of(need).get("amount"),
        }
        yield Fields("need", values)
